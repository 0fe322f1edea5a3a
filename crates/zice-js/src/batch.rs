//! Assesses many companies at once, without reports: their rows are kept, and
//! each gets a verdict, points and statuses.
//!
//! The result is bytes, which `www/boot/module.js` turns into objects. Writing
//! and reading a JSON text about ten thousand companies would take longer than
//! assessing them.

use zice_rules::{
    Batch, Date, Lang, Status, Verdict,
    assess::Points,
    batch::{Brief, Row, Scratch},
};

use crate::{engine::Engine, fault::Fault};

/// The verdicts; the byte of a verdict is its index here.
const VERDICTS: [Verdict; 6] = [
    Verdict::Met,
    Verdict::NotMet,
    Verdict::Undecided,
    Verdict::NeedsReview,
    Verdict::Hint,
    Verdict::NotApplicable,
];
/// The statuses; the byte of a status is its index here.
const STATUSES: [Status; 5] =
    [Status::Met, Status::NotMet, Status::Unknown, Status::NeedsReview, Status::NotApplicable];
/// The byte for "no verdict", where figures are too large to calculate with,
/// and for "no points".
const NONE: u8 = u8::MAX;

/// The rows behind [`crate::Rows`].
pub struct Rows {
    /// The policy asked for: `id@edition`, or `id` for the edition of the
    /// company's day.
    policy: String,
    lang: Lang,
    /// The day of application that overrides those of the files.
    as_of: Option<Date>,
    kept: Vec<(usize, Row)>,
}

impl Rows {
    /// Starts without companies. Fails if the policy is unknown or not loaded.
    pub fn new(engine: &Engine, policy: &str, lang: &str, as_of: &str) -> Result<Self, Fault> {
        let (lang, as_of) = (Engine::lang(lang)?, Engine::day_or_none(as_of)?);
        engine.check(policy, lang, as_of)?;
        Ok(Self { policy: policy.to_owned(), lang, as_of, kept: Vec::new() })
    }

    /// Reads a company and keeps its row.
    pub fn add(&mut self, engine: &Engine, file: &str, today: &str) -> Result<(), Fault> {
        let mut company = engine.company(file, self.lang, today)?;
        company.as_of = self.as_of.unwrap_or(company.as_of);
        let (at, policy) = engine.edition_on(&self.policy, company.as_of, self.lang)?;
        let batch =
            Batch::new(policy).map_err(|error| Fault::calculation(&policy.address(), &error))?;
        self.kept.push((at, batch.row(&company)));
        Ok(())
    }

    /// Drops all companies.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Assesses all companies. The bytes of each are: the index of its edition
    /// in the list of policies (two bytes, little endian), the verdict, the
    /// fewest and the most points, the number of statuses (two bytes, little
    /// endian), and the statuses.
    pub fn assess(&self, engine: &Engine) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        // Companies with different days may need different editions.
        let mut ready: Vec<(usize, Batch<'_>, Scratch)> = Vec::new();
        for (at, row) in &self.kept {
            if !ready.iter().any(|(edition, ..)| edition == at) {
                let policy = engine.loaded(*at)?;
                let batch = Batch::new(policy)
                    .map_err(|error| Fault::calculation(&policy.address(), &error))?;
                let scratch = batch.scratch();
                ready.push((*at, batch, scratch));
            }
            let found = ready.iter_mut().find(|(edition, ..)| edition == at);
            let Some((_, batch, scratch)) = found else { continue };
            match batch.assess_into(row, scratch, &mut brief) {
                Ok(()) => {
                    let verdict = verdict_byte(brief.verdict);
                    write(*at, verdict, brief.score, &brief.statuses, &mut bytes);
                }
                Err(_) => write(*at, NONE, None, &[], &mut bytes),
            }
        }
        Ok(bytes)
    }

    /// Assesses one company again to find out why it failed; `Ok` if it did
    /// not.
    pub fn fault(&self, engine: &Engine, place: usize) -> Result<(), Fault> {
        let Some((at, row)) = self.kept.get(place) else { return Ok(()) };
        let policy = engine.loaded(*at)?;
        let batch =
            Batch::new(policy).map_err(|error| Fault::calculation(&policy.address(), &error))?;
        let found = batch.assess(row, &mut batch.scratch());
        found.map(drop).map_err(|error| Fault::calculation(&policy.address(), &error))
    }
}

/// The names of the bytes: the verdicts on one line, the statuses on the next.
pub fn names() -> String {
    let [verdicts, statuses] =
        [VERDICTS.map(Verdict::name).join(" "), STATUSES.map(Status::name).join(" ")];
    [verdicts, statuses].join("\n")
}

fn write(
    edition: usize,
    verdict: u8,
    score: Option<Points>,
    statuses: &[Status],
    into: &mut Vec<u8>,
) {
    let two = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
    let [min, max] = score.map_or([NONE; 2], |score| [score.min, score.max]);
    into.extend(two(edition));
    into.extend([verdict, min, max]);
    into.extend(two(statuses.len()));
    into.extend(statuses.iter().map(|status| status_byte(*status)));
}

/// The index of a verdict in [`VERDICTS`].
const fn verdict_byte(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Met => 0,
        Verdict::NotMet => 1,
        Verdict::Undecided => 2,
        Verdict::NeedsReview => 3,
        Verdict::Hint => 4,
        Verdict::NotApplicable => 5,
    }
}

/// The index of a status in [`STATUSES`].
const fn status_byte(status: Status) -> u8 {
    match status {
        Status::Met => 0,
        Status::NotMet => 1,
        Status::Unknown => 2,
        Status::NeedsReview => 3,
        Status::NotApplicable => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_the_place_of_its_name() {
        for (at, verdict) in VERDICTS.iter().enumerate() {
            assert_eq!(usize::from(verdict_byte(*verdict)), at);
        }
        for (at, status) in STATUSES.iter().enumerate() {
            assert_eq!(usize::from(status_byte(*status)), at);
        }
    }
}

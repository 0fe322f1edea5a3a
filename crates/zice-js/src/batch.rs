//! Many companies: their rows are kept, and each is assessed in short.
//!
//! What comes out are bytes, of which `www/boot/module.js` makes objects: a
//! JSON text of ten thousand companies would take longer to write and to read
//! than to find out.

use zice_rules::{
    Batch, Date, Lang, Status, Verdict,
    assess::Points,
    batch::{Brief, Row, Scratch},
};

use crate::{engine::Engine, fault::Fault};

/// The verdicts, by their byte.
const VERDICTS: [Verdict; 6] = [
    Verdict::Met,
    Verdict::NotMet,
    Verdict::Undecided,
    Verdict::NeedsReview,
    Verdict::Hint,
    Verdict::NotApplicable,
];
/// The statuses, by their byte.
const STATUSES: [Status; 5] =
    [Status::Met, Status::NotMet, Status::Unknown, Status::NeedsReview, Status::NotApplicable];
/// Stands for the verdict where figures are too large to calculate with, and
/// for the points where there are none.
const NONE: u8 = u8::MAX;

/// See [`crate::Rows`].
pub struct Rows {
    /// What was asked for: `id@edition`, or `id` for the edition of the day.
    policy: String,
    lang: Lang,
    /// The day of application, whatever the files say.
    as_of: Option<Date>,
    kept: Vec<(usize, Row)>,
}

impl Rows {
    /// No companies yet, for a policy that is loaded.
    pub fn new(engine: &Engine, policy: &str, lang: &str, as_of: &str) -> Result<Self, Fault> {
        let (lang, as_of) = (Engine::lang(lang)?, Engine::day_or_none(as_of)?);
        engine.check(policy, lang, as_of)?;
        Ok(Self { policy: policy.to_owned(), lang, as_of, kept: Vec::new() })
    }

    /// Keeps the row of a company.
    pub fn add(&mut self, engine: &Engine, file: &str, today: &str) -> Result<(), Fault> {
        let mut company = engine.company(file, self.lang, today)?;
        company.as_of = self.as_of.unwrap_or(company.as_of);
        let (at, policy) = engine.edition_on(&self.policy, company.as_of, self.lang)?;
        let batch = Batch::new(policy).map_err(|error| Fault::calculation(policy, &error))?;
        self.kept.push((at, batch.row(&company)));
        Ok(())
    }

    /// Forgets all companies.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Assesses all companies. Of each: the place of its edition in the list
    /// of policies (two bytes, the smaller first), the verdict, the fewest and the
    /// most points, how many statuses there are (two bytes), and those.
    pub fn assess(&self, engine: &Engine) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
        // Companies of several days may be under several editions.
        let mut ready: Vec<(usize, Batch<'_>, Scratch)> = Vec::new();
        for (at, row) in &self.kept {
            if !ready.iter().any(|(edition, ..)| edition == at) {
                let policy = engine.loaded(*at)?;
                let batch =
                    Batch::new(policy).map_err(|error| Fault::calculation(policy, &error))?;
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

    /// Why a company could not be assessed.
    pub fn fault(&self, engine: &Engine, place: usize) -> Result<(), Fault> {
        let Some((at, row)) = self.kept.get(place) else { return Ok(()) };
        let policy = engine.loaded(*at)?;
        let batch = Batch::new(policy).map_err(|error| Fault::calculation(policy, &error))?;
        let found = batch.assess(row, &mut batch.scratch());
        found.map(drop).map_err(|error| Fault::calculation(policy, &error))
    }
}

/// What the bytes stand for: the verdicts on one line, the statuses on another.
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

/// The place of a verdict among [`VERDICTS`].
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

/// The place of a status among [`STATUSES`].
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

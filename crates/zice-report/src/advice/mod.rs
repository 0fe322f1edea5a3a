//! Advice and margins in words: what would make a company pass, and how firm a
//! verdict is.

mod basis;
mod change;
mod margin;
mod refusal;
mod several;
mod words;

use serde::Serialize;
use serde_json::Value as Json;
use zice_advice::{
    Advice, Because, Margin, Options, Probe, advise, breaking, earliest, margins, near, tolerance,
    under,
};
use zice_rules::{
    Assessment, Batch, Company, Dictionary, Error, Lang, Policy, Verdict, assess, policy::Horizon,
};

use self::words::{Teller, thousandths};
pub use self::{
    several::{SeveralAdvice, TogetherReport},
    words::share_text,
};
use crate::{CiteReport, PolicyRef, Report, Warning, build::Builder};

/// A set of real acts after which the company would pass: none can be left out,
/// and none made smaller by one granule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Advice"))]
#[non_exhaustive]
pub struct AdviceReport {
    /// The round of application.
    pub horizon: Horizon,
    /// The day of application, `YYYY-MM-DD`.
    pub as_of: String,
    /// The acts; empty where time alone is enough.
    pub levers: Vec<LeverReport>,
    /// What the company then comes to.
    pub gives: GivesReport,
    /// Share by which all figures may then still move against the company at
    /// once; absent if the policy looks at none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_after: Option<String>,
    /// Whether it then passes, or only what a person decides is left.
    pub reaches: Reaches,
    /// What it comes to under later editions of the programme that are known, on the
    /// same day moved into their windows. Reports leave it out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<EditionReport>,
    /// The advice as sentences for people.
    pub text: String,
    /// For the next round: what it takes for granted of figures, rules, and answers
    /// that are about a period or end on a day, as sentences, to be shown once beside
    /// all of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
    /// What advice is and is not, to be shown once beside all of it.
    pub caution: String,
    /// The passages of the sources under which the acts count.
    pub cites: Vec<CiteReport>,
}

/// How far advice reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reaches {
    /// The company passes.
    Met,
    /// Everything that facts can reach; a person decides the rest.
    Best,
}

/// An act, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Lever"))]
#[non_exhaustive]
pub struct LeverReport {
    /// Id of the lever in the policy.
    pub id: String,
    /// How many granules: people who start, rights, 0.01 yuan.
    pub granules: String,
    /// The act, in the words of the field.
    #[serde(rename = "do")]
    pub act: String,
    /// The proof that it leaves.
    pub proof: String,
    /// The last day on which it still counts, `YYYY-MM-DD`.
    pub by: String,
    /// How many days it usually takes, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_days: Option<u16>,
    /// What it changes in the company file.
    pub changes: Vec<ChangeReport>,
    /// The goal as a rule, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// A change of the company file: a figure or an answer, or entries of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Change"))]
#[non_exhaustive]
pub struct ChangeReport {
    /// Id of the fact.
    pub fact: String,
    /// Fiscal year of the figure; absent for facts without years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// What is said now; absent for a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What is said then; absent for a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Entries that are added to a list, as the company file writes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Json>,
}

/// What a company comes to after the acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Gives"))]
#[non_exhaustive]
pub struct GivesReport {
    /// The verdict.
    pub verdict: Verdict,
    /// Points of the total; absent if the programme has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Between>,
}

/// What acts come to under another edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AdviceUnderEdition"))]
#[non_exhaustive]
pub struct EditionReport {
    /// Name of the edition.
    pub edition: String,
    /// The day of application, in its window where that is known, `YYYY-MM-DD`.
    pub as_of: String,
    /// The verdict under it.
    pub verdict: Verdict,
}

/// The fewest and the most points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Between {
    /// The fewest points.
    pub min: String,
    /// The most points.
    pub max: String,
}

/// Why a round has no advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "NoAdvice"))]
#[non_exhaustive]
pub struct NoAdviceReport {
    /// The round of application.
    pub horizon: Horizon,
    /// `levers`: no lawful act is enough, or the round has closed; `doubts`: answers
    /// are doubtful, or would be after the acts;
    /// `contradiction`: answers contradict each other; `unknown`: an answer is
    /// needed first.
    pub because: String,
    /// Ids of the criteria that fail even where everything is done.
    pub criteria: Vec<String>,
    /// Ids of the facts to be answered or checked first.
    pub asks: Vec<String>,
    /// The reason as a sentence for people.
    pub text: String,
}

/// The first day on which a company passes by time alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Earliest"))]
#[non_exhaustive]
pub struct EarliestReport {
    /// The round it lies in; the next one starts from the last figures.
    pub horizon: Horizon,
    /// The day of application, `YYYY-MM-DD`.
    pub as_of: String,
    /// Id of the criterion that waits for it; absent if several parts do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// The same as a sentence for people.
    pub text: String,
}

/// The first value of a figure with which something gives way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Margin"))]
#[non_exhaustive]
pub struct MarginReport {
    /// Id of the fact; `materials[0].insured_amount` for a field of an entry.
    pub fact: String,
    /// Fiscal year; absent for facts without years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// The figure as given.
    pub value: String,
    /// The first value that no longer holds.
    pub flips_at: String,
    /// The side on which it lies: `below` or `above`.
    pub side: String,
    /// How far it is away, as an amount.
    pub room: String,
    /// How far it is away, as a share of the figure; absent for zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_share: Option<String>,
    /// Id of the criterion that gives way; absent if several parts do at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// `verdict`: the verdict is another one; `points`: only points are lost;
    /// `criterion`: while the verdict is open, a criterion is no longer met.
    pub effect: String,
    /// The points of the criterion there less those now; absent if it brings
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// The same as a sentence for people.
    pub text: String,
}

/// What `zice advise` writes, and `advise` of the scripts returns: the members of
/// a report that tell what would make the company pass and how firm its verdict
/// is, without the criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AdviceDocument {
    /// See [`Report::policy`].
    pub policy: PolicyRef,
    /// See [`Report::company`].
    pub company: Option<String>,
    /// See [`Report::as_of`].
    pub as_of: String,
    /// See [`Report::verdict`].
    pub verdict: Verdict,
    /// See [`Report::warnings`]: a certificate that is still valid, another province or
    /// a window that is not known matter to who acts on advice.
    pub warnings: Vec<Warning>,
    /// See [`Report::advice`].
    pub advice: Vec<AdviceReport>,
    /// See [`Report::no_advice`].
    pub no_advice: Vec<NoAdviceReport>,
    /// See [`Report::earliest`].
    pub earliest: Option<EarliestReport>,
    /// See [`Report::margins`].
    pub margins: Vec<MarginReport>,
    /// See [`Report::near`].
    pub near: Vec<MarginReport>,
    /// See [`Report::breaking`].
    pub breaking: Vec<Vec<String>>,
    /// See [`Report::tolerance`].
    pub tolerance: Option<String>,
    /// See [`Report::stopped`].
    pub stopped: bool,
}

/// How advice is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdviceRequest {
    /// How to look for it.
    pub options: Options,
    /// The only round to tell of; `None` for both.
    pub horizon: Option<Horizon>,
}

impl AdviceRequest {
    /// Reads a cushion, such as `5%`, and the name of a round, `this_round` or
    /// `next_round`. An empty text asks for nothing in particular.
    ///
    /// # Errors
    /// Names the text that can't be used, and what can.
    pub fn read(cushion: &str, horizon: &str) -> Result<Self, String> {
        let horizon = match horizon {
            "" => None,
            "this_round" => Some(Horizon::ThisRound),
            "next_round" => Some(Horizon::NextRound),
            other => return Err(format!("horizon: {other} (this_round, next_round)")),
        };
        let share = if cushion.is_empty() { Some(0) } else { Options::cushion(cushion) };
        let cushion = share.ok_or_else(|| format!("cushion: {cushion} (0%–50%)"))?;
        Ok(Self { options: Options { cushion }, horizon })
    }
}

impl AdviceDocument {
    /// Assesses a company and tells what would make it pass and how firm its
    /// verdict is. `known` are policies that later rounds may be judged by.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn new(
        policy: &Policy,
        known: &[&Policy],
        company: &Company,
        dictionary: &Dictionary,
        lang: Lang,
        request: AdviceRequest,
    ) -> Result<Self, Error> {
        Self::with_advice(policy, known, company, dictionary, lang, request).map(|(told, _)| told)
    }

    /// Does the same, and returns the advice that it tells.
    fn with_advice(
        policy: &Policy,
        known: &[&Policy],
        company: &Company,
        dictionary: &Dictionary,
        lang: Lang,
        request: AdviceRequest,
    ) -> Result<(Self, Advice), Error> {
        let assessment = assess(policy, company)?;
        let mut report = Report::new(&assessment, dictionary, lang)?;
        let advice = report.advise(&assessment, dictionary, lang, request.options)?;
        report.tell_editions(&advice, policy, known)?;
        Ok((Self::of(report, request.horizon), advice))
    }

    /// Takes the advice out of a report. With a horizon, advice for the other
    /// round is left out.
    pub fn of(report: Report, horizon: Option<Horizon>) -> Self {
        let wanted = |own: Horizon| horizon.is_none_or(|it| it == own);
        Self {
            policy: report.policy,
            company: report.company,
            as_of: report.as_of,
            verdict: report.verdict,
            warnings: report.warnings,
            advice: report.advice.into_iter().filter(|it| wanted(it.horizon)).collect(),
            no_advice: report.no_advice.into_iter().filter(|it| wanted(it.horizon)).collect(),
            earliest: report.earliest.filter(|it| wanted(it.horizon)),
            margins: report.margins,
            near: report.near,
            breaking: report.breaking,
            tolerance: report.tolerance,
            stopped: report.stopped,
        }
    }
}

impl Report {
    /// Adds to what is advised for the next round what it comes to under the later
    /// editions among these policies.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn tell_editions(
        &mut self,
        advice: &Advice,
        policy: &Policy,
        known: &[&Policy],
    ) -> Result<(), Error> {
        for (told, item) in self.advice.iter_mut().zip(&advice.items) {
            if item.horizon != Horizon::NextRound {
                continue;
            }
            for it in under(item, policy, known)? {
                // Nobody can act after the round of an edition that is known has closed.
                let closes = it.closes.map(|day| day.to_string());
                for lever in &mut told.levers {
                    if let Some(day) = closes.as_ref().filter(|day| **day < lever.by) {
                        told.text = told.text.replace(&lever.by, day);
                        lever.by.clone_from(day);
                    }
                }
                let as_of = it.as_of.to_string();
                told.editions.push(EditionReport {
                    edition: it.edition,
                    as_of,
                    verdict: it.verdict,
                });
            }
        }
        Ok(())
    }

    /// Adds advice and margins.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub fn advise(
        &mut self,
        assessment: &Assessment<'_>,
        dictionary: &Dictionary,
        lang: Lang,
        options: Options,
    ) -> Result<Advice, Error> {
        let (policy, company) = (assessment.policy, assessment.company);
        let batch = Batch::new(policy)?;
        let found = advise(&batch, company, dictionary, options)?;
        let teller = Teller { builder: Builder { assessment, dictionary, lang }, dictionary, lang };
        self.advice = teller.items(&found.items)?;
        self.no_advice = found.none.iter().map(|none| teller.none(none)).collect();
        // Where answers are doubtful or contradict each other nothing is said of time
        // either.
        let refused = |horizon: Horizon| {
            let mut none = found.none.iter().filter(|it| it.horizon == horizon);
            none.any(|it| matches!(it.because, Because::Doubts | Because::Contradiction))
        };
        let first = earliest(&batch, company, dictionary)?.filter(|it| !refused(it.horizon));
        self.earliest = first.map(|it| teller.earliest(&it));
        let mut probe = Probe::new(&batch, company);
        let all = margins(&mut probe, company, dictionary);
        // To a company that fails, how its figures would have to be is no margin.
        let better = |it: &&Margin| {
            assessment.verdict() != Verdict::NotMet
                || !matches!(it.verdict, Verdict::Met | Verdict::NeedsReview)
        };
        self.margins = all.found.iter().filter(better).map(|it| teller.margin(it)).collect();
        let close = near(&mut probe, company, dictionary);
        self.near = close.iter().map(|it| teller.near(it)).collect();
        self.tolerance = tolerance(&mut probe, company, dictionary).map(thousandths);
        self.breaking = breaking(&batch, company, dictionary).0;
        self.stopped = found.stopped || !all.stopped.is_empty();
        Ok(found)
    }
}

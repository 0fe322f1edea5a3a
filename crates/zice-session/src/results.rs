//! What the engine says about the answers.

use std::borrow::Cow;

use serde_json::Value;
use zice_engine::protocol::{CompanyRequest, Doubt, Outline, Picture, Problem, State};
use zice_report::Report;
use zice_rules::json::from_text;

use crate::{
    Session,
    path::{DAY, Path},
};

/// The engine's answer about the company as it is now. It is replaced as a whole at
/// each assessment.
#[derive(Clone, Default)]
pub struct Results {
    /// The number of assessments so far, for hosts are told of each.
    pub assessed: u32,
    /// Answers that can't be used, and why.
    pub problems: Vec<Problem>,
    /// Doubts about figures that were not answered.
    pub doubts: Vec<Doubt>,
    /// The number of answers given, for the host.
    pub answered: usize,
    /// The picture of each policy in use; empty before the engine and the policies
    /// are there.
    pub pictures: Vec<Picture>,
    /// Facts that can still change any verdict, by position in the dictionary.
    pub open: Vec<usize>,
}

/// A report as it was read from the engine's JSON, and what is shown beside it.
pub struct ReadReport {
    /// The report.
    pub report: Report,
    /// The same as JSON, for hosts and files.
    pub json: String,
    /// Names of criteria that nothing is left to answer for.
    pub graded: Vec<String>,
}

/// A policy in use, and its report; nothing where figures are too large.
pub type Reported<'a> = (&'a Outline, Option<ReadReport>);

impl Session {
    /// Assesses the company anew: takes the editions of the day into use, and asks
    /// the engine.
    pub(crate) fn refresh(&mut self) {
        self.choose_editions();
        self.end_rights();
        let engine = self.catalogue.is_ready();
        self.view.touched.resize(self.catalogue.dictionary.facts.len(), 0);
        self.supply.can_ask = engine && self.are_there();
        // Before the engine is there nothing is shown that would have to be decided.
        let state = if engine {
            // Without its policies it still knows what can't be used.
            let policies = self.policies().filter(|_| self.supply.can_ask).map(|it| it.handle);
            self.catalogue.engine.state(&self.request(policies.collect()))
        } else {
            State::default()
        };
        let mut open = Vec::new();
        for fact in state.pictures.iter().flat_map(|picture| &picture.open) {
            if !open.contains(fact) {
                open.push(*fact);
            }
        }
        self.results = Results {
            assessed: self.results.assessed + 1,
            problems: state.problems,
            doubts: state.doubts,
            answered: state.answered,
            pictures: state.pictures,
            open,
        };
    }

    /// What another file of the company comes to under the policies with these
    /// numbers; nothing before the engine is there.
    pub(crate) fn pictures_of(&self, file: &Value, policies: Vec<usize>) -> Vec<Picture> {
        if !self.catalogue.is_ready() {
            return Vec::new();
        }
        let request = CompanyRequest { file: Cow::Borrowed(file), ..self.request(policies) };
        self.catalogue.engine.state(&request).pictures
    }

    /// The request to the engine about this company, under the policies with these
    /// numbers.
    fn request(&self, policies: Vec<usize>) -> CompanyRequest<'_> {
        CompanyRequest {
            file: Cow::Borrowed(&self.answers.file),
            today: self.today,
            policies,
            estimated: self.estimates(),
        }
    }

    /// The reports, as the command line would write them; nothing in place of
    /// one whose figures are too large to calculate with.
    pub fn reports(&self) -> Vec<Reported<'_>> {
        let request = self.request(self.policies().map(|it| it.handle).collect());
        let written = self.catalogue.engine.reports(&request, self.view.lang);
        let told = self.policies().zip(written).map(|(outline, written)| {
            let written = written.and_then(|it| {
                let mut report: Report = from_text(&it.json).ok()?;
                for (criterion, figure) in report.criteria.iter_mut().zip(it.figures) {
                    criterion.figure = figure;
                }
                Some(ReadReport { report, json: it.json, graded: it.graded })
            });
            (outline, written)
        });
        told.collect()
    }

    /// What `zice advise` writes about the company, for each programme in use, as a
    /// JSON list; `null` in place of one whose figures are too large.
    ///
    /// # Errors
    /// Names a cushion or a round that can't be used.
    pub fn advise(&self, cushion: &str, horizon: &str) -> Result<String, String> {
        let request = self.request(self.policies().map(|it| it.handle).collect());
        self.catalogue.engine.advise(&request, self.view.lang, cushion, horizon)
    }

    /// The problems of the answer to a fact.
    pub fn problems_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Problem> {
        self.results.problems.iter().filter(move |problem| problem.fact.as_deref() == Some(id))
    }

    /// The problems of the answers to a topic. The day of application stands in the
    /// first topic.
    pub fn problems_in(&self, topic: usize) -> Vec<Problem> {
        let here = |problem: &&Problem| match &problem.fact {
            None => topic == 0 && problem.path == DAY,
            Some(id) => self.topic_of(id) == Some(topic),
        };
        self.results.problems.iter().filter(here).cloned().collect()
    }

    /// Whether the user is typing at this place, so that it waits to be complete.
    pub fn is_typing_at(&self, place: &Path) -> bool {
        self.view.typing.as_ref() == Some(place)
    }

    /// Whether a problem is told already. It waits while the user types at its
    /// place, and so do all contradictions.
    pub fn is_told(&self, problem: &Problem) -> bool {
        self.view.typing.as_ref().is_none_or(|typing| {
            !(typing.as_str().starts_with(&problem.path) || problem.contradiction)
        })
    }
}

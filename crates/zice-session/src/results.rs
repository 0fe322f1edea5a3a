//! What the engine says about the answers.

use std::borrow::Cow;

use zice_engine::protocol::{CompanyRequest, Doubt, Outline, Picture, Problem, State};
use zice_report::Report;
use zice_rules::json::from_text;

use crate::{
    Session,
    path::{DAY, Path},
};

/// What the engine says about the answers.
#[derive(Clone, Default)]
pub struct Results {
    /// Rises with every assessment.
    pub assessed: u32,
    /// What is wrong with the answers.
    pub problems: Vec<Problem>,
    /// Doubts about figures that were not answered.
    pub doubts: Vec<Doubt>,
    /// The number of answers given, for the host.
    pub answered: usize,
    /// What each policy in use says; nothing before the engine is there.
    pub pictures: Vec<Picture>,
    /// Facts that can still change any verdict.
    pub open: Vec<usize>,
}

/// A report, and what is shown beside it.
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
    /// Asks the engine about the company anew.
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

    /// What the engine is asked about this company.
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

    /// What is wrong with the answer to a fact.
    pub fn problems_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Problem> {
        self.results.problems.iter().filter(move |problem| problem.fact.as_deref() == Some(id))
    }

    /// What is wrong with the answers to a topic. The day of application stands
    /// in the first one.
    pub fn problems_in(&self, topic: usize) -> Vec<Problem> {
        let here = |problem: &&Problem| match &problem.fact {
            None => topic == 0 && problem.path == DAY,
            Some(id) => self.topic_of(id) == Some(topic),
        };
        self.results.problems.iter().filter(here).cloned().collect()
    }

    /// Whether it is typed at a place at this moment.
    pub fn is_typing_at(&self, place: &Path) -> bool {
        self.view.typing.as_ref() == Some(place)
    }

    /// Whether a problem is told already, or waits until a figure is complete.
    pub fn is_told(&self, problem: &Problem) -> bool {
        self.view.typing.as_ref().is_none_or(|typing| {
            !(typing.as_str().starts_with(&problem.path) || problem.contradiction)
        })
    }
}

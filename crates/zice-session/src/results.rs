//! What the engine says about the answers.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use serde_json::Value;
use zice_engine::protocol::{
    CompanyRequest, Doubt, Outline, Picture, Problem, Reports, State, Trial, Tried,
};
use zice_report::{Report, TogetherReport};
use zice_rules::{Lang, json::from_text};

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
    /// The reports that were written last, and of what.
    written: RefCell<Option<(ReportKey, Rc<ReadReports>)>>,
}

#[cfg(test)]
impl Results {
    /// Lets reports be written anew.
    pub(crate) fn forget_reports(&self) {
        self.written.replace(None);
    }
}

/// What reports depend on beside the assessment: how often the file was changed, and
/// the language.
type ReportKey = (u32, Lang);

/// The reports as they were read.
struct ReadReports {
    /// One for each policy in use; nothing where figures are too large.
    reports: Vec<Option<Rc<ReadReport>>>,
    /// The advice of all of them as one list.
    together: Vec<TogetherReport>,
}

/// A report as it was read from the engine's JSON, and what is shown beside it.
pub struct ReadReport {
    /// The report.
    pub report: Report,
    /// The same as JSON, for hosts and files.
    pub json: String,
    /// Names of the criteria all of whose questions are answered.
    pub graded: Vec<String>,
}

/// A policy in use, and its report; nothing where figures are too large.
pub type Reported<'a> = (&'a Outline, Option<Rc<ReadReport>>);

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
            written: RefCell::default(),
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

    /// What comes of figures that are tried otherwise, under the policies in use.
    pub(crate) fn try_out(&self, trial: &Trial) -> Tried {
        if !self.catalogue.is_ready() {
            return Tried::default();
        }
        let request = self.request(self.policies().map(|it| it.handle).collect());
        self.catalogue.engine.what_if(&request, trial)
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
    /// one whose figures are too large. They are asked for several times (the screen,
    /// the host, files), and written once.
    pub fn reports(&self) -> Vec<Reported<'_>> {
        self.policies().zip(self.read_reports().reports.iter().cloned()).collect()
    }

    /// The advice of all programmes as one list: what helps most of them comes first.
    pub fn together(&self) -> Vec<TogetherReport> {
        self.read_reports().together.clone()
    }

    fn read_reports(&self) -> Rc<ReadReports> {
        let key = (self.answers.changes, self.view.lang);
        let kept = self.results.written.borrow().clone().filter(|(of, _)| *of == key);
        kept.map(|(_, reports)| reports).unwrap_or_else(|| {
            let reports = Rc::new(self.ask_reports());
            self.results.written.replace(Some((key, reports.clone())));
            reports
        })
    }

    fn ask_reports(&self) -> ReadReports {
        let request = self.request(self.policies().map(|it| it.handle).collect());
        let Reports { written, together } = self.catalogue.engine.reports(&request, self.view.lang);
        let read = written.into_iter().map(|written| {
            let written = written?;
            let mut report: Report = from_text(&written.json).ok()?;
            for (criterion, figure) in report.criteria.iter_mut().zip(written.figures) {
                criterion.figure = figure;
            }
            Some(Rc::new(ReadReport { report, json: written.json, graded: written.graded }))
        });
        ReadReports { reports: read.collect(), together }
    }

    /// What `zice advise` writes about the company and the programmes in use, as JSON;
    /// one whose figures are too large is left out.
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

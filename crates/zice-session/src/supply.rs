//! What the page has fetched: it starts without the engine and without policies,
//! and what needs them waits.

use crate::{Focus, Screen, Session, catalogue::Failure};

/// How far fetching the engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetching {
    /// It is on its way.
    Waiting,
    /// It could not be had.
    Failed,
    /// It can be asked.
    There,
}

/// How far the engine and the policies have come in.
#[derive(Clone)]
pub struct Supply {
    /// How far fetching the engine is.
    pub fetching: Fetching,
    /// Where that failed: which file, and why.
    pub engine_failure: String,
    /// Whether questions can be shown: they need the engine and the policies in
    /// use, and not what facts are called in tables.
    pub can_ask: bool,
    /// Editions whose policies could not be had, and why, until it is tried again.
    pub missing: Vec<(usize, Failure)>,
    /// Whether a policy was lacking when this was last shown.
    pub waits: bool,
}

impl Supply {
    /// Starts with the engine there already, or waiting for it.
    pub(crate) fn new(engine_is_there: bool) -> Self {
        let fetching = if engine_is_there { Fetching::There } else { Fetching::Waiting };
        Self {
            fetching,
            engine_failure: String::new(),
            can_ask: false,
            missing: Vec::new(),
            waits: false,
        }
    }
}

impl Session {
    /// Whether everything the page shows can be shown: the engine is there, with
    /// what facts are called in tables, and the policies in use.
    pub fn is_whole(&self) -> bool {
        self.supply.fetching == Fetching::There && self.are_there()
    }

    /// The editions whose policies are needed and are not there: those of the
    /// chosen programmes on the day of application, and on that of the company
    /// beside.
    pub fn lacking(&self) -> Vec<usize> {
        let mut needed = self.scope.policies.clone();
        if let Some((_, file)) = &self.comparison.other {
            needed.extend(self.editions_on(self.day_in(file)));
        }
        needed.retain(|at| self.catalogue.policy(*at).is_none());
        needed
    }

    /// Why something that is needed is not there; nothing while it is on its way.
    pub fn failure(&self) -> Option<&Failure> {
        let lacking = self.lacking();
        self.failure_of(|at| lacking.contains(at))
    }

    /// The same of the policies in use, without those of the company beside.
    pub fn own_failure(&self) -> Option<&Failure> {
        let policies = &self.scope.policies;
        self.failure_of(|at| policies.contains(at) && self.catalogue.policy(*at).is_none())
    }

    fn failure_of(&self, needed: impl Fn(&usize) -> bool) -> Option<&Failure> {
        let mut missing = self.supply.missing.iter();
        missing.find(|(at, _)| needed(at)).map(|(_, failure)| failure)
    }

    /// Notes how far fetching the engine is, and goes on with what waited for it.
    pub(crate) fn note_engine(&mut self, fetching: Fetching) {
        self.supply.fetching = fetching;
        self.supply.engine_failure.clear();
        if fetching == Fetching::Waiting {
            // It is tried again.
            self.supply.missing.clear();
        }
        self.show_questions();
        if fetching != Fetching::Failed {
            self.go_on();
        }
    }

    /// Notes that the engine, or what it needs, could not be had.
    pub(crate) fn note_failed_engine(&mut self, why: String) {
        self.note_engine(Fetching::Failed);
        self.supply.engine_failure = why;
    }

    /// Notes that a policy that was asked for is there, or why it is not.
    pub(crate) fn note_policy(&mut self, edition: usize, failure: Option<Failure>) {
        let there = failure.is_none();
        self.supply.missing.retain(|(at, _)| *at != edition);
        self.supply.missing.extend(failure.map(|failure| (edition, failure)));
        self.show_questions();
        if there && self.lacking().is_empty() {
            self.go_on();
        }
    }

    /// Looks at everything anew as soon as questions can be shown.
    fn show_questions(&mut self) {
        if self.supply.can_ask || !self.catalogue.is_ready() {
            return;
        }
        self.refresh();
        if !self.supply.can_ask {
            return;
        }
        self.fold();
        self.tell_changes();
        // A page that began at its draft has not had the focus yet.
        if matches!(self.view.screen, Screen::Topic(_)) && self.view.focus.is_some() {
            self.focus(Focus::Heading);
        }
    }

    /// Goes on with what waits for the rest of the page, now that it is there
    /// or fetched again. What stood in its place is gone, and the focus with it.
    fn go_on(&mut self) {
        if let Some(step) = self.pasting.held.take() {
            if self.is_whole() {
                self.paste(step);
            } else {
                if let Some(focus) = step.asked_at() {
                    self.focus(focus);
                }
                self.pasting.held = Some(step);
            }
        }
        let shown = matches!(self.view.screen, Screen::Report | Screen::Compare);
        if shown && self.view.focus.is_some() {
            self.focus(Focus::Heading);
        }
    }
}

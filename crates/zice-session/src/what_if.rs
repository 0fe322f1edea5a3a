//! What if: figures that are tried otherwise on the report, until they are kept as a
//! scenario or dropped.

use zice_engine::protocol::{Target, Trial, Tried};
use zice_report::Report;

use crate::{Scenario, Session};

/// What the user does to a what-if.
#[derive(Clone, Debug)]
pub enum Attempt {
    /// Opens it, at the figure that matters most.
    Open,
    /// Looks at another figure: id of its fact, and its year.
    Look(String, Option<i32>),
    /// Types what the figure is tried to be, as a company file writes it; nothing
    /// where nothing stands in the field.
    Type(Option<String>),
    /// Sets it otherwise than by typing, so that the field starts afresh.
    Set(Option<String>),
    /// Puts all figures back where they are.
    Reset,
    /// Types the name of the scenario.
    Name(String),
    /// Keeps what is tried as a scenario with the name that was typed, or this one.
    Keep(String),
    /// Closes it.
    Close,
}

/// The what-if that is open.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// The figures that are tried, and the one that is looked at.
    pub trial: Trial,
    /// The name that was typed for the scenario.
    pub name: String,
    /// A part of the keys of its fields: it rises when they start afresh.
    pub fresh: u32,
}

impl WhatIf {
    /// The figure that is looked at.
    pub fn target(&self) -> Option<&Target> {
        self.trial.targets.get(self.trial.at)
    }

    /// Whether any figure is otherwise.
    pub fn is_changed(&self) -> bool {
        self.trial.targets.iter().any(|it| it.to.is_some())
    }

    fn look(&mut self, fact: String, year: Option<i32>) {
        // A figure that was only looked at leaves no trace.
        self.trial.targets.retain(|it| it.to.is_some());
        // The one that is looked at comes last: the others stand before it moves.
        let known = self.trial.targets.iter().position(|it| it.fact == fact && it.year == year);
        let target = match known {
            Some(at) => self.trial.targets.remove(at),
            None => Target { fact, year, to: None },
        };
        self.trial.at = self.trial.targets.len();
        self.trial.targets.push(target);
        self.fresh += 1;
    }

    fn set(&mut self, to: Option<String>) {
        if let Some(target) = self.trial.targets.get_mut(self.trial.at) {
            target.to = to;
        }
    }
}

impl Session {
    /// What comes of the what-if that is open; nothing while none is.
    pub fn tried(&self) -> Option<Tried> {
        let open = self.view.what_if.as_ref().filter(|_| self.catalogue.is_ready())?;
        Some(self.try_out(&open.trial))
    }

    /// The scenario that the what-if comes to.
    pub fn scenario_of(&self, tried: &Tried) -> Scenario {
        let facts = tried.facts.as_object().cloned().unwrap_or_default();
        let name = self.view.what_if.as_ref().map_or_else(String::new, |it| it.name.clone());
        Scenario { name, facts, ..Scenario::default() }
    }

    pub(crate) fn attempt(&mut self, attempt: Attempt) {
        if matches!(attempt, Attempt::Open) {
            self.open_what_if();
            return;
        }
        if let Attempt::Keep(name) = attempt {
            self.keep_what_if(name);
            return;
        }
        let Some(open) = &mut self.view.what_if else { return };
        match attempt {
            Attempt::Look(fact, year) => open.look(fact, year),
            Attempt::Type(to) => open.set(to),
            Attempt::Set(to) => {
                open.set(to);
                open.fresh += 1;
            }
            Attempt::Reset => {
                open.trial.targets.iter_mut().for_each(|it| it.to = None);
                open.fresh += 1;
            }
            Attempt::Name(name) => open.name = name,
            Attempt::Open | Attempt::Keep(_) => {}
            Attempt::Close => self.view.what_if = None,
        }
    }

    fn open_what_if(&mut self) {
        let figures = self.try_out(&Trial::default()).figures;
        let facts = &self.catalogue.dictionary.facts;
        let id = |at: usize| facts.get(at).map_or("", |it| &*it.id);
        let wanted = self.decisive();
        let first = wanted.iter().find_map(|fact| figures.iter().find(|it| id(it.fact) == fact));
        let mut open = WhatIf::default();
        if let Some(figure) = first.or(figures.first()) {
            open.look(id(figure.fact).to_owned(), figure.year);
        }
        self.view.what_if = Some(open);
    }

    /// Keeps what is tried, and starts again from the company as it is.
    fn keep_what_if(&mut self, name: String) {
        let Some(tried) = self.tried() else { return };
        let mut scenario = self.scenario_of(&tried);
        if scenario.name.trim().is_empty() {
            scenario.name = name;
        }
        if scenario.facts.is_empty() {
            return;
        }
        self.keep_scenario(scenario);
        if let Some(open) = &mut self.view.what_if {
            open.name.clear();
            open.fresh += 1;
        }
    }

    /// Facts by what they decide: first what the advice moves, then the figures with
    /// the least room.
    fn decisive(&self) -> Vec<String> {
        let reports = self.reports();
        let reports = reports.iter().filter_map(|(_, read)| Some(&read.as_ref()?.report));
        let reports: Vec<&Report> = reports.collect();
        let acts = reports.iter().flat_map(|it| it.advice.iter().flat_map(|way| &way.levers));
        let acts = acts.flat_map(|it| it.changes.iter().map(|change| change.fact.clone()));
        let margins = reports.iter().flat_map(|it| it.margins.iter().map(|it| it.fact.clone()));
        acts.chain(margins).collect()
    }
}

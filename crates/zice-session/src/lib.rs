//! What the user has said, and what follows from it.
//!
//! The answers are kept as the company file itself, as they were typed: what
//! can't be used is shown beside its question and is still there. Every transition
//! is a pure function from a [`Session`] and an [`Action`] to the next session; the
//! crate knows no browser, no clock and no component.

pub mod appearance;
pub mod catalogue;
mod change;
pub mod doubts;
pub mod edition;
pub mod engine;
pub mod keeping;
mod outlook;
pub mod papers;
mod paste;
pub mod path;
mod reopen;
#[cfg(test)]
mod tests;
pub mod topics;
mod unread;
mod years;

pub use change::Action;
pub use paste::{Done, Draft, Pasted, Pasting, Step};
pub use reopen::Changed;

use std::{borrow::Cow, rc::Rc};

use serde_json::{Value, json};
use zice_engine::protocol::{CompanyRequest, Doubt, Outline, Picture, Problem, State};
use zice_report::Report;
use zice_rules::{Date, Lang, company, json::from_text};
use zice_tables::typed::Unit;

use self::{
    appearance::Look,
    catalogue::{Catalogue, Failure},
    engine::Fetching,
    keeping::Kept,
    outlook::is_over,
    topics::{Asked, Topic},
};
/// Where the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Programme cards.
    Choose,
    /// One topic of the interview (position among the asked topics).
    Topic(usize),
    /// The report.
    Report,
    /// Two companies, or two states of one, side by side.
    Compare,
}

/// What was said about the last file.
#[derive(Clone)]
pub enum Message {
    /// Its name.
    Opened(String),
    /// What is wrong with it, in words and in detail.
    Refused(Refusal, String),
}

/// Why a company was not opened, or not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file is larger than any company file.
    Large,
    /// It is no company file.
    Other,
    /// It ends before it is complete.
    Cut,
    /// It is a company file of another version.
    Version,
    /// A member of it can't be used.
    Wrong,
    /// The browser does not let the page keep anything.
    KeepFailed,
    /// Another window has changed what is kept.
    KeptElsewhere,
}

/// The state of the page.
#[derive(Clone)]
pub struct Session {
    /// What is offered, and what is known of it.
    pub catalogue: Rc<Catalogue>,
    /// Positions of the chosen programmes, in the order of the catalogue.
    pub chosen: Vec<usize>,
    /// Positions of the policies in use: of each chosen programme the edition
    /// of the day.
    policies: Vec<usize>,
    /// What they ask, by topic, in the order of the dictionary.
    pub topics: Rc<Vec<Topic>>,
    /// The year of application those are for.
    year: i32,
    /// Whether topics wait for policies that are fetched.
    asks_anew: bool,
    /// Where the user is.
    pub screen: Screen,
    /// The language of the page.
    pub lang: Lang,
    /// The day it is, when the company file names none.
    pub today: Date,
    /// The company file, with everything in it that the page does not know.
    pub file: Value,
    /// Rises when fields must start afresh: a file was opened, an answer
    /// copied, entries of a list moved.
    pub fresh: u32,
    /// Facts that were folded away when the topic was opened.
    pub folded: Vec<usize>,
    /// Places where a range is asked for.
    pub ranges: Vec<String>,
    /// Entries of lists whose fields are shown, by place.
    pub editing: Vec<String>,
    /// How far fetching the engine is.
    pub fetching: Fetching,
    /// Whether questions can be shown: they need the engine and the policies in
    /// use, and not what facts are called in tables.
    pub can_ask: bool,
    /// Editions whose policies could not be had, and why, until it is tried again.
    pub missing: Vec<(usize, Failure)>,
    /// Whether a policy was lacking when this was last shown.
    pub waits: bool,
    /// A paste that waits for that.
    pub held: Option<Step>,
    /// A table that is being pasted.
    pub paste: Option<Draft>,
    /// What was pasted last and can be undone.
    pub pasted: Option<Pasted>,
    /// A list entry that was deleted: place of the list, position, entry, and
    /// what was not understood of it.
    pub deleted: Option<(String, usize, Value, Value)>,
    /// What money is typed and shown in.
    pub unit: Unit,
    /// The place that is being typed at: whether it is right is said when it is
    /// complete, not after every key.
    pub typing: String,
    /// Answers that were set aside by "not sure", by fact.
    aside: Vec<(String, Value)>,
    /// Mistakes the way on was stopped for; told until the topic is left.
    pub halted: Vec<Problem>,
    /// How the page looks.
    pub look: Look,
    /// Whether answers changed since they were opened or saved.
    pub unsaved: bool,
    /// Rises with every change of the company file.
    pub changes: u32,
    /// Rises with everything but a change of one fact.
    pub turn: u32,
    /// How often each fact was changed by itself, in the dictionary's order.
    pub touched: Vec<u32>,
    /// What there was before a file was opened, if it was not saved, and the
    /// number under which that was kept.
    pub before: Option<(Value, Option<u32>)>,
    /// The results that a file was saved with, until they were compared.
    results: Value,
    /// Programmes whose rules have changed since the file was saved.
    pub changed: Vec<Changed>,
    /// Companies kept in this browser.
    pub kept: Vec<Kept>,
    /// The number under which this one is kept.
    pub keeping: Option<u32>,
    /// Those taken out last, with their texts.
    pub forgotten: Option<Rc<[(u32, String)]>>,
    /// What to compare with: its name and its file.
    pub other: Option<(String, Value)>,
    /// What was said about the last file.
    pub message: Option<Message>,
    /// What takes the focus, and how often that has changed.
    pub focus: (u32, String),
    /// Rises with every assessment.
    pub assessed: u32,
    /// What is wrong with the answers.
    pub problems: Vec<Problem>,
    /// Doubts about figures that were not answered.
    pub doubts: Vec<Doubt>,
    /// The year of application there was before the day was changed to another
    /// year, until that was seen.
    pub moved: Option<i32>,
    /// Places of the figures that were carried over as estimates then.
    pub carried: Vec<String>,
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
    /// A session in which nothing was said yet; `today` is the day of application until
    /// another is named.
    pub fn new(catalogue: Rc<Catalogue>, lang: Lang, today: Date) -> Self {
        // Where there is nothing to choose from, it is chosen.
        let chosen = if catalogue.programmes.len() == 1 { vec![0] } else { Vec::new() };
        let file = json!({
            "schema": company::SCHEMA, "as_of": today.to_string(), "facts": {},
        });
        let there = catalogue.engine.is_there();
        let fetching = if there { Fetching::There } else { Fetching::Waiting };
        let mut session = Self {
            catalogue,
            chosen,
            policies: Vec::new(),
            topics: Rc::default(),
            year: 0,
            asks_anew: false,
            screen: Screen::Choose,
            lang,
            today,
            file,
            fresh: 0,
            folded: Vec::new(),
            ranges: Vec::new(),
            editing: Vec::new(),
            fetching,
            can_ask: false,
            missing: Vec::new(),
            waits: false,
            held: None,
            paste: None,
            pasted: None,
            deleted: None,
            unit: Unit::default(),
            typing: String::new(),
            aside: Vec::new(),
            halted: Vec::new(),
            look: Look::default(),
            unsaved: false,
            changes: 0,
            turn: 0,
            touched: Vec::new(),
            before: None,
            results: Value::Null,
            changed: Vec::new(),
            kept: Vec::new(),
            keeping: None,
            forgotten: None,
            other: None,
            message: None,
            focus: (0, String::new()),
            assessed: 0,
            problems: Vec::new(),
            doubts: Vec::new(),
            moved: None,
            carried: Vec::new(),
            answered: 0,
            pictures: Vec::new(),
            open: Vec::new(),
        };
        session.touched = vec![0; session.catalogue.dictionary.facts.len()];
        session.refresh();
        session.waits = !session.lacking().is_empty();
        session
    }

    /// What stands at a place of the company file.
    pub fn at(&self, place: &str) -> Option<&Value> {
        path::get(&self.file, place)
    }

    /// The answer to a fact.
    pub fn answer(&self, id: &str) -> Option<&Value> {
        self.file.get("facts").and_then(|facts| facts.get(id)).filter(|value| !value.is_null())
    }

    /// Whether a field of an entry is said to be unknown, so that no default is
    /// taken for it.
    pub fn is_unclear(&self, place: &str) -> bool {
        let (entry, field) = place.rsplit_once('.').unwrap_or_default();
        self.at(entry).and_then(|entry| entry.get(field)).is_some_and(Value::is_null)
    }

    /// Whether the user said of a fact that it is not known: it then stands in
    /// the file, as nothing.
    pub fn is_unsure(&self, id: &str) -> bool {
        self.file.get("facts").and_then(|facts| facts.get(id)).is_some_and(Value::is_null)
    }

    /// Whether answers would be lost with the page.
    pub fn asks(&self) -> bool {
        self.unsaved && self.keeping.is_none()
    }

    /// The name of the company, or nothing.
    pub fn name(&self) -> &str {
        self.at("name").and_then(Value::as_str).unwrap_or("")
    }

    /// The company file as it is saved.
    pub fn file_text(&self) -> String {
        serde_json::to_string_pretty(&self.saved()).unwrap_or_default()
    }

    /// The day of application; the day it is where that can't be used.
    pub fn day(&self) -> Date {
        day_of(&self.file).unwrap_or(self.today)
    }

    /// The day of application where one is named; nothing where what is named
    /// can't be used, and so nobody knows which day is meant.
    pub fn named_day(&self) -> Option<Date> {
        match self.file.get("as_of") {
            None | Some(Value::Null) => Some(self.today),
            Some(day) => day.as_str().and_then(Date::parse),
        }
    }

    /// The policies in use.
    pub fn policies(&self) -> impl Iterator<Item = &Outline> {
        self.policies.iter().filter_map(|at| self.catalogue.policy(*at))
    }

    /// The editions whose policies are needed and are not there: those of the
    /// chosen programmes on the day of application, and on that of the company
    /// beside.
    pub fn lacking(&self) -> Vec<usize> {
        let mut needed = self.policies.clone();
        if let Some((_, file)) = &self.other {
            needed.extend(self.editions_on(day_of(file).unwrap_or(self.today)));
        }
        needed.retain(|at| self.catalogue.policy(*at).is_none());
        needed
    }

    /// Why something that is needed is not there; nothing while it is on its way.
    pub fn failure(&self) -> Option<&Failure> {
        let lacking = self.lacking();
        self.missing.iter().find(|(at, _)| lacking.contains(at)).map(|(_, failure)| failure)
    }

    /// The same of the policies in use, without those of the company beside.
    pub fn own_failure(&self) -> Option<&Failure> {
        let own = |at: &usize| self.policies.contains(at) && self.catalogue.policy(*at).is_none();
        self.missing.iter().find(|(at, _)| own(at)).map(|(_, failure)| failure)
    }

    /// The editions of the chosen programmes for an application on a day.
    fn editions_on(&self, day: Date) -> Vec<usize> {
        let edition = |programme: &usize| self.catalogue.edition(*programme, day);
        self.chosen.iter().filter_map(edition).collect()
    }

    /// The other editions of the chosen programmes: another day may ask for them.
    pub fn other_editions(&self) -> impl Iterator<Item = usize> {
        let programmes = self.chosen.iter().filter_map(|at| self.catalogue.programmes.get(*at));
        programmes.flatten().copied()
    }

    /// What the engine is asked about this company.
    fn request(&self, policies: Vec<usize>) -> CompanyRequest<'_> {
        CompanyRequest {
            file: Cow::Borrowed(&self.file),
            today: self.today,
            policies,
            estimated: self.estimates(),
        }
    }

    /// The reports, as the command line would write them; nothing in place of
    /// one whose figures are too large to calculate with.
    pub fn reports(&self) -> Vec<Reported<'_>> {
        let request = self.request(self.policies().map(|it| it.handle).collect());
        let written = self.catalogue.engine.reports(&request, self.lang);
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

    /// Whether anything was answered to a question.
    pub fn is_answered(&self, fact_at: usize) -> bool {
        self.catalogue.dictionary.facts.get(fact_at).is_some_and(|fact| {
            match (self.answer(&fact.id), fact.yearly) {
                (None, _) => false,
                // Figures of other years are no answer to what is asked.
                (Some(Value::Object(years)), true) => years.iter().any(|(year, value)| {
                    let asked = self.asked(fact_at).is_none_or(|asked| {
                        year.parse().is_ok_and(|year| asked.years.contains(&year))
                    });
                    asked && !value.is_null()
                }),
                _ => true,
            }
        })
    }

    /// What is wrong with the answer to a fact.
    pub fn problems_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Problem> {
        self.problems.iter().filter(move |problem| problem.fact.as_deref() == Some(id))
    }

    /// Whether a problem is told already, or waits until a figure is complete.
    pub fn is_told(&self, problem: &Problem) -> bool {
        let typing = &self.typing;
        typing.is_empty() || !(typing.starts_with(&problem.path) || problem.contradiction)
    }

    /// What is wrong with the answers to a topic. The day of application stands
    /// in the first one.
    pub fn problems_in(&self, topic: usize) -> Vec<Problem> {
        let here = |problem: &&Problem| match &problem.fact {
            None => topic == 0 && problem.path == "as_of",
            Some(id) => self.topic_of(id) == Some(topic),
        };
        self.problems.iter().filter(here).cloned().collect()
    }

    /// The topic that asks a fact. Whether a list is complete is asked with
    /// the list.
    pub fn topic_of(&self, id: &str) -> Option<usize> {
        let facts = &self.catalogue.dictionary.facts;
        let asks = |asked: &Asked| {
            let fact = facts.get(asked.fact);
            fact.is_some_and(|it| it.id == id || it.complete.as_deref() == Some(id))
        };
        self.topics.iter().position(|topic| topic.asked.iter().any(asks))
    }

    /// How often a fact, and those whose answers are told beside it, were
    /// changed.
    pub fn touched_around(&self, fact: usize) -> u32 {
        let dictionary = &self.catalogue.dictionary;
        let touched = |at: Option<usize>| at.and_then(|at| self.touched.get(at)).copied();
        let mut sum = touched(Some(fact)).unwrap_or(0);
        let Some(fact) = dictionary.facts.get(fact) else { return sum };
        let mut also = |id: &str| sum += touched(dictionary.position(id)).unwrap_or(0);
        if let Some(complete) = &fact.complete {
            also(complete);
        }
        let twins = dictionary.twins.iter().map(|pair| (&pair.one, &pair.other));
        for pair in &dictionary.contradictions {
            pair.opposite(&fact.id).into_iter().for_each(&mut also);
        }
        for (one, other) in twins {
            if *one == fact.id {
                also(other);
            } else if *other == fact.id {
                also(one);
            }
        }
        sum
    }

    /// The question about a fact, if it is asked.
    pub fn asked(&self, fact: usize) -> Option<&Asked> {
        self.topics.iter().flat_map(|topic| &topic.asked).find(|asked| asked.fact == fact)
    }

    /// The policies in use that look at a field.
    pub fn uses_field(&self, fact: usize, field: usize) -> bool {
        self.policies().any(|policy| policy.fields.contains(&(fact, field)))
    }

    /// Looks at everything anew.
    fn refresh(&mut self) {
        self.assessed += 1;
        self.choose_editions();
        self.end_rights();
        self.can_ask = self.catalogue.engine.is_there() && self.are_there();
        // Before the engine is there nothing is shown that would have to be decided.
        let state = if self.catalogue.engine.is_there() {
            // Without its policies it still knows what can't be used.
            let policies = self.policies().filter(|_| self.can_ask).map(|it| it.handle);
            self.catalogue.engine.state(&self.request(policies.collect()))
        } else {
            State::default()
        };
        self.problems = state.problems;
        self.answered = state.answered;
        self.doubts = state.doubts;
        self.pictures = state.pictures;
        self.open.clear();
        for fact in self.pictures.iter().flat_map(|picture| &picture.open) {
            if !self.open.contains(fact) {
                self.open.push(*fact);
            }
        }
    }

    /// Whether the policies in use are there.
    pub fn are_there(&self) -> bool {
        self.policies.iter().all(|at| self.catalogue.policy(*at).is_some())
    }

    /// Which policies are in use follows the day of application.
    fn choose_editions(&mut self) {
        let day = self.day();
        let policies = self.editions_on(day);
        if policies != self.policies || day.year() != self.year {
            self.policies = policies;
            self.note_move(day.year());
            self.year = day.year();
            self.asks_anew = true;
        }
        // Until all policies are there nothing is asked, and the topics there were
        // keep their places.
        if self.asks_anew && self.are_there() {
            self.asks_anew = false;
            let policies: Vec<&Outline> = self.policies().collect();
            self.topics = topics::ask(&self.catalogue.dictionary, &policies, self.year).into();
        }
        if let Screen::Topic(at) = self.screen
            && self.are_there()
        {
            self.screen = Screen::Topic(at.min(self.topics.len().saturating_sub(1)));
        }
    }

    /// Questions that can't change any verdict any more and have no answer.
    fn fold(&mut self) {
        let questions = self.topics.iter().flat_map(|topic| &topic.asked);
        self.folded = questions
            .filter(|asked| !self.open.contains(&asked.fact) && !self.is_answered(asked.fact))
            // What tells since when there are years is always worth asking.
            .filter(|asked| !self.speaks_up(asked))
            .map(|asked| asked.fact)
            .collect();
    }

    /// Facts that no condition waits for but that can speak up: they are offered
    /// for as long as what they say could change a verdict. One that is not met
    /// is not met whatever they say.
    pub fn speaks_up(&self, asked: &Asked) -> bool {
        let policies: Vec<&Outline> = self.policies().collect();
        asked.by.iter().any(|at| {
            let over = self.pictures.get(*at).is_none_or(is_over);
            let policy = policies.get(*at).filter(|it| !over && !it.hint);
            policy.is_some_and(|it| it.asked(asked.fact).is_none_or(|fact| !fact.waits))
        })
    }
}

/// The day of application that a company file names.
fn day_of(file: &Value) -> Option<Date> {
    Date::parse(file.get("as_of")?.as_str()?)
}

//! The scope of a session: the programmes that were chosen, the editions of the
//! day, and what those ask.

use std::{ops::Range, rc::Rc};

use zice_engine::protocol::{Outline, Picture};
use zice_rules::{Date, Text, policy::CriterionKind};

use crate::{
    Screen, Session,
    catalogue::Catalogue,
    topics::{self, Asked, Topic},
};

/// The programmes that are applied for, and so what is asked.
#[derive(Clone, Default)]
pub struct Scope {
    /// Positions of the chosen programmes, in the order of the catalogue.
    pub chosen: Vec<usize>,
    /// Positions of the policies in use: of each chosen programme the edition
    /// of the day.
    pub(crate) policies: Vec<usize>,
    /// The questions those policies ask, by topic, in the order of the dictionary.
    pub topics: Rc<Vec<Topic>>,
    /// The year of application that policies and topics are for.
    pub(crate) year: i32,
    /// The year of application there was before the day was changed to another
    /// year, until the notice of that was seen.
    pub moved: Option<i32>,
    /// Whether the topics are still those of other policies, until these have been
    /// fetched.
    asks_anew: bool,
}

impl Scope {
    /// Starts with nothing chosen, except where there is nothing to choose from.
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let chosen = if catalogue.programmes.len() == 1 { vec![0] } else { Vec::new() };
        Self { chosen, ..Self::default() }
    }

    /// Ticks a programme, or takes the tick away.
    pub(crate) fn choose(&mut self, programme: usize) {
        match self.chosen.binary_search(&programme) {
            Ok(at) => drop(self.chosen.remove(at)),
            Err(at) => self.chosen.insert(at, programme),
        }
    }
}

impl Session {
    /// The policies in use, as far as they have been fetched.
    pub fn policies(&self) -> impl Iterator<Item = &Outline> {
        self.scope.policies.iter().filter_map(|at| self.catalogue.policy(*at))
    }

    /// Whether the policies in use are there.
    pub fn are_there(&self) -> bool {
        self.scope.policies.iter().all(|at| self.catalogue.policy(*at).is_some())
    }

    /// The editions of the chosen programmes for an application on a day.
    pub(crate) fn editions_on(&self, day: Date) -> Vec<usize> {
        let edition = |programme: &usize| self.catalogue.edition(*programme, day);
        self.scope.chosen.iter().filter_map(edition).collect()
    }

    /// All editions of the chosen programmes: another day may ask for them.
    pub fn other_editions(&self) -> impl Iterator<Item = usize> {
        let programmes = self.scope.chosen.iter();
        programmes.filter_map(|at| self.catalogue.programmes.get(*at)).flatten().copied()
    }

    /// The topic that asks a fact. Whether a list is complete is asked with
    /// the list.
    pub fn topic_of(&self, id: &str) -> Option<usize> {
        let facts = &self.catalogue.dictionary.facts;
        let asks = |asked: &Asked| {
            let fact = facts.get(asked.fact);
            fact.is_some_and(|it| it.id == id || it.complete.as_deref() == Some(id))
        };
        self.scope.topics.iter().position(|topic| topic.asked.iter().any(asks))
    }

    /// The question about a fact, if it is asked.
    pub fn asked(&self, fact: usize) -> Option<&Asked> {
        self.scope.topics.iter().flat_map(|topic| &topic.asked).find(|asked| asked.fact == fact)
    }

    /// Whether any policy in use looks at a field.
    pub fn uses_field(&self, fact: usize, field: usize) -> bool {
        self.policies().any(|policy| policy.fields.contains(&(fact, field)))
    }

    /// Whether a fact can speak up: no condition waits for it, and what it says
    /// could change a verdict. Such a question is offered for as long as that is
    /// so; a condition that is not met is not met whatever it says.
    pub fn speaks_up(&self, asked: &Asked) -> bool {
        let policies: Vec<&Outline> = self.policies().collect();
        asked.by.iter().any(|at| {
            let over = self.results.pictures.get(*at).is_none_or(Picture::is_over);
            let policy = policies.get(*at).filter(|it| !over && !it.hint);
            policy.is_some_and(|it| it.asked(asked.fact).is_none_or(|fact| !fact.waits))
        })
    }

    /// What a fact is worth knowing for though it decides no verdict: the title of a
    /// note that looks at it, such as a visit. Nothing where the programme is decided
    /// against the company, for then there will be none.
    pub fn noted(&self, asked: &Asked) -> Option<&Text> {
        let all = self.policies().zip(&self.results.pictures);
        let policies: Vec<&Outline> =
            all.filter(|(it, picture)| !it.hint && !picture.is_over()).map(|(it, _)| it).collect();
        let lines = policies.iter().flat_map(|policy| {
            let looked = policy.asked(asked.fact).into_iter().flat_map(|it| &it.criteria);
            looked.filter_map(|at| policy.criteria.get(*at))
        });
        lines.into_iter().find(|it| it.kind == CriterionKind::Note).map(|it| &it.title)
    }

    /// Whether a topic has something to ask: a question that can change a result or
    /// bring a hint, a doubt, a mistake, or what nobody has said yet and would speak up.
    pub fn has_to_ask(&self, topic: usize) -> bool {
        let asked = self.scope.topics.get(topic).map_or(&[][..], |it| &it.asked);
        let doubted = |fact| self.results.doubts.iter().any(|it| self.told_by(it) == Some(fact));
        let asks = |it: &Asked| {
            let unsaid = || !self.is_answered(it.fact) && self.speaks_up(it);
            self.results.open.contains(&it.fact) || doubted(it.fact) || unsaid()
        };
        asked.iter().any(asks) || !self.problems_in(topic).is_empty()
    }

    /// Where one goes on to from a topic, and the topics that are passed over on the
    /// way because they have nothing to ask.
    pub fn onward(&self, topic: usize) -> (Screen, Range<usize>) {
        let (first, end) = (topic + 1, self.scope.topics.len());
        match (first..end).find(|at| self.has_to_ask(*at)) {
            Some(next) => (Screen::Topic(next), first..next),
            None => (Screen::Report, first..end),
        }
    }

    /// The day to try the round after this year's for: the same day of the next year,
    /// moved into the window of the first programme, as its edition has it.
    pub fn next_round(&self) -> Date {
        let year = self.today.year().saturating_add(1);
        let own = in_year(self.today, year);
        let mut programmes = self.scope.chosen.clone();
        programmes.extend(0..self.catalogue.programmes.len());
        let mut editions = programmes.into_iter().filter_map(|programme| {
            let edition = self.catalogue.edition(programme, own)?;
            self.catalogue.editions.get(edition).filter(|it| !it.hint)
        });
        let Some(first) = editions.next() else { return own };
        let closes = first.window.closes.map_or(own, |it| in_year(it, year));
        let day = own.min(closes);
        first.window.opens.map_or(day, |it| day.max(in_year(it, year)))
    }

    /// Takes the editions of the day of application into use, and asks what they
    /// ask once they are there.
    pub(crate) fn choose_editions(&mut self) {
        let day = self.day();
        let policies = self.editions_on(day);
        if policies != self.scope.policies || day.year() != self.scope.year {
            self.scope.policies = policies;
            self.note_move(day.year());
            self.scope.year = day.year();
            self.scope.asks_anew = true;
        }
        // Until the facts and all policies are there nothing is asked, and the topics
        // there were keep their places.
        if self.scope.asks_anew && self.catalogue.is_ready() && self.are_there() {
            self.scope.asks_anew = false;
            let policies: Vec<&Outline> = self.policies().collect();
            let asked = topics::ask(&self.catalogue.dictionary, &policies, self.scope.year);
            self.scope.topics = asked.into();
        }
        if let Screen::Topic(at) = self.view.screen
            && !self.scope.asks_anew
        {
            self.view.screen = Screen::Topic(at.min(self.scope.topics.len().saturating_sub(1)));
        }
    }
}

/// The same day of another year; 28 February for the 29th where there is none.
fn in_year(day: Date, year: i32) -> Date {
    let text = day.to_string();
    let of_year = |rest: &str| Date::parse(&[&year.to_string(), rest].concat());
    text.get(4..).and_then(of_year).or_else(|| of_year("-02-28")).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_a_year_lacks_is_the_day_before() {
        let day = |text: &str| Date::parse(text).expect("a day");
        assert_eq!(in_year(day("2026-11-30"), 2027), day("2027-11-30"));
        assert_eq!(in_year(day("2028-02-29"), 2029), day("2029-02-28"));
    }
}

//! The programmes and editions that are offered, and of each policy what the engine
//! told of it.

use std::{cell::OnceCell, ops::Deref};

use zice_engine::protocol::Outline;
use zice_rules::{Date, Dictionary, policy::edition_on};

use crate::{edition::Edition, engine::Ask};

/// Everything that is offered: the index from the start, the dictionary and policies
/// as they arrive.
pub struct Catalogue {
    /// The facts all policies share.
    pub dictionary: Facts,
    /// The digest that the index names for the dictionary.
    pub facts_digest: String,
    /// Facts by year whose figures may stand without one.
    bare: Vec<String>,
    /// The editions, in the order of the index.
    pub editions: Vec<Edition>,
    /// What the engine tells of their policies, as far as they have been fetched.
    policies: Vec<OnceCell<Outline>>,
    /// The programmes: positions of their editions, oldest first.
    pub programmes: Vec<Vec<usize>>,
    /// Who decides.
    pub engine: Box<dyn Ask>,
}

/// The dictionary, which the first screen does not wait for: until it is there it is
/// empty.
#[derive(Default)]
pub struct Facts {
    there: OnceCell<Dictionary>,
    none: Dictionary,
}

impl Facts {
    /// Takes the dictionary in. A second one changes nothing.
    pub fn arrive(&self, dictionary: Dictionary) {
        _ = self.there.set(dictionary);
    }

    /// Whether it is there.
    pub fn are_there(&self) -> bool {
        self.there.get().is_some()
    }
}

impl Deref for Facts {
    type Target = Dictionary;

    fn deref(&self) -> &Dictionary {
        self.there.get().unwrap_or(&self.none)
    }
}

/// Why a policy is not there; each is told to the user in other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It could not be fetched.
    Gone,
    /// What was fetched can't be used.
    Broken,
    /// What was fetched is of another version than the index.
    Other,
}

/// A policy that could not be had, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub why: Why,
    /// The file, and what is wrong with it.
    pub text: String,
}

impl Catalogue {
    /// What is offered, before the facts or any policy are there; of the facts only
    /// those are known whose figures may be `bare`, without a year.
    pub fn new(bare: Vec<String>, editions: Vec<Edition>, engine: Box<dyn Ask>) -> Self {
        let mut programmes: Vec<Vec<usize>> = Vec::new();
        for (at, edition) in editions.iter().enumerate() {
            let year = |at: &usize| editions.get(*at).map_or(0, |it| it.window.year);
            let same = |others: &&mut Vec<usize>| {
                others.iter().any(|at| editions.get(*at).is_some_and(|it| it.id == edition.id))
            };
            match programmes.iter_mut().find(same) {
                Some(others) => {
                    let place = others.iter().filter(|at| year(at) <= edition.window.year).count();
                    others.insert(place, at);
                }
                None => programmes.push(vec![at]),
            }
        }
        let policies = editions.iter().map(|_| OnceCell::new()).collect();
        Self {
            dictionary: Facts::default(),
            facts_digest: String::new(),
            bare,
            editions,
            policies,
            programmes,
            engine,
        }
    }

    /// Makes a catalogue whose policies are there already.
    #[cfg(test)]
    pub fn with(dictionary: Dictionary, policies: Vec<zice_rules::Policy>) -> Self {
        let edition = |policy: &zice_rules::Policy| Edition {
            id: policy.id.clone(),
            edition: policy.edition.clone(),
            title: policy.title.clone(),
            summary: policy.summary.clone(),
            authority: policy.authority.clone(),
            platform: policy.platform.clone(),
            benefits: Vec::new(),
            minutes: policy.minutes,
            window: policy.window.clone(),
            hint: policy.hint,
            checked_on: policy.checked_on,
            review_by: policy.review_by,
            digest: policy.digest.clone(),
            file: String::new(),
        };
        let editions = policies.iter().map(edition).collect();
        let mut engine = zice_engine::Engine::default();
        engine.with_dictionary(dictionary.clone());
        let outlines: Vec<Outline> =
            policies.into_iter().map(|it| engine.with_policy(it)).collect();
        let bare = dictionary.bare().map(str::to_owned).collect();
        let catalogue = Self::new(bare, editions, Box::new(engine));
        catalogue.dictionary.arrive(dictionary);
        for (place, outline) in catalogue.policies.iter().zip(outlines) {
            place.set(outline).expect("a place");
        }
        catalogue
    }

    /// The policy of an edition, once it has been fetched.
    pub fn policy(&self, edition: usize) -> Option<&Outline> {
        self.policies.get(edition)?.get()
    }

    /// The ids of the facts by year whose figures may stand without one.
    pub fn bare(&self) -> impl Iterator<Item = &str> {
        self.bare.iter().map(String::as_str)
    }

    /// Whether the engine can be asked about what is offered: it is there, and so
    /// are the facts.
    pub fn is_ready(&self) -> bool {
        self.engine.is_there() && self.dictionary.are_there()
    }

    /// Takes in what the engine told of the policy of an edition.
    pub fn arrive(&self, edition: usize, policy: Outline) {
        if let Some(place) = self.policies.get(edition) {
            _ = place.set(policy);
        }
    }

    /// The edition for an application on this day; see [`edition_on`].
    pub fn edition(&self, programme: usize, day: Date) -> Option<usize> {
        let editions = self.programmes.get(programme)?;
        let year = |at: &usize| self.editions.get(*at).map_or(0, |it| it.window.year);
        editions.get(edition_on(editions.iter().map(year), day)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_follows_the_day_of_application() {
        let dictionary = Dictionary::from_json(
            r#"{"schema":"zice.facts/1","topic":[],"fact":[],"contradiction":[]}"#,
        )
        .expect("a dictionary");
        let policy = |id: &str, year: i32| {
            let json = format!(
                r#"{{"schema":"zice.policy/2","id":"{id}","edition":"{year}","digest":"",
                "title":{{"zh":"","en":""}},"summary":{{"zh":"","en":""}},
                "authority":{{"zh":"","en":""}},"platform":{{"zh":"","en":""}},"minutes":1,
                "benefits":[],"cautions":[],"open_points":[],"checked_on":"2020-01-01",
                "review_by":"2020-01-01","window":{{"year":{year}}},"calendar":[],"evidence":[],
                "sources":[],"criteria":[],"verdict":0,"tables":{{"facts":[]}},
                "formulas":[{{"b":true}}],"code":"Tcy=1;;;;;0___"}}"#
            );
            zice_rules::Policy::from_json(&json, &dictionary).expect("a policy")
        };
        let policies = [("a", 2030), ("b", 2025), ("b", 2021), ("b", 2023)];
        let policies = policies.map(|(id, year)| policy(id, year)).into();
        let catalogue = Catalogue::with(dictionary, policies);
        assert_eq!(catalogue.programmes, [vec![0], vec![2, 3, 1]]);
        for (day, edition) in
            [("2019-06-01", 2), ("2022-12-31", 2), ("2024-12-31", 3), ("2025-01-01", 1)]
        {
            let day = Date::parse(day).expect("a day");
            assert_eq!(catalogue.edition(1, day), Some(edition), "{day}");
            assert_eq!(catalogue.edition(0, day), Some(0), "{day}");
        }
    }
}

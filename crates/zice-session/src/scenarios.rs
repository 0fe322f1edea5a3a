//! What-if: scenarios with a name, kept in the company file, and what each comes to.
//!
//! A scenario says only what is otherwise: `{ "name": "多招 2 人", "facts": {
//! "sme_staff_tech": { "2025": "26" } } }`. No rule looks at it. The company's own
//! answers stay as they are until the user takes a scenario over.

use serde_json::{Map, Value, json};
use zice_engine::{protocol::Picture, put_over};

use crate::{Message, Session};

/// The member of the company file that holds the scenarios.
pub const MEMBER: &str = "scenarios";

/// As many scenarios a company file holds at most.
pub const MOST: usize = 4;

/// The company with some answers otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// What the user calls it.
    pub name: String,
    /// The answers that are otherwise, as a company file writes them. Figures by year
    /// replace those of the years they name; any other answer is replaced whole.
    pub facts: Map<String, Value>,
    /// What the answers were when it was kept, of the same facts and years. Where one is
    /// otherwise by now, the scenario is out of date: it would put that back.
    pub was: Map<String, Value>,
}

impl Scenario {
    /// Reads one of the file; nothing where it has no name or no facts.
    fn read(value: &Value) -> Option<Self> {
        let name = value.get("name")?.as_str()?.trim();
        let facts = value.get("facts")?.as_object()?;
        let was = value.get("was").and_then(Value::as_object).cloned().unwrap_or_default();
        (!name.is_empty()).then(|| Self { name: name.to_owned(), facts: facts.clone(), was })
    }
}

impl Session {
    /// The scenarios of the company file, at most [`MOST`].
    pub fn scenarios(&self) -> Vec<Scenario> {
        let all = self.answers.file.get(MEMBER).and_then(Value::as_array);
        let all = all.into_iter().flatten().filter_map(Scenario::read);
        all.filter(|it| self.is_of_figures(it)).take(MOST).collect()
    }

    /// Whether a scenario changes figures alone, as the what-if does. Anything else a
    /// file says is left there and not shown: its reason could not be seen.
    fn is_of_figures(&self, scenario: &Scenario) -> bool {
        scenario.facts.keys().all(|id| {
            let fact = self.catalogue.dictionary.fact(id);
            fact.is_none_or(|it| it.kind.is_number() && it.sides.is_empty())
        })
    }

    /// Whether an answer that a scenario changes has become another one since.
    pub fn is_out_of_date(&self, scenario: &Scenario) -> bool {
        !scenario.was.is_empty() && self.answers_of(&scenario.facts) != scenario.was
    }

    /// The answers there are to the same facts and years.
    fn answers_of(&self, facts: &Map<String, Value>) -> Map<String, Value> {
        let own = |(id, value): (&String, &Value)| {
            let answer = self.answer(id).cloned().unwrap_or_default();
            let answer = match value.as_object() {
                Some(years) => years
                    .keys()
                    .map(|year| (year.clone(), answer.get(year).cloned().unwrap_or_default()))
                    .collect(),
                None => answer,
            };
            (id.clone(), answer)
        };
        facts.iter().map(own).collect()
    }

    /// Whether another scenario can be kept.
    pub fn has_room_for_scenario(&self) -> bool {
        self.scenarios().len() < MOST
    }

    /// Keeps a scenario in the file, in place of the one with the same name. One
    /// without a name, or one more than there can be, is not kept. What else the file
    /// has among its scenarios stays.
    pub(crate) fn keep_scenario(&mut self, scenario: Scenario) {
        let name = scenario.name.trim().to_owned();
        let was = self.answers_of(&scenario.facts);
        let written = json!({ "name": name, "facts": scenario.facts, "was": was });
        let known = self.place_of_scenario(&name);
        if name.is_empty() || (known.is_none() && !self.has_room_for_scenario()) {
            return;
        }
        let Some(file) = self.answers.file.as_object_mut() else { return };
        let all = file.entry(MEMBER).or_insert_with(|| json!([]));
        if !all.is_array() {
            *all = json!([]);
        }
        match (known, all) {
            (Some(at), all) => all[at] = written,
            (None, Value::Array(all)) => all.push(written),
            _ => {}
        }
    }

    /// The position of the scenario with this name in the file.
    fn place_of_scenario(&self, name: &str) -> Option<usize> {
        let all = self.answers.file.get(MEMBER)?.as_array()?;
        all.iter().position(|it| Scenario::read(it).is_some_and(|it| it.name == name))
    }

    /// Takes a scenario out of the file.
    pub(crate) fn drop_scenario(&mut self, name: &str) {
        let Some(at) = self.place_of_scenario(name) else { return };
        let Some(file) = self.answers.file.as_object_mut() else { return };
        if let Some(Value::Array(all)) = file.get_mut(MEMBER) {
            all.remove(at);
            if all.is_empty() {
                file.remove(MEMBER);
            }
        }
    }

    /// Makes the answers of a scenario the company's own. Fields then start afresh, and
    /// the user can go back.
    pub(crate) fn take_scenario(&mut self, name: &str) {
        let named = |it: &Scenario| it.name == name && !self.is_out_of_date(it);
        let Some(scenario) = self.scenarios().into_iter().find(named) else { return };
        self.comparison.before = Some((self.saved(), self.keeping.number));
        self.view.message = Some(Message::Taken(scenario.name.clone()));
        self.view.what_if = None;
        put_over(&mut self.answers.file, &scenario.facts);
        self.view.typing = None;
        self.view.fresh += 1;
    }

    /// What the company comes to in a scenario, for each programme in use.
    pub fn pictures_in(&self, scenario: &Scenario) -> Vec<Picture> {
        let mut file = self.answers.file.clone();
        put_over(&mut file, &scenario.facts);
        self.pictures_of(&file, self.policies().map(|it| it.handle).collect())
    }

    /// What the company comes to under these editions, by their handles: the same
    /// answers and the same day, whatever edition the day would choose.
    pub fn pictures_under(&self, editions: Vec<usize>) -> Vec<Picture> {
        self.pictures_of(&self.answers.file, editions)
    }
}

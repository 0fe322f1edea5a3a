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
}

impl Scenario {
    /// Reads one of the file; nothing where it has no name or no facts.
    fn read(value: &Value) -> Option<Self> {
        let name = value.get("name")?.as_str()?.trim();
        let facts = value.get("facts")?.as_object()?;
        (!name.is_empty()).then(|| Self { name: name.to_owned(), facts: facts.clone() })
    }

    fn write(&self) -> Value {
        json!({ "name": self.name, "facts": self.facts })
    }
}

impl Session {
    /// The scenarios of the company file, at most [`MOST`].
    pub fn scenarios(&self) -> Vec<Scenario> {
        let all = self.answers.file.get(MEMBER).and_then(Value::as_array);
        let all = all.into_iter().flatten().filter_map(Scenario::read);
        all.take(MOST).collect()
    }

    /// Whether another scenario can be kept.
    pub fn has_room_for_scenario(&self) -> bool {
        self.scenarios().len() < MOST
    }

    /// Keeps a scenario in the file, in place of the one with the same name. One
    /// without a name, or one more than there can be, is not kept.
    pub(crate) fn keep_scenario(&mut self, scenario: Scenario) {
        let name = scenario.name.trim().to_owned();
        let mut all = self.scenarios();
        let is_kept = !name.is_empty() && all.len() < MOST;
        match all.iter_mut().find(|it| it.name == name) {
            Some(own) => own.facts = scenario.facts,
            None if is_kept => all.push(Scenario { name, facts: scenario.facts }),
            None => return,
        }
        self.write_scenarios(&all);
    }

    /// Takes a scenario out of the file.
    pub(crate) fn drop_scenario(&mut self, name: &str) {
        let mut all = self.scenarios();
        all.retain(|it| it.name != name);
        self.write_scenarios(&all);
    }

    /// Makes the answers of a scenario the company's own. Fields then start afresh, and
    /// the user can go back.
    pub(crate) fn take_scenario(&mut self, name: &str) {
        let Some(scenario) = self.scenarios().into_iter().find(|it| it.name == name) else {
            return;
        };
        self.comparison.before = Some((self.saved(), self.keeping.number));
        self.view.message = Some(Message::Taken(scenario.name.clone()));
        self.view.what_if = None;
        put_over(&mut self.answers.file, &scenario.facts);
        self.view.typing = None;
        self.view.fresh += 1;
    }

    fn write_scenarios(&mut self, all: &[Scenario]) {
        let Some(file) = self.answers.file.as_object_mut() else { return };
        if all.is_empty() {
            file.remove(MEMBER);
        } else {
            file.insert(MEMBER.to_owned(), all.iter().map(Scenario::write).collect());
        }
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

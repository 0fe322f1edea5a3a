//! Usual answers, given to several questions of a topic by one button.

use serde_json::Value;
use zice_rules::dictionary::Fact;

use crate::{Session, path::Path};

impl Session {
    /// The questions of a topic that one button would answer, and how: those that are
    /// shown, have a usual answer and none of the user's. A question that was said to
    /// be unclear is left alone.
    pub fn usual(&self, topic: usize) -> Vec<(&Fact, bool)> {
        let asked = self.scope.topics.get(topic).into_iter().flat_map(|it| &it.asked);
        let open = asked.filter(|it| !self.view.folded.contains(&it.fact));
        let facts = open.filter_map(|it| self.catalogue.dictionary.facts.get(it.fact));
        let free = facts.filter(|it| self.answer(&it.id).is_none() && !self.is_unsure(&it.id));
        free.filter_map(|it| Some((it, it.usual?))).collect()
    }

    /// Gives the usual answers of a topic.
    pub(crate) fn give_usual(&mut self, topic: usize) {
        let all: Vec<(String, bool)> =
            self.usual(topic).into_iter().map(|(fact, yes)| (fact.id.clone(), yes)).collect();
        for (id, yes) in &all {
            self.put(&Path::fact(id), Value::Bool(*yes));
        }
        if !all.is_empty() {
            self.view.given = Some((topic, all.into_iter().map(|(id, _)| id).collect()));
        }
    }

    /// Takes those answers back, except the ones that were changed since.
    pub(crate) fn take_usual_back(&mut self) {
        let Some((_, given)) = self.view.given.take() else { return };
        for id in given {
            let usual = self.catalogue.dictionary.fact(&id).and_then(|it| it.usual);
            if self.answer(&id).and_then(Value::as_bool) == usual {
                self.put(&Path::fact(&id), Value::Null);
            }
        }
    }
}

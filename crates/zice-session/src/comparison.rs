//! Comparisons of the company with another one, with what there was before a file
//! was opened, and with the results the file was saved with. Rules change between
//! two visits; whoever opens a file is told what became of its results.

use serde_json::{Map, Value, json};
use zice_engine::protocol::{Outline, Picture, Total};
use zice_rules::Company;

use crate::{
    Focus, Message, Pasting, Screen, Session,
    path::{DAY, Path},
};

/// What the company is compared with.
#[derive(Clone, Default)]
pub struct Comparison {
    /// The other side on the screen that compares: its name and its file.
    pub other: Option<(String, Value)>,
    /// The company file there was before another was opened, if it was not saved, or
    /// before everything was taken out, and the number under which it was kept. The
    /// user can go back to it.
    pub before: Option<(Value, Option<u32>)>,
    /// The results that a file was saved with, until they were compared.
    pub(crate) stored: Value,
    /// Programmes whose rules have changed since the file was saved.
    pub changed: Vec<Changed>,
}

/// A programme whose rules are no longer those the file was saved with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Position of the policy in use now, among those in use.
    pub at: usize,
    /// The edition it was saved with.
    pub edition: String,
    /// The verdict it had then.
    pub verdict: String,
    /// The points it had then, fewest and most.
    pub score: Option<(String, String)>,
    /// Whether verdict and points are what they were.
    pub same: bool,
}

impl Session {
    /// Opens a company file that was read already. Without a name it is no file of
    /// the user's: taken over from a page that was started anew.
    pub(crate) fn open(&mut self, name: String, members: Map<String, Value>) {
        let keeping = self.keeping.number;
        let before = self.exchange(Value::Object(members));
        self.comparison.before = self.answers.unsaved.then_some((before, keeping));
        self.answers.unsaved = name.is_empty();
        self.view.message = (!name.is_empty()).then_some(Message::Opened(name));
    }

    /// Goes back to the company file there was before another was opened, or before
    /// everything was taken out.
    pub(crate) fn restore(&mut self) {
        if let Some((before, keeping)) = self.comparison.before.take() {
            self.exchange(before);
            self.keeping.number = keeping;
            self.answers.unsaved = true;
            self.view.message = None;
        }
    }

    /// Chooses what to compare with; nothing chooses anew.
    pub(crate) fn put_beside(&mut self, other: Option<(String, Value)>) {
        self.comparison.other = other;
        self.focus(Focus::Heading);
    }

    /// Lets the two companies change places.
    pub(crate) fn swap(&mut self) {
        if let Some((name, file)) = self.comparison.other.take() {
            // Another state of the same company is called what it is.
            let own = self.name().to_owned();
            let same = file.get("name") == self.answers.file.get("name");
            let before = self.exchange(file);
            self.comparison.other = Some((if same { name } else { own }, before));
            // Nothing tells that both are in a file.
            self.answers.unsaved = true;
        }
    }

    /// Puts another company file in place of this one, and hands this one back.
    /// What was under way ends, and the new one is not kept even where this one
    /// was.
    pub(crate) fn exchange(&mut self, file: Value) -> Value {
        let mut before = core::mem::replace(&mut self.answers.file, file);
        // What was not compared yet comes back with its file.
        let stored = core::mem::take(&mut self.comparison.stored);
        if let (false, Some(members)) = (stored.is_null(), before.as_object_mut()) {
            members.insert("results".to_owned(), stored);
        }
        self.keeping.number = None;
        self.take_results();
        for (member, value) in [(DAY, json!(self.today.to_string())), ("facts", json!({}))] {
            let place = Path::member(member);
            if self.at(&place).is_none() {
                self.put(&place, value);
            }
        }
        // What was said without a year stays in its year when the day changes.
        Company::write_by_year(&mut self.answers.file, self.catalogue.bare(), self.today);
        self.answers.forget_past();
        self.pasting = Pasting::default();
        self.view.start_afresh();
        before
    }

    /// The text of the company file as it is saved.
    pub fn file_text(&self) -> String {
        serde_json::to_string_pretty(&self.saved()).unwrap_or_default()
    }

    /// The company file as it is saved: with the programmes that were chosen
    /// and what was concluded, so that it can be told later what has changed.
    pub fn saved(&self) -> Value {
        let mut file = self.answers.file.clone();
        let Some(members) = file.as_object_mut() else { return file };
        let pictures = self.policies().zip(&self.results.pictures);
        let results: Vec<Value> = pictures.map(|(policy, it)| concluded(policy, it)).collect();
        let editions = self.scope.policies.iter().filter_map(|at| self.catalogue.editions.get(*at));
        let chosen: Vec<&str> = editions.map(|edition| edition.id.as_str()).collect();
        if !chosen.is_empty() {
            members.insert("programmes".to_owned(), json!(chosen));
        }
        if !results.is_empty() {
            members.insert("results".to_owned(), Value::Array(results));
        } else if !self.comparison.stored.is_null() {
            // They were not compared yet, so they stay what they were.
            members.insert("results".to_owned(), self.comparison.stored.clone());
        }
        file
    }

    /// Takes out of a file that was opened what it was saved with: the
    /// programmes are chosen again, the results kept for comparison.
    pub(super) fn take_results(&mut self) {
        let chosen = self.programmes_of(&self.answers.file);
        // Whoever is in the middle of an interview has chosen already.
        if !chosen.is_empty()
            && (self.scope.chosen.is_empty() || self.view.screen == Screen::Choose)
        {
            self.scope.chosen = chosen;
        }
        self.comparison.stored = Value::Null;
        self.comparison.changed.clear();
        if let Some(members) = self.answers.file.as_object_mut() {
            members.remove("programmes");
            self.comparison.stored = members.remove("results").unwrap_or_default();
        }
    }

    /// Tells what became of the results a file was saved with, as soon as
    /// anything can be assessed.
    pub(super) fn tell_changes(&mut self) {
        if !self.supply.can_ask || self.comparison.stored.is_null() {
            return;
        }
        let results = core::mem::take(&mut self.comparison.stored);
        self.comparison.changed = self.changed(&results);
    }

    /// The other side of a comparison as a session of its own: the same programmes,
    /// another file.
    pub fn beside(&self, file: &Value) -> Session {
        let mut other = self.clone();
        other.answers.file = file.clone();
        if let Some(members) = other.answers.file.as_object_mut() {
            members.remove("programmes");
            members.remove("results");
        }
        Company::write_by_year(&mut other.answers.file, self.catalogue.bare(), self.today);
        other.refresh();
        other
    }

    /// The programmes a file was saved with, as far as they are offered here.
    fn programmes_of(&self, members: &Value) -> Vec<usize> {
        let ids = members.get("programmes").and_then(Value::as_array);
        let ids: Vec<&str> = ids.into_iter().flatten().filter_map(Value::as_str).collect();
        let programmes = self.catalogue.programmes.iter().enumerate();
        programmes
            .filter(|(_, editions)| {
                let edition = editions.first().and_then(|at| self.catalogue.editions.get(*at));
                edition.is_some_and(|edition| ids.contains(&edition.id.as_str()))
            })
            .map(|(at, _)| at)
            .collect()
    }

    /// What has become of the results a file was saved with, where the rules are no
    /// longer the same.
    fn changed(&self, results: &Value) -> Vec<Changed> {
        let text = |result: &Value, name: &str| {
            result.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
        };
        let mut changed = Vec::new();
        for (at, (policy, picture)) in self.policies().zip(&self.results.pictures).enumerate() {
            let results = results.as_array().into_iter().flatten();
            for result in results.filter(|it| text(it, "policy") == policy.id) {
                if text(result, "digest") == policy.digest {
                    continue;
                }
                let (verdict, min, max) =
                    (text(result, "verdict"), text(result, "min"), text(result, "max"));
                let score = (!min.is_empty() && !max.is_empty()).then_some((min, max));
                let same =
                    picture.verdict_name() == Some(verdict.as_str()) && points(picture) == score;
                changed.push(Changed {
                    at,
                    edition: text(result, "edition"),
                    verdict,
                    score,
                    same,
                });
            }
        }
        changed
    }
}

/// The result of a policy, as it is saved in a company file.
fn concluded(policy: &Outline, picture: &Picture) -> Value {
    let mut result = json!({
        "policy": policy.id, "edition": policy.edition, "digest": policy.digest,
        "verdict": picture.verdict_name(),
    });
    if let (Some(Total { min, max, .. }), Some(result)) = (picture.score, result.as_object_mut()) {
        result.insert("min".to_owned(), json!(min.to_string()));
        result.insert("max".to_owned(), json!(max.to_string()));
    }
    result
}

fn points(picture: &Picture) -> Option<(String, String)> {
    picture.score.map(|it| (it.min.to_string(), it.max.to_string()))
}

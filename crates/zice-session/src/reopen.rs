//! What was concluded when a company file was saved, and whether that still
//! holds: rules change between two visits.

use serde_json::{Value, json};

use crate::{Screen, Session};
use zice_engine::protocol::{Picture, Total};
use zice_rules::Company;

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
    /// The company file as it is saved: with the programmes that were chosen
    /// and what was concluded, so that it can be told later what has changed.
    pub fn saved(&self) -> Value {
        let mut file = self.file.clone();
        let Some(members) = file.as_object_mut() else { return file };
        let results: Vec<Value> = self
            .policies()
            .zip(&self.pictures)
            .map(|(policy, picture)| {
                let mut result = json!({
                    "policy": policy.id, "edition": policy.edition, "digest": policy.digest,
                    "verdict": picture.verdict_name(),
                });
                if let (Some(Total { min, max, .. }), Some(result)) =
                    (picture.score, result.as_object_mut())
                {
                    result.insert("min".to_owned(), json!(min.to_string()));
                    result.insert("max".to_owned(), json!(max.to_string()));
                }
                result
            })
            .collect();
        let editions = self.policies.iter().filter_map(|at| self.catalogue.editions.get(*at));
        let chosen: Vec<&str> = editions.map(|edition| edition.id.as_str()).collect();
        if !chosen.is_empty() {
            members.insert("programmes".to_owned(), json!(chosen));
        }
        if !results.is_empty() {
            members.insert("results".to_owned(), Value::Array(results));
        } else if !self.results.is_null() {
            // They were not compared yet, so they stay what they were.
            members.insert("results".to_owned(), self.results.clone());
        }
        file
    }

    /// Takes out of a file that was opened what it was saved with: the
    /// programmes are chosen again, the results kept for comparison.
    pub(super) fn take_results(&mut self) {
        let chosen = self.programmes_of(&self.file);
        // Whoever is in the middle of an interview has chosen already.
        if !chosen.is_empty() && (self.chosen.is_empty() || self.screen == Screen::Choose) {
            self.chosen = chosen;
        }
        self.results = Value::Null;
        self.changed.clear();
        if let Some(members) = self.file.as_object_mut() {
            members.remove("programmes");
            self.results = members.remove("results").unwrap_or_default();
        }
    }

    /// Tells what became of the results a file was saved with, as soon as
    /// anything can be assessed.
    pub(super) fn tell_changes(&mut self) {
        if !self.can_ask || self.results.is_null() {
            return;
        }
        let results = core::mem::take(&mut self.results);
        self.changed = self.changed(&results);
    }

    /// The other side of a comparison: the same programmes, another file.
    pub fn beside(&self, file: &Value) -> Session {
        let mut other = self.clone();
        other.file = file.clone();
        if let Some(members) = other.file.as_object_mut() {
            members.remove("programmes");
            members.remove("results");
        }
        Company::write_by_year(&mut other.file, self.catalogue.bare(), self.today);
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

    /// What the rules now say, of the results a file was saved with.
    fn changed(&self, results: &Value) -> Vec<Changed> {
        let text = |result: &Value, name: &str| {
            result.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
        };
        let mut changed = Vec::new();
        for (at, (policy, picture)) in self.policies().zip(&self.pictures).enumerate() {
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

fn points(picture: &Picture) -> Option<(String, String)> {
    picture.score.map(|it| (it.min.to_string(), it.max.to_string()))
}

//! Years change when the day of application moves into another one: every figure
//! stays in its year, other years are asked, and figures that take no part any more
//! are named.

use serde_json::{Value, json};

use crate::{Focus, Session, doubts::is_estimate, path::Path};

impl Session {
    /// Notes that other years are asked from now on, where figures were entered.
    /// Back in the year where it began, there is nothing to note.
    pub(super) fn note_move(&mut self, year: i32) {
        if year == self.scope.year || self.scope.year == 0 {
            return;
        }
        let from = self.scope.moved.unwrap_or(self.scope.year);
        // Also before it is known which facts are by year: those have years in them.
        let facts = self.answers.file.get("facts").and_then(Value::as_object);
        let is_year = |key: &String| key.len() == 4 && key.bytes().all(|it| it.is_ascii_digit());
        let entered = facts.into_iter().flat_map(|facts| facts.values()).any(|value| {
            let years = value.as_object().into_iter().flatten();
            years.into_iter().any(|(key, value)| is_year(key) && !value.is_null())
        });
        self.scope.moved = (entered && from != year).then_some(from);
        self.answers.carried.clear();
    }

    /// Forgets that the year was another one.
    pub(super) fn forget_move(&mut self) {
        self.scope.moved = None;
        self.answers.carried.clear();
    }

    /// Closes the notice that other years are asked.
    pub(super) fn leave_move(&mut self) {
        self.forget_move();
        self.focus(Focus::Heading);
    }

    /// The fiscal year before that of the application.
    pub fn last_year(&self) -> i32 {
        self.scope.year.saturating_sub(1)
    }

    /// Whether any programme that was chosen looks at a fact in this year.
    pub fn takes_part(&self, fact: usize, year: &str) -> bool {
        let asked = self.asked(fact);
        asked.is_some_and(|it| year.parse().is_ok_and(|year| it.years.contains(&year)))
    }

    /// Figures that were entered for questions that are asked, in years that
    /// are not: positions in the dictionary with their years.
    pub fn set_aside_by_year(&self) -> Vec<(usize, Vec<&str>)> {
        let asked = self.scope.topics.iter().flat_map(|topic| &topic.asked);
        asked
            .filter_map(|asked| {
                let fact = self.catalogue.dictionary.facts.get(asked.fact)?;
                let years = self.answer(&fact.id)?.as_object().filter(|_| fact.yearly)?;
                let unused = years
                    .iter()
                    .filter(|(year, value)| !value.is_null() && !self.takes_part(asked.fact, year));
                let unused: Vec<&str> = unused.map(|(year, _)| year.as_str()).collect();
                (!unused.is_empty()).then_some((asked.fact, unused))
            })
            .collect()
    }

    /// Figures that can stand in for those of the last year that are missing:
    /// the place, and the newest figure there is as an estimate.
    pub fn to_carry(&self) -> Vec<(Path, Value)> {
        let asked = self.scope.topics.iter().flat_map(|topic| &topic.asked);
        asked
            .filter_map(|asked| {
                let fact = self.catalogue.dictionary.facts.get(asked.fact)?;
                let newest = *asked.years.first().filter(|_| fact.kind.is_number())?;
                let years = self.answer(&fact.id)?.as_object()?;
                let given = |year: i32| years.get(&year.to_string()).filter(|it| !it.is_null());
                // A mistake is not worth taking over.
                if given(newest).is_some() || self.problems_of(&fact.id).next().is_some() {
                    return None;
                }
                let value = years
                    .iter()
                    .filter(|(year, value)| {
                        !value.is_null() && year.parse::<i32>().is_ok_and(|year| year < newest)
                    })
                    .max_by(|one, other| one.0.cmp(other.0))
                    .map(|(_, value)| value)?;
                let estimate = match value {
                    Value::Object(_) => value.clone(),
                    one => json!({ "min": one, "max": one }),
                };
                Some((Path::fact(&fact.id).year(newest), estimate))
            })
            .collect()
    }

    /// Carries such figures over, or takes out again those that still are
    /// estimates.
    pub(super) fn carry(&mut self, over: bool) {
        if over {
            for (place, estimate) in self.to_carry() {
                self.put(&place, estimate);
                self.answers.carried.push(place);
            }
        } else {
            for place in core::mem::take(&mut self.answers.carried) {
                if self.at(&place).is_some_and(is_estimate) {
                    self.put(&place, Value::Null);
                }
            }
        }
        self.view.fresh += 1;
        self.focus(Focus::Moved);
    }
}

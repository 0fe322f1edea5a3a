//! Shifts the cases of one edition to the years of another.

use serde_json::Value;
use zice_rules::Date;

use super::Case;

/// The field that holds the year of a listing as a number.
const YEAR: &str = "year";

impl Case {
    /// The same company `years` later: every day and fiscal year moves.
    pub(super) fn shifted(mut self, years: i32) -> Self {
        if years != 0 {
            if let Some(Value::String(day)) = self.company.get_mut("as_of") {
                *day = shifted_day(day, years);
            }
            if let Some(facts) = self.company.get_mut("facts") {
                shift_value(facts, years);
            }
            let expect = &mut self.expected.expect;
            // The calendar belongs to one edition, so its expectations are
            // dropped.
            expect.calendar.clear();
            expect.indicators = core::mem::take(&mut expect.indicators)
                .into_iter()
                .map(|(id, value)| {
                    let parts: Vec<String> =
                        id.split('.').map(|part| shifted_key(part, years)).collect();
                    (parts.join("."), value)
                })
                .collect();
        }
        self
    }
}

fn shift_value(value: &mut Value, years: i32) {
    match value {
        Value::String(text) => *text = shifted_day(text, years),
        Value::Array(values) => values.iter_mut().for_each(|value| shift_value(value, years)),
        Value::Object(members) => {
            let old = core::mem::take(members);
            for (key, mut value) in old {
                match &value {
                    Value::Number(year) if key == YEAR => {
                        let year = year.as_i64().map(|year| year + i64::from(years));
                        value = year.map_or(value, Value::from);
                    }
                    Value::Object(range) if key == YEAR && !range.is_empty() => {
                        let shifted = range.iter().map(|(end, year)| {
                            let year = year.as_i64().map_or_else(
                                || year.clone(),
                                |year| Value::from(year + i64::from(years)),
                            );
                            (end.clone(), year)
                        });
                        value = Value::Object(shifted.collect());
                    }
                    _ => shift_value(&mut value, years),
                }
                members.insert(shifted_key(&key, years), value);
            }
        }
        _ => {}
    }
}

/// Moves an object's key if it is a fiscal year such as `2022`.
fn shifted_key(key: &str, years: i32) -> String {
    match key.parse::<i32>() {
        Ok(year) if key.len() == 4 => (year + years).to_string(),
        _ => key.to_owned(),
    }
}

/// Moves a day such as `2022-06-15`; any other text stays as it is.
fn shifted_day(text: &str, years: i32) -> String {
    let Some(day) = Date::parse(text) else { return text.to_owned() };
    let year = day.year() + years;
    let rest = text.get(4..).unwrap_or("");
    let shifted = format!("{year:04}{rest}");
    // 29 February becomes the 28th in a year without it.
    if Date::parse(&shifted).is_some() { shifted } else { format!("{year:04}-02-28") }
}

//! Years and days in texts, calculated from the day of application.
//!
//! A question that says 2025 is clearer than one that says "last fiscal year",
//! but the dictionary cannot know the year. It writes `{年-1}` instead.

use core::fmt;

use crate::date::Date;

/// A year or day, some time before the application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// `{年}` or `{年-1}`: a calendar year, that many years before the
    /// application.
    Year(u16),
    /// `{日}` or `{日-365}`: a day, that many days before the application.
    Day(u16),
}

impl Moment {
    /// Reads the text between the braces; `None` if it is neither year nor day.
    pub fn parse(text: &str) -> Option<Self> {
        let (of, before) = match text.split_once('-') {
            Some((of, before)) => (of, before.parse().ok()?),
            None => (text, 0),
        };
        let moment = match of {
            "年" => Self::Year(before),
            "日" => Self::Day(before),
            _ => return None,
        };
        Some(moment)
    }

    /// Writes the year or day, for an application on `day`.
    pub fn told(self, day: Date) -> String {
        match self {
            Self::Year(before) => day.year().saturating_sub(before.into()).to_string(),
            Self::Day(before) => {
                let number = day.day_number().saturating_sub(before.into());
                Date::from_day_number(number).unwrap_or(Date::MIN).to_string()
            }
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of, before) = match self {
            Self::Year(before) => ('年', before),
            Self::Day(before) => ('日', before),
        };
        if *before == 0 { write!(f, "{{{of}}}") } else { write!(f, "{{{of}-{before}}}") }
    }
}

/// Replaces every moment in a text by what `say` returns for it. Other braces
/// stay as they are.
pub fn filled(text: &str, say: impl Fn(Moment) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let moment =
            after.split_once('}').and_then(|(name, after)| Some((Moment::parse(name)?, after)));
        rest = match moment {
            Some((moment, after)) => {
                filled.push_str(&say(moment));
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test ends where what it needs is not there")]
mod tests {
    use super::{Moment, filled};
    use crate::date::Date;

    fn told(text: &str, day: &str) -> String {
        let day = Date::parse(day).expect("a day");
        filled(text, |moment| moment.told(day))
    }

    #[test]
    fn years_and_days_are_told_from_the_day_of_application() {
        for (text, day, shown) in [
            ("{年}", "2026-11-29", "2026"),
            ("{年-1} 年、{年-2} 年", "2026-11-29", "2025 年、2024 年"),
            ("{年-2}-01-01 到 {日}", "2026-11-29", "2024-01-01 到 2026-11-29"),
            ("{日-365}", "2026-11-29", "2025-11-29"),
            // This one crosses a leap day.
            ("{日-365}", "2024-03-01", "2023-03-02"),
            ("{日-365}", "2024-12-31", "2024-01-01"),
            ("{年-1}", "2027-01-01", "2026"),
            ("{日-1}", "0001-01-01", "0000-12-31"),
            ("no blanks", "2026-11-29", "no blanks"),
        ] {
            assert_eq!(told(text, day), shown, "{text} {day}");
        }
    }

    #[test]
    fn what_is_no_moment_stays() {
        for text in ["{", "}", "{a}", "{年+1}", "{年-}", "{去年}", "{年-99999}", "年-1}", "{{年"]
        {
            assert_eq!(told(text, "2026-11-29"), text);
        }
        assert_eq!(told("{{年}", "2026-11-29"), "{2026");
    }

    #[test]
    fn a_moment_is_written_as_it_is_read() {
        for text in ["{年}", "{年-2}", "{日}", "{日-365}"] {
            let name = text.trim_matches(['{', '}']);
            let moment = Moment::parse(name).expect("a moment");
            assert_eq!(moment.to_string(), text);
        }
        for odd in ["{年-0}", "{日-007}", "{年-+1}"] {
            let moment = Moment::parse(odd.trim_matches(['{', '}'])).expect("read all the same");
            assert_ne!(moment.to_string(), odd, "the checker refuses this spelling");
        }
    }
}

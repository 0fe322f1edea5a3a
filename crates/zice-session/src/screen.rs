//! The screens of the page, and their names.

use std::{fmt, str::FromStr};

/// What stands before the position in the name of a topic.
const TOPIC: &str = "topic/";

/// A screen of the page. Its name (`report`, `topic/3`) stays what it is: it is
/// kept in the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Programme cards.
    Choose,
    /// One topic of the interview (position among the asked topics).
    Topic(usize),
    /// The report.
    Report,
    /// Two companies, or two states of one, side by side.
    Compare,
}

/// A name that no screen has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownScreen;

impl fmt::Display for Screen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choose => out.write_str("choose"),
            Self::Topic(at) => write!(out, "{TOPIC}{at}"),
            Self::Report => out.write_str("report"),
            Self::Compare => out.write_str("compare"),
        }
    }
}

impl FromStr for Screen {
    type Err = UnknownScreen;

    fn from_str(name: &str) -> Result<Self, UnknownScreen> {
        match name {
            "choose" => Ok(Self::Choose),
            "report" => Ok(Self::Report),
            "compare" => Ok(Self::Compare),
            _ => {
                let at = name.strip_prefix(TOPIC).and_then(|at| at.parse().ok());
                at.map(Self::Topic).ok_or(UnknownScreen)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_known_by_its_name() {
        for (screen, name) in [
            (Screen::Choose, "choose"),
            (Screen::Topic(0), "topic/0"),
            (Screen::Topic(12), "topic/12"),
            (Screen::Report, "report"),
            (Screen::Compare, "compare"),
        ] {
            assert_eq!(screen.to_string(), name);
            assert_eq!(name.parse(), Ok(screen));
        }
        for name in ["", "1", "topic", "topic/", "topic/-1", "Report"] {
            assert_eq!(name.parse::<Screen>(), Err(UnknownScreen), "{name}");
        }
    }
}

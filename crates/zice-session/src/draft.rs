//! The draft of a session: what was filled in, as the tab holds it, so that a reload
//! or a tab that the system has dropped loses nothing.
//!
//! Its text is the company file as it would be saved, beside where the user was.
//! Who stores it, and for how long, is the browser's side.

use serde_json::{Map, Value};
use zice_rules::company;

use crate::{Answers, Message, Scope, Screen, Session};

/// The schema of a draft. One of another version is none.
const SCHEMA: &str = "zice.draft/1";
/// The most bytes of a draft: a company file, and what stands around it.
const MOST: usize = company::MAX_BYTES + 1024;

/// What a draft says, once its company file was found to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// The members of the company file.
    pub file: Map<String, Value>,
    /// The screen that was shown.
    pub screen: Screen,
    /// Whether the answers are in no file of the user's.
    pub unsaved: bool,
    /// The number under which this browser keeps the company.
    pub number: Option<u32>,
}

impl Drafted {
    /// Reads a draft; nothing where the text is none, of another version, or larger
    /// than a draft can be. Its company file may still be none.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > MOST {
            return None;
        }
        let mut draft: Value = zice_rules::parse::json(text).ok()?;
        let member = |name: &str| draft.get(name);
        (member("schema")?.as_str()? == SCHEMA).then_some(())?;
        let screen = member("screen").and_then(Value::as_str).and_then(|it| it.parse().ok());
        let number = member("number").and_then(Value::as_u64).and_then(|it| it.try_into().ok());
        let unsaved = member("unsaved") != Some(&Value::Bool(false));
        let Value::Object(file) = draft.get_mut("file")?.take() else { return None };
        Some(Self { file, screen: screen.unwrap_or(Screen::Choose), unsaved, number })
    }

    /// Whether another company file says the same of the company. What was chosen
    /// and concluded may be older in one of them.
    pub fn is(&self, other: &Value) -> bool {
        let said = |(name, _): &(&String, &Value)| !matches!(&***name, "programmes" | "results");
        other
            .as_object()
            .is_some_and(|other| self.file.iter().filter(said).eq(other.iter().filter(said)))
    }
}

impl Session {
    /// The text of the draft; empty where nothing was filled in or chosen.
    pub fn draft(&self) -> String {
        let blank = Answers::new(self.today).file == self.answers.file
            && Scope::new(&self.catalogue).chosen == self.scope.chosen;
        if blank {
            return String::new();
        }
        let number = self.keeping.number.map_or_else(|| "null".to_owned(), |it| it.to_string());
        let unsaved = if self.answers.unsaved { "true" } else { "false" };
        [
            "{\"schema\":\"",
            SCHEMA,
            "\",\"screen\":\"",
            &self.view.screen.to_string(),
            "\",\"unsaved\":",
            unsaved,
            ",\"number\":",
            &number,
            ",\"file\":",
            &self.saved().to_string(),
            "}",
        ]
        .concat()
    }

    /// Takes up a draft, in a session in which nothing was said yet. The focus goes
    /// nowhere: the page may be a part of another one.
    pub(crate) fn take_up(&mut self, draft: Drafted) {
        self.exchange(Value::Object(draft.file));
        self.keeping.number = draft.number;
        self.answers.unsaved = draft.unsaved;
        self.view.message = Some(Message::Restored);
        self.view.screen = match draft.screen {
            // The company beside is in no draft.
            Screen::Compare => Screen::Report,
            screen => screen,
        };
        if self.scope.chosen.is_empty() {
            self.view.screen = Screen::Choose;
        }
    }

    /// Takes everything out that was filled in and chosen, as if the page had just
    /// been opened. It can be taken back until another screen is shown; what the
    /// browser keeps for the user stays kept.
    pub(crate) fn clear(&mut self) {
        let (all, keeping) = (self.saved(), self.keeping.number);
        self.exchange(Answers::new(self.today).file);
        self.scope.chosen = Scope::new(&self.catalogue).chosen;
        self.comparison.other = None;
        self.answers.unsaved = false;
        self.go(Screen::Choose);
        self.comparison.before = Some((all, keeping));
        self.view.message = Some(Message::Cleared);
    }
}

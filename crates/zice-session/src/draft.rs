//! The draft of a session: what was filled in, as the tab holds it, so that a reload
//! or a tab that the system has dropped loses nothing.
//!
//! Its text is the company file as it would be saved, beside where the user was.
//! Who stores it, and for how long, is the browser's side.

use std::rc::Rc;

use serde_json::{Map, Value};
use zice_rules::company;

use crate::{Action, Message, Screen, Session};

/// The schema of a draft. One of another version is none.
const SCHEMA: &str = "zice.draft/1";
/// The most bytes of a draft: a company file, and what stands around it.
const MOST: usize = company::MAX_BYTES + 1024;
/// The members of a company file in which nothing was filled in.
const BARE: usize = 3;

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
        let text = |name: &str| member(name).and_then(Value::as_str).unwrap_or("");
        let (screen, number) = (text("screen").parse().ok(), text("number").parse().ok());
        let unsaved = member("unsaved") != Some(&Value::Bool(false));
        let Value::Object(file) = draft.get_mut("file")?.take() else { return None };
        Some(Self { file, screen: screen.unwrap_or(Screen::Choose), unsaved, number })
    }
}

impl Session {
    /// The text of the draft; empty where nothing was filled in or chosen.
    pub fn draft(&self) -> String {
        let facts = self.answers.file.get("facts").and_then(Value::as_object);
        let members = self.answers.file.as_object().map_or(0, Map::len);
        if facts.is_none_or(Map::is_empty) && members <= BARE && !self.has_chosen() {
            return String::new();
        }
        let number = self.keeping.number.map_or_else(String::new, |it| it.to_string());
        [
            "{\"schema\":\"",
            SCHEMA,
            "\",\"screen\":\"",
            &self.view.screen.to_string(),
            "\",\"unsaved\":",
            if self.answers.unsaved { "true" } else { "false" },
            ",\"number\":\"",
            &number,
            "\",\"file\":",
            &self.saved().to_string(),
            "}",
        ]
        .concat()
    }

    /// Whether a programme was chosen; where there is only one it is chosen anyway.
    fn has_chosen(&self) -> bool {
        self.catalogue.programmes.len() > 1 && !self.scope.chosen.is_empty()
    }

    /// This session at a draft, where nothing was said in it yet. The focus goes
    /// nowhere: the page may be a part of another one.
    pub fn taken_up(mut self, draft: Drafted) -> Self {
        self.view.screen = match draft.screen {
            // The company beside is in no draft.
            Screen::Compare => Screen::Report,
            screen => screen,
        };
        let mut next = self.after(Action::Open(String::new(), draft.file)).unwrap_or(self);
        next.keeping.number = draft.number;
        next.answers.unsaved = draft.unsaved;
        next.view.message = Some(Message::Restored);
        if next.scope.chosen.is_empty() {
            next.view.screen = Screen::Choose;
        }
        next
    }

    /// Takes everything out that was filled in and chosen, as if the page had just
    /// been opened. It can be taken back until another screen is shown; what the
    /// browser keeps for the user stays kept.
    pub(crate) fn clear(&mut self) {
        let (all, keeping) = (self.saved(), self.keeping.number);
        let fresh = Self::new(Rc::clone(&self.catalogue), self.view.lang, self.today);
        self.exchange(fresh.answers.file);
        self.scope.chosen = fresh.scope.chosen;
        self.comparison.other = None;
        self.answers.unsaved = false;
        self.go(Screen::Choose);
        self.comparison.before = Some((all, keeping));
        self.view.message = Some(Message::Cleared);
    }
}

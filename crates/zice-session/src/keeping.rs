//! The companies that this browser keeps, for those who ask for it.

use std::rc::Rc;

use crate::{Focus, Message, Session};

/// A company that is kept, as the list of them tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: u32,
    /// The company's name, or nothing.
    pub name: String,
    /// The day it was kept last.
    pub kept_on: String,
}

/// The companies this browser keeps, and which of them is this one.
#[derive(Clone, Default)]
pub struct Keeping {
    /// The companies that are kept.
    pub kept: Vec<Kept>,
    /// The number under which this one is kept.
    pub number: Option<u32>,
    /// Whether the browser lets the page keep anything and the host lets it offer that.
    pub can: bool,
    /// The companies taken out last, with the texts by which they can be put back.
    pub forgotten: Option<Rc<[(u32, String)]>>,
}

impl Session {
    /// Whether answers would be lost with the page, so that the browser asks before
    /// it is left.
    pub fn asks(&self) -> bool {
        self.answers.unsaved && self.keeping.number.is_none()
    }

    /// Keeps the company under a number from now on, or no longer.
    pub(crate) fn keep(&mut self, number: Option<u32>, kept: Vec<Kept>) {
        self.keeping.kept = kept;
        self.keeping.number = number;
        self.keeping.forgotten = None;
        // The button that was pressed is gone.
        if number.is_some() && matches!(self.view.message, Some(Message::Offered)) {
            self.focus(Focus::Heading);
        }
    }

    /// Notes what is kept after companies were taken out, and what can be put back.
    pub(crate) fn forget(&mut self, kept: Vec<Kept>, forgotten: Vec<(u32, String)>) {
        if self.keeping.number.is_some_and(|id| forgotten.iter().any(|(it, _)| *it == id)) {
            self.keeping.number = None;
            self.answers.unsaved = true;
        }
        self.keeping.kept = kept;
        self.keeping.forgotten = (!forgotten.is_empty()).then(|| forgotten.into());
        self.focus(Focus::Kept);
    }
}

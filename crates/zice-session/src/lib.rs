//! What the user has said, and what follows from it.
//!
//! A [`Session`] is everything the page knows, in parts: each has a module of its
//! own, with what the user can do to it. Every transition is a pure function from
//! a session and an [`Action`] to the next session ([`Session::after`]); the crate
//! knows no browser, no clock and no component.

mod answers;
pub mod appearance;
pub mod catalogue;
mod change;
#[cfg(test)]
mod company_tests;
mod comparison;
pub mod doubts;
mod draft;
#[cfg(test)]
mod draft_tests;
pub mod edition;
pub mod engine;
mod entries;
mod focus;
pub mod host;
pub mod keeping;
mod leftovers;
pub mod papers;
mod pasting;
pub mod path;
mod results;
pub mod scenarios;
mod scope;
mod screen;
pub mod statement;
pub mod supply;
#[cfg(test)]
mod tests;
pub mod topics;
mod usual;
mod view;
pub mod what_if;
mod years;

pub use answers::Answers;
pub use change::Action;
pub use comparison::{Changed, Comparison};
pub use draft::Drafted;
pub use entries::Deleted;
pub use focus::Focus;
pub use pasting::{Done, Draft, Outcome, Pasted, Pasting, Step};
pub use results::{ReadReport, Reported, Results};
pub use scenarios::Scenario;
pub use scope::Scope;
pub use screen::{Screen, UnknownScreen};
pub use view::{CHOOSE_SOME, Message, Refusal, View};
pub use what_if::{Attempt, WhatIf};

use std::rc::Rc;

use zice_rules::{Date, Lang};

use self::{catalogue::Catalogue, keeping::Keeping, supply::Supply};

/// Everything the page knows: what it offers, what the user said and sees, and
/// what follows.
#[derive(Clone)]
pub struct Session {
    /// The programmes that are offered, and what is known of them.
    pub catalogue: Rc<Catalogue>,
    /// The day it is, taken where the company file names none.
    pub today: Date,
    /// What is applied for, and so what is asked.
    pub scope: Scope,
    /// What was answered: the company file.
    pub answers: Answers,
    /// What is seen of all that.
    pub view: View,
    /// How far the engine and the policies have come in.
    pub supply: Supply,
    /// What the engine says about the answers.
    pub results: Results,
    /// What is being pasted, and what was.
    pub pasting: Pasting,
    /// What this browser keeps.
    pub keeping: Keeping,
    /// What the company is held against: another one, or what it was.
    pub comparison: Comparison,
}

impl Session {
    /// Starts a session in which nothing was said yet; `today` is the day of
    /// application until another is named.
    pub fn new(catalogue: Rc<Catalogue>, lang: Lang, today: Date) -> Self {
        let mut session = Self {
            today,
            scope: Scope::new(&catalogue),
            answers: Answers::new(today),
            view: View::new(lang),
            supply: Supply::new(catalogue.is_ready()),
            results: Results::default(),
            pasting: Pasting::default(),
            keeping: Keeping::default(),
            comparison: Comparison::default(),
            catalogue,
        };
        session.refresh();
        session.supply.waits = !session.lacking().is_empty();
        session
    }
}

//! The session for whoever asks from outside of the page.

use std::{cell::RefCell, rc::Rc};

use crate::page::{Action, Shared};

/// The session as the page showed it last, for whoever asks from outside.
///
/// It is a snapshot that nothing changes any more, so it can be read even
/// after a panic has stopped the page.
#[derive(Clone, Default)]
pub struct Outside(Rc<RefCell<Option<Shared>>>);

impl PartialEq for Outside {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Outside {
    /// Keeps the session that was just shown.
    pub fn keep(&self, session: &Shared) {
        if let Ok(mut kept) = self.0.try_borrow_mut() {
            *kept = Some(session.clone());
        }
    }

    /// The session that was shown last.
    pub fn session(&self) -> Option<Shared> {
        self.0.try_borrow().ok()?.clone()
    }

    /// Does something in the page; nothing before it was shown.
    pub fn dispatch(&self, action: Action) {
        if let Some(session) = self.session() {
            session.dispatch(action);
        }
    }
}

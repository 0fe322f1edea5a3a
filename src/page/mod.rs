//! The session as the page shares it: [`zice_session`] behind Yew's reducer.

use std::{ops::Deref, rc::Rc};

use yew::{Callback, Reducible, UseReducerHandle};

pub use zice_engine::protocol::{Picture, Standing, Total};
pub use zice_session::*;

/// The session that the page shows, as Yew's reducer keeps it.
pub struct Page(pub Session);

impl Deref for Page {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl Reducible for Page {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match self.0.after(action) {
            Some(next) => Rc::new(Self(next)),
            None => self,
        }
    }
}

/// A handle to the session, as every part of the page gets it: to read, and to
/// dispatch actions to.
pub type Shared = UseReducerHandle<Page>;

/// A callback that dispatches one action, whatever the event.
pub fn act<E: 'static>(session: &Shared, action: Action) -> Callback<E> {
    let dispatcher = session.dispatcher();
    Callback::from(move |_: E| dispatcher.dispatch(action.clone()))
}

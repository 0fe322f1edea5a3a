//! The rest of the page: assessing, the interview, the report, comparing and
//! pasting; all but the first screen and the session.
//!
//! It is a wasm of its own (`xtask/src/split`), fetched once the page is shown,
//! so that the first screen does not wait for it. Until it is there none of it
//! may be called; the functions by which it is entered are marked
//! `#[inline(never)]` and named in `xtask/src/wasm.rs`.

use std::cell::Cell;

use super::Session;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is being fetched.
    Waiting,
    /// It could not be.
    Failed,
    /// It can be called.
    There,
}

thread_local! {
    /// Whether this wasm is whole. Outside a browser there is nothing to fetch;
    /// in one the scripts around say so, also of a wasm that was not divided.
    static WHOLE: Cell<bool> = const { Cell::new(!cfg!(target_arch = "wasm32")) };
}

/// Whether everything can be called, whatever pages have been told.
pub fn is_whole() -> bool {
    WHOLE.get()
}

/// From now on it can.
pub fn completed() {
    WHOLE.set(true);
}

impl Default for Rest {
    fn default() -> Rest {
        if is_whole() { Rest::There } else { Rest::Waiting }
    }
}

impl Session {
    /// Whether the page shows what the rest, the names and the policies are needed
    /// for.
    pub fn is_whole(&self) -> bool {
        self.rest == Rest::There && self.are_there()
    }
}

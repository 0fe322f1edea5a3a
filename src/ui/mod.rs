//! Elements and controls, without the session.

pub mod dom;

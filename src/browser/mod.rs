//! All that talks to the browser: its history, its storage, files, the host's
//! events.

pub mod events;
pub mod file;
pub mod history;
pub mod storage;

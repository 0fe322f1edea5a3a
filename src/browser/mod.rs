//! All that talks to the browser: its history, its storage, files, the host's
//! events.

pub mod draft;
pub mod engine;
pub mod events;
pub mod file;
pub mod focus;
pub mod history;
pub mod host;
pub mod ids;
pub mod rules;
pub mod storage;

//! How far a long run has come.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error while a file is read, for a person who waits.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar over `size` bytes. It stays hidden when the size is not known
    /// (a pipe), when nobody looks at standard error, or when the results
    /// themselves scroll by.
    pub fn over(size: Option<u64>) -> Self {
        let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let Some(size) = size.filter(|_| watched) else {
            return Self(ProgressBar::hidden());
        };
        let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:40} {percent:>3}% {msg} {elapsed}<{eta}");
        Self(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar))
    }

    /// So many bytes and lines are done.
    pub fn reach(&self, bytes: u64, lines: u64) {
        // Formatting a message for a bar nobody sees would cost more than the bar.
        if !self.0.is_hidden() {
            self.0.set_message(lines.to_string());
            self.0.set_position(bytes);
        }
    }

    /// Takes the bar away, so that what comes next stands on a clean line.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

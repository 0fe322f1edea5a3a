//! Shows the progress of a long run.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar on standard error while a file is read.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Shows a bar for `size` bytes. It stays hidden if the size is unknown (a
    /// pipe), if standard error is no terminal, or if the results themselves go
    /// to the terminal.
    pub fn over(size: Option<u64>) -> Self {
        let watched = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let Some(size) = size.filter(|_| watched) else {
            return Self(ProgressBar::hidden());
        };
        let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:40} {percent:>3}% {msg} {elapsed}<{eta}");
        Self(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar))
    }

    /// Moves the bar to this many bytes and lines.
    pub fn reach(&self, bytes: u64, lines: u64) {
        // Formatting a message for a hidden bar would cost more than the bar.
        if !self.0.is_hidden() {
            self.0.set_message(lines.to_string());
            self.0.set_position(bytes);
        }
    }

    /// Removes the bar, so that further output starts on a clean line.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

//! Writes standard output, buffered; a failed write is always reported.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use serde::Serialize;

use crate::error::Error;

/// Standard output, to which results are written.
#[derive(Debug)]
pub struct Output(BufWriter<Stdout>);

impl Output {
    /// Opens standard output. Open only one at a time, or their buffers would
    /// mix.
    pub fn open() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Whether to use colours: only on a terminal, and not if `NO_COLOR` is
    /// set.
    pub fn takes_colour() -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        io::stdout().is_terminal() && !refused
    }

    /// Writes a single result as indented JSON.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<(), Error> {
        serde_json::to_writer_pretty(&mut self.0, value)
            .map_err(|error| Error::Output(error.into()))?;
        self.text("\n")
    }

    /// Writes text unchanged.
    pub fn text(&mut self, text: &str) -> Result<(), Error> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes unchanged.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write_all(bytes).map_err(Error::Output)
    }

    /// Writes out what is still in the buffer.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.0.flush().map_err(Error::Output)
    }
}

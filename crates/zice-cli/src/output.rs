//! Standard output: buffered, never half-written in silence.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};

use serde::Serialize;

use crate::error::Error;

/// Where results go.
#[derive(Debug)]
pub struct Output(BufWriter<Stdout>);

impl Output {
    /// Takes standard output; one at a time.
    pub fn open() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Whether colours are welcome.
    pub fn takes_colour() -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        io::stdout().is_terminal() && !refused
    }

    /// Writes indented JSON, for one result.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<(), Error> {
        serde_json::to_writer_pretty(&mut self.0, value)
            .map_err(|error| Error::Output(error.into()))?;
        self.text("\n")
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> Result<(), Error> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write_all(bytes).map_err(Error::Output)
    }

    /// Hands over what is still buffered.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.0.flush().map_err(Error::Output)
    }
}

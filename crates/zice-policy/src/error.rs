//! Defines the error type of this crate: a list of places in files, each with a
//! message.

use core::{fmt, ops::Range};
use std::{path::PathBuf, sync::Arc};

/// A source file, kept so that messages can point into its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the user wrote it.
    pub path: PathBuf,
    /// The whole text of the file.
    pub text: String,
}

/// One mistake in a file, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file that is wrong, with its text, so that the place can be shown.
    pub file: Arc<SourceFile>,
    /// The bytes of the file's text that the message is about; `0..0` for the
    /// whole file.
    pub span: Range<usize>,
    /// The message in Chinese and English.
    pub message: String,
    /// Advice on how to fix it, where the message alone is not enough.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Line and column of the start, both counted from 1. The column counts
    /// characters, not bytes.
    pub fn position(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.span.start).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.position();
        write!(f, "{}:{line}:{column}: {}", self.file.path.display(), self.message)?;
        match &self.help {
            Some(help) => write!(f, "({help})"),
            None => Ok(()),
        }
    }
}

/// The reasons why policy files can't be used: every mistake found, or the one
/// file that could not be read.
#[derive(Debug)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
    io: Option<(PathBuf, std::io::Error)>,
}

impl Error {
    /// The mistakes found in the files; empty if a file could not be read at
    /// all.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    pub(crate) fn io(path: impl Into<PathBuf>, error: std::io::Error) -> Self {
        Self { diagnostics: Vec::new(), io: Some((path.into(), error)) }
    }
}

impl From<Vec<Diagnostic>> for Error {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, io: None }
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((path, error)) = &self.io {
            return write!(f, "{}: {error}", path.display());
        }
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

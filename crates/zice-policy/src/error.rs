//! The one error type of this crate: a list of places in files.

use core::{fmt, ops::Range};
use std::{path::PathBuf, sync::Arc};

/// A file that was read, kept for messages that point into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is, as the user named it.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of the file's text the message is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it, if that is not plain.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Line and column (in characters), both from one.
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

/// Policy files that can't be used, with every reason that was found.
#[derive(Debug)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
    io: Option<(PathBuf, std::io::Error)>,
}

impl Error {
    /// Everything that is wrong in the files.
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

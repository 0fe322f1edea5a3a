//! The one error type of the command: exit status 2 and one message.

use std::io::{self, Write as _};

use zice_rules::Lang;

use crate::diagnostic;

/// Why the command could not do its work.
#[derive(Debug)]
pub enum Error {
    /// Input that can't be used; the message names file, line or fact.
    Input(String),
    /// The same of what every front refuses: its code before the message.
    Refused(&'static str, String),
    /// Policies that can't be used, with every place that is wrong.
    Policies(zice_policy::Error),
    /// Standard output can't be written.
    Output(io::Error),
}

impl Error {
    /// Whether the reader of our output went away.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Writes the message to standard error. When even that fails there is
    /// nobody left to tell.
    pub fn print(&self, lang: Lang) {
        let message = match self {
            Self::Input(message) => format!("zice: {message}\n"),
            Self::Refused(code, message) => format!("zice: [{code}] {message}\n"),
            Self::Output(error) => {
                format!("zice: {}: {error}\n", lang.pick("写不出结果", "can't write the output"))
            }
            Self::Policies(error) if error.diagnostics().is_empty() => format!("zice: {error}\n"),
            Self::Policies(error) => {
                let what = lang.pick("政策文件有误", "the policy files are wrong");
                let places: String = error
                    .diagnostics()
                    .iter()
                    .map(|one| diagnostic::render(one, false, lang))
                    .collect();
                format!("zice: {what}\n{places}")
            }
        };
        let _ = io::stderr().lock().write_all(message.as_bytes());
    }
}

impl From<zice_policy::Error> for Error {
    fn from(error: zice_policy::Error) -> Self {
        Self::Policies(error)
    }
}

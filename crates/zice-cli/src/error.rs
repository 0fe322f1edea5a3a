//! Defines the error type of the command. Every error means one message on
//! standard error and exit status 2.

use std::io::{self, Write as _};

use zice_rules::Lang;

use crate::diagnostic;

/// The reason why the command could not do its work.
#[derive(Debug)]
pub enum Error {
    /// Input that can't be used. The message names the file, line or fact.
    Input(String),
    /// Input refused for a reason that the command, the npm package and the
    /// element share. Holds the reason's code, shown before the message.
    Refused(&'static str, String),
    /// Policies that can't be used, with every mistake in them.
    Policies(zice_policy::Error),
    /// Standard output that can't be written.
    Output(io::Error),
}

impl Error {
    /// Whether the reader of our output is gone, as in `zice … | head -1`.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Writes the message to standard error. If even that fails, there is
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

//! Faults: why a company could not be assessed, and how that is said.

use zice_rules::{Lang, company};

/// The reason why a company could not be assessed.
#[derive(Debug)]
pub enum Fault {
    /// The company file can't be read.
    Company(company::Fault),
    /// Calculating with its figures failed. Holds the address of the policy and
    /// the engine's message.
    Engine(String, zice_rules::Error),
}

impl Fault {
    /// The stable code of the fault, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Company(fault) => fault.code(),
            Self::Engine(..) => "calculation",
        }
    }

    /// The message for a company that has a file to itself.
    pub fn in_file(&self, name: &str, lang: Lang) -> String {
        match self {
            Self::Company(fault) => fault.in_file(name, lang),
            Self::Engine(policy, error) => format!("{name}: {policy}: {error}"),
        }
    }

    /// The message for a company on a line, where the line number is shown
    /// beside it.
    pub fn in_line(&self, lang: Lang) -> String {
        match self {
            Self::Company(fault) => fault.in_line(lang),
            Self::Engine(policy, error) => format!("{policy}: {error}"),
        }
    }
}

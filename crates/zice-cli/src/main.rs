//! The command `zice`: tells what programmes say about a company, and whether
//! policy files are right.
//!
//! ```text
//! args ─► policies ─► library
//!      ├► assess ───► input ► chunk ► pipeline ► engine ► brief ► output
//!      ├► advise ───► input ► engine ► output
//!      ├► check ────► target ► library ► diagnostic ► output
//!      ├► diff ─────► library ► output
//!      └► table ────► input ► zice-tables ► output
//! ```
//!
//! Invariants: standard output carries results only and is written through
//! [`output::Output`]; everything that goes wrong is one [`error::Error`], with
//! one message on standard error and exit status 2; no input makes the command
//! panic.

mod advise;
mod args;
mod assess;
mod assessor;
mod brief;
mod check;
mod chunk;
mod clock;
mod diagnostic;
mod diff;
mod error;
mod fault;
mod form;
mod input;
mod jsonl;
mod library;
mod output;
mod pipeline;
mod policies;
mod progress;
mod table;
mod target;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};

/// Companies are many small texts, which mimalloc allocates faster than the
/// standard allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ended, if the command could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The work is done, whatever the verdict: exit status 0.
    Done,
    /// A check found mistakes: exit status 1.
    CheckFailed,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let (lang, folder) = (args.lang.into(), args.folder.as_deref());
    let result = match &args.command {
        Command::Policies(args) => policies::run(args, folder, lang),
        Command::Assess(args) => assess::run(args, folder, lang),
        Command::Advise(args) => advise::run(args, folder, lang),
        Command::Check(args) => check::run(args, folder, lang),
        Command::Diff(args) => diff::run(args, folder, lang),
        Command::Table(args) => table::run(args, folder, lang),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => ExitCode::from(1),
        // The reader of our output wants no more: `zice … | head -1`.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            error.print(lang);
            ExitCode::from(2)
        }
    }
}

//! `cargo xtask`: everything a person types in this repository.
//!
//! Trunk is the one build pipeline. What it cannot do (lowering the wasm for
//! old browsers, one classic script, compiled policies, the manifest) is in
//! [`hook`], so that `trunk build` typed directly gives the same files.

mod about;
mod bench;
mod browser;
mod copy;
mod deny;
mod engine;
mod files;
mod glue;
mod hook;
mod manifest;
mod module;
mod npm;
mod package;
mod packed;
mod page;
mod pages;
mod policies;
mod process;
mod release;
mod repo;
mod script;
mod setup;
mod size;
mod styles;
mod test;
mod tools;
mod trunk;
mod wasm;
mod weigh;

use anyhow::{Result, bail, ensure};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::process::ExitCode;

const HELP: &str = include_str!("help.txt");

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the command line and calls the command.
fn run() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let command = match args.next()? {
        Some(Value(name)) => name.string()?,
        Some(Short('h') | Long("help")) | None => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    };
    let run: fn() -> Result<()> = match command.as_str() {
        "serve" => return serve(&mut args),
        "test" => return test(&mut args),
        "bench" => return bench(&mut args),
        "docs" => return docs(&mut args),
        "hook" => {
            let stage = args.value()?.string()?;
            ensure!(stage == "post_build", "no hook for stage `{stage}`");
            hook::post_build
        }
        "setup" => setup::run,
        "build" => || trunk::release().map(drop),
        "package" => package::run,
        "pictures" => bench::pictures,
        "release" => release::run,
        "size" => || size::run(&repo::dist()),
        _ => bail!("unknown command `{command}`\n\n{HELP}"),
    };
    // What is not known is refused, rather than ignored.
    match args.next()? {
        Some(arg) => Err(arg.unexpected().into()),
        None => run(),
    }
}

fn serve(args: &mut lexopt::Parser) -> Result<()> {
    let (mut port, mut release) = (None, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("port") | Short('p') => port = Some(args.value()?.parse()?),
            Long("release") => release = true,
            other => return Err(other.unexpected().into()),
        }
    }
    trunk::serve(port, release)
}

fn test(args: &mut lexopt::Parser) -> Result<()> {
    let mut options = test::Options::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("full") => options.full = true,
            Long("only") => {
                let group = args.value()?.string()?;
                let known = test::GROUPS.contains(&group.as_str());
                ensure!(known, "--only {group}: one of {}", test::GROUPS.join(", "));
                options.only.push(group);
            }
            Value(filter) => options.filters.push(filter.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    test::run(&options)
}

fn bench(args: &mut lexopt::Parser) -> Result<()> {
    let words: Vec<OsString> = args.raw_args()?.collect();
    match words.split_first() {
        None => bench::budgets(),
        Some((what, [])) if what == "--rivals" => bench::rivals(),
        Some((what, rest)) if what == "engine" => bench::engine(rest),
        Some((what, _)) => bail!("bench {}: nothing, --rivals or engine", what.display()),
    }
}

fn docs(args: &mut lexopt::Parser) -> Result<()> {
    match args.next()? {
        None => policies::documents(false),
        Some(Long("check")) => policies::documents(true),
        Some(other) => Err(other.unexpected().into()),
    }
}

//! `cargo xtask`: everything a person types in this repository.
//!
//! Trunk is the one build pipeline. What it cannot do (lowering the wasm for
//! old browsers, one classic script, compiled policies, the manifest) is in
//! [`hook`], so that `trunk build` typed directly gives the same files.

mod bench;
mod browser;
mod copy;
mod deny;
mod docs;
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
mod serve;
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

const HELP: &str = "\
用法 / usage: cargo xtask <command>

  setup                      安装固定版本的工具 / install the pinned tools (outside the checkout)
  serve [--port N] [--release]
                             构建并在本机打开 / build and serve on this machine
  build                      发布构建到 dist/ / release build into dist/
  test [--full] [--only STAGE]... [FILTER]...
                             全部检查 / every check; STAGE is one of
                             lint, native, policies, build, size, browser
  package                    发布构建并打成 npm 包 / release build and npm package (target/npm)
  release                    发布构建并打成网站安装的压缩包 / release build and the archives that a site
                             installs, with checksums and notes (target/release-archive)
  size                       dist/ 的体积与上限 / sizes of dist/ against the gates
  bench [--rivals]           实测耗时与上限 / measures the time budgets on this machine;
                             与别的工具做的同样问卷相比 / beside the same questions made with other tools
  bench engine [--json] [--no-command | --companies N] [--baseline-command FILE]
                             规则引擎与别的引擎、与旧版本相比 / the engine beside other engines and
                             an earlier one, as ratios of one run
  docs [--check]             由政策生成文档 / write the documents made from policies/
  hook post_build            由 Trunk 调用 / called by Trunk

环境变量 / environment:
  ZICE_TOOLS     工具缓存目录 / cache folder of the tools (default ~/.cache/zice/tools)
  ZICE_CHROMIUM  浏览器路径 / path of the browser for the tests
  ZICE_FIREFOX   Firefox ESR 路径 / path of Firefox for the tests
  ZICE_FUZZ_SECONDS, ZICE_FUZZ_SEED
                 每个目标随机改动多少秒、从几号开始 / how long each target is fuzzed, and from which
                 number on
  CI             true：政策全部改动一遍，并查许可证 / mutate all policies, look at licences
";

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
        "build" => || trunk::build_release(&setup::for_build()?),
        "package" => package::run,
        "release" => release::run,
        "size" => || size::run(&repo::root().join("dist")),
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
    serve::run(port, release)
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
        None => docs::run(false),
        Some(Long("check")) => docs::run(true),
        Some(other) => Err(other.unexpected().into()),
    }
}

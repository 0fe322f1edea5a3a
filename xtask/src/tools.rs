//! The pinned programs, compiled once into a cache outside the checkout.
//!
//! A clean clone must not compile Trunk again, and a half-finished install
//! must never be taken for a whole one: [`install`] fills a folder aside and
//! renames it.

use crate::{files, process};
use anyhow::{Context, Result, ensure};
use fs_err::{self as fs, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trunk 0.22 needs a newer Rust than this workspace.
///
/// Without its default features it has neither TLS nor an update check: it is
/// only used offline, and compiles sooner.
pub const TRUNK: Tool =
    Tool { options: &["--no-default-features"], ..Tool::new("trunk", "0.21.14") };

/// Must equal the crate of the same name in Cargo.toml: the two speak a private
/// format to each other, and this one says so where they differ.
pub const WASM_BINDGEN: Tool =
    Tool { package: "wasm-bindgen-cli", opt_level: "1", ..Tool::new("wasm-bindgen", "0.2.130") };

/// Drives Firefox in the tests; asked for by `test --full` only.
pub const GECKODRIVER: Tool = Tool::new("geckodriver", "0.37.1");

/// Looks at licences and advisories; asked for by `test --full` and in
/// continuous integration.
pub const DENY: Tool =
    Tool { options: &["--no-default-features"], ..Tool::new("cargo-deny", "0.20.2") };

/// A program that `cargo install` makes.
pub struct Tool {
    package: &'static str,
    program: &'static str,
    /// The exact version; nothing else is accepted.
    version: &'static str,
    options: &'static [&'static str],
    /// How much the compiler may improve it: "0" compiles soonest.
    opt_level: &'static str,
}

impl Tool {
    /// A program that is called as its package.
    const fn new(program: &'static str, version: &'static str) -> Self {
        Self { package: program, program, version, options: &[], opt_level: "0" }
    }

    fn place(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}", self.program, self.version))
    }

    /// The folder with the program in it.
    pub fn bin_dir(&self, cache: &Path) -> PathBuf {
        self.place(cache).join("bin")
    }

    /// The program itself.
    pub fn program(&self, cache: &Path) -> PathBuf {
        self.bin_dir(cache).join(self.program)
    }

    /// Whether the program is there, runs and has the pinned version.
    pub fn is_ready(&self, cache: &Path) -> bool {
        let printed = process::output(Command::new(self.program(cache)).arg("--version"));
        printed.is_ok_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    /// Compiles the program into the cache, unless it is there.
    pub fn ensure(&self, cache: &Path) -> Result<()> {
        let title = format!(
            "编译 {0} {1}，只需一次 / compiling {0} {1}, once (several minutes)",
            self.package, self.version
        );
        install(cache, &self.place(cache), &title, &|| self.is_ready(cache), |folder| {
            // The locked versions are the tested ones, but a mirror may lack
            // one of them.
            if process::run(self.cargo_install(folder).arg("--locked")).is_err() {
                eprintln!("    --locked 失败，改用最新依赖重试 / --locked failed, trying without");
                process::run(&mut self.cargo_install(folder))?;
            }
            files::remove(&folder.join("target"))
        })?;
        let Tool { program, version, .. } = self;
        ensure!(self.is_ready(cache), "{program} does not answer with version {version}");
        Ok(())
    }

    fn cargo_install(&self, folder: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(["install", self.package, "--version", self.version, "--root"])
            .arg(folder)
            .args(["--no-track", "--bin", self.program])
            .args(self.options)
            // Cargo reads .cargo/config.toml from the folders above where it
            // runs; the checkout's is for the checkout.
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            // These programs run for a second; how long they compile is what
            // a newcomer notices.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
        for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER"]
        {
            command.env_remove(name);
        }
        command
    }
}

/// The path that an environment variable names, unless it is empty.
pub fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The cache folder of the tools: `$ZICE_TOOLS`, else beside other caches.
pub fn cache_dir() -> Result<PathBuf> {
    let places = [
        ("ZICE_TOOLS", "."),
        ("XDG_CACHE_HOME", "zice/tools"),
        ("HOME", ".cache/zice/tools"),
        ("USERPROFILE", ".cache/zice/tools"),
    ];
    let mut set = places.iter().filter_map(|(name, below)| Some(variable(name)?.join(below)));
    let dir = set.next().context("neither ZICE_TOOLS nor HOME is set: no place for the tools")?;
    // Children run in other folders.
    std::path::absolute(&dir).with_context(|| dir.display().to_string())
}

/// Waits for the cache's lock, saying so if it must: of two set-ups at once,
/// the second finds everything there. It is released with the file, also by a
/// crash.
pub fn lock(cache: &Path) -> Result<File> {
    fs::create_dir_all(cache)?;
    let file = File::create(cache.join(".lock"))?;
    if file.try_lock().is_err() {
        eprintln!("    等待另一个安装进程 / waiting for another set-up to finish …");
        file.lock()?;
    }
    Ok(file)
}

/// Makes a folder of the cache unless it is ready: `fill` gets an empty one
/// beside it, which is renamed when it is full.
pub fn install(
    cache: &Path,
    place: &Path,
    title: &str,
    is_ready: &dyn Fn() -> bool,
    fill: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    if is_ready() {
        return Ok(());
    }
    let _lock = lock(cache)?;
    // Another process may have made it while this one waited.
    if is_ready() {
        return Ok(());
    }
    process::step(title, || {
        let name = place.file_name().context("a folder of the cache")?.to_string_lossy();
        let aside = cache.join(format!(".tmp-{name}"));
        // Under the lock, what is there was left by who was interrupted.
        files::remove(place)?;
        files::fresh(&aside)?;
        fill(&aside)?;
        Ok(fs::rename(&aside, place)?)
    })
}

//! The pinned programs, compiled once into a cache outside the checkout.
//!
//! A clean clone must not compile Trunk again, and a half-finished install
//! must never be taken for a whole one: everything is installed into a
//! temporary folder beside its place and renamed.

use crate::process;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trunk 0.22 needs a newer Rust than this workspace.
///
/// Without its default features it has neither TLS nor an update check: it is
/// only used offline, and compiles sooner.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    folder: "trunk",
    options: &["--no-default-features"],
    opt_level: "0",
};

/// Must equal the crate of the same name in Cargo.lock: the two speak a
/// private format to each other. [`crate::setup`] checks it.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.130",
    folder: "wasm-bindgen",
    options: &[],
    opt_level: "1",
};

/// Drives Firefox in the tests; asked for by `test --full` only.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    folder: "geckodriver",
    options: &[],
    opt_level: "0",
};

/// Looks at licences and advisories; asked for by `test --full` and in
/// continuous integration.
pub const DENY: Tool = Tool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    folder: "cargo-deny",
    options: &["--no-default-features"],
    opt_level: "0",
};

/// A program that `cargo install` makes.
pub struct Tool {
    package: &'static str,
    program: &'static str,
    /// The exact version; nothing else is accepted.
    pub version: &'static str,
    folder: &'static str,
    options: &'static [&'static str],
    /// How much the compiler may improve it: "0" compiles soonest.
    opt_level: &'static str,
}

/// The cache folder of the tools: `$ZICE_TOOLS`, else beside other caches.
pub fn cache_dir() -> Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let dir = if let Some(dir) = set("ZICE_TOOLS") {
        PathBuf::from(dir)
    } else if let Some(dir) = set("XDG_CACHE_HOME") {
        PathBuf::from(dir).join("zice/tools")
    } else if let Some(home) = set("HOME").or_else(|| set("USERPROFILE")) {
        PathBuf::from(home).join(".cache/zice/tools")
    } else {
        bail!("neither ZICE_TOOLS nor HOME is set: no place for the tools")
    };
    // Children run in other folders.
    std::path::absolute(&dir).with_context(|| dir.display().to_string())
}

/// Holds the cache's lock: of two set-ups at once, the second waits and then
/// finds everything there. Released when dropped, also by a crash.
pub struct CacheLock(#[allow(dead_code, reason = "held for its drop")] File);

impl CacheLock {
    /// Waits for the lock, saying so if it must.
    pub fn take(cache: &Path) -> Result<CacheLock> {
        fs::create_dir_all(cache).with_context(|| cache.display().to_string())?;
        let path = cache.join(".lock");
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        if file.try_lock().is_err() {
            eprintln!("    等待另一个安装进程 / waiting for another set-up to finish …");
            file.lock().with_context(|| path.display().to_string())?;
        }
        Ok(CacheLock(file))
    }
}

impl Tool {
    fn place(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}", self.folder, self.version))
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

    /// Compiles the program into the cache. The caller holds the lock.
    pub fn install(&self, cache: &Path) -> Result<()> {
        let title = format!(
            "编译 {0} {1}，只需一次 / compiling {0} {1}, once (several minutes)",
            self.package, self.version
        );
        process::step(&title, || {
            let scratch = Scratch::new(cache, self.folder)?;
            let root = scratch.path().join("root");
            // The locked versions are the tested ones, but a mirror may lack
            // one of them.
            if process::run(self.cargo_install(scratch.path(), &root).arg("--locked")).is_err() {
                eprintln!("    --locked 失败，改用最新依赖重试 / --locked failed, trying without");
                process::run(&mut self.cargo_install(scratch.path(), &root))?;
            }
            let place = self.place(cache);
            if place.exists() {
                fs::remove_dir_all(&place).with_context(|| place.display().to_string())?;
            }
            fs::rename(&root, &place).with_context(|| place.display().to_string())
        })?;
        if !self.is_ready(cache) {
            bail!(
                "{} was installed but does not answer with version {}",
                self.program,
                self.version
            );
        }
        Ok(())
    }

    fn cargo_install(&self, scratch: &Path, root: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(["install", self.package, "--version", self.version])
            .arg("--root")
            .arg(root)
            .args(["--no-track", "--bin", self.program])
            .args(self.options)
            // Cargo reads .cargo/config.toml from the folders above where it
            // runs; the checkout's is for the checkout.
            .current_dir(scratch)
            .env("CARGO_TARGET_DIR", scratch.join("target"))
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

/// A temporary folder inside the cache, so that a rename out of it is atomic.
/// Removed when dropped; what a killed process left is removed by the next.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes an empty folder. The caller holds the lock, so an old folder of
    /// that name belongs to nobody.
    pub fn new(cache: &Path, name: &str) -> Result<Scratch> {
        let dir = cache.join(format!(".tmp-{name}"));
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
        }
        fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
        Ok(Scratch(dir))
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing to do about a failure here: the next set-up tries again.
        let _ = fs::remove_dir_all(&self.0);
    }
}

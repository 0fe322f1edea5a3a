//! What is done to Trunk's output: Trunk's `post_build` hook.
//!
//! Trunk has run cargo and wasm-bindgen and written `index.html`, the glue as
//! a module, the wasm and the styles into its staging folder. The hook makes of
//! that the files that ship, under names with a hash of their content, and adds
//! the compiled policies. In a debug build the slow steps are left out; the
//! files and their names are of the same kind.

use crate::files::{self, write_hashed};
use crate::manifest::{self, FirstScreen};
use crate::setup::{self, Tools};
use crate::{about, engine, module, packed, page, pages, policies, repo, script, wasm};
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// The version that is built.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The build that Trunk is in the middle of.
pub struct Build {
    /// Trunk's staging folder, which becomes `dist/`.
    pub staging: PathBuf,
    /// A release build: small, lowered and checked.
    pub release: bool,
    /// Where the npm packages lie.
    pub node_modules: PathBuf,
    /// A folder for files on their way, gone when the hook ends.
    pub scratch: PathBuf,
}

/// Runs after Trunk has written its files.
pub fn post_build() -> Result<()> {
    let variable = |name| std::env::var(name).with_context(|| format!("{name}: Trunk sets it"));
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let release = variable("TRUNK_PROFILE")? == "release";
    let Tools { node_modules, .. } = setup::for_build()?;
    // Inside the staging folder, so that two checkouts never share it.
    let scratch = staging.join(".work");
    fs::create_dir_all(&scratch)?;
    let build = Build { staging, release, node_modules, scratch };

    policies::write(&build.staging)?;
    let made = page::Made::read(&build.staging)?;
    let glue = build.staging.join(&made.js);
    let wasm = programs(&build, &build.staging.join(&made.wasm), &glue)?;
    let (styles, element) = script::styles(&build)?;
    let icon = fs::read(repo::root().join("www/icon.svg"))?;
    let icon = write_hashed(&build.staging, "icon", "svg", &icon)?;
    // A debug build is too large to be put into a text.
    let packed = if release { packed::write(&build, &wasm)? } else { String::new() };
    let names =
        [("ZICE_WASM", &*wasm.page), ("ZICE_PAGE_ENGINE", &wasm.engine), ("ZICE_PACKED", &packed)];
    let widget = script::widget(&build, &glue, &wasm.engine_glue, &names)?;
    let integrity = manifest::integrity(&fs::read(build.staging.join(&widget))?);
    let names =
        [("ZICE_WIDGET", &*widget), ("ZICE_INTEGRITY", &integrity), ("ZICE_STYLES", &element)];
    script::named(&build, "loader", "zice.js", &names)?;
    script::named(&build, "frame-host", "frame-host.js", &[])?;
    let frame = script::hashed(&build, "boot/frame", "zice-frame", &[], &[])?;
    let marks = [("styles", styles.as_str()), ("frame", &frame), ("icon", &icon)];
    pages::write(&build, "frame.html", &marks)?;
    pages::for_hosts(&build, &styles, &icon)?;
    let about = about::write(&build, &styles, &icon)?;
    let index = pages::render(
        "page.html",
        &[
            ("policy", ""),
            ("icon", &icon),
            ("styles", &pages::stylesheet(&styles)),
            ("scripts", &pages::deferred(&widget)),
            ("about", about::LINK),
            ("late", &made.body),
        ],
    )?;
    fs::write(build.staging.join("index.html"), index)?;
    if release {
        packed::offline(&build, &widget, &styles, &packed, &about)?;
        pages::installable(
            &build,
            &icon,
            (&widget, &styles),
            &about.styles,
            &[&wasm.page, &wasm.engine],
        )?;
        module::write(&build)?;
    }
    remove_inputs(&build, &made)?;
    if release {
        let index = "policies/index.json";
        let load = ["zice.js", &widget, &element, &wasm.page].map(str::to_owned);
        let page = ["index.html", &styles, &icon, &widget, &wasm.page, index].map(str::to_owned);
        let data = [index.to_owned(), policies::largest(&build.staging)?];
        let first = FirstScreen { page: page.into(), element: [&load[..], &data].concat() };
        manifest::write(&build.staging, load.into(), first)?;
    }
    Ok(())
}

/// The crate of the page's engine.
const ENGINE: &str = "zice-engine-wasm";
/// How the name of its wasm begins.
pub const ENGINE_WASM: &str = "zice-page-engine";

/// The page's two programs.
pub struct Programs {
    /// The name of the wasm that the first screen waits for.
    pub page: String,
    /// That of the engine, which is fetched once that is shown.
    pub engine: String,
    /// Where the engine's glue lies.
    pub engine_glue: PathBuf,
}

/// Compiles the engine, makes both programs small in a release build, and writes
/// them under names with a hash. The page's `glue` is changed in its place.
fn programs(build: &Build, page: &Path, glue: &Path) -> Result<Programs> {
    let folder = build.scratch.join("engine");
    let made_for = if build.release { engine::For::Size } else { engine::For::Debug };
    let made = engine::compile(ENGINE, made_for, &build.node_modules, &folder)?;
    let page = match build.release {
        true => wasm::lower("zice-widget", &build.node_modules, &build.scratch, page, glue)?,
        false => page.to_owned(),
    };
    let named =
        |stem: &str, wasm: &Path| write_hashed(&build.staging, stem, "wasm", &fs::read(wasm)?);
    Ok(Programs {
        page: named("zice", &page)?,
        engine: named(ENGINE_WASM, &made.wasm)?,
        engine_glue: made.glue,
    })
}

/// Removes what the shipped files were made of.
fn remove_inputs(build: &Build, made: &page::Made) -> Result<()> {
    fs::remove_dir_all(&build.scratch)?;
    for name in [&made.js, &made.wasm] {
        fs::remove_file(build.staging.join(name))?;
    }
    // Scripts of wasm-bindgen's that esbuild has put into the bundle.
    files::remove(&build.staging.join("snippets"))
}

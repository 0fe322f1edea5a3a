//! Lists the policy files that the command carries.
//!
//! The files are not read or compiled here, because a broken policy must not
//! prevent the tool that checks policies from being built. For the same reason
//! they are included as bytes, which need not be UTF-8.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let crate_folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let policies = crate_folder.join("../../policies");
    // Naming the folder makes Cargo watch everything in it.
    println!("cargo::rerun-if-changed={}", policies.display());

    let mut table = String::from("&[\n");
    for name in names(&policies)? {
        let file = policies.join(&name);
        let shown = format!("policies/{name}");
        writeln!(table, "    ({shown:?}, include_bytes!({:?})),", file.display().to_string())?;
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("policy_files.rs"), table)?;
    Ok(())
}

/// The paths of `facts.toml`, `sources.toml`, `disagreements.toml` and
/// `<programme>/*.toml`, relative to the policies folder. Missing files are
/// left out.
fn names(policies: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = ["facts.toml", "sources.toml", "disagreements.toml"]
        .into_iter()
        .filter(|name| policies.join(name).is_file())
        .map(str::to_owned)
        .collect();
    for programme in entries(policies)? {
        for file in entries(&policies.join(&programme))? {
            if file.ends_with(".toml") {
                names.push(format!("{programme}/{file}"));
            }
        }
    }
    Ok(names)
}

/// The names in a folder, sorted; empty if there is no such folder.
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

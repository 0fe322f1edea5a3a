//! Lists the policy files the command carries.
//!
//! Nothing is read or compiled here: a broken policy must not keep the tool
//! that checks policies from being built. Hence bytes, not text.

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
    // A folder stands for everything in it.
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

/// `facts.toml`, `sources.toml`, `disagreements.toml` and `<programme>/*.toml`, as far as they are there.
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

/// What a folder holds, sorted; nothing, where there is no such folder.
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

//! Wasm and policies inside one script, and the page inside one file.

use crate::hook::{Build, Programs};
use crate::{pages, process, repo, script};
use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fs;
use std::process::Command;

/// Deflates the files that are named and prints them in base64, a line each.
/// Node carries the encoder, as it does for brotli.
const DEFLATE: &str = "\
const zlib = require('node:zlib'), fs = require('node:fs');
for (const file of process.argv.slice(1))
  console.log(zlib.deflateRawSync(fs.readFileSync(file), { level: 9, memLevel: 9 }).toString('base64'));";

/// Writes `zice-packed-<hash>.js` with both programs and all policies;
/// returns its name.
pub fn write(build: &Build, wasm: &Programs) -> Result<String> {
    let mut files = Map::new();
    for entry in fs::read_dir(build.staging.join("policies"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, Value::String(fs::read_to_string(&path)?));
    }
    let texts = build.scratch.join("policies.json");
    fs::write(&texts, serde_json::to_string(&files)?)?;
    let mut command = Command::new("node");
    command.args(["-e", DEFLATE, "--"]);
    command.args([&wasm.page, &wasm.engine].map(|name| build.staging.join(name))).arg(&texts);
    let printed = process::output(&mut command)?;
    let mut lines = printed.lines();
    let mut module = String::new();
    for name in ["wasm", "more", "files"] {
        let line = lines.next().context("nothing deflated")?;
        module.push_str(&format!("export const {name} = \"{line}\";\n"));
    }
    let data = build.scratch.join("zice-data.js");
    fs::write(&data, module)?;
    script::packed(build, &data)
}

/// What may happen in the file: its own scripts and its own styles, known by
/// their digests, and pictures that lie in it. Nothing else can be fetched, and
/// what somebody adds runs no script. `default-src` says nothing of the last two.
/// WebAssembly needs `'unsafe-eval'`: the narrower word for it is unknown to
/// browsers before Chromium 97, which complain of it. Nothing here evaluates a
/// text.
fn policy(scripts: &[&str], styles: &str) -> String {
    let known = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = scripts.iter().map(|text| known(text)).collect();
    format!(
        "default-src 'none'; script-src {} 'unsafe-eval'; style-src {}; \
         img-src data:; form-action 'none'; base-uri 'none'",
        scripts.join(" "),
        known(styles)
    )
}

/// The page's icon as an address that holds it.
fn icon() -> Result<String> {
    let drawing = fs::read(repo::root().join("www/icon.svg")).context("www/icon.svg")?;
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing)))
}

/// Writes `zice.offline.html`: the page with its script, its styles and everything
/// they need inside.
pub fn offline(build: &Build, widget: &str, styles: &str, packed: &str) -> Result<()> {
    let read = |name: &str| -> Result<String> {
        let text = fs::read_to_string(build.staging.join(name)).context(name.to_owned())?;
        // A browser reads no other end of a line than this one.
        ensure!(!text.contains('\r'), "{name} has a line that ends otherwise");
        Ok(text.trim_end().to_owned())
    };
    let (code, data, rules) = (read(widget)?, read(packed)?, read(styles)?);
    for (name, content) in [(widget, &code), (packed, &data)] {
        if content.contains("</script") || content.contains("<!--") {
            bail!("{name} would end its own script element");
        }
    }
    if rules.contains("</style") {
        bail!("{styles} would end its own style element");
    }
    let policy = policy(&[&data, &code], &rules);
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    // Scripts that stand in the file can't be deferred: they stand at its end.
    let late = format!("<script data-zice-packed>{data}</script>\n<script>{code}</script>");
    let marks = [
        ("policy", policy.as_str()),
        // The file is to ask for nothing.
        ("icon", &icon()?),
        ("styles", &format!("<style>{rules}</style>")),
        ("scripts", ""),
        ("late", &late),
    ];
    let name = "zice.offline.html";
    fs::write(build.staging.join(name), pages::render("page.html", &marks)?).context(name)
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn nothing_is_allowed_but_what_the_file_holds() {
        let policy = policy(&["a()", "b()"], "p{}");
        let parts: Vec<&str> = policy.split("; ").collect();
        assert_eq!(parts[0], "default-src 'none'");
        assert!(parts[1].starts_with("script-src 'sha256-"), "{policy}");
        assert_eq!(policy.matches("'sha256-").count(), 3);
        assert!(!policy.contains("'unsafe-inline'") && !policy.contains('*'), "{policy}");
        for part in ["img-src data:", "form-action 'none'", "base-uri 'none'"] {
            assert!(parts.contains(&part), "{policy}");
        }
    }
}

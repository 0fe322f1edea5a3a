//! Wasm and policies inside one script, and the page inside one file.

use crate::hook::Build;
use crate::wasm::Names;
use crate::{process, script};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::fs;
use std::process::Command;

/// Deflates the files that are named and prints them in base64, a line each.
/// Node carries the encoder, as it does for brotli.
const DEFLATE: &str = "\
const zlib = require('node:zlib'), fs = require('node:fs');
for (const file of process.argv.slice(1))
  console.log(zlib.deflateRawSync(fs.readFileSync(file), { level: 9, memLevel: 9 }).toString('base64'));";

/// Writes `zice-packed-<hash>.js` with both parts of the wasm and all policies;
/// returns its name.
pub fn write(build: &Build, wasm: &Names) -> Result<String> {
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
    command.args([&wasm.first, &wasm.second].map(|name| build.staging.join(name))).arg(&texts);
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

/// What may happen in the file: nothing that reaches the network. There is no
/// rule for scripts, because before Chromium 97 any such rule also forbids
/// WebAssembly.
const POLICY: &str = "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
                      img-src data: blob:; font-src data:; media-src 'none'; frame-src 'none'; \
                      worker-src 'none'; manifest-src 'none'";

/// Writes `zice.offline.html` out of the page `html`, whose script and styles
/// have these names: everything inside.
pub fn offline(build: &Build, html: &str, widget: &str, styles: &str, packed: &str) -> Result<()> {
    let read = |name: &str| fs::read_to_string(build.staging.join(name)).context(name.to_owned());
    let (code, data, rules) = (read(widget)?, read(packed)?, read(styles)?);
    for (name, content) in [(widget, &code), (packed, &data)] {
        if content.contains("</script") || content.contains("<!--") {
            bail!("{name} would end its own script element");
        }
    }
    if rules.contains("</style") {
        bail!("{styles} would end its own style element");
    }
    let mut page = String::with_capacity(code.len() + data.len() + rules.len() + html.len());
    for line in html.lines() {
        let line = line.trim_start();
        if line.contains("rel=\"icon\"") {
            // The file is to ask for nothing, and has no address to ask at.
        } else if line.contains("rel=\"stylesheet\"") {
            page.push_str(&format!("<style>{}</style>\n", rules.trim_end()));
        } else if line.contains("<script ") {
            // Neither is deferred: they stand at the end of the body instead.
        } else if line.contains("</body>") {
            page.push_str(&format!("<script data-zice-packed>{}</script>\n", data.trim_end()));
            page.push_str(&format!("<script>{}</script>\n{line}\n", code.trim_end()));
        } else {
            page.push_str(line);
            page.push('\n');
            if line.contains("charset=") {
                page.push_str(&format!(
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"
                ));
            }
        }
    }
    let name = "zice.offline.html";
    fs::write(build.staging.join(name), page).context(name)
}

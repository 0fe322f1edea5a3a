//! Wasm and policies inside one script, and the page inside one file.

use crate::about::{self, About};
use crate::hook::{Build, Programs};
use crate::{files, pages, process, repo, script};
use anyhow::{Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The whole page in one file, without a server.
pub const OFFLINE: &str = "zice.offline.html";

/// Writes `zice-packed-<hash>.js` with both programs and all policies;
/// returns its name. Node carries the encoder, as it does for brotli.
pub fn write(build: &Build, wasm: &Programs) -> Result<String> {
    let policies = build.staging.join("policies");
    let names = files::names(&policies)?.into_iter();
    let texts = names.map(|name| Ok((name.clone(), fs::read_to_string(policies.join(name))?)));
    let texts = texts.collect::<Result<BTreeMap<_, _>>>()?;
    let all = build.scratch.join("policies.json");
    fs::write(&all, serde_json::to_string(&texts)?)?;
    let mut node = process::node("xtask/src/deflate.js");
    node.args([&wasm.page, &wasm.engine].map(|name| build.staging.join(name))).arg(&all);
    let [wasm, engine, files]: [String; 3] = serde_json::from_str(&process::output(&mut node)?)?;
    let data = build.scratch.join("zice-data.js");
    let module = [("wasm", wasm), ("engine", engine), ("files", files)]
        .map(|(name, base64)| format!("export const {name} = \"{base64}\";\n"));
    fs::write(&data, module.concat())?;
    script::hashed(build, "boot/packed", "zice-packed", &[], &[("zice-data", &data)])
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
    let drawing = fs::read(repo::root().join("www/icon.svg"))?;
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing)))
}

/// Writes `zice.offline.html`: the page with its script, its styles and everything
/// they need inside, and below it what `about.html` says: its sections and styles.
pub fn offline(
    build: &Build,
    widget: &str,
    styles: &str,
    packed: &str,
    about: &About,
) -> Result<()> {
    let read = |name: &str| -> Result<String> {
        let text = fs::read_to_string(build.staging.join(name))?;
        // A browser reads no other end of a line than this one.
        ensure!(!text.contains('\r'), "{name} has a line that ends otherwise");
        Ok(text.trim_end().to_owned())
    };
    let (code, data) = (read(widget)?, read(packed)?);
    let rules = read(styles)? + &read(&about.styles)?;
    for (name, content) in [(widget, &code), (packed, &data)] {
        let ends = content.contains("</script") || content.contains("<!--");
        ensure!(!ends, "{name} would end its own script element");
    }
    ensure!(!rules.contains("</style"), "{styles} would end its own style element");
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
        ("about", &about::folded(&about.sections)),
        ("late", &late),
    ];
    Ok(fs::write(build.staging.join(OFFLINE), pages::render("page.html", &marks)?)?)
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

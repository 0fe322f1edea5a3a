//! What Trunk's own `index.html` tells: the files it made.
//!
//! The page that ships is written from the template `www/pages/page.html`
//! ([`crate::pages`]); of Trunk's only the mark of `Trunk.toml` is read, and what it
//! puts into the body while serving, which reloads the page.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What `pattern_script` of Trunk.toml begins with.
const MARK: &str = "<script data-zice-hook ";
/// What ends it.
const END: &str = "</script>";

/// What Trunk made.
#[derive(Debug, PartialEq)]
pub struct Made {
    /// wasm-bindgen's glue, a module.
    pub js: String,
    /// wasm-bindgen's wasm.
    pub wasm: String,
    /// What stands in the body; nothing in a release build.
    pub body: String,
}

impl Made {
    /// Reads `index.html` of the staging folder.
    pub fn read(staging: &Path) -> Result<Made> {
        let path = staging.join("index.html");
        let html = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Self::of(&html).with_context(|| format!("{}: see Trunk.toml", path.display()))
    }

    fn of(html: &str) -> Result<Made> {
        let (before, mark) = html.split_once(MARK).context("no mark of pattern_script")?;
        let (mark, after) = mark.split_once(END).context("its mark is not closed")?;
        let value = |name: &str| {
            let value = mark.split_once(&format!("{name}=\"")).and_then(|it| it.1.split_once('"'));
            value.map(|it| it.0.to_owned()).with_context(|| format!("its mark has no {name}"))
        };
        let rest = [before, after].concat();
        let body = rest.split_once("<body>").and_then(|it| it.1.split_once("</body>"));
        let body = body.map(|it| it.0.trim().to_owned()).unwrap_or_default();
        Ok(Made { js: value("data-js")?, wasm: value("data-wasm")?, body })
    }
}

#[cfg(test)]
mod tests {
    use super::Made;

    #[test]
    fn the_mark_and_the_body_are_read() {
        let html = "<head><script data-zice-hook data-js=\"a.js\" data-wasm=\"a_bg.wasm\"></script>\
                    </head><body>\n<script>reload()</script></body>";
        let made = Made::of(html).unwrap();
        let body = "<script>reload()</script>".into();
        assert_eq!(made, Made { js: "a.js".into(), wasm: "a_bg.wasm".into(), body });
        assert!(Made::of("<head></head>").is_err());
        assert!(Made::of("<script data-zice-hook data-js=\"a.js\"></script>").is_err());
    }
}

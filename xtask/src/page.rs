//! What Trunk's own `index.html` tells: the files it made.
//!
//! The page that ships is written from the template `www/pages/page.html`
//! ([`crate::pages`]); of Trunk's only the mark of `Trunk.toml` is read, and what it
//! puts into the body while serving, which reloads the page.

use anyhow::{Context, Result};
use fs_err as fs;
use regex_lite::Regex;
use std::path::Path;

/// `pattern_script` of Trunk.toml.
const MARK: &str = r#"<script data-zice-hook data-js="(.*?)" data-wasm="(.*?)"></script>"#;

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
        let html = fs::read_to_string(staging.join("index.html"))?;
        Self::of(&html).context("index.html: see Trunk.toml")
    }

    fn of(html: &str) -> Result<Made> {
        let mark = Regex::new(MARK)?;
        let found = mark.captures(html).context("no mark of pattern_script")?;
        let (_, [js, wasm]) = found.extract();
        let rest = mark.replace(html, "");
        let body = rest.split_once("<body>").and_then(|it| it.1.split_once("</body>"));
        let body = body.map_or("", |it| it.0.trim()).to_owned();
        Ok(Made { js: js.to_owned(), wasm: wasm.to_owned(), body })
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

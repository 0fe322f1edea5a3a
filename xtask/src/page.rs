//! Rewriting Trunk's `index.html`.
//!
//! Plain text search is enough: the marks are put there by our own
//! `Trunk.toml`, and a page that lacks them fails the build.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// What `pattern_script` of Trunk.toml begins with.
const MARK: &str = "<script data-zice-hook ";

/// The page of a build.
pub struct Page {
    path: PathBuf,
    html: String,
}

/// The files that Trunk says it made.
#[derive(Debug, PartialEq)]
pub struct Marks {
    /// wasm-bindgen's glue, a module.
    pub js: String,
    /// wasm-bindgen's wasm.
    pub wasm: String,
}

impl Page {
    /// Reads `index.html` of the staging folder.
    pub fn read(staging: &Path) -> Result<Page> {
        let path = staging.join("index.html");
        let html = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(Page { path, html })
    }

    /// Takes Trunk's mark out of the page.
    pub fn take_marks(&mut self) -> Result<Marks> {
        let start = self
            .html
            .find(MARK)
            .context("index.html has no mark of Trunk.toml's pattern_script")?;
        const END: &str = "</script>";
        let length = self.html[start..].find(END).context("index.html: open script mark")?;
        let end = start + length + END.len();
        let tag = self.html[start..end].to_owned();
        self.html.replace_range(start..end, "");
        let file = |name| {
            attribute(&tag, name).with_context(|| format!("index.html: mark without {name}"))
        };
        Ok(Marks { js: file("data-js")?, wasm: file("data-wasm")? })
    }

    /// The file name of the page's stylesheet.
    pub fn stylesheet(&self) -> Option<String> {
        let tag = self.stylesheet_tag()?;
        let address = attribute(&self.html[tag], "href")?;
        Some(address.trim_start_matches("./").to_owned())
    }

    fn stylesheet_tag(&self) -> Option<std::ops::Range<usize>> {
        let inside = self.html.find("rel=\"stylesheet\"")?;
        let start = self.html[..inside].rfind('<')?;
        let end = inside + self.html[inside..].find('>')? + 1;
        Some(start..end)
    }

    /// The name of the page's icon, as a link to it has it.
    pub fn icon(&self) -> Option<String> {
        let inside = self.html.find("rel=\"icon\"")?;
        let start = self.html[..inside].rfind('<')?;
        let end = inside + self.html[inside..].find('>')? + 1;
        let address = attribute(&self.html[start..end], "href")?;
        Some(address.trim_start_matches("./").to_owned())
    }

    /// Puts script and styles in, writes the page and returns it. The script is
    /// deferred and stands in the head, so that it is fetched while the page is
    /// read.
    pub fn finish(mut self, script: &str, styles: &str) -> Result<String> {
        if let Some(tag) = self.stylesheet_tag() {
            self.html.replace_range(tag, &format!("<link rel=\"stylesheet\" href=\"{styles}\">"));
        }
        let head = self.html.find("</head>").context("index.html has no </head>")?;
        self.html.insert_str(head, &format!("<script src=\"{script}\" defer></script>\n"));
        let tidy = without_blank_lines_and_comments(&self.html)?;
        fs::write(&self.path, &tidy).with_context(|| self.path.display().to_string())?;
        Ok(tidy)
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[start..].find('"')?;
    Some(tag[start..start + length].to_owned())
}

/// Comments are for whoever reads the source.
fn without_blank_lines_and_comments(html: &str) -> Result<String> {
    let mut rest = html;
    let mut text = String::with_capacity(html.len());
    while let Some(start) = rest.find("<!--") {
        text.push_str(&rest[..start]);
        let Some(end) = rest[start..].find("-->") else { bail!("index.html: open comment") };
        rest = &rest[start + end + 3..];
    }
    text.push_str(rest);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page { path: PathBuf::new(), html: html.to_owned() }
    }

    #[test]
    fn the_mark_is_read_and_taken_out() {
        let mut page = page(
            "<head><script data-zice-hook data-js=\"a.js\" data-wasm=\"a_bg.wasm\"></script></head>",
        );
        let marks = page.take_marks().unwrap();
        assert_eq!(marks, Marks { js: "a.js".into(), wasm: "a_bg.wasm".into() });
        assert_eq!(page.html, "<head></head>");
    }

    #[test]
    fn the_stylesheet_is_found_whatever_the_order_of_attributes() {
        for tag in [
            "<link rel=\"stylesheet\" href=\"./zice-1.css\"/>",
            "<link href=\"zice-1.css\" rel=\"stylesheet\">",
        ] {
            let html = format!("<link rel=\"icon\" href=\"i.svg\">{tag}<p>");
            assert_eq!(page(&html).stylesheet().as_deref(), Some("zice-1.css"));
        }
    }
}

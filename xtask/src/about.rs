//! What is said about the self-check: `about.html`, and the same inside the offline
//! file.
//!
//! Who keeps the rules and whom to tell of a mistake stands in
//! `www/pages/about.toml`, the days of the rules in the index of the policies. What
//! nobody filled in is told as such.

use crate::hook::{Build, VERSION};
use crate::{pages, repo, script};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use serde::Deserialize;

/// `www/pages/about.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filled {
    maintainer: Said,
    report_to: Said,
    answered_within: Said,
    accessibility_on: String,
}

/// A text in both languages; of what nobody has filled in, in none.
#[derive(Deserialize)]
struct Said {
    zh: String,
    en: String,
}

impl Said {
    /// Both texts as HTML.
    fn told(&self) -> Result<[String; 2]> {
        ensure!(
            self.zh.is_empty() == self.en.is_empty(),
            "www/pages/about.toml: “{}{}” is in one language only",
            self.zh,
            self.en
        );
        if self.zh.is_empty() {
            return Ok(["本网站没有写明".to_owned(), "not named by this site".to_owned()]);
        }
        Ok([&self.zh, &self.en].map(|text| escaped(text)))
    }
}

/// A text as it stands in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The sections of the page, as HTML; `index` is that of the policies.
fn sections(index: &str) -> Result<String> {
    let name = repo::root().join("www/pages/about.toml");
    let filled: Filled =
        toml::from_str(&fs::read_to_string(&name)?).context("www/pages/about.toml")?;
    let [maintainer, maintainer_en] = filled.maintainer.told()?;
    let [report_to, report_to_en] = filled.report_to.told()?;
    let [answered, answered_en] = filled.answered_within.told()?;
    let marks = [
        ("version", VERSION),
        ("maintainer", &maintainer),
        ("maintaineren", &maintainer_en),
        ("reportto", &report_to),
        ("reporttoen", &report_to_en),
        ("answered", &answered),
        ("answereden", &answered_en),
        ("accessibilityon", &escaped(&filled.accessibility_on)),
        ("rows", &rows(index)?),
    ];
    pages::render("about.sections.html", &marks)
}

/// `policies/index.json`, as far as it is told here.
#[derive(Deserialize)]
struct Index {
    policies: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    title: Said,
    edition: String,
    checked_on: String,
    review_by: String,
}

/// A row of the table for each edition there is, in the order of the cards.
fn rows(index: &str) -> Result<String> {
    let Index { policies } = serde_json::from_str(index).context("policies/index.json")?;
    let rows = policies.iter().map(|Entry { title, edition, checked_on, review_by }| {
        format!(
            "<tr><th scope=\"row\">{} <span lang=\"en\">{}</span></th>\
             <td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(&title.zh),
            escaped(&title.en),
            escaped(edition),
            escaped(checked_on),
            escaped(review_by)
        )
    });
    Ok(rows.collect())
}

/// What `about.html` was written from.
pub struct About {
    /// Its sections, as HTML.
    pub sections: String,
    /// The name of its own stylesheet.
    pub styles: String,
}

/// Writes `about.html`.
pub fn write(build: &Build, styles: &str, icon: &str) -> Result<About> {
    let sections = sections(&fs::read_to_string(build.staging.join("policies/index.json"))?)?;
    let own = script::stylesheet(build, "www/pages/about.css", "zice-about")?;
    let marks = [("icon", icon), ("styles", styles), ("own", &own), ("sections", &sections)];
    pages::write(build, "about.html", &marks)?;
    Ok(About { sections, styles: own })
}

/// The way to `about.html` below a page of our own. It opens beside the page, whose
/// answers would be gone.
pub const LINK: &str = "<nav class=\"zice-beyond\" aria-label=\"关于 About\"><a href=\"about.html\" target=\"_blank\" rel=\"noopener\">关于本自测：隐私、无障碍、免责声明 <span lang=\"en\">About</span></a></nav>";

/// The same inside a file that has no others beside it: folded, below the page.
pub fn folded(sections: &str) -> String {
    format!(
        "<aside class=\"about\" aria-label=\"关于 About\">\n<details>\n\
         <summary>关于本自测：隐私、无障碍、免责声明 <span lang=\"en\">About</span></summary>\n\
         {sections}</details>\n</aside>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNSAID: Said = Said { zh: String::new(), en: String::new() };

    #[test]
    fn what_is_filled_in_is_text_and_what_is_not_is_told() {
        let said = Said { zh: "<b>局 & “科”".into(), en: "\"Office\"".into() };
        assert_eq!(said.told().unwrap(), ["&lt;b&gt;局 &amp; “科”", "&quot;Office&quot;"]);
        assert_eq!(UNSAID.told().unwrap(), ["本网站没有写明", "not named by this site"]);
        assert!(Said { zh: "局".into(), ..UNSAID }.told().is_err());
    }

    #[test]
    fn every_edition_has_its_days() {
        let index = r#"{ "schema": "x", "policies": [
            { "title": { "zh": "甲<", "en": "A" }, "edition": "2023", "checked_on": "2026-11-23", "review_by": "2027-05-31" },
            { "title": { "zh": "乙", "en": "B" }, "edition": "2025", "checked_on": "2026-11-24", "review_by": "2027-06-30" }] }"#;
        let page = sections(index).unwrap();
        assert_eq!(page.matches("<tr>").count(), 3);
        assert!(page.contains("甲&lt; <span lang=\"en\">A</span>"));
        assert!(page.contains("<td>2025</td><td>2026-11-24</td><td>2027-06-30</td>"));
    }
}

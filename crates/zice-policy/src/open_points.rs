//! Writes what the sources leave open as a document: their disagreements, the
//! open points of every policy, and the citations of criteria that are less
//! than sure.

use std::{collections::BTreeMap, fmt::Write as _};

use zice_rules::{
    Lang, Policy,
    policy::{Cite, Confidence},
};

use crate::{
    Library,
    policy_file::{CiteFile, PointFile},
};

/// Returns the document in Markdown, Chinese first and then English.
pub fn open_points(library: &Library) -> String {
    let mut page = Page { library, lang: Lang::Zh, text: String::new() };
    page.line("# 未定事项 / Open points");
    page.line("");
    page.line("[中文](#中文) · [English](#english)");
    page.line("");
    page.line("由 `cargo xtask docs` 从 `policies/` 生成，不要手改。");
    page.line("Written by `cargo xtask docs` from `policies/`; do not edit.");
    page.line("");
    page.line("## 中文");
    page.language();
    page.lang = Lang::En;
    page.line("");
    page.line("## English");
    page.language();
    page.text
}

struct Page<'a> {
    library: &'a Library,
    lang: Lang,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    fn language(&mut self) {
        self.line("");
        let heading = self.pick(
            "### 来源之间的不同说法，和这里的处理",
            "### Where the sources differ, and what is done about it",
        );
        self.line(heading);
        for programme in self.programmes() {
            let points: Vec<&PointFile> = self
                .library
                .disagreements
                .iter()
                .filter(|point| {
                    point.programmes.first().is_some_and(|it| *it.get_ref() == programme)
                })
                .collect();
            if points.is_empty() {
                continue;
            }
            let title = self.title(&programme);
            self.line("");
            self.line(&format!("#### {title}"));
            for point in points {
                self.disagreement(point);
            }
        }
        self.line("");
        let heading = self.pick("### 各项目没有写明的事项", "### What the programmes leave open");
        self.line(heading);
        for programme in self.programmes() {
            self.programme(&programme);
        }
    }

    /// Ids of the programmes in alphabetical order.
    fn programmes(&self) -> Vec<String> {
        let mut ids: Vec<String> =
            self.library.policies.iter().map(|policy| policy.id.clone()).collect();
        ids.dedup();
        ids
    }

    fn editions(&self, programme: &str) -> Vec<&Policy> {
        self.library.policies.iter().filter(|policy| policy.id == programme).collect()
    }

    fn title(&self, programme: &str) -> String {
        let policy = self.editions(programme).pop();
        policy.map_or_else(
            || programme.to_owned(),
            |policy| format!("{} (`{programme}`)", policy.title.get(self.lang)),
        )
    }

    fn disagreement(&mut self, point: &PointFile) {
        self.line("");
        self.line(&format!("**{}**", point.title.get(self.lang)));
        self.line("");
        for version in &point.versions {
            let cites: Vec<String> = version.cites.iter().map(|it| self.cite_file(it)).collect();
            let text = self.lang.pick(&version.zh, &version.en).to_owned();
            let text = format!("- {text}{}", self.bracketed(&cites));
            self.line(&text);
        }
        let position = self.pick("**这里**：", "**Here:** ");
        let text = format!("- {position}{}", point.position.get(self.lang));
        self.line(&text);
        if point.programmes.len() > 1 {
            let others: Vec<String> =
                point.programmes.iter().skip(1).map(|id| format!("`{}`", id.get_ref())).collect();
            let also = self.pick("也涉及：", "Also concerns: ");
            let text = format!("- {also}{}", others.join(self.pick("、", ", ")));
            self.line(&text);
        }
    }

    fn programme(&mut self, programme: &str) {
        // A point that several editions share is written once, with their
        // years.
        let mut points: Vec<(String, Vec<String>)> = Vec::new();
        let mut unsure: BTreeMap<u8, Vec<(String, Vec<String>)>> = BTreeMap::new();
        for policy in self.editions(programme) {
            for point in &policy.open_points {
                let cites: Vec<String> =
                    point.cites.iter().map(|cite| self.cite(policy, cite)).collect();
                let text = format!("{}{}", point.text.get(self.lang), self.bracketed(&cites));
                note(&mut points, text, &policy.edition);
            }
            for criterion in &policy.criteria {
                for cite in &criterion.cites {
                    if let Some(rank) = rank(cite.confidence) {
                        let title = criterion.title.get(self.lang);
                        let text = format!(
                            "`{}` {title}{}{}",
                            criterion.id,
                            self.pick("：", ": "),
                            self.cite(policy, cite)
                        );
                        note(unsure.entry(rank).or_default(), text, &policy.edition);
                    }
                }
            }
        }
        let title = self.title(programme);
        self.line("");
        self.line(&format!("#### {title}"));
        self.line("");
        for (text, editions) in points {
            self.line(&format!("- {text} [{}]", editions.join(", ")));
        }
        for (rank, lines) in unsure {
            let heading = match rank {
                0 => self.pick("有一部分没有读到条文：", "Part of it was not read in any text:"),
                1 => self.pick("按通常理解，未见条文：", "Common understanding, no text was read:"),
                2 => self.pick("只有一处来源：", "One source only:"),
                _ => self.pick("由条文推算：", "Derived from the texts:"),
            };
            let heading = heading.to_owned();
            self.line("");
            self.line(&heading);
            self.line("");
            for (text, editions) in lines {
                self.line(&format!("- {text} [{}]", editions.join(", ")));
            }
        }
    }

    fn bracketed(&self, cites: &[String]) -> String {
        match self.lang {
            Lang::Zh => format!("（{}）", cites.join("；")),
            Lang::En => format!(" ({})", cites.join("; ")),
        }
    }

    fn cite(&self, policy: &Policy, cite: &Cite) -> String {
        let source = policy.sources.get(cite.source.place());
        let number = source.map_or("", |source| source.number.as_str());
        self.reference(number, cite.clause.as_deref(), cite.page.as_deref(), cite.confidence)
    }

    fn cite_file(&self, cite: &CiteFile) -> String {
        let number = self.library.source_number(cite.source.get_ref());
        self.reference(&number, cite.clause.as_deref(), cite.page.as_deref(), cite.confidence)
    }

    fn reference(
        &self,
        number: &str,
        clause: Option<&str>,
        page: Option<&str>,
        confidence: Confidence,
    ) -> String {
        let mut text = number.to_owned();
        if let Some(clause) = clause {
            let _ = write!(text, " {clause}");
        }
        if let Some(page) = page {
            let _ = match self.lang {
                Lang::Zh => write!(text, " 第 {page} 页"),
                Lang::En => write!(text, " p. {page}"),
            };
        }
        let sure = self::confidence(confidence, self.lang);
        let _ = write!(text, "{}{sure}", self.pick("，", ", "));
        text
    }
}

/// The word for how sure a citation is.
pub(crate) const fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    let (zh, en) = match confidence {
        Confidence::Official => ("官方", "official"),
        Confidence::Reposted => ("转载", "reposted"),
        Confidence::TwoSources => ("两处一致", "two sources"),
        Confidence::OneSource => ("一处", "one source"),
        Confidence::Derived => ("推算", "derived"),
        Confidence::Assumed => ("通常理解", "assumed"),
        Confidence::Open => ("未定", "open"),
    };
    lang.pick(zh, en)
}

/// Adds a line, or the edition to the line that already says the same.
fn note(lines: &mut Vec<(String, Vec<String>)>, text: String, edition: &str) {
    match lines.iter_mut().find(|(known, _)| *known == text) {
        Some((_, editions)) => {
            if editions.last().is_none_or(|last| last != edition) {
                editions.push(edition.to_owned());
            }
        }
        None => lines.push((text, vec![edition.to_owned()])),
    }
}

/// The rank of a citation that is less than sure, the least sure first; `None`
/// for a sure one.
const fn rank(confidence: Confidence) -> Option<u8> {
    match confidence {
        Confidence::Open => Some(0),
        Confidence::Assumed => Some(1),
        Confidence::OneSource => Some(2),
        Confidence::Derived => Some(3),
        Confidence::Official | Confidence::Reposted | Confidence::TwoSources => None,
    }
}

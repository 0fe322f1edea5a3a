//! Shorter parts of the report.

use yew::prelude::*;
use zice_engine::protocol::{Place, Statement};
use zice_report::{CiteReport, Report};
use zice_rules::{Lang, policy::Confidence};

use crate::{
    parts::rules::days,
    screens::report::{Told, part},
    ui::dom::{attrs, group, line, maybe, tag, text},
    words::{self, Word},
};

/// Warnings that come before everything: whether applications are taken at all.
const FIRST: &str = "outside_window";

/// Whether applications are taken, where they are not.
pub fn window(report: &Report) -> Html {
    let first = report.warnings.iter().find(|it| it.code == FIRST);
    first.map_or_else(Html::default, |it| line("p", "zice-window", &[&it.text]))
}

/// What the reader should know besides.
pub fn warnings(told: &Told) -> Html {
    let warnings = told.report.warnings.iter().filter(|it| it.code != FIRST);
    let lines: Vec<Html> = warnings.map(|it| line("li", "", &[&it.text])).collect();
    maybe(!lines.is_empty(), || {
        let title = words::count(&words::WARNINGS, told.lang, lines.len());
        part("h3", &title, false, vec![group("ul", "", lines)])
    })
}

/// Words that lead to where a document is shown. Another window opens: what was
/// answered lives in this one.
pub fn linked(url: Option<&str>, words: &str) -> Html {
    let Some(url) = url else { return text(words) };
    let attrs = attrs! { "href": url, "rel": "noopener noreferrer external", "target": "_blank" };
    tag("a", attrs, vec![text(words)])
}

/// A citation: document, article, page, how sure it is.
pub fn cite_text(cite: &CiteReport, lang: Lang) -> String {
    let mut text = cite.source.clone();
    add_place(&mut text, cite.clause.as_deref(), cite.page.as_deref(), lang);
    text.push_str(words::BRACKET.get(lang));
    text.push_str(confidence(cite.confidence).get(lang));
    text.push_str(words::BRACKET_END.get(lang));
    text
}

fn add_place(text: &mut String, clause: Option<&str>, page: Option<&str>, lang: Lang) {
    if let Some(clause) = clause {
        text.push(' ');
        text.push_str(clause);
    }
    if let Some(page) = page {
        text.push(' ');
        text.push_str(&words::fill(&words::CLAUSE_PAGE, lang, page));
    }
}

/// How sure it is that the source says so.
pub fn confidence(confidence: Confidence) -> &'static Word {
    match confidence {
        Confidence::Official => &words::CONFIDENCE_OFFICIAL,
        Confidence::Reposted => &words::CONFIDENCE_REPOSTED,
        Confidence::TwoSources => &words::CONFIDENCE_TWO,
        Confidence::OneSource => &words::CONFIDENCE_ONE,
        Confidence::Derived => &words::CONFIDENCE_DERIVED,
        Confidence::Assumed => &words::CONFIDENCE_ASSUMED,
        Confidence::Open => &words::CONFIDENCE_OPEN,
    }
}

/// Cited sentences of the policy.
pub fn statements(title: &Word, statements: &[Statement], told: &Told) -> Html {
    let lang = told.lang;
    let lines = statements.iter().map(|statement| {
        let cites = cited(&statement.cites, lang);
        let cites = [words::BRACKET.get(lang), &cites, words::BRACKET_END.get(lang)].concat();
        let words = text(statement.text.get(lang));
        group("li", "", vec![words, line("span", "zice-rule", &[&cites])])
    });
    maybe(!statements.is_empty(), || {
        part("h3", title.get(lang), false, vec![group("ul", "", lines.collect())])
    })
}

/// Where a sentence of the policy stands.
pub fn cited(cites: &[Place], lang: Lang) -> String {
    let texts = cites.iter().map(|cite| {
        let mut text = cite.source.clone();
        add_place(&mut text, cite.clause.as_deref(), cite.page.as_deref(), lang);
        text
    });
    let texts: Vec<String> = texts.collect();
    texts.join(words::LIST_COMMA.get(lang))
}

/// Which rules were used.
pub fn edition(told: &Told) -> Html {
    let (lang, policy) = (told.lang, told.policy);
    // Where the documents can be read that are shown by who issued them.
    let shown = policy.sources.iter().map(|source| {
        let words = [&source.number, " ", source.title.get(lang)].concat();
        group("li", "", vec![linked(Some(&source.url), &words)])
    });
    let shown: Vec<Html> = shown.collect();
    let children = vec![
        line("p", "", &[&policy.address()]),
        line("p", "", &[&days([policy.checked_on, policy.review_by], lang)]),
        line("p", "zice-digest", &[words::DIGEST.get(lang), " ", &policy.digest]),
        maybe(!shown.is_empty(), || group("ul", "zice-cites", shown)),
    ];
    part("h3", words::SOURCES.get(lang), false, children)
}

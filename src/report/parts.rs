//! Shorter parts of the report.

use yew::prelude::*;
use zice_rules::{
    Lang, Policy, Report,
    policy::{Cite, Confidence, Statement},
    report::CiteReport,
};

use super::section;
use crate::{
    dom::{group, line, maybe, text},
    words::{self, Word},
};

/// What the reader should know.
pub fn warnings(lang: Lang, report: &Report) -> Html {
    maybe(!report.warnings.is_empty(), || {
        let lines = report.warnings.iter().map(|warning| line("li", "", &[&warning.text]));
        section(words::WARNINGS.get(lang), vec![group("ul", "", lines.collect())])
    })
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

fn confidence(confidence: Confidence) -> &'static Word {
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

/// Papers with what they prove.
pub fn documents(lang: Lang, report: &Report) -> Html {
    let papers = report.documents.iter().map(|paper| {
        let mut children = vec![text(&paper.title)];
        if !paper.because.is_empty() {
            let because = paper.because.join(words::LIST_COMMA.get(lang));
            children.push(line(
                "span",
                "zice-rule",
                &[
                    words::BRACKET.get(lang),
                    words::PROVES.get(lang),
                    &because,
                    words::BRACKET_END.get(lang),
                ],
            ));
        }
        group("li", "", children)
    });
    maybe(!report.documents.is_empty(), || {
        section(words::DOCUMENTS.get(lang), vec![group("ul", "zice-papers", papers.collect())])
    })
}

/// Dates of the round.
pub fn calendar(lang: Lang, report: &Report) -> Html {
    let dates = report.calendar.iter().map(|entry| {
        let state = match entry.state {
            "past" => &words::STATE_PAST,
            "open" => &words::STATE_OPEN,
            _ => &words::STATE_FUTURE,
        };
        let (from, to) = match &entry.from {
            Some(from) => (from.as_str(), words::TO.get(lang)),
            None => ("", ""),
        };
        let words = [
            from,
            to,
            &entry.date,
            " ",
            &entry.what,
            words::BRACKET.get(lang),
            state.get(lang),
            words::SEMICOLON.get(lang),
            confidence(entry.confidence).get(lang),
            words::BRACKET_END.get(lang),
        ];
        line("li", "", &words)
    });
    maybe(!report.calendar.is_empty(), || {
        section(words::CALENDAR.get(lang), vec![group("ul", "", dates.collect())])
    })
}

/// Cited sentences of the policy.
pub fn statements(title: &Word, statements: &[Statement], policy: &Policy, lang: Lang) -> Html {
    let lines = statements.iter().map(|statement| {
        let cites = cited(&statement.cites, policy, lang);
        let cites = [words::BRACKET.get(lang), &cites, words::BRACKET_END.get(lang)].concat();
        let words = text(statement.text.get(lang));
        group("li", "", vec![words, line("span", "zice-rule", &[&cites])])
    });
    maybe(!statements.is_empty(), || {
        section(title.get(lang), vec![group("ul", "", lines.collect())])
    })
}

fn cited(cites: &[Cite], policy: &Policy, lang: Lang) -> String {
    let mut texts = Vec::with_capacity(cites.len());
    for cite in cites {
        if let Some(source) = policy.sources.get(usize::from(cite.source)) {
            let mut text = source.number.clone();
            add_place(&mut text, cite.clause.as_deref(), cite.page.as_deref(), lang);
            texts.push(text);
        }
    }
    texts.join(words::LIST_COMMA.get(lang))
}

/// Which rules were used.
pub fn edition(lang: Lang, policy: &Policy) -> Html {
    let (checked, due) = (policy.checked_on.to_string(), policy.review_by.to_string());
    section(
        words::SOURCES.get(lang),
        vec![
            line("p", "", &[&policy.address()]),
            line(
                "p",
                "",
                &[
                    words::CHECKED_ON.get(lang),
                    " ",
                    &checked,
                    words::COMMA.get(lang),
                    words::REVIEW_BY.get(lang),
                    " ",
                    &due,
                ],
            ),
            line("p", "zice-digest", &[words::DIGEST.get(lang), " ", &policy.digest]),
        ],
    )
}

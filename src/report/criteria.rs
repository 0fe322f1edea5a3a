//! Conditions: what is missing, all of them one by one, and hints.

use yew::prelude::*;
use zice_rules::{
    Lang, Report, dictionary::Dictionary, policy::CriterionKind, report::CriterionReport,
};

use super::{parts::cite_text, section};
use crate::{
    dom::{attrs, group, line, maybe, tag, text},
    live::state_class,
    words::{self, Word},
};

/// Conditions that are not met or open, and the questions that decide most.
pub fn missing(lang: Lang, dictionary: &Dictionary, report: &Report, graded: &[&str]) -> Html {
    let lacking = report.criteria.iter().filter(|criterion| {
        matches!(criterion.kind, CriterionKind::Gate | CriterionKind::Score)
            && !matches!(criterion.status, "met" | "not_applicable")
    });
    let lacking: Vec<Html> = lacking.map(|criterion| reason(lang, criterion, graded)).collect();
    let facts = report.next_questions.iter().filter_map(|id| dictionary.fact(id));
    let questions: Vec<Html> =
        facts.map(|fact| line("li", "", &[fact.question.get(lang)])).collect();
    section(
        words::MISSING.get(lang),
        vec![
            maybe(lacking.is_empty(), || line("p", "", &[words::NOTHING_MISSING.get(lang)])),
            maybe(!lacking.is_empty(), || group("ul", "", lacking)),
            maybe(!questions.is_empty(), || {
                let title = line("h4", "", &[words::QUESTIONS_LEFT.get(lang)]);
                group("div", "", vec![title, group("ol", "", questions)])
            }),
        ],
    )
}

fn reason(lang: Lang, criterion: &CriterionReport, graded: &[&str]) -> Html {
    let mut title = String::new();
    if let Some(entry) = &criterion.group {
        title.push_str(entry);
        title.push_str(words::COLON.get(lang));
    }
    title.push_str(&criterion.title);
    let rest = [
        words::BRACKET.get(lang),
        status(criterion, graded).get(lang),
        words::BRACKET_END.get(lang),
        words::COLON.get(lang),
        &criterion.explain,
    ];
    group("li", "", vec![line("strong", "", &[&title]), text(&rest.concat())])
}

/// The word for how a criterion stands; a note applies or does not. The parts
/// of a total are scored, be it with nothing; the total itself is met or not.
/// `graded` names those that nothing is left to answer for.
fn status(criterion: &CriterionReport, graded: &[&str]) -> &'static Word {
    let scored = match &criterion.points {
        Some(points) if points.min == points.max => &words::SCORED,
        _ => &words::SCORED_RANGE,
    };
    let settled = graded.contains(&criterion.id.as_str());
    match (criterion.kind, criterion.status) {
        (CriterionKind::Note, "met") => &words::NOTE_MET,
        (CriterionKind::Score | CriterionKind::Bonus, "unknown") if settled => scored,
        (CriterionKind::Score | CriterionKind::Bonus, "met" | "not_met" | "needs_review")
            if criterion.id != "score" =>
        {
            scored
        }
        (_, status) => words::status(status),
    }
}

/// Every condition with its calculation, clause and papers; where entries of a
/// list are judged one by one, a table for each.
pub fn criteria(lang: Lang, report: &Report, graded: &[&str]) -> Html {
    let mut children = Vec::new();
    for rows in report.criteria.chunk_by(|one, next| one.group == next.group) {
        if let Some(title) = rows.first().and_then(|row| row.group.as_ref()) {
            children.push(line("h4", "", &[title]));
        }
        children.push(table(
            "zice-four",
            &[&words::CONDITION, &words::STATUS, &words::CALCULATION, &words::SOURCE],
            rows.iter().map(|criterion| row(criterion, graded, lang)).collect(),
            lang,
        ));
    }
    section(words::CRITERIA.get(lang), children)
}

/// A table under heads.
pub fn table(class: &str, heads: &[&Word], rows: Vec<Html>, lang: Lang) -> Html {
    let heads =
        heads.iter().map(|head| tag("th", attrs! { "scope": "col" }, vec![text(head.get(lang))]));
    group(
        "table",
        &["zice-table ", class].concat(),
        vec![group("thead", "", vec![group("tr", "", heads.collect())]), group("tbody", "", rows)],
    )
}

/// A status, drawn and in words.
pub fn state(name: &str, words: &str) -> Html {
    line("span", &["zice-state ", state_class(Some(name))].concat(), &[words])
}

fn row(criterion: &CriterionReport, graded: &[&str], lang: Lang) -> Html {
    let word = status(criterion, graded);
    // No points are no condition that is not met.
    let scored = core::ptr::eq(word, &words::SCORED) || core::ptr::eq(word, &words::SCORED_RANGE);
    let drawn = if scored && criterion.status != "met" { "scored" } else { criterion.status };
    let mut stands = vec![state(drawn, word.get(lang))];
    if let Some(points) = &criterion.points {
        let (min, max) = (points.min.as_str(), points.max.as_str());
        let (dash, max) = if min == max { ("", "") } else { ("–", max) };
        let points = [min, dash, max, " / ", &points.out_of, " ", words::POINTS.get(lang)].concat();
        stands.push(tag("br", attrs! {}, Vec::new()));
        stands.push(line("span", "", &[&points]));
    }
    tag(
        "tr",
        attrs! {
            "data-zice-criterion": &criterion.id, "data-zice-status": criterion.status,
        },
        vec![
            tag("th", attrs! { "scope": "row" }, vec![text(&criterion.title)]),
            group("td", "", stands),
            group(
                "td",
                "",
                vec![
                    line("p", "", &[&criterion.explain]),
                    line(
                        "p",
                        "zice-rule",
                        &[words::RULE.get(lang), words::COLON.get(lang), &criterion.rule],
                    ),
                ],
            ),
            group("td", "", vec![cites(&criterion.cites, lang)]),
        ],
    )
}

/// Citations as a list.
pub fn cites(cites: &[zice_rules::report::CiteReport], lang: Lang) -> Html {
    let lines = cites.iter().map(|cite| line("li", "", &[&cite_text(cite, lang)]));
    group("ul", "", lines.collect())
}

/// Opportunities: those that are there, and those that answers are missing
/// for.
pub fn hints(lang: Lang, report: &Report) -> Html {
    let told = |met: bool| {
        let told = report
            .criteria
            .iter()
            .filter(move |one| one.status != "not_applicable" && (one.status == "met") == met);
        told.map(|hint| {
            let word = match hint.status {
                "met" => &words::HINT_MET,
                other => words::status(other),
            };
            tag(
                "li",
                attrs! { "data-zice-criterion": &hint.id, "data-zice-status": hint.status },
                vec![
                    group(
                        "p",
                        "",
                        vec![
                            line("strong", "", &[&hint.title]),
                            text(words::BRACKET.get(lang)),
                            state(hint.status, word.get(lang)),
                            text(words::BRACKET_END.get(lang)),
                        ],
                    ),
                    line("p", "", &[&hint.explain]),
                    line("p", "zice-rule", &[&hint.rule]),
                    group("div", "zice-rule", vec![cites(&hint.cites, lang)]),
                ],
            )
        })
        .collect::<Vec<Html>>()
    };
    let (met, open) = (told(true), told(false));
    section(
        words::HINTS.get(lang),
        vec![
            if met.is_empty() {
                line("p", "", &[words::NO_HINTS.get(lang)])
            } else {
                group("ul", "zice-hints", met)
            },
            maybe(!open.is_empty(), || {
                let title = line("h4", "", &[words::HINTS_OPEN.get(lang)]);
                group("div", "", vec![title, group("ul", "zice-hints", open)])
            }),
        ],
    )
}

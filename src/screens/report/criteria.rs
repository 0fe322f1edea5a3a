//! Criteria one by one, each with its calculation, and hints.

use yew::prelude::*;
use zice_engine::protocol::Basis;
use zice_report::{CiteReport, CriterionReport, PointsReport};
use zice_rules::{Status, policy::CriterionKind};

use crate::{
    page::Standing,
    parts::verdict::state_class,
    screens::report::{
        Told,
        parts::{cite_text, linked},
        section, show,
    },
    ui::dom::{attrs, group, line, maybe, tag, text},
    words::{self, Word},
};

/// The id of the element that shows a criterion.
pub fn place_of(told: &Told, criterion: &CriterionReport) -> String {
    ["zice-of-", &told.policy.id, "-", &criterion.id].concat()
}

/// The word for how a criterion stands; a note applies or does not. The parts
/// of a total are scored, be it with nothing; the total itself is met or not.
pub fn status(told: &Told, criterion: &CriterionReport) -> &'static Word {
    let scored = match &criterion.points {
        Some(points) if points.min == points.max => &words::SCORED,
        _ => &words::SCORED_RANGE,
    };
    let is_total = told.policy.total().is_some_and(|total| total.id == criterion.id);
    let settled = told.graded.contains(&criterion.id);
    match (criterion.kind, criterion.status) {
        (CriterionKind::Note, Status::Met) if told.policy.hint => &words::HINT_MET,
        (CriterionKind::Note, Status::Met) => &words::NOTE_MET,
        (CriterionKind::Score | CriterionKind::Bonus, Status::Unknown) if settled => scored,
        (
            CriterionKind::Score | CriterionKind::Bonus,
            Status::Met | Status::NotMet | Status::NeedsReview,
        ) if !is_total => scored,
        (_, status) => words::status(status.name()),
    }
}

/// Every condition, unfolded when it is asked for; where entries of a list are
/// judged one by one, under a heading for each.
pub fn criteria(told: &Told) -> Html {
    let mut children = Vec::new();
    for rows in told.report.criteria.chunk_by(|one, next| one.group == next.group) {
        if let Some(title) = rows.first().and_then(|row| row.group.as_ref()) {
            children.push(line("h4", "", &[title]));
        }
        children.extend(rows.iter().map(|row| criterion(told, row)));
    }
    section(&words::CRITERIA, told.lang, "zice-criteria", children)
}

/// Opportunities: those that are there, and those that answers are missing
/// for.
pub fn hints(told: &Told) -> Html {
    let lang = told.lang;
    let said = |met: bool| -> Vec<Html> {
        let hints = told.report.criteria.iter();
        hints
            .filter(|one| one.status != Status::NotApplicable && (one.status == Status::Met) == met)
            .map(|hint| criterion(told, hint))
            .collect()
    };
    let (mut children, open) = (said(true), said(false));
    if children.is_empty() {
        children.push(line("p", "", &[words::NO_HINTS.get(lang)]));
    }
    if !open.is_empty() {
        children.push(line("h4", "", &[words::HINTS_OPEN.get(lang)]));
        children.extend(open);
    }
    section(&words::HINTS, lang, "zice-criteria", children)
}

/// A status, drawn and in words.
pub fn state(name: &str, words: &str) -> Html {
    line("span", &["zice-state ", state_class(Some(name))].concat(), &[words])
}

/// `12–16 / 20 分`
fn points_text(told: &Told, points: &PointsReport) -> String {
    let (dash, max) = if points.min == points.max { ("", "") } else { ("–", &*points.max) };
    let many = points.out_of.parse().unwrap_or(0);
    let unit = words::count(&words::POINTS, told.lang, many);
    [&points.min, dash, max, " / ", &points.out_of, " ", &unit].concat()
}

fn criterion(told: &Told, criterion: &CriterionReport) -> Html {
    let lang = told.lang;
    let word = status(told, criterion);
    // No points are no condition that is not met.
    let scored = core::ptr::eq(word, &words::SCORED) || core::ptr::eq(word, &words::SCORED_RANGE);
    let drawn = match told.standing(criterion) {
        Standing::Firm if scored && criterion.status != Status::Met => "scored",
        Standing::Firm => criterion.status.name(),
        _ => "needs_review",
    };
    let figure = match &criterion.points {
        Some(points) => points_text(told, points),
        None => criterion.figure.clone().unwrap_or_default(),
    };
    let summary = vec![
        line("strong", "", &[&criterion.title]),
        text(" "),
        state(drawn, &told.marked(criterion, word.get(lang))),
        text(" "),
        line("span", "", &[&figure]),
    ];
    let named = |word: &Word, words: &str| {
        line("p", "zice-rule", &[word.get(lang), words::COLON.get(lang), words])
    };
    let mut children = vec![
        group("summary", "", summary),
        line("p", "", &[&criterion.explain]),
        named(&words::RULE, &criterion.rule),
    ];
    if let Some(line) = told.criterion(criterion) {
        let bands = line.bases.iter();
        children.extend(bands.map(|basis| named(&words::BANDS, &bands_text(told, basis))));
        children.extend(line.sum.as_ref().map(|of| sum(told, of)));
    }
    children.push(named(&words::SOURCE, ""));
    children.push(cites(told, &criterion.cites));
    let papers: Vec<&str> = told
        .report
        .papers
        .iter()
        .filter(|paper| criterion.papers.contains(&paper.id))
        .map(|paper| paper.title.as_str())
        .collect();
    children.push(maybe(!papers.is_empty(), || {
        named(&words::PROVED_BY, &papers.join(words::LIST_COMMA.get(lang)))
    }));
    tag(
        "details",
        attrs! {
            "class": "zice-criterion", "id": &place_of(told, criterion),
            "data-zice-criterion": &criterion.id, "data-zice-status": criterion.status.name(),
        },
        children,
    )
}

/// `研发费用占比：≥ 2% → 10 分；≥ 3% → 20 分`
fn bands_text(told: &Told, basis: &Basis) -> String {
    let lang = told.lang;
    let mut words = String::from(basis.title.get(lang));
    for (at, step) in basis.steps.iter().enumerate() {
        words.push_str(if at == 0 { &words::COLON } else { &words::SEMICOLON }.get(lang));
        if let Some(from) = &step.from {
            words.push_str(if step.above { "> " } else { "≥ " });
            words.push_str(from);
            words.push_str(" → ");
        }
        words.push_str(&crate::parts::verdict::interval(step.min, step.max, lang));
    }
    words
}

/// The parts of a total, each leading to its own calculation.
fn sum(told: &Told, of: &[usize]) -> Html {
    let mut parts = Vec::new();
    for at in of {
        let criterion = told.report.criteria.get(*at);
        if let Some((criterion, points)) =
            criterion.and_then(|it| it.points.as_ref().map(|points| (it, points)))
        {
            let points = told.marked(criterion, &points_text(told, points));
            let words = [&criterion.title, " ", &*points].concat();
            let link = show(&place_of(told, criterion), vec![text(&words)]);
            parts.push(group("li", "", vec![link]));
        }
    }
    group("ul", "zice-sum", parts)
}

/// Citations as a list.
pub fn cites(told: &Told, cites: &[CiteReport]) -> Html {
    let lines = cites.iter().map(|cite| {
        let words = cite_text(cite, told.lang);
        group("li", "", vec![linked(cite.url.as_deref(), &words)])
    });
    group("ul", "zice-cites", lines.collect())
}

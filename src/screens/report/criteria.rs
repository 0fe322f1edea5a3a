//! Criteria one by one, each with its calculation, and hints.

use yew::prelude::*;
use zice_engine::protocol::Basis;
use zice_report::{CiteReport, CriterionReport, PointsReport};
use zice_rules::{Status, Verdict, policy::CriterionKind};

use crate::{
    page::{Shared, Standing},
    parts::verdict::{bar, state_class},
    screens::report::{
        Told,
        missing::questions_of,
        part,
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
        (CriterionKind::Note, Status::NotMet) => &words::STATUS_NOT_APPLICABLE,
        (CriterionKind::Route, _) if is_unused(told, criterion) => &words::NOT_USED,
        (CriterionKind::Score | CriterionKind::Bonus, Status::Unknown) if settled => scored,
        (
            CriterionKind::Score | CriterionKind::Bonus,
            Status::Met | Status::NotMet | Status::NeedsReview,
        ) if !is_total => scored,
        (_, status) => words::status(status.name()),
    }
}

/// Whether it is a way to pass that the company does not go. While the result is
/// open, a way that answers are missing for may still be gone.
fn is_unused(told: &Told, criterion: &CriterionReport) -> bool {
    criterion.kind == CriterionKind::Route
        && match criterion.status {
            Status::Met => false,
            Status::NotMet | Status::NotApplicable => true,
            _ => told.report.verdict == Verdict::Met,
        }
}

/// What criteria are told together, in the order of the report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kin {
    Failed,
    Review,
    Open,
    Scored,
    Met,
    Unused,
    Other,
}

/// The kinds in order, with their headings, and whether what is in them is folded
/// because it is settled.
const KINDS: [(Kin, &Word, bool); 7] = [
    (Kin::Failed, &words::GROUP_FAILED, false),
    (Kin::Review, &words::GROUP_REVIEW, false),
    (Kin::Open, &words::GROUP_OPEN, false),
    (Kin::Scored, &words::GROUP_SCORED, true),
    (Kin::Met, &words::GROUP_MET, true),
    (Kin::Unused, &words::GROUP_UNUSED, true),
    (Kin::Other, &words::GROUP_OTHER, true),
];

fn kin(told: &Told, criterion: &CriterionReport) -> Kin {
    let word = status(told, criterion);
    if core::ptr::eq(word, &words::NOT_USED) {
        return Kin::Unused;
    }
    if is_scored(word) {
        return Kin::Scored;
    }
    match (criterion.kind, criterion.status) {
        (CriterionKind::Note, Status::Met | Status::NotMet) | (_, Status::NotApplicable) => {
            Kin::Other
        }
        (_, Status::Unknown) => Kin::Open,
        (_, Status::NeedsReview) => Kin::Review,
        _ if told.standing(criterion) != Standing::Firm => Kin::Review,
        (_, Status::NotMet) => Kin::Failed,
        _ if told.is_total(criterion) => Kin::Scored,
        _ => Kin::Met,
    }
}

/// Every condition, in groups by how it stands; each is unfolded when it is asked
/// for.
pub fn criteria(session: &Shared, told: &Told) -> Html {
    let lang = told.lang;
    let of: Vec<Kin> = told.report.criteria.iter().map(|it| kin(told, it)).collect();
    let groups = KINDS.iter().map(|(kind, title, settled)| {
        let rows = told.report.criteria.iter().zip(&of).filter(|(_, of)| *of == kind);
        let rows: Vec<Html> = rows.map(|(row, _)| criterion(Some(session), told, row)).collect();
        maybe(!rows.is_empty(), || {
            let title = words::count(title, lang, rows.len());
            let open = told.single && !settled;
            part("h4", &title, open, vec![group("div", "zice-criteria", rows)])
        })
    });
    section(&words::CRITERIA, lang, "", groups.collect())
}

/// Opportunities: those that are there, and those that answers are missing
/// for.
pub fn hints(told: &Told) -> Html {
    let lang = told.lang;
    let said = |met: bool| -> Vec<Html> {
        let hints = told.report.criteria.iter();
        hints
            .filter(|one| one.status != Status::NotApplicable && (one.status == Status::Met) == met)
            .map(|hint| criterion(None, told, hint))
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

/// Whether it stands for points: having none is no condition that is not met.
fn is_scored(word: &Word) -> bool {
    core::ptr::eq(word, &words::SCORED) || core::ptr::eq(word, &words::SCORED_RANGE)
}

/// What is seen of a criterion while it is folded: points as a bar.
fn summary(told: &Told, criterion: &CriterionReport) -> Html {
    let word = status(told, criterion);
    let quiet =
        core::ptr::eq(word, &words::NOT_USED) || core::ptr::eq(word, &words::STATUS_NOT_APPLICABLE);
    let drawn = match told.standing(criterion) {
        _ if quiet => "not_applicable",
        Standing::Firm if is_scored(word) => "scored",
        Standing::Firm => criterion.status.name(),
        _ => "needs_review",
    };
    let figure = match &criterion.points {
        Some(points) => points_text(told, points),
        None => criterion.figure.clone().unwrap_or_default(),
    };
    let entry = criterion.group.as_ref();
    let entry = entry.map_or_else(String::new, |it| [it, words::COLON.get(told.lang)].concat());
    let summary = vec![
        line("strong", "", &[&entry, &criterion.title]),
        text(" "),
        state(drawn, &told.marked(criterion, word.get(told.lang))),
        text(" "),
        points_bar(told, criterion),
        line("span", "zice-share-points", &[&figure]),
    ];
    group("summary", "", summary)
}

/// The points of a criterion as a bar, with the pass mark where it is the total.
fn points_bar(told: &Told, criterion: &CriterionReport) -> Html {
    let number = |text: &str| text.parse::<u8>().ok();
    let drawn = criterion.points.as_ref().and_then(|it| {
        let needs = told.report.score.as_ref().filter(|_| told.is_total(criterion));
        let needs = needs.and_then(|it| number(&it.needs));
        Some(bar(number(&it.min)?, number(&it.max)?, number(&it.out_of)?, needs))
    });
    drawn.unwrap_or_default()
}

/// A criterion: what is seen of it, and unfolded its calculation and its sources.
/// With the session, what is open leads to its questions.
fn criterion(session: Option<&Shared>, told: &Told, criterion: &CriterionReport) -> Html {
    let lang = told.lang;
    let named = |word: &Word, words: &str| {
        line("p", "zice-rule", &[word.get(lang), words::COLON.get(lang), words])
    };
    let questions = session.filter(|_| criterion.status == Status::Unknown);
    let mut children = vec![
        summary(told, criterion),
        questions.map_or_else(Html::default, |it| questions_of(it, told, criterion)),
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

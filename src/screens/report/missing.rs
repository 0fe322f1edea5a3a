//! What is missing: what is not met, what is for a person, what is open, and
//! the questions that decide most.

use yew::prelude::*;
use zice_report::CriterionReport;
use zice_rules::{Status, Verdict, policy::CriterionKind};

use crate::{
    page::{Action, Focus, Screen, Shared, act, path::Path},
    screens::report::{
        Told,
        criteria::{place_of, status},
        show,
    },
    ui::dom::{attrs, button, details, group, line, maybe, tag, text},
    words,
};

/// As many questions are shown at once.
const QUESTIONS: usize = 5;

/// Conditions and parts of the score that are not met or open. Where the
/// company passes, be it with one of several entries, nothing is missing.
pub fn lacking<'a>(told: &'a Told) -> impl Iterator<Item = &'a CriterionReport> {
    told.report.criteria.iter().filter(|criterion| {
        matches!(criterion.kind, CriterionKind::Gate | CriterionKind::Score)
            && !matches!(criterion.status, Status::Met | Status::NotApplicable)
            && told.report.verdict != Verdict::Met
    })
}

/// The id of the heading.
pub fn place(policy: &str) -> String {
    ["zice-missing-", policy].concat()
}

/// Words that lead to the question about a fact.
fn leading(session: &Shared, id: &str, words: &str) -> Html {
    let Some(topic) = session.topic_of(id) else { return text(words) };
    let go = Action::Show(Screen::Topic(topic), Focus::Mistake(Path::fact(id)));
    let attrs = attrs! { "type": "button", "class": "zice-show", "data-zice-question": id };
    button(attrs, words, act(session, go))
}

/// The questions that a criterion waits for: those without an answer, or else those
/// that can still change the result.
pub fn questions_of(session: &Shared, told: &Told, criterion: &CriterionReport) -> Html {
    let own = told.criterion(criterion);
    let at =
        told.policy.criteria.iter().position(|it| own.is_some_and(|own| core::ptr::eq(own, it)));
    let asked =
        told.policy.facts.iter().filter(|it| at.is_some_and(|at| it.criteria.contains(&at)));
    let facts: Vec<_> = asked.filter_map(|it| told.dictionary.facts.get(it.fact)).collect();
    let mut open: Vec<_> =
        facts.iter().filter(|it| session.answer(&it.id).is_none()).copied().collect();
    if open.is_empty() {
        open = facts;
        open.retain(|it| told.report.next_questions.contains(&it.id));
    }
    let lang = told.lang;
    let mut parts = vec![text(&[words::GO_FILL.get(lang), words::COLON.get(lang)].concat())];
    for (at, fact) in open.iter().enumerate() {
        if at > 0 {
            parts.push(text(words::LIST_COMMA.get(lang)));
        }
        parts.push(leading(session, &fact.id, fact.short.get(lang)));
    }
    maybe(!open.is_empty(), || group("p", "zice-screen-only", parts))
}

pub fn missing(session: &Shared, told: &Told) -> Html {
    let lang = told.lang;
    let (mut failed, mut open) = (Vec::new(), Vec::new());
    for criterion in lacking(told) {
        let total = told.is_total(criterion);
        if total || criterion.status != Status::Unknown {
            failed.push(reason(told, criterion));
        } else {
            open.push(criterion);
        }
    }
    let nothing = failed.is_empty() && open.is_empty();
    let questions = &told.report.next_questions;
    let question = |id: &String| {
        let fact = told.dictionary.fact(id);
        let words = fact.map(|fact| fact.question.dated(lang, told.day)).unwrap_or_default();
        group("li", "", vec![leading(session, id, &words)])
    };
    let first: Vec<Html> = questions.iter().take(QUESTIONS).map(question).collect();
    let rest: Vec<Html> = questions.iter().skip(QUESTIONS).map(question).collect();
    group(
        "section",
        "",
        vec![
            tag(
                "h3",
                attrs! { "class": "", "id": &place(&told.policy.id), "tabindex": "-1" },
                vec![text(words::MISSING.get(lang))],
            ),
            maybe(nothing, || line("p", "", &[words::NOTHING_MISSING.get(lang)])),
            maybe(!failed.is_empty(), || group("ul", "zice-missing", failed)),
            maybe(!open.is_empty(), || {
                let count = words::count(&words::STILL_OPEN, lang, open.len());
                let mut parts = vec![text(&count), text(words::COLON.get(lang))];
                for (at, criterion) in open.iter().enumerate() {
                    if at > 0 {
                        parts.push(text(words::LIST_COMMA.get(lang)));
                    }
                    let title = [&*entry(told, criterion), &criterion.title].concat();
                    parts.push(show(&place_of(told, criterion), vec![text(&title)]));
                }
                group("p", "", parts)
            }),
            maybe(!first.is_empty(), || {
                let title = line("h4", "", &[words::QUESTIONS_LEFT.get(lang)]);
                let more = words::count(&words::QUESTIONS_MORE, lang, rest.len());
                let start = (QUESTIONS + 1).to_string();
                let rest = maybe(!rest.is_empty(), || {
                    details("", &more, vec![tag("ol", attrs! { "start": &start }, rest)])
                });
                group("div", "", vec![title, group("ol", "", first), rest])
            }),
        ],
    )
}

/// What the entry is called, where entries are judged one by one.
fn entry(told: &Told, criterion: &CriterionReport) -> String {
    let group = criterion.group.as_ref();
    group.map_or_else(String::new, |entry| [entry, words::COLON.get(told.lang)].concat())
}

fn reason(told: &Told, criterion: &CriterionReport) -> Html {
    let lang = told.lang;
    let rest = [
        words::BRACKET.get(lang),
        &told.marked(criterion, status(told, criterion).get(lang)),
        words::BRACKET_END.get(lang),
        words::COLON.get(lang),
        &criterion.explain,
    ];
    let title = line("strong", "", &[&entry(told, criterion), &criterion.title]);
    group("li", "", vec![show(&place_of(told, criterion), vec![title, text(&rest.concat())])])
}

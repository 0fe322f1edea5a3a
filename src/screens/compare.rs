//! Two companies, or two states of one, side by side.

use serde_json::Value;
use yew::prelude::*;
use zice_report::CriterionReport;
use zice_rules::Lang;

use crate::{
    browser::storage,
    page::{Action, Screen, Session, Shared, Total, act},
    parts::{
        answer::{answer, label},
        files::choose_file,
        placeholder::notice,
        verdict::{interval, verdict},
    },
    screens::report::{Told, status, told},
    ui::dom::{QUIET, attrs, button, details, foreign, group, line, maybe, tag, text},
    words::{self, Word},
};

/// The screen.
pub fn compare(session: &Shared) -> Html {
    let lang = session.view.lang;
    let mut children = vec![tag(
        "h1",
        attrs! { "class": "", "tabindex": "-1", "data-zice-heading": "true" },
        vec![text(words::COMPARE.get(lang))],
    )];
    let mut buttons = vec![quiet(session, &words::BACK_TO_REPORT, Action::Go(Screen::Report))];
    match &session.comparison.other {
        None => children.push(choose(session)),
        Some(_) if !session.lacking().is_empty() => {
            children.push(notice(session));
            buttons.push(quiet(session, &words::COMPARE_ANOTHER, Action::Beside(None)));
        }
        Some((name, file)) => {
            let other = session.beside(file);
            let heads = [
                head(session, &words::THIS_ONE, session.name()),
                head(session, &words::OTHER_ONE, name),
            ];
            children.push(results(session, &other, &heads));
            children.push(conditions(session, &other, &heads));
            children.push(answers(session, &other, &heads));
            buttons.push(quiet(session, &words::SWAP, Action::Swap));
            buttons.push(quiet(session, &words::COMPARE_ANOTHER, Action::Beside(None)));
        }
    }
    children.push(group("div", "zice-actions zice-screen-only", buttons));
    group("div", "zice-compare", children)
}

fn quiet(session: &Shared, word: &Word, action: Action) -> Html {
    button(
        attrs! { "type": "button", "class": QUIET },
        word.get(session.view.lang),
        act(session, action),
    )
}

/// What to compare with.
fn choose(session: &Shared) -> Html {
    let lang = session.view.lang;
    let copy = Action::Beside(Some((
        words::STATE_KEPT.get(lang).to_owned(),
        session.answers.file.clone(),
    )));
    let open = choose_file(session, words::COMPARE_FILE.get(lang), |file, members| {
        // Companies are told apart by their own names.
        let name = members.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
        let name = name.map_or(file, str::to_owned);
        Action::Beside(Some((name, Value::Object(members))))
    });
    let kept = session.keeping.kept.iter().map(|one| {
        let name = if one.name.is_empty() { words::NO_NAME.get(lang) } else { &one.name };
        let (session, id, name) = (session.clone(), one.id, name.to_owned());
        let words = [words::OPEN.get(lang), words::COLON.get(lang), &name].concat();
        let open = Callback::from(move |_: MouseEvent| {
            session.dispatch(match storage::open(id) {
                Ok(members) => Action::Beside(Some((name.clone(), Value::Object(members)))),
                Err((why, detail)) => Action::Refuse(why, detail),
            });
        });
        button(attrs! { "type": "button", "class": QUIET }, &words, open)
    });
    let mut buttons = vec![quiet(session, &words::COMPARE_COPY, copy), open];
    buttons.extend(kept);
    group(
        "div",
        "",
        vec![
            line("p", "", &[words::COMPARE_HELP.get(lang)]),
            group("div", "zice-actions", buttons),
        ],
    )
}

/// The head of a column.
fn head(session: &Session, word: &Word, name: &str) -> Html {
    let mut parts = vec![text(word.get(session.view.lang))];
    if !name.is_empty() {
        parts.push(text(words::COLON.get(session.view.lang)));
        parts.push(foreign(name));
    }
    tag("th", attrs! { "scope": "col" }, parts)
}

/// A table of what differs; a sentence where nothing does.
fn differing(
    session: &Session,
    title: &Word,
    first: &Word,
    heads: &[Html; 2],
    rows: Vec<Html>,
) -> Html {
    let lang = session.view.lang;
    let title = line("h2", "", &[title.get(lang)]);
    if rows.is_empty() {
        return group("section", "", vec![title, line("p", "", &[words::NO_DIFFERENCE.get(lang)])]);
    }
    group("section", "", vec![title, table(session, first, heads, rows)])
}

fn table(session: &Session, first: &Word, heads: &[Html; 2], rows: Vec<Html>) -> Html {
    let first = text(first.get(session.view.lang));
    let mut row = vec![tag("th", attrs! { "scope": "col" }, vec![first])];
    row.extend(heads.iter().cloned());
    let head = group("thead", "", vec![group("tr", "", row)]);
    group("table", "zice-table zice-two", vec![head, group("tbody", "", rows)])
}

fn row(lang: Lang, name: &str, cells: [Vec<Html>; 2]) -> Html {
    let mut row = vec![tag("th", attrs! { "scope": "row" }, vec![text(name)])];
    for (word, mut cell) in [&words::THIS_ONE, &words::OTHER_ONE].into_iter().zip(cells) {
        // On a narrow page the heads of the columns are not seen.
        let side = attrs! { "class": "zice-side", "aria-hidden": "true" };
        cell.insert(0, tag("span", side, vec![text(word.get(lang))]));
        row.push(group("td", "", cell));
    }
    group("tr", "", row)
}

/// Verdict and points of every programme.
fn results(session: &Session, other: &Session, heads: &[Html; 2]) -> Html {
    let lang = session.view.lang;
    let cell = |session: &Session, id: &str| {
        let mut both = session.policies().zip(&session.results.pictures);
        let Some((policy, picture)) = both.find(|(policy, _)| policy.id == id) else {
            return Vec::new();
        };
        let edition = words::fill(&words::EDITION, lang, &policy.edition);
        let mut told = vec![verdict(lang, picture.verdict_name(), picture.standing)];
        if let Some(Total { min, max, .. }) = picture.score {
            told.push(line("p", "", &[&interval(min, max, lang)]));
        }
        if let Some(hints) = picture.hints {
            told.push(line("p", "", &[&words::count(&words::HINTS_FOUND, lang, hints)]));
        }
        told.push(line("p", "zice-rule", &[&edition]));
        told
    };
    let rows = session.policies().map(|policy| {
        row(lang, policy.title.get(lang), [cell(session, &policy.id), cell(other, &policy.id)])
    });
    differing(session, &words::VERDICTS, &words::PROGRAMME, heads, rows.collect())
}

/// Conditions that stand differently, and folded away those of which only the
/// figures are others.
fn conditions(session: &Session, other: &Session, heads: &[Html; 2]) -> Html {
    let lang = session.view.lang;
    let (ours, theirs) = (session.reports(), other.reports());
    let (mut stand, mut figures) = (Vec::new(), Vec::new());
    let reports = told(session, &ours).into_iter().zip(told(other, &theirs));
    for ((our, their), policy) in reports.zip(session.policies()) {
        for criterion in our.iter().flat_map(|it| &it.report.criteria) {
            let same =
                |one: &&CriterionReport| one.id == criterion.id && one.group == criterion.group;
            let beside = their.as_ref().and_then(|it| it.report.criteria.iter().find(same));
            if beside.is_some_and(|it| it.explain == criterion.explain && stands_as(it, criterion))
            {
                continue;
            }
            let cell = |told: &Option<Told>, one: Option<&CriterionReport>| {
                let cell = told.as_ref().zip(one).map(|(told, one)| {
                    let word = status(told, one).get(lang);
                    text(&[word, words::COLON.get(lang), &one.explain].concat())
                });
                cell.into_iter().collect()
            };
            let name = [policy.title.get(lang), " › ", &criterion.title].concat();
            let row = row(lang, &name, [cell(&our, Some(criterion)), cell(&their, beside)]);
            if beside.is_some_and(|it| stands_as(it, criterion)) {
                figures.push(row);
            } else {
                stand.push(row);
            }
        }
    }
    let first = &words::CRITERION_HEAD;
    let stand = differing(session, &words::CONDITIONS_DIFFER, first, heads, stand);
    let figures = maybe(!figures.is_empty(), || {
        let title = words::FIGURES_DIFFER.get(lang);
        details("", title, vec![table(session, first, heads, figures)])
    });
    group("div", "", vec![stand, figures])
}

/// Whether two of a kind have the same status and the same points.
fn stands_as(one: &CriterionReport, other: &CriterionReport) -> bool {
    let points = |it: &CriterionReport| {
        it.points.as_ref().map(|points| (points.min.clone(), points.max.clone()))
    };
    one.status == other.status && points(one) == points(other)
}

/// Answers that differ.
fn answers(session: &Session, other: &Session, heads: &[Html; 2]) -> Html {
    let lang = session.view.lang;
    let mut rows = Vec::new();
    if session.day() != other.day() {
        let day = |session: &Session| vec![text(&session.day().to_string())];
        rows.push(row(lang, words::AS_OF.get(lang), [day(session), day(other)]));
    }
    for fact in &session.catalogue.dictionary.facts {
        let (one, two) = (session.answer(&fact.id), other.answer(&fact.id));
        if one != two {
            let told = |value: Option<&Value>| {
                let words = value.map(|value| answer(fact, value, lang));
                vec![maybe(words.is_some(), || text(&words.unwrap_or_default()))]
            };
            rows.push(row(lang, &label(fact, lang), [told(one), told(two)]));
        }
    }
    differing(session, &words::ANSWERS_DIFFER, &words::FIGURE, heads, rows)
}

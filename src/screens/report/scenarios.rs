//! Scenarios that were kept, side by side with the company as it is.

use serde_json::Value;
use yew::prelude::*;
use zice_engine::protocol::Picture;

use crate::{
    page::{Action, Scenario, Session, Shared, act},
    parts::verdict::{interval, verdict},
    screens::report::what_if::{amount, title},
    ui::dom::{QUIET, attrs, button, foreign, group, line, maybe, tag, text},
    words,
};

/// The table of the scenarios; nothing where none was kept.
pub fn scenarios(session: &Shared) -> Html {
    let lang = session.view.lang;
    let all = session.scenarios();
    maybe(!all.is_empty(), || {
        let mut heads = vec![head(text("")), head(text(words::AS_IT_IS.get(lang)))];
        heads.extend(all.iter().map(|it| head(foreign(&it.name))));
        let head = group("thead", "", vec![group("tr", "", heads)]);
        let mut rows = results(session, &all);
        rows.extend(figures(session, &all));
        rows.push(actions(session, &all));
        let title = line("h4", "", &[words::SCENARIOS.get(lang)]);
        let table = group("table", "zice-plain-table", vec![head, group("tbody", "", rows)]);
        group("div", "zice-scenarios", vec![title, group("div", "zice-wide", vec![table])])
    })
}

fn head(words: Html) -> Html {
    tag("th", attrs! { "scope": "col" }, vec![words])
}

fn row(name: &str, cells: Vec<Html>) -> Html {
    let mut row = vec![tag("th", attrs! { "scope": "row" }, vec![text(name)])];
    row.extend(cells.into_iter().map(|it| group("td", "", vec![it])));
    group("tr", "", row)
}

/// What each programme comes to, as it is and in every scenario.
fn results(session: &Session, all: &[Scenario]) -> Vec<Html> {
    let lang = session.view.lang;
    let pictures: Vec<Vec<Picture>> = core::iter::once(session.results.pictures.clone())
        .chain(all.iter().map(|it| session.pictures_in(it)))
        .collect();
    let rows = session.policies().enumerate().map(|(at, policy)| {
        let cells = pictures.iter().map(|own| {
            own.get(at).map_or_else(Html::default, |it| {
                let score = it.score.map(|it| interval(it.min, it.max, lang));
                let score = score.map_or_else(Html::default, |it| line("span", "", &[&it]));
                group("div", "", vec![verdict(lang, it.verdict_name(), it.standing), score])
            })
        });
        row(policy.title.get(lang), cells.collect())
    });
    rows.collect()
}

/// The figures that any of them has otherwise.
fn figures(session: &Session, all: &[Scenario]) -> Vec<Html> {
    let dictionary = &session.catalogue.dictionary;
    let mut rows = Vec::new();
    for (fact, own) in dictionary.facts.iter().enumerate() {
        let id = own.id.as_str();
        let mut years: Vec<&str> = Vec::new();
        let given = all.iter().filter_map(|it| it.facts.get(id)?.as_object());
        for year in given.flat_map(|it| it.keys()) {
            if !years.contains(&year.as_str()) {
                years.push(year);
            }
        }
        let whole = all.iter().any(|it| it.facts.get(id).is_some_and(|it| !it.is_object()));
        let places = years.into_iter().map(Some).chain(whole.then_some(None));
        for year in places {
            let of = |facts: Option<&Value>| match year {
                Some(year) => facts.and_then(|it| it.get(id)?.get(year)).cloned(),
                None => facts.and_then(|it| it.get(id)).cloned(),
            };
            let now = of(session.answers.file.get("facts"));
            let mut cells = vec![cell(session, fact, now.as_ref())];
            for one in all {
                let facts = Value::Object(one.facts.clone());
                cells.push(cell(session, fact, of(Some(&facts)).or(now.clone()).as_ref()));
            }
            let number = year.and_then(|it| it.parse().ok());
            rows.push(row(&title(session, fact, number), cells));
        }
    }
    rows
}

/// A figure in words; an estimate with both ends.
fn cell(session: &Session, fact: usize, value: Option<&Value>) -> Html {
    let said = |value: &Value| match value {
        Value::String(plain) => amount(session, fact, plain),
        Value::Number(number) => amount(session, fact, &number.to_string()),
        _ => String::new(),
    };
    let words = match value {
        Some(Value::Object(ends)) => {
            let end = |name: &str| ends.get(name).map(said).unwrap_or_default();
            [&*end("min"), "–", &*end("max")].concat()
        }
        Some(value) => said(value),
        None => String::new(),
    };
    text(&words)
}

fn actions(session: &Shared, all: &[Scenario]) -> Html {
    let lang = session.view.lang;
    let cells = all.iter().map(|it| {
        let does = |word: &words::Word, action: Action| {
            let label = [word.get(lang), words::COLON.get(lang), &it.name].concat();
            let attrs = attrs! { "type": "button", "class": QUIET, "aria-label": &label };
            button(attrs, word.get(lang), act(session, action))
        };
        let take = if session.is_out_of_date(it) {
            line("p", "zice-error", &[words::SCENARIO_OLD.get(lang)])
        } else {
            does(&words::TAKE_SCENARIO, Action::TakeScenario(it.name.clone()))
        };
        let drop = does(&words::DROP_SCENARIO, Action::DropScenario(it.name.clone()));
        group("div", "", vec![take, drop])
    });
    let cells = core::iter::once(Html::default()).chain(cells);
    row("", cells.collect())
}

//! Figures by year and side: a table for each year.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;
use zice_rules::dictionary::{Fact, Field};

use crate::{
    page::{Shared, path::Path, topics::Asked},
    parts::{
        field::{Slot, unit},
        memo::{MadeOf, part},
    },
    screens::interview::{
        list::{fields_help, used},
        paste,
    },
    ui::dom::{attrs, details, group, tag, text},
    words,
};

/// The tables of a fact, newest year first.
pub fn sides(session: &Shared, asked: &Asked, fact: &Fact) -> Html {
    let mut children = vec![fields_help(session, asked, fact)];
    for year in &asked.years {
        let key = year.to_string();
        let value = session.answer(&fact.id).and_then(|years| years.get(&key)).cloned();
        let place = Path::fact(&fact.id).year(year);
        let made_of =
            MadeOf { turn: session.view.turn, value, marks: marks(session, &place), touched: 0 };
        let (session, asked) = (session.clone(), asked.clone());
        let name = key.clone();
        let make = move || {
            let fact = session.catalogue.dictionary.facts.get(asked.fact);
            fact.map_or_else(Html::default, |fact| table(&session, &asked, fact, &name))
        };
        children.push(part(key, made_of, Rc::new(make)));
    }
    group("div", "zice-list", children)
}

/// What is wrong below a place and told already, and whether somebody types
/// there.
fn marks(session: &Shared, place: &Path) -> u32 {
    let problems = session.results.problems.iter();
    let here = problems.filter(|it| Path::from(&*it.path).is_below(place));
    let told = here.filter(|it| session.is_told(it)).count();
    u32::try_from(told).unwrap_or(u32::MAX / 2) * 2
        + u32::from(session.view.typing.as_ref().is_some_and(|it| it.is_below(place)))
}

fn table(session: &Shared, asked: &Asked, fact: &Fact, year: &str) -> Html {
    let lang = session.view.lang;
    let head = |words: &str| tag("th", attrs! { "scope": "col" }, vec![text(words)]);
    let mut heads = vec![head(words::FIGURE.get(lang))];
    heads.extend(fact.sides.iter().map(|side| head(side.label(lang))));
    let place = Path::fact(&fact.id).year(year);
    let rows = used(session, asked, fact).map(|field| {
        // A row looks at nothing but its own figures.
        let (mut values, mut told) = (Vec::new(), 0);
        for side in &fact.sides {
            let place = place.field(&side.id).field(&field.id);
            values.push(session.at(&place).cloned().unwrap_or_default());
            told = told * 64 + marks(session, &place);
        }
        let made_of = MadeOf {
            turn: session.view.turn,
            value: Some(Value::Array(values)),
            marks: told,
            touched: 0,
        };
        let (session, at, id) = (session.clone(), asked.fact, field.id.clone());
        let (key, year) = (field.id.clone(), year.to_owned());
        let make = move || {
            let fact = session.catalogue.dictionary.facts.get(at);
            let field = fact.and_then(|fact| fact.fields.iter().find(|it| it.id == id));
            fact.zip(field)
                .map_or_else(Html::default, |(fact, field)| row(&session, fact, field, &year))
        };
        part(key, made_of, Rc::new(make))
    });
    let body = group("tbody", "", rows.collect());
    let head = group("thead", "", vec![group("tr", "", heads)]);
    let filled = session.answer(&fact.id).and_then(|years| years.get(year)).map_or(0, leaves);
    let summary = words::fill(&words::SIDE_FIGURES, lang, year);
    details(
        "zice-year",
        &words::plural(&summary.replace("{b}", &filled.to_string()), filled),
        vec![
            paste::figures(session, &place, group("table", "zice-grid", vec![head, body])),
            paste::fills(session, fact, &place),
        ],
    )
}

/// A figure of a year, one cell a side.
fn row(session: &Shared, fact: &Fact, field: &Field, year: &str) -> Html {
    let lang = session.view.lang;
    let unit = unit(session, field.kind, field.unit.as_ref());
    let mut label = field.label.get(lang).to_owned();
    if !unit.is_empty() {
        for part in [words::BRACKET.get(lang), unit, words::BRACKET_END.get(lang)] {
            label.push_str(part);
        }
    }
    let help = ["zice-", &fact.id, "-help"].concat();
    let mut cells = vec![tag("th", attrs! { "scope": "row" }, vec![text(&label)])];
    for side in &fact.sides {
        let place = Path::fact(&fact.id).year(year).field(&side.id).field(&field.id);
        let name = words::fill(&words::YEAR, lang, year);
        let name = [&name, " ", side.label(lang), " ", &label].concat();
        let (kind, signed, help) = (field.kind, field.signed, &help);
        let slot = Slot { label: &name, kind, help, signed, ..Slot::text(session, &place) };
        // On a narrow page the heads of the columns are not seen.
        let mut cell = vec![tag(
            "span",
            attrs! { "class": "zice-side", "aria-hidden": "true" },
            vec![text(side.label(lang))],
        )];
        cell.extend(slot.cell());
        cells.push(group("td", "", cell));
    }
    group("tr", "", cells)
}

/// How many figures there are.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Object(members) if !members.contains_key("min") && !members.contains_key("max") => {
            members.values().map(leaves).sum()
        }
        _ => 1,
    }
}

//! Figures by fiscal year: a small table.

use yew::prelude::*;
use zice_rules::{Lang, dictionary::Fact};

use crate::{
    page::{Session, topics::Asked},
    parts::field::{Slot, unit},
    screens::interview::paste,
    ui::dom::{attrs, group, tag, text},
    words,
};

/// Whether a question is a row of figures by year.
pub fn is_figure(session: &Session, asked: &Asked) -> bool {
    let fact = session.catalogue.dictionary.facts.get(asked.fact);
    fact.is_some_and(|it| it.yearly && it.sides.is_empty())
}

/// The years of figures, newest first: the columns of their table.
pub fn columns(session: &Session, asked: &[Asked]) -> Vec<i32> {
    let mut years: Vec<i32> = Vec::new();
    for year in asked.iter().filter(|it| is_figure(session, it)).flat_map(|it| &it.years) {
        if !years.contains(year) {
            let place = years.iter().filter(|other| *other > year).count();
            years.insert(place, *year);
        }
    }
    years
}

/// The unit of all figures of a topic; nothing where they have several, or none.
pub fn common_unit<'a>(session: &'a Session, asked: &[Asked]) -> &'a str {
    let facts = asked.iter().filter(|it| is_figure(session, it));
    let facts = facts.filter_map(|it| session.catalogue.dictionary.facts.get(it.fact));
    let mut units = facts.map(|it| unit(session, it.kind, it.unit.as_ref()));
    let first = units.next().unwrap_or("");
    if units.all(|it| it == first) { first } else { "" }
}

/// The head of a column: its year, and the unit where all figures have the same.
pub fn head(lang: Lang, year: i32, unit: &str) -> String {
    let label = words::fill(&words::YEAR, lang, &year.to_string());
    if unit.is_empty() {
        return label;
    }
    [&label, words::BRACKET.get(lang), unit, words::BRACKET_END.get(lang)].concat()
}

/// A column for each year of the topic, newest first; one in which the figure is not
/// asked stays empty.
pub fn years(asked: &Asked, fact: &Fact, slot: Slot<'_>) -> Html {
    let lang = slot.session.view.lang;
    let topics = &slot.session.scope.topics;
    let own = topics.iter().find(|it| it.asked.iter().any(|it| it.fact == asked.fact));
    let all = own.map_or(core::slice::from_ref(asked), |it| &it.asked);
    let columns = columns(slot.session, all);
    // With several columns the unit stands once, in their heads.
    let common = if columns.len() > 1 { common_unit(slot.session, all) } else { "" };
    let (mut heads, mut cells) = (Vec::new(), Vec::new());
    for year in &columns {
        if !asked.years.contains(year) {
            heads.push(group("td", "zice-no-year", Vec::new()));
            cells.push(group("td", "zice-no-year", Vec::new()));
            continue;
        }
        let place = slot.place.year(year);
        let label = words::fill(&words::YEAR, lang, &year.to_string());
        let unit = if common.is_empty() { slot.unit } else { "" };
        let head = head(lang, *year, common);
        heads.push(tag("th", attrs! { "scope": "col" }, vec![text(&head)]));
        let field = Slot { place: &place, label: &label, unit, ..slot }.show();
        cells.push(tag("td", attrs! { "data-label": &head }, vec![field]));
    }
    let table = vec![
        group("thead", "", vec![group("tr", "", heads)]),
        group("tbody", "", vec![group("tr", "", cells)]),
    ];
    let children = vec![
        paste::figures(slot.session, slot.place, group("table", "zice-years", table)),
        paste::fills(slot.session, fact, slot.place),
    ];
    group("div", "", children)
}

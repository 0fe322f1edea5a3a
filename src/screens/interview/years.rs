//! Figures by fiscal year: a small table.

use yew::prelude::*;
use zice_rules::dictionary::Fact;

use crate::{
    page::topics::Asked,
    parts::field::Slot,
    screens::interview::paste,
    ui::dom::{attrs, group, tag, text},
    words,
};

/// A column for each year, newest first; with several the unit stands once, in their
/// heads.
pub fn years(asked: &Asked, fact: &Fact, slot: Slot<'_>) -> Html {
    let lang = slot.session.view.lang;
    let several = asked.years.len() > 1;
    let (mut heads, mut cells) = (Vec::new(), Vec::new());
    for year in &asked.years {
        let place = slot.place.year(year);
        let label = words::fill(&words::YEAR, lang, &year.to_string());
        let unit = if several { "" } else { slot.unit };
        let head = match slot.unit {
            unit if several && !unit.is_empty() => {
                [&label, words::BRACKET.get(lang), unit, words::BRACKET_END.get(lang)].concat()
            }
            _ => label.clone(),
        };
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

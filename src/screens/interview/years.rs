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

/// A row for each year, newest first.
pub fn years(asked: &Asked, fact: &Fact, slot: Slot<'_>) -> Html {
    let lang = slot.session.view.lang;
    let rows = asked.years.iter().map(|year| {
        let place = slot.place.year(year);
        let label = words::fill(&words::YEAR, lang, &year.to_string());
        let field = Slot { place: &place, label: &label, ..slot }.show();
        let head = tag("th", attrs! { "scope": "row" }, vec![text(&label)]);
        group("tr", "", vec![head, group("td", "", vec![field])])
    });
    let table = group("table", "zice-years", vec![group("tbody", "", rows.collect())]);
    let children = vec![
        paste::figures(slot.session, slot.place, table),
        paste::fills(slot.session, fact, slot.place),
    ];
    group("div", "", children)
}

//! Entries of lists one by one, and numbers for orientation.

use yew::prelude::*;
use zice_report::{IndicatorFigure, IndicatorReport, ItemReport, ItemStatus, Report};
use zice_rules::Lang;

use crate::{
    screens::report::{
        Told,
        criteria::{cites, state},
        part,
        parts::cite_text,
    },
    ui::dom::{attrs, group, line, maybe, tag, text},
    words::{self, Word},
};

/// A table under heads.
pub fn table(class: &str, caption: Html, heads: &[&Word], rows: Vec<Html>, lang: Lang) -> Html {
    let heads =
        heads.iter().map(|head| tag("th", attrs! { "scope": "col" }, vec![text(head.get(lang))]));
    let head = group("thead", "", vec![group("tr", "", heads.collect())]);
    let class = ["zice-table ", class].concat();
    group("table", &class, vec![caption, head, group("tbody", "", rows)])
}

/// What each entry of a list counts for, and why not.
pub fn items(told: &Told) -> Html {
    let (lang, report) = (told.lang, told.report);
    let lists = report.items.chunk_by(|one, next| one.fact == next.fact).map(|items| {
        let fact = items.first().and_then(|item| told.dictionary.fact(&item.fact));
        let name = fact.map_or("", |fact| fact.short.get(lang));
        let rows = items.iter().map(|item| row(item, report, lang)).collect();
        let heads = [&words::ITEM, &words::STATUS, &words::COUNTS_FOR, &words::BECAUSE];
        let table = table("zice-listed", Html::default(), &heads, rows, lang);
        part("h3", &words::fill(&words::ITEMS, lang, name), false, vec![table])
    });
    group("div", "", lists.collect())
}

fn row(item: &ItemReport, report: &Report, lang: Lang) -> Html {
    let titles = |ids: &[String]| {
        let titles: Vec<&str> = ids
            .iter()
            .filter_map(|id| report.criteria.iter().find(|one| one.id == *id))
            .map(|one| one.title.as_str())
            .collect();
        titles.join(words::LIST_COMMA.get(lang))
    };
    let (counts, may_count) = (titles(&item.counts_for), titles(&item.may_count_for));
    let word = match item.status {
        ItemStatus::Counts => &words::COUNTS,
        ItemStatus::DoesNotCount => &words::DOES_NOT_COUNT,
        other => words::status(other.name()),
    };
    let because = item.because.iter().map(|note| {
        let cites: Vec<String> = note.cites.iter().map(|cite| cite_text(cite, lang)).collect();
        let cites = cites.join(words::SEMICOLON.get(lang));
        group("li", "", vec![text(&note.text), line("p", "zice-rule", &[&cites])])
    });
    let number = (item.index + 1).to_string();
    tag(
        "tr",
        attrs! { "data-zice-item": &number, "data-zice-status": item.status.name() },
        vec![
            tag("th", attrs! { "scope": "row" }, vec![text(&[&number, " ", &item.name].concat())]),
            group("td", "", vec![state(item.status.name(), word.get(lang))]),
            group(
                "td",
                "",
                vec![
                    maybe(!counts.is_empty(), || line("p", "", &[&counts])),
                    maybe(!may_count.is_empty(), || {
                        line("p", "", &[words::MAY_COUNT_FOR.get(lang), &may_count])
                    }),
                ],
            ),
            group("td", "", vec![group("ul", "", because.collect())]),
        ],
    )
}

/// Numbers that decide nothing. What can't be calculated yet is only named.
pub fn indicators(told: &Told) -> Html {
    let (lang, report) = (told.lang, told.report);
    let mut children = Vec::new();
    for rows in report.indicators.chunk_by(|one, next| one.group == next.group) {
        if let Some(title) = rows.first().and_then(|row| row.group.as_ref()) {
            children.push(line("h4", "", &[title]));
        }
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for it in rows {
            if it.values.iter().any(is_known) {
                known.push(indicator(it, told));
            } else {
                missing.push(it.title.as_str());
            }
        }
        if !known.is_empty() {
            let heads = [&words::INDICATOR, &words::VALUE, &words::SOURCE];
            children.push(table("zice-three", Html::default(), &heads, known, lang));
        }
        if !missing.is_empty() {
            let missing = missing.join(words::LIST_COMMA.get(lang));
            children.push(line("p", "", &[words::NO_FIGURES.get(lang), &missing]));
        }
    }
    maybe(!children.is_empty(), || part("h3", words::INDICATORS.get(lang), false, children))
}

/// Whether a figure says anything: that it is not below nought does not.
fn is_known(value: &IndicatorFigure) -> bool {
    value
        .observed
        .as_ref()
        .is_some_and(|it| it.max.is_some() || it.min.as_deref().is_some_and(|least| least != "0"))
}

fn indicator(indicator: &IndicatorReport, told: &Told) -> Html {
    let lang = told.lang;
    let values = indicator.values.iter().filter(|value| is_known(value)).map(|value| {
        let year = value.year.map(|year| words::fill(&words::YEAR, lang, &year.to_string()));
        let year = year.unwrap_or_default();
        let side = value.side_title.as_deref().unwrap_or("");
        // What the calculation begins with is not said before it as well.
        if !year.is_empty() && value.explain.trim_start_matches('(').starts_with(&year) {
            return line("li", "", &[&value.explain]);
        }
        let space = if year.is_empty() || side.is_empty() { "" } else { " " };
        let colon = if year.is_empty() && side.is_empty() { "" } else { words::COLON.get(lang) };
        line("li", "", &[&year, space, side, colon, &value.explain])
    });
    tag(
        "tr",
        attrs! { "data-zice-indicator": &indicator.id },
        vec![
            tag(
                "th",
                attrs! { "scope": "row" },
                vec![
                    line("p", "", &[&indicator.title]),
                    line("p", "zice-rule", &[&indicator.rule]),
                ],
            ),
            group("td", "", vec![group("ul", "", values.collect())]),
            group("td", "", vec![cites(told, &indicator.cites)]),
        ],
    )
}

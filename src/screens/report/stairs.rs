//! Stairs: verdict and points along a figure, drawn, and as a table for who reads or
//! listens.

use yew::prelude::*;
use zice_engine::protocol::{Scale, Stair, Tryable};
use zice_rules::Verdict;

use crate::{
    page::{Session, Standing, Total},
    parts::verdict::{interval, verdict_words},
    screens::report::what_if::{amount, at},
    ui::dom::{attrs, details, group, line, tag, text},
    words,
};

/// Size of the drawing; it scales with the page.
const WIDTH: i64 = 300;
/// Room on both sides.
const MARGIN: i64 = 8;
/// The lines of no points and of all.
const FLOOR: i64 = 64;
const CEILING: i64 = 12;

/// The stairs of one programme; `total` is what it comes to now.
pub fn stairs(
    session: &Session,
    scale: &Scale,
    figure: &Tryable,
    steps: &[Stair],
    total: Option<Total>,
) -> Html {
    let drawing = drawing(scale, steps, total);
    let table = table(session, scale, figure, steps);
    let title = words::STAIRS.get(session.view.lang);
    group("div", "zice-stairs", vec![drawing, details("", title, vec![table])])
}

/// Where an amount lies across the drawing.
fn across(scale: &Scale, granules: i64) -> i64 {
    let (from, to) = scale.shown;
    let part = granules.clamp(from, to).saturating_sub(from);
    let wide = to.saturating_sub(from).max(1);
    // Of spans too wide to be multiplied a thousandth is enough for the eye.
    let (part, wide) =
        if wide > 1 << 52 { (part >> 10, (wide >> 10).max(1)) } else { (part, wide) };
    MARGIN + part.saturating_mul(WIDTH - 2 * MARGIN) / wide
}

fn drawing(scale: &Scale, steps: &[Stair], total: Option<Total>) -> Html {
    let drawn =
        |class: &str, path: &str| tag("path", attrs! { "class": class, "d": path }, Vec::new());
    let out_of = i64::from(total.map_or(0, |it| it.out_of).max(1));
    let height = |points: u8| FLOOR - i64::from(points) * (FLOOR - CEILING) / out_of;
    let seen = steps.iter().filter(|it| it.to >= scale.shown.0 && it.from <= scale.shown.1);
    let (mut least, mut most, mut met) = (String::new(), String::new(), String::new());
    for step in seen {
        let (from, to) = (across(scale, step.from).to_string(), across(scale, step.to).to_string());
        if let Some((min, max)) = step.score {
            for (path, points) in [(&mut least, min), (&mut most, max)] {
                let start = if path.is_empty() { "M" } else { "L" };
                let high = height(points).to_string();
                path.push_str(&[start, &from, " ", &high, "H", &to].concat());
            }
        }
        if step.verdict == Verdict::Met {
            met.push_str(&["M", &from, " 70H", &to, "v6H", &from, "z"].concat());
        }
    }
    let (left, right) = (MARGIN.to_string(), (WIDTH - MARGIN).to_string());
    let now = across(scale, scale.amount.unwrap_or(0)).to_string();
    let mut parts = vec![
        drawn("zice-ladder-track", &["M", &left, " 70H", &right, "v6H", &left, "z"].concat()),
        drawn("zice-stairs-met", &met),
        drawn("zice-stairs-most", &most),
        drawn("zice-stairs-least", &least),
    ];
    if let Some(total) = total {
        let needs = height(total.needs).to_string();
        parts.push(drawn("zice-stairs-needs", &["M", &left, " ", &needs, "H", &right].concat()));
    }
    parts.push(drawn("zice-stairs-now", &["M", &now, " 6V80"].concat()));
    tag(
        "svg",
        attrs! {
            "class": "zice-stairs-drawing", "viewBox": "0 0 300 84", "aria-hidden": "true",
            "focusable": "false",
        },
        parts,
    )
}

fn table(session: &Session, scale: &Scale, figure: &Tryable, steps: &[Stair]) -> Html {
    let lang = session.view.lang;
    let last = steps.len().saturating_sub(1);
    let rows = steps.iter().enumerate().map(|(number, step)| {
        let end = |granules: i64| amount(session, figure.fact, &at(scale, granules));
        let span = if number == last {
            words::fill(&words::FROM_ON, lang, &end(step.from))
        } else if step.from == step.to {
            end(step.from)
        } else {
            [&*end(step.from), words::TO.get(lang), &*end(step.to)].concat()
        };
        let (class, said) = verdict_words(lang, Some(step.verdict.name()), Standing::Firm);
        let score = step.score.map_or_else(String::new, |it| interval(it.0, it.1, lang));
        let current = scale.amount.is_some_and(|it| (step.from..=step.to).contains(&it));
        let cells = vec![
            tag("th", attrs! { "scope": "row" }, vec![text(&span)]),
            line("td", class, &[&said]),
            line("td", "", &[&score]),
        ];
        tag("tr", attrs! { "aria-current": if current { "true" } else { "" } }, cells)
    });
    let rows: Vec<Html> = rows.collect();
    let heads = [&words::WHAT_IF_TO, &words::RESULT, &words::SCORE];
    let heads =
        heads.iter().map(|it| tag("th", attrs! { "scope": "col" }, vec![text(it.get(lang))]));
    let head = group("thead", "", vec![group("tr", "", heads.collect())]);
    group("table", "zice-plain-table", vec![head, group("tbody", "", rows)])
}

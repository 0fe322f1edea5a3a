//! The verdict of each programme in words, and its score on a ladder.

use yew::prelude::*;
use zice_rules::Lang;

use crate::{
    page::{Standing, Total},
    ui::dom::{attrs, tag, text},
    words,
};

/// Width of the ladder's drawing; it scales with the page.
const WIDTH: u32 = 300;
/// Room on both sides, so that the numbers at the ends are not cut.
const MARGIN: u32 = 16;

/// The interval of points against the pass mark. Position, stripes and numbers
/// carry the meaning, not colour; the words beside it say the same.
pub fn ladder(lang: Lang, total: Total) -> Html {
    let place = |points: u8| {
        MARGIN + u32::from(points) * (WIDTH - 2 * MARGIN) / u32::from(total.out_of.max(1))
    };
    let (from, to) = (place(total.min), place(total.max));
    let label = [
        words::SCORE.get(lang),
        " ",
        &interval(total.min, total.max, lang),
        words::COMMA.get(lang),
        words::PASS_MARK.get(lang),
        " ",
        &pass_mark(lang, total),
    ]
    .concat();
    let drawn = |class: &str, path: &[&str]| {
        tag("path", attrs! { "class": class, "d": &path.concat() }, Vec::new())
    };
    let number = |x: u32, y: &str, words: &str| {
        // The words at the ends are not cut.
        let x = x.clamp(2 * MARGIN, WIDTH - 2 * MARGIN).to_string();
        tag("text", attrs! { "x": &x, "y": y, "text-anchor": "middle" }, vec![text(words)])
    };
    let (left, right) = ((from - 1).to_string(), (to + 1).to_string());
    let (start, end) = (MARGIN.to_string(), (WIDTH - MARGIN).to_string());
    let mut stripes = ["M", &left, " 20H", &right, "V38H", &left, "Z"].concat();
    for x in (from + 3..to).step_by(4) {
        stripes.push_str(&["M", &x.to_string(), " 20V38"].concat());
    }
    let mark = place(total.needs);
    let mut parts = vec![
        drawn("zice-ladder-track", &["M", &start, " 24H", &end, "V34H", &start, "Z"]),
        drawn("zice-ladder-sure", &["M", &start, " 24H", &left, "V34H", &start, "Z"]),
        drawn("zice-ladder-range", &[&stripes]),
        drawn("zice-ladder-mark", &["M", &mark.to_string(), " 14V44"]),
        number(mark, "10", &[words::PASS_MARK.get(lang), " ", &pass_mark(lang, total)].concat()),
    ];
    for points in (0..=total.out_of).step_by(20) {
        let x = place(points).to_string();
        parts.push(drawn("zice-ladder-track", &["M", &x, " 34V40"]));
        parts.push(tag(
            "text",
            attrs! { "x": &x, "y": "52", "text-anchor": "middle" },
            vec![text(&points.to_string())],
        ));
    }
    tag(
        "svg",
        attrs! {
            "class": "zice-ladder", "viewBox": "0 0 300 56", "role": "img", "aria-label": &label,
        },
        parts,
    )
}

/// A bar without words: what is certain, what is possible and the pass mark, out of
/// so many points. It stands beside its numbers.
pub fn bar(min: u8, max: u8, out_of: u8, needs: Option<u8>) -> Html {
    let place = |points: u8| u32::from(points) * 100 / u32::from(out_of.max(1));
    let (from, to) = (place(min), place(max));
    let drawn =
        |class: &str, path: &str| tag("path", attrs! { "class": class, "d": path }, Vec::new());
    let stripes = (from..to).step_by(4).map(|x| {
        let width = (to - x).min(2).to_string();
        ["M", &x.to_string(), " 2h", &width, "v8h-", &width, "z"].concat()
    });
    let stripes: String = stripes.collect();
    let mark = needs.map(|points| ["M", &place(points).to_string(), " 0h1v12h-1z"].concat());
    let parts = vec![
        drawn("zice-bar-track", "M0 2h100v8h-100z"),
        drawn(
            "zice-bar-sure",
            &["M0 2h", &from.to_string(), "v8h-", &from.to_string(), "z"].concat(),
        ),
        drawn("zice-bar-may", &stripes),
        mark.map_or_else(Html::default, |path| drawn("zice-bar-mark", &path)),
    ];
    tag(
        "svg",
        attrs! {
            "class": "zice-bar", "viewBox": "0 0 100 12", "preserveAspectRatio": "none",
            "aria-hidden": "true", "focusable": "false",
        },
        parts,
    )
}

/// The pass mark: `60 分`, or `高于 70 分` where that itself is not enough.
pub fn pass_mark(lang: Lang, total: Total) -> String {
    let above = if total.strict { words::ABOVE.get(lang) } else { "" };
    [above, &interval(total.needs, total.needs, lang)].concat()
}

/// An interval of points: `56–66 分`.
pub fn interval(min: u8, max: u8, lang: Lang) -> String {
    let (least, most) = (min.to_string(), max.to_string());
    let points = words::count(&words::POINTS, lang, max.into());
    if min == max {
        [&least, " ", &*points].concat()
    } else {
        [&least, "–", &most, " ", &*points].concat()
    }
}

/// The score in words: `综合得分 56–66 分，满分 100 分`.
pub fn score(lang: Lang, total: Total, standing: Standing) -> Vec<Html> {
    let points = interval(total.min, total.max, lang);
    let out_of = interval(total.out_of, total.out_of, lang);
    let standing = words::standing(standing).map_or("", |word| word.get(lang));
    let colon = if standing.is_empty() { "" } else { words::COLON.get(lang) };
    vec![
        text(&[standing, colon].concat()),
        text(words::SCORE.get(lang)),
        text(" "),
        tag("strong", attrs! { "data-zice-score": "true" }, vec![text(&points)]),
        text(&[words::COMMA.get(lang), words::OUT_OF.get(lang), " ", &out_of].concat()),
    ]
}

/// The class and the words of a verdict.
pub fn verdict_words(lang: Lang, name: Option<&str>, standing: Standing) -> (&'static str, String) {
    let told = words::verdict(name).get(lang);
    let unsure = words::standing(standing);
    match unsure.filter(|_| !matches!(name, Some("hint" | "not_applicable"))) {
        None => (state_class(name), told.to_owned()),
        Some(word) => {
            let words =
                [word.get(lang), words::BRACKET.get(lang), told, words::BRACKET_END.get(lang)];
            (state_class(Some("needs_review")), words.concat())
        }
    }
}

/// A verdict in words. One that can't be relied on says so first, and is drawn like
/// one that a person must judge.
pub fn verdict(lang: Lang, name: Option<&str>, standing: Standing) -> Html {
    let (class, words) = verdict_words(lang, name, standing);
    tag(
        "p",
        attrs! {
            "class": &["zice-verdict ", class].concat(), "part": "verdict",
            "data-zice-verdict": name.unwrap_or("none"),
        },
        vec![text(&words)],
    )
}

/// The class that draws a state; the words carry the meaning.
pub fn state_class(name: Option<&str>) -> &'static str {
    match name {
        Some("met" | "counts") => "zice-is-met",
        Some("not_met") => "zice-is-not-met",
        // Of bad news, not to count is good.
        Some("does_not_count" | "not_applicable") => "zice-is-neutral",
        // Points are a figure: neither good nor bad.
        Some("scored") => "zice-is-scored",
        Some("needs_review") => "zice-is-review",
        _ => "zice-is-open",
    }
}

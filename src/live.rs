//! The live picture: of each programme the verdict in words and the score on
//! its ladder.

use yew::prelude::*;
use zice_rules::{Lang, Policy};

use crate::{
    dom::{attrs, group, line, maybe, tag, text},
    picture::Picture,
    session::Session,
    words,
};

/// Width of the ladder's drawing; it scales with the page.
const WIDTH: u32 = 300;
/// Room on both sides, so that the numbers at the ends are not cut.
const MARGIN: u32 = 14;

/// The interval of points against the pass mark. Position and pattern carry
/// the meaning, not colour; the words beside it say the same.
pub fn ladder(lang: Lang, (min, max, out_of, passes): (u8, u8, u8, u8)) -> Html {
    let place =
        |points: u8| MARGIN + u32::from(points) * (WIDTH - 2 * MARGIN) / u32::from(out_of.max(1));
    let (from, to, mark) = (place(min), place(max), place(passes).to_string());
    let passes = passes.to_string();
    let label = [
        words::SCORE.get(lang),
        " ",
        &interval(min, max, lang),
        words::COMMA.get(lang),
        words::PASS_MARK.get(lang),
        " ",
        &passes,
        " ",
        words::POINTS.get(lang),
    ]
    .concat();
    let bar = |class: &str, (x, y): (u32, &str), (width, height): (u32, &str)| {
        let (x, width) = (x.to_string(), width.to_string());
        tag(
            "rect",
            attrs! { "class": class, "x": &x, "y": y, "width": &width, "height": height },
            Vec::new(),
        )
    };
    let number = |x: &str, y: &str, words: &str| {
        tag("text", attrs! { "x": x, "y": y, "text-anchor": "middle" }, vec![text(words)])
    };
    tag(
        "svg",
        attrs! {
            "class": "zice-ladder", "viewBox": "0 0 300 56", "role": "img", "aria-label": &label,
        },
        vec![
            bar("zice-ladder-track", (MARGIN, "24"), (WIDTH - 2 * MARGIN, "10")),
            bar("zice-ladder-range", (from.saturating_sub(1), "20"), (to - from + 2, "18")),
            tag(
                "line",
                attrs! {
                    "class": "zice-ladder-mark", "x1": &mark, "x2": &mark, "y1": "12", "y2": "44",
                },
                Vec::new(),
            ),
            number(&mark, "10", &passes),
            number(&place(0).to_string(), "53", "0"),
            number(&place(out_of).to_string(), "53", &out_of.to_string()),
        ],
    )
}

/// `56–66 分`
pub fn interval(min: u8, max: u8, lang: Lang) -> String {
    let (least, most) = (min.to_string(), max.to_string());
    let points = words::POINTS.get(lang);
    if min == max {
        [&least, " ", points].concat()
    } else {
        [&least, "–", &most, " ", points].concat()
    }
}

/// The score in words: `综合得分 56–66 分，满分 100 分`.
pub fn score(lang: Lang, (min, max, out_of, _): (u8, u8, u8, u8)) -> Vec<Html> {
    vec![
        text(words::SCORE.get(lang)),
        text(" "),
        tag("strong", attrs! { "data-zice-score": "true" }, vec![text(&interval(min, max, lang))]),
        text(
            &[
                words::COMMA.get(lang),
                words::OUT_OF.get(lang),
                " ",
                &interval(out_of, out_of, lang),
            ]
            .concat(),
        ),
    ]
}

/// A verdict in words.
pub fn verdict(lang: Lang, name: Option<&str>) -> Html {
    tag(
        "p",
        attrs! {
            "class": &["zice-verdict ", state_class(name)].concat(),
            "data-zice-verdict": name.unwrap_or("none"),
        },
        vec![text(words::verdict(name).get(lang))],
    )
}

/// Beside the interview.
pub fn live(session: &Session) -> Html {
    let lang = session.lang;
    let mut children =
        vec![tag("h2", attrs! { "id": "zice-live-title" }, vec![text(words::LIVE.get(lang))])];
    let several = session.pictures.len() > 1;
    for (policy, picture) in session.policies().zip(&session.pictures) {
        let title = policy.title.get(lang);
        children.push(programme(lang, if several { title } else { "" }, policy, picture));
    }
    tag("aside", attrs! { "class": "zice-live", "aria-labelledby": "zice-live-title" }, children)
}

fn programme(lang: Lang, title: &str, policy: &Policy, picture: &Picture) -> Html {
    let (none, some) = match picture.hints {
        None => (&words::NO_OPEN_QUESTIONS, &words::OPEN_QUESTIONS),
        Some(_) => (&words::NO_OPEN_HINTS, &words::OPEN_HINTS),
    };
    let word = if picture.open.is_empty() { none } else { some };
    let open = words::count(word, lang, picture.open.len());
    let hints = picture.hints.map(|hints| words::count(&words::HINTS_FOUND, lang, hints));
    tag(
        "section",
        attrs! { "data-zice-programme": &policy.id },
        vec![
            maybe(!title.is_empty(), || line("h3", "", &[title])),
            // What is read out when it changes; the number of open questions
            // changes with every answer and would be too much.
            tag(
                "div",
                attrs! { "role": "status" },
                vec![
                    verdict(lang, picture.verdict),
                    picture
                        .score
                        .map_or_else(Html::default, |points| group("p", "", score(lang, points))),
                ],
            ),
            hints.map_or_else(Html::default, |hints| line("p", "", &[&hints])),
            line("p", "zice-decided", &[&decided(lang, policy, picture)]),
            line("p", "", &[&open]),
            picture.score.map_or_else(Html::default, |points| ladder(lang, points)),
        ],
    )
}

/// So many conditions are named; the others are counted.
const NAMED: usize = 3;

/// What decided the verdict, or what it waits for.
fn decided(lang: Lang, policy: &Policy, picture: &Picture) -> String {
    let told = &picture.decided;
    let titles = |word: &words::Word, rows: &[usize]| {
        let named = rows.iter().take(NAMED).filter_map(|at| policy.criteria.get(*at));
        let named: Vec<&str> = named.map(|one| one.title.get(lang)).collect();
        let mut words = [word.get(lang), &named.join(words::LIST_COMMA.get(lang))].concat();
        if rows.len() > NAMED {
            words.push_str(&words::count(&words::AND_MORE, lang, rows.len()));
        }
        words
    };
    let mut parts = Vec::new();
    if let (Some("met"), Some(route)) = (picture.verdict, told.route) {
        parts.push(titles(&words::DECIDED_BY, &[route]));
    }
    if !told.failed.is_empty() {
        parts.push(titles(&words::FAILED, &told.failed));
    }
    if picture.verdict == Some("needs_review") {
        parts.push(titles(&words::TO_REVIEW, &told.review));
    }
    if picture.is_undecided() && told.met + told.waiting > 0 {
        let met = words::count(&words::TALLY, lang, told.met);
        parts.push(met.replace("{b}", &told.waiting.to_string()));
    }
    parts.join(words::SEMICOLON.get(lang))
}

/// The class that draws a state; the words carry the meaning.
pub fn state_class(name: Option<&str>) -> &'static str {
    match name {
        Some("met" | "counts") => "zice-is-met",
        Some("not_met") => "zice-is-not-met",
        // Of bad news, not to count is good.
        Some("scored" | "does_not_count") => "zice-is-neutral",
        Some("needs_review") => "zice-is-review",
        _ => "zice-is-open",
    }
}

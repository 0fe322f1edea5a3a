//! The verdict of each programme in words, and its score on a ladder.

use yew::prelude::*;
use zice_engine::protocol::Outline;
use zice_rules::{Lang, Verdict};

use crate::{
    page::{Picture, Session, Standing, Total},
    ui::dom::{attrs, group, line, maybe, tag, text},
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

/// A verdict in words. One that can't be relied on says so first, and is drawn like
/// one that a person must judge.
pub fn verdict(lang: Lang, name: Option<&str>, standing: Standing) -> Html {
    let told = words::verdict(name).get(lang);
    let (class, words) = match words::standing(standing)
        .filter(|_| !matches!(name, Some("hint" | "not_applicable")))
    {
        None => (state_class(name), told.to_owned()),
        Some(word) => {
            let words =
                [word.get(lang), words::BRACKET.get(lang), told, words::BRACKET_END.get(lang)];
            (state_class(Some("needs_review")), words.concat())
        }
    };
    tag(
        "p",
        attrs! {
            "class": &["zice-verdict ", class].concat(),
            "data-zice-verdict": name.unwrap_or("none"),
        },
        vec![text(&words)],
    )
}

/// The results so far, shown beside the interview.
pub fn beside(session: &Session) -> Html {
    let lang = session.view.lang;
    let mut children =
        vec![tag("h2", attrs! { "id": "zice-live-title" }, vec![text(words::LIVE.get(lang))])];
    let several = session.results.pictures.len() > 1;
    for (policy, picture) in session.policies().zip(&session.results.pictures) {
        let title = policy.title.get(lang);
        children.push(programme(lang, if several { title } else { "" }, policy, picture));
    }
    tag("aside", attrs! { "class": "zice-live", "aria-labelledby": "zice-live-title" }, children)
}

fn programme(lang: Lang, title: &str, policy: &Outline, picture: &Picture) -> Html {
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
            group(
                "div",
                "",
                vec![
                    verdict(lang, picture.verdict_name(), picture.standing),
                    picture.score.map_or_else(Html::default, |points| {
                        group("p", "", score(lang, points, picture.standing))
                    }),
                ],
            ),
            // What is read out once nothing has changed for a moment, not at
            // every key: the script puts there what stands before it. The
            // number of open questions changes with every answer and would be
            // too much.
            tag("p", attrs! { "class": "zice-hidden", "role": "status" }, Vec::new()),
            hints.map_or_else(Html::default, |hints| line("p", "", &[&hints])),
            line("p", "zice-decided", &[&decided(lang, policy, picture)]),
            line("p", "", &[&open]),
            picture.score.map_or_else(Html::default, |points| ladder(lang, points)),
        ],
    )
}

/// The conditions that decided the verdict, or how many it waits for.
fn decided(lang: Lang, policy: &Outline, picture: &Picture) -> String {
    let told = &picture.decided;
    let titles = |word: &words::Word, rows: &[usize]| {
        let titles = rows.iter().filter_map(|at| policy.criteria.get(*at));
        let titles: Vec<&str> = titles.map(|one| one.title.get(lang)).collect();
        [word.get(lang), &words::named(&titles, &words::AND_MORE, lang)].concat()
    };
    let mut parts = Vec::new();
    if let (Some(Verdict::Met), Some(route)) = (picture.verdict, told.route) {
        parts.push(titles(&words::DECIDED_BY, &[route]));
    }
    if !told.failed.is_empty() {
        parts.push(titles(&words::FAILED, &told.failed));
    }
    if picture.verdict == Some(Verdict::NeedsReview) {
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
        Some("scored" | "does_not_count" | "not_applicable") => "zice-is-neutral",
        Some("needs_review") => "zice-is-review",
        _ => "zice-is-open",
    }
}

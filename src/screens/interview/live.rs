//! The result so far: a strip at the top of a narrow page, a panel beside the form of
//! a wide one. The strip opens the panel as a sheet.

use yew::prelude::*;
use zice_engine::protocol::{Basis, Outline, Share};
use zice_rules::{Lang, Verdict};

use crate::{
    page::{Action, Focus, Picture, Screen, Session, Shared, act, path::Path},
    parts::verdict::{bar, interval, ladder, verdict, verdict_words},
    ui::dom::{attrs, button, group, line, maybe, pressing, tag, text},
    words,
};

/// The id of the panel, which the strip opens.
const PANEL: &str = "zice-panel";

/// The results so far; with several programmes the one that the topic asks for is
/// open.
pub fn live(session: &Shared, topic: usize) -> Html {
    let lang = session.view.lang;
    let results: Vec<(&Outline, &Picture)> =
        session.policies().zip(&session.results.pictures).collect();
    let several = results.len() > 1;
    let first =
        session.scope.topics.get(topic).and_then(|it| it.asked.iter().flat_map(|it| &it.by).min());
    let mut panel = vec![tag(
        "h2",
        attrs! { "class": "", "id": "zice-live-title" },
        vec![text(words::LIVE.get(lang))],
    )];
    for (at, (policy, picture)) in results.iter().enumerate() {
        panel.push(if several {
            row(session, policy, picture, first == Some(&at))
        } else {
            let attrs = attrs! { "data-zice-programme": &policy.id };
            tag("section", attrs, told(session, policy, picture))
        });
    }
    let mut children = vec![
        strip(session, &results),
        tag("div", attrs! { "id": PANEL, "class": "zice-panel" }, panel),
    ];
    // What is read out once nothing has changed for a moment, not at every key: the
    // script puts there what the panel tells of each programme.
    let said = |_| tag("p", attrs! { "class": "zice-hidden", "role": "status" }, Vec::new());
    children.extend(results.iter().map(said));
    let attrs = attrs! {
        "class": "zice-live", "part": "status", "aria-labelledby": "zice-live-title",
    };
    tag("aside", attrs, children)
}

/// The result in one line: number, verdict, questions, and a bar below them.
fn strip(session: &Session, results: &[(&Outline, &Picture)]) -> Html {
    let lang = session.view.lang;
    let left = session.results.open.len();
    let word = if left == 0 { &words::LEFT_SHORT_NONE } else { &words::LEFT_SHORT };
    let left = words::count(word, lang, left);
    let mut children =
        vec![line("span", "zice-hidden", &[words::LIVE.get(lang), words::COLON.get(lang)])];
    match results {
        [(_, picture)] => {
            let (class, words) = verdict_words(lang, picture.verdict_name(), picture.standing);
            let number = picture.score.map(|it| interval(it.min, it.max, lang));
            let number = number.map_or_else(Html::default, |it| line("strong", "", &[&it]));
            let words = tag("span", attrs! { "part": "verdict" }, vec![text(&words)]);
            let class = ["zice-strip-words ", class].concat();
            children.push(group("span", &class, vec![number, words]));
        }
        several => children.push(tallied(lang, several)),
    }
    children.push(line("span", "zice-strip-left", &[&left]));
    if let [(_, Picture { score: Some(total), .. })] = results {
        children.push(bar(total.min, total.max, total.out_of, Some(total.needs)));
    }
    let attrs = attrs! {
        "type": "button", "class": "zice-strip", "aria-expanded": "false",
        "aria-controls": PANEL, "data-zice-fold": "true",
    };
    pressing(attrs, children, Callback::noop())
}

/// How many programmes are met, not met, and neither so far.
fn tallied(lang: Lang, results: &[(&Outline, &Picture)]) -> Html {
    let met = |it: &Picture| it.verdict == Some(Verdict::Met);
    let over = Picture::is_over;
    let count = |of: &dyn Fn(&Picture) -> bool| results.iter().filter(|(_, it)| of(it)).count();
    let groups = [
        ("zice-is-met", &words::MET, count(&met)),
        ("zice-is-not-met", &words::NOT_MET, count(&over)),
        ("zice-is-open", &words::UNDECIDED, count(&|it| !met(it) && !over(it))),
    ];
    let groups = groups.into_iter().map(|(class, word, count)| {
        let hidden = line("span", "zice-hidden", &[word.get(lang), " "]);
        group("span", class, vec![hidden, text(&count.to_string())])
    });
    let attrs = attrs! { "class": "zice-strip-words zice-tally", "part": "verdict" };
    tag("span", attrs, groups.collect())
}

/// A programme of several: a row with its result, and more below it.
fn row(session: &Shared, policy: &Outline, picture: &Picture, open: bool) -> Html {
    let lang = session.view.lang;
    let (class, _) = verdict_words(lang, picture.verdict_name(), picture.standing);
    let score = picture.score.map_or_else(String::new, |it| interval(it.min, it.max, lang));
    let left = picture.open.len();
    let left = maybe(left > 0, || text(&words::count(&words::LEFT_ROW, lang, left)));
    let summary = vec![
        line("h3", class, &[policy.title.get(lang)]),
        line("span", "zice-row-score", &[&score]),
        group("span", "zice-row-left", vec![left]),
    ];
    let mut children = vec![group("summary", "zice-row", summary)];
    children.extend(told(session, policy, picture));
    let attrs = attrs! {
        "class": "zice-result", "data-zice-programme": &policy.id, "open": if open { "true" } else { "" },
    };
    tag("details", attrs, children)
}

/// What the panel tells of a programme.
fn told(session: &Shared, policy: &Outline, picture: &Picture) -> Vec<Html> {
    let lang = session.view.lang;
    let (none, some) = match picture.hints {
        None => (&words::NO_OPEN_QUESTIONS, &words::OPEN_QUESTIONS),
        Some(_) => (&words::NO_OPEN_HINTS, &words::OPEN_HINTS),
    };
    let word = if picture.open.is_empty() { none } else { some };
    let open = words::count(word, lang, picture.open.len());
    let hints = picture.hints.map(|hints| words::count(&words::HINTS_FOUND, lang, hints));
    let number = picture.score.map_or_else(Html::default, |total| {
        let standing = words::standing(picture.standing).map_or("", |word| word.get(lang));
        let colon = if standing.is_empty() { "" } else { words::COLON.get(lang) };
        let points = interval(total.min, total.max, lang);
        let head = line("span", "zice-soft", &[standing, colon, words::SCORE.get(lang), " "]);
        let number = tag("strong", attrs! { "data-zice-score": "true" }, vec![text(&points)]);
        group("p", "zice-number", vec![head, number])
    });
    let mut children = vec![
        group(
            "div",
            "zice-told",
            vec![verdict(lang, picture.verdict_name(), picture.standing), number],
        ),
        picture.score.map_or_else(Html::default, |points| ladder(lang, points)),
    ];
    if picture.shares.len() > 1 {
        let shares = picture.shares.iter().map(|it| share(lang, policy, it, picture.shares.len()));
        children.push(group("ul", "zice-shares", shares.collect()));
    }
    children.push(hints.map_or_else(Html::default, |hints| line("p", "", &[&hints])));
    children.push(line("p", "zice-decided", &[&decided(lang, policy, picture)]));
    children.push(line("p", "zice-soft", &[&open]));
    children.push(group("p", "zice-next", vec![most_decisive(session, picture)]));
    children
}

/// So many parts of a total have room for what comes next.
const FEW: usize = 5;

/// A part of the total: its points, and where few are shown the next band.
fn share(lang: Lang, policy: &Outline, share: &Share, many: usize) -> Html {
    let Some(criterion) = policy.criteria.get(share.criterion) else { return Html::default() };
    let (min, max) = (share.min.to_string(), share.max.to_string());
    let range = if share.min == share.max { min } else { [&min, "–", &max].concat() };
    let points = [&range, "/", &share.out_of.to_string()].concat();
    let mut parts = vec![
        line("span", "zice-share-name", &[criterion.title.get(lang)]),
        bar(share.min, share.max, share.out_of, None),
        line("span", "zice-share-points", &[&points]),
    ];
    if many <= FEW {
        let next = next_band(lang, &criterion.bases, share).unwrap_or_default();
        parts.push(line("span", "zice-share-next", &[&next]));
    }
    group("li", "", parts)
}

/// The next band of what is settled: what has to be reached, and the points.
fn next_band(lang: Lang, bases: &[Basis], share: &Share) -> Option<String> {
    if share.min != share.max {
        return None;
    }
    let steps = || bases.iter().flat_map(|basis| basis.steps.iter().map(move |step| (basis, step)));
    let points = steps().map(|(_, step)| step.min).filter(|it| *it > share.max).min()?;
    let reach = steps().filter(|(_, step)| step.min == points).map(|(basis, step)| {
        let bound = step.from.as_deref().unwrap_or_default();
        let title = if bases.len() > 1 || bound.is_empty() { basis.title.get(lang) } else { "" };
        let above = if step.above { words::ABOVE.get(lang) } else { "" };
        let space = if title.is_empty() || bound.is_empty() { "" } else { " " };
        [title, space, above, bound].concat()
    });
    let reach: Vec<String> = reach.collect();
    let reach = reach.join(words::OR.get(lang));
    Some(words::count(&words::NEXT_BAND, lang, points.into()).replace("{b}", &reach))
}

/// The question that decides most, as a way to it.
fn most_decisive(session: &Shared, picture: &Picture) -> Html {
    let lang = session.view.lang;
    let facts = &session.catalogue.dictionary.facts;
    let Some(fact) = picture.open.first().and_then(|at| facts.get(*at)) else {
        return Html::default();
    };
    let Some(topic) = session.topic_of(&fact.id) else { return Html::default() };
    let label = words::fill(&words::MOST_DECISIVE, lang, fact.short.get(lang));
    let focus = Focus::Mistake(Path::fact(&fact.id));
    let show = act(session, Action::Show(Screen::Topic(topic), focus));
    button(attrs! { "type": "button", "class": "zice-link" }, &label, show)
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

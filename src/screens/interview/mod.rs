//! The interview: one topic at a time.

mod leftovers;
mod list;
mod live;
mod paste;
pub mod question;
mod sides;
mod statement;
mod summary;
mod why;
mod years;

use yew::prelude::*;

use crate::{
    page::{
        Action, Screen, Session, Shared, act,
        path::{NAME, Path},
        topics::Asked,
    },
    parts::{day::day_of_application, field::Slot, steps::step, year_change},
    ui::dom::{
        QUIET, attrs, button, details, group, keyed, line, maybe, pressing, tag, text, tick,
    },
    words,
};
use question::question;
use zice_rules::dictionary::{Fact, Kind};
use zice_tables::figure::Unit;

/// The screen of one topic, shown only once questions can be (`Supply::can_ask`): the
/// result so far, the steps, the questions, and the way on.
#[inline(never)]
pub fn interview(session: &Shared, at: usize) -> Html {
    let lang = session.view.lang;
    let Some(topic) = session.scope.topics.get(at) else { return Html::default() };
    let (name, step) = step(session, at);
    // No form that could be sent: Enter in a field must not leave the topic.
    let form = vec![
        summary::halted(session, at),
        if at == 0 { company(session) } else { Html::default() },
        maybe(at == 0 || topic.asked.iter().any(|it| !it.years.is_empty()), || {
            year_change::notice(session)
        }),
        maybe(asks_money(session, &topic.asked), || units(session)),
        // Another topic starts with its folds closed.
        usual(session, at),
        maybe(session.takes_statement(at), || statement::statement(session, at)),
        keyed(at.to_string(), questions(session, &topic.asked)),
        onward(session, at),
    ];
    let heading = attrs! { "class": "", "tabindex": "-1", "data-zice-heading": "true" };
    let form = vec![
        line("p", "zice-step", &[&step]),
        tag("h1", heading, vec![text(name)]),
        group("div", "", form),
    ];
    let topics = attrs! { "class": "zice-topics", "aria-label": words::TOPICS.get(lang) };
    group(
        "div",
        "zice-columns",
        vec![
            live::live(session, at),
            tag("nav", topics, steps(session, at, &step)),
            group("div", "zice-form", form),
        ],
    )
}

/// The steps: one below the other beside a wide form, else behind a line that says
/// which one this is.
fn steps(session: &Shared, at: usize, step: &str) -> Vec<Html> {
    let steps = session.scope.topics.iter().enumerate().map(|(other, it)| {
        let attrs =
            attrs! { "type": "button", "aria-current": if other == at { "step" } else { "" } };
        let name = line("span", "", &[title(session, other)]);
        let go = act(session, Action::Go(Screen::Topic(other)));
        group("li", "", vec![pressing(attrs, vec![name, left(session, &it.asked)], go)])
    });
    let unfold = attrs! {
        "type": "button", "class": "zice-unfold", "aria-expanded": "false",
        "aria-controls": STEPS, "data-zice-fold": "true",
    };
    vec![
        button(unfold, step, Callback::noop()),
        tag("ol", attrs! { "id": STEPS, "class": "zice-steps" }, steps.collect()),
    ]
}

/// The id of the list of steps.
const STEPS: &str = "zice-steps";

/// The title of a topic.
fn title(session: &Session, at: usize) -> &str {
    step(session, at).0
}

/// The ways on and back from a topic. What has nothing to ask is passed over, and
/// that is said.
fn onward(session: &Shared, at: usize) -> Html {
    let lang = session.view.lang;
    let (next, passed) = session.onward(at);
    let goal = match next {
        Screen::Topic(next) => title(session, next),
        _ => words::SEE_REPORT.get(lang),
    };
    let passed: Vec<&str> = passed.map(|at| title(session, at)).collect();
    let quoted = words::fill(&words::PASSED_OVER, lang, &passed.join(words::LIST_COMMA.get(lang)));
    let quiet = |word: &words::Word, screen: Screen| {
        let go = act(session, Action::Go(screen));
        button(attrs! { "type": "button", "class": QUIET }, word.get(lang), go)
    };
    let back = match at.checked_sub(1) {
        Some(before) => quiet(&words::BACK, Screen::Topic(before)),
        None => quiet(&words::BACK_TO_CHOOSE, Screen::Choose),
    };
    let forward = attrs! { "type": "button", "class": "zice-button", "data-zice-next": "true" };
    let label = words::fill(&words::NEXT, lang, goal);
    let buttons = vec![
        back,
        maybe(next != Screen::Report, || quiet(&words::SEE_REPORT, Screen::Report)),
        button(forward, &label, act(session, Action::Next(next))),
    ];
    // The line keeps its place, empty or not.
    let said = if passed.is_empty() { "" } else { &*quoted };
    let passed = tag("p", attrs! { "class": "zice-passed" }, vec![text(said)]);
    group("div", "zice-onward", vec![group("div", "zice-actions", buttons), passed])
}

/// How many questions of a topic can still change a result.
fn left(session: &Session, asked: &[Asked]) -> Html {
    let lang = session.view.lang;
    let left = asked.iter().filter(|it| session.results.open.contains(&it.fact)).count();
    let doubted = |it: &Asked| {
        session.results.doubts.iter().any(|open| session.told_by(open) == Some(it.fact))
    };
    let shown = match left {
        0 if asked.iter().any(doubted) => "?".to_owned(),
        0 => "✓".to_owned(),
        left => left.to_string(),
    };
    let word = if left == 0 { &words::LEFT_NONE } else { &words::LEFT };
    let words = words::count(word, lang, left);
    // Its width stays: the steps must not move while somebody types below.
    let shown =
        tag("span", attrs! { "class": "zice-left", "aria-hidden": "true" }, vec![text(&shown)]);
    group("span", "", vec![shown, line("span", "zice-hidden", &[&words])])
}

fn asks_money(session: &Session, asked: &[Asked]) -> bool {
    let facts = &session.catalogue.dictionary.facts;
    asked.iter().filter_map(|it| facts.get(it.fact)).any(|fact| {
        fact.kind == Kind::Money || fact.fields.iter().any(|field| field.kind == Kind::Money)
    })
}

/// What money is typed in, in all topics.
fn units(session: &Shared) -> Html {
    let lang = session.view.lang;
    let mut options = vec![line("legend", "", &[words::MONEY_IN.get(lang)])];
    for (name, unit, word) in [
        ("zice-unit-1", Unit::Yuan, &words::YUAN),
        ("zice-unit-10000", Unit::TenThousand, &words::TEN_THOUSAND_YUAN),
    ] {
        let attrs = attrs! { "type": "radio", "id": name, "name": "zice-unit" };
        let tick = tick(attrs, session.view.unit == unit, act(session, Action::Unit(unit)));
        options.push(tag("label", attrs! { "for": name }, vec![tick, text(word.get(lang))]));
    }
    group("fieldset", "zice-radios zice-units", options)
}

/// The fewest questions that are worth a button.
const WORTH: usize = 2;

/// The button that gives the usual answers of a topic, and says which; once pressed, the
/// way back.
fn usual(session: &Shared, at: usize) -> Html {
    let lang = session.view.lang;
    let topic = session.scope.topics.get(at);
    let topic = topic.and_then(|it| session.catalogue.dictionary.topics.get(it.topic));
    let Some(words) = topic.and_then(|it| it.usual.as_ref()) else { return Html::default() };
    let given = session.view.given.as_ref().filter(|(topic, _)| *topic == at);
    let all = session.usual(at);
    let (action, label, said) = if let Some((_, given)) = given {
        let said = words::count(&words::USUAL_GIVEN, lang, given.len());
        (Action::TakeUsualBack, words::USUAL_BACK.get(lang), said)
    } else if all.len() >= WORTH {
        let answer = |(fact, yes): &(&Fact, bool)| {
            let word = if *yes { &words::YES } else { &words::NO };
            let said = fact.answers.as_ref().map_or(word.get(lang), |it| it.said(*yes).get(lang));
            [fact.short.get(lang), words::COLON.get(lang), said].concat()
        };
        let all: Vec<String> = all.iter().map(answer).collect();
        let said = words::fill(&words::USUAL_GIVES, lang, &all.join(words::SEMICOLON.get(lang)));
        (Action::GiveUsual(at), words.get(lang), said)
    } else {
        return Html::default();
    };
    let attrs = attrs! {
        "type": "button", "class": QUIET, "data-zice-usual": "true",
        "aria-describedby": "zice-usual",
    };
    let said = tag(
        "p",
        attrs! { "id": "zice-usual", "class": "zice-rule", "role": "status" },
        vec![text(&said)],
    );
    group("div", "zice-usual", vec![button(attrs, label, act(session, action)), said])
}

/// The questions of a topic. Those that were folded away when it was opened
/// stay at its foot: one that came to matter meanwhile comes out, but not one
/// that is being answered down there, which would be taken from under the
/// hands.
fn questions(session: &Shared, asked: &[Asked]) -> Html {
    let (mut shown, mut folded, mut row) = (Vec::new(), Vec::new(), Vec::new());
    let years = years::columns(session, asked);
    let unit = if years.len() > 1 { years::common_unit(session, asked) } else { "" };
    let heads: Vec<String> =
        years.into_iter().map(|it| years::head(session.view.lang, it, unit)).collect();
    for it in asked {
        let fold = session.view.folded.contains(&it.fact)
            && (session.is_answered(it.fact) || !session.results.open.contains(&it.fact));
        let one = question(session, it);
        if fold {
            folded.push(one);
        } else if years::is_figure(session, it) {
            row.push(one);
        } else {
            shown.extend(sheet(&heads, core::mem::take(&mut row)));
            shown.push(one);
        }
    }
    shown.extend(sheet(&heads, row));
    let fold = if folded.is_empty() {
        Html::default()
    } else {
        let summary = words::count(&words::FOLDED, session.view.lang, folded.len());
        details("zice-folded", &summary, folded)
    };
    group("div", "", vec![group("div", "", shown), fold])
}

/// Figures by year, one below the other, under one head that names the years. Each is
/// a question of its own and names its years itself, so the head is for the eye alone.
fn sheet(heads: &[String], rows: Vec<Html>) -> Vec<Html> {
    if rows.len() < 2 {
        return rows;
    }
    let class = if heads.len() > 1 { "zice-rows zice-rows-wide" } else { "zice-rows" };
    let heads = heads.iter().map(|it| line("span", "", &[it]));
    let attrs = attrs! { "class": "zice-years-head", "aria-hidden": "true" };
    let mut children = vec![tag("div", attrs, heads.collect())];
    children.extend(rows);
    vec![group("div", class, children)]
}

/// Name of the company and day of application.
fn company(session: &Shared) -> Html {
    let lang = session.view.lang;
    let place = Path::member(NAME);
    let name = Slot { label: words::COMPANY_NAME.get(lang), ..Slot::text(session, &place) };
    group(
        "fieldset",
        "zice-question",
        vec![
            line("legend", "", &[words::COMPANY.get(lang)]),
            name.show(),
            day_of_application(session),
        ],
    )
}

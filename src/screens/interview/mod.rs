//! The interview: one topic at a time.

mod leftovers;
mod list;
mod paste;
pub mod question;
mod sides;
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
    parts::{day::day_of_application, field::Slot, steps::step, verdict::beside, year_change},
    ui::dom::{
        QUIET, attrs, button, details, group, keyed, line, maybe, pressing, tag, text, tick,
    },
    words,
};
use question::question;
use zice_rules::dictionary::Kind;
use zice_tables::figure::Unit;

/// The screen of one topic, shown only once questions can be (`Supply::can_ask`).
#[inline(never)]
pub fn interview(session: &Shared, at: usize) -> Html {
    let lang = session.view.lang;
    let topics = &session.scope.topics;
    let Some(topic) = topics.get(at) else { return Html::default() };
    let title = |topic: usize| {
        session.catalogue.dictionary.topics.get(topic).map_or("", |it| it.title.get(lang))
    };
    let (name, step) = step(session, at);
    let last = at + 1 >= topics.len();
    let next = if last { Screen::Report } else { Screen::Topic(at + 1) };
    let back = if at == 0 { Screen::Choose } else { Screen::Topic(at - 1) };
    let back_word = if at == 0 { &words::BACK_TO_CHOOSE } else { &words::BACK };
    let quiet = |word: &words::Word, screen: Screen| {
        button(
            attrs! { "type": "button", "class": QUIET },
            word.get(lang),
            act(session, Action::Go(screen)),
        )
    };
    let mut buttons = vec![quiet(back_word, back)];
    if !last {
        buttons.push(quiet(&words::SEE_REPORT, Screen::Report));
    }
    let next_word = if last { &words::SEE_REPORT } else { &words::NEXT };
    buttons.push(button(
        attrs! { "type": "button", "class": "zice-button", "data-zice-next": "true" },
        next_word.get(lang),
        act(session, Action::Next(next)),
    ));
    let steps = topics.iter().enumerate().map(|(other, it)| {
        let attrs =
            attrs! { "type": "button", "aria-current": if other == at { "step" } else { "" } };
        let name = line("span", "", &[title(it.topic)]);
        let go = act(session, Action::Go(Screen::Topic(other)));
        group("li", "", vec![pressing(attrs, vec![name, left(session, &it.asked)], go)])
    });
    // No form that could be sent: Enter in a field must not leave the topic.
    let form = vec![
        summary::halted(session, at),
        if at == 0 { company(session) } else { Html::default() },
        maybe(at == 0 || topic.asked.iter().any(|it| !it.years.is_empty()), || {
            year_change::notice(session)
        }),
        maybe(asks_money(session, &topic.asked), || units(session)),
        // Another topic starts with its folds closed.
        keyed(at.to_string(), questions(session, &topic.asked)),
        group("div", "zice-actions", buttons),
    ];
    group(
        "div",
        "zice-columns",
        vec![
            group(
                "div",
                "zice-form",
                vec![
                    tag(
                        "nav",
                        attrs! { "aria-label": words::TOPICS.get(lang) },
                        vec![group("ol", "zice-steps", steps.collect())],
                    ),
                    line("p", "zice-step", &[&step]),
                    tag(
                        "h1",
                        attrs! { "tabindex": "-1", "data-zice-heading": "true" },
                        vec![text(name)],
                    ),
                    group("div", "", form),
                ],
            ),
            beside(session),
        ],
    )
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

/// The questions of a topic. Those that were folded away when it was opened
/// stay at its foot: one that came to matter meanwhile comes out, but not one
/// that is being answered down there, which would be taken from under the
/// hands.
fn questions(session: &Shared, asked: &[Asked]) -> Html {
    let (mut shown, mut folded) = (Vec::new(), Vec::new());
    for it in asked {
        let fold = session.view.folded.contains(&it.fact)
            && (session.is_answered(it.fact) || !session.results.open.contains(&it.fact));
        if fold { &mut folded } else { &mut shown }.push(question(session, it));
    }
    let fold = if folded.is_empty() {
        Html::default()
    } else {
        let summary = words::count(&words::FOLDED, session.view.lang, folded.len());
        details("zice-folded", &summary, folded)
    };
    group("div", "", vec![group("div", "", shown), fold])
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

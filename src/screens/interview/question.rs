//! One question: wording, definition, the way to answer it.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;
use zice_engine::protocol::Problem;
use zice_rules::dictionary::{Fact, Kind};

use crate::{
    page::{Action, Focus, Session, Shared, act, doubts::is_estimate, path::Path, topics::Asked},
    parts::answer::place,
    parts::{
        answer::answer,
        doubts::doubts,
        field::{Slot, unit, unsure},
        memo::{MadeOf, part},
    },
    screens::interview::{
        list::{list, object},
        sides::sides,
        why::why,
        years::years,
    },
    ui::dom::{attrs, button, details, group, line, maybe, tag, text},
    words,
};

/// A question with its definition and what is wrong with the answer; left alone
/// while others are answered.
pub fn question(session: &Shared, asked: &Asked) -> Html {
    let key = session.catalogue.dictionary.facts.get(asked.fact).map_or("", |fact| &fact.id);
    let mut marks = 0;
    for (at, picture) in session.results.pictures.iter().enumerate() {
        let waits = asked.by.contains(&at) && picture.is_undecided();
        let opens = picture.open.contains(&asked.fact);
        marks = marks * 4 + u32::from(waits) * 2 + u32::from(opens);
    }
    let made_of = MadeOf {
        turn: session.view.turn,
        touched: session.touched_around(asked.fact) * 2 + u32::from(session.noted(asked).is_some()),
        marks,
        value: session.doubts_at(asked.fact),
    };
    let (session, asked) = (session.clone(), asked.clone());
    part(key.to_owned(), made_of, Rc::new(move || made(&session, &asked)))
}

fn made(session: &Shared, asked: &Asked) -> Html {
    let lang = session.view.lang;
    let Some(fact) = session.catalogue.dictionary.facts.get(asked.fact) else {
        return Html::default();
    };
    let id = ["zice-", &fact.id].concat();
    let help = [&id, "-help"].concat();
    // Where only hints wait for it, it changes no result.
    let decides = session
        .results
        .pictures
        .iter()
        .any(|picture| picture.hints.is_none() && picture.open.contains(&asked.fact));
    let tag_word = if decides { &words::STILL_MATTERS } else { &words::HINT_MATTERS };
    let open = session.results.open.contains(&asked.fact);
    let decides_nothing = !open
        && !fact.sides.is_empty()
        && !session.policies().any(|it| it.asked(asked.fact).is_some_and(|it| it.decides));
    let told = contradictions(session, fact).filter(|problem| session.is_told(problem));
    let problems = told.map(|problem| {
        let place = place(problem, fact, lang);
        let what = [&place, problem.text.get(lang)].concat();
        group("p", "zice-error", vec![line("strong", "", &[words::ERROR.get(lang)]), text(&what)])
    });
    let noted = session.noted(asked).filter(|_| !open);
    // What was asked when the topic was opened, and is not needed any more.
    let idle = !open
        && noted.is_none()
        && !decides_nothing
        && !session.is_answered(asked.fact)
        && !session.view.folded.contains(&asked.fact)
        && !session.speaks_up(asked);
    let day = session.day();
    let mut definition = vec![line("p", "", &[&fact.definition.dated(lang, day)])];
    if let Some(found_in) = &fact.found_in {
        definition.push(line("p", "", &[words::FOUND_IN.get(lang), &found_in.dated(lang, day)]));
    }
    let hint = [&id, "-hint"].concat();
    let help_line = fact.help.as_ref().map(|help| help.dated(lang, day));
    let children = vec![
        group(
            "legend",
            "",
            vec![
                text(&fact.question.dated(lang, day)),
                // That a question matters is no news to the eye: most do.
                maybe(open, || {
                    let class = if decides { "zice-tag zice-hidden" } else { "zice-tag" };
                    line("span", class, &[tag_word.get(lang)])
                }),
                noted.map_or_else(Html::default, |title| {
                    let words = words::fill(&words::MATTERS_FOR, lang, title.get(lang));
                    line("span", "zice-tag", &[&words])
                }),
                maybe(decides_nothing, || {
                    line("span", "zice-tag", &[words::DECIDES_NOTHING.get(lang)])
                }),
            ],
        ),
        // One line of help, and how it is worked out behind it.
        group(
            "div",
            "zice-foot",
            vec![
                maybe(help_line.is_some(), || {
                    let words = text(help_line.as_deref().unwrap_or_default());
                    tag("p", attrs! { "id": &hint, "class": "zice-help" }, vec![words])
                }),
                details("zice-help", words::DEFINITION.get(lang), definition),
            ],
        ),
        maybe(idle, || line("span", "zice-idle", &[words::MAY_BE_LEFT.get(lang)])),
        tag("div", attrs! { "id": &help, "class": "zice-wrong" }, problems.collect()),
        twins(session, fact),
        group(
            "div",
            "zice-answer",
            vec![
                body(session, asked, fact, &help),
                maybe(fact.kind != Kind::Bool, || unsure(session, &fact.id)),
            ],
        ),
        maybe(estimated(session, asked, fact), || {
            line("p", "zice-estimate", &[words::IS_ESTIMATE.get(lang)])
        }),
        doubts(session, asked.fact, fact),
        why(session, asked, !open && !decides_nothing && noted.is_none()),
    ];
    let described = [&hint, " ", help.as_str()].concat();
    let wide = matches!(fact.kind, Kind::List | Kind::Object | Kind::EnumList);
    let row = !wide;
    let class = if row { "zice-question zice-row-question" } else { "zice-question" };
    let attrs = attrs! { "class": class, "id": &id, "aria-describedby": &described };
    tag("fieldset", attrs, children)
}

/// Whether a figure that is asked is only an estimate.
fn estimated(session: &Session, asked: &Asked, fact: &Fact) -> bool {
    session.answer(&fact.id).is_some_and(|value| {
        let year = |year: &i32| value.get(year.to_string()).is_some_and(is_estimate);
        fact.kind.is_number() && (is_estimate(value) || asked.years.iter().any(year))
    })
}

/// What is wrong with an answer, be it told of the other fact that it
/// contradicts.
fn contradictions<'a>(session: &'a Shared, fact: &'a Fact) -> impl Iterator<Item = &'a Problem> {
    let pairs = &session.catalogue.dictionary.contradictions;
    session.results.problems.iter().filter(move |problem| {
        let Some(id) = problem.fact.as_deref() else { return false };
        if !problem.contradiction {
            return id == fact.id;
        }
        let pair = pairs.iter().find(|pair| pair.text == problem.text);
        pair.map_or(id == fact.id, |pair| pair.opposite(&fact.id).is_some())
    })
}

fn body(session: &Shared, asked: &Asked, fact: &Fact, help: &str) -> Html {
    let lang = session.view.lang;
    let place = Path::fact(&fact.id);
    let slot = Slot {
        session,
        place: &place,
        label: fact.short.get(lang),
        kind: fact.kind,
        unit: unit(session, fact.kind, fact.unit.as_ref()),
        values: &fact.values,
        answers: fact.answers.as_ref(),
        default: None,
        help,
        range: !matches!(fact.kind, Kind::Date | Kind::Text),
        signed: fact.signed,
        headed: fact.yearly,
    };
    match fact.kind {
        Kind::Bool => slot.radios(),
        Kind::List => list(session, asked, fact),
        Kind::Object if fact.yearly => sides(session, asked, fact),
        Kind::Object => object(session, asked, fact),
        _ if fact.yearly => years(asked, fact, slot),
        _ => slot.show(),
    }
}

/// The other programme's figure of the same name: offered where this one is
/// missing, and kept in mind for as long as both are the same.
fn twins(session: &Shared, fact: &Fact) -> Html {
    let lang = session.view.lang;
    let dictionary = &session.catalogue.dictionary;
    let own = session.answer(&fact.id);
    let mut notes = Vec::new();
    for twin in &dictionary.twins {
        let other = match (twin.one == fact.id, twin.other == fact.id) {
            (true, _) => &twin.other,
            (_, true) => &twin.one,
            _ => continue,
        };
        let (Some(value), Some(other)) = (session.answer(other), dictionary.fact(other)) else {
            continue;
        };
        if own.is_none() {
            // A mistake is not worth taking over.
            if session.problems_of(&other.id).next().is_some() {
                continue;
            }
            let words = words::fill(&words::TWIN_TAKE, lang, &answer(other, value, lang));
            let field = Focus::FirstField(fact.id.clone());
            let take = Action::Press(Path::fact(&fact.id), value.clone(), field);
            let attrs = attrs! { "type": "button", "class": "zice-button zice-button-quiet" };
            notes.push(line("p", "", &[&twin.note.dated(lang, session.day())]));
            notes.push(button(attrs, &words, act(session, take)));
        } else if own.is_some_and(|own| shares(own, value)) {
            notes.push(line("p", "", &[&twin.note.dated(lang, session.day())]));
        }
    }
    maybe(!notes.is_empty(), || group("div", "zice-twin", notes))
}

/// Whether two answers are the same, in any year.
fn shares(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.iter().any(|(year, value)| other.get(year) == Some(value))
        }
        _ => one == other,
    }
}

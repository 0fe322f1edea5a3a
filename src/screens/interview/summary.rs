//! What stopped the way on: the mistakes of a topic, together.

use yew::prelude::*;
use zice_engine::protocol::Problem;
use zice_rules::dictionary::Fact;

use crate::{
    page::{Action, Focus, Screen, Session, Shared, act, path::Path},
    parts::answer::place,
    ui::dom::{QUIET, attrs, button, group, line, maybe, tag, text},
    words,
};

/// The mistakes that the user was stopped for, each with a way to its field.
/// One that was mended meanwhile is marked, so that the fields below stay
/// where they are.
pub fn halted(session: &Shared, topic: usize) -> Html {
    let lang = session.view.lang;
    maybe(!session.view.halted.is_empty(), || {
        let lines = session.view.halted.iter().map(|problem| mistake(session, topic, problem));
        let count = words::count(&words::HALTED, lang, session.view.halted.len());
        let on = act(session, Action::Go(session.onward(topic).0));
        tag(
            "div",
            attrs! {
                "id": "zice-halted", "class": "zice-halted", "role": "group", "tabindex": "-1",
                "aria-labelledby": "zice-halted-title",
            },
            vec![
                tag("h2", attrs! { "class": "", "id": "zice-halted-title" }, vec![text(&count)]),
                group("ul", "", lines.collect()),
                line("p", "", &[words::HALTED_HELP.get(lang)]),
                button(attrs! { "type": "button", "class": QUIET }, words::GO_ON.get(lang), on),
            ],
        )
    })
}

fn mistake(session: &Shared, topic: usize, problem: &Problem) -> Html {
    let lang = session.view.lang;
    let mended = !session.results.problems.contains(problem);
    let mut parts = vec![maybe(mended, || {
        line("strong", "", &[words::MENDED.get(lang), words::COLON.get(lang)])
    })];
    let what = problem.text.get(lang).to_owned();
    match problem.fact.as_deref().and_then(|id| session.catalogue.dictionary.fact(id)) {
        None => parts.push(link(session, topic, words::AS_OF.get(lang), &problem.path)),
        Some(fact) => {
            parts.push(link(session, topic, fact.short.get(lang), &problem.path));
            if let Some(other) = other(session, problem, fact) {
                parts.push(text(words::LIST_COMMA.get(lang)));
                let path = problem.path.replacen(&fact.id, &other.id, 1);
                parts.push(link(session, topic, other.short.get(lang), &path));
            }
            parts.push(text(" "));
            parts.push(text(&place(problem, fact, lang)));
        }
    }
    parts.push(text(&what));
    group("li", "", parts)
}

/// The other fact of a contradiction.
fn other<'a>(session: &'a Session, problem: &Problem, fact: &Fact) -> Option<&'a Fact> {
    let dictionary = &session.catalogue.dictionary;
    let mut pairs = dictionary.contradictions.iter().filter(|_| problem.contradiction);
    let pair = pairs.find(|pair| pair.text == problem.text)?;
    dictionary.fact(pair.opposite(&fact.id)?)
}

/// A link to the field for what stands at a place: to the field itself, else
/// to its question.
fn link(session: &Shared, topic: usize, words: &str, path: &str) -> Html {
    let path = Path::from(path);
    let at = path.fact_id().and_then(|id| session.topic_of(id)).unwrap_or(topic);
    let show = act(session, Action::Show(Screen::Topic(at), Focus::Mistake(path)));
    button(attrs! { "type": "button", "class": "zice-link" }, words, show)
}

//! Doubts about figures, at their questions and in the report.

use serde_json::json;
use yew::prelude::*;
use zice_engine::protocol::Doubt;
use zice_rules::{
    Lang, decimal,
    dictionary::{Fact, Kind},
    fraction::Fraction,
};
use zice_tables::figure::grouped;

use crate::{
    page::{Action, Focus, Screen, Session, Shared, act, path::Path},
    ui::dom::{attrs, button, group, line, text},
    words::{self, Word},
};

/// The doubts about the answer to a question, each with a button that changes the
/// figure and one that confirms it.
pub fn doubts(session: &Shared, at: usize, fact: &Fact) -> Html {
    let lang = session.view.lang;
    let field = Focus::FirstField(fact.id.clone());
    let shown = session.told_at(at).map(|open| {
        let mut buttons = Vec::new();
        if let Some((place, to)) = &open.change {
            let words = words::fill(&words::CHANGE_TO, lang, &amount(session, place, to));
            let press = Action::Press(Path::from(&**place), json!(to), field.clone());
            let attrs = attrs! { "type": "button", "class": "zice-button zice-button-quiet" };
            buttons.push(button(attrs, &words, act(session, press)));
        }
        let answers = open.answers.iter().map(|(place, is)| (Path::from(&**place), is.clone()));
        let confirm = Action::Confirm(answers.collect(), field.clone());
        let attrs = attrs! { "type": "button", "class": "zice-link" };
        buttons.push(button(attrs, words::NO_MISTAKE.get(lang), act(session, confirm)));
        group(
            "div",
            "zice-doubt",
            vec![line("p", "", &[open.text.get(lang)]), group("div", "zice-actions", buttons)],
        )
    });
    group("div", "", shown.collect())
}

/// The doubts in a report, each with a way to its question.
pub fn listed(session: &Shared, told: impl Fn(&Doubt) -> bool) -> Vec<Html> {
    let lang = session.view.lang;
    let facts = &session.catalogue.dictionary.facts;
    let open = session.results.doubts.iter().filter(|it| told(it));
    open.map(|open| {
        let id = session.told_by(open).and_then(|at| facts.get(at)).map_or("", |fact| &fact.id);
        let topic = session.topic_of(id).unwrap_or(0);
        let go = Action::Show(Screen::Topic(topic), Focus::Question(id.to_owned()));
        let attrs = attrs! { "type": "button", "class": "zice-link zice-screen-only" };
        let go = button(attrs, words::GO_AND_CHECK.get(lang), act(session, go));
        group("li", "", vec![text(open.text.get(lang)), text(" "), go])
    })
    .collect()
}

/// An amount in words: `3,865 万元`.
fn amount(session: &Session, place: &str, value: &str) -> String {
    let place = Path::from(place);
    let fact = place.fact_id().and_then(|id| session.catalogue.dictionary.fact(id));
    let shown = |value: &str, unit: &Word| {
        Some([&grouped(value)?, " ", unit.get(session.view.lang)].concat())
    };
    let ten_thousand = Fraction::whole(10_000);
    let whole = decimal::parse(value).ok().filter(|it| *it >= ten_thousand);
    let part = whole.and_then(|it| it.div(ten_thousand).ok()?).map(Fraction::to_decimal_or_ratio);
    let words = match (fact.is_some_and(|fact| fact.kind == Kind::Money), session.view.lang, part) {
        (true, Lang::Zh, Some(part)) => shown(&part, &words::TEN_THOUSAND_YUAN),
        (true, ..) => shown(value, &words::YUAN),
        (false, ..) => None,
    };
    words.unwrap_or_else(|| value.to_owned())
}

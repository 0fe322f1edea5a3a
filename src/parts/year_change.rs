//! The notice that other years are asked since the day of application changed.

use yew::prelude::*;

use crate::{
    page::{
        Action, Shared, act,
        path::{DAY, Path},
    },
    parts::answer::label,
    ui::dom::{QUIET, attrs, button, group, line, tag},
    words::{self, Word},
};

/// The notice: what became of the figures, and the offer to carry them over. It is
/// empty where the year is what it was.
pub fn notice(session: &Shared) -> Html {
    let lang = session.view.lang;
    // Without the rules of that year nobody knows which figures it asks.
    if session.scope.moved.is_none()
        || session.is_typing_at(&Path::member(DAY))
        || !session.supply.can_ask
    {
        return Html::default();
    }
    let year = session.last_year().to_string();
    let mut children = vec![line("p", "", &[&words::fill(&words::MOVED, lang, &year)])];
    let facts = &session.catalogue.dictionary.facts;
    let aside = session.set_aside_by_year();
    let count = aside.iter().map(|(_, years)| years.len()).sum();
    if count > 0 {
        let named = aside.iter().filter_map(|(at, years)| {
            let name = label(facts.get(*at)?, lang);
            let years = years.join(words::LIST_COMMA.get(lang));
            Some([&*name, words::BRACKET.get(lang), &years, words::BRACKET_END.get(lang)].concat())
        });
        let named = named.collect::<Vec<String>>().join(words::LIST_COMMA.get(lang));
        children.push(line("p", "", &[&words::count(&words::MOVED_KEPT, lang, count), &named]));
    }
    let press = |word: &Word, count: usize, action: Action| {
        let attrs = attrs! { "type": "button", "class": QUIET };
        button(attrs, &words::count(word, lang, count), act(session, action))
    };
    let mut buttons = Vec::new();
    let (carried, to_carry) = (session.answers.carried.len(), session.to_carry().len());
    if carried > 0 {
        children.push(line("p", "", &[&words::count(&words::CARRIED, lang, carried)]));
        buttons.push(press(&words::CARRY_BACK, 0, Action::Carry(false)));
    } else if to_carry > 0 {
        buttons.push(press(&words::CARRY, to_carry, Action::Carry(true)));
    }
    buttons.push(press(&words::MOVED_SEEN, 0, Action::Moved));
    children.push(group("div", "zice-actions", buttons));
    tag(
        "div",
        attrs! { "class": "zice-doubt", "id": "zice-moved", "tabindex": "-1", "role": "status" },
        children,
    )
}

//! Why a question is asked, or need not be answered.

use yew::prelude::*;
use zice_rules::dictionary::Kind;

use crate::{
    page::{Picture, Session, topics::Asked},
    ui::dom::{group, line},
    words,
};

/// For which of several programmes and conditions a question is asked; of one that
/// can't change anything any more (`needless`), why.
pub fn why(session: &Session, asked: &Asked, needless: bool) -> Html {
    let lang = session.view.lang;
    let several = session.policies().nth(1).is_some();
    let mut lines = Vec::new();
    if several {
        lines.push(line("p", "", &[words::ASKED_FOR.get(lang), &asked_for(session, asked)]));
    }
    // A line that comes while somebody types would move what stands below: what was
    // asked when the topic was opened has none, and what had one keeps its place.
    if session.view.folded.contains(&asked.fact) || may_speak_up(session, asked) {
        let undecided =
            |at: &usize| session.results.pictures.get(*at).is_some_and(Picture::is_undecided);
        let fact = session.catalogue.dictionary.facts.get(asked.fact);
        let tells = fact.is_some_and(|it| matches!(it.kind, Kind::Bool | Kind::List));
        let word = if session.speaks_up(asked) {
            // That something may be left out is said where there may be nothing to tell.
            if tells { words::SPEAKS_UP.get(lang) } else { "" }
        } else if asked.by.iter().any(undecided) {
            words::NEEDLESS_CONDITION.get(lang)
        } else {
            words::NEEDLESS_DECIDED.get(lang)
        };
        let said = if needless { word } else { "" };
        lines.push(line("p", "zice-needless", &[said]));
    }
    group("div", "zice-asked-for", lines)
}

/// Whether some programme never waits for a fact, which may speak up then.
fn may_speak_up(session: &Session, asked: &Asked) -> bool {
    asked.by.iter().any(|at| {
        let policy = session.policies().nth(*at).filter(|it| !it.hint);
        policy.is_some_and(|it| it.asked(asked.fact).is_none_or(|fact| !fact.waits))
    })
}

/// The programmes that ask a question, each with the conditions that look at it.
fn asked_for(session: &Session, asked: &Asked) -> String {
    let lang = session.view.lang;
    let mut told = Vec::new();
    for (at, criteria) in asked.by.iter().zip(&asked.what_for) {
        let Some(policy) = session.policies().nth(*at) else { continue };
        let mut words = policy.title.get(lang).to_owned();
        let titles: Vec<&str> = criteria
            .iter()
            .filter_map(|at| policy.criteria.get(*at))
            // The total is a matter of all questions.
            .filter(|one| one.sum.is_none())
            .map(|one| one.title.get(lang))
            .collect();
        if !titles.is_empty() {
            words.push_str(words::BRACKET.get(lang));
            words.push_str(&words::named(&titles, &words::AND_MORE, lang));
            words.push_str(words::BRACKET_END.get(lang));
        }
        told.push(words);
    }
    told.join(words::SEMICOLON.get(lang))
}

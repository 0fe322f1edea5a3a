//! Why a question is asked, or need not be answered.

use yew::prelude::*;

use crate::{
    page::{Picture, Session, topics::Asked},
    ui::dom::{group, line},
    words,
};

/// For which programmes and conditions a question is asked; of one that can't
/// change anything any more (`needless`), why.
pub fn why(session: &Session, asked: &Asked, needless: bool) -> Html {
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
    let told = told.join(words::SEMICOLON.get(lang));
    let mut lines = vec![line("p", "", &[words::ASKED_FOR.get(lang), &told])];
    if needless {
        let undecided =
            |at: &usize| session.results.pictures.get(*at).is_some_and(Picture::is_undecided);
        let word = if session.speaks_up(asked) {
            &words::SPEAKS_UP
        } else if asked.by.iter().any(undecided) {
            &words::NEEDLESS_CONDITION
        } else {
            &words::NEEDLESS_DECIDED
        };
        lines.push(line("p", "", &[word.get(lang)]));
    }
    group("div", "zice-asked-for", lines)
}

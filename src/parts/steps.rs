//! Steps of an interview: each topic is one.

use crate::{page::Session, words};

/// The title of a topic, and which of how many steps it is.
pub fn step(session: &Session, at: usize) -> (&str, String) {
    let (lang, topics) = (session.view.lang, &session.scope.topics);
    let topic = topics.get(at).and_then(|it| session.catalogue.dictionary.topics.get(it.topic));
    let step = words::count(&words::STEP, lang, at + 1).replace("{b}", &topics.len().to_string());
    (topic.map_or("", |it| it.title.get(lang)), step)
}

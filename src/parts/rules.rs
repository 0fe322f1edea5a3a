//! The rules the page works by, and whether they are due for review.

use yew::prelude::*;
use zice_rules::{Date, Lang};

use crate::{
    page::{Session, edition::Edition},
    ui::dom::{details, group, line, maybe},
    words,
};

/// Warns of rules that are past their day of review, that they may have changed: a
/// copy of the page can be older than it looks.
pub fn overdue(session: &Session, review_by: Date) -> Html {
    maybe(session.today > review_by, || {
        let words = words::fill(&words::OVERDUE, session.view.lang, &review_by.to_string());
        line("p", "zice-overdue", &[&words])
    })
}

/// Edition, days and digest of every policy there is, for whoever was handed a
/// copy and wants to know which.
pub fn rules(session: &Session) -> Html {
    let lang = session.view.lang;
    let all = session.catalogue.editions.iter();
    let rows = all.map(|edition| line("li", "zice-digest", &[&told(edition, lang)]));
    let version = [words::VERSION.get(lang), " ", env!("CARGO_PKG_VERSION")];
    let children = vec![line("p", "", &version), group("ul", "", rows.collect())];
    details("", words::RULES.get(lang), children)
}

fn told(edition: &Edition, lang: Lang) -> String {
    [
        edition.title.get(lang),
        " ",
        &edition.address(),
        words::COLON.get(lang),
        &days([edition.checked_on, edition.review_by], lang),
        words::COMMA.get(lang),
        &edition.digest,
    ]
    .concat()
}

/// When the rules were checked, and by when they are due again.
pub fn days([checked_on, review_by]: [Date; 2], lang: Lang) -> String {
    [
        words::CHECKED_ON.get(lang),
        " ",
        &checked_on.to_string(),
        words::COMMA.get(lang),
        words::REVIEW_BY.get(lang),
        " ",
        &review_by.to_string(),
    ]
    .concat()
}

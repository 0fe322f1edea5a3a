//! Which rules the page works by, and whether they are due for review.

use yew::prelude::*;
use zice_rules::{Lang, Policy};

use crate::{
    dom::{details, group, line, maybe},
    session::Session,
    words,
};

/// Says of rules that are past the day they were to be reviewed by, that they
/// may have changed: a copy of the page can be older than it looks.
pub fn overdue(session: &Session, policy: &Policy) -> Html {
    maybe(session.today > policy.review_by, || {
        let words = words::fill(&words::OVERDUE, session.lang, &policy.review_by.to_string());
        line("p", "zice-overdue", &[&words])
    })
}

/// Edition, days and digest of every policy there is, for whoever was handed a
/// copy and wants to know which.
pub fn rules(session: &Session) -> Html {
    let lang = session.lang;
    let all = session.catalogue.policies.iter();
    let rows = all.map(|policy| line("li", "zice-digest", &[&told(policy, lang)]));
    let version = [words::VERSION.get(lang), " ", env!("CARGO_PKG_VERSION")];
    let children = vec![line("p", "", &version), group("ul", "", rows.collect())];
    details("", words::RULES.get(lang), children)
}

fn told(policy: &Policy, lang: Lang) -> String {
    [
        policy.title.get(lang),
        " ",
        &policy.address(),
        words::COLON.get(lang),
        &days(policy, lang),
        words::COMMA.get(lang),
        &policy.digest,
    ]
    .concat()
}

/// When the rules were checked, and by when they are due again.
pub fn days(policy: &Policy, lang: Lang) -> String {
    [
        words::CHECKED_ON.get(lang),
        " ",
        &policy.checked_on.to_string(),
        words::COMMA.get(lang),
        words::REVIEW_BY.get(lang),
        " ",
        &policy.review_by.to_string(),
    ]
    .concat()
}

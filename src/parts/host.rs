//! What the site around the page says of itself, where people see it.

use yew::prelude::*;

use crate::{
    page::Session,
    ui::dom::{attrs, foreign, group, maybe, tag, text},
    words,
};

/// What the self-check is called here.
pub fn title(session: &Session) -> &str {
    let own = &*session.view.host.title;
    if own.is_empty() { words::TITLE.get(session.view.lang) } else { own }
}

/// Who offers it, with what stands behind that.
pub fn brand(session: &Session, then: &str) -> Html {
    let brand = &*session.view.host.brand;
    maybe(!brand.is_empty(), || group("span", "zice-host", vec![foreign(brand), text(then)]))
}

/// Whom one can ask.
pub fn contact(session: &Session) -> Html {
    let (lang, contact) = (session.view.lang, &*session.view.host.contact);
    maybe(!contact.is_empty(), || {
        let words = [words::CONTACT.get(lang), words::COLON.get(lang)].concat();
        group("span", "zice-contact", vec![text(&words), foreign(contact), text("　")])
    })
}

/// The way to the page about the self-check, where there is one. It opens beside
/// this one, whose answers would be gone.
pub fn about(session: &Session) -> Html {
    let about = &*session.view.host.about;
    maybe(!about.is_empty(), || {
        let attrs =
            attrs! { "class": "zice-about", "href": about, "target": "_blank", "rel": "noopener" };
        tag("a", attrs, vec![text(words::ABOUT.get(session.view.lang))])
    })
}

//! The page's appearance: colours and size of type.
//!
//! Both follow the browser unless the user says otherwise; nothing of it is
//! stored.

use web_sys::Element;
use yew::prelude::*;

use crate::{
    page::{
        Action, Shared, act,
        appearance::{Look, Theme},
    },
    ui::dom::{attrs, details, group, line, tag, text, tick},
    words::{self, Word},
};

/// The themes, with their names in the styles and in words.
const THEMES: [(Theme, &str, &Word); 4] = [
    (Theme::Auto, "auto", &words::THEME_AUTO),
    (Theme::Light, "light", &words::THEME_LIGHT),
    (Theme::Dark, "dark", &words::THEME_DARK),
    (Theme::Contrast, "contrast", &words::THEME_CONTRAST),
];

/// Marks the root element with the appearance; the styles do the rest.
pub fn apply(root: &Element, look: Look) {
    let theme = THEMES.iter().find(|(theme, ..)| *theme == look.theme);
    let theme = theme.map_or("auto", |(_, name, _)| name);
    root.set_attribute("data-zice-theme", theme).ok();
    root.toggle_attribute_with_force("data-zice-large", look.large).ok();
}

/// The settings of the appearance, folded away.
pub fn settings(session: &Shared) -> Html {
    let lang = session.view.lang;
    let look = session.view.look;
    let option = |id: &str, kind: &str, checked: bool, word: &Word, next: Look| {
        let attrs = attrs! { "type": kind, "id": id, "name": if kind == "radio" { "zice-theme" } else { "" } };
        let change = act(session, Action::Look(next));
        tag("label", attrs! { "for": id }, vec![tick(attrs, checked, change), text(word.get(lang))])
    };
    let mut options: Vec<Html> = THEMES
        .iter()
        .map(|(theme, name, word)| {
            let next = Look { theme: *theme, ..look };
            let id = ["zice-theme-", name].concat();
            option(&id, "radio", look.theme == *theme, word, next)
        })
        .collect();
    let next = Look { large: !look.large, ..look };
    options.push(option("zice-large", "checkbox", look.large, &words::LARGE_TYPE, next));
    details(
        "zice-menu zice-look",
        words::LOOK.get(lang),
        vec![tag(
            "fieldset",
            attrs! { "class": "zice-items" },
            vec![
                line("legend", "zice-hidden", &[words::LOOK.get(lang)]),
                group("div", "zice-radios", options),
            ],
        )],
    )
}

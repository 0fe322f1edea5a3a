//! The page's appearance: colours and size of type.
//!
//! Both are the host's, or follow the browser, unless the user says otherwise. This
//! browser remembers what was said if the user asks for that, and then it goes before
//! what a host wants at the start.

use wasm_bindgen::prelude::wasm_bindgen;
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

#[wasm_bindgen(raw_module = "zice-look")]
extern "C" {
    /// Marks the page in this element with the look that is remembered, and tells in
    /// words how it looks.
    fn recall(mount: &Element) -> String;

    #[wasm_bindgen(js_name = remember)]
    fn store(theme: &str, large: bool, wanted: bool) -> bool;
}

/// The themes, with their names in the styles and in words.
const THEMES: [(Theme, &str, &Word); 4] = [
    (Theme::Auto, "auto", &words::THEME_AUTO),
    (Theme::Light, "light", &words::THEME_LIGHT),
    (Theme::Dark, "dark", &words::THEME_DARK),
    (Theme::Contrast, "contrast", &words::THEME_CONTRAST),
];

/// The name of a theme.
fn name(theme: Theme) -> &'static str {
    THEMES.iter().find(|(it, ..)| *it == theme).map_or("auto", |(_, name, _)| name)
}

/// How the page in an element looks at the start, and whether anything may be stored.
pub fn current(mount: &Element) -> (Look, bool) {
    let told = recall(mount);
    let says = |word: &str| told.split(' ').any(|it| it == word);
    let theme = THEMES.iter().find(|(_, name, _)| says(name)).map(|(theme, ..)| *theme);
    let (large, remembered) = (says("large"), says("remembered"));
    (Look { theme: theme.unwrap_or_default(), large, remembered }, says("stores"))
}

/// Lets this browser remember a look, or forget it, as the look itself says. False
/// where the browser does not let us.
pub fn remember(look: Look) -> bool {
    store(name(look.theme), look.large, look.remembered)
}

/// Marks the root element with the appearance; the styles do the rest.
pub fn apply(root: &Element, look: Look) {
    root.set_attribute("data-zice-theme", name(look.theme)).ok();
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
    if session.keeping.can {
        let next = Look { remembered: !look.remembered, ..look };
        let word = &words::REMEMBER_LOOK;
        options.push(option("zice-remember", "checkbox", look.remembered, word, next));
    }
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

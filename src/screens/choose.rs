//! Programme cards.

use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;
use zice_rules::Lang;

use crate::{
    page::{Action, Screen, Session, Shared, act, edition::Edition},
    parts::{day::day_of_application, rules::overdue, year_change},
    screens::companies::companies,
    ui::dom::{attrs, button, details, group, line, maybe, tag, text, tick},
    words,
};

#[wasm_bindgen(module = "/src/browser/language.js")]
extern "C" {
    /// The language that the browser speaks to its user.
    fn language() -> String;
}

/// The first screen.
pub fn choose(session: &Shared) -> Html {
    let lang = session.view.lang;
    let day = session.day();
    let mut cards = Vec::new();
    for programme in 0..session.catalogue.programmes.len() {
        let edition = session.catalogue.edition(programme, day);
        if let Some(edition) = edition.and_then(|at| session.catalogue.editions.get(at)) {
            cards.push(card(session, programme, edition));
        }
    }
    let none = session.scope.chosen.is_empty();
    group(
        "div",
        "",
        vec![
            tag(
                "h1",
                attrs! { "tabindex": "-1", "data-zice-heading": "true" },
                vec![text(words::CHOOSE.get(lang))],
            ),
            // A translator keeps away from this page; there is this instead.
            maybe(lang == Lang::Zh && !language().starts_with("zh"), || {
                let english = act(session, Action::Language(Lang::En));
                let attrs = attrs! { "type": "button", "class": "zice-link" };
                let press = button(attrs, words::OTHER_LANGUAGE.get(lang), english);
                let said = text(words::ALSO_IN_ENGLISH.get(lang));
                tag("p", attrs! { "lang": "en" }, vec![said, press])
            }),
            line("p", "zice-help", &[words::CHOOSE_HELP.get(lang)]),
            day_of_application(session),
            year_change::notice(session),
            companies(session),
            group("ul", "zice-cards", cards),
            group(
                "p",
                "zice-actions",
                vec![
                    button(
                        attrs! {
                            "type": "button", "class": "zice-button",
                            "aria-disabled": if none { "true" } else { "" },
                            "aria-describedby": if none { "zice-choose-some" } else { "" },
                        },
                        words::START.get(lang),
                        act(session, Action::Go(Screen::Topic(0))),
                    ),
                    maybe(none, || {
                        tag(
                            "span",
                            attrs! { "id": "zice-choose-some", "class": "zice-help" },
                            vec![text(words::CHOOSE_SOME.get(lang))],
                        )
                    }),
                ],
            ),
        ],
    )
}

fn card(session: &Shared, programme: usize, it: &Edition) -> Html {
    let lang = session.view.lang;
    let id = ["zice-choose-", &it.id].concat();
    let edition = words::fill(&words::EDITION, lang, &it.edition);
    let benefits = it.benefits.iter().map(|benefit| line("li", "", &[benefit.get(lang)]));
    let term = |word: &words::Word| line("dt", "", &[word.get(lang)]);
    tag(
        "li",
        attrs! { "class": "zice-card", "data-zice-programme": &it.id },
        vec![
            group(
                "h2",
                "",
                vec![tag(
                    "label",
                    attrs! { "class": "zice-check", "for": &id },
                    vec![
                        tick(
                            attrs! { "type": "checkbox", "id": &id },
                            session.scope.chosen.contains(&programme),
                            act(session, Action::Choose(programme)),
                        ),
                        group(
                            "span",
                            "",
                            vec![
                                text(it.title.get(lang)),
                                text(" "),
                                line("span", "zice-edition", &[&edition]),
                            ],
                        ),
                    ],
                )],
            ),
            line("p", "", &[it.summary.get(lang)]),
            window(session, it),
            overdue(session, it.review_by),
            details(
                "",
                words::MORE.get(lang),
                vec![group(
                    "dl",
                    "",
                    vec![
                        term(&words::RUN_BY),
                        line("dd", "", &[it.authority.get(lang)]),
                        term(&words::APPLIED_AT),
                        line("dd", "", &[it.platform.get(lang)]),
                        maybe(!it.benefits.is_empty(), || term(&words::BENEFITS)),
                        maybe(!it.benefits.is_empty(), || {
                            group("dd", "", vec![group("ul", "", benefits.collect())])
                        }),
                    ],
                )],
            ),
        ],
    )
}

/// When applications are taken, whether that is so on the day of application,
/// and how long the interview takes. Hints are not applied for.
fn window(session: &Session, it: &Edition) -> Html {
    let lang = session.view.lang;
    let minutes = words::count(&words::MINUTES, lang, it.minutes.into());
    let year = it.window.year.to_string();
    let other_year = maybe(session.day().year() != it.window.year, || {
        let words = words::fill(&words::OTHER_YEAR, lang, &year);
        text(&[&words, words::SEMICOLON.get(lang)].concat())
    });
    if it.hint {
        return group("p", "", vec![other_year, text(&minutes)]);
    }
    let mut days = Vec::new();
    if let Some(opens) = it.window.opens {
        days.push(words::fill(&words::FROM, lang, &opens.to_string()));
    }
    if let Some(closes) = it.window.closes {
        days.push(words::fill(&words::UNTIL, lang, &closes.to_string()));
    }
    let open = it.window.is_open_on(session.day());
    let state = match (days.is_empty(), open) {
        (true, _) => &words::NO_WINDOW,
        (_, true) => &words::OPEN_NOW,
        (_, false) => &words::CLOSED_NOW,
    };
    let comma = words::COMMA.get(lang);
    let between = if days.is_empty() { "" } else { comma };
    let days = days.join(comma);
    group(
        "p",
        "",
        vec![
            line("strong", "", &[words::WINDOW.get(lang), words::COLON.get(lang)]),
            maybe(days.is_empty(), || other_year),
            text(&[&days, between, state.get(lang), words::SEMICOLON.get(lang), &minutes].concat()),
        ],
    )
}

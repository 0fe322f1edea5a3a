//! The first screen: for which year, and programme cards.

use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::prelude::*;
use zice_rules::{Date, Lang};

use crate::{
    page::{
        Action, CHOOSE_SOME, Focus, Screen, Session, Shared, act,
        edition::Edition,
        host::Chrome,
        path::{DAY, Path, plain_text},
    },
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

/// The first screen: what one gets, for which year, the programmes, the way on.
pub fn choose(session: &Shared) -> Html {
    let lang = session.view.lang;
    let offered: Vec<(usize, &Edition)> = offered(session, session.day()).collect();
    let checked = offered.iter().map(|(_, it)| it.checked_on).min();
    let checked = checked.map_or_else(String::new, |day| day.to_string());
    let cards = offered.iter().map(|(programme, edition)| card(session, *programme, edition));
    let last_year = session.day().year().saturating_sub(1).to_string();
    let in_english = lang == Lang::Zh
        && session.view.host.chrome == Chrome::Full
        && !language().starts_with("zh");
    let heading = attrs! { "class": "", "tabindex": "-1", "data-zice-heading": "true" };
    group(
        "div",
        "zice-choose",
        vec![
            tag("h1", heading, vec![text(words::PROMISE.get(lang))]),
            line("p", "zice-lead", &[&words::fill(&words::PROOFS, lang, &checked)]),
            // A translator keeps away from this page; there is this instead.
            maybe(in_english, || {
                let english = act(session, Action::Language(Lang::En));
                let attrs = attrs! { "type": "button", "class": "zice-link" };
                let press = button(attrs, words::OTHER_LANGUAGE.get(lang), english);
                let said = text(words::ALSO_IN_ENGLISH.get(lang));
                tag("p", attrs! { "lang": "en" }, vec![said, press])
            }),
            companies(session),
            years(session),
            year_change::notice(session),
            line("h2", "", &[words::CHOOSE.get(lang)]),
            line("p", "zice-help", &[words::CHOOSE_HELP.get(lang)]),
            group("ul", "zice-cards", cards.collect()),
            line("p", "zice-help", &[&words::fill(&words::AT_HAND, lang, &last_year)]),
            begin(session, &offered),
        ],
    )
}

/// The programmes that are offered, each with its edition of a day.
fn offered(session: &Session, day: Date) -> impl Iterator<Item = (usize, &Edition)> {
    let catalogue = &session.catalogue;
    (0..catalogue.programmes.len()).filter_map(move |programme| {
        let edition = catalogue.editions.get(catalogue.edition(programme, day)?)?;
        Some((programme, edition))
    })
}

/// The year to be tried: this one, the next, or any other day.
fn years(session: &Shared) -> Html {
    let lang = session.view.lang;
    let (today, next) = (session.today, session.next_round());
    let option = |id: &str, word: &words::Word, day: Date| {
        let last = day.year().saturating_sub(1).to_string();
        let words = words::fill(word, lang, &day.year().to_string()).replace("{b}", &last);
        let attrs = attrs! { "type": "radio", "id": id, "name": "zice-year" };
        let focus = Focus::Element(id.to_owned());
        let set = Action::Press(Path::member(DAY), json!(day.to_string()), focus);
        let tick = tick(attrs, session.day() == day, act(session, set));
        tag("label", attrs! { "class": "zice-check", "for": id }, vec![tick, text(&words)])
    };
    let chosen = |programme: usize| {
        session.scope.chosen.is_empty() || session.scope.chosen.contains(&programme)
    };
    let mut windows = offered(session, today).filter(|(at, it)| chosen(*at) && !it.hint);
    let closed = windows.all(|(_, it)| it.window.closes.is_some_and(|closes| closes < today));
    let this = if closed { &words::THIS_YEAR_CLOSED } else { &words::THIS_YEAR };
    let other = words::fill(&words::OTHER_DAY, lang, &session.day().to_string());
    // It stays as the user left it; another day than these two unfolds it.
    let place = Path::member(DAY);
    let said = plain_text(session.at(&place));
    let is_other =
        session.is_typing_at(&place) || [today, next].iter().all(|day| said != day.to_string());
    let day = vec![line("summary", "", &[&other]), day_of_application(session)];
    let attrs = attrs! { "class": "zice-other-day", "open": if is_other { "true" } else { "" } };
    group(
        "fieldset",
        "zice-years-choice",
        vec![
            line("legend", "", &[words::WHICH_YEAR.get(lang)]),
            option("zice-year-next", &words::NEXT_YEAR, next),
            option("zice-year-this", this, today),
            tag("details", attrs, day),
        ],
    )
}

/// The way into the interview, in view at the foot of a small screen.
fn begin(session: &Shared, offered: &[(usize, &Edition)]) -> Html {
    let lang = session.view.lang;
    let chosen = offered.iter().filter(|(at, _)| session.scope.chosen.contains(at));
    let (count, minutes) =
        chosen.fold((0, 0), |(count, sum), (_, it)| (count + 1, sum + u32::from(it.minutes)));
    let words = match count {
        0 => words::START.get(lang).to_owned(),
        _ => words::count(&words::START_WITH, lang, count).replace("{b}", &minutes.to_string()),
    };
    let some = attrs! { "id": CHOOSE_SOME, "class": "zice-choose-some", "tabindex": "-1" };
    group(
        "div",
        "zice-actions zice-begin",
        vec![
            button(
                attrs! { "type": "button", "class": "zice-button" },
                &words,
                act(session, Action::Go(Screen::Topic(0))),
            ),
            maybe(count == 0, || tag("p", some, vec![text(words::CHOOSE_SOME.get(lang))])),
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
                "h3",
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
            group("p", "zice-chips", chips(session, it)),
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

/// When applications are taken, whether the rules are those of another year, and how
/// long the interview takes. Hints are not applied for.
fn chips(session: &Session, it: &Edition) -> Vec<Html> {
    let (lang, day) = (session.view.lang, session.day());
    let chip = |class: &str, words: &str| line("span", class, &[words]);
    let other_year = day.year() != it.window.year;
    let mut chips = Vec::new();
    if !it.hint {
        let (opens, closes) = (it.window.opens, it.window.closes);
        let told = |word: &words::Word, day: Date| words::fill(word, lang, &day.to_string());
        let words = match (opens, closes) {
            _ if other_year => words::NO_WINDOW.get(lang).to_owned(),
            (None, None) => words::NO_WINDOW.get(lang).to_owned(),
            (Some(opens), _) if day < opens => told(&words::OPENS_ON, opens),
            (_, Some(closes)) if day > closes => told(&words::CLOSED_ON, closes),
            (_, Some(closes)) => told(&words::OPEN_UNTIL, closes),
            (Some(_), None) => words::OPEN_NOW.get(lang).to_owned(),
        };
        let open = it.window.is_open_on(day) && !other_year && (opens, closes) != (None, None);
        chips.push(chip(if open { "zice-chip zice-chip-open" } else { "zice-chip" }, &words));
    }
    if other_year {
        let words = words::fill(&words::RULES_OF, lang, &it.window.year.to_string());
        chips.push(chip("zice-chip zice-chip-unsure", &words));
    }
    chips.push(chip("zice-chip", &words::count(&words::MINUTES, lang, it.minutes.into())));
    chips
}

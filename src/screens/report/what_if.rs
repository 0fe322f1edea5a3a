//! What if: a figure is tried otherwise, and the result moves with it.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use zice_engine::protocol::{Outline, Picture, Scale, Tried, Tryable};
use zice_rules::{decimal, dictionary::Kind, fraction::Fraction};
use zice_tables::figure::{Figure, figure, grouped, plain_figure, plain_rate, shown};

use crate::{
    page::{Action, Attempt, Session, Shared, WhatIf, act, scenarios::MOST},
    parts::{
        field::unit,
        verdict::{interval, ladder, verdict, verdict_words},
    },
    screens::report::{scenarios, stairs},
    ui::dom::{
        QUIET, attrs, button, changing, group, keyed, line, maybe, pressed_in, sliding, tag, text,
        typing,
    },
    words::{self, Word},
};

/// The id of the field for the figure.
const FIELD: &str = "zice-what-if";

/// The part of the report with its heading, which has this rank: closed, a button.
pub fn what_if(session: &Shared, rank: &'static str) -> Html {
    let lang = session.view.lang;
    let mut children = vec![line(rank, "", &[words::WHAT_IF.get(lang)])];
    match (&session.view.what_if, session.tried()) {
        (Some(open), Some(tried)) => children.extend(desk(session, open, &tried)),
        _ => {
            let attrs = attrs! { "type": "button", "class": QUIET };
            let open = act(session, Action::Try(Attempt::Open));
            children.push(line("p", "zice-rule", &[words::WHAT_IF_HELP.get(lang)]));
            children.push(button(attrs, words::WHAT_IF_OPEN.get(lang), open));
        }
    }
    children.push(scenarios::scenarios(session));
    group("section", "zice-what-if zice-screen-only", children)
}

/// A figure as people write it, with its unit.
pub fn amount(session: &Session, fact: usize, plain: &str) -> String {
    let Some(fact) = session.catalogue.dictionary.facts.get(fact) else { return plain.to_owned() };
    if fact.kind == Kind::Rate {
        let rate = decimal::parse(plain).ok().and_then(|it| it.mul(Fraction::whole(100)).ok());
        return rate.map_or_else(String::new, |it| [&it.to_decimal_or_ratio(), "%"].concat());
    }
    let own =
        if fact.kind == Kind::Money { shown(plain, session.view.unit) } else { plain.to_owned() };
    let own = grouped(&own).unwrap_or(own);
    [&*own, " ", unit(session, fact.kind, fact.unit.as_ref())].concat()
}

/// What a figure is called: with its year, where it has one.
pub fn title(session: &Session, fact: usize, year: Option<i32>) -> String {
    let name = session.catalogue.dictionary.facts.get(fact);
    let name = name.map_or("", |it| it.short.get(session.view.lang));
    match year {
        Some(year) => [&year.to_string(), " ", name].concat(),
        None => name.to_owned(),
    }
}

fn desk(session: &Shared, open: &WhatIf, tried: &Tried) -> Vec<Html> {
    let lang = session.view.lang;
    let close = act(session, Action::Try(Attempt::Close));
    let looked = tried.scale.as_ref().and_then(|it| Some((it, tried.figures.get(it.figure)?)));
    let Some((scale, figure)) = looked else {
        let attrs = attrs! { "type": "button", "class": QUIET };
        let none = line("p", "", &[words::WHAT_IF_NONE.get(lang)]);
        return vec![none, button(attrs, words::CLOSE.get(lang), close)];
    };
    let mut children = vec![
        choice(session, tried, scale.figure),
        field(session, open, figure),
        slider(session, tried, scale, figure),
        moves(session, open, scale),
        with(session, tried, scale),
    ];
    children.push(maybe(scale.amount.is_none(), || outside(session, scale, figure)));
    let contradictions = tried.contradictions.iter();
    children.extend(contradictions.map(|it| line("p", "zice-error", &[it.get(lang)])));
    children.push(results(session, tried, scale, figure));
    children.push(keep(session, open));
    children.push(line("p", "zice-rule", &[words::WHAT_IF_ONLY_REAL.get(lang)]));
    children
}

/// The figures to choose from.
fn choice(session: &Shared, tried: &Tried, current: usize) -> Html {
    let lang = session.view.lang;
    let options = tried.figures.iter().enumerate().map(|(at, it)| {
        let selected = if at == current { "selected" } else { "" };
        let title = title(session, it.fact, it.year);
        tag("option", attrs! { "value": &at.to_string(), "selected": selected }, vec![text(&title)])
    });
    let keys: Vec<(usize, Option<i32>)> =
        tried.figures.iter().map(|it| (it.fact, it.year)).collect();
    let shared = session.clone();
    let onchange = Callback::from(move |event: Event| {
        let select: Option<HtmlSelectElement> = event.target_dyn_into();
        let chosen = select.and_then(|it| it.value().parse::<usize>().ok());
        let key = chosen.and_then(|at| keys.get(at));
        let fact = key.and_then(|(at, _)| shared.catalogue.dictionary.facts.get(*at));
        if let (Some((_, year)), Some(fact)) = (key, fact) {
            shared.dispatch(Action::Try(Attempt::Look(fact.id.clone(), *year)));
        }
    });
    let id = "zice-what-if-which";
    let select = changing("select", attrs! { "id": id }, options.collect(), onchange);
    let label = tag("label", attrs! { "for": id }, vec![text(words::WHAT_IF_WHICH.get(lang))]);
    group("p", "zice-field", vec![label, keyed(["which-", &current.to_string()].concat(), select)])
}

/// The field for the figure, with what the company gave.
fn field(session: &Shared, open: &WhatIf, tryable: &Tryable) -> Html {
    let lang = session.view.lang;
    let Some(fact) = session.catalogue.dictionary.facts.get(tryable.fact) else {
        return Html::default();
    };
    let (dispatcher, kind, money_unit) = (session.dispatcher(), fact.kind, session.view.unit);
    let oninput = Callback::from(move |event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let typed = input.map(|it| it.value()).unwrap_or_default();
        let plain = match kind {
            Kind::Rate => plain_rate(&typed),
            _ => match figure(&typed, money_unit, kind == Kind::Money) {
                Figure::Plain(plain) => plain,
                Figure::Unclear(_) => plain_figure(&typed),
            },
        };
        // What is no figure yet tries nothing.
        let plain = decimal::parse(&plain).is_ok().then_some(plain);
        dispatcher.dispatch(Action::Try(Attempt::Type(plain)));
    });
    let value = match kind {
        Kind::Money => shown(&tryable.now, money_unit),
        _ => tryable.now.clone(),
    };
    let attrs = attrs! {
        "type": "text", "id": FIELD, "class": "zice-figure", "autocomplete": "off",
        "inputmode": if fact.domain().signed { "text" } else { "decimal" }, "value": &value,
        "aria-describedby": "zice-what-if-own",
    };
    let input = typing(attrs, oninput, Callback::noop());
    let label = tag("label", attrs! { "for": FIELD }, vec![text(words::WHAT_IF_TO.get(lang))]);
    let own = words::fill(&words::WHAT_IF_OWN, lang, &amount(session, tryable.fact, &tryable.own));
    let own =
        tag("span", attrs! { "id": "zice-what-if-own", "class": "zice-soft" }, vec![text(&own)]);
    let unit = line("span", "zice-unit", &[unit(session, kind, fact.unit.as_ref())]);
    let key = ["field-", &open.fresh.to_string()].concat();
    group("p", "zice-field", vec![label, keyed(key, input), unit, own])
}

/// The figure at an amount of granules, as a company file writes it.
pub fn at(scale: &Scale, granules: i64) -> String {
    let by = scale.granule.mul(Fraction::whole(granules.into()));
    let value = by.and_then(|by| scale.start.add(by));
    value.map_or_else(|_| String::new(), Fraction::to_decimal_or_ratio)
}

/// Sets the figure to an amount of granules; at nought it is no longer tried.
fn set(scale: &Scale, granules: i64) -> Action {
    Action::Try(Attempt::Set((granules != 0).then(|| at(scale, granules))))
}

/// The nearest threshold below and above what is tried.
fn stops(scale: &Scale) -> (Option<i64>, Option<i64>) {
    let now = scale.amount.unwrap_or(0);
    let below = scale.stops.iter().rev().find(|it| **it < now);
    let above = scale.stops.iter().find(|it| **it > now);
    (below.copied(), above.copied())
}

fn slider(session: &Shared, tried: &Tried, scale: &Scale, figure: &Tryable) -> Html {
    let lang = session.view.lang;
    let now = scale.amount.unwrap_or(0);
    // Both ends are whole steps away from nought, so that nought can be reached.
    let step = scale.step.max(1);
    let min = scale.shown.0 / step * step;
    let max = (scale.shown.1 / step).saturating_add(1).saturating_mul(step).min(scale.fits.1);
    let results = pictures(session, tried).into_iter().map(|(policy, picture)| {
        let (_, words) = verdict_words(lang, picture.verdict_name(), picture.standing);
        let score = picture.score.map(|it| interval(it.min, it.max, lang));
        let score = score.map_or_else(String::new, |it| [words::COMMA.get(lang), &it].concat());
        [policy.title.get(lang), words::COLON.get(lang), &words, &score].concat()
    });
    let results: Vec<String> = results.collect();
    let spoken = [
        &*amount(session, figure.fact, &figure.now),
        words::SEMICOLON.get(lang),
        &results.join(words::SEMICOLON.get(lang)),
    ]
    .concat();
    let label = [
        &title(session, figure.fact, figure.year),
        words::COMMA.get(lang),
        words::WHAT_IF_TO.get(lang),
    ];
    let attrs = attrs! {
        "type": "range", "class": "zice-slider", "min": &min.to_string(), "max": &max.to_string(),
        "step": &step.to_string(), "aria-label": &label.concat(), "aria-valuetext": &spoken,
    };
    let (dispatcher, own) = (session.dispatcher(), scale.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        if let Some(granules) = input.and_then(|it| it.value().parse().ok()) {
            dispatcher.dispatch(set(&own, granules));
        }
    });
    let (dispatcher, own) = (session.dispatcher(), scale.clone());
    let (below, above) = stops(scale);
    let keys = Callback::from(move |event: KeyboardEvent| {
        let stop = match &*event.key() {
            "PageDown" => below,
            "PageUp" => above,
            _ => return,
        };
        event.prevent_default();
        if let Some(granules) = stop {
            dispatcher.dispatch(set(&own, granules));
        }
    });
    pressed_in(sliding(attrs, &now.to_string(), oninput), keys)
}

/// The buttons that go from threshold to threshold and back.
fn moves(session: &Shared, open: &WhatIf, scale: &Scale) -> Html {
    let lang = session.view.lang;
    let (below, above) = stops(scale);
    let attrs = attrs! { "type": "button", "class": QUIET };
    let go = |word: &Word, stop: Option<i64>| {
        maybe(stop.is_some(), || {
            button(attrs, word.get(lang), act(session, set(scale, stop.unwrap_or(0))))
        })
    };
    let reset = act(session, Action::Try(Attempt::Reset));
    let reset = maybe(open.is_changed(), || button(attrs, words::WHAT_IF_RESET.get(lang), reset));
    let close = act(session, Action::Try(Attempt::Close));
    group(
        "div",
        "zice-actions",
        vec![
            go(&words::STOP_BELOW, below),
            go(&words::STOP_ABOVE, above),
            reset,
            button(attrs, words::CLOSE.get(lang), close),
        ],
    )
}

/// What is otherwise besides the figure that is looked at: what moves with it, and
/// what was tried before.
fn with(session: &Session, tried: &Tried, scale: &Scale) -> Html {
    let lang = session.view.lang;
    let others = tried.figures.iter().enumerate().filter(|(at, _)| *at != scale.figure);
    let others = others.filter(|(_, it)| it.now != it.own).map(|(_, it)| {
        let (own, now) = (amount(session, it.fact, &it.own), amount(session, it.fact, &it.now));
        let title = title(session, it.fact, it.year);
        [&*title, words::COLON.get(lang), &own, " → ", &now].concat()
    });
    let others: Vec<String> = others.collect();
    // The line is there before there is anything to say, so that nothing moves.
    let words = if !others.is_empty() {
        [words::WHAT_IF_ALSO.get(lang), &others.join(words::SEMICOLON.get(lang))].concat()
    } else if scale.with.is_empty() {
        String::new()
    } else {
        let names = scale.with.iter().map(|fact| title(session, *fact, None));
        let names: Vec<String> = names.collect();
        words::fill(&words::WHAT_IF_WITH, lang, &names.join(words::LIST_COMMA.get(lang)))
    };
    line("p", "zice-rule", &[&words])
}

/// Between what the figure has to be to fit the other answers.
fn outside(session: &Session, scale: &Scale, figure: &Tryable) -> Html {
    let ends = [scale.fits.0, scale.fits.1].map(|it| amount(session, figure.fact, &at(scale, it)));
    let words = words::fill(&words::WHAT_IF_FITS, session.view.lang, &ends.join("–"));
    tag("p", attrs! { "class": "zice-error", "role": "status" }, vec![text(&words)])
}

/// What the company comes to, of each programme.
fn pictures<'a>(session: &'a Session, tried: &Tried) -> Vec<(&'a Outline, Picture)> {
    session.policies().zip(session.pictures_in(&session.scenario_of(tried))).collect()
}

/// The result of each programme, before and now.
fn results(session: &Session, tried: &Tried, scale: &Scale, figure: &Tryable) -> Html {
    let lang = session.view.lang;
    let several = session.policies().nth(1).is_some();
    let now = pictures(session, tried);
    let rows = now.iter().zip(&session.results.pictures).enumerate();
    let rows = rows.map(|(at, ((policy, now), before))| {
        let name = |it: &Picture| {
            let (_, words) = verdict_words(lang, it.verdict_name(), it.standing);
            let score = it.score.map(|it| interval(it.min, it.max, lang));
            score.map_or(words.clone(), |it| [&*words, " ", &it].concat())
        };
        let was = words::fill(&words::WHAT_IF_OWN, lang, &name(before));
        let mut children = vec![
            maybe(several, || line("h4", "", &[policy.title.get(lang)])),
            verdict(lang, now.verdict_name(), now.standing),
            line("span", "zice-soft", &[&was]),
        ];
        if let Some(score) = now.score {
            children.push(ladder(lang, score));
        }
        if let Some(steps) = scale.stairs.get(at).filter(|it| it.len() > 1) {
            children.push(stairs::stairs(session, scale, figure, steps, now.score));
        }
        group("div", "zice-result-now", children)
    });
    group("div", "zice-results-now", rows.collect())
}

/// Keeps what is tried under a name.
fn keep(session: &Shared, open: &WhatIf) -> Html {
    let lang = session.view.lang;
    let all = session.scenarios();
    let letter = ('A'..).take(MOST).map(|it| words::fill(&words::SCENARIO, lang, &it.to_string()));
    let letter = letter.into_iter().find(|name| all.iter().all(|it| it.name != *name));
    let name = letter.unwrap_or_default();
    let known = all.iter().any(|it| it.name == open.name.trim());
    if !session.has_room_for_scenario() && !known {
        return line("p", "zice-rule", &[&words::count(&words::SCENARIOS_FULL, lang, MOST)]);
    }
    let dispatcher = session.dispatcher();
    let oninput = Callback::from(move |event: InputEvent| {
        let input: Option<HtmlInputElement> = event.target_dyn_into();
        let typed = input.map(|it| it.value()).unwrap_or_default();
        dispatcher.dispatch(Action::Try(Attempt::Name(typed)));
    });
    let id = "zice-what-if-name";
    let attrs = attrs! {
        "type": "text", "id": id, "class": "zice-text", "autocomplete": "off",
        "placeholder": &name, "value": &open.name, "maxlength": "60",
    };
    let key = ["name-", &all.len().to_string(), "-", &open.fresh.to_string()].concat();
    let input = keyed(key, typing(attrs, oninput, Callback::noop()));
    let label = tag("label", attrs! { "for": id }, vec![text(words::SCENARIO_NAME.get(lang))]);
    let keep = act(session, Action::Try(Attempt::Keep(name)));
    let attrs = attrs! { "type": "button", "class": QUIET };
    let button = maybe(open.is_changed(), || button(attrs, words::KEEP_SCENARIO.get(lang), keep));
    group("p", "zice-field", vec![label, input, button])
}

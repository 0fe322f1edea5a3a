//! Programme cards.

use yew::prelude::*;
use zice_rules::Policy;

use crate::{app::ScreenProps, session::Action, words};

/// The first screen.
#[component]
pub fn Choose(props: &ScreenProps) -> Html {
    let session = &props.session;
    let lang = session.lang;
    html! {
        <>
            <h1 tabindex="-1" data-zice-heading="">{ words::CHOOSE.get(lang) }</h1>
            <ul class="zice-cards">
                { for session.catalogue.policies.iter().enumerate().map(|(at, policy)| {
                    let start = {
                        let session = session.clone();
                        Callback::from(move |_: MouseEvent| session.dispatch(Action::Choose(at)))
                    };
                    card(policy, props, start)
                }) }
            </ul>
        </>
    }
}

fn card(policy: &Policy, props: &ScreenProps, start: Callback<MouseEvent>) -> Html {
    let lang = props.session.lang;
    let open = policy.is_open_on(props.session.today);
    let state = if open { words::OPEN_NOW } else { words::CLOSED_NOW };
    let title = policy.title.get(lang);
    let edition = lang.pick("{e} 年度规则", "{e} edition").replace("{e}", &policy.edition);
    let mut window = String::new();
    if let Some(opens) = policy.window.opens {
        window.push_str(&format!("{} {opens} ", words::FROM.get(lang)));
    }
    if let Some(closes) = policy.window.closes {
        window.push_str(&lang.pick("{d} 截止", "until {d}").replace("{d}", &closes.to_string()));
    }
    html! {
        <li class="zice-card">
            <h2>{ title }{ " " }<span class="zice-edition">{ edition }</span></h2>
            <p>{ policy.summary.get(lang) }</p>
            <dl>
                <dt>{ words::WINDOW.get(lang) }</dt>
                <dd>{ window }{ lang.pick("（", " (") }{ state.get(lang) }{ lang.pick("）", ")") }</dd>
                <dt>{ words::RUN_BY.get(lang) }</dt>
                <dd>{ policy.authority.get(lang) }</dd>
                <dt>{ words::APPLIED_AT.get(lang) }</dt>
                <dd>{ policy.platform.get(lang) }</dd>
                <dt>{ words::BENEFITS.get(lang) }</dt>
                <dd>
                    <ul>{ for policy.benefits.iter().map(|benefit| html! {
                        <li>{ benefit.text.get(lang) }</li>
                    }) }</ul>
                </dd>
            </dl>
            <p>
                <button type="button" class="zice-button" onclick={start}
                    aria-label={format!("{} {title}", words::START.get(lang))}>
                    { words::START.get(lang) }
                </button>
                <span class="zice-minutes">{ policy.minutes }{ " " }{ words::MINUTES.get(lang) }</span>
            </p>
        </li>
    }
}

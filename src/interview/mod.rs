//! The interview: one topic at a time.

mod figure;
mod list;
mod question;

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    app::ScreenProps,
    live::Live,
    session::{Action, Asked, Screen},
    words,
};
use question::Question;

/// The screen of one topic.
#[component]
pub fn Interview(props: &ScreenProps) -> Html {
    let session = &props.session;
    let lang = session.lang;
    let topics = session.topics();
    let Screen::Topic(at) = session.screen else { return Html::default() };
    let Some((topic, asked)) = topics.get(at) else { return Html::default() };
    let title = session.catalogue.dictionary.topics.get(*topic).map_or("", |it| it.title.get(lang));
    let step = lang
        .pick("第 {a} 步，共 {b} 步", "Step {a} of {b}")
        .replace("{a}", &(at + 1).to_string())
        .replace("{b}", &topics.len().to_string());
    // Folded when the topic was opened. A question that came to matter
    // meanwhile comes out, but not one that is being answered down there: it
    // would be taken from under the hands.
    let (folded, shown): (Vec<&Asked>, Vec<&Asked>) = asked.iter().partition(|asked| {
        session.folded.contains(&asked.fact)
            && (session.is_answered(asked.fact) || !session.picture.open.contains(&asked.fact))
    });
    let go = |screen: Screen| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Go(screen)))
    };
    let question = |asked: &Asked| {
        let fact = session.catalogue.dictionary.facts.get(asked.fact);
        let id = fact.map_or("", |fact| fact.id.as_str());
        html! {
            <Question key={format!("{id}/{}", session.generation)}
                session={session.clone()} asked={asked.clone()} />
        }
    };
    let submit = {
        let session = session.clone();
        let next = if at + 1 < topics.len() { Screen::Topic(at + 1) } else { Screen::Report };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            session.dispatch(Action::Go(next));
        })
    };
    html! {
        <div class="zice-columns">
            <div class="zice-form">
                <nav aria-label={words::TOPICS.get(lang)}>
                    <ol class="zice-steps">
                        { for topics.iter().enumerate().map(|(other, (topic, _))| {
                            let title = session.catalogue.dictionary.topics.get(*topic)
                                .map_or("", |it| it.title.get(lang));
                            let current = (other == at).then_some("step");
                            html! {
                                <li><button type="button" aria-current={current}
                                    onclick={go(Screen::Topic(other))}>{ title }</button></li>
                            }
                        }) }
                    </ol>
                </nav>
                <p class="zice-step">{ step }</p>
                <h1 tabindex="-1" data-zice-heading="">{ title }</h1>
                <form onsubmit={submit} novalidate=true>
                    if at == 0 { <Company session={session.clone()}
                        key={format!("company/{}", session.generation)} /> }
                    { for shown.into_iter().map(question) }
                    if !folded.is_empty() {
                        <details class="zice-folded">
                            <summary>{ words::fill(words::FOLDED, lang, folded.len()) }</summary>
                            { for folded.into_iter().map(question) }
                        </details>
                    }
                    <div class="zice-actions">
                        if at == 0 {
                            <button type="button" class="zice-button zice-button-quiet"
                                onclick={go(Screen::Choose)}>{ words::BACK_TO_CHOOSE.get(lang) }</button>
                        } else {
                            <button type="button" class="zice-button zice-button-quiet"
                                onclick={go(Screen::Topic(at - 1))}>{ words::BACK.get(lang) }</button>
                        }
                        if at + 1 < topics.len() {
                            <button type="button" class="zice-button zice-button-quiet"
                                onclick={go(Screen::Report)}>{ words::SEE_REPORT.get(lang) }</button>
                            <button type="submit" class="zice-button">{ words::NEXT.get(lang) }</button>
                        } else {
                            <button type="submit" class="zice-button">{ words::SEE_REPORT.get(lang) }</button>
                        }
                    </div>
                </form>
            </div>
            <Live {lang} picture={session.picture.clone()} />
        </div>
    }
}

/// Name of the company and day of application.
#[component]
fn Company(props: &ScreenProps) -> Html {
    let session = &props.session;
    let lang = session.lang;
    // What is typed stays what it is; the session only listens.
    let name = use_state(|| session.name.clone());
    let as_of = use_state(|| session.as_of.clone());
    let listen = |state: &UseStateHandle<String>, action: Rc<dyn Fn(String) -> Action>| {
        let (state, session) = (state.clone(), session.clone());
        Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            let text = input.map(|input| input.value()).unwrap_or_default();
            state.set(text.clone());
            session.dispatch(action(text));
        })
    };
    let problem = session.problems.iter().find(|problem| problem.path == "as_of");
    html! {
        <fieldset class="zice-question">
            <legend>{ words::COMPANY.get(lang) }</legend>
            <p>
                <label for="zice-name">{ words::COMPANY_NAME.get(lang) }</label>
                <input id="zice-name" type="text" autocomplete="organization" value={(*name).clone()}
                    oninput={listen(&name, Rc::new(Action::Name))} />
            </p>
            <p>
                <label for="zice-as-of">{ words::AS_OF.get(lang) }</label>
                <input id="zice-as-of" type="text" class="zice-day" autocomplete="off"
                    placeholder={words::DAY_FORMAT.get(lang)} value={(*as_of).clone()}
                    aria-describedby="zice-as-of-help" aria-invalid={problem.is_some().to_string()}
                    oninput={listen(&as_of, Rc::new(Action::AsOf))} />
            </p>
            <p id="zice-as-of-help" class="zice-help">
                { words::AS_OF_HELP.get(lang) }
                if let Some(problem) = problem {
                    <strong class="zice-error">{ words::ERROR.get(lang) }{ problem.kind.text(lang) }</strong>
                }
            </p>
        </fieldset>
    }
}

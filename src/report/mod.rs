//! The report, on the screen and on paper.

mod parts;

use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;
use zice_rules::{Policy, Report, text::printable};

use crate::{
    app::Shared,
    events, file,
    live::{Ladder, interval, state_class},
    session::{Action, Screen, Session},
    words,
};
use parts::{answers, calendar, cautions, criteria, documents, missing, statements};

/// What the report is made of.
#[derive(Properties, Clone, PartialEq)]
pub struct ReportProps {
    pub session: Shared,
    pub mount: Element,
}

/// The report screen; when it opens, the host is told.
#[component]
pub fn ReportScreen(props: &ReportProps) -> Html {
    let ReportProps { session, mount } = props.clone();
    let lang = session.lang;
    let (Some(report), Some(policy)) = (session.report(), session.policy()) else {
        return html! {
            <>
                <h1 tabindex="-1" data-zice-heading="">{ words::REPORT.get(lang) }</h1>
                <p class="zice-error" role="alert">{ words::TOO_LARGE.get(lang) }</p>
                { actions(&session, None) }
            </>
        };
    };
    {
        let report = report.clone();
        use_report_event(mount, report);
    }
    html! {
        <article class="zice-report">
            <h1 tabindex="-1" data-zice-heading="">
                { policy.title.get(lang) }{ " " }{ words::REPORT.get(lang) }
            </h1>
            { heading(&session, &report, policy) }
            { actions(&session, Some(&report)) }
            { cautions(&session, &report) }
            { missing(&session, &report) }
            { criteria(&session, &report) }
            { documents(&session, &report) }
            { calendar(&session, &report) }
            { statements(words::OPEN_POINTS, &policy.open_points, policy, lang) }
            { statements(words::BENEFITS, &policy.benefits, policy, lang) }
            { answers(&session, &report) }
            <section>
                <h2>{ words::SOURCES.get(lang) }</h2>
                <p>{ policy.address() }</p>
                <p>{ words::CHECKED_ON.get(lang) }{ " " }{ policy.checked_on.to_string() }
                    { lang.pick("，", ", ") }{ words::REVIEW_BY.get(lang) }{ " " }{ policy.review_by.to_string() }</p>
                <p class="zice-digest">{ words::DIGEST.get(lang) }{ " " }{ &policy.digest }</p>
            </section>
            <p>{ words::REFERENCE_ONLY.get(lang) }</p>
        </article>
    }
}

/// Tells the host once for every report that is shown.
#[hook]
fn use_report_event(mount: Element, report: Report) {
    use_effect_with(report, move |report| events::send(&mount, "zice:report", report));
}

/// The report as indented JSON; written by the browser from the same plain
/// value the host gets.
fn pretty(report: &Report) -> String {
    let indent = JsValue::from_f64(2.0);
    events::plain(report)
        .and_then(|value| {
            js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &indent).ok()
        })
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn heading(session: &Session, report: &Report, policy: &Policy) -> Html {
    let lang = session.lang;
    let route = report
        .route
        .as_deref()
        .and_then(|route| policy.criteria.iter().find(|one| one.route.as_deref() == Some(route)));
    html! {
        <section class="zice-summary">
            if let Some(company) = &report.company { <p class="zice-company"><bdi>{ printable(company) }</bdi></p> }
            <p>{ words::AS_OF.get(lang) }{ " " }{ &report.as_of }</p>
            <p class={classes!("zice-verdict", state_class(Some(report.verdict)))} data-zice-verdict={report.verdict}>
                { words::verdict(Some(report.verdict)).get(lang) }
            </p>
            if let Some(route) = route {
                <p>{ words::ROUTE.get(lang) }{ lang.pick("：", ": ") }{ route.title.get(lang) }</p>
            }
            if let Some((min, max, out_of, passes)) = session.picture.score {
                <p>{ words::SCORE.get(lang) }{ " " }<strong>{ interval(min, max, lang) }</strong>
                    { lang.pick("，", ", ") }{ words::OUT_OF.get(lang) }{ " " }{ out_of }{ " " }{ words::POINTS.get(lang) }
                    { lang.pick("，", ", ") }{ words::PASS_MARK.get(lang) }{ " " }{ passes }{ " " }{ words::POINTS.get(lang) }</p>
                <Ladder {lang} {min} {max} {out_of} {passes} />
            }
        </section>
    }
}

fn actions(session: &Shared, report: Option<&Report>) -> Html {
    let lang = session.lang;
    let back = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Go(Screen::Topic(0))))
    };
    let choose = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::Go(Screen::Choose)))
    };
    let print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            window.print().ok();
        }
    });
    let save = report.map(|report| {
        let text = pretty(report);
        let name = file::file_name(&session.name, ".report.json");
        Callback::from(move |_: MouseEvent| {
            file::save(&name, &text).ok();
        })
    });
    html! {
        <div class="zice-actions zice-screen-only">
            <button type="button" class="zice-button zice-button-quiet" onclick={back}>{ words::BACK_TO_ANSWERS.get(lang) }</button>
            <button type="button" class="zice-button zice-button-quiet" onclick={choose}>{ words::BACK_TO_CHOOSE.get(lang) }</button>
            if let Some(save) = save {
                <button type="button" class="zice-button zice-button-quiet" onclick={save}>{ words::SAVE_REPORT.get(lang) }</button>
                <button type="button" class="zice-button" onclick={print}>{ words::PRINT.get(lang) }</button>
            }
        </div>
    }
}

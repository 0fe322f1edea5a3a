//! The report, on the screen and on paper: all verdicts, then programme by
//! programme, then what was entered.

mod answers;
mod criteria;
mod entries;
mod graded;
mod parts;

pub use answers::{answer, figure};

use yew::prelude::*;
use zice_rules::{Policy, Report, dictionary::Dictionary};

use crate::{
    app::QUIET,
    dom::{attrs, button, foreign, group, line, maybe, tag, text},
    events, file,
    live::{interval, ladder, score, verdict},
    picture::Picture,
    session::{Action, Screen, Session, Shared, act},
    words,
};

/// The report screen.
pub fn report(session: &Shared) -> Html {
    let lang = session.lang;
    let reports = session.reports();
    let mut children = vec![
        tag(
            "h1",
            attrs! { "tabindex": "-1", "data-zice-heading": "true" },
            vec![text(words::REPORT.get(lang))],
        ),
        summary(session, &reports),
        actions(session, &reports),
        answers::problems(session),
    ];
    for ((policy, report), picture) in reports.iter().zip(&session.pictures) {
        children.push(programme(session, policy, report.as_ref(), picture));
    }
    children.push(answers::answers(session));
    children.push(line("p", "", &[words::REFERENCE_ONLY.get(lang)]));
    group("article", "zice-report", children)
}

/// A part of a report under a heading.
pub fn section(title: &str, mut children: Vec<Html>) -> Html {
    children.insert(0, line("h3", "", &[title]));
    group("section", "", children)
}

/// Company, day, and the verdicts where there are several.
fn summary(session: &Session, reports: &[(&Policy, Option<Report>)]) -> Html {
    let lang = session.lang;
    let name = session.name();
    let day = session.day().to_string();
    let head =
        |word: &words::Word| tag("th", attrs! { "scope": "col" }, vec![text(word.get(lang))]);
    let rows = reports.iter().zip(&session.pictures).map(|((policy, _), picture)| {
        let points = match (picture.score, picture.hints) {
            (Some((min, max, ..)), _) => interval(min, max, lang),
            (_, Some(hints)) => words::count(&words::HINTS_FOUND, lang, hints),
            _ => String::new(),
        };
        group(
            "tr",
            "",
            vec![
                tag("th", attrs! { "scope": "row" }, vec![text(policy.title.get(lang))]),
                group("td", "", vec![verdict(lang, picture.verdict)]),
                line("td", "", &[&points]),
            ],
        )
    });
    group(
        "section",
        "zice-overview",
        vec![
            maybe(!name.is_empty(), || group("p", "zice-company", vec![foreign(name)])),
            line("p", "", &[words::AS_OF.get(lang), " ", &day]),
            maybe(reports.len() > 1, || {
                group(
                    "table",
                    "zice-table zice-verdicts",
                    vec![
                        line("caption", "", &[words::VERDICTS.get(lang)]),
                        group(
                            "thead",
                            "",
                            vec![group(
                                "tr",
                                "",
                                vec![
                                    head(&words::PROGRAMME),
                                    head(&words::RESULT),
                                    head(&words::SCORE),
                                ],
                            )],
                        ),
                        group("tbody", "", rows.collect()),
                    ],
                )
            }),
        ],
    )
}

fn actions(session: &Shared, reports: &[(&Policy, Option<Report>)]) -> Html {
    let lang = session.lang;
    let print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            window.print().ok();
        }
    });
    let save = {
        let reports: Vec<&Report> = reports.iter().filter_map(|(_, it)| it.as_ref()).collect();
        let (text, name) = (events::as_json(&reports), session.name().to_owned());
        Callback::from(move |_: MouseEvent| {
            file::save(&name, ".report.json", &text).ok();
        })
    };
    let quiet = |word: &words::Word, then: Callback<MouseEvent>| {
        button(attrs! { "type": "button", "class": QUIET }, word.get(lang), then)
    };
    group(
        "div",
        "zice-actions zice-screen-only",
        vec![
            quiet(&words::BACK_TO_ANSWERS, act(session, Action::Go(Screen::Topic(0)))),
            quiet(&words::BACK_TO_CHOOSE, act(session, Action::Go(Screen::Choose))),
            quiet(&words::SAVE_REPORT, save),
            button(
                attrs! { "type": "button", "class": "zice-button" },
                words::PRINT.get(lang),
                print,
            ),
        ],
    )
}

/// What one policy says.
fn programme(
    session: &Session,
    policy: &Policy,
    report: Option<&Report>,
    picture: &Picture,
) -> Html {
    let lang = session.lang;
    let dictionary: &Dictionary = &session.catalogue.dictionary;
    let edition = words::fill(&words::EDITION, lang, &policy.edition);
    let title = group(
        "h2",
        "",
        vec![text(policy.title.get(lang)), text(" "), line("span", "zice-edition", &[&edition])],
    );
    let mut children = vec![title];
    let graded = graded::graded(session, policy);
    match report {
        None => children.push(tag(
            "p",
            attrs! { "class": "zice-error", "role": "alert" },
            vec![text(words::TOO_LARGE.get(lang))],
        )),
        Some(report) if policy.hint => children.extend([
            heading(session, policy, report, picture),
            parts::warnings(lang, report),
            criteria::hints(lang, report),
            parts::edition(lang, policy),
        ]),
        Some(report) => children.extend([
            heading(session, policy, report, picture),
            parts::warnings(lang, report),
            criteria::missing(lang, dictionary, report, &graded),
            criteria::criteria(lang, report, &graded),
            entries::items(lang, dictionary, report),
            parts::documents(lang, report),
            parts::calendar(lang, report),
            entries::indicators(lang, report),
            parts::statements(&words::OPEN_POINTS, &policy.open_points, policy, lang),
            parts::statements(&words::BENEFITS, &policy.benefits, policy, lang),
            answers::assumed(lang, dictionary, report),
            parts::edition(lang, policy),
        ]),
    }
    tag(
        "section",
        attrs! { "class": "zice-programme", "data-zice-programme": &policy.id },
        children,
    )
}

fn heading(session: &Session, policy: &Policy, report: &Report, picture: &Picture) -> Html {
    let lang = session.lang;
    let route = report
        .route
        .as_deref()
        .and_then(|route| policy.criteria.iter().find(|one| one.route.as_deref() == Some(route)));
    let mut children = vec![verdict(lang, Some(report.verdict))];
    if let Some(route) = route {
        let title = route.title.get(lang);
        children.push(line("p", "", &[words::ROUTE.get(lang), words::COLON.get(lang), title]));
    }
    if let Some(points) = picture.score {
        let mut words = score(lang, points);
        let passes = interval(points.3, points.3, lang);
        let mark = [words::COMMA.get(lang), words::PASS_MARK.get(lang), " ", &passes].concat();
        words.push(text(&mark));
        children.push(group("p", "", words));
        children.push(ladder(lang, points));
    }
    group("div", "zice-summary", children)
}

//! The report, on the screen and on paper: the answer first, then programme by
//! programme what it rests on, then what was entered.
//!
//! What is longer is folded; every number leads to its own calculation. Both
//! are the document's business alone and stand in `report.js`.

mod advice;
mod answers;
mod calendar;
mod criteria;
mod entries;
mod hero;
mod ics;
mod missing;
pub mod papers;
mod parts;
mod scenarios;
mod sheet;
mod stairs;
mod what_if;

pub use criteria::status;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::prelude::*;
use zice_engine::protocol::{Line, Outline};
use zice_report::{CriterionReport, Report};
use zice_rules::{Date, Dictionary, Lang, Text, Verdict};

use crate::{
    browser::{events, file},
    page::{Action, Picture, ReadReport, Reported, Screen, Session, Shared, Standing, act},
    parts::{doubts::listed, host, rules::overdue, verdict::interval, verdict::verdict},
    ui::dom::{QUIET, attrs, button, foreign, group, line, maybe, tag, text},
    words::{self, Word},
};

#[wasm_bindgen(module = "/src/screens/report/report.js")]
extern "C" {
    /// The report around what was pressed, as a page of its own.
    fn whole(pressed: &Element, title: &str, company: &str) -> String;
    /// Follows what is pressed in a page and concerns the document alone.
    pub fn follow(mount: &Element);
}

/// The report of one policy, with what its parts need to tell it.
pub struct Told<'a> {
    pub lang: Lang,
    /// The day of application.
    pub day: Date,
    pub policy: &'a Outline,
    pub report: &'a Report,
    pub dictionary: &'a Dictionary,
    /// Criteria that nothing is left to answer for.
    pub graded: &'a [String],
    /// Of each criterion, how far it can be relied on.
    pub standings: &'a [Standing],
    /// Whether it is the only one: then less is folded.
    pub single: bool,
}

impl Told<'_> {
    /// A criterion as the policy has it; entry by entry they come again.
    pub fn criterion(&self, report: &CriterionReport) -> Option<&Line> {
        let at = self.report.criteria.iter().position(|it| core::ptr::eq(it, report))?;
        self.policy.criteria.get(at.checked_rem(self.policy.criteria.len())?)
    }

    /// How far it can be relied on.
    pub fn standing(&self, report: &CriterionReport) -> Standing {
        let criteria = self.policy.criteria.iter();
        let at = self
            .criterion(report)
            .and_then(|own| criteria.into_iter().position(|other| core::ptr::eq(own, other)));
        at.and_then(|at| self.standings.get(at)).copied().unwrap_or_default()
    }

    /// Whether it is the total of points.
    pub fn is_total(&self, report: &CriterionReport) -> bool {
        self.criterion(report).is_some_and(|it| it.sum.is_some())
    }

    /// A state or figure in words, behind what keeps it from being relied on.
    pub fn marked(&self, criterion: &CriterionReport, words: &str) -> String {
        match words::standing(self.standing(criterion)) {
            None => words.to_owned(),
            Some(word) => [word.get(self.lang), words::COLON.get(self.lang), words].concat(),
        }
    }

    /// The total.
    fn total(&self) -> Option<&CriterionReport> {
        self.report.criteria.iter().find(|it| self.is_total(it))
    }
}

/// Reports, with what their parts need to tell them.
pub fn told<'a>(session: &'a Session, reports: &'a [Reported<'a>]) -> Vec<Option<Told<'a>>> {
    let tell = |(at, (policy, read)): (usize, &'a Reported<'a>)| {
        let ReadReport { report, graded, .. } = &**read.as_ref()?;
        let (lang, dictionary) = (session.view.lang, &session.catalogue.dictionary);
        let standings = session.results.pictures.get(at).map_or(&[][..], |it| &it.standings);
        let single = reports.len() == 1;
        Some(Told {
            lang,
            day: session.day(),
            policy,
            report,
            dictionary,
            graded,
            standings,
            single,
        })
    };
    reports.iter().enumerate().map(tell).collect()
}

/// The report screen.
pub fn report(session: &Shared) -> Html {
    let lang = session.view.lang;
    let reports = session.reports();
    let told = told(session, &reports);
    let mut children = vec![
        tag(
            "h1",
            attrs! { "class": "", "tabindex": "-1", "data-zice-heading": "true" },
            vec![text(words::REPORT.get(lang))],
        ),
        summary(session, &told),
        answers::problems(session),
    ];
    let single = told.len() == 1;
    if !single {
        children.extend([
            actions(session),
            advice::together(session, &told),
            what_if::what_if(session, "h2"),
        ]);
    }
    for ((policy, told), picture) in session.policies().zip(&told).zip(&session.results.pictures) {
        // Of one programme the answer comes before what can be done with it.
        let actions = maybe(single, || actions(session));
        children.push(programme(session, policy, told.as_ref(), picture, actions));
    }
    children.push(line("p", "", &[words::REFERENCE_ONLY.get(lang)]));
    children.push(answers::answers(session));
    let sheet = sheet::sheet(session, &told);
    group("div", "", vec![group("article", "zice-report", children), sheet])
}

/// What a name is in Chinese, beside its translation: by that it is known to who
/// takes the application.
fn official(lang: Lang, name: &Text) -> Html {
    maybe(lang == Lang::En, || {
        let attrs = attrs! { "class": "zice-official", "lang": "zh-CN" };
        tag("span", attrs, vec![text(&[" ", &*name.zh].concat())])
    })
}

/// A part of a report under a heading.
pub fn section(title: &Word, lang: Lang, class: &str, children: Vec<Html>) -> Html {
    let heading = line("h3", "", &[title.get(lang)]);
    group("section", "", vec![heading, group("div", class, children)])
}

/// A part of a report that folds, under a heading of this rank.
pub fn part(rank: &'static str, title: &str, open: bool, mut children: Vec<Html>) -> Html {
    children.insert(0, group("summary", "", vec![line(rank, "", &[title])]));
    let open = if open { "open" } else { "" };
    tag("details", attrs! { "class": "zice-part", "open": open }, children)
}

/// What leads to the element with this id, in the document alone.
pub fn show(id: &str, words: Vec<Html>) -> Html {
    tag("button", attrs! { "type": "button", "class": "zice-show", "data-zice-show": id }, words)
}

/// The id of a programme's heading.
fn place(policy: &str) -> String {
    ["zice-programme-", policy].concat()
}

/// Company, day, and the verdicts where there are several.
fn summary(session: &Session, told: &[Option<Told>]) -> Html {
    let lang = session.view.lang;
    let name = session.name();
    let day = session.day().to_string();
    let rows = session.policies().zip(told).zip(&session.results.pictures).map(
        |((policy, told), picture)| {
            let (mut points, mut lacking) = (Vec::new(), Vec::new());
            if let Some(told) = told {
                if let Some(hints) = picture.hints {
                    points.push(text(&words::count(&words::HINTS_FOUND, lang, hints)));
                } else {
                    let count = missing::lacking(told).count();
                    let word = if count == 0 { &words::LACKING_NONE } else { &words::LACKING };
                    let words = text(&words::count(word, lang, count));
                    lacking.push(show(&missing::place(&policy.id), vec![words]));
                }
                if let (Some(total), Some(criterion)) = (picture.score, told.total()) {
                    let interval = interval(total.min, total.max, lang);
                    let words = text(&told.marked(criterion, &interval));
                    points.push(show(&criteria::place_of(told, criterion), vec![words]));
                }
            }
            let title = show(&place(&policy.id), vec![text(policy.title.get(lang))]);
            group(
                "tr",
                "",
                vec![
                    tag("th", attrs! { "scope": "row" }, vec![title]),
                    group("td", "", vec![verdict(lang, picture.verdict_name(), picture.standing)]),
                    group("td", "", points),
                    group("td", "", lacking),
                ],
            )
        },
    );
    let heads = [&words::PROGRAMME, &words::RESULT, &words::SCORE, &words::MISSING];
    let caption = line("caption", "", &[words::VERDICTS.get(lang)]);
    group(
        "section",
        "",
        vec![
            group(
                "p",
                "zice-soft",
                vec![
                    maybe(!name.is_empty(), || group("span", "zice-company", vec![foreign(name)])),
                    text(&[" ", words::AS_OF.get(lang), " ", &day].concat()),
                ],
            ),
            group("p", "", vec![host::brand(session, "　"), host::contact(session)]),
            maybe(told.len() > 1, || {
                entries::table("zice-verdicts", caption, &heads, rows.collect(), lang)
            }),
        ],
    )
}

/// What can be done with the report: one button leads, the others are in menus.
fn actions(session: &Shared) -> Html {
    let lang = session.view.lang;
    let quiet = |word: &Word, then: Callback<MouseEvent>| {
        button(attrs! { "type": "button", "class": QUIET }, word.get(lang), then)
    };
    let does = |word: &Word, class: &str, what: &str| {
        let attrs = attrs! { "type": "button", "class": class, "data-zice-do": what };
        tag("button", attrs, vec![text(word.get(lang))])
    };
    let (save, save_page) = saving(session);
    let kinds = vec![
        does(&words::ONE_PAGE, QUIET, "summary"),
        does(&words::FULL_REPORT, QUIET, "full"),
        does(&words::PAPER_LIST, QUIET, "papers"),
    ];
    let more = vec![
        quiet(&words::BACK_TO_CHOOSE, act(session, Action::Go(Screen::Choose))),
        quiet(&words::COMPARE, act(session, Action::Go(Screen::Compare))),
        quiet(&words::SAVE_REPORT, save),
        quiet(&words::SAVE_PAGE, save_page),
        does(&words::UNFOLD, QUIET, "all"),
        does(&words::FOLD, QUIET, "none"),
    ];
    group(
        "div",
        "zice-actions zice-screen-only",
        vec![
            quiet(&words::BACK_TO_ANSWERS, act(session, Action::Go(Screen::Topic(0)))),
            does(&words::PRINT, "zice-button", "print"),
            menu(lang, &words::PRINT_WHAT, "zice-print-menu", kinds),
            menu(lang, &words::MORE_ACTIONS, "zice-more-menu", more),
        ],
    )
}

/// A button that unfolds others below it. No `details`: those are the report's.
fn menu(lang: Lang, word: &Word, id: &str, items: Vec<Html>) -> Html {
    let attrs = attrs! {
        "type": "button", "class": "zice-link zice-unfolds", "aria-expanded": "false",
        "aria-controls": id, "data-zice-fold": "true",
    };
    let button = tag("button", attrs, vec![text(word.get(lang))]);
    let items = tag("div", attrs! { "id": id, "class": "zice-items" }, items);
    group("div", "zice-fold", vec![button, items])
}

/// What saves the report: as data, and as a page.
fn saving(session: &Shared) -> (Callback<MouseEvent>, Callback<MouseEvent>) {
    let lang = session.view.lang;
    let save = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            let reports = session.reports();
            let texts = events::texts(&reports);
            file::save(session.name(), ".report.json", &events::as_json(&texts));
        })
    };
    let save_page = {
        let session = session.clone();
        Callback::from(move |event: MouseEvent| {
            let name = session.name();
            let day = session.day().to_string();
            let title = [name, " ", words::REPORT.get(lang), " ", &day].concat();
            let pressed: Element = event.target_unchecked_into();
            let page = whole(&pressed, title.trim(), &session.file_text());
            file::save(name, ".report.html", &page);
        })
    };
    (save, save_page)
}

/// What one policy says, with the actions below the answer.
fn programme(
    session: &Shared,
    policy: &Outline,
    told: Option<&Told>,
    picture: &Picture,
    actions: Html,
) -> Html {
    let lang = session.view.lang;
    let edition = words::fill(&words::EDITION, lang, &policy.edition);
    let mut children = vec![tag(
        "h2",
        attrs! { "class": "", "id": &place(&policy.id), "tabindex": "-1" },
        vec![
            text(policy.title.get(lang)),
            official(lang, &policy.title),
            text(" "),
            line("span", "zice-edition", &[&edition]),
        ],
    )];
    children.push(overdue(session, policy.review_by));
    match told {
        None => children.extend([
            tag(
                "p",
                attrs! { "class": "zice-error", "role": "alert" },
                vec![text(words::TOO_LARGE.get(lang))],
            ),
            actions,
        ]),
        Some(told) if policy.hint => children.extend([
            hero::hero(told, picture),
            actions,
            doubts(session, told),
            criteria::hints(told),
            parts::warnings(told),
            parts::edition(told),
        ]),
        Some(told) => children.extend([
            hero::hero(told, picture),
            actions,
            doubts(session, told),
            pair(session, told, picture),
            parts::warnings(told),
            criteria::criteria(session, told),
            entries::items(told),
            entries::indicators(told),
            group(
                "div",
                "zice-folds",
                vec![
                    parts::statements(&words::OPEN_POINTS, &policy.open_points, told),
                    parts::statements(&words::BENEFITS, &policy.benefits, told),
                    answers::assumed(told),
                    parts::edition(told),
                ],
            ),
        ]),
    }
    tag(
        "section",
        attrs! { "class": "zice-programme", "data-zice-programme": &policy.id },
        children,
    )
}

/// How to pass or how firm the result is, beside what else there is to do. The longer
/// column is that of the advice.
fn pair(session: &Shared, told: &Told, picture: &Picture) -> Html {
    let what_if = maybe(told.single, || what_if::what_if(session, "h3"));
    let missing = missing::missing(session, told);
    let (papers, calendar) = (papers::papers(session, told), calendar::calendar(told));
    let advice = advice::advice(told, picture.standing);
    let fails = matches!(told.report.verdict, Verdict::NotMet | Verdict::Undecided);
    let columns = if fails {
        [vec![advice], vec![what_if, missing, papers, calendar]]
    } else {
        [vec![advice, what_if, calendar], vec![missing, papers]]
    };
    group("div", "zice-pair", columns.map(|it| group("div", "", it)).into())
}

/// Figures in doubt that anything in the programme rests on.
fn doubts(session: &Shared, told: &Told) -> Html {
    let own = session.policies().position(|it| it.id == told.policy.id);
    let lines = listed(session, |it| own.is_some_and(|own| it.concerns.contains(&own)));
    maybe(!lines.is_empty(), || {
        section(&words::DOUBTED, told.lang, "zice-doubt", vec![group("ul", "", lines)])
    })
}

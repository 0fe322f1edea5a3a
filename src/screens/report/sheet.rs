//! The report on one page, for who signs it: only on paper, and only when it is
//! asked for.

use yew::prelude::*;
use zice_report::DayState;
use zice_rules::{Status, Verdict, policy::Horizon};

use crate::{
    page::{Picture, Session, Standing},
    parts::{
        host,
        rules::days,
        verdict::{bar, interval, ladder, verdict_words},
    },
    screens::report::{Told, advice, hero, official, papers, parts::window},
    ui::dom::{attrs, foreign, group, line, maybe, tag, text},
    words,
};

/// As many lines of a kind are told of one programme, and of each of several.
const LINES: usize = 3;
const LINES_OF_SEVERAL: usize = 1;

/// As many papers have room by name.
const PAPERS: usize = 14;

/// The page, beside the report.
pub fn sheet(session: &Session, told: &[Option<Told>]) -> Html {
    let lang = session.view.lang;
    let day = session.day().to_string();
    let head = vec![
        host::brand(session, " · "),
        text(&[host::title(session), " · ", words::ONE_PAGE.get(lang), "  "].concat()),
        foreign(session.name()),
        text(&["  ", words::AS_OF.get(lang), " ", &*day].concat()),
    ];
    let mut children = vec![group("p", "zice-soft", head)];
    for ((policy, told), picture) in session.policies().zip(told).zip(&session.results.pictures) {
        let title = vec![text(policy.title.get(lang)), official(lang, &policy.title)];
        let (class, said) = verdict_words(lang, picture.verdict_name(), picture.standing);
        let said = line("strong", class, &[&said]);
        let mut own = vec![group("h2", "", title), group("p", "zice-sheet-verdict", vec![said])];
        own.extend(told.iter().flat_map(|it| programme(session, it, picture)));
        let checked = days([policy.checked_on, policy.review_by], lang);
        own.push(line("p", "zice-rule", &[&*policy.address(), words::COLON.get(lang), &*checked]));
        children.push(group("section", "", own));
    }
    let signed = [&words::WRITTEN_BY, &words::SEEN_BY, &words::SIGNED_ON];
    let signed = signed.map(|it| line("span", "", &[it.get(lang), words::COLON.get(lang)]));
    children.push(group("p", "zice-signed", signed.into()));
    let foot = vec![host::contact(session), text(words::REFERENCE_ONLY.get(lang))];
    children.push(group("p", "zice-rule", foot));
    let class = if told.len() == 1 { "zice-sheet" } else { "zice-sheet zice-sheet-of-several" };
    tag("section", attrs! { "class": class, "part": "summary" }, children)
}

fn programme(session: &Session, told: &Told, picture: &Picture) -> Vec<Html> {
    let lang = told.lang;
    let mut children = vec![points(told, picture), window(told.report)];
    if told.policy.hint {
        let found = told.report.criteria.iter().filter(|it| it.status == Status::Met);
        let found = found.map(|it| it.title.clone()).collect();
        children.push(listed(words::HINTS.get(lang), found, LINES));
        return children;
    }
    let most = if told.single { LINES } else { LINES_OF_SEVERAL };
    let (title, lines) = firm_or_how(told, picture.standing);
    children.push(listed(title.get(lang), lines, most));
    children.push(listed(words::TO_DO.get(lang), to_do(session, told), 2 * most + PAPERS));
    children.push(listed(words::UNSETTLED.get(lang), unsettled(told), most + 1));
    children
}

/// Number, bar and parts.
fn points(told: &Told, picture: &Picture) -> Html {
    let lang = told.lang;
    let Some(total) = picture.score else { return Html::default() };
    let standing = words::standing(picture.standing).map_or("", |word| word.get(lang));
    let colon = if standing.is_empty() { "" } else { words::COLON.get(lang) };
    let number = interval(total.min, total.max, lang);
    let said = vec![
        text(&[standing, colon, words::SCORE.get(lang), " "].concat()),
        line("strong", "", &[&number]),
        text(&hero::needs(told, picture)),
    ];
    let drawn = if told.single {
        ladder(lang, total)
    } else {
        bar(total.min, total.max, total.out_of, Some(total.needs))
    };
    let number = vec![group("p", "", said), drawn];
    let shares = hero::shares(told, picture, |_, parts| group("span", "zice-share", parts));
    let shares = maybe(!shares.is_empty(), || group("ul", "zice-shares", shares));
    group("div", "zice-sheet-points", vec![group("div", "", number), shares])
}

/// How firm the result is, or how to pass.
fn firm_or_how(told: &Told, standing: Standing) -> (&'static words::Word, Vec<String>) {
    let (lang, report) = (told.lang, told.report);
    match report.verdict {
        Verdict::Met | Verdict::NeedsReview if standing == Standing::Doubted => {
            (&words::HOW_FIRM, vec![words::CHECK_DOUBTS_FIRST.get(lang).to_owned()])
        }
        Verdict::Met | Verdict::NeedsReview => {
            let margins = advice::margins(report).map(ToOwned::to_owned);
            (&words::HOW_FIRM, advice::tolerance(told).into_iter().chain(margins).collect())
        }
        Verdict::NotMet | Verdict::Undecided => {
            let round = |of: Horizon, text: &str| {
                let round = match of {
                    Horizon::ThisRound => &words::THIS_ROUND,
                    Horizon::NextRound => &words::NEXT_ROUND,
                };
                [round.get(lang), words::COLON.get(lang), text].concat()
            };
            let earliest = report.earliest.iter().map(|it| it.text.clone());
            let ways = report.advice.iter().map(|it| round(it.horizon, &it.text));
            let none = report.no_advice.iter().map(|it| round(it.horizon, &it.text));
            (&words::HOW_TO_PASS, earliest.chain(ways).chain(none).collect())
        }
        _ => (&words::HOW_TO_PASS, Vec::new()),
    }
}

/// What is to be done, with dates: what is ahead, and the papers.
fn to_do(session: &Session, told: &Told) -> Vec<String> {
    let (lang, report) = (told.lang, told.report);
    let ahead = report.calendar.iter().filter(|it| it.state != DayState::Past);
    let mut lines: Vec<String> = ahead
        .take(if told.single { LINES } else { LINES_OF_SEVERAL })
        .map(|it| {
            let (from, to) = it.from.as_deref().map_or(("", ""), |it| (it, words::TO.get(lang)));
            [from, to, &*it.date, " ", &*it.what].concat()
        })
        .collect();
    let all = report.papers.len();
    if all > 0 {
        let count = [&*papers::ready(session, told).to_string(), " / ", &*all.to_string()].concat();
        let count = words::fill(&words::PAPERS_READY, lang, &count);
        lines.push([words::DOCUMENTS.get(lang), &*count].concat());
    }
    if told.single {
        let names = report.papers.iter().take(PAPERS);
        lines.extend(names.map(|it| it.title.clone()));
    }
    lines
}

/// What a person must judge, and the questions without an answer.
fn unsettled(told: &Told) -> Vec<String> {
    let lang = told.lang;
    let review = told.report.criteria.iter().filter(|it| it.status == Status::NeedsReview);
    let review: Vec<&str> = review.map(|it| it.title.as_str()).collect();
    let open = told.report.next_questions.iter().filter_map(|it| told.dictionary.fact(it));
    let open: Vec<&str> = open.map(|it| it.short.get(lang)).collect();
    let mut lines = Vec::new();
    if !review.is_empty() {
        let names = words::named(&review, &words::AND_MORE, lang);
        lines.push([words::TO_REVIEW.get(lang), &*names].concat());
    }
    if !open.is_empty() {
        let names = words::named(&open, &words::AND_MORE_QUESTIONS, lang);
        lines.push([words::OPEN_QUESTIONS_NAMED.get(lang), &*names].concat());
    }
    lines
}

/// The first lines under a heading; nothing where there are none.
fn listed(title: &str, mut lines: Vec<String>, most: usize) -> Html {
    lines.truncate(most);
    let shown: Vec<Html> = lines.iter().map(|it| line("li", "", &[it])).collect();
    maybe(!shown.is_empty(), || {
        group("div", "", vec![line("h3", "", &[title]), group("ul", "", shown)])
    })
}

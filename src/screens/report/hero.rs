//! The answer of a programme: verdict, points, and what they are made of.

use yew::prelude::*;
use zice_report::CriterionReport;
use zice_rules::Status;

use crate::{
    page::Picture,
    parts::verdict::{bar, ladder, pass_mark, score, verdict},
    screens::report::{Told, criteria::place_of, parts::window, show},
    ui::dom::{attrs, group, line, maybe, tag, text},
    words,
};

/// The answer. Every number in it leads to its calculation.
pub fn hero(told: &Told, picture: &Picture) -> Html {
    let report = told.report;
    let mut answer = vec![verdict(told.lang, Some(report.verdict.name()), picture.standing)];
    if let (Some(points), Some(total)) = (picture.score, told.total()) {
        let mut said = score(told.lang, points, picture.standing);
        said.push(text(&needs(told, picture)));
        said.push(ladder(told.lang, points));
        answer.push(show(&place_of(told, total), said));
    }
    answer.push(window(report));
    answer.push(route(told));
    let shares = shares(told, picture, |criterion, children| {
        let attrs = attrs! {
            "type": "button", "class": "zice-show zice-share",
            "data-zice-show": &place_of(told, criterion),
        };
        tag("button", attrs, children)
    });
    let shares = maybe(!shares.is_empty(), || group("ul", "zice-shares", shares));
    group("div", "zice-summary", vec![group("div", "", answer), shares])
}

/// `，合格线 60 分`
pub fn needs(told: &Told, picture: &Picture) -> String {
    let lang = told.lang;
    picture.score.map_or_else(String::new, |points| {
        let mark = pass_mark(lang, points);
        [words::COMMA.get(lang), words::PASS_MARK.get(lang), " ", &mark].concat()
    })
}

/// By which way the company passes.
fn route(told: &Told) -> Html {
    let lang = told.lang;
    let passed = |it: &&CriterionReport| {
        let way = told.criterion(it).and_then(|it| it.route.as_ref());
        it.status == Status::Met && way.is_some() && way == told.report.route.as_ref()
    };
    told.report.criteria.iter().find(passed).map_or_else(Html::default, |route| {
        let link = show(&place_of(told, route), vec![text(&route.title)]);
        let words = [words::ROUTE.get(lang), words::COLON.get(lang)].concat();
        group("p", "", vec![text(&words), link])
    })
}

/// What a total is made of: a name, a bar and points each, as the children of what
/// `draw` makes of a criterion.
pub fn shares(
    told: &Told,
    picture: &Picture,
    draw: impl Fn(&CriterionReport, Vec<Html>) -> Html,
) -> Vec<Html> {
    let shares = picture.shares.iter().filter_map(|share| {
        let criterion = told.report.criteria.get(share.criterion)?;
        let (min, max) = (share.min.to_string(), share.max.to_string());
        let range = if share.min == share.max { min } else { [&*min, "–", &*max].concat() };
        let points = [&*range, "/", &*share.out_of.to_string()].concat();
        let children = vec![
            line("span", "zice-share-name", &[&criterion.title]),
            bar(share.min, share.max, share.out_of, None),
            line("span", "zice-share-points", &[&told.marked(criterion, &points)]),
        ];
        Some(group("li", "", vec![draw(criterion, children)]))
    });
    // A total of one part is that part.
    let shares: Vec<Html> = shares.collect();
    if shares.len() > 1 { shares } else { Vec::new() }
}

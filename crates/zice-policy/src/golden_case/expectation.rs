//! Compares what a golden case expects with the report.

use zice_report::{IndicatorFigure, ItemReport, Report};

use crate::{
    compile::expected_points,
    policy_file::{BandPoints, Expectation, ItemExpectation},
};

/// Returns a message for every expectation that does not hold.
pub(super) fn compare(report: &Report, expect: &Expectation) -> Vec<String> {
    let mut wrong = Vec::new();
    for part in [verdict, criteria, lists, calendar, entries, indicators] {
        part(&mut wrong, report, expect);
    }
    wrong
}

/// Adds a message if something else was found than expected.
fn differs(wrong: &mut Vec<String>, what: &str, expected: String, found: String) {
    if expected != found {
        wrong.push(format!(
            "{what} 应为 {expected}，实为 {found} / expected {expected}, got {found}"
        ));
    }
}

/// The verdict, the points of the total, and the way to pass.
fn verdict(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    if let Some(verdict) = &expect.verdict {
        differs(wrong, "verdict", verdict.clone(), report.verdict.name().to_owned());
    }
    if let Some(score) = &expect.score {
        let found =
            report.score.as_ref().map_or_else(String::new, |score| span(&score.min, &score.max));
        differs(wrong, "score", points_text(score.get_ref()), found);
    }
    if let Some(route) = &expect.route {
        differs(wrong, "route", route.clone(), report.route.clone().unwrap_or_default());
    }
}

/// Statuses and points of criteria.
fn criteria(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    let criterion = |id: &str| report.criteria.iter().find(|one| one.id == id);
    for (id, status) in &expect.status {
        let found = criterion(id).map_or("（无此条件）", |one| one.status.name());
        differs(wrong, id, status.clone(), found.to_owned());
    }
    for (id, points) in &expect.points {
        let found = criterion(id)
            .and_then(|one| one.points.as_ref())
            .map_or_else(String::new, |points| span(&points.min, &points.max));
        differs(wrong, id, points_text(points), found);
    }
}

/// Questions, papers and warnings.
fn lists(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    if let Some(next) = &expect.next {
        differs(wrong, "next", next.join(" "), report.next_questions.join(" "));
    }
    for id in &expect.papers {
        if !report.papers.iter().any(|paper| paper.id == *id) {
            differs(wrong, "documents", id.clone(), "（未列出）".to_owned());
        }
    }
    for id in &expect.not_papers {
        if report.papers.iter().any(|paper| paper.id == *id) {
            differs(wrong, "not_documents", "（不列出）".to_owned(), id.clone());
        }
    }
    for code in &expect.warnings {
        if !report.warnings.iter().any(|warning| warning.code == *code) {
            differs(wrong, "warnings", code.clone(), "（未提示）".to_owned());
        }
    }
    for code in &expect.not_warnings {
        if report.warnings.iter().any(|warning| warning.code == *code) {
            differs(wrong, "not_warnings", "（不提示）".to_owned(), code.clone());
        }
    }
}

/// Dates of the round.
fn calendar(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    for (day, state) in &expect.calendar {
        let states: Vec<&str> = report
            .calendar
            .iter()
            .filter(|entry| entry.date == *day)
            .map(|entry| entry.state.name())
            .collect();
        let found = if states.contains(&state.as_str()) { state.clone() } else { states.join(" ") };
        differs(wrong, day, state.clone(), found);
    }
}

/// Entries of lists, and the notes on them.
fn entries(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    let item = |address: &str| report.items.iter().find(|item| item_address(item) == address);
    for (address, expected) in &expect.items {
        match (item(address), expected) {
            (Some(item), ItemExpectation::Status(status)) => {
                differs(wrong, address, status.clone(), item.status.name().to_owned());
            }
            (Some(item), ItemExpectation::CountsFor(lines)) => {
                differs(wrong, address, lines.join(" "), item.counts_for.join(" "));
            }
            (None, _) => differs(wrong, address, "（列出）".to_owned(), "（未列出）".to_owned()),
        }
    }
    for (address, notes) in &expect.notes {
        let found = item(address).map_or_else(Vec::new, |item| {
            item.because.iter().map(|note| note.id.as_str()).collect::<Vec<&str>>()
        });
        differs(wrong, address, notes.join(" "), found.join(" "));
    }
}

/// Figures for orientation.
fn indicators(wrong: &mut Vec<String>, report: &Report, expect: &Expectation) {
    for (address, value) in &expect.indicators {
        let found = report.indicators.iter().find_map(|indicator| {
            let figure = indicator
                .values
                .iter()
                .find(|figure| figure_address(&indicator.id, figure) == *address)?;
            Some(figure_text(figure))
        });
        differs(wrong, address, value.clone(), found.unwrap_or_else(|| "（无此数据）".to_owned()));
    }
}

/// Returns a message if the advice is another one than expected, for the rounds
/// that are expected at all.
pub(super) fn advice(expected: &[String], found: &[String]) -> Option<String> {
    fn round(line: &str) -> Option<&str> {
        line.split(':').next()
    }
    let wanted = |line: &&String| expected.iter().any(|it| round(it) == round(line));
    let found: Vec<&str> = found.iter().filter(wanted).map(String::as_str).collect();
    let (expected, found) = (expected.join("; "), found.join("; "));
    (expected != found)
        .then(|| format!("advice 应为 {expected}，实为 {found} / expected {expected}, got {found}"))
}

/// The address of an entry, such as `ip[0]`.
pub(super) fn item_address(item: &ItemReport) -> String {
    format!("{}[{}]", item.fact, item.index)
}

/// The address of an indicator's value: `id`, `id.2022` or `id.income.2022`.
fn figure_address(id: &str, figure: &IndicatorFigure) -> String {
    let mut address = id.to_owned();
    if let Some(side) = &figure.side {
        address.push('.');
        address.push_str(side);
    }
    if let Some(year) = figure.year {
        address.push_str(&format!(".{year}"));
    }
    address
}

fn figure_text(figure: &IndicatorFigure) -> String {
    let Some(observed) = &figure.observed else { return "undefined".to_owned() };
    let end = |end: &Option<String>| end.clone().unwrap_or_default();
    let (min, max) = (end(&observed.min), end(&observed.max));
    if min == max && !min.is_empty() { min } else { format!("{min}..{max}") }
}

fn points_text(points: &BandPoints) -> String {
    expected_points(points).map_or_else(
        || format!("{points:?}"),
        |(min, max)| span(&min.to_string(), &max.to_string()),
    )
}

/// Points as text: `60`, or `56-66` for a range.
pub(super) fn span(min: &str, max: &str) -> String {
    if min == max { min.to_owned() } else { format!("{min}-{max}") }
}

//! The sections of the report.

use serde_json::Value;
use yew::prelude::*;
use zice_rules::{
    Lang, Policy, Report,
    dictionary::{Fact, Field},
    policy::{Cite, Confidence, CriterionKind, Statement},
    report::{CiteReport, CriterionReport},
    text::printable,
};

use crate::{
    live::state_class,
    session::Session,
    words::{self, Word},
};

/// Warnings, and entries that could not be used.
pub fn cautions(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    let problems = &session.problems;
    if report.warnings.is_empty() && problems.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h2>{ words::WARNINGS.get(lang) }</h2>
            if !problems.is_empty() {
                <p class="zice-error">{ words::fill(words::PROBLEMS, lang, problems.len()) }</p>
                <ul>{ for problems.iter().map(|problem| {
                    let fact = problem.fact.as_deref().and_then(|id| session.catalogue.dictionary.fact(id));
                    let name = fact.map_or(problem.path.as_str(), |fact| fact.short.get(lang));
                    let as_of = problem.path == "as_of";
                    let name = if as_of { words::AS_OF.get(lang) } else { name };
                    html! {
                        <li>
                            { name }{ lang.pick("：", ": ") }{ problem.kind.text(lang) }
                            if as_of { { words::AS_OF_TODAY.get(lang) } }
                        </li>
                    }
                }) }</ul>
            }
            <ul>{ for report.warnings.iter().map(|warning| html! { <li>{ &warning.text }</li> }) }</ul>
        </section>
    }
}

/// Conditions that are not met or open, and the questions that decide most.
pub fn missing(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    let wanting = |criterion: &&CriterionReport| match criterion.kind {
        CriterionKind::Gate | CriterionKind::Score => {
            !matches!(criterion.status, "met" | "not_applicable")
        }
        _ => false,
    };
    let lacking: Vec<&CriterionReport> = report.criteria.iter().filter(wanting).collect();
    let dictionary = &session.catalogue.dictionary;
    let questions: Vec<&Fact> =
        report.next_questions.iter().filter_map(|id| dictionary.fact(id)).collect();
    html! {
        <section>
            <h2>{ words::MISSING.get(lang) }</h2>
            if lacking.is_empty() { <p>{ words::NOTHING_MISSING.get(lang) }</p> }
            <ul>{ for lacking.iter().map(|criterion| html! {
                <li>
                    <strong>{ &criterion.title }</strong>
                    { lang.pick("（", " (") }{ status(criterion).get(lang) }{ lang.pick("）：", "): ") }
                    { &criterion.explain }
                </li>
            }) }</ul>
            if !questions.is_empty() {
                <h3>{ words::QUESTIONS_LEFT.get(lang) }</h3>
                <ol>{ for questions.iter().map(|fact| html! { <li>{ fact.question.get(lang) }</li> }) }</ol>
            }
        </section>
    }
}

/// The word for how a criterion stands; a note applies or does not, a score
/// is scored.
fn status(criterion: &CriterionReport) -> Word {
    match (criterion.kind, criterion.status) {
        (CriterionKind::Note, "met") => words::NOTE_MET,
        (CriterionKind::Score, "met") if criterion.id != "score" => words::SCORED,
        (_, status) => words::status(status),
    }
}

/// Every condition with its calculation, clause and papers.
pub fn criteria(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    html! {
        <section>
            <h2>{ words::CRITERIA.get(lang) }</h2>
            <table class="zice-table">
                <thead>
                    <tr>
                        <th scope="col">{ words::CONDITION.get(lang) }</th>
                        <th scope="col">{ words::STATUS.get(lang) }</th>
                        <th scope="col">{ words::CALCULATION.get(lang) }</th>
                        <th scope="col">{ words::SOURCE.get(lang) }</th>
                    </tr>
                </thead>
                <tbody>{ for report.criteria.iter().map(|criterion| row(criterion, lang)) }</tbody>
            </table>
        </section>
    }
}

fn row(criterion: &CriterionReport, lang: Lang) -> Html {
    let points = criterion.points.as_ref().map(|points| {
        let shown = if points.min == points.max {
            points.min.clone()
        } else {
            format!("{}–{}", points.min, points.max)
        };
        format!("{shown} / {}", points.out_of)
    });
    html! {
        <tr data-zice-criterion={criterion.id.clone()} data-zice-status={criterion.status}>
            <th scope="row">{ &criterion.title }</th>
            <td data-label={words::STATUS.get(lang)}>
                <span class={classes!("zice-state", state_class(Some(criterion.status)))}>
                    { status(criterion).get(lang) }
                </span>
                if let Some(points) = points { <br /><span>{ points }{ " " }{ words::POINTS.get(lang) }</span> }
            </td>
            <td data-label={words::CALCULATION.get(lang)}>
                <p>{ &criterion.explain }</p>
                <p class="zice-rule">{ words::RULE.get(lang) }{ lang.pick("：", ": ") }{ &criterion.rule }</p>
            </td>
            <td data-label={words::SOURCE.get(lang)}>
                <ul>{ for criterion.cites.iter().map(|cite| html! { <li>{ cite_text(cite, lang) }</li> }) }</ul>
            </td>
        </tr>
    }
}

fn cite_text(cite: &CiteReport, lang: Lang) -> String {
    let mut text = cite.source.clone();
    if let Some(clause) = &cite.clause {
        text.push(' ');
        text.push_str(clause);
    }
    if let Some(page) = &cite.page {
        text.push(' ');
        text.push_str(&words::fill(words::CLAUSE_PAGE, lang, page));
    }
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    format!("{text}{open}{}{close}", confidence(cite.confidence).get(lang))
}

const fn confidence(confidence: Confidence) -> Word {
    match confidence {
        Confidence::Official => words::CONFIDENCE_OFFICIAL,
        Confidence::Reposted => words::CONFIDENCE_REPOSTED,
        Confidence::TwoSources => words::CONFIDENCE_TWO,
        Confidence::OneSource => words::CONFIDENCE_ONE,
        Confidence::Derived => words::CONFIDENCE_DERIVED,
        Confidence::Assumed => words::CONFIDENCE_ASSUMED,
        Confidence::Open => words::CONFIDENCE_OPEN,
    }
}

/// Papers with what they prove.
pub fn documents(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    html! {
        <section>
            <h2>{ words::DOCUMENTS.get(lang) }</h2>
            <ul class="zice-papers">{ for report.documents.iter().map(|paper| html! {
                <li>
                    { &paper.title }
                    if !paper.because.is_empty() {
                        <span class="zice-rule">{ lang.pick("（", " (") }{ words::PROVES.get(lang) }
                            { paper.because.join(lang.pick("、", ", ")) }{ lang.pick("）", ")") }</span>
                    }
                </li>
            }) }</ul>
        </section>
    }
}

/// Dates of the round.
pub fn calendar(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    html! {
        <section>
            <h2>{ words::CALENDAR.get(lang) }</h2>
            <ul>{ for report.calendar.iter().map(|entry| {
                let state = match entry.state {
                    "past" => words::STATE_PAST,
                    "open" => words::STATE_OPEN,
                    _ => words::STATE_FUTURE,
                };
                html! {
                    <li>{ &entry.date }{ " " }{ &entry.what }{ lang.pick("（", " (") }{ state.get(lang) }
                        { lang.pick("；", "; ") }{ confidence(entry.confidence).get(lang) }{ lang.pick("）", ")") }</li>
                }
            }) }</ul>
        </section>
    }
}

/// Cited sentences of the policy.
pub fn statements(title: Word, statements: &[Statement], policy: &Policy, lang: Lang) -> Html {
    if statements.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h2>{ title.get(lang) }</h2>
            <ul>{ for statements.iter().map(|statement| html! {
                <li>
                    { statement.text.get(lang) }
                    <span class="zice-rule">{ lang.pick("（", " (") }{ cited(&statement.cites, policy, lang) }{ lang.pick("）", ")") }</span>
                </li>
            }) }</ul>
        </section>
    }
}

fn cited(cites: &[Cite], policy: &Policy, lang: Lang) -> String {
    let texts: Vec<String> = cites
        .iter()
        .filter_map(|cite| {
            let source = policy.sources.get(usize::from(cite.source))?;
            let clause =
                cite.clause.as_deref().map(|clause| format!(" {clause}")).unwrap_or_default();
            Some(format!("{}{clause}", source.number))
        })
        .collect();
    texts.join(lang.pick("、", ", "))
}

/// What was entered, in the order of the dictionary, and the defaults taken.
pub fn answers(session: &Session, report: &Report) -> Html {
    let lang = session.lang;
    let facts = &session.catalogue.dictionary.facts;
    html! {
        <section>
            <h2>{ words::ANSWERS.get(lang) }</h2>
            <dl class="zice-answers">
                { for facts.iter().filter_map(|fact| {
                    let value = session.facts.get(&fact.id)?;
                    Some(html! { <><dt>{ fact.short.get(lang) }</dt><dd>{ answer(fact, value, lang) }</dd></> })
                }) }
            </dl>
            if !report.assumed.is_empty() {
                <h3>{ words::ASSUMED.get(lang) }</h3>
                <ul>{ for report.assumed.iter().map(|line| html! { <li>{ assumed(facts, line, lang) }</li> }) }</ul>
            }
        </section>
    }
}

fn answer(fact: &Fact, value: &Value, lang: Lang) -> String {
    match value {
        Value::Array(entries) => {
            let shown: Vec<String> = entries
                .iter()
                .enumerate()
                .map(|(at, entry)| self::entry(fact, at, entry, lang))
                .collect();
            if shown.is_empty() {
                words::NONE_HELD.get(lang).to_owned()
            } else {
                shown.join(lang.pick("；", "; "))
            }
        }
        Value::Object(years) if fact.yearly => {
            let shown: Vec<String> = years
                .iter()
                .map(|(year, value)| {
                    format!(
                        "{}{}{}",
                        words::fill(words::YEAR, lang, year),
                        lang.pick("：", ": "),
                        plain(value, lang)
                    )
                })
                .collect();
            shown.join(lang.pick("；", "; "))
        }
        Value::String(id) => {
            let choice = fact.values.iter().find(|choice| choice.id == *id);
            choice.map_or_else(|| printable(id), |choice| choice.label(lang).to_owned())
        }
        other => plain(other, lang),
    }
}

fn entry(fact: &Fact, at: usize, entry: &Value, lang: Lang) -> String {
    let fields: Vec<String> = fact
        .fields
        .iter()
        .filter_map(|field| Some(field_answer(field, entry.get(&field.id)?, lang)))
        .collect();
    format!("{} {}", words::fill(words::ENTRY, lang, at + 1), fields.join(lang.pick("，", ", ")))
}

fn field_answer(field: &Field, value: &Value, lang: Lang) -> String {
    let choice = value.as_str().and_then(|id| field.values.iter().find(|choice| choice.id == id));
    match choice {
        Some(choice) => choice.label(lang).to_owned(),
        None => format!("{}{}{}", field.label.get(lang), lang.pick("：", ": "), plain(value, lang)),
    }
}

fn plain(value: &Value, lang: Lang) -> String {
    match value {
        Value::Bool(true) => words::YES_SHORT.get(lang).to_owned(),
        Value::Bool(false) => words::NO_SHORT.get(lang).to_owned(),
        Value::String(text) => printable(text),
        Value::Object(ends) => {
            let end = |name: &str| {
                ends.get(name).map_or_else(|| "…".to_owned(), |value| plain(value, lang))
            };
            format!("{} – {}", end("min"), end("max"))
        }
        other => printable(&other.to_string()),
    }
}

/// `ip[0].owner = company` in the words of the form.
fn assumed(facts: &[Fact], line: &str, lang: Lang) -> String {
    let read = || {
        let (place, value) = line.split_once(" = ")?;
        let colon = lang.pick("：", ": ");
        let value_word = |value: &str| match value {
            "true" => words::YES_SHORT.get(lang).to_owned(),
            "false" => words::NO_SHORT.get(lang).to_owned(),
            other => other.to_owned(),
        };
        let Some((list, rest)) = place.split_once('[') else {
            let fact = facts.iter().find(|fact| fact.id == place)?;
            return Some(format!("{}{colon}{}", fact.short.get(lang), value_word(value)));
        };
        let fact = facts.iter().find(|fact| fact.id == list)?;
        let (number, field) = rest.split_once("].")?;
        let field = fact.fields.iter().find(|one| one.id == field)?;
        let choice = field.values.iter().find(|choice| choice.id == value);
        let value =
            choice.map_or_else(|| value_word(value), |choice| choice.label(lang).to_owned());
        let entry = words::fill(words::ENTRY, lang, number.parse::<usize>().ok()? + 1);
        Some(format!("{entry} {}{colon}{value}", field.label.get(lang)))
    };
    read().unwrap_or_else(|| line.to_owned())
}

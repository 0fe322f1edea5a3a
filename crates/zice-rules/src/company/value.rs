//! Single answers: figures, days, choices and texts, within the domain of their
//! fact.

use super::{Answer, ProblemKind, path::Path, reader::Reader, tree::Tree};
use crate::{
    date::Date,
    decimal,
    dictionary::{Domain, Fact, Kind},
    fraction::Fraction,
    range::Range,
};

/// Returns the answer that stands for "not given".
pub(super) fn blank_answer(fact: &Fact) -> Answer {
    blank(&fact.domain(), fact.yearly)
}

/// Returns the range of a figure that was not given, or no answer.
pub(super) fn blank(domain: &Domain<'_>, yearly: bool) -> Answer {
    if !domain.kind.is_number() {
        return Answer::Unknown;
    }
    let any = Range::between(domain.lower(), domain.max);
    if yearly { Answer::Yearly { years: Vec::new(), other: any } } else { Answer::Number(any) }
}

/// Reads a default as the dictionary writes it.
pub(super) fn default_answer(domain: &Domain<'_>, text: &str) -> Option<Answer> {
    match domain.kind {
        Kind::Bool => Some(Answer::Bool(text == "true")),
        Kind::Enum => choice(domain, text).map(Answer::Choice),
        _ => None,
    }
}

fn choice(domain: &Domain<'_>, id: &str) -> Option<u8> {
    domain.values.iter().position(|choice| choice.id == id).and_then(|at| u8::try_from(at).ok())
}

/// Reads an answer that is no list: a figure, a day, a choice, a text.
pub(super) fn scalar(
    reader: &mut Reader<'_>,
    path: &Path<'_>,
    domain: &Domain<'_>,
    value: &Tree<'_>,
) -> Option<Answer> {
    let answer = match domain.kind {
        Kind::Bool => value
            .as_bool()
            .map(Answer::Bool)
            .ok_or(ProblemKind::wrong("是（true）或否（false）", "true or false")),
        Kind::Enum => value
            .as_str()
            .and_then(|id| choice(domain, id))
            .map(Answer::Choice)
            .ok_or_else(|| no_choice(domain)),
        Kind::EnumList => choices(domain, value),
        Kind::Text => text(domain, value),
        Kind::List | Kind::Object => Err(ProblemKind::wrong("清单", "a list")),
        _ => number(reader, path, domain, value).map(Answer::Number),
    };
    reader.keep(path, answer)
}

fn no_choice(domain: &Domain<'_>) -> ProblemKind {
    let ids: Vec<&str> = domain.values.iter().map(|choice| choice.id.as_str()).collect();
    ProblemKind::NoChoice(ids.join(", "))
}

fn choices(domain: &Domain<'_>, value: &Tree<'_>) -> Result<Answer, ProblemKind> {
    let Tree::List(ids) = value else {
        return Err(ProblemKind::wrong("可选项的清单", "a list of choices"));
    };
    let mut made = 0_u64;
    for id in ids {
        let text = match id {
            // The year of a catalogue may be written 2021 or "2021".
            Tree::Text(text) | Tree::Number(text) => text,
            _ => return Err(no_choice(domain)),
        };
        let at = choice(domain, text).ok_or_else(|| no_choice(domain))?;
        made |= 1_u64.checked_shl(u32::from(at)).unwrap_or(0);
    }
    Ok(Answer::Choices(made))
}

fn text(domain: &Domain<'_>, value: &Tree<'_>) -> Result<Answer, ProblemKind> {
    let text = value.as_str().ok_or(ProblemKind::wrong("文字", "a text"))?;
    if let Some(digits) = domain.digits {
        let all = text.bytes().all(|byte| byte.is_ascii_digit());
        if !all || text.len() != usize::from(digits) {
            return Err(ProblemKind::Digits(digits));
        }
    }
    Ok(Answer::Text(text.to_owned()))
}

fn number(
    reader: &mut Reader<'_>,
    path: &Path<'_>,
    domain: &Domain<'_>,
    value: &Tree<'_>,
) -> Result<Range, ProblemKind> {
    let Tree::Object(map) = value else {
        return one_number(domain, value).map(Range::exact);
    };
    if map.keys().any(|key| key != "min" && key != "max") {
        return Err(ProblemKind::NoRange);
    }
    let mut end = |name: &str| -> Result<Option<Fraction>, ()> {
        match map.get(name).filter(|value| !value.is_null()) {
            None => Ok(None),
            Some(value) => match one_number(domain, value) {
                Ok(number) => Ok(Some(number)),
                Err(kind) => {
                    reader.problem(&path.key(name), kind);
                    Err(())
                }
            },
        }
    };
    let (min, max) = (end("min"), end("max"));
    match (min, max) {
        (Ok(None), Ok(None)) => Err(ProblemKind::NoRange),
        (Ok(Some(min)), Ok(Some(max))) if min > max => Err(ProblemKind::UpsideDown),
        (Ok(min), Ok(max)) => Ok(Range::between(min.or(domain.lower()), max.or(domain.max))),
        // The end that is wrong has already been reported.
        _ => Ok(Range::between(domain.lower(), domain.max)),
    }
}

fn one_number(domain: &Domain<'_>, value: &Tree<'_>) -> Result<Fraction, ProblemKind> {
    if domain.kind == Kind::Date {
        let day = date(value)?;
        return Ok(Fraction::whole(i128::from(day.day_number())));
    }
    let number = match value {
        Tree::Text(text) | Tree::Number(text) => decimal::parse(text),
        _ => {
            return Err(ProblemKind::wrong(
                "数字，或 {\"min\", \"max\"} 范围",
                "a number or a range",
            ));
        }
    }
    .map_err(ProblemKind::Decimal)?;
    let whole = matches!(domain.kind, Kind::Whole | Kind::Points);
    if whole && Fraction::whole(number.floor()) != number {
        return Err(ProblemKind::NotWhole);
    }
    if let Some(min) = domain.lower().filter(|min| number < *min) {
        return Err(ProblemKind::BelowMinimum(min.to_decimal_or_ratio()));
    }
    if let Some(max) = domain.max.filter(|max| number > *max) {
        return Err(ProblemKind::AboveMaximum(max.to_decimal_or_ratio()));
    }
    Ok(number)
}

/// Reads a day.
pub(super) fn date(value: &Tree<'_>) -> Result<Date, ProblemKind> {
    let text = value.as_str().unwrap_or("");
    let whole = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    Date::parse(text).ok_or(if whole { ProblemKind::NoDate } else { ProblemKind::NotADay })
}

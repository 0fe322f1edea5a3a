//! Reads a company file against the dictionary.

use serde_json::{Map, Value};

use super::{
    Answer, Company, Confirmed, Entry, Problem, ProblemKind, SCHEMA,
    path::Path,
    tree::{Members, Tree},
};
use crate::{
    date::Date,
    decimal,
    dictionary::{Contradiction, Dictionary, Domain, Fact, Field, Kind, MOST_ENTRIES, MOST_YEARS},
    fraction::Fraction,
    range::Range,
};

/// The state of reading: the fact being read, and what was found so far.
struct Reader<'a> {
    fact: Option<&'a str>,
    /// The fiscal year of a figure that is given without one.
    last_year: i32,
    problems: Vec<Problem>,
    unknown: Vec<String>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &Path<'_>, kind: ProblemKind) {
        let fact = self.fact.map(str::to_owned);
        self.problems.push(Problem { fact, path: path.text(), kind });
    }

    /// Takes the value, or reports the problem and returns nothing.
    fn keep<T>(&mut self, path: &Path<'_>, result: Result<T, ProblemKind>) -> Option<T> {
        result.map_err(|kind| self.problem(path, kind)).ok()
    }
}

pub(super) fn read(
    value: &Tree<'_>,
    dictionary: &Dictionary,
    today: Date,
) -> (Company, Vec<Problem>) {
    let members = value.as_object();
    let own_day = members.and_then(|file| file.get("as_of")).and_then(Tree::as_str);
    let last_year = last_year(own_day, today);
    let mut reader = Reader { fact: None, last_year, problems: Vec::new(), unknown: Vec::new() };
    let mut company = Company::blank(dictionary, today);
    let Some(file) = members else {
        reader.problem(
            &Path::root(""),
            ProblemKind::wrong("企业文件（一个 JSON 对象）", "a JSON object"),
        );
        return (company, reader.problems);
    };
    if file.get("schema").and_then(Tree::as_str) != Some(SCHEMA) {
        reader.problem(&Path::root("schema"), ProblemKind::Schema);
    }
    for (key, value) in file.iter() {
        let path = Path::root(key);
        match key {
            // These belong to the page: documents that are ready, pasted text
            // that was not understood, programmes that were chosen, results of
            // earlier years, and scenarios.
            "schema" | "papers" | "pasted" | "programmes" | "results" | "scenarios" => {}
            "confirmed" => company.confirmed = confirmed(value),
            "name" => match value {
                Tree::Null => {}
                Tree::Text(name) => company.name = Some(name.clone().into_owned()),
                _ => reader.problem(&path, ProblemKind::wrong("文字", "a text")),
            },
            "as_of" if value.is_null() => {}
            "as_of" => {
                if let Some(day) = reader.keep(&path, date(value)) {
                    company.as_of = day;
                }
            }
            "facts" => match value {
                Tree::Null => {}
                Tree::Object(facts) => read_facts(&mut reader, &mut company, facts, dictionary),
                _ => reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object")),
            },
            other => reader.unknown.push(other.to_owned()),
        }
    }
    if let Some(Answer::Number(established)) =
        company.established_at.and_then(|at| company.answers.get(at))
    {
        company.established = *established;
    }
    find_contradictions(&mut reader, &mut company, dictionary);
    company.unknown = reader.unknown;
    (company, reader.problems)
}

/// Reads the doubts that were answered. What has another shape is no answer, so
/// that the doubt stays open.
fn confirmed(value: &Tree<'_>) -> Vec<Confirmed> {
    let mut found = Vec::new();
    let mut add = |code: &str, year, figures: &Tree<'_>| {
        if let Some(figures) = figures.as_str() {
            found.push(Confirmed { code: code.to_owned(), year, figures: figures.to_owned() });
        }
    };
    for (code, value) in value.as_object().iter().flat_map(|it| it.iter()) {
        match value {
            Tree::Object(years) => {
                for (year, figures) in years.iter() {
                    if let Ok(year) = year.parse() {
                        add(code, Some(year), figures);
                    }
                }
            }
            figures => add(code, None, figures),
        }
    }
    found
}

/// Returns the year before the file's own day of application, whatever day it
/// is assessed for; the year before `today` if the file names none.
fn last_year(own_day: Option<&str>, today: Date) -> i32 {
    own_day.and_then(Date::parse).unwrap_or(today).year().saturating_sub(1)
}

/// Whether the answer to a yearly fact is a single figure without a year.
fn is_bare(value: &Tree<'_>) -> bool {
    match value {
        Tree::Null => false,
        Tree::Object(ends) => ends.len() > 0 && ends.keys().all(|key| key == "min" || key == "max"),
        _ => true,
    }
}

/// Moves figures without a year under the year they belong to, so that they
/// stay there when the day of application changes.
pub(super) fn write_by_year<'a>(
    file: &mut Value,
    bare: impl IntoIterator<Item = &'a str>,
    today: Date,
) {
    let own_day = file.get("as_of").and_then(Value::as_str);
    let year = last_year(own_day, today).to_string();
    let Some(facts) = file.get_mut("facts").and_then(Value::as_object_mut) else { return };
    for id in bare {
        let value = facts.get_mut(id);
        if let Some(value) = value.filter(|value| is_bare(&Tree::from(&**value))) {
            let figure = value.take();
            let mut years = Map::new();
            years.insert(year.clone(), figure);
            *value = Value::Object(years);
        }
    }
}

fn read_facts<'a>(
    reader: &mut Reader<'a>,
    company: &mut Company,
    facts: &'a Members<'_>,
    dictionary: &Dictionary,
) {
    for (id, value) in facts.iter() {
        let Some(at) = dictionary.position(id) else {
            reader.unknown.push(id.to_owned());
            continue;
        };
        let (Some(fact), Some(slot)) = (dictionary.facts.get(at), company.answers.get_mut(at))
        else {
            continue;
        };
        reader.fact = Some(id);
        if !value.is_null() {
            *slot = fact_answer(reader, fact, value);
        }
        reader.fact = None;
    }
}

/// Returns the answer that stands for "not given".
pub(super) fn blank_answer(fact: &Fact) -> Answer {
    blank(&fact.domain(), fact.yearly)
}

fn blank(domain: &Domain<'_>, yearly: bool) -> Answer {
    if !domain.kind.is_number() {
        return Answer::Unknown;
    }
    let any = Range::between(domain.lower(), domain.max);
    if yearly { Answer::Yearly { years: Vec::new(), other: any } } else { Answer::Number(any) }
}

fn fact_answer(reader: &mut Reader<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let facts = Path::root("facts");
    let path = facts.key(&fact.id);
    match (fact.kind, fact.yearly) {
        (Kind::List, _) => list(reader, &path, fact, value),
        (Kind::Object, false) => match value.as_object() {
            Some(map) => Answer::Object(entry(reader, &path, &fact.fields, map, true)),
            None => {
                reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object"));
                Answer::Unknown
            }
        },
        (Kind::Object, true) => sides(reader, &path, fact, value),
        (_, true) => yearly(reader, &path, fact, value),
        (_, false) => {
            let domain = fact.domain();
            let answer = scalar(reader, &path, &domain, value);
            answer.unwrap_or_else(|| blank(&domain, false))
        }
    }
}

fn yearly(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let domain = fact.domain();
    let other = Range::between(domain.lower(), domain.max);
    let mut years = Vec::new();
    if fact.bare && is_bare(value) {
        if let Some(Answer::Number(range)) = scalar(reader, path, &domain, value) {
            years.push((reader.last_year, range));
        }
        return Answer::Yearly { years, other };
    }
    let Some(map) = value.as_object() else {
        let kind = ProblemKind::wrong("按年度填写的数字", "figures by fiscal year");
        reader.problem(path, kind);
        return Answer::Yearly { years, other };
    };
    if map.len() > usize::from(MOST_YEARS) {
        reader.problem(path, ProblemKind::TooMany(usize::from(MOST_YEARS)));
        return Answer::Yearly { years, other };
    }
    for (key, value) in map.iter() {
        let path = path.key(key);
        let Some(year) = reader.keep(&path, fiscal_year(key)) else { continue };
        if value.is_null() {
            continue;
        }
        if let Some(Answer::Number(range)) = scalar(reader, &path, &domain, value) {
            let place = years.partition_point(|(other, _)| *other < year);
            years.insert(place, (year, range));
        }
    }
    Answer::Yearly { years, other }
}

fn fiscal_year(key: &str) -> Result<i32, ProblemKind> {
    let four_digits = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    key.parse().ok().filter(|_| four_digits).ok_or(ProblemKind::NoYear)
}

fn list(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let Tree::List(values) = value else {
        reader.problem(path, ProblemKind::wrong("一个清单", "a list"));
        return Answer::Unknown;
    };
    let most = fact.most.unwrap_or(MOST_ENTRIES);
    if values.len() > usize::from(most) {
        reader.problem(path, ProblemKind::TooMany(usize::from(most)));
        return Answer::Unknown;
    }
    let mut entries = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let path = path.entry(at);
        match value.as_object() {
            Some(map) => entries.push(entry(reader, &path, &fact.fields, map, false)),
            None => reader.problem(&path, ProblemKind::wrong("一个 JSON 对象", "an object")),
        }
    }
    Answer::List(entries)
}

fn sides(reader: &mut Reader<'_>, path: &Path<'_>, fact: &Fact, value: &Tree<'_>) -> Answer {
    let mut entries = Vec::new();
    let wrong = || ProblemKind::wrong("按年度和收支方向填写的数字", "figures by year and side");
    let Some(map) = value.as_object() else {
        reader.problem(path, wrong());
        return Answer::Unknown;
    };
    if map.len() > usize::from(MOST_YEARS) {
        reader.problem(path, ProblemKind::TooMany(usize::from(MOST_YEARS)));
        return Answer::Unknown;
    }
    for (key, value) in map.iter() {
        let path = path.key(key);
        let Some(year) = reader.keep(&path, fiscal_year(key)) else { continue };
        let Some(by_side) = value.as_object() else {
            if !value.is_null() {
                reader.problem(&path, wrong());
            }
            continue;
        };
        for (side, value) in by_side.iter() {
            let path = path.key(side);
            let Some(at) = fact.sides.iter().position(|known| known.id == side) else {
                let known: Vec<&str> = fact.sides.iter().map(|side| side.id.as_str()).collect();
                reader.problem(&path, ProblemKind::NoChoice(known.join(", ")));
                continue;
            };
            match value.as_object() {
                Some(map) => {
                    let entry = entry(reader, &path, &fact.fields, map, false);
                    entries.push((year, at, entry));
                }
                None if value.is_null() => {}
                None => reader.problem(&path, wrong()),
            }
        }
    }
    Answer::Sides(entries)
}

/// Reads an entry with its fields. In an object (`paper`), an empty text in any
/// field means that the document states nothing there.
fn entry(
    reader: &mut Reader<'_>,
    path: &Path<'_>,
    fields: &[Field],
    map: &Members<'_>,
    paper: bool,
) -> Entry {
    for key in map.keys() {
        if !fields.iter().any(|field| field.id == key) {
            let path = path.key(key).text();
            reader.unknown.push(path.strip_prefix("facts.").unwrap_or(&path).to_owned());
        }
    }
    let mut entry = Entry { fields: Vec::with_capacity(fields.len()), defaulted: 0 };
    for (at, field) in fields.iter().enumerate() {
        let domain = field.domain();
        let answer = match (map.get(&field.id), &field.default) {
            // `null` means unknown. Only a field that was left out takes its
            // default.
            (Some(Tree::Null), _) => None,
            (Some(Tree::Text(text)), _) if paper && text.trim().is_empty() => {
                Some(Answer::Text(String::new()))
            }
            (Some(value), _) => scalar(reader, &path.key(&field.id), &domain, value),
            (None, Some(default)) => {
                entry.take_default(at);
                default_answer(&domain, default)
            }
            (None, None) => None,
        };
        entry.fields.push(answer.unwrap_or_else(|| blank(&domain, false)));
    }
    for (at, field) in fields.iter().enumerate() {
        if map.get(&field.id).is_none() && is_assumed_past(field, fields, &entry) {
            entry.take_default(at);
        }
    }
    entry
}

/// Whether a day that is absent from this entry is taken as past.
fn is_assumed_past(field: &Field, fields: &[Field], entry: &Entry) -> bool {
    let Some(assumed) = &field.assumed_past else { return false };
    let mut others = fields.iter().zip(&entry.fields);
    match others.find(|(other, _)| other.id == assumed.field) {
        Some((other, Answer::Choice(at))) => {
            let choice = other.values.get(usize::from(*at));
            choice.is_some_and(|choice| assumed.one_of.contains(&choice.id))
        }
        _ => true,
    }
}

/// Reads a default as the dictionary writes it.
fn default_answer(domain: &Domain<'_>, text: &str) -> Option<Answer> {
    match domain.kind {
        Kind::Bool => Some(Answer::Bool(text == "true")),
        Kind::Enum => choice(domain, text).map(Answer::Choice),
        _ => None,
    }
}

fn choice(domain: &Domain<'_>, id: &str) -> Option<u8> {
    domain.values.iter().position(|choice| choice.id == id).and_then(|at| u8::try_from(at).ok())
}

fn scalar(
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

fn date(value: &Tree<'_>) -> Result<Date, ProblemKind> {
    let text = value.as_str().unwrap_or("");
    let whole = text.len() == 10 && text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    Date::parse(text).ok_or(if whole { ProblemKind::NoDate } else { ProblemKind::NotADay })
}

/// Reports answers that certainly cannot both be right. Nobody can tell which
/// of the two is wrong, so neither is used.
fn find_contradictions<'a>(
    reader: &mut Reader<'a>,
    company: &mut Company,
    dictionary: &'a Dictionary,
) {
    let mut refused: Vec<(usize, Vec<Option<i32>>)> = Vec::new();
    for rule in &dictionary.contradictions {
        let years = contradicting(rule, company, dictionary);
        let Some([first, second]) = rule.facts().filter(|_| !years.is_empty()) else { continue };
        reader.fact = Some(first);
        for year in &years {
            let year = year.map(|year| year.to_string());
            let facts = Path::root("facts");
            let fact = facts.key(first);
            let path = year.as_ref().map_or(fact, |year| fact.key(year));
            reader.problem(&path, ProblemKind::Contradiction(rule.text.clone()));
        }
        reader.fact = None;
        let places = [first, second].map(|id| dictionary.position(id));
        refused.extend(places.into_iter().flatten().map(|at| (at, years.clone())));
    }
    for (at, refused) in refused {
        match company.answers.get_mut(at) {
            // Both lists are in rising order.
            Some(Answer::Yearly { years, .. }) => {
                years.retain(|(year, _)| refused.binary_search(&Some(*year)).is_err());
            }
            Some(answer) => {
                if let Some(fact) = dictionary.facts.get(at) {
                    *answer = blank_answer(fact);
                }
            }
            None => {}
        }
    }
}

/// Whether any two answers cannot both be right.
pub(super) fn contradicts_itself(company: &Company, dictionary: &Dictionary) -> bool {
    let mut rules = dictionary.contradictions.iter();
    rules.any(|rule| !contradicting(rule, company, dictionary).is_empty())
}

/// Returns the fiscal years of a contradiction in rising order; `None` stands
/// for facts without years.
fn contradicting(
    rule: &Contradiction,
    company: &Company,
    dictionary: &Dictionary,
) -> Vec<Option<i32>> {
    let Some([first, second]) = rule.facts() else { return Vec::new() };
    let known = |id: &str| {
        let at = dictionary.position(id)?;
        Some((dictionary.facts.get(at)?, company.answers.get(at)?))
    };
    let (Some((fact, one)), Some((other, two))) = (known(first), known(second)) else {
        return Vec::new();
    };
    if let Some(is) = &rule.is {
        let both = says(fact, one, core::slice::from_ref(is)) && says(other, two, &rule.one_of);
        return if both { vec![None] } else { Vec::new() };
    }
    match (one, two) {
        (Answer::Number(part), Answer::Number(whole)) if exceeds(part, whole) => vec![None],
        (Answer::Yearly { years, .. }, Answer::Yearly { years: wholes, .. }) => {
            let exceeded = years.iter().filter(|(year, part)| {
                let at = wholes.binary_search_by_key(year, |(other, _)| *other);
                let whole = at.ok().and_then(|at| wholes.get(at));
                whole.is_some_and(|(_, whole)| exceeds(part, whole))
            });
            exceeded.map(|(year, _)| Some(*year)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an answer is one of these choices, or one of `true` and `false`.
fn says(fact: &Fact, answer: &Answer, one_of: &[String]) -> bool {
    let id = match answer {
        Answer::Bool(true) => Some("true"),
        Answer::Bool(false) => Some("false"),
        Answer::Choice(at) => fact.values.get(usize::from(*at)).map(|it| it.id.as_str()),
        _ => None,
    };
    id.is_some_and(|id| one_of.iter().any(|other| other == id))
}

fn exceeds(part: &Range, whole: &Range) -> bool {
    part.lo.zip(whole.hi).is_some_and(|(part, whole)| part > whole)
}

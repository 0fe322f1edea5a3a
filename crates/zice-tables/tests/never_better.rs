//! A company that is written as tables, garbled and read back is never better
//! than it is.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use std::{path::Path, sync::LazyLock};

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{
    Company, Date, Lang, Policy, Verdict, assess, company,
    dictionary::{Choice, Fact, Field, Kind},
    policy::Selection,
};
use zice_tables::{
    cell::Own,
    sheet::{self, Wanted},
    tidied,
};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    Library::load(&folder).expect("the policies are right")
});

/// Complete companies, with their names of files.
static COMPANIES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/companies");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the companies")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).expect("a file");
    paths.iter().map(|path| serde_json::from_str(&read(path)).expect("JSON")).collect()
});

/// What may stand in the place of a cell or a head.
const JUNK: [&str; 12] = [
    "",
    "看不懂",
    "？",
    "约三千",
    "-",
    "#REF!",
    "12..5",
    "1,5",
    "n/a",
    "\u{fffd}\u{fffd}",
    "12万3",
    "丁某某",
];

/// What amounts are written in, as a power of ten, below a line that says so.
/// No amount may be taken in a unit that nobody knows.
const UNITS: [(&str, usize); 5] = [
    ("", 0),
    ("货币单位：元　币种：人民币", 0),
    ("金额单位：千元", 3),
    ("编制单位：湖州示例科技有限公司　单位：万元", 4),
    ("单位：贯", 0),
];

/// Lines between the rows of a list.
const LINES: [&str; 5] =
    ["一、有效专利", "二、已失效专利", "（二）受让专利", "注：部分专利已失效", "合计"];

/// A source of choices that comes from proptest, so that it shrinks.
struct Dice<'a> {
    numbers: &'a [u32],
    at: usize,
}

impl Dice<'_> {
    fn below(&mut self, most: usize) -> usize {
        let number = self.numbers[self.at % self.numbers.len()];
        self.at += 1;
        number as usize % most.max(1)
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// The same company with some answers of its lists and figures changed, so
/// that not all of them are the ten of the folder.
fn varied(company: &mut Value, dice: &mut Dice<'_>) {
    let facts = company["facts"].as_object_mut().expect("facts");
    for fact in &LIBRARY.dictionary.facts {
        let Some(value) = facts.get_mut(&fact.id) else { continue };
        if fact.kind == Kind::List {
            for entry in value.as_array_mut().into_iter().flatten() {
                let entry = entry.as_object_mut().expect("an entry");
                for field in &fact.fields {
                    if dice.one_in(6) {
                        vary(entry, field, dice);
                    }
                }
            }
        } else if is_answer(fact) && !fact.establishes {
            // A company founded later would have figures of years before it was
            // there, which count as soon as nobody knows the day.
            let said = said(fact.kind, &fact.values, dice).filter(|_| dice.one_in(8));
            *value = said.unwrap_or_else(|| value.take());
        } else if fact.yearly && fact.kind == Kind::Money {
            for (_, figure) in value.as_object_mut().into_iter().flatten() {
                let Some(plain) = figure.as_str().filter(|_| dice.one_in(5)) else { continue };
                let plain: i128 = plain.split('.').next().expect("digits").parse().unwrap_or(1);
                let times = [0, 1, 3, 7][dice.below(4)];
                *figure = json!((plain * times / 2).to_string());
            }
        }
    }
}

/// Some answer of this kind, where it is one of few.
fn said(kind: Kind, values: &[Choice], dice: &mut Dice<'_>) -> Option<Value> {
    Some(match kind {
        Kind::Bool => json!(dice.one_in(2)),
        Kind::Enum => json!(values[dice.below(values.len())].id),
        Kind::Date => {
            json!(format!(
                "20{:02}-0{}-1{}",
                10 + dice.below(17),
                1 + dice.below(9),
                dice.below(10)
            ))
        }
        _ => return None,
    })
}

fn vary(entry: &mut Map<String, Value>, field: &Field, dice: &mut Dice<'_>) {
    let Some(value) = said(field.kind, &field.values, dice) else { return };
    // A number that tells another kind would not be true any more.
    if field.id == "kind" {
        entry.shift_remove("number");
    }
    entry.insert(field.id.clone(), value);
}

/// What stands in a cell for a value.
fn cell(kind: Kind, values: &[Choice], value: Option<&Value>, name: &str) -> String {
    let choice = |id: &Value| {
        let choice = values.iter().find(|it| json!(it.id) == *id);
        choice.map_or(String::new(), |it| it.name.clone())
    };
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        Some(Value::Array(all)) => all.iter().map(choice).collect::<Vec<_>>().join("、"),
        Some(id) if kind == Kind::Enum => match id.as_str() {
            Some("company") if values.iter().any(|it| it.id == "co_owned") => name.to_owned(),
            Some("co_owned") => format!("{name}；浙江大学"),
            _ => choice(id),
        },
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A list as a table: the fields that any entry has.
fn list_table(fact: &Fact, entries: &[Value], name: &str) -> Vec<Vec<String>> {
    let has = |field: &&Field| entries.iter().any(|entry| entry.get(&field.id).is_some());
    let fields: Vec<&Field> = fact.fields.iter().filter(has).collect();
    let mut rows = vec![fields.iter().map(|field| field.label.zh.clone()).collect::<Vec<_>>()];
    for entry in entries {
        let cell = |field: &&Field| cell(field.kind, &field.values, entry.get(&field.id), name);
        rows.push(fields.iter().map(cell).collect());
    }
    rows
}

/// The usual of a field, as its default says it.
fn usual(field: &Field) -> Option<Value> {
    let default = field.default.as_deref()?;
    Some(if field.kind == Kind::Bool { json!(default == "true") } else { json!(default) })
}

/// A list of which some cells say the usual, and a column of remarks what is
/// true. Every field has a column: the remarks speak against those.
fn remarked(fact: &Fact, entries: &[Value], name: &str, dice: &mut Dice<'_>) -> Vec<Vec<String>> {
    let mut entries = entries.to_vec();
    for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
        for field in &fact.fields {
            if let Some(usual) = usual(field) {
                entry.entry(field.id.clone()).or_insert(usual);
            }
        }
    }
    let mut rows = list_table(fact, &entries, name);
    let has = |field: &&Field| entries.iter().any(|entry| entry.get(&field.id).is_some());
    for (row, entry) in rows.iter_mut().skip(1).zip(&entries) {
        let mut remarks = Vec::new();
        for (at, field) in fact.fields.iter().filter(has).enumerate() {
            let (Some(usual), Some(value)) = (usual(field), entry.get(&field.id)) else { continue };
            let is_said = field.kind == Kind::Enum || *value == json!(true);
            if value.is_null() || *value == usual || !is_said || dice.one_in(4) {
                continue;
            }
            row[at] = cell(field.kind, &field.values, Some(&usual), name);
            let choice = field.values.iter().find(|it| json!(it.id) == *value);
            remarks.push(choice.map_or(&field.name, |it| &it.name).clone());
        }
        row.push(remarks.join("，"));
    }
    rows[0].push(["备注", "说明", "看不懂"][dice.below(3)].to_owned());
    rows
}

/// A decimal divided by a power of ten.
fn divided(plain: &str, power: usize) -> String {
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |it| ("-", it));
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = format!("{whole:0>width$}", width = power + 1);
    let (whole, part) = digits.split_at(digits.len() - power);
    format!("{sign}{whole}.{part}{rest}").trim_end_matches('.').to_owned()
}

/// The figures by year as a statement, its amounts divided by a power of ten.
fn figure_table(facts: &Map<String, Value>, base: i32, power: usize) -> Vec<Vec<String>> {
    let years = [base, base - 1, base - 2].map(|year| year.to_string());
    let heads = years.iter().map(|year| format!("{year}年度"));
    let mut rows = vec![std::iter::once("项目".to_owned()).chain(heads).collect::<Vec<_>>()];
    for fact in numbers() {
        let Some(said) = facts.get(&fact.id) else { continue };
        // A bare head count is that of the last year.
        let bare = json!({ years[0].as_str(): said });
        let figures = said.as_object().or(bare.as_object()).expect("figures");
        let cells = years.iter().map(|year| match figures.get(year) {
            Some(Value::String(plain)) if fact.kind == Kind::Money => divided(plain, power),
            Some(Value::String(plain)) => plain.clone(),
            Some(Value::Number(plain)) => plain.to_string(),
            _ => String::new(),
        });
        rows.push(std::iter::once(fact.name.clone()).chain(cells).collect());
    }
    rows
}

/// Whether a fact is one answer, neither a list nor by year. Whether a list is
/// complete is never read off a table.
fn is_answer(fact: &Fact) -> bool {
    let tells_of_a_list =
        LIBRARY.dictionary.facts.iter().any(|it| it.complete.as_ref() == Some(&fact.id));
    !fact.yearly && !matches!(fact.kind, Kind::List | Kind::Object) && !tells_of_a_list
}

/// The answers that can stand in one cell, which an estimate can't.
fn answers(facts: &Map<String, Value>) -> Vec<&'static Fact> {
    let facts = LIBRARY.dictionary.facts.iter().filter(|fact| {
        let one = |value: &Value| !value.is_object() && !value.is_null();
        is_answer(fact) && facts.get(&fact.id).is_some_and(one)
    });
    facts.collect()
}

/// The other answers as a form: what is asked, and beside it what was said.
fn form_table(facts: &Map<String, Value>, answers: &[&Fact]) -> Vec<Vec<String>> {
    let mut rows = vec![vec!["项目".to_owned(), "内容".to_owned()]];
    for fact in answers {
        let cell = cell(fact.kind, &fact.values, facts.get(&fact.id), "");
        rows.push(vec![fact.name.clone(), cell]);
    }
    rows
}

fn numbers() -> impl Iterator<Item = &'static Fact> {
    let facts = LIBRARY.dictionary.facts.iter();
    facts.filter(|fact| fact.yearly && fact.kind != Kind::Object)
}

/// Junk in some cells, other words in some heads. Lightly: in one or two
/// places, so that nothing else keeps the result from becoming better; a head,
/// a cell, or both.
fn garble(rows: &mut [Vec<String>], dice: &mut Dice<'_>, lightly: bool) {
    if lightly {
        let column = dice.below(rows[0].len());
        let row = 1 + dice.below(rows.len() - 1);
        let (head, cell) = [(true, true), (true, false), (false, true)][dice.below(3)];
        if cell {
            rows[row][column] = junk(rows, row, column, dice);
        }
        if head {
            rows[0][column] = JUNK[dice.below(2)].to_owned();
        }
        return;
    }
    for at in 0..rows.len() {
        for column in 0..rows[at].len() {
            if dice.one_in(if at == 0 { 5 } else { 8 })
                && !(at == 0 && column == 0 && dice.one_in(2))
            {
                rows[at][column] = match at {
                    0 => JUNK[dice.below(JUNK.len())].to_owned(),
                    _ => junk(rows, at, column, dice),
                };
            }
        }
    }
}

/// Junk for a cell. The last cell that says something in its column never
/// becomes blank: a column of nothing is none, and no table tells of it.
fn junk(rows: &[Vec<String>], row: usize, column: usize, dice: &mut Dice<'_>) -> String {
    let blank = |text: &str| matches!(text, "" | "-");
    let others = rows.iter().enumerate().skip(1).filter(|(at, _)| *at != row);
    let alone = others.into_iter().all(|(_, cells)| cells.get(column).is_none_or(|it| blank(it)));
    match JUNK[dice.below(JUNK.len())] {
        text if alone && blank(text) => "看不懂".to_owned(),
        text => text.to_owned(),
    }
}

/// Writes tables, garbles them and reads them back.
fn read_back(company: &Value, dice: &mut Dice<'_>) -> Value {
    let name = company["name"].as_str().unwrap_or("");
    let day = Date::parse(company["as_of"].as_str().expect("a day")).expect("a day");
    let base = day.year() - 1;
    let own = Own { name, day: Some(day), ..Own::default() };
    let mut back = company.clone();
    let lightly = dice.below(4) > 0;
    let facts = company["facts"].as_object().expect("facts");
    let into = back["facts"].as_object_mut().expect("facts");
    for fact in LIBRARY.dictionary.facts.iter().filter(|it| it.kind == Kind::List) {
        let Some(entries) = facts.get(&fact.id).and_then(Value::as_array) else { continue };
        if entries.is_empty() {
            continue;
        }
        let mut rows = if dice.one_in(3) {
            remarked(fact, entries, name, dice)
        } else {
            let mut rows = list_table(fact, entries, name);
            garble(&mut rows, dice, lightly);
            rows
        };
        if dice.one_in(3) {
            let line = vec![LINES[dice.below(LINES.len())].to_owned()];
            rows.insert(dice.below(rows.len() + 1), line);
        }
        let wanted = Wanted { list: Some(&fact.id), figures: false, year: base };
        let sheet = sheet::read(tidied(rows), &LIBRARY.dictionary, wanted, &own);
        match sheet.facts.get(&fact.id) {
            Some(entries) => drop(into.insert(fact.id.clone(), entries.clone())),
            None => drop(into.shift_remove(&fact.id)),
        }
    }
    let wanted = Wanted { list: None, figures: true, year: base };
    let answers = answers(facts);
    let (unit, power) = UNITS[dice.below(UNITS.len())];
    let tables = [
        (figure_table(facts, base, power), unit, numbers().collect::<Vec<&Fact>>()),
        (form_table(facts, &answers), "", answers),
    ];
    for (mut rows, unit, written) in tables {
        if rows.len() > 1 && dice.below(4) > 0 {
            garble(&mut rows, dice, lightly);
        }
        if !unit.is_empty() {
            rows.insert(0, vec![unit.to_owned()]);
        }
        let sheet = sheet::read(tidied(rows), &LIBRARY.dictionary, wanted, &own);
        for fact in written {
            match sheet.facts.get(&fact.id) {
                Some(said) => drop(into.insert(fact.id.clone(), said.clone())),
                None => drop(into.shift_remove(&fact.id)),
            }
        }
    }
    back
}

fn reports(value: &Value) -> Option<Vec<(String, Report)>> {
    let bytes = serde_json::to_vec(value).expect("JSON");
    let today = Date::parse("2026-01-01").expect("a day");
    let company: Company = company::read(&bytes, &LIBRARY.dictionary, today).ok()?;
    let selection = Selection::new(&LIBRARY.policies, &[], Lang::En).expect("every programme");
    let policies: Vec<&Policy> = selection.on(company.as_of).collect();
    let mut reports = Vec::new();
    for policy in policies {
        let found = assess(policy, &company).ok()?;
        let report = Report::new(&found, &LIBRARY.dictionary, Lang::En).ok()?;
        reports.push((policy.address(), report));
    }
    Some(reports)
}

/// Whether all that is wrong with a company is that its answers contradict
/// each other.
fn contradicts(value: &Value) -> bool {
    let bytes = serde_json::to_vec(value).expect("JSON");
    let today = Date::parse("2026-01-01").expect("a day");
    match company::read(&bytes, &LIBRARY.dictionary, today) {
        Err(company::Fault::Facts(problems)) => {
            problems.iter().all(|it| matches!(it.kind, company::ProblemKind::Contradiction(_)))
        }
        _ => false,
    }
}

/// How good a verdict is; what is not known yet is none.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Met => 2,
        Verdict::NeedsReview => 1,
        _ => 0,
    }
}

/// Tables that nobody garbled say what the company said, so that the property
/// below is about answers that were read and not about none at all.
#[test]
fn what_is_written_as_a_form_is_read() {
    for company in COMPANIES.iter() {
        let day = Date::parse(company["as_of"].as_str().expect("a day")).expect("a day");
        let facts = company["facts"].as_object().expect("facts");
        let answers = answers(facts);
        let own = Own { name: company["name"].as_str().unwrap_or(""), ..Own::default() };
        let wanted = Wanted { list: None, figures: true, year: day.year() - 1 };
        let rows = tidied(form_table(facts, &answers));
        let sheet = sheet::read(rows, &LIBRARY.dictionary, wanted, &own);
        let plain = |value: &Value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let figure = zice_rules::decimal::parse(&text);
            figure.map_or(text, zice_rules::fraction::Fraction::to_decimal_or_ratio)
        };
        let mut read = 0;
        for fact in &answers {
            if let Some(said) = sheet.facts.get(&fact.id) {
                assert_eq!(plain(said), plain(&facts[&fact.id]), "{}", fact.id);
                read += 1;
            }
        }
        assert!(read * 10 >= answers.len() * 9, "{read} of {}: {:?}", answers.len(), sheet.facts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: zice_testing::cases(40_000), max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_back_is_never_better(
        which in 0..100_usize,
        plain in any::<bool>(),
        numbers in prop::collection::vec(any::<u32>(), 400),
    ) {
        let mut dice = Dice { numbers: &numbers, at: 0 };
        let mut company = COMPANIES[which % COMPANIES.len()].clone();
        if !plain {
            varied(&mut company, &mut dice);
        }
        let Some(own) = reports(&company) else { return Ok(()) };
        let back = read_back(&company, &mut dice);
        let Some(read) = reports(&back) else {
            // A figure that can be read may contradict the others: no verdict.
            if contradicts(&back) {
                return Ok(());
            }
            let bytes = serde_json::to_vec(&back).expect("JSON");
            let today = Date::parse("2026-01-01").expect("a day");
            let why = company::read(&bytes, &LIBRARY.dictionary, today).err();
            return Err(TestCaseError::fail(format!("can't be assessed: {why:?}\n{}\n{}", company["facts"], back["facts"])));
        };
        for ((policy, own), (_, read)) in own.iter().zip(&read) {
            let told = || format!(
                "{policy}: {:?} became {:?}\n{}\n{}", own.verdict, read.verdict,
                serde_json::to_string(&company["facts"]).expect("JSON"),
                serde_json::to_string(&back["facts"]).expect("JSON"),
            );
            prop_assert!(rank(read.verdict) <= rank(own.verdict), "{}", told());
            if let (Some(own), Some(read)) = (&own.score, &read.score) {
                let points = |text: &str| zice_rules::decimal::parse(text).expect("points");
                prop_assert!(points(&read.min) <= points(&own.min), "{} {:?} {:?}", told(), own, read);
            }
        }
    }
}

//! What one program writes the other reads, for every policy, company and table
//! that the repository has; and the engine refuses what it can't use.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{borrow::Cow, collections::BTreeSet, fs, path::PathBuf};

use serde::Serialize;
use serde_json::Value;
use zice_engine::{
    Engine,
    protocol::{
        BlockRequest, CompanyRequest, Context, ListRequest, Outline, Scale, Stair, State, Target,
        Trial, Tried, Tryable,
    },
};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{
    Date, Lang, Names, Verdict,
    fraction::Fraction,
    json::{Read, from_text},
};
use zice_tables::{
    figure::Unit,
    list::{Reading, Said},
};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn library() -> Library {
    Library::load(&folder("policies")).expect("the policies")
}

/// An engine that was handed what the page hands over.
fn engine(library: &Library) -> (Engine, Vec<Outline>) {
    let mut engine = Engine::default();
    engine.facts(&text(&library.dictionary.clone().without_names())).expect("facts.json");
    engine.names(&text(&Names::of(&library.dictionary))).expect("names.json");
    let mut outlines = Vec::new();
    for policy in &library.policies {
        outlines.push(engine.policy(&text(policy)).expect("a policy"));
    }
    (engine, outlines)
}

fn text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("JSON")
}

/// Fails where reading what was written gives another value.
fn comes_back<T: Read + Serialize>(value: &T) {
    let text = serde_json::to_string(value).expect("JSON");
    let back: T = from_text(&text).unwrap_or_else(|wrong| panic!("{wrong} in {text}"));
    assert_eq!(serde_json::to_string(&back).expect("JSON"), text);
}

/// The companies of `tests/companies`, each once as it is and once with every
/// other answer left out.
fn companies() -> Vec<Value> {
    let mut all = Vec::new();
    let mut names: Vec<PathBuf> = fs::read_dir(folder("tests/companies"))
        .expect("the companies")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    names.sort();
    for path in names {
        let text = fs::read_to_string(&path).expect("a company");
        let whole: Value = zice_rules::parse::json(&text).expect("JSON");
        let mut part = whole.clone();
        let mut odd = false;
        if let Some(facts) = part.get_mut("facts").and_then(Value::as_object_mut) {
            facts.retain(|_, _| {
                odd = !odd;
                odd
            });
        }
        all.extend([whole, part]);
    }
    all
}

#[test]
fn outlines_states_and_reports_come_back_as_they_were_written() {
    let library = library();
    let (engine, outlines) = engine(&library);
    let policies: Vec<usize> = outlines.iter().map(|it| it.handle).collect();
    outlines.iter().for_each(comes_back);
    let today = Date::parse("2026-11-30").expect("a day");
    let mut verdicts = BTreeSet::new();
    for file in companies() {
        let request = CompanyRequest {
            file: Cow::Owned(file),
            today,
            policies: policies.clone(),
            estimated: vec![(3, vec![2024]), (5, Vec::new())],
        };
        comes_back(&request);
        let state: State = engine.state(&request);
        assert_eq!(state.pictures.len(), outlines.len());
        comes_back(&state);
        for lang in [Lang::Zh, Lang::En] {
            let reports = engine.reports(&request, lang);
            assert_eq!(reports.written.len(), outlines.len());
            comes_back(&reports);
            for (written, picture) in reports.written.iter().zip(&state.pictures) {
                assert_eq!(written.is_some(), picture.verdict.is_some());
                let Some(written) = written else { continue };
                let report: Report = from_text(&written.json).expect("a report");
                assert_eq!(serde_json::to_string(&report).expect("JSON"), written.json);
                assert_eq!(Some(report.verdict), picture.verdict);
                assert_eq!(report.criteria.len(), written.figures.len());
                for share in &picture.shares {
                    let points = report.criteria[share.criterion].points.as_ref().expect("points");
                    let told =
                        [&points.min, &points.max].map(|it| it.parse::<u8>().expect("a number"));
                    assert_eq!([share.min, share.max], told);
                    assert!(share.min <= share.max && share.max <= share.out_of);
                }
                assert_eq!(picture.shares.is_empty(), picture.score.is_none());
                verdicts.insert(report.verdict.name());
            }
        }
    }
    assert!(verdicts.len() >= 5, "only {verdicts:?}");
}

#[test]
fn what_ifs_come_back_however_large_their_amounts_are() {
    let to = Some("0.01".to_owned());
    let target = Target { fact: "revenue".to_owned(), year: Some(2025), to };
    let bare = Target { year: None, to: None, ..target.clone() };
    let trial = Trial { targets: vec![target, bare], at: 1 };
    comes_back(&trial);
    let stair = Stair { from: i64::MIN, to: -1, verdict: Verdict::Met, score: Some((0, 100)) };
    let none = Stair { from: 0, to: i64::MAX, score: None, ..stair.clone() };
    let third = Fraction::new(1, 3).expect("a third");
    let scale = Scale {
        figure: 1,
        start: Fraction::whole(-7),
        granule: third,
        amount: Some(-1),
        fits: (i64::MIN, i64::MAX),
        shown: (-1, 1),
        step: 1,
        stops: vec![-1, 1],
        stairs: vec![vec![stair, none], Vec::new()],
        with: vec![2],
    };
    let figure = Tryable { fact: 3, year: None, own: "1".to_owned(), now: "2".to_owned() };
    let facts = serde_json::json!({ "revenue": { "2025": "1" } });
    comes_back(&Tried { figures: vec![figure], facts, scale: Some(scale), ..Tried::default() });
    comes_back(&Tried { facts: serde_json::json!({}), ..Tried::default() });
}

fn context() -> Context {
    let day = Date::parse("2026-11-30");
    Context { name: "湖州某科技有限公司".to_owned(), unit: Unit::TenThousand, day }
}

#[test]
fn tables_and_what_is_said_of_them_come_back_as_they_were_written() {
    let library = library();
    let (engine, _) = engine(&library);
    let mut asked = 0;
    for entry in fs::read_dir(folder("crates/zice-tables/tests/cases")).expect("the cases") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a table");
        for (fact, it) in library.dictionary.facts.iter().enumerate() {
            let context = context();
            if it.fields.is_empty() || it.yearly {
                let block = BlockRequest {
                    text: Cow::Borrowed(&text),
                    fact,
                    fields: (0..it.fields.len()).collect(),
                    years: vec![2025, 2024, 2023],
                    base: 2025,
                    cell: String::new(),
                    context,
                    unit_said: false,
                    named_only: false,
                };
                comes_back(&block);
                comes_back(&engine.block(&block));
                continue;
            }
            let said = vec![
                Said::Us(true),
                Said::Unit(Unit::Yuan),
                Said::Order(1, 'd'),
                Said::Field(0, 1),
                Said::Ignored(2),
                Said::Open(3),
                Said::All(0, Value::Null),
                Said::Cell(1, 0, Value::Bool(false)),
            ];
            for said in [Vec::new(), said] {
                let list = ListRequest {
                    text: Cow::Borrowed(&text),
                    fact,
                    context: context.clone(),
                    said: Cow::Owned(said),
                };
                comes_back(&list);
                let reading: Reading = engine.list(&list);
                asked += reading.questions.len();
                comes_back(&reading);
            }
        }
    }
    assert!(asked > 5, "{asked} questions");
}

#[test]
fn a_policy_keeps_its_number_and_what_is_not_there_decides_nothing() {
    let library = library();
    let (mut engine, outlines) = engine(&library);
    let text = serde_json::to_string(&library.policies[1]).expect("JSON");
    assert_eq!(engine.policy(&text).expect("a policy").handle, outlines[1].handle);
    let request = CompanyRequest {
        file: Cow::Owned(serde_json::json!({ "schema": "zice.company/1", "facts": {} })),
        today: Date::MIN,
        policies: vec![0, 99],
        estimated: Vec::new(),
    };
    assert!(engine.state(&request).pictures.is_empty());
    assert!(engine.reports(&request, Lang::Zh).written.is_empty());
}

#[test]
fn names_come_after_the_facts_and_must_be_theirs() {
    let library = library();
    let facts = serde_json::to_string(&library.dictionary.clone().without_names()).expect("JSON");
    let names = serde_json::to_string(&Names::of(&library.dictionary)).expect("JSON");
    let mut engine = Engine::default();
    assert!(engine.names(&names).is_err(), "there are no facts yet");
    engine.facts(&facts).expect("facts.json");
    let other = names.replacen("\"id\":\"", "\"id\":\"x", 1);
    for bad in ["", "<!DOCTYPE html>", "[]", "{}", &other] {
        assert!(engine.names(bad).is_err(), "{bad:.40}");
        assert!(engine.policy(bad).is_err(), "{bad:.40}");
    }
    engine.names(&names).expect("names.json");
    engine.names(&names).expect("another page brings the same");
}

//! Tests with the real policies and companies: scenarios, other editions, and reports
//! that are written once.

use std::{fs, path::PathBuf, rc::Rc};

use serde_json::{Map, Value, json};
use zice_engine::protocol::{Along, Picture};
use zice_policy::Library;
use zice_rules::{Date, Lang, Verdict};

use crate::{Action, Scenario, Screen, Session, catalogue::Catalogue, scenarios::MOST};

fn session(company: &str) -> Session {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = Library::load(&root.join("policies")).expect("the policies");
    let policies = library.policies.into_iter().filter(|it| it.id == "tech-sme").collect();
    let catalogue = Rc::new(Catalogue::with(library.dictionary, policies));
    let session = Session::new(catalogue, Lang::Zh, Date::parse("2026-01-01").expect("a day"));
    let file = root.join("tests/companies").join(company).with_extension("zice.json");
    let file: Map<String, Value> =
        serde_json::from_str(&fs::read_to_string(file).expect("a company")).expect("JSON");
    after(&session, Action::Open(company.to_owned(), file))
}

fn after(session: &Session, action: Action) -> Session {
    session.after(action).expect("something happened")
}

fn scenario(name: &str, facts: Value) -> Scenario {
    Scenario { name: name.to_owned(), facts: facts.as_object().expect("facts").clone() }
}

fn verdicts(pictures: &[Picture]) -> Vec<Option<Verdict>> {
    pictures.iter().map(|it| it.verdict).collect()
}

#[test]
fn a_scenario_says_what_the_company_would_come_to_and_changes_nothing_until_it_is_taken() {
    let session = session("just-short-2025");
    assert_eq!(verdicts(&session.results.pictures), [Some(Verdict::NotMet)]);
    let more = scenario("多招科技人员", json!({ "sme_staff_tech": { "2024": "41" } }));
    let kept = after(&session, Action::KeepScenario(more.clone()));
    assert!(kept.answers.unsaved);
    assert_eq!(kept.scenarios(), core::slice::from_ref(&more));
    assert_eq!(verdicts(&kept.results.pictures), [Some(Verdict::NotMet)]);
    assert_eq!(verdicts(&kept.pictures_in(&more)), [Some(Verdict::Met)]);
    // Other years of the same fact stay.
    let earlier = scenario("前年", json!({ "sme_staff_tech": { "2022": "1" } }));
    assert_eq!(verdicts(&kept.pictures_in(&earlier)), [Some(Verdict::NotMet)]);
    let taken = after(&kept, Action::TakeScenario("多招科技人员".to_owned()));
    assert_eq!(verdicts(&taken.results.pictures), [Some(Verdict::Met)]);
    assert_eq!(taken.answer("sme_staff_tech"), Some(&json!({ "2024": "41" })));
    // What is unknown in a scenario is unknown, and never better than it is.
    let unknown = scenario("不知道", json!({ "sme_staff_tech": null }));
    let pictures = taken.pictures_in(&unknown);
    assert_eq!(verdicts(&pictures), [Some(Verdict::Undecided)]);
}

#[test]
fn steps_that_have_nothing_to_ask_are_passed_over() {
    let met = session("all-met-2023");
    let steps = met.scope.topics.len();
    assert_eq!(met.onward(0), (Screen::Report, 1..steps));
    // What is wrong in a step is worth a stop there.
    let wrong = after(&met, Action::Set("facts.revenue.2022".into(), json!("abc")));
    let finance = wrong.topic_of("revenue").expect("a topic");
    assert_eq!(wrong.onward(0), (Screen::Topic(finance), 1..finance));
    // So is what was not answered yet.
    let open = after(&met, Action::Set("facts.sme_staff_tech".into(), Value::Null));
    assert_eq!(open.onward(0), (Screen::Topic(1), 1..1));
}

#[test]
fn a_file_holds_four_scenarios_by_name() {
    let mut session = session("just-short-2025");
    for at in 0..=MOST {
        let one = scenario(&format!("方案 {at}"), json!({ "total_assets": { "2024": at } }));
        session = after(&session, Action::KeepScenario(one));
    }
    let names = |session: &Session| {
        session.scenarios().into_iter().map(|it| it.name).collect::<Vec<String>>()
    };
    assert_eq!(names(&session), ["方案 0", "方案 1", "方案 2", "方案 3"]);
    assert!(!session.has_room_for_scenario());
    let again = scenario(" 方案 2 ", json!({}));
    session = after(&session, Action::KeepScenario(again));
    assert_eq!(session.scenarios()[2], scenario("方案 2", json!({})));
    session = after(&session, Action::KeepScenario(scenario("  ", json!({}))));
    assert_eq!(names(&session).len(), MOST);
    for at in 0..MOST {
        session = after(&session, Action::DropScenario(format!("方案 {at}")));
    }
    assert_eq!(session.answers.file.get("scenarios"), None);
    // What is no scenario is passed over; what the page does not know stays.
    let odd =
        json!([7, { "name": "" , "facts": {} }, { "name": "甲" }, { "name": "乙", "facts": {} }]);
    let mut file = session.answers.file.as_object().expect("a file").clone();
    file.insert("scenarios".to_owned(), odd);
    session = after(&session, Action::Open("x".to_owned(), file));
    assert_eq!(names(&session), ["乙"]);
}

#[test]
fn the_same_company_is_judged_under_two_editions() {
    let session = session("just-short-2025");
    let editions = session.catalogue.editions.iter().enumerate();
    let handles: Vec<usize> = editions
        .filter(|(_, it)| ["2025", "2026"].contains(&it.edition.as_str()))
        .filter_map(|(at, _)| Some(session.catalogue.policy(at)?.handle))
        .collect();
    let pictures = session.pictures_under(handles);
    assert_eq!(pictures.len(), 2);
    let scores: Vec<_> = pictures.iter().filter_map(|it| it.score).collect();
    let own = session.results.pictures[0].score.expect("a score");
    assert_eq!((scores[0].min, scores[0].max), (own.min, own.max), "the day's own edition");
    assert_ne!(verdicts(&pictures)[1], None, "another edition judges the same answers as they are");
}

#[test]
fn reports_are_written_once_and_anew_when_anything_in_them_may_be_otherwise() {
    let written = |session: &Session| session.reports()[0].1.clone().expect("a report");
    let first = session("just-short-2025");
    let report = written(&first);
    assert!(Rc::ptr_eq(&report, &written(&first)));
    let changes = [
        Action::Set("name".into(), json!("另一家")),
        Action::Set("facts.sme_staff_tech.2024".into(), json!("41")),
        Action::Set("as_of".into(), json!("2025-06-30")),
        Action::Language(Lang::En),
    ];
    for change in changes {
        let next = after(&first, change);
        let (again, anew) = (written(&next), next.clone());
        assert_ne!(again.json, report.json);
        anew.results.forget_reports();
        assert_eq!(written(&anew).json, again.json);
    }
    assert_eq!(written(&first).json, report.json, "each session has its own");
}

#[test]
fn stairs_along_a_lever_and_a_figure_are_what_the_engine_says_at_each_end() {
    let session = session("just-short-2025");
    let lever = Along { lever: Some("hire_tech".to_owned()), next_round: true, ..Along::default() };
    let stairs = session.stairs(0, None, &lever);
    assert!(stairs.len() == 2 && stairs[0].from == 0, "{stairs:?}");
    assert!(stairs.windows(2).all(|it| it[0].to + 1 == it[1].from), "{stairs:?}");
    assert!(stairs.iter().any(|it| it.verdict == Verdict::Met));
    // From nothing to far more than it is: whatever a step says, the engine says of
    // a company with the figure at either end of it.
    let along = Along {
        fact: "rd_expense_deduct".to_owned(),
        year: Some(2024),
        below: i64::from(i32::MAX) * 4,
        above: i64::from(i32::MAX) * 4,
        ..Along::default()
    };
    let stairs = session.stairs(0, None, &along);
    assert!(stairs.len() > 4, "{stairs:?}");
    let at = |granules: i64| {
        let fen = 182_414_799 + granules;
        let figure = format!("{}.{:02}", fen / 100, fen % 100);
        let facts = json!({ "rd_expense_deduct": { "2024": figure } });
        let picture = session.pictures_in(&scenario("甲", facts)).remove(0);
        (picture.verdict, picture.score.map(|it| (it.min, it.max)))
    };
    for step in &stairs {
        for end in [step.from, step.to] {
            assert_eq!(at(end), (Some(step.verdict), step.score), "{step:?}");
        }
    }
    // In a scenario they begin where the scenario is, and nothing unknown has any.
    let more = scenario("乙", json!({ "sme_staff_tech": { "2024": "41" } }));
    assert_ne!(session.stairs(0, Some(&more), &along), stairs);
    let unknown = scenario("丙", json!({ "rd_expense_deduct": null }));
    assert_eq!(session.stairs(0, Some(&unknown), &along), []);
}

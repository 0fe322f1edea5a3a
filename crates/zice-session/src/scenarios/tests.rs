//! Scenarios are kept in the company file, and each comes to what the engine says of
//! the company with its answers; so does the company under another edition.

use std::{fs, path::PathBuf, rc::Rc};

use serde_json::{Map, Value, json};
use zice_engine::protocol::Picture;
use zice_policy::Library;
use zice_rules::{Date, Lang, Verdict};

use super::{MOST, Scenario};
use crate::{Action, Session, catalogue::Catalogue};

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
    assert_eq!(kept.scenarios(), [more.clone()]);
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

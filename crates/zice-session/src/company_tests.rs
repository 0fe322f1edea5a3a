//! Tests with the real policies and companies: scenarios, other editions, and reports
//! that are written once.

use std::{fs, path::PathBuf, rc::Rc};

use serde_json::{Map, Value, json};
use zice_engine::protocol::Picture;
use zice_policy::Library;
use zice_rules::{Date, Lang, Verdict};

use crate::{Action, Attempt, Scenario, Screen, Session, catalogue::Catalogue, scenarios::MOST};

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
    let facts = facts.as_object().expect("facts").clone();
    Scenario { name: name.to_owned(), facts, ..Scenario::default() }
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
    let scenarios = kept.scenarios();
    assert_eq!((&scenarios[0].name, &scenarios[0].facts), (&more.name, &more.facts));
    assert!(!kept.is_out_of_date(&scenarios[0]));
    // What was corrected since is not put back.
    let place = "facts.sme_staff_tech.2024";
    let corrected = after(&kept, Action::Set(place.into(), json!("16")));
    assert!(corrected.is_out_of_date(&corrected.scenarios()[0]));
    let not_taken = after(&corrected, Action::TakeScenario(more.name.clone()));
    assert_eq!(not_taken.at(&place.into()), Some(&json!("16")));
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
    assert_eq!(session.scenarios()[2].facts, Map::new());
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
    session = after(&session, Action::DropScenario("乙".to_owned()));
    let left = json!([7, { "name": "" , "facts": {} }, { "name": "甲" }]);
    assert_eq!(session.answers.file.get("scenarios"), Some(&left), "what is not shown stays");
    // A scenario that changes anything but figures is not shown either.
    let claim = json!([{ "name": "丙", "facts": { "hnte_certificate_valid": true } }]);
    let mut file = session.answers.file.as_object().expect("a file").clone();
    file.insert("scenarios".to_owned(), claim);
    session = after(&session, Action::Open("y".to_owned(), file));
    assert_eq!(names(&session), [""; 0]);
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
fn a_what_if_opens_at_what_the_advice_moves_and_changes_nothing_until_it_is_kept() {
    let session = session("just-short-2025");
    let attempt = |session: &Session, it: Attempt| after(session, Action::Try(it));
    let open = attempt(&session, Attempt::Open);
    let target = |session: &Session| {
        session.view.what_if.as_ref().and_then(|it| it.target()).expect("a figure").clone()
    };
    assert_eq!(target(&open).fact, "rd_expense_deduct");
    let more = attempt(&open, Attempt::Set(Some("1824148".to_owned())));
    let tried = more.tried().expect("a trial");
    assert_eq!(verdicts(&more.pictures_in(&more.scenario_of(&tried))), [Some(Verdict::Met)]);
    assert_eq!(verdicts(&more.results.pictures), [Some(Verdict::NotMet)]);
    assert_eq!(more.answers.file, session.answers.file);
    // Another figure is looked at; the first stays tried, one that was only looked at
    // leaves nothing.
    let looked = attempt(&more, Attempt::Look("total_assets".to_owned(), Some(2024)));
    let again = attempt(&looked, Attempt::Look("revenue".to_owned(), Some(2024)));
    let what_if = again.view.what_if.as_ref().expect("a what-if");
    assert_eq!(what_if.trial.targets.len(), 2);
    assert!(what_if.is_changed());
    // Nothing is kept of what was not tried, nor without a name of its own.
    let kept = attempt(&again, Attempt::Keep("方案 A".to_owned()));
    assert_eq!(kept.scenarios().len(), 1);
    assert_eq!(kept.scenarios()[0].name, "方案 A");
    assert_eq!(kept.scenarios()[0].facts["rd_expense_deduct"], json!({ "2024": "1824148" }));
    let reset = attempt(&kept, Attempt::Reset);
    assert!(!reset.view.what_if.as_ref().expect("a what-if").is_changed());
    let none = attempt(&reset, Attempt::Keep("方案 B".to_owned()));
    assert_eq!(none.scenarios().len(), 1);
    // Taken over, it is the company's own, and the way back is open.
    let taken = after(&none, Action::TakeScenario("方案 A".to_owned()));
    assert_eq!(verdicts(&taken.results.pictures), [Some(Verdict::Met)]);
    assert!(taken.view.what_if.is_none());
    let back = after(&taken, Action::Restore);
    assert_eq!(verdicts(&back.results.pictures), [Some(Verdict::NotMet)]);
    assert_eq!(back.scenarios().len(), 1);
    // Closed, nothing of it stays; and nothing can be tried while it is closed.
    assert!(attempt(&reset, Attempt::Close).view.what_if.is_none());
    assert!(attempt(&session, Attempt::Set(Some("1".to_owned()))).view.what_if.is_none());
}

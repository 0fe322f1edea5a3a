use std::rc::Rc;

use serde_json::{Map, Value, json};
use zice_rules::{Date, Dictionary, Lang, Verdict};

use crate::{catalogue::Catalogue, path::Path, supply::Fetching, *};

/// The session after an action, or the same.
fn reduce(session: Rc<Session>, action: Action) -> Rc<Session> {
    session.after(action).map_or(session, Rc::new)
}

fn session() -> Rc<Session> {
    let dictionary = Dictionary::from_json(r#"{"schema":"zice.facts/1","topic":[],"fact":[]}"#);
    let catalogue = Catalogue::with(dictionary.expect("a dictionary"), Vec::new());
    Rc::new(Session::new(catalogue.into(), Lang::Zh, Date::MIN))
}

fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(session(), reduce)
}

fn set(place: impl Into<Path>, value: Value) -> Action {
    Action::Set(place.into(), value)
}

#[test]
fn a_figure_and_a_range_turn_into_each_other_as_far_as_they_say_the_same() {
    let place = || Path::from("facts.revenue.2022");
    let turn = || Action::Range(place());
    let range = after([set(place(), json!("5")), turn()]);
    assert_eq!(range.answer("revenue"), Some(&json!({ "2022": { "min": "5", "max": "5" } })));
    let back = reduce(range, turn());
    assert_eq!(back.answer("revenue"), Some(&json!({ "2022": "5" })));
    assert!(back.view.ranges.is_empty());
    let wider = after([turn(), set("facts.revenue.2022.max", json!("6")), turn()]);
    assert_eq!(wider.answer("revenue"), None, "at most six is not six");
    // A range that was wiped out is still asked for as one.
    let empty = after([turn(), set("facts.revenue.2022.max", Value::Null)]);
    assert_eq!(empty.view.ranges, [place()]);
}

#[test]
fn entries_are_added_deleted_and_put_back_and_the_focus_follows() {
    let list = || Path::from("facts.ip");
    let two =
        after([Action::Add(list()), Action::Add(list()), set("facts.ip[1].kind", json!("design"))]);
    assert_eq!(two.answer("ip"), Some(&json!([{}, { "kind": "design" }])));
    assert_eq!(two.view.focus, Some(Focus::Entry(list().entry(1))));
    let one = reduce(two, Action::Delete(list(), 1));
    assert_eq!(one.answer("ip"), Some(&json!([{}])));
    assert_eq!(one.view.focus, Some(Focus::TakeBack("ip".to_owned())));
    let both = reduce(one, Action::Undo);
    assert_eq!(both.answer("ip"), Some(&json!([{}, { "kind": "design" }])));
    let gone = reduce(both, Action::Delete(list(), 7));
    assert_eq!(gone.answer("ip").and_then(Value::as_array).map(Vec::len), Some(2));
}

#[test]
fn with_the_last_entry_the_answer_goes_and_comes_back() {
    let list = || Path::from("facts.ip");
    let none = after([
        Action::Add(list()),
        set("facts.ip[0].kind", json!("design")),
        Action::Delete(list(), 0),
    ]);
    assert_eq!(none.answer("ip"), None, "not `[]`, which says that there is none at all");
    assert_eq!(none.answers.file.get("facts"), Some(&json!({})));
    let back = reduce(none, Action::Undo);
    assert_eq!(back.answer("ip"), Some(&json!([{ "kind": "design" }])));
    let said = after([Action::Press(list(), json!([]), Focus::Heading)]);
    assert!(path::is_none_held(&[], said.answer("ip")));
}

#[test]
fn a_field_that_is_not_known_is_no_field_that_was_left_out() {
    let status = || Path::from("facts.ip[0].status");
    let unclear = after([Action::Add(Path::from("facts.ip")), Action::Unclear(status())]);
    assert_eq!(unclear.answer("ip"), Some(&json!([{ "status": null }])));
    assert!(unclear.is_unclear(&status()) && !unclear.is_unclear(&"facts.ip[0].owner".into()));
    assert_eq!(unclear.view.focus, Some(Focus::Field(status())));
    // It outlasts changes beside it, deleting and putting back.
    let again = [
        set("facts.ip[0].kind", json!("design")),
        Action::Delete(Path::from("facts.ip"), 0),
        Action::Undo,
    ];
    let again = again.into_iter().fold(unclear, reduce);
    assert!(again.is_unclear(&status()));
    let known = reduce(again, set(status(), json!("granted")));
    assert_eq!(known.answer("ip"), Some(&json!([{ "kind": "design", "status": "granted" }])));
}

#[test]
fn what_was_said_of_a_refused_file_goes_with_the_screen() {
    let refuse = || Action::Refuse(Refusal::Other, String::new());
    assert!(after([refuse()]).view.message.is_some());
    assert!(after([refuse(), Action::Go(Screen::Report)]).view.message.is_none());
    let opened = [refuse(), Action::Open("a.json".to_owned(), Map::new())];
    assert!(matches!(after(opened).view.message, Some(Message::Opened(_))));
}

#[test]
fn the_file_always_has_facts_and_a_day_that_was_wiped_out_is_not_today() {
    let session = after([
        set("facts.region", json!("330500")),
        set("facts.region", Value::Null),
        set("as_of", Value::Null),
    ]);
    assert_eq!(session.answers.file.get("facts"), Some(&json!({})));
    assert_eq!(session.answers.file.get("as_of"), Some(&json!("")));
    assert!(session.results.problems.iter().any(|problem| problem.path == "as_of"));
}

#[test]
fn nothing_starts_without_a_programme() {
    assert_eq!(after([Action::Go(Screen::Topic(0))]).view.screen, Screen::Choose);
}

#[test]
fn what_is_put_back_is_kept_where_it_was_kept_and_nowhere_else() {
    let named = |name: &str| {
        let mut members = Map::new();
        members.insert("name".to_owned(), json!(name));
        members
    };
    let keep = |id| Action::Keep(id, Vec::new());
    // Answers that were not saved, over which a kept company is opened.
    let opened =
        [set("name", json!("甲")), Action::Open("乙".to_owned(), named("乙")), keep(Some(2))];
    let back = after(opened.clone().into_iter().chain([Action::Restore]));
    assert_eq!((back.name(), back.keeping.number, back.answers.unsaved), ("甲", None, true));
    // The same where they were kept themselves.
    let back = after([keep(Some(1))].into_iter().chain(opened).chain([Action::Restore]));
    assert_eq!((back.name(), back.keeping.number), ("甲", Some(1)));
}

#[test]
fn sides_that_change_places_are_whole_files_and_are_not_taken_for_saved() {
    let other = json!({ "name": "乙", "programmes": ["a"], "results": [1] });
    let swapped = after([
        Action::Open("a.json".to_owned(), Map::new()),
        Action::Beside(Some(("b.json".to_owned(), other))),
        Action::Swap,
    ]);
    assert_eq!(swapped.name(), "乙");
    assert!(swapped.answers.unsaved, "one of the two is in no file");
    assert_eq!(swapped.answers.file.get("facts"), Some(&json!({})));
    assert_eq!(swapped.at(&"as_of".into()), Some(&json!(Date::MIN.to_string())));
    assert_eq!((swapped.at(&"programmes".into()), swapped.at(&"results".into())), (None, None));
}

#[test]
fn a_paste_waits_until_the_rest_of_the_page_is_there() {
    let asks = || Action::Paste(Step::Open(Path::from("facts.ip")));
    let waiting = after([Action::Engine(Fetching::Waiting), asks()]);
    assert!(waiting.pasting.draft.is_none() && waiting.pasting.held.is_some());
    let failed = reduce(waiting, Action::Engine(Fetching::Failed));
    assert!(failed.pasting.held.is_some(), "it can be tried again");
    let again = reduce(failed, Action::Engine(Fetching::Waiting));
    assert_eq!(again.view.focus, Some(Focus::PasteButton("ip".to_owned())));
    let there = reduce(again, Action::Engine(Fetching::There));
    assert!(
        there.pasting.draft.as_ref().is_some_and(|draft| draft.open)
            && there.pasting.held.is_none()
    );
    assert_eq!(there.view.focus, Some(Focus::PasteField("ip".to_owned())));
    // From then on at once.
    assert!(reduce(there, asks()).pasting.draft.as_ref().is_some_and(|draft| !draft.open));
}

#[test]
fn a_right_that_is_in_the_list_is_not_added_again() {
    let heads = "类别\t知识产权号\t状态";
    let rows = ["发明专利\tZL201910123401.7\t已授权", "发明专利\tZL201910123402.5\t已授权"];
    let paste = |text: &str, replace: bool| {
        let steps =
            [Step::Open(Path::from("facts.ip")), Step::Text(text.to_owned()), Step::Take(replace)];
        steps.map(Action::Paste)
    };
    let dictionary: Dictionary =
        toml::from_str(include_str!("../../../policies/facts.toml")).expect("the dictionary");
    let catalogue = Catalogue::with(dictionary, Vec::new());
    let empty = Rc::new(Session::new(catalogue.into(), Lang::Zh, Date::MIN));
    let all =
        |session: &Session| session.at(&"facts.ip".into()).and_then(Value::as_array).map(Vec::len);
    let mut actions = vec![Action::Engine(Fetching::There)];
    actions.extend(paste(&[heads, rows[0]].join("\n"), false));
    let first = actions.into_iter().fold(empty, reduce);
    assert_eq!(all(&first), Some(1));
    let text = [heads, rows[0], rows[1]].join("\n");
    let both = paste(&text, false).into_iter().fold(first.clone(), reduce);
    assert_eq!(all(&both), Some(2));
    let done = both.pasting.last.as_ref().expect("a paste").done;
    assert_eq!((done.count, done.skipped), (1, 1));
    let replaced = paste(&text, true).into_iter().fold(first, reduce);
    assert_eq!(all(&replaced), Some(2));
    assert_eq!(replaced.pasting.last.as_ref().expect("a paste").done.skipped, 0);
    // What the table says against a field is kept with its head.
    let told = [heads, "\t备注\n", rows[0], "\t部分权利已失效"].concat();
    let told = paste(&told, true).into_iter().fold(both, reduce);
    assert_eq!(told.leftover(&"facts.ip[0].status".into()), Some("已授权 / 备注：部分权利已失效"));
}

#[test]
fn what_comes_later_takes_the_focus_only_where_it_was_waited_for() {
    let there = || Action::Engine(Fetching::There);
    let report = after([Action::Engine(Fetching::Waiting), Action::Go(Screen::Report), there()]);
    assert_eq!((report.view.focused, report.view.focus.clone()), (2, Some(Focus::Heading)));
    assert_eq!(after([Action::Engine(Fetching::Waiting), there()]).view.focused, 0);
}

#[test]
fn questions_that_were_waited_for_are_shown_once_and_whatever_is_missing_of_the_names() {
    for fetching in [Fetching::There, Fetching::Failed] {
        let mut waiting = after([Action::Engine(Fetching::Waiting)]);
        let early = Rc::make_mut(&mut waiting);
        // Whoever went there has the focus at its heading.
        (early.supply.can_ask, early.view.screen, early.view.focus) =
            (false, Screen::Topic(0), Some(Focus::Heading));
        let shown = reduce(waiting, Action::Engine(fetching));
        assert!(shown.supply.can_ask);
        assert_eq!((shown.view.focused, shown.view.focus.clone()), (1, Some(Focus::Heading)));
        // What comes after that leaves the focus to whoever answers.
        let later = reduce(shown, Action::Engine(Fetching::There));
        assert_eq!(later.view.focused, 1);
    }
}

#[test]
fn what_was_folded_away_before_anything_could_be_assessed_is_looked_at_again() {
    let mut waiting = (*doubting()).clone();
    (waiting.supply.can_ask, waiting.view.screen, waiting.view.folded) =
        (false, Screen::Topic(0), vec![0, 1]);
    let shown = reduce(waiting.into(), Action::Engine(Fetching::There));
    assert_eq!((shown.view.folded.clone(), shown.results.open.len()), (vec![], 2));
}

/// A programme that looks at last year's revenue, and a rule that doubts it
/// below 100,000 yuan.
fn doubting() -> Rc<Session> {
    let dictionary = Dictionary::from_json(
        r#"{"schema":"zice.facts/1","topic":[{"id":"t","title":{"zh":"","en":""}}],
        "fact":[{"id":"revenue","name":"收入","type":"money","yearly":true,"topic":"t",
            "short":{"zh":"收入","en":"revenue"},"question":{"zh":"","en":""},"definition":{"zh":"","en":""}},
            {"id":"staff","name":"职工","type":"count","yearly":true,"bare":true,"topic":"t",
            "short":{"zh":"职工","en":"staff"},"question":{"zh":"","en":""},"definition":{"zh":"","en":""}}],
        "contradiction":[],
        "doubt":{"tables":{"facts":["revenue"]},"formulas":[{"y":[0,-1]},{"n":"100000"},
            {"c":["<",0,1]},{"n":"10000"},{"*":[0,3]}],
            "code":"Ns0Nc100000Ta1 2Nc10000N2*3 1Tcn=1;y0-1;;;;_0___0__0____0___0__","rules":[{"code":"small","year":-1,"years":1,
            "facts":[["revenue",[-1]]],"when":2,
            "text":{"zh":"填的是 {0}","en":"{0}"},"shown":[[0,"yuan"]],
            "suggest":[{"fact":"revenue","year":-1,"to":4}]}]}}"#,
    )
    .expect("a dictionary");
    let policy = zice_rules::Policy::from_json(
        r#"{"schema":"zice.policy/2","id":"a","edition":"2020","digest":"",
        "title":{"zh":"","en":""},"summary":{"zh":"","en":""},"authority":{"zh":"","en":""},
        "platform":{"zh":"","en":""},"minutes":1,"benefits":[],"cautions":[],"open_points":[],
        "checked_on":"2020-01-01","review_by":"2030-01-01","window":{"year":2020},"calendar":[],
        "evidence":[],"sources":[{"id":"s","number":"s","title":{"zh":"","en":""}}],
        "criteria":[{"id":"size","kind":"gate","title":{"zh":"","en":""},"words":{"zh":"","en":""},
            "rule":{"holds":{"when":2}},
            "cites":[{"source":0,"confidence":"official"}]},
            {"id":"people","kind":"gate","title":{"zh":"","en":""},"words":{"zh":"","en":""},
            "rule":{"holds":{"when":5}},
            "cites":[{"source":0,"confidence":"official"}]}],
        "verdict":8,"tables":{"facts":["revenue","staff"]},
        "formulas":[{"y":[0,-1]},{"n":"200000000"},{"c":["<=",0,1]},{"y":[1,-1]},{"n":"500"},
            {"c":["<=",3,4]},{"met":0},{"met":1},{"and":[6,7]}],
        "code":"Ns0Nc200000000Tg1 2On;n_h1nNs1Nc500Tg1 2On;n_h1nTp2wTp1wT&2 1;|=1;y0-1y1-1;;;;_0___0__0____0___0__0___0___0___0___"}"#,
        &dictionary,
    )
    .expect("a policy");
    let catalogue = Catalogue::with(dictionary, vec![policy]);
    let today = Date::parse("2026-06-15").expect("a day");
    Rc::new(Session::new(catalogue.into(), Lang::Zh, today))
}

fn then(session: Rc<Session>, actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
    actions.into_iter().fold(session, reduce)
}

#[test]
fn a_verdict_on_doubtful_figures_is_not_firm_until_the_doubt_is_answered() {
    let filled = [set("facts.revenue.2025", json!("3865")), set("facts.staff.2025", json!(86))];
    let open = then(doubting(), filled);
    let picture = |session: &Session| {
        let picture = &session.results.pictures[0];
        (picture.verdict, picture.standing, picture.standings.clone())
    };
    use zice_engine::protocol::Standing::{Doubted, Firm};
    assert_eq!(picture(&open), (Some(Verdict::Met), Doubted, vec![Doubted, Firm]));
    assert_eq!(open.results.doubts.len(), 1);
    // Answered: firm, for as long as the figure is the same.
    let answers = vec![(Path::from("confirmed.small.2025"), "3865".to_owned())];
    let answered = then(open.clone(), [Action::Confirm(answers, Focus::Heading)]);
    assert_eq!(picture(&answered), (Some(Verdict::Met), Firm, Vec::new()));
    assert_eq!(answered.saved()["confirmed"], json!({ "small": { "2025": "3865" } }));
    assert!(answered.results.problems.is_empty());
    let changed = then(answered, [set("facts.revenue.2025", json!("3866"))]);
    assert_eq!(picture(&changed).1, Doubted);
    // Changed as proposed there is nothing to answer.
    let right = then(open, [set("facts.revenue.2025", json!("38650000"))]);
    assert_eq!((picture(&right).1, right.results.doubts.len()), (Firm, 0));
}

#[test]
fn another_year_keeps_the_figures_and_carries_them_over_only_as_estimates() {
    use zice_engine::protocol::Standing::{Estimated, Firm};
    let facts = json!({ "revenue": { "2025": "38650000" }, "staff": 86 });
    let mut members = Map::new();
    members.insert("as_of".to_owned(), json!("2026-06-15"));
    members.insert("facts".to_owned(), facts);
    let opened = then(doubting(), [Action::Open("a.json".to_owned(), members)]);
    let kept = json!({ "revenue": { "2025": "38650000" }, "staff": { "2025": 86 } });
    assert_eq!(opened.at(&"facts".into()), Some(&kept), "a head count is written by year");
    assert_eq!(
        (opened.scope.moved, opened.results.pictures[0].verdict),
        (None, Some(Verdict::Met))
    );
    let moved = then(opened, [set("as_of", json!("2027-06-01"))]);
    assert_eq!((moved.scope.moved, moved.last_year()), (Some(2026), 2026));
    assert_eq!(moved.at(&"facts".into()), Some(&kept));
    assert_eq!(moved.set_aside_by_year(), [(0, vec!["2025"]), (1, vec!["2025"])]);
    assert!(!moved.is_answered(0), "last year's figure is no answer");
    assert_eq!(moved.results.pictures[0].verdict, Some(Verdict::Undecided));
    // As estimates: the verdict is that of the figures, and not firm.
    let carried = then(moved, [Action::Carry(true)]);
    let estimate = json!({ "min": "38650000", "max": "38650000" });
    assert_eq!(carried.at(&"facts.revenue.2026".into()), Some(&estimate));
    let picture = &carried.results.pictures[0];
    assert_eq!((picture.verdict, picture.standing), (Some(Verdict::Met), Estimated));
    // One that was made sure stays when the others are taken out again.
    let sure = then(carried, [set("facts.staff.2026", json!("90")), Action::Carry(false)]);
    assert_eq!(sure.at(&"facts.revenue".into()), Some(&json!({ "2025": "38650000" })));
    assert_eq!(sure.at(&"facts.staff".into()), Some(&json!({ "2025": 86, "2026": "90" })));
    // Back again: as it was.
    let back = then(sure, [set("as_of", json!("2026-06-15"))]);
    assert_eq!((back.scope.moved, back.results.pictures[0].standing), (None, Firm));
    assert_eq!(back.results.pictures[0].verdict, Some(Verdict::Met));
}

#[test]
fn what_was_not_understood_goes_when_the_field_is_answered_but_not_while_it_is_typed() {
    let words =
        |session: &Session| session.leftover(&"facts.ip[0].owner".into()).map(str::to_owned);
    let file = json!({
        "schema": "zice.company/1", "as_of": "2023-08-01", "facts": { "ip": [{ "owner": null }] },
        "pasted": { "ip": { "0": { "owner": "甲某" } } },
    });
    let open = || Action::Open("a.json".to_owned(), file.as_object().cloned().unwrap_or_default());
    let place = || Path::from("facts.ip[0].owner");
    let opened = after([open()]);
    assert_eq!(words(&opened).as_deref(), Some("甲某"));
    assert_eq!(opened.results.problems, [], "the engine looks away");
    assert_eq!(words(&after([open(), set(place(), json!("company"))])), None);
    let typed = after([open(), Action::Type(place(), json!("c"))]);
    assert_eq!(words(&typed).as_deref(), Some("甲某"));
    assert_eq!(words(&reduce(typed, Action::Typed)), None);
    let unsure = [open(), Action::Unsure("ip".to_owned()), Action::Unsure("ip".to_owned())];
    assert_eq!(words(&after(unsure)).as_deref(), Some("甲某"), "the answer comes back whole");
    let gone = after([open(), Action::Delete(Path::from("facts.ip"), 0)]);
    assert_eq!(gone.answers.file.get("pasted"), None);
    assert_eq!(words(&reduce(gone, Action::Undo)).as_deref(), Some("甲某"));
}

#[test]
fn a_right_that_ends_by_the_day_of_application_is_no_longer_known_to_be_in_force() {
    let file = json!({
        "schema": "zice.company/1", "as_of": "2026-06-15",
        "facts": { "ip": [
            { "status": "granted" }, { "status": "granted" }, { "status": "granted" },
            { "status": "expired" },
        ] },
        "pasted": { "ip": {
            "0": { "@ends": ["2026-08-01", "失效日"] }, "1": { "@ends": ["2027-08-01", "失效日"] },
            "3": { "@ends": ["2026-08-01", "失效日"] },
        } },
    });
    let open = || Action::Open("a.json".to_owned(), file.as_object().cloned().unwrap_or_default());
    let status =
        |session: &Session, at: usize| session.answers.file["facts"]["ip"][at]["status"].clone();
    let on = |day: &str| after([open(), set("as_of", json!(day))]);
    assert_eq!(status(&on("2026-07-31"), 0), "granted");
    let later = on("2026-08-01");
    assert_eq!(status(&later, 0), Value::Null);
    assert_eq!(
        later.leftover(&"facts.ip[0].status".into()),
        Some("失效日：2026-08-01"),
        "the row says why"
    );
    assert_eq!([1, 2].map(|at| status(&later, at)), ["granted", "granted"]);
    assert_eq!(status(&later, 3), "expired", "the user said so since it was pasted");
    // What the user said on an earlier day is asked again too.
    let said = after([open(), set("facts.ip[0].status", json!("notice_and_fee"))]);
    let said = reduce(said, set("as_of", json!("2026-08-01")));
    assert_eq!(status(&said, 0), Value::Null);
    // A day that is back is no news of the right; what the user says counts.
    let back = reduce(later, set("as_of", json!("2026-06-15")));
    assert_eq!(status(&back, 0), Value::Null);
    let said = reduce(back, set("facts.ip[0].status", json!("granted")));
    assert_eq!(status(&reduce(said, set("as_of", json!("2026-12-01"))), 0), "granted");
    // A list that was set aside comes back, and then it is looked at.
    let unsure = || Action::Unsure("ip".to_owned());
    let aside = after([open(), unsure(), set("as_of", json!("2026-08-01")), unsure()]);
    assert_eq!(status(&aside, 0), Value::Null);
    // One that is over when the file is opened.
    let mut old = file.clone();
    old["as_of"] = json!("2027-01-01");
    let old = Action::Open("a.json".to_owned(), old.as_object().cloned().unwrap_or_default());
    assert_eq!(status(&after([old]), 0), Value::Null);
}

/// A programme of two years, whose policies come later.
fn two_years() -> Rc<Session> {
    let index = |year: i32| {
        let text = json!({ "zh": "甲", "en": "A" });
        let entry = json!({
            "id": "a", "edition": year.to_string(), "year": year, "minutes": 1, "digest": "",
            "title": text, "summary": text, "authority": text, "platform": text,
            "checked_on": "2020-01-01", "review_by": "2020-01-01", "file": "",
        });
        edition::Edition::read(&entry).expect("an edition")
    };
    let editions = vec![index(2023), index(2026)];
    let catalogue = Catalogue::new(Vec::new(), editions, Box::new(zice_engine::Engine::default()));
    catalogue.dictionary.arrive(Dictionary::default());
    let day = Date::parse("2026-06-01").expect("a day");
    Rc::new(Session::new(catalogue.into(), Lang::Zh, day))
}

fn gone() -> catalogue::Failure {
    catalogue::Failure { why: catalogue::Why::Gone, text: String::new() }
}

#[test]
fn what_waits_for_a_policy_goes_on_when_it_is_there_and_fails_only_by_its_own() {
    let session = two_years();
    assert!(session.supply.waits && !session.supply.can_ask, "the only programme is chosen");
    assert_eq!(session.lacking(), [1]);
    // Another edition's failure is none of this one's.
    let other = reduce(session.clone(), Action::Arrived(0, Some(gone())));
    assert_eq!((other.failure(), other.own_failure()), (None, None));
    let failed = reduce(other, Action::Arrived(1, Some(gone())));
    assert!(failed.failure().is_some());
    // On another day, or when it is tried again, it is forgotten.
    let moved = reduce(failed.clone(), set("as_of", json!("2023-06-01")));
    assert_eq!((moved.lacking(), moved.failure().is_some()), (vec![0], true));
    let again = reduce(failed, Action::Engine(Fetching::Waiting));
    assert_eq!(again.failure(), None);
}

#[test]
fn a_company_beside_of_another_year_leaves_the_report_alone() {
    let session = doubting();
    let beside = json!({ "schema": "zice.company/1", "as_of": "2000-01-01", "facts": {} });
    let beside = reduce(session, Action::Beside(Some(("乙".to_owned(), beside))));
    assert!(beside.is_whole() && beside.supply.can_ask);
}

#[test]
fn without_a_choice_what_says_so_takes_the_focus() {
    let start = after([Action::Go(Screen::Topic(0))]);
    assert_eq!(start.view.screen, Screen::Choose);
    assert_eq!(start.view.focus, Some(Focus::Element(CHOOSE_SOME.to_owned())));
}

#[test]
fn the_next_round_is_a_year_later() {
    let day = |text: &str| Date::parse(text).expect("a day");
    assert_eq!(two_years().next_round(), day("2027-06-01"));
}

//! Tests of the draft: what it brings back, what is none, and taking everything out.

use std::{path::PathBuf, rc::Rc};

use serde_json::{Value, json};
use zice_policy::Library;
use zice_rules::{Date, Lang};

use crate::{
    Action, Drafted, Focus, Message, Screen, Session, catalogue::Catalogue, keeping::Kept,
};

/// A session with two programmes in which nothing was said yet.
fn session() -> Session {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = Library::load(&root.join("policies")).expect("the policies");
    let offered = |id: &str| matches!(id, "tech-sme" | "aaa-zj");
    let policies = library.policies.into_iter().filter(|it| offered(&it.id)).collect();
    let catalogue = Rc::new(Catalogue::with(library.dictionary, policies));
    Session::new(catalogue, Lang::Zh, Date::parse("2026-01-01").expect("a day"))
}

fn after(session: Session, actions: impl IntoIterator<Item = Action>) -> Session {
    let step = |session: Session, action| session.after(action).expect("something happened");
    actions.into_iter().fold(session, step)
}

fn set(place: &str, value: Value) -> Action {
    Action::Set(place.into(), value)
}

/// A session at its third topic, with a name, a figure and one programme.
fn filled() -> Session {
    let answers = [
        Action::Choose(0),
        Action::Go(Screen::Topic(2)),
        set("name", json!("湖州\"示例")),
        set("facts.revenue.2025", json!("12,x")),
    ];
    after(session(), answers)
}

fn taken_up(draft: &str) -> Session {
    session().taken_up(Drafted::read(draft).expect("a draft"))
}

#[test]
fn a_draft_brings_back_answers_programmes_and_place_and_moves_no_focus() {
    let before = filled();
    let back = taken_up(&before.draft());
    assert_eq!(back.answers.file, before.answers.file);
    assert_eq!(back.scope.chosen, before.scope.chosen);
    assert_eq!(back.view.screen, Screen::Topic(2));
    assert!(back.answers.unsaved && back.asks());
    assert!(matches!(back.view.message, Some(Message::Restored)));
    assert_eq!((back.view.focus.as_ref(), back.view.focused), (None, 0));
    assert_eq!(back.draft(), before.draft());
    // What was said of the draft goes with the screen.
    assert!(after(back, [Action::Go(Screen::Report)]).view.message.is_none());
    // A file that was only opened is where it was; the company beside is in no draft.
    let Value::Object(file) = before.saved() else { panic!("no file") };
    let opened = [Action::Open("a.json".to_owned(), file), Action::Go(Screen::Compare)];
    let back = taken_up(&after(session(), opened).draft());
    assert!(!back.asks());
    assert_eq!(back.view.screen, Screen::Report);
}

#[test]
fn nothing_is_a_draft_where_nothing_was_said() {
    assert_eq!(session().draft(), "");
    assert_eq!(after(session(), [Action::Choose(1), Action::Choose(1)]).draft(), "");
    assert_ne!(after(session(), [Action::Choose(1)]).draft(), "");
    assert_ne!(after(session(), [set("name", json!("甲"))]).draft(), "");
    assert_ne!(after(session(), [Action::Unsure("region".to_owned())]).draft(), "");
}

#[test]
fn what_is_no_draft_of_this_version_is_none_and_a_strange_one_harms_nothing() {
    let large =
        format!("{{\"schema\":\"zice.draft/1\",\"file\":{{\"n\":\"{}\"}}}}", "n".repeat(5 << 20));
    for text in [
        "",
        "{",
        "[]",
        "7",
        "{}",
        r#"{"schema":"zice.draft/2","file":{}}"#,
        r#"{"schema":1,"file":{}}"#,
        r#"{"schema":"zice.draft/1"}"#,
        r#"{"schema":"zice.draft/1","file":[]}"#,
        &large,
    ] {
        assert_eq!(Drafted::read(text), None, "{:.60}", text);
    }
    for (rest, screen) in [
        (r#""screen":"topic/99999","number":"-1""#, Screen::Topic(0)),
        (r#""screen":"<b>","number":7"#, Screen::Choose),
        (r#""screen":7,"unsaved":"no""#, Screen::Choose),
    ] {
        let programmes = r#""file":{"schema":"zice.company/1","programmes":["tech-sme","x",1]}"#;
        let back = taken_up(&[r#"{"schema":"zice.draft/1","#, rest, ",", programmes, "}"].concat());
        assert_eq!(back.keeping.number, None);
        assert!(back.asks());
        match (back.view.screen, screen) {
            // The last there is.
            (Screen::Topic(at), Screen::Topic(_)) => assert_eq!(at + 1, back.scope.topics.len()),
            (is, wanted) => assert_eq!(is, wanted),
        }
    }
    // Where the programmes are no longer offered one begins with choosing.
    let other = r#"{"schema":"zice.draft/1","screen":"report","file":{"programmes":["x"]}}"#;
    assert_eq!(taken_up(other).view.screen, Screen::Choose);
}

#[test]
fn a_draft_knows_under_which_number_the_company_is_kept() {
    let kept = after(filled(), [Action::Keep(Some(3), Vec::new())]);
    let draft = Drafted::read(&kept.draft()).expect("a draft");
    assert_eq!(draft.number, Some(3));
    let back = session().taken_up(draft);
    assert_eq!(back.keeping.number, Some(3));
    assert!(!back.asks(), "it goes on being kept");
}

#[test]
fn everything_is_taken_out_and_comes_back_until_another_screen() {
    let before = after(filled(), [Action::Keep(Some(3), vec![kept()])]);
    let cleared = after(before.clone(), [Action::Clear]);
    assert_eq!(cleared.draft(), "");
    assert_eq!(cleared.view.screen, Screen::Choose);
    assert!(cleared.scope.chosen.is_empty() && !cleared.asks());
    assert_eq!((cleared.keeping.number, &*cleared.keeping.kept), (None, &[kept()][..]));
    let back = after(cleared.clone(), [Action::Restore]);
    assert_eq!(back.answers.file, before.answers.file);
    assert_eq!(back.scope.chosen, before.scope.chosen);
    assert_eq!(back.keeping.number, Some(3));
    // Whoever goes on finds nothing of it.
    let next = after(cleared, [Action::Choose(1), Action::Go(Screen::Topic(0))]);
    assert!(next.comparison.before.is_none() && next.view.message.is_none());
}

fn kept() -> Kept {
    Kept { id: 3, name: "甲".to_owned(), kept_on: "2026-01-01".to_owned() }
}

#[test]
fn keeping_is_offered_once_at_a_new_screen_and_only_where_it_is_worth_it() {
    let mut session = filled();
    session.keeping.can = true;
    let offered = |it: &Session| matches!(it.view.message, Some(Message::Offered));
    let go = || [Action::Go(Screen::Topic(1))];
    assert!(!offered(&after(session.clone(), go())), "too little was said");
    session.results.answered = 10;
    let asked = after(session.clone(), go());
    assert!(offered(&asked));
    let dismissed = after(asked.clone(), [Action::Dismiss]);
    assert!(dismissed.view.message.is_none());
    assert_eq!(dismissed.view.focus, Some(Focus::Heading));
    let kept = after(asked.clone(), [Action::Keep(Some(1), Vec::new())]);
    assert!(offered(&kept) && !kept.asks(), "the line says that it is kept");
    for mut once in [asked, dismissed] {
        once.results.answered = 10;
        assert!(!offered(&after(once, [Action::Go(Screen::Topic(2))])));
    }
    session.keeping.can = false;
    assert!(!offered(&after(session, go())));
}

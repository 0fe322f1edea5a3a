//! Tests the program of a policy as text: a damaged one is refused when the
//! policy is linked, or at least does no harm when evaluated.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test ends where what it needs is not there"
)]

use std::{path::Path, sync::LazyLock};

use serde_json::{Value, json};
use zice_policy::Library;
use zice_rules::{Company, Date, Policy, assess};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(Path::new(policies)).expect("the policies")
});

/// The bytes that replace each byte of a program in turn.
const LETTERS: &[u8] = b"0123456789 -/:;_.TNMOtnmo&|!gaskrpe#?2";

fn written(policy: &Policy) -> Value {
    serde_json::to_value(policy).expect("a policy is JSON")
}

fn linked(policy: &Value) -> Option<Policy> {
    Policy::from_json(&policy.to_string(), &LIBRARY.dictionary).ok()
}

#[test]
fn a_policy_is_linked_with_its_own_program_alone() {
    for policy in &LIBRARY.policies {
        let json = written(policy);
        assert!(linked(&json).is_some(), "{}", policy.address());
        for wrong in [
            Value::Null,
            json!(""),
            json!("=1"),
            json!([policy.code]),
            json!([&policy.code, " "].concat()),
            json!(policy.code.replacen('=', "", 1)),
        ] {
            let mut changed = json.clone();
            changed["code"] = wrong;
            assert!(linked(&changed).is_none(), "{}: {}", policy.address(), changed["code"]);
        }
        for other in LIBRARY.policies.iter().filter(|it| it.id != policy.id) {
            let mut changed = json.clone();
            changed["code"] = json!(other.code);
            assert!(linked(&changed).is_none(), "{} as {}", other.address(), policy.address());
        }
    }
}

#[test]
fn a_program_that_was_cut_is_refused_and_one_that_was_garbled_does_no_harm() {
    let day = Date::parse("2026-06-15").expect("a day");
    let empty = r#"{"schema":"zice.company/1","facts":{}}"#;
    let (company, _) =
        Company::from_json(empty, &LIBRARY.dictionary, day).expect("a company without facts");
    for policy in &LIBRARY.policies {
        let json = written(policy);
        for (number, letter) in LETTERS.iter().cycle().take(80).enumerate() {
            let at = number * policy.code.len() / 80;
            let mut changed = json.clone();
            changed["code"] = json!(policy.code[..at]);
            assert!(linked(&changed).is_none(), "{} cut at {at}", policy.address());
            let mut bytes = policy.code.clone().into_bytes();
            bytes[at] = *letter;
            changed["code"] = json!(String::from_utf8(bytes).expect("ASCII"));
            if let Some(garbled) = linked(&changed) {
                _ = assess(&garbled, &company).map(|it| it.questions().map(|asked| asked.len()));
            }
        }
    }
}

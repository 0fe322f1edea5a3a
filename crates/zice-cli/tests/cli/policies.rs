//! Tests `zice policies` and the command line itself.

use std::path::Path;

use zice_policy::Library;

use crate::run::zice;

fn library() -> Library {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    Library::load(&folder).expect("the policies of the product are right")
}

#[test]
fn every_policy_of_the_product_is_carried_with_its_digest() {
    let listed = zice(["policies"]);
    assert_eq!(listed.status, Some(0));
    let library = library();
    assert_eq!(listed.stdout.lines().count(), library.policies.len());
    for (line, policy) in listed.stdout.lines().zip(&library.policies) {
        let parts = [policy.address(), policy.title.zh.clone(), policy.digest.clone()];
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn the_list_as_json_has_the_title_in_the_language_asked_for() {
    let listed = zice(["policies", "--json", "--lang", "en"]).json();
    let library = library();
    for (entry, policy) in listed.as_array().expect("an array").iter().zip(&library.policies) {
        assert_eq!(entry["title"], policy.title.en);
        assert_eq!(entry["digest"], policy.digest);
        let closes = policy.window.closes.map(|day| day.to_string());
        assert_eq!(entry["closes"].as_str(), closes.as_deref());
    }
}

#[test]
fn help_is_bilingual_and_status_0() {
    let expected: [(&[&str], [&str; 2]); 5] = [
        (&["--help"], ["按政策自测企业", "assess companies"]),
        (&["policies", "--help"], ["列出政策", "list the policies"]),
        (&["assess", "--help"], ["空白行跳过", "Blank lines are skipped"]),
        (&["table", "--help"], ["绝不按最好的情况算", "never taken for the best case"]),
        (&["check", "--help"], ["退出码 1", "Exit status 1"]),
    ];
    for (arguments, parts) in expected {
        let help = zice(arguments);
        assert_eq!(help.status, Some(0));
        assert!(parts.iter().all(|part| help.stdout.contains(part)), "{}", help.stdout);
    }
}

#[test]
fn what_the_command_does_not_know_is_a_usage_error() {
    for arguments in
        [&["frobnicate"][..], &["assess"], &["assess", "--fast", "-"], &[], &["advise"]]
    {
        let run = zice(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        assert!(!run.stderr.is_empty());
    }
}

//! Tests levers: what a policy may tell a company to do, and what it may not.

use crate::world::{gate, item, load, policy, text, wrong};

const POLICY: &str = "demo/2023.toml";

fn lever(rest: &str) -> String {
    let words = format!("{}{}", text("do", "做事"), text("proof", "凭证"));
    let words = words.replace("do =", "\"do\" =");
    let tables = [
        gate("enough", "销售收入[去年] >= 100元 且 居民企业"),
        item("lever", "act", &format!("{words}{rest}")),
    ];
    policy("verdict = \"enough\"", &tables.concat())
}

fn refused(rest: &str) -> Vec<String> {
    wrong(&[(POLICY, lever(rest))])
}

#[test]
fn a_real_act_is_compiled_and_reads_back() {
    for rest in [
        "rounds = [\"next_round\"]\nmoves = [\"销售收入[去年] + 0.01元\", \"利润[去年] - 0.01元\"]\nat_most = \"1万元\"",
        "rounds = [\"this_round\", \"next_round\"]\nadds = \"知识产权\"\nsays = { \"类别\" = \"发明\" }\ndated = [\"授权日\"]\nyear_end = true\nat_most = \"3项\"",
        "rounds = [\"this_round\"]\nsets = [\"居民企业\"]\nlead_days = 30",
    ] {
        let library = load(&[(POLICY, lever(rest))]).unwrap_or_else(|error| panic!("{error}"));
        let policy = library.policy("demo@2023").expect("the policy");
        let written = serde_json::to_string(policy).expect("JSON");
        let read = zice_rules::Policy::from_json(&written, &library.dictionary).expect("a policy");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), written);
        assert_eq!(policy.levers.len(), 1);
    }
}

#[test]
fn what_no_company_may_be_told_is_refused() {
    let next = "rounds = [\"next_round\"]\n";
    for (rest, message) in [
        // A closed year.
        (
            "rounds = [\"this_round\"]\nmoves = [\"销售收入[去年] + 1元\"]\nat_most = \"1万元\""
                .to_owned(),
            "the last year is closed",
        ),
        (
            format!("{next}moves = [\"销售收入[前年] + 1元\"]\nat_most = \"1万元\""),
            "a closed year can't be moved",
        ),
        // A figure that gets smaller, and one that is no result of the act.
        (
            format!("{next}moves = [\"销售收入[去年] - 1元\"]\nat_most = \"1万元\""),
            "must not lower a figure",
        ),
        (
            format!("{next}moves = [\"利润[去年] - 1元\"]\nat_most = \"1万元\""),
            "must not lower a figure",
        ),
        (
            format!(
                "{next}moves = [\"销售收入[去年] + 1元\", \"销售收入[去年] + 1元\"]\nat_most = \"1元\""
            ),
            "once, and by year",
        ),
        // A right that is anything but the company's own.
        (
            format!(
                "{next}adds = \"知识产权\"\nsays = {{ \"类别\" = \"发明\", \"有争议\" = \"true\" }}\nat_most = \"1项\""
            ),
            "takes the defaults",
        ),
        (format!("{next}sets = [\"职工总数\"]"), "only a yes-or-no fact"),
        (
            format!("{next}sets = [\"居民企业\"]\nadds = \"知识产权\"\nat_most = \"1项\""),
            "one of moves, adds, sets",
        ),
        (format!("{next}moves = [\"销售收入[去年] + 1元\"]"), "at_most must be a whole number"),
        (
            format!("{next}moves = [\"销售收入[去年] + 3元\"]\nat_most = \"1万元\""),
            "at_most must be a whole number",
        ),
        ("rounds = []\nsets = [\"居民企业\"]".to_owned(), "the last year is closed"),
    ] {
        let found = refused(&rest);
        assert!(found.iter().any(|it| it.contains(message)), "{rest}: {message}: {found:?}");
    }
}

/// A part of the real dictionary grows only with its whole.
#[test]
fn people_and_money_are_not_moved_between_heads() {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/");
    let read = |name: &str| std::fs::read_to_string(format!("{policies}{name}")).expect("a file");
    let edition = read("tech-sme/2023.toml");
    let reclassified = edition.replace(", \"科小职工总数[去年] + 1人\"", "");
    assert_ne!(edition, reclassified);
    let files = [
        ("facts.toml", read("facts.toml")),
        ("sources.toml", read("sources.toml")),
        ("tech-sme/2023.toml", reclassified),
    ];
    let found = wrong(&files);
    assert!(found.iter().any(|it| it.contains("a part moves without its whole")), "{found:?}");
}

//! Tests levers: what a policy may tell a company to do, and what it may not.

use crate::world::{gate, item, load, policy, text, wrong};

const POLICY: &str = "demo/2023.toml";

fn lever(rest: &str) -> String {
    let words = format!("{}{}", text("do", "做事"), text("proof", "凭证"));
    let words = words.replace("do =", "\"do\" =");
    let tables = [
        gate(
            "enough",
            "(销售收入[去年] >= 100元 且 居民企业) 或 计数(知识产权, 类别 属于 {发明}) >= 1项",
        ),
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

/// A lever that no figure of the policy rests on is for another one; and along
/// one that a formula multiplies with itself again and again nothing can be
/// worked out.
#[test]
fn a_lever_is_refused_that_the_policy_does_not_use_or_cannot_follow() {
    let words = format!("{}{}", text("do", "做事"), text("proof", "凭证"));
    let words = words.replace("do =", "\"do\" =");
    let moves =
        "rounds = [\"next_round\"]\nmoves = [\"销售收入[去年] + 1元\"]\nat_most = \"1万元\"";
    let sets = "rounds = [\"next_round\"]\nsets = [\"居民企业\"]";
    let adds = "rounds = [\"next_round\"]\nadds = \"知识产权\"\nsays = { \"类别\" = \"发明\" }\nat_most = \"1项\"";
    let power = |times: usize| {
        let ratio = ["(销售收入[去年] / 100元)"; 4].get(..times).expect("few").join(" * ");
        format!("{ratio} >= 200%")
    };
    for (when, lever, message) in [
        (power(3), moves, None),
        (power(4), moves, Some("turning points can't be worked out")),
        ("居民企业".to_owned(), moves, Some("does not look at what it changes")),
        ("销售收入[去年] >= 100元".to_owned(), sets, Some("does not look at what it changes")),
        ("销售收入[去年] >= 100元".to_owned(), adds, Some("does not look at what it changes")),
        ("居民企业".to_owned(), sets, None),
    ] {
        let tables = [gate("enough", &when), item("lever", "act", &format!("{words}{lever}"))];
        let found = wrong(&[(POLICY, policy("verdict = \"enough\"", &tables.concat()))]);
        let right = match message {
            Some(message) => found.iter().any(|it| it.contains(message)),
            None => found.is_empty(),
        };
        assert!(right, "{when} {lever}: {message:?}: {found:?}");
    }
}

/// What the real dictionary and a real policy refuse.
#[test]
fn people_and_money_are_not_moved_lowered_or_bought() {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/");
    let read = |name: &str| std::fs::read_to_string(format!("{policies}{name}")).expect("a file");
    let edition = read("tech-sme/2023.toml");
    let hire = "\"科小科技人员[去年] + 1人\", \"科小职工总数[去年] + 1人\"";
    let spend = ", \"成本费用支出[去年] + 0.01元\"";
    let right = "says = { \"类别\" = \"软件著作权\" }";
    let whole = "a part moves without its whole";
    for (from, to, message) in [
        // People that are called technical; people from one year to another.
        (hire, "\"科小科技人员[去年] + 1人\"", whole),
        (hire, "\"科小科技人员[去年] + 2人\", \"科小职工总数[去年] + 1人\"", whole),
        (
            hire,
            "\"科小科技人员[去年] + 1人\", \"科小职工总数[去年] + 1人\", \"科小职工总数[前年] + 1人\"",
            "a closed year can't be moved",
        ),
        // Fewer people, less revenue, fewer assets.
        (
            hire,
            "\"科小科技人员[去年] + 1人\", \"科小职工总数[去年] - 1人\"",
            "must not lower a figure",
        ),
        (hire, "\"科小职工总数[去年] - 1人\"", "must not lower a figure"),
        (
            spend,
            ", \"成本费用支出[去年] + 0.01元\", \"销售收入[去年] - 0.01元\"",
            "must not lower a figure",
        ),
        (
            spend,
            ", \"成本费用支出[去年] + 0.01元\", \"资产总额[去年] - 0.01元\"",
            "must not lower a figure",
        ),
        // Costs that are called R&D.
        (spend, "", "booked under another head"),
        // R&D at home that is no R&D.
        (", \"高企研发费用[去年] + 0.01元\"", "", whole),
        // A right that was bought, or that does not belong to the product.
        (
            right,
            "says = { \"类别\" = \"软件著作权\", \"取得方式\" = \"受让\" }",
            "takes the defaults",
        ),
        (
            right,
            "says = { \"类别\" = \"软件著作权\", \"取得方式\" = \"自主研发\" }",
            "takes the defaults",
        ),
        // A head count that is no mean; a mean of no known periods; days without one.
        ("mean = \"quarters\"\n", "", "head counts are means"),
        ("mean = \"quarters\"", "mean = \"weeks\"", "quarters or months"),
        ("mean = \"quarters\"\n", "mean = \"quarters\"\nleast_days = 366\n", "from 1 to 365"),
        ("at_most = \"1200万元\"", "mean = \"months\"\nat_most = \"1200万元\"", "nothing else is"),
        ("at_most = \"1200万元\"", "least_days = 183\nat_most = \"1200万元\"", "only with mean"),
        // What waits is granted already, or says nothing of its state.
        (
            "waits = { \"状态\" = \"申请中\" }",
            "waits = { \"状态\" = \"已授权\" }",
            "the state of waiting",
        ),
        (
            "waits = { \"状态\" = \"申请中\" }",
            "waits = { \"类别\" = \"发明专利\" }",
            "the state of waiting",
        ),
    ] {
        assert!(edition.contains(from), "{from}");
        let files = [
            ("facts.toml", read("facts.toml")),
            ("sources.toml", read("sources.toml")),
            ("tech-sme/2023.toml", edition.replacen(from, to, 1)),
        ];
        let found = wrong(&files);
        assert!(found.iter().any(|it| it.contains(message)), "{to}: {message}: {found:?}");
    }
}

/// What an answer says of the next round has to fit its kind.
#[test]
fn what_an_answer_says_of_the_next_round_fits_it() {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/");
    let read = |name: &str| std::fs::read_to_string(format!("{policies}{name}")).expect("a file");
    let facts = read("facts.toml");
    for (from, to) in [
        ("next_round = { adds = 1 }", "next_round = { yes = \"open\" }"),
        ("next_round = { adds = 1 }", "next_round = { adds = 0 }"),
        ("next_round = { yes = \"open\" }", "next_round = { adds = 1 }"),
        ("next_round = { yes = \"open\" }", "next_round = {}"),
        ("until = \"hnte_certificate_expires_on\"", "until = \"revenue\""),
        ("until = \"hnte_certificate_expires_on\"", "until = \"nothing\""),
    ] {
        assert!(facts.contains(from), "{from}");
        let files = [
            ("facts.toml", facts.replacen(from, to, 1)),
            ("sources.toml", read("sources.toml")),
            ("tech-sme/2023.toml", read("tech-sme/2023.toml")),
        ];
        let found = wrong(&files);
        assert!(found.iter().any(|it| it.contains("does not fit the fact")), "{to}: {found:?}");
    }
}

/// An entry keeps to a day only in a policy that judges entries, and only to a
/// day of theirs.
#[test]
fn an_entry_keeps_to_a_day_of_its_own() {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/");
    let read = |name: &str| std::fs::read_to_string(format!("{policies}{name}")).expect("a file");
    let edition = read("new-material/2025.toml");
    let starts = "starts = { \"保单生效日\" = \"2025-10-14\" }";
    assert!(edition.contains(starts));
    for (to, message) in [
        (starts, None),
        ("starts = { \"保险金额\" = \"2025-10-14\" }", Some("no such day of the entries judged")),
        ("starts = { \"成立日期\" = \"2025-10-14\" }", Some("no such day of the entries judged")),
        ("starts = { \"保单生效日\" = \"2025-02-30\" }", Some("not a date that exists")),
        (
            "starts = { \"保单生效日\" = \"2025-10-14\", \"资格有效期至\" = \"2025-10-14\" }",
            Some("one day only"),
        ),
        ("sets = [\"居民企业\"]", Some("does not look at what it changes")),
    ] {
        let files = [
            ("facts.toml", read("facts.toml")),
            ("sources.toml", read("sources.toml")),
            ("new-material/2025.toml", edition.replacen(starts, to, 1)),
        ];
        let found = wrong(&files);
        let right = match message {
            Some(message) => found.iter().any(|it| it.contains(message)),
            None => found.is_empty(),
        };
        assert!(right, "{to}: {message:?}: {found:?}");
    }
    let elsewhere = refused("rounds = [\"this_round\"]\nstarts = { \"授权日\" = \"2023-10-14\" }");
    assert!(elsewhere.iter().any(|it| it.contains("no such day")), "{elsewhere:?}");
}

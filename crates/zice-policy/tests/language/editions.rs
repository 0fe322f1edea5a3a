//! Tests editions that build on each other.

use zice_policy::{Library, tree::Condition};
use zice_rules::{Policy, formula::ConditionAt, policy::Rule};

use crate::world::{CITES, WORDS, criterion, edition, gate, item, load, policy, text, wrong};

const BASE: &str = "demo/2023.toml";
const LATER: &str = "demo/2025.toml";
const EXTENDS: &str = "extends = \"demo@2023\"\n";

/// An edition with an item of every kind.
fn base() -> String {
    let statement = |table: &str, id: &str| item(table, id, &text("text", id));
    let indicator = format!(
        "{}{}better = \"neither\"\nvalue = \"职工总数\"",
        text("title", "人数"),
        text("words", "人数")
    );
    let note = format!("list = \"知识产权\"\nwhen = \"有争议\"\n{}", text("text", "争议"));
    let tables = [
        "\n[define]\n\"门槛\" = \"10人\"\n\"够大\" = \"职工总数 >= 门槛\"\n".to_owned(),
        item("milestone", "filing", &format!("{}date = \"2023-06-30\"", text("what", "申报"))),
        statement("benefit", "money"),
        statement("caution", "deadline"),
        statement("open_point", "unclear"),
        item("evidence", "licence", &format!("always = true\n{}", text("title", "执照"))),
        gate("a", "居民企业"),
        gate("b", "够大"),
        gate("c", "获奖次数 >= 1"),
        item("indicator", "number", &indicator),
        item("entry_note", "disputed", &note),
    ];
    policy("verdict = \"a 且 b 且 c\"", &tables.concat())
}

/// The base and an edition of 2025 with these keys and tables of its own.
fn later(top: &str, tables: &str) -> Library {
    let files = [(BASE, base()), (LATER, edition("2025", &format!("{EXTENDS}{top}"), tables))];
    load(&files).unwrap_or_else(|error| panic!("{error}"))
}

fn of(library: &Library) -> &Policy {
    library.policy("demo@2025").expect("the edition")
}

fn criteria(policy: &Policy) -> Vec<&str> {
    policy.criteria.iter().map(|one| one.id.as_str()).collect()
}

/// The formula of a criterion, as JSON.
fn formula(policy: &Policy, id: &str) -> String {
    let criterion = policy.criteria.iter().find(|one| one.id == id).expect("a criterion");
    let Rule::Holds { when, .. } = &criterion.rule else { panic!("no condition") };
    tree(policy, *when)
}

/// A condition of a policy as a tree, in JSON.
fn tree(policy: &Policy, at: ConditionAt) -> String {
    serde_json::to_string(&Condition::of(&policy.formulas, at)).expect("JSON")
}

#[test]
fn what_an_edition_does_not_say_it_takes_over() {
    let library = later("", "");
    let (old, new) = (library.policy("demo@2023").expect("the base"), of(&library));
    assert_eq!(new.title, old.title);
    assert_eq!((&new.summary, &new.authority), (&old.summary, &old.authority));
    assert_eq!((&new.platform, new.minutes), (&old.platform, old.minutes));
    assert_eq!(tree(new, new.verdict), tree(old, old.verdict));
    assert_eq!(criteria(new), ["a", "b", "c"]);
    assert_eq!(new.cautions[0].id, "deadline");
    assert_eq!((new.benefits.len(), new.open_points.len()), (1, 1));
    assert_eq!((new.papers.len(), new.indicators.len(), new.entry_notes.len()), (1, 1, 1));
    // Its own are the edition's name and days, and the dates of its round.
    assert_eq!((new.edition.as_str(), new.window.year), ("2025", 2025));
    assert_eq!(old.calendar.len(), 1);
    assert_eq!(new.calendar.len(), 0);
    assert_ne!(new.digest, old.digest);
}

#[test]
fn what_it_says_itself_stands_in_the_place_of_the_old() {
    let title = "title = { zh = \"新名\", en = \"New name\" }\nminutes = 9\nverdict = \"b\"\n";
    let tables = format!("{}{}", gate("b", "职工总数 >= 20人"), gate("d", "居民企业"));
    // Nothing uses the old definition any more, so it must be removed.
    let library = later(&format!("{title}remove = [\"够大\", \"门槛\"]\n"), &tables);
    let new = of(&library);
    assert_eq!(criteria(new), ["a", "b", "c", "d"]);
    assert!(formula(new, "b").contains("\"20\""), "{}", formula(new, "b"));
    assert_eq!((new.title.zh.as_str(), new.minutes), ("新名", 9));
    assert_eq!(tree(new, new.verdict), r#"{"met":1}"#);
    // The old edition is unchanged.
    let old = library.policy("demo@2023").expect("the base");
    assert!(formula(old, "b").contains("\"10\""));
    assert_eq!(criteria(old), ["a", "b", "c"]);
}

#[test]
fn every_kind_of_item_can_be_replaced_and_added() {
    let statement = |table: &str, id: &str| item(table, id, &text("text", "新"));
    let number = |id: &str| {
        let rest = format!(
            "{}{}better = \"higher\"\nvalue = \"获奖次数\"",
            text("title", "新"),
            text("words", "新")
        );
        item("indicator", id, &rest)
    };
    let note = |id: &str| {
        item(
            "entry_note",
            id,
            &format!("list = \"知识产权\"\nwhen = \"份数 > 1\"\n{}", text("text", "新")),
        )
    };
    let paper = |id: &str| item("evidence", id, &format!("always = true\n{}", text("title", "新")));
    let mut tables = String::new();
    for id in ["money", "more_money"] {
        tables.push_str(&statement("benefit", id));
    }
    for id in ["deadline", "late"] {
        tables.push_str(&statement("caution", id));
    }
    for id in ["unclear", "doubtful"] {
        tables.push_str(&statement("open_point", id));
    }
    for id in ["licence", "report"] {
        tables.push_str(&paper(id));
    }
    for id in ["number", "prizes"] {
        tables.push_str(&number(id));
    }
    for id in ["disputed", "claims"] {
        tables.push_str(&note(id));
    }
    let library = later("", &tables);
    let new = of(&library);
    macro_rules! check {
        ($items:expr, $text:ident, $ids:expr) => {
            let found: Vec<(&str, &str)> =
                $items.iter().map(|it| (it.id.as_str(), it.$text.zh.as_str())).collect();
            assert_eq!(found, $ids.map(|id| (id, "新")));
        };
    }
    check!(new.benefits, text, ["money", "more_money"]);
    check!(new.cautions, text, ["deadline", "late"]);
    check!(new.open_points, text, ["unclear", "doubtful"]);
    check!(new.papers, title, ["licence", "report"]);
    check!(new.indicators, title, ["number", "prizes"]);
    check!(new.entry_notes, text, ["disputed", "claims"]);
}

#[test]
fn what_is_removed_is_gone() {
    let ids = "remove = [\"c\", \"deadline\", \"licence\", \"money\", \"unclear\", \"number\", \"disputed\"]\nverdict = \"a 且 b\"\n";
    let library = later(ids, "");
    let new = of(&library);
    assert_eq!(criteria(new), ["a", "b"]);
    assert_eq!((new.cautions.len(), new.papers.len(), new.benefits.len()), (0, 0, 0));
    assert_eq!((new.open_points.len(), new.indicators.len(), new.entry_notes.len()), (0, 0, 0));
}

#[test]
fn a_criterion_can_be_put_behind_another() {
    let placed = |id: &str, after: &str| {
        criterion(id, "gate", &format!("after = \"{after}\"\nwhen = \"居民企业\""))
    };
    let tables = format!("{}{}{}", placed("x", "a"), gate("z", "居民企业"), placed("y", "x"));
    assert_eq!(criteria(of(&later("", &tables))), ["a", "x", "y", "b", "c", "z"]);
    // A criterion may follow one that is new itself.
    let tables = format!("{}{}", placed("x", "z"), gate("z", "居民企业"));
    assert_eq!(criteria(of(&later("", &tables))), ["a", "b", "c", "z", "x"]);
}

#[test]
fn a_named_formula_is_replaced_wherever_it_is_used() {
    let library = later("", "\n[define]\n\"门槛\" = \"30人\"\n");
    assert!(formula(of(&library), "b").contains("\"30\""));
    let old = library.policy("demo@2023").expect("the base");
    assert!(formula(old, "b").contains("\"10\""));
}

#[test]
fn an_edition_may_build_on_one_that_builds_on_another() {
    let files = [
        (BASE, base()),
        (LATER, edition("2025", &format!("{EXTENDS}minutes = 5\n"), &gate("d", "居民企业"))),
        (
            "demo/2026.toml",
            edition(
                "2026",
                "extends = \"demo@2025\"\nremove = [\"d\"]\n",
                &gate("a", "非 居民企业"),
            ),
        ),
    ];
    let library = load(&files).unwrap_or_else(|error| panic!("{error}"));
    let newest = library.policy("demo@2026").expect("the edition");
    assert_eq!(criteria(newest), ["a", "b", "c"]);
    assert_eq!(formula(newest, "a"), r#"{"not":{"f":0}}"#);
    assert_eq!(newest.minutes, 5);
    assert_eq!(criteria(of(&library)), ["a", "b", "c", "d"]);
}

/// The mistakes of an edition of 2025 beside a correct base.
fn wrong_later(top: &str, tables: &str) -> Vec<String> {
    wrong(&[(BASE, base()), (LATER, edition("2025", top, tables))])
}

/// Asserts that there is exactly one message, in this file and with these
/// words; returns its place and text.
fn one_message<'m>(found: &'m [String], file: &str, said: &str) -> &'m str {
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with(file), "{found:#?}");
    assert!(found[0].contains(said), "{found:#?}");
    found[0].strip_prefix(file).and_then(|rest| rest.strip_prefix(':')).expect("a place")
}

/// The line and column, counted from 1, of `part` in `text`.
fn place(text: &str, part: &str) -> String {
    let at = text.find(part).expect("the part is there");
    let before = &text[..at];
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{}:{column}:", before.matches('\n').count() + 1)
}

#[test]
fn what_an_edition_builds_on_must_be_there() {
    let top = "extends = \"demo@2020\"\n";
    let found = wrong_later(top, "");
    let at = one_message(&found, LATER, "没有 demo@2020 / no such edition");
    assert!(at.starts_with(&place(&edition("2025", top, ""), "\"demo@2020\"")), "{at}");
}

#[test]
fn editions_can_not_build_on_each_other() {
    let found = wrong_later("extends = \"demo@2025\"\n", "");
    one_message(&found, LATER, "editions build on each other");
    let found = wrong(&[
        (BASE, edition("2023", "extends = \"demo@2025\"\n", "")),
        (LATER, edition("2025", EXTENDS, "")),
    ]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|one| one.contains("editions build on each other")), "{found:#?}");
}

#[test]
fn what_is_not_there_can_not_be_taken_away() {
    let top = format!("{EXTENDS}remove = [\"a\", \"nothing\"]\nverdict = \"b 且 c\"\n");
    let found = wrong_later(&top, "");
    let at = one_message(&found, LATER, "nothing to take away");
    assert!(at.starts_with(&place(&edition("2025", &top, ""), "\"nothing\"")), "{at}");
    // Dates of the old round are not inherited, so they can't be removed
    // either.
    let found = wrong_later(&format!("{EXTENDS}remove = [\"filing\"]\n"), "");
    one_message(&found, LATER, "nothing to take away");
    let found =
        wrong_later(&format!("{WORDS}verdict = \"a\"\nremove = [\"a\"]\n"), &gate("a", "居民企业"));
    one_message(&found, LATER, "nothing to take away");
}

#[test]
fn an_id_is_used_once() {
    let twice = [
        format!("{}{}", gate("d", "居民企业"), gate("d", "居民企业")),
        // Replacing an inherited criterion twice is a mistake.
        format!("{}{}", gate("c", "居民企业"), gate("c", "非 居民企业")),
        format!(
            "{}{}",
            item("caution", "d", &text("text", "一")),
            item("caution", "d", &text("text", "二"))
        ),
        criterion("b", "gate", "after = \"a\"\nwhen = \"够大\""),
    ];
    for tables in twice {
        one_message(&wrong_later(EXTENDS, &tables), LATER, "id used twice");
    }
    let alone =
        policy("verdict = \"a\"", &format!("{}{}", gate("a", "居民企业"), gate("a", "居民企业")));
    one_message(&wrong(&[(BASE, alone)]), BASE, "id used twice");
}

#[test]
fn a_criterion_can_not_stand_behind_nothing() {
    let tables = criterion("d", "gate", "after = \"nothing\"\nwhen = \"居民企业\"");
    let found = wrong_later(EXTENDS, &tables);
    let at = one_message(&found, LATER, "no such criterion");
    assert!(at.starts_with(&place(&edition("2025", EXTENDS, &tables), "\"nothing\"")), "{at}");
}

#[test]
fn what_only_another_edition_would_bring_is_missed() {
    let a = gate("a", "居民企业");
    for name in ["title", "summary", "authority", "platform", "minutes"] {
        let words: String = WORDS
            .lines()
            .filter(|line| !line.starts_with(name))
            .map(|line| format!("{line}\n"))
            .collect();
        let found = wrong(&[(BASE, edition("2023", &format!("{words}verdict = \"a\""), &a))]);
        one_message(&found, BASE, &format!("缺 {name} / {name} is missing"));
    }
    let found = wrong(&[(BASE, edition("2023", WORDS, &a))]);
    one_message(&found, BASE, "verdict is missing");
}

#[test]
fn a_hint_has_no_verdict() {
    let note = criterion("a", "note", "when = \"居民企业\"");
    let found = wrong(&[(BASE, policy("hint = true\nverdict = \"a\"", &note))]);
    one_message(&found, BASE, "a hint has no verdict");
    // A hint may not inherit a verdict either.
    one_message(
        &wrong_later(&format!("{EXTENDS}hint = true\n"), ""),
        LATER,
        "a hint has no verdict",
    );
    assert_eq!(wrong(&[(BASE, policy("hint = true", &note))]), [""; 0]);
}

#[test]
fn a_message_points_into_the_file_that_is_wrong() {
    // A mistake in the base is reported once, though two editions build on it.
    let broken = base().replace("获奖次数 >= 1", "获奖次数 >= 1元");
    let files = [
        (BASE, broken.clone()),
        (LATER, edition("2025", EXTENDS, "")),
        ("demo/2026.toml", edition("2026", "extends = \"demo@2025\"\n", "")),
    ];
    let found = wrong(&files);
    let at = one_message(&found, BASE, "units differ");
    assert!(at.starts_with(&place(&broken, "获奖次数 >= 1元")), "{at}");
    // A mistake in the edition's own item points into the edition.
    let own = gate("c", "获奖次数 >= 1元");
    let found = wrong_later(EXTENDS, &own);
    let at = one_message(&found, LATER, "units differ");
    assert!(at.starts_with(&place(&edition("2025", EXTENDS, &own), "获奖次数 >= 1元")), "{at}");
    // If the edition redefines a name, the mistake is where the base uses it.
    let found = wrong_later(EXTENDS, "\n[define]\n\"门槛\" = \"10元\"\n");
    let at = one_message(&found, BASE, "“够大”的定义里：");
    assert!(at.starts_with(&place(&base(), "够大\"\ncites")), "{at}");
}

#[test]
fn a_name_that_no_formula_uses_is_told() {
    let tables = format!("\n[define]\n\"没用\" = \"居民企业\"\n{}", gate("a", "居民企业"));
    let text = policy("verdict = \"a\"", &tables);
    let found = wrong(&[(BASE, text.clone())]);
    let at = one_message(&found, BASE, "没有公式用到“没用”");
    assert!(at.starts_with(&place(&text, "\"居民企业\"\n\n[[criterion")), "{at}");
}

#[test]
fn points_are_by_bands_or_by_a_condition() {
    let score = |out_of: u8, basis: &str| {
        let basis = format!("[[criterion.basis]]\n{}{basis}\n", text("title", "甲"));
        let tables = format!(
            "{}{basis}{}",
            criterion("s", "score", &format!("out_of = {out_of}")),
            gate("a", "居民企业")
        );
        wrong(&[(BASE, policy("verdict = \"a\"", &tables))])
    };
    assert_eq!(score(8, "when = \"居民企业\"\npoints = \"7-8\""), [""; 0]);
    assert_eq!(score(3, "when = \"居民企业\"\npoints = 3"), [""; 0]);
    for (out_of, basis, said) in [
        (
            3,
            "value = \"职工总数\"\nwhen = \"居民企业\"\npoints = 3\nbands = { \"1\" = 3 }",
            "either value and bands",
        ),
        (3, "when = \"居民企业\"\npoints = 3\nbands = { \"1\" = 3 }", "either value and bands"),
        (8, "when = \"居民企业\"\npoints = \"8-7\"", "not points"),
        (9, "when = \"居民企业\"\npoints = 8", "out_of must be the highest band"),
        (3, "when = \"职工总数\"\npoints = 3", "a condition is needed"),
    ] {
        let found = score(out_of, basis);
        assert!(found.iter().any(|one| one.contains(said)), "{basis}: {found:#?}");
    }
    let found = score(3, "points = 3");
    assert!(found.iter().any(|one| one.contains("a basis needs value or when")), "{found:#?}");
}

#[test]
fn what_stands_beside_the_criteria_is_checked_too() {
    let gate = gate("a", "居民企业");
    let found =
        |tables: String| wrong(&[(BASE, policy("verdict = \"a\"", &format!("{gate}{tables}")))]);
    let title = text("title", "甲");
    let each = |rest: &str| found(format!("\n[each]\nid = \"m\"\n{rest}\n"));
    let words = text("words", "甲");
    let number = |rest: &str| {
        found(item("indicator", "n", &format!("{title}{words}better = \"neither\"\n{rest}")))
    };
    let note =
        |rest: &str| found(item("entry_note", "n", &format!("{}{rest}", text("text", "甲"))));
    let paper = format!("\n[[evidence]]\nid = \"p\"\n{title}when = \"居民企业\"\n");
    for (found, said) in [
        (each("list = \"职工总数\""), "a list is needed"),
        (each("list = \"材料\"\nname = \"类别\""), "no such field"),
        (number("of = \"职工总数\"\nvalue = \"1\""), "a fact with sides is needed"),
        (number("years = 6\nvalue = \"1\""), "from 1 to 5"),
        (number("years = 0\nvalue = \"1\""), "from 1 to 5"),
        (number("value = \"居民企业\""), "a number is needed"),
        (number("of = \"合同数据\"\nvalue = \"份数\""), "unknown name"),
        (note("list = \"项目\"\nwhen = \"在建\""), "a list is needed"),
        (note("list = \"知识产权\"\nwhen = \"在建\""), "unknown name"),
        (found(paper.clone()), "needs because and cites"),
        (found(format!("{paper}{CITES}\n")), "needs because and cites"),
    ] {
        assert_eq!(found.len(), 1, "{said}: {found:#?}");
        assert!(found[0].contains(said), "{found:#?}");
    }
    let upside_down = item(
        "milestone",
        "m",
        &format!("{}from = \"2023-06-02\"\ndate = \"2023-06-01\"", text("what", "甲")),
    );
    one_message(&found(upside_down), BASE, "ends before it begins");
}

#[test]
fn what_picks_one_of_two_is_no_criterion_for_a_person() {
    let picked = |first: String, condition: &str| {
        let last = gate("c", &format!("若({condition}, 1, 2) <= 职工总数"));
        wrong(&[(BASE, policy("verdict = \"c\"", &format!("{first}{last}")))])
    };
    let review =
        format!("[[criterion.review]]\nwhen = \"居民企业\"\n{}{CITES}\n", text("because", "甲"));
    let otherwise = format!("[criterion.otherwise]\n{}{CITES}\n", text("because", "甲"));
    let points = |points: &str| {
        let basis = format!(
            "[[criterion.basis]]\n{}when = \"居民企业\"\npoints = {points}\n",
            text("title", "甲")
        );
        format!("{}{basis}", criterion("a", "score", "out_of = 8"))
    };
    let above = gate("a", "人工(居民企业)");
    for (first, condition) in [
        (above.clone(), "a"),
        (gate("a", "居民企业") + &review, "非 a"),
        (gate("a", "居民企业") + &otherwise, "a 且 居民企业"),
        (points("\"7-8\""), "得分(a) > 7"),
        (points("\"7-8\""), "a"),
        // A criterion that builds on a judged one counts as judged too.
        (above + &gate("b", "a 且 居民企业"), "b"),
    ] {
        let found = picked(first, condition);
        one_message(&found, BASE, "no review inside if");
    }
    assert_eq!(picked(gate("a", "居民企业"), "a"), [""; 0]);
    assert_eq!(picked(points("8"), "得分(a) > 7"), [""; 0]);
}

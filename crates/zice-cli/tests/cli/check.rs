//! Tests `zice check` on a policies folder, whole and broken.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::run::{Run, command, finish, zice};

/// A copy of `tests/policies` that a test may break.
struct Folder(TempDir);

impl Folder {
    fn whole() -> Self {
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
        let folder = tempfile::tempdir().expect("a folder can be made");
        let copy = folder.path().join("policies");
        fs::create_dir_all(copy.join("demo")).expect("a folder can be made");
        for name in ["facts.toml", "sources.toml", "demo/2023.toml", "demo/2023.cases.toml"] {
            fs::copy(model.join(name), copy.join(name)).expect("a file can be copied");
        }
        Self(folder)
    }

    /// A copy with one place changed.
    fn with(name: &str, from: &str, to: &str) -> Self {
        let folder = Self::whole();
        let text = fs::read_to_string(folder.path(name)).expect("it is there");
        assert!(text.contains(from), "{from:?} is not in {name}");
        folder.write(name, text.replacen(from, to, 1));
        folder
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).expect("it can be written");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join("policies").join(name)
    }

    /// Checks a part of the folder, or all of it for `""`.
    fn check(&self, part: &str) -> Run {
        zice(["check".as_ref(), self.path(part).as_os_str()])
    }
}

/// Asserts that the check failed and printed each of these parts.
fn failed(run: &Run, parts: &[&str]) {
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""), "{run:?}");
    for part in parts {
        assert!(run.stdout.contains(part), "{part:?} is missing:\n{}", run.stdout);
    }
}

#[test]
fn a_folder_that_is_right_passes_and_is_counted() {
    let run = Folder::whole().check("");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.contains("1 个政策，5 个案例；0 处不符，0 项未覆盖"), "{run:?}");
}

#[test]
fn a_wrong_unit_is_shown_by_file_line_and_column() {
    let folder = Folder::with("demo/2023.toml", "职工总数 <= 500人", "职工总数 <= 500元");
    failed(&folder.check(""), &["demo/2023.toml:25:9]", "职工总数 <= 500元", "units differ"]);
}

#[test]
fn columns_behind_chinese_letters_are_counted_in_letters() {
    let folder = Folder::with(
        "demo/2023.toml",
        "研发费用[去年] / 销售收入[去年]",
        "研发费用[去年] / 收入额[去年]",
    );
    // value = "研发费用[去年] / 收入额[去年]": the unknown name starts at
    // column 21.
    failed(&folder.check(""), &["demo/2023.toml:38:21]"]);
}

#[test]
fn an_unknown_fact_comes_with_a_suggestion() {
    let folder = Folder::with("demo/2023.toml", "职工总数 <=", "职工总算 <=");
    failed(&folder.check(""), &["demo/2023.toml:25:9]", "职工总算", "职工总数"]);
}

#[test]
fn a_missing_citation_is_shown() {
    let folder = Folder::with(
        "demo/2023.toml",
        "cites = [{ source = \"demo-1\", confidence = \"official\" }]",
        "cites = []",
    );
    failed(&folder.check(""), &["demo/2023.toml:26:9]", "a citation is missing"]);
}

#[test]
fn overlapping_bands_are_shown() {
    let folder = Folder::with("demo/2023.toml", "\"3%\" = 10", "\"6.0%\" = 10");
    failed(&folder.check(""), &["demo/2023.toml:39:", "overlap"]);
}

#[test]
fn broken_toml_is_shown_by_file_line_and_column() {
    let folder = Folder::with("demo/2023.toml", "minutes = 1", "minutes = = 1");
    failed(&folder.check(""), &["demo/2023.toml:8:11]", "minutes = = 1"]);
}

#[test]
fn everything_that_is_wrong_is_shown_at_once() {
    let folder = Folder::with("demo/2023.toml", "500人", "500元");
    let text = fs::read_to_string(folder.path("demo/2023.toml")).expect("it is there");
    folder.write("demo/2023.toml", text.replace("\"demo-1\", clause", "\"demo-2\", clause"));
    failed(&folder.check(""), &["units differ", "unknown source"]);
}

#[test]
fn a_golden_case_that_fails_is_shown_where_it_stands() {
    let folder = Folder::with("demo/2023.cases.toml", "score = 20", "score = 10");
    failed(&folder.check(""), &["demo/2023.cases.toml:5:1]", "达到最高档", "1 处不符"]);
}

#[test]
fn a_criterion_no_case_reaches_fails_the_check_by_name() {
    let folder = Folder::with("demo/2023.cases.toml", "staff = 501", "staff = 500");
    let text = fs::read_to_string(folder.path("demo/2023.cases.toml")).expect("it is there");
    let (before, _) = text.split_once("[[case]]\nname = \"人数超标\"").expect("the case");
    folder.write("demo/2023.cases.toml", before);
    failed(&folder.check(""), &["demo@2023 size not_met", "demo@2023 verdict undecided"]);
}

#[test]
fn a_band_and_a_paper_no_case_reaches_fail_the_check_by_name() {
    let folder = Folder::with("demo/2023.toml", "\"6%\" = 20,", "\"6%\" = 20, \"5%\" = 15,");
    failed(&folder.check(""), &["demo@2023 intensity 15"]);
    let new_paper = "[[evidence]]\nid = \"lease\"\nalways = false\ntitle = { zh = \"租约\", en = \"Lease\" }\n\n[[criterion]]";
    let folder = Folder::with("demo/2023.toml", "[[criterion]]", new_paper);
    failed(&folder.check(""), &["lease"]);
}

#[test]
fn a_part_shows_what_concerns_it_only() {
    let folder = Folder::with("demo/2023.toml", "500人", "500元");
    failed(&folder.check("demo/2023.toml"), &["demo/2023.toml:25:9]"]);
    failed(&folder.check("demo"), &["demo/2023.toml:25:9]"]);
    // Nothing is wrong with the cases themselves, but they could not be run.
    let cases = folder.check("demo/2023.cases.toml");
    failed(&cases, &["0 处错误", "其他文件还有 1 处错误"]);
    assert!(!cases.stdout.contains("units differ"), "{cases:?}");

    let folder = Folder::with("demo/2023.cases.toml", "score = 20", "score = 10");
    failed(&folder.check("demo/2023.cases.toml"), &["达到最高档"]);
    failed(&folder.check("demo/2023.toml"), &["达到最高档"]);
    assert_eq!(folder.check("facts.toml").status, Some(0));
}

#[test]
fn a_file_is_found_from_inside_its_folder() {
    let folder = Folder::with("demo/2023.toml", "500人", "500元");
    let run = finish(command().args(["check", "2023.toml"]).current_dir(folder.path("demo")));
    failed(&run, &["2023.toml:25:9]"]);
}

#[test]
fn without_a_path_the_policies_folder_here_is_checked() {
    let folder = Folder::with("demo/2023.toml", "500人", "500元");
    let run = finish(command().arg("check").current_dir(folder.0.path()));
    failed(&run, &["policies/demo/2023.toml:25:9]"]);
}

#[test]
fn without_a_path_and_a_folder_the_carried_policies_are_checked() {
    let empty = tempfile::tempdir().expect("a folder");
    let run = finish(command().arg("check").current_dir(empty.path()));
    assert!(run.stdout.contains("自带政策: "), "{run:?}");
    assert_eq!(run.stderr, "");
}

#[test]
fn the_policies_of_the_product_pass() {
    let run = zice(["check", concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies")]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
}

#[test]
fn several_paths_of_one_folder_are_loaded_once() {
    let folder = Folder::whole();
    let parts = ["demo/2023.toml", "facts.toml", "demo"].map(|name| folder.path(name));
    let run = finish(command().arg("check").args(parts));
    assert_eq!((run.status, run.stdout.matches("5 个案例").count()), (Some(0), 1), "{run:?}");
}

#[test]
fn paths_that_can_not_be_read_are_bad_input() {
    let folder = Folder::whole();
    zice(["check", "/nowhere/policies"]).refused(&["/nowhere/policies"]);
    folder.check("demo/2099.toml").refused(&["demo/2099.toml"]);
    folder.write("readme.md", "");
    folder.check("readme.md").refused(&["readme.md", "不是政策文件"]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    zice(["check".as_ref(), elsewhere.path().as_os_str()]).refused(&["facts.toml"]);
    fs::remove_file(folder.path("sources.toml")).expect("it is there");
    folder.check("").refused(&["sources.toml"]);
}

#[test]
fn files_that_are_no_text_are_bad_input() {
    let folder = Folder::whole();
    folder.write("demo/2023.toml", b"title = \"\xb9\xab\"");
    folder.check("").refused(&["demo/2023.toml"]);
}

#[test]
fn no_text_makes_the_check_crash() {
    let model = fs::read_to_string(Folder::whole().path("demo/2023.toml")).expect("it is there");
    let folder = Folder::whole();
    for end in (0..=model.len()).step_by(41).filter(|end| model.is_char_boundary(*end)) {
        folder.write("demo/2023.toml", model.get(..end).expect("a boundary"));
        assert_eq!(folder.check("").status, Some(1), "cut at {end}");
    }
    folder.write("demo/2023.toml", "\u{feff}\r\n[[[");
    assert_eq!(folder.check("").status, Some(1));
}

#[test]
fn the_summary_speaks_english_when_asked() {
    let folder = Folder::whole();
    let run = finish(command().args(["check", "--lang", "en"]).arg(folder.path("")));
    assert!(run.stdout.contains("policies: 1; cases: 5; failures: 0; not covered: 0"), "{run:?}");
}

#[test]
fn no_colours_are_written_into_a_pipe() {
    let folder = Folder::with("demo/2023.toml", "500人", "500元");
    assert!(!folder.check("").stdout.contains('\u{1b}'));
}

/// Changes that no case of the demo notices: no company in it has exactly 500
/// employees, 5.99 % or 2.99 %, or 9 points, and none applies on the day of
/// review.
const SURVIVORS: [(&str, &str); 8] = [
    ("size", "<= → < (Some(Count))"),
    ("size", "500 → 499"),
    ("intensity", "0.06 → 0.0599"),
    ("intensity", "0.03 → 0.0299"),
    ("score", "needs 10 → 9"),
    ("income_statement", "always = false"),
    ("review_by", "2024-01-01 → 2024-01-02"),
    ("review_by", "2024-01-01 → 2023-12-31"),
];

/// The demo with these mutation exceptions.
fn excepted(exceptions: &[(&str, &str)]) -> Folder {
    let folder = Folder::whole();
    let mut text = fs::read_to_string(folder.path("demo/2023.toml")).expect("it is there");
    for (at, of) in exceptions {
        text.push_str(&format!(
            "\n[[mutation_exception]]\nat = \"{at}\"\nof = \"{of}\"\nbecause = {{ zh = \"说明\", en = \"Why\" }}\n"
        ));
    }
    folder.write("demo/2023.toml", text);
    folder
}

/// Runs `zice check --mutate` on the folder.
fn mutate(folder: &Folder, arguments: &[&str]) -> Run {
    finish(command().args(["check", "--mutate"]).args(arguments).arg(folder.path("")))
}

#[test]
fn a_changed_rule_that_no_case_notices_fails_the_check() {
    let run = mutate(&Folder::whole(), &[]);
    // 3 changes to the size, 13 to the bands, 3 to the total, 2 to the verdict,
    // 1 to the document, and 2 to the day of review.
    failed(&run, &["demo@2023: 24 处改动，8 处未被发现，0 处有说明"]);
    for (at, what) in SURVIVORS {
        failed(&run, &[&format!("没有案例发现：demo@2023 {at}: {what}\n")]);
    }
    assert_eq!(run.stdout.matches("没有案例发现").count(), SURVIVORS.len(), "{run:?}");
    let english = mutate(&Folder::whole(), &["--lang", "en"]);
    failed(
        &english,
        &[
            "noticed by no case: demo@2023 size: 500 → 499\n",
            "demo@2023: changes: 24; unnoticed: 8; explained: 0\n",
        ],
    );
}

#[test]
fn what_the_policy_explains_passes_and_what_needs_none_fails() {
    let run = mutate(&excepted(&SURVIVORS), &[]);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stdout.contains("24 处改动，0 处未被发现，8 处有说明"), "{run:?}");
    let mut more = SURVIVORS.to_vec();
    more.push(("size", "500 → 501"));
    let run = mutate(&excepted(&more), &[]);
    failed(&run, &["不再需要的例外：demo@2023 size: 500 → 501\n", "0 处未被发现，8 处有说明"]);
    let english = mutate(&excepted(&more), &["--lang", "en"]);
    failed(&english, &["exception no longer needed: demo@2023 size: 500 → 501\n"]);
    // A check without `--mutate` does not look at exceptions.
    assert_eq!(excepted(&more).check("").status, Some(0));
}

#[test]
fn one_case_more_notices_a_change() {
    let folder = Folder::whole();
    let mut cases = fs::read_to_string(folder.path("demo/2023.cases.toml")).expect("it is there");
    cases.push_str("\n[[case]]\nname = \"恰好 500 人\"\nlike = \"达到最高档\"\nfacts = { staff = 500 }\nexpect = { verdict = \"met\" }\n");
    folder.write("demo/2023.cases.toml", cases);
    let run = mutate(&folder, &[]);
    failed(&run, &["24 处改动，6 处未被发现"]);
    assert!(!run.stdout.contains("size: "), "{run:?}");
}

#[test]
fn broken_cases_are_mended_before_rules_are_changed() {
    let folder = Folder::with("demo/2023.cases.toml", "score = 20", "score = 10");
    let run = mutate(&folder, &[]);
    failed(&run, &["1 处不符"]);
    assert!(!run.stdout.contains("处改动"), "{run:?}");
    // Only the policies named are changed.
    let run = finish(command().args(["check", "--mutate"]).arg(Folder::whole().path("facts.toml")));
    assert_eq!((run.status, run.stdout.contains("处改动")), (Some(0), false), "{run:?}");
}

#[test]
fn only_what_changed_since_it_passed_is_mutated_again() {
    let folder = excepted(&SURVIVORS);
    let lock = || fs::read_to_string(folder.path("mutation.lock"));
    let passes = |arguments: &[&str], mutated: bool| {
        let run = mutate(&folder, arguments);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert_eq!(run.stdout.contains("24 处改动"), mutated, "{run:?}");
    };
    // Without such a file none is written unasked.
    passes(&[], true);
    assert!(lock().is_err());
    passes(&["--changed"], true);
    let clean = lock().expect("it is written");
    passes(&["--changed"], false);
    passes(&[], true);

    // Whatever decides what is found is mutated again: rules, cases, facts.
    for (name, from, to) in [
        ("demo/2023.toml", "职工不超过 500 人。", "职工至多 500 人。"),
        ("demo/2023.cases.toml", "staff = 100", "staff = 90"),
        ("facts.toml", "平均人数。", "人数。"),
    ] {
        let text = fs::read_to_string(folder.path(name)).expect("it is there");
        assert!(text.contains(from), "{name}");
        folder.write(name, text.replace(from, to));
        passes(&["--changed"], true);
        passes(&["--changed"], false);
    }
    assert_ne!(lock().expect("it is there"), clean);

    // What is not clean is not written down, and is not hidden by what was.
    let rules = fs::read_to_string(folder.path("demo/2023.toml")).expect("it is there");
    let (without, _) = rules.rsplit_once("\n[[mutation_exception]]").expect("exceptions");
    let before = lock().expect("it is there");
    folder.write("demo/2023.toml", without);
    for _ in 0..2 {
        failed(&mutate(&folder, &["--changed"]), &["1 处未被发现"]);
        assert_eq!(lock().expect("it is there"), before);
    }
    folder.write("demo/2023.toml", &rules);
    folder.write("mutation.lock", "demo@2023 0123\nnonsense\n\u{fffd}");
    passes(&["--changed"], true);
    assert_eq!(lock().expect("it is there"), before);
}

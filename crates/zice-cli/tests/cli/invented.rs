//! Adds an invented programme to the real ones. Every command must handle it,
//! although no line of Rust knows it.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::{company, zice, zice_fed};

/// An additional fact, of a kind that other facts have too.
const FACT: &str = r#"
[[fact]]
id = "kites_flown"
name = "放飞风筝数"
type = "whole"
topic = "TOPIC"
short = { zh = "放飞的风筝", en = "kites flown" }
question = { zh = "放飞了多少只风筝？", en = "How many kites were flown?" }
help = { zh = "没有就填 0", en = "0 if none" }
unit = { zh = "只", en = "kites", one = "kite" }
definition = { zh = "只数飞起来的。", en = "Only those that rose." }
"#;

const EDITION: &str = r#"
schema = "zice.policy/1"
id = "kite-fliers"
edition = "2031"
title = { zh = "风筝放飞先进单位", en = "Outstanding kite fliers" }
summary = { zh = "测试用的项目。", en = "A programme for a test." }
authority = { zh = "风筝办", en = "Kite office" }
platform = { zh = "风筝平台", en = "Kite platform" }
minutes = 1
checked_on = "2031-01-01"
review_by = "2032-01-01"
verdict = "kites 且 resident"

[window]
year = 2031

[[criterion]]
id = "kites"
kind = "gate"
title = { zh = "风筝", en = "Kites" }
words = { zh = "不少于 7 只。", en = "At least 7." }
when = "放飞风筝数 >= 7"
cites = [{ source = "SOURCE", confidence = "official" }]

[[criterion]]
id = "resident"
kind = "gate"
title = { zh = "居民企业", en = "Resident enterprise" }
words = { zh = "居民企业。", en = "A resident enterprise." }
when = "居民企业"
cites = [{ source = "SOURCE", confidence = "official" }]
"#;

const CASES: &str = r#"
schema = "zice.cases/1"
policy = "kite-fliers@2031"
as_of = "2031-06-01"

[[case]]
name = "七只"
[case.facts]
kites_flown = 7
resident_enterprise = true
[case.expect]
verdict = "met"
status = { kites = "met", resident = "met" }

[[case]]
name = "六只"
like = "七只"
[case.facts]
kites_flown = 6
[case.expect]
verdict = "not_met"
status = { kites = "not_met" }

[[case]]
name = "非居民企业"
like = "七只"
[case.facts]
resident_enterprise = false
[case.expect]
verdict = "not_met"
status = { resident = "not_met" }

[[case]]
name = "什么都没填"
[case.expect]
verdict = "undecided"
status = { kites = "unknown", resident = "unknown" }

[[case]]
name = "核对期限当天"
like = "七只"
as_of = "2032-01-01"
[case.expect]
verdict = "met"
not_warnings = ["review_due"]

[[case]]
name = "核对期限次日"
like = "七只"
as_of = "2032-01-02"
[case.expect]
verdict = "met"
warnings = ["review_due"]
"#;

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a file can be copied");
        }
    }
}

/// A copy of the project's policies with one programme added.
fn policies() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies"), folder.path());
    let facts = folder.path().join("facts.toml");
    let text = fs::read_to_string(&facts).expect("the dictionary");
    // In the file, facts stand before contradictions and doubts.
    let (before, after) = text.split_once("\n[[fact]]\n").expect("a fact");
    let topic = before.split("[[topic]]\nid = \"").nth(1).and_then(|it| it.split('"').next());
    let fact = FACT.replace("TOPIC", topic.expect("a topic"));
    fs::write(&facts, format!("{before}\n{fact}\n[[fact]]\n{after}")).expect("it can be written");
    let sources = fs::read_to_string(folder.path().join("sources.toml")).expect("the sources");
    let source = sources.split("id = \"").nth(1).and_then(|it| it.split('"').next());
    let own = folder.path().join("kite-fliers");
    fs::create_dir_all(&own).expect("a folder can be made");
    let edition = EDITION.replace("SOURCE", source.expect("a source"));
    fs::write(own.join("2031.toml"), edition).expect("it can be written");
    fs::write(own.join("2031.cases.toml"), CASES).expect("it can be written");
    folder
}

fn flown(kites: u32) -> Value {
    let mut file = company(json!({ "kites_flown": kites, "resident_enterprise": true }));
    file["as_of"] = json!("2031-06-01");
    file
}

#[test]
fn an_invented_programme_is_taken_up_without_a_line_of_rust() {
    let folder = policies();
    let path = folder.path().to_str().expect("a path");

    let check = zice(["--policies", path, "check"]);
    assert_eq!((check.status, check.stderr.as_str()), (Some(0), ""), "{}", check.stdout);
    let mutate = zice(["check", "--mutate", &format!("{path}/kite-fliers")]);
    assert_eq!(mutate.status, Some(0), "{}", mutate.stdout);

    let known = zice(["--policies", path, "policies", "--json"]).json();
    let ids: Vec<&Value> = known.as_array().expect("a list").iter().map(|it| &it["id"]).collect();
    assert!(ids.contains(&&json!("kite-fliers")) && ids.contains(&&json!("tech-sme")), "{ids:?}");

    let assessed = |switches: &[&str], kites| {
        let arguments = [&["--policies", path, "assess"], switches, &["-"]].concat();
        zice_fed(&arguments, flown(kites).to_string().as_bytes())
    };
    let report = assessed(&["--policy", "kite-fliers"], 6).json();
    assert_eq!(report["verdict"], "not_met");
    assert_eq!(report["criteria"][0]["explain"], "放飞的风筝 6 只，低于 7 只，还差 1 只");
    assert_eq!(assessed(&["--policy", "kite-fliers"], 7).json()["verdict"], "met");
    let row = assessed(&["--brief", "--policy", "kite-fliers"], 7).json();
    assert_eq!(row["statuses"], json!({ "kites": "met", "resident": "met" }));
    // Together with the others, on a day for which each has an edition.
    let all = assessed(&[], 7).json();
    assert_eq!(all.as_array().map(Vec::len), Some(programmes(&known)));

    let table = folder.path().join("table.tsv");
    fs::write(&table, "项目\t内容\n放飞风筝数\t12\n").expect("it can be written");
    let read = zice(["--policies", path, "table", table.to_str().expect("a path")]).json();
    assert_eq!(read["company"]["facts"]["kites_flown"], "12");

    // The files that the page loads.
    let pages = folder.path().join("out");
    zice_policy::bundle::write_dir(folder.path(), &pages).expect("page data");
    let index: Value = json_of(&pages.join("index.json"));
    let entry = index["policies"].as_array().expect("a list").iter();
    let entry = entry.rev().find(|it| it["id"] == "kite-fliers").expect("it is listed");
    assert_eq!(entry["title"]["zh"], "风筝放飞先进单位");
    let policy = json_of(&pages.join(entry["file"].as_str().expect("a name")));
    assert_eq!(
        (&policy["schema"], &policy["id"]),
        (&json!("zice.policy/2"), &json!("kite-fliers"))
    );
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// The number of different programmes in a list of policies.
fn programmes(policies: &Value) -> usize {
    let mut ids: Vec<&str> =
        policies.as_array().expect("a list").iter().filter_map(|it| it["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

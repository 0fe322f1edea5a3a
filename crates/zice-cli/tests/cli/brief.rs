//! Tests `zice assess --brief`: one row for each company and policy.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    companies::examples,
    run::{Run, command, company, file, zice, zice_fed},
};

const HEAD: &str = "line,name,policy,verdict,score_min,score_max,missing,statuses,code,error";

/// Runs `zice assess --jsonl` with these switches on this input.
fn fed(switches: &[&str], input: &str) -> Run {
    let arguments: Vec<&str> =
        ["assess", "--jsonl"].iter().chain(switches).chain(&["-"]).copied().collect();
    zice_fed(&arguments, input.as_bytes())
}

/// The records of the CSV output, with the head first.
fn records(run: &Run) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(run.stdout.as_bytes());
    let record = |record: Result<csv::StringRecord, csv::Error>| {
        record.expect("CSV").iter().map(str::to_owned).collect()
    };
    reader.records().map(record).collect()
}

/// The company file of the example with this name.
fn example(name: &str) -> &'static Value {
    &examples().iter().find(|one| one.name == name).expect("an example").file
}

/// A line for every example, and one for each of its answers with that answer
/// removed.
fn many() -> String {
    let mut lines = String::new();
    for one in examples() {
        writeln!(lines, "{}", one.file).expect("memory");
        for id in one.file["facts"].as_object().expect("facts").keys() {
            let mut less = one.file.clone();
            less["facts"][id] = Value::Null;
            writeln!(lines, "{less}").expect("memory");
        }
    }
    lines
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|it| it.as_str().expect("a text")).collect()
}

#[test]
fn a_row_holds_verdict_score_what_is_missing_and_every_status() {
    let line = example("just-short-2025").to_string();
    let run = fed(&["--brief", "--policy", "tech-sme@2025"], &format!("\n{line}\n"));
    let expected = concat!(
        r#"{"line":2,"name":"海宁栖云智能缝制设备有限公司（虚构）","policy":"tech-sme@2025","#,
        r#""verdict":"not_met","score":["58","58"],"missing":["score"],"statuses":{"#,
        r#""resident":"met","bookkeeping":"met","size_staff":"met","size_revenue":"met","#,
        r#""size_assets":"met","industry_restricted":"met","industry_excluded":"met","#,
        r#""conduct":"met","listing":"met","personnel":"met","rd_intensity":"met","#,
        r#""ip_results":"met","score":"not_met","direct_hnte":"not_met","#,
        r#""direct_award":"not_met","direct_institution":"not_met","direct_standard":"not_met","#,
        r#""visit_few_staff":"not_applicable","visit_high_share":"not_applicable","#,
        r#""visit_bad_record":"not_applicable","visit_first_time":"not_applicable"}}"#,
        "\n"
    );
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected, ""));
}

/// Compares every row with the report on the same company.
#[test]
fn a_row_says_the_same_as_the_report() {
    let input = many();
    let (rows, reports) = (fed(&["--brief"], &input), fed(&[], &input));
    assert_eq!((rows.status, reports.status), (Some(0), Some(0)));
    let rows = rows.json_lines();
    let reports = reports.json_lines();
    let reports = reports.iter().enumerate().flat_map(|(at, reports)| {
        reports.as_array().expect("reports").iter().map(move |report| (at + 1, report))
    });
    let mut compared = 0;
    for (row, (line, report)) in rows.iter().zip(reports) {
        let policy = &report["policy"];
        let [id, edition] = ["id", "edition"].map(|it| policy[it].as_str().expect("a text"));
        let score = match &report["score"] {
            Value::Null => Value::Null,
            score => json!([score["min"], score["max"]]),
        };
        let statuses = report["criteria"].as_array().expect("criteria").iter();
        let statuses: Vec<(&str, &Value)> =
            statuses.map(|it| (it["id"].as_str().expect("an id"), &it["status"])).collect();
        let own = row["statuses"].as_object().expect("statuses");
        assert_eq!(row["line"], line);
        assert_eq!(row["policy"], format!("{id}@{edition}"));
        assert_eq!(
            (&row["name"], &row["verdict"], &row["score"]),
            (&report["company"], &report["verdict"], &score),
            "{row}"
        );
        assert!(own.iter().map(|(id, status)| (id.as_str(), status)).eq(statuses), "{row}");
        what_is_missing_is_what_the_report_calls_so(row, report);
        compared += 1;
    }
    assert_eq!((compared, compared > 1500), (rows.len(), true));
}

/// Checks `missing`: the gates and scores that are neither met nor
/// inapplicable, in the order of the report. It has every such gate, but a
/// score only if that can still matter.
fn what_is_missing_is_what_the_report_calls_so(row: &Value, report: &Value) {
    let missing = texts(&row["missing"]);
    let lacking = report["criteria"].as_array().expect("criteria").iter().filter(|one| {
        let kind = one["kind"] == "gate" || one["kind"] == "score";
        kind && one["status"] != "met" && one["status"] != "not_applicable"
    });
    if ["met", "hint", "not_applicable"].iter().any(|verdict| row["verdict"] == **verdict) {
        assert_eq!(missing, [""; 0], "{row}");
        return;
    }
    assert!(!missing.is_empty(), "{row}");
    let told: Vec<&str> = lacking
        .filter(|one| one["kind"] == "gate" || missing.iter().any(|id| one["id"] == **id))
        .map(|one| one["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(missing, told, "{row}");
}

#[test]
fn what_can_no_longer_matter_is_not_missing() {
    let missing = |name: &str, policy: &str| {
        let run = fed(&["--brief", "--policy", policy], &example(name).to_string());
        let rows = run.json_lines();
        texts(&rows[0]["missing"]).join(" ")
    };
    // 54 points, but a direct route makes points needless: only the size fails.
    let too_large = missing("too-large-2024", "tech-sme@2023");
    assert_eq!(too_large, "size_staff size_revenue size_assets");
    // A direct route passes with 20 points.
    assert_eq!(missing("direct-route-2026", "tech-sme@2026"), "");
    // No direct route, and 56 points are too few.
    assert_eq!(missing("violations-2024", "tech-sme@2023"), "conduct score");
    // 58 points with some in each part. Then without rights, and then with
    // rights unknown.
    let just_short = |rights: Value| {
        let mut less = example("just-short-2025").clone();
        less["facts"]["ip"] = rights;
        let run = fed(&["--brief", "--policy", "tech-sme@2025"], &less.to_string());
        let row = run.json_lines().remove(0);
        (row["verdict"].clone(), row["score"].clone(), row["missing"].clone())
    };
    let missing_rights = json!(["ip_results", "score"]);
    let none = (json!("not_met"), json!(["46", "46"]), missing_rights.clone());
    assert_eq!(just_short(json!([])), none);
    let open = (json!("undecided"), json!(["46", "76"]), missing_rights);
    assert_eq!(just_short(Value::Null), open);
    // The criterion that needs one of three routes is missing, not each route
    // by itself.
    assert_eq!(
        missing("founded-lately-2025", "aaa-zj@2025"),
        "operating_years business_results contract_volume route_to_aaa"
    );
}

#[test]
fn entries_that_are_judged_one_by_one_have_their_place_before_the_name() {
    let policy = ["--brief", "--policy", "new-material@2023"];
    let run = fed(&policy, &example("old-pilot-2023").to_string());
    let row = run.json_lines().remove(0);
    let statuses = row["statuses"].as_object().expect("statuses");
    assert_eq!(statuses.keys().next().map(String::as_str), Some("material[0].catalogue"));
    assert_eq!(statuses.len(), 20);
    assert_eq!(row["score"], Value::Null);
    assert_eq!(row["missing"], json!(["material[0].insured_amount", "material[1].not_affiliated"]));
    let none = fed(&policy, &company(json!({ "materials": [] })).to_string()).json_lines();
    let said = ["verdict", "missing", "statuses"].map(|it| none[0][it].clone());
    assert_eq!(said, [json!("not_applicable"), json!([]), json!({})]);
}

#[test]
fn every_policy_has_a_row_in_the_order_they_were_named() {
    let input = format!("{}\n{}\n", example("all-met-2023"), example("too-large-2024"));
    let policies = ["--policy", "new-material", "--policy", "tech-sme@2023"];
    let run = fed(&[&["--brief"], &policies[..]].concat(), &input);
    let rows: Vec<(Value, Value)> =
        run.json_lines().iter().map(|row| (row["line"].clone(), row["policy"].clone())).collect();
    let expected = [
        (1, "new-material@2023"),
        (1, "tech-sme@2023"),
        (2, "new-material@2023"),
        (2, "tech-sme@2023"),
    ];
    assert_eq!(rows, expected.map(|(line, policy)| (json!(line), json!(policy))));
}

#[test]
fn csv_says_what_json_says() {
    let input = many();
    let rows = fed(&["--brief"], &input).json_lines();
    let csv = fed(&["--brief", "--csv"], &input);
    assert_eq!((csv.status, csv.stderr.as_str()), (Some(0), ""));
    let records = records(&csv);
    assert_eq!(records[0].join(","), HEAD);
    assert_eq!(records.len(), rows.len() + 1);
    for (record, row) in records[1..].iter().zip(&rows) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let statuses = row["statuses"].as_object().expect("statuses").iter();
        let statuses: Vec<String> =
            statuses.map(|(id, status)| format!("{id}={}", text(status))).collect();
        let expected = [
            row["line"].to_string(),
            text(&row["name"]),
            text(&row["policy"]),
            text(&row["verdict"]),
            text(&row["score"][0]),
            text(&row["score"][1]),
            texts(&row["missing"]).join(" "),
            statuses.join(" "),
            String::new(),
            String::new(),
        ];
        assert_eq!(record, &expected);
    }
}

#[test]
fn heads_and_verdicts_are_not_translated() {
    let input = format!("{}\n", example("all-met-2023"));
    let policy = ["--brief", "--csv", "--policy", "tech-sme"];
    let chinese = fed(&policy, &input);
    let english = fed(&[&policy[..], &["--lang", "en"]].concat(), &input);
    assert_eq!(chinese.stdout, english.stdout);
    assert_eq!(records(&chinese)[1][3..6], ["met", "100", "100"]);
}

#[test]
fn a_name_that_is_a_formula_is_exact_in_json_and_harmless_in_csv() {
    for name in ["=1+1", "+甲", "-甲", "@SUM(A1)", "\t=1", "＝1", "甲,\"乙\"\n=丙", "甲"] {
        let mut named = company(json!({}));
        named["name"] = json!(name);
        let input = named.to_string();
        let row = fed(&["--brief", "--policy", "tech-sme"], &input).json_lines().remove(0);
        assert_eq!(row["name"], name);
        let records = records(&fed(&["--brief", "--csv", "--policy", "tech-sme"], &input));
        let mark = if name.starts_with('甲') { "" } else { "'" };
        assert_eq!(records[1][1], format!("{mark}{name}"));
    }
}

#[test]
fn a_company_without_a_name_has_none() {
    let nameless = "{\"schema\":\"zice.company/1\"}";
    let row = fed(&["--brief", "--policy", "tech-sme"], nameless).json_lines().remove(0);
    assert_eq!(row["name"], Value::Null);
    assert_eq!((&row["verdict"], &row["score"]), (&json!("undecided"), &json!(["0", "100"])));
    let records = records(&fed(&["--brief", "--csv", "--policy", "tech-sme"], nameless));
    assert_eq!(records[1][..2], ["1", ""]);
}

#[test]
fn a_bad_line_stands_in_its_place_once_whatever_is_asked() {
    let good = example("all-met-2023");
    let bad = company(json!({ "revenue": { "2022": "viel" } }));
    let input = format!("{good}\n\n{bad}\n{good}\nx");
    let policies = ["--policy", "tech-sme", "--policy", "aaa-zj"];
    let places = ["1", "1", "3", "4", "4", "5"];

    let run = fed(&[&["--brief"], &policies[..]].concat(), &input);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("2 行") && run.stderr.contains("3, 5"), "{run:?}");
    let rows = run.json_lines();
    assert_eq!(rows.iter().map(|row| row["line"].to_string()).collect::<Vec<_>>(), places);
    let full = fed(&policies, &input).json_lines();
    assert_eq!((&rows[2], &rows[5]), (&full[1], &full[3]), "as among reports");

    let run = fed(&[&["--brief", "--csv"], &policies[..]].concat(), &input);
    assert_eq!(run.status, Some(2), "{run:?}");
    let records = records(&run);
    assert_eq!(records[1..].iter().map(|it| it[0].as_str()).collect::<Vec<_>>(), places);
    assert_eq!(records[3][1..9], ["", "", "", "", "", "", "", "company"]);
    assert_eq!(records[3][9], full[1]["error"].as_str().expect("a message"));
}

/// Good, bad, blank and overlong lines, mixed so that no two chunks are alike.
fn mixture() -> String {
    let mut input = String::new();
    for number in 0..700 {
        let mut named = company(json!({ "sme_staff_total": number }));
        named["name"] = json!(format!("第{number}家"));
        match number % 11 {
            3 => input.push_str("\n  \n"),
            5 => input.push_str("{\"schema\":1}\n"),
            _ => writeln!(input, "{named}").expect("memory"),
        }
    }
    input.push_str(&" ".repeat(5 << 20));
    input.push_str("\nx");
    input
}

#[test]
fn threads_change_nothing_of_what_is_written() {
    let input = mixture();
    for form in [&["--brief"][..], &["--brief", "--csv"], &[]] {
        let run = |threads: &str| {
            fed(&[form, &["--policy", "tech-sme", "--threads", threads]].concat(), &input)
        };
        let alone = run("1");
        assert_eq!((alone.status, alone.stdout.lines().count() > 500), (Some(2), true));
        for threads in ["2", "3", "16"] {
            let run = run(threads);
            assert!(run.stdout == alone.stdout, "{form:?} differs with {threads} threads");
            assert_eq!((run.status, &run.stderr), (alone.status, &alone.stderr));
        }
    }
}

/// A pipe may bring more than fits into memory. Answers must come out in order
/// while lines still go in.
#[test]
fn two_hundred_thousand_lines_go_through_a_pipe_in_order() {
    const LINES: u64 = 200_000;
    let mut child = command()
        .args(["assess", "--jsonl", "--brief", "--csv", "--threads", "3", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("zice starts");
    let mut stdin = child.stdin.take().expect("a standard input");
    let feeder = thread::spawn(move || {
        for _ in 0..LINES / 1000 {
            stdin.write_all("x\n".repeat(1000).as_bytes()).expect("it listens");
        }
    });
    let stdout = BufReader::new(child.stdout.take().expect("a standard output"));
    let mut expected = 0;
    for line in stdout.lines().skip(1) {
        expected += 1;
        let line = line.expect("text");
        let number = line.split(',').next().and_then(|number| number.parse().ok());
        assert_eq!(number, Some(expected), "{line}");
    }
    feeder.join().expect("all was fed");
    assert_eq!((expected, child.wait().expect("it ends").code()), (LINES, Some(2)));
}

#[test]
fn an_answer_is_out_before_the_next_line_is_whole() {
    let mut child = command()
        .args(["assess", "--jsonl", "--brief", "--csv", "--threads", "4", "-p", "tech-sme", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("zice starts");
    let mut stdin = child.stdin.take().expect("a standard input");
    let stdout = BufReader::new(child.stdout.take().expect("a standard output"));
    // Read on another thread, so that an answer held back fails the test
    // instead of blocking it.
    let (answers, answered) = mpsc::channel();
    let reader = thread::spawn(move || {
        stdout.lines().map_while(Result::ok).try_for_each(|line| answers.send(line))
    });
    let next = || answered.recv_timeout(Duration::from_secs(60)).expect("it answers at once");
    let text = company(json!({})).to_string();
    let (begin, end) = text.split_at(20);
    write!(stdin, "{begin}").expect("it listens");
    for number in 1..=3 {
        write!(stdin, "{end}\n{begin}").expect("it listens");
        if number == 1 {
            assert_eq!(next(), HEAD);
        }
        assert!(next().starts_with(&format!("{number},示例公司,tech-sme@2023,undecided,0,100,")));
    }
    writeln!(stdin, "{end}").expect("it listens");
    drop(stdin);
    assert!(next().starts_with("4,"));
    assert!(child.wait().expect("it ends").success());
    reader.join().expect("the reader ends").expect("we listened to the end");
}

#[test]
fn a_reader_that_goes_away_ends_the_threads_quietly() {
    let file = file("a.jsonl", format!("{}\n", company(json!({}))).repeat(5000));
    let mut child = command()
        .args(["assess", "--jsonl", "--brief", "--threads", "3"])
        .arg(&file.path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("zice starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn one_file_gives_a_row_a_policy() {
    let file = file("a.json", serde_json::to_vec_pretty(example("all-met-2023")).expect("JSON"));
    let path = file.path.to_str().expect("a plain path");
    let run = zice(["assess", "--brief", path]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let lines = fed(&["--brief"], &example("all-met-2023").to_string());
    assert_eq!((run.stdout.lines().count(), &run.stdout), (5, &lines.stdout));
    let run = zice(["assess", "--brief", "--csv", "--policy", "tech-sme", path]);
    let records = records(&run);
    assert_eq!((records.len(), records[1][0].as_str()), (2, "1"));
}

#[test]
fn a_bad_file_writes_no_row_and_no_head() {
    let bad = company(json!({ "revenue": { "2022": "viel" } })).to_string();
    for form in [&["--brief"][..], &["--brief", "--csv"]] {
        let run = zice_fed(&[&["assess"], form, &["-"]].concat(), bad.as_bytes());
        run.refused(&["[company]", "facts.revenue.2022"]);
    }
}

#[test]
fn nothing_in_gives_the_head_only() {
    assert_eq!(fed(&["--brief"], "").stdout, "");
    assert_eq!(fed(&["--brief", "--csv"], "\n\n").stdout, format!("{HEAD}\n"));
}

#[test]
fn csv_of_reports_is_refused() {
    for jsonl in [&["--jsonl"][..], &[]] {
        let arguments = [&["assess", "--csv", "-"], jsonl].concat();
        zice_fed(&arguments, b"{}").refused(&["--csv", "--brief"]);
    }
    zice_fed(&["assess", "--csv", "--lang", "en", "-"], b"{}").refused(&["--csv needs --brief"]);
}

#[test]
fn no_threads_and_too_many_are_refused() {
    for count in ["0", "257", "-1", "two", ""] {
        let arguments = ["assess", "--jsonl", &format!("--threads={count}"), "-"];
        let run = zice_fed(&arguments, b"{}");
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{count}");
        assert!(run.stderr.contains("--threads"), "{run:?}");
    }
    assert_eq!(fed(&["--threads", "256"], "").status, Some(0));
}

//! Tests `zice assess --jsonl` with many companies.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::run::{Run, command, company, file, finish, zice_fed};

fn jsonl(input: &[u8]) -> Run {
    zice_fed(&["assess", "--jsonl", "--policy", "tech-sme@2023", "-"], input)
}

/// A company whose name contains this number.
fn numbered(number: usize) -> String {
    let mut company = company(json!({ "sme_staff_total": number }));
    company["name"] = json!(format!("第{number}家"));
    company.to_string()
}

fn names(run: &Run) -> Vec<Value> {
    run.json_lines().iter().map(|it| it["company"].clone()).collect()
}

#[test]
fn companies_come_out_in_the_order_they_went_in() {
    let mut input = String::new();
    for number in 0..300 {
        writeln!(input, "{}", numbered(number)).expect("memory");
    }
    let run = jsonl(input.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let expected: Vec<Value> = (0..300).map(|number| json!(format!("第{number}家"))).collect();
    assert_eq!(names(&run), expected);
}

#[test]
fn a_line_says_the_same_as_a_file_where_advice_is_asked_for() {
    let alone = crate::run::assess(numbered(7)).json();
    assert!(!alone["no_advice"].as_array().expect("a list").is_empty(), "{alone}");
    let told = ["assess", "--policy", "tech-sme@2023", "--jsonl", "--advice", "-"];
    let line = zice_fed(&told, numbered(7).as_bytes()).json_lines().remove(0);
    assert_eq!(line, alone);
    // Without being asked a line leaves out what takes long to find.
    let mut plain = jsonl(numbered(7).as_bytes()).json_lines().remove(0);
    let mut rest = alone;
    for name in ["no_advice", "earliest", "near", "breaking", "tolerance", "stopped"] {
        assert_eq!(plain.get(name), None, "{name}");
        rest.as_object_mut().expect("a report").remove(name);
    }
    for name in ["advice", "margins"] {
        assert_eq!(plain[name], json!([]), "{name}");
        plain[name] = rest[name].clone();
    }
    assert_eq!(plain, rest);
}

#[test]
fn no_policy_named_gives_an_array_on_each_line() {
    let run = zice_fed(&["assess", "--jsonl", "-"], numbered(1).as_bytes());
    assert!(run.json_lines().iter().all(Value::is_array), "{run:?}");
}

#[test]
fn a_bad_line_is_answered_in_its_place_and_the_others_go_on() {
    let bad_fact = company(json!({ "revenue": { "2022": "viel" } }));
    let input = format!("{}\n{bad_fact}\n{{\n{}\n", numbered(1), numbered(2));
    let run = jsonl(input.as_bytes());
    assert_eq!(run.status, Some(2), "{run:?}");
    let lines = run.json_lines();
    assert_eq!(lines.len(), 4);
    assert_eq!((&lines[0]["company"], &lines[3]["company"]), (&json!("第1家"), &json!("第2家")));
    assert_eq!((&lines[1]["line"], &lines[2]["line"]), (&json!(2), &json!(3)));
    let text = |at: usize| lines[at]["error"].as_str().expect("a message").to_owned();
    assert!(text(1).contains("facts.revenue.2022"), "{}", text(1));
    assert!(text(2).contains("第 1 列") && text(2).contains("JSON"), "{}", text(2));
    assert_eq!(lines[1].as_object().map(serde_json::Map::len), Some(3));
    assert_eq!((&lines[1]["code"], &lines[2]["code"]), (&json!("company"), &json!("company")));
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    assert!(run.stderr.contains("2 行") && run.stderr.contains("2, 3"), "{run:?}");
}

#[test]
fn error_comes_before_line_in_a_bad_line() {
    assert!(jsonl(b"x").stdout.starts_with("{\"error\":\""));
}

#[test]
fn of_many_bad_lines_the_closing_message_names_the_first_ones() {
    let run = jsonl("x\n".repeat(1000).as_bytes());
    assert_eq!(run.json_lines().len(), 1000);
    assert!(run.stderr.contains("1000 行") && run.stderr.contains("1, 2, 3, 4, 5, …"), "{run:?}");
}

#[test]
fn blank_lines_are_skipped_but_counted() {
    let run = jsonl(format!("\n  \t\r\n{}\r\n\nx", numbered(1)).as_bytes());
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert_eq!((&lines[0]["company"], &lines[1]["line"]), (&json!("第1家"), &json!(5)));
}

#[test]
fn nothing_in_gives_nothing_out() {
    let run = jsonl(b"");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn a_byte_order_mark_belongs_to_the_start_of_the_file_only() {
    let line = numbered(1);
    let run = jsonl(format!("\u{feff}{line}\n\u{feff}{line}\n").as_bytes());
    let lines = run.json_lines();
    assert_eq!((&lines[0]["company"], &lines[1]["line"]), (&json!("第1家"), &json!(2)));
}

#[test]
fn bytes_that_are_no_text_and_endless_lines_are_bad_lines() {
    let mut input = b"\xff\xfe{}\n".to_vec();
    input.extend(std::iter::repeat_n(b' ', 5 << 20));
    input.extend(format!("\n{}\n", numbered(3)).bytes());
    let run = jsonl(&input);
    assert_eq!(run.status, Some(2));
    let lines = run.json_lines();
    assert_eq!((&lines[0]["line"], &lines[1]["line"]), (&json!(1), &json!(2)));
    assert!(lines[0]["error"].as_str().is_some_and(|text| text.contains("UTF-8")), "{lines:?}");
    assert!(lines[1]["error"].as_str().is_some_and(|text| text.contains("MiB")), "{lines:?}");
    assert_eq!(lines[2]["company"], "第3家");
}

#[test]
fn each_line_goes_by_its_own_day() {
    let mut early = company(json!({}));
    early["as_of"] = json!("2022-01-02");
    let run = zice_fed(
        &["assess", "--jsonl", "--policy", "tech-sme", "-"],
        format!("{early}\n{}\n", numbered(1)).as_bytes(),
    );
    let days: Vec<Value> = run.json_lines().iter().map(|it| it["as_of"].clone()).collect();
    assert_eq!(days, ["2022-01-02", "2023-08-01"]);
}

#[test]
fn an_answer_is_out_before_the_next_question_comes() {
    let mut child = command()
        .args(["assess", "--jsonl", "--policy", "tech-sme", "-"])
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
    for number in 0..3 {
        writeln!(stdin, "{}", numbered(number)).expect("it listens");
        let answer = answered.recv_timeout(Duration::from_secs(60)).expect("it answers at once");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["company"], format!("第{number}家"));
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    reader.join().expect("the reader ends").expect("we listened to the end");
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let file = file("a.jsonl", format!("{}\n", numbered(1)).repeat(2000));
    let mut child = command()
        .args(["assess", "--jsonl"])
        .arg(&file.path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("zice starts");
    drop(child.stdout.take());
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().expect("a standard error");
    pipe.read_to_string(&mut stderr).expect("it ends");
    assert_eq!((child.wait().expect("it ends").code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn no_progress_is_shown_on_a_pipe() {
    let file = file("a.jsonl", format!("{}\n", numbered(1)).repeat(600));
    let run = finish(command().args(["assess", "--jsonl"]).arg(&file.path));
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
}

//! `zice assess --jsonl`: one company a line, in constant memory.

use serde::Serialize;
use zice_rules::{Lang, company};

use crate::{
    Outcome,
    assess::{Assessor, Fault},
    error::Error,
    input::{Input, Line, Lines},
    output::Output,
    progress::Progress,
};

/// Bad lines whose numbers the closing message gives.
const NAMED: usize = 5;

/// What stands in the place of a bad line.
#[derive(Debug, Serialize)]
struct BadLine {
    error: String,
    line: u64,
    code: &'static str,
}

/// Lines that could not be used.
#[derive(Debug, Default)]
struct BadLines {
    count: u64,
    /// Numbers of the first ones.
    first: Vec<String>,
}

/// Answers line by line, in order.
pub fn run(assessor: &Assessor<'_>, input: Input) -> Result<Outcome, Error> {
    let progress = Progress::over(input.size);
    let mut lines = input.lines();
    let result = answer_all(assessor, &mut lines, &progress);
    progress.clear();
    let bad = result?;
    if bad.count == 0 {
        return Ok(Outcome::Done);
    }
    Err(Error::Input(bad.message(lines.name(), assessor.lang)))
}

fn answer_all(
    assessor: &Assessor<'_>,
    lines: &mut Lines,
    progress: &Progress,
) -> Result<BadLines, Error> {
    let mut output = Output::open();
    let mut bad = BadLines::default();
    loop {
        // Whoever feeds us a line at a time waits for its answer.
        if lines.may_wait() {
            output.flush()?;
        }
        let answer = match lines.next() {
            Ok(None) => break,
            Ok(Some(Line::Bytes(bytes))) if bytes.trim_ascii().is_empty() => continue,
            Ok(Some(Line::Bytes(bytes))) => assessor.answer(bytes),
            Ok(Some(Line::TooLong)) => Err(Fault::Company(company::Fault::TooLarge)),
            Err(error) => {
                output.flush()?;
                return Err(error);
            }
        };
        match answer {
            Ok(answer) => output.json_line(&answer)?,
            Err(fault) => {
                bad.add(lines.number);
                let error = fault.in_line(assessor.lang);
                output.json_line(&BadLine { error, line: lines.number, code: fault.code() })?;
            }
        }
        progress.reach(lines.position, lines.number);
    }
    output.flush()?;
    Ok(bad)
}

impl BadLines {
    fn add(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(line.to_string());
        }
    }

    fn message(&self, name: &str, lang: Lang) -> String {
        let (count, first) = (self.count, self.first.join(", "));
        let all = usize::try_from(count).is_ok_and(|count| count == self.first.len());
        let more = if all { "" } else { ", …" };
        match lang {
            Lang::Zh => format!("{name}: {count} 行不能使用：第 {first}{more} 行"),
            Lang::En => format!("{name}: {count} bad line(s): line {first}{more}"),
        }
    }
}

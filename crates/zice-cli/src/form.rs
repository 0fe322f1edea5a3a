//! Writes answers about companies in the form that was asked for.

use serde::Serialize;
use zice_report::Report;
use zice_rules::Lang;

use crate::{
    args::AssessArgs,
    brief::{self, Row},
    error::Error,
    fault::Fault,
};

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Reports as JSON. With `--jsonl`, all reports of a company share one
    /// line.
    Reports,
    /// One line of JSON for each company and policy.
    Brief,
    /// One line of CSV for each company and policy.
    Csv,
}

/// The answer about one company.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer<'a> {
    /// A single report, because exactly one policy was named.
    One(Box<Report>),
    /// A list of reports, because several policies were named, or none.
    Many(Vec<Report>),
    /// A row for each policy.
    Rows(Vec<Row<'a>>),
}

/// The JSON object written in place of a bad line.
#[derive(Debug, Serialize)]
struct BadLine<'a> {
    error: &'a str,
    line: u64,
    code: &'static str,
}

impl Form {
    /// Reads the form from the command line. Fails for `--csv` without
    /// `--brief`.
    pub fn of(args: &AssessArgs, lang: Lang) -> Result<Self, Error> {
        match (args.brief, args.csv) {
            (false, false) => Ok(Self::Reports),
            (true, false) => Ok(Self::Brief),
            (true, true) => Ok(Self::Csv),
            (false, true) => {
                let message = lang.pick(
                    "--csv 只能与 --brief 合用：报告只有 JSON 格式",
                    "--csv needs --brief: reports are JSON only",
                );
                Err(Error::Input(message.to_owned()))
            }
        }
    }

    /// The text above the first answer: the head of a CSV, or nothing.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Reports | Self::Brief => "",
            Self::Csv => brief::HEAD,
        }
    }

    /// The number of lines that a thread answers at a time; few where answers
    /// are long.
    pub const fn lines_at_once(self) -> usize {
        match self {
            Self::Reports => 8,
            Self::Brief | Self::Csv => 128,
        }
    }

    /// Writes the answer about one company, on a line of its own.
    pub fn write(self, answer: &Answer<'_>, into: &mut Vec<u8>) -> Result<(), Error> {
        match answer {
            Answer::One(report) => json_line(report, into),
            Answer::Many(reports) => json_line(reports, into),
            Answer::Rows(rows) => rows.iter().try_for_each(|row| match self {
                Self::Csv => row.csv(into),
                Self::Reports | Self::Brief => json_line(row, into),
            }),
        }
    }

    /// Writes what replaces a line of the input that can't be used.
    pub fn write_bad(
        self,
        line: u64,
        fault: &Fault,
        lang: Lang,
        into: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let (error, code) = (&*fault.in_line(lang), fault.code());
        match self {
            Self::Csv => brief::bad_csv(line, code, error, into),
            Self::Reports | Self::Brief => json_line(&BadLine { error, line, code }, into),
        }
    }
}

fn json_line<T: Serialize>(value: &T, into: &mut Vec<u8>) -> Result<(), Error> {
    serde_json::to_writer(&mut *into, value).map_err(|error| Error::Output(error.into()))?;
    into.push(b'\n');
    Ok(())
}

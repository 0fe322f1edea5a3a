//! Writes rows: what a policy says about a company on one line, as JSON or CSV.
//! Rows are much faster than reports, since neither a report nor questions are
//! made for them.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use zice_rules::{
    Batch, Company, Policy, Status,
    batch::{Brief, Scratch},
    missing::Missing,
    policy::Edition,
};

use crate::error::Error;

/// The head of the CSV, which is the same in both languages.
pub const HEAD: &str = "line,name,policy,verdict,score_min,score_max,missing,statuses,code,error\n";
/// The number of columns in [`HEAD`].
const COLUMNS: usize = 10;

/// A policy to ask, with everything that is the same for every company.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The edition of the policy.
    pub policy: &'a Policy,
    address: String,
    missing: Missing,
    batch: Batch<'a>,
}

impl<'a> Asked<'a> {
    /// Prepares a policy for many companies.
    ///
    /// # Errors
    /// Fails if the policy has more formulas than can be assessed at once.
    pub fn new(policy: &'a Policy) -> Result<Self, zice_rules::Error> {
        Ok(Self {
            policy,
            address: policy.address(),
            missing: Missing::of(policy),
            batch: Batch::new(policy)?,
        })
    }
}

impl Edition for Asked<'_> {
    fn id(&self) -> &str {
        self.policy.id()
    }

    fn edition(&self) -> &str {
        self.policy.edition()
    }

    fn year(&self) -> i32 {
        self.policy.year()
    }
}

/// Scratch memory for each policy asked, reused from company to company. Each
/// thread needs its own.
#[derive(Debug, Default)]
pub struct Memory<'a>(Vec<(&'a Asked<'a>, Scratch)>);

impl<'a> Memory<'a> {
    fn scratch(&mut self, asked: &'a Asked<'a>) -> &mut Scratch {
        let known = self.0.iter().position(|(other, _)| std::ptr::eq(*other, asked));
        let at = known.unwrap_or(self.0.len());
        if known.is_none() {
            self.0.push((asked, asked.batch.scratch()));
        }
        &mut self.0[at].1
    }
}

/// What a policy says about one company, as a row.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    line: u64,
    name: Option<String>,
    policy: &'a str,
    verdict: &'static str,
    score: Option<[String; 2]>,
    missing: Vec<Cow<'a, str>>,
    statuses: Statuses<'a>,
}

/// The status of each line of the report; serializes as a map from id to
/// status.
#[derive(Debug)]
struct Statuses<'a> {
    policy: &'a Policy,
    each: Vec<Status>,
}

impl<'a> Statuses<'a> {
    fn iter(&self) -> impl Iterator<Item = (Cow<'a, str>, &'static str)> {
        let policy = self.policy;
        self.each.iter().enumerate().map(move |(row, status)| (policy.line_id(row), status.name()))
    }
}

impl Serialize for Statuses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.each.len()))?;
        for (id, status) in self.iter() {
            map.serialize_entry(&*id, status)?;
        }
        map.end()
    }
}

impl<'a> Row<'a> {
    /// Assesses the company on this line of the input.
    pub fn new(
        asked: &'a Asked<'a>,
        company: &Company,
        line: u64,
        memory: &mut Memory<'a>,
    ) -> Result<Self, zice_rules::Error> {
        let row = asked.batch.row(company);
        let Brief { verdict, score, statuses } = asked.batch.assess(&row, memory.scratch(asked))?;
        let missing = asked.missing.rows(verdict, &statuses).into_iter();
        Ok(Self {
            line,
            name: company.name.clone(),
            policy: &asked.address,
            verdict: verdict.name(),
            score: score.map(|points| [points.min.to_string(), points.max.to_string()]),
            missing: missing.map(|row| asked.policy.line_id(row)).collect(),
            statuses: Statuses { policy: asked.policy, each: statuses },
        })
    }

    /// Writes the row as a line of CSV.
    pub fn csv(&self, into: &mut Vec<u8>) -> Result<(), Error> {
        let [min, max] = self.score.as_ref().map_or(["", ""], |[min, max]| [min, max]);
        let statuses: Vec<String> =
            self.statuses.iter().map(|(id, status)| [&*id, "=", status].concat()).collect();
        record(
            into,
            [
                &self.line.to_string(),
                self.name.as_deref().unwrap_or_default(),
                self.policy,
                self.verdict,
                min,
                max,
                &self.missing.join(" "),
                &statuses.join(" "),
                "",
                "",
            ],
        )
    }
}

/// Writes the CSV line for a line of the input that can't be used.
pub fn bad_csv(line: u64, code: &str, error: &str, into: &mut Vec<u8>) -> Result<(), Error> {
    record(into, [&line.to_string(), "", "", "", "", "", "", "", code, error])
}

fn record(into: &mut Vec<u8>, fields: [&str; COLUMNS]) -> Result<(), Error> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 10).from_writer(into);
    let written = writer.write_record(fields.map(harmless).iter().map(|field| field.as_bytes()));
    written.map_err(std::io::Error::from).and_then(|()| writer.flush()).map_err(Error::Output)
}

/// Puts an apostrophe before any text that a spreadsheet could take for a
/// formula.
fn harmless(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let controls = text.starts_with(char::is_control);
    let shown = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control());
    if controls || shown.starts_with(SIGNS) {
        return Cow::Owned(["'", text].concat());
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, HEAD, harmless, record};

    #[test]
    fn what_may_be_a_formula_gets_an_apostrophe_and_nothing_else_does() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠A", " =1", "\t=1", "\ta",
            "\r\n=1",
        ] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "甲公司", "a=1", "1-2", "（甲）+乙", "'=1", " 甲"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_record_has_the_columns_of_the_head() {
        assert_eq!(HEAD.trim_end().split(',').count(), COLUMNS);
        let mut bytes = Vec::new();
        let fields = ["7", "=\"a\",\nb", "p", "v", "", "", "x y", "x=met", "", ""];
        record(&mut bytes, fields).expect("memory");
        let expected = "7,\"'=\"\"a\"\",\nb\",p,v,,,x y,x=met,,\n";
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
    }
}

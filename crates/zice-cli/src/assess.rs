//! `zice assess`: companies in, reports out.

use serde::Serialize;
use zice_author::Library;
use zice_rules::{Company, Date, Lang, Report, assess};

use crate::{
    Outcome, args::AssessArgs, clock, company, error::Error, input::Input, jsonl, library,
    output::Output, selection::Selection,
};

/// Runs the command.
pub fn run(args: &AssessArgs, lang: Lang) -> Result<Outcome, Error> {
    let library = library::carried(lang)?;
    let assessor = Assessor {
        selection: Selection::new(&library.policies, &args.policies, lang)?,
        library: &library,
        as_of: args.as_of,
        day: args.as_of.map_or_else(|| clock::today(lang), Ok)?,
        lang,
    };
    let input = Input::open(&args.file, lang)?;
    if args.jsonl {
        return jsonl::run(&assessor, input);
    }
    let name = input.name.clone();
    let answer = assessor
        .answer(&input.whole()?)
        .map_err(|fault| Error::Input(fault.in_file(&name, lang)))?;
    let mut output = Output::open();
    output.json(&answer)?;
    output.flush()?;
    Ok(Outcome::Done)
}

/// Everything that is the same for every company of a run.
pub struct Assessor<'a> {
    selection: Selection<'a>,
    library: &'a Library,
    /// The day of application that was asked for.
    as_of: Option<Date>,
    /// The day of application of a company that names none.
    day: Date,
    /// Language of reports and messages.
    pub lang: Lang,
}

/// What is written about one company.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// One policy was named.
    One(Box<Report>),
    /// Several were named, or none.
    Many(Vec<Report>),
}

/// Why there is no answer about a company.
#[derive(Debug)]
pub enum Fault {
    /// It can't be read.
    Company(company::Fault),
    /// Its figures can't be calculated with; policy and engine's message.
    Engine(String, zice_rules::Error),
}

impl Assessor<'_> {
    /// Assesses one company.
    pub fn answer(&self, bytes: &[u8]) -> Result<Answer, Fault> {
        let mut company =
            company::read(bytes, &self.library.dictionary, self.day).map_err(Fault::Company)?;
        if let Some(day) = self.as_of {
            company.as_of = day;
        }
        let mut reports: Vec<Report> = self.reports(&company)?;
        match reports.pop() {
            Some(report) if self.selection.single => Ok(Answer::One(Box::new(report))),
            last => {
                reports.extend(last);
                Ok(Answer::Many(reports))
            }
        }
    }

    fn reports(&self, company: &Company) -> Result<Vec<Report>, Fault> {
        self.selection
            .on(company.as_of)
            .map(|policy| {
                assess(policy, company)
                    .and_then(|found| Report::new(&found, &self.library.dictionary, self.lang))
                    .map_err(|error| Fault::Engine(policy.address(), error))
            })
            .collect()
    }
}

impl Fault {
    /// The message about a file of its own.
    pub fn in_file(&self, name: &str, lang: Lang) -> String {
        match self {
            Self::Company(fault) => fault.in_file(name, lang),
            Self::Engine(policy, error) => format!("{name}: {policy}: {error}"),
        }
    }

    /// The message about a line whose number stands beside it.
    pub fn in_line(&self, lang: Lang) -> String {
        match self {
            Self::Company(fault) => fault.in_line(lang),
            Self::Engine(policy, error) => format!("{policy}: {error}"),
        }
    }
}

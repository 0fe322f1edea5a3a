//! The protocol between the page's two programs: what the interface asks, and what
//! the engine answers.
//!
//! All of them go as JSON. The page knows facts and policies by their positions;
//! a policy has the number that [`Outline::handle`] gave it.

mod outline;

pub use outline::{
    AskedFact, Basis, Line, Milestone, Outline, Paper, Place, Source, Statement, Step,
};

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;
use zice_report::TogetherReport;
use zice_rules::{
    Date, Text, Verdict,
    fraction::Fraction,
    json::{Read, Reader},
    read_members,
};
use zice_tables::{cell::Own, figure::Unit, fill::Fill, list::Said};

/// Facts as positions in the dictionary, with their fiscal years.
pub type Figures = Vec<(usize, Vec<i32>)>;

/// The member of the company file that holds the doubts the user has answered:
/// by code and year, the figures as they then were.
pub const CONFIRMED: &str = "confirmed";

/// A company, and the policies it is held against.
#[derive(Debug, Serialize)]
pub struct CompanyRequest<'a> {
    /// The company file.
    ///
    /// It goes as a text of its own beside the request: nested in it, a file that is
    /// just not too deep to be read would be.
    #[serde(skip)]
    pub file: Cow<'a, Value>,
    /// The day of application where the file names none.
    pub today: Date,
    /// The policies, by their numbers.
    pub policies: Vec<usize>,
    /// Figures that are an estimate and look like a value.
    pub estimated: Figures,
}

/// The reply to a [`CompanyRequest`]: what can be said about the company at this
/// moment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct State {
    /// What can't be used.
    pub problems: Vec<Problem>,
    /// How many answers were given.
    pub answered: usize,
    /// Doubts about figures that were not answered.
    pub doubts: Vec<Doubt>,
    /// What each policy says.
    pub pictures: Vec<Picture>,
}

/// A place of the company file that can't be used, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// The fact, if it is about one.
    pub fact: Option<String>,
    /// The exact place.
    pub path: String,
    /// What is wrong.
    pub text: Text,
    /// Whether two answers exclude each other; the text is that of the pair.
    pub contradiction: bool,
}

/// A doubt that was not answered. Several that would be laid to rest by one
/// change are told as one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// Places below [`CONFIRMED`], and the figures as they are.
    pub answers: Vec<(String, String)>,
    /// What it says.
    pub text: Text,
    /// What it rests on, the fact it is told at first.
    pub figures: Figures,
    /// Place and value of the change that is proposed.
    pub change: Option<(String, String)>,
    /// Which of the policies look at its figures, by their order in the request.
    pub concerns: Vec<usize>,
}

/// The points of a total, as an interval, with the pass mark.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Total {
    /// Fewest there can be.
    pub min: u8,
    /// Most there can be.
    pub max: u8,
    /// Most there are.
    pub out_of: u8,
    /// The pass mark.
    pub needs: u8,
    /// Whether it takes more than that.
    pub strict: bool,
}

/// The points of a criterion that a total adds up, as an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The criterion, by position.
    pub criterion: usize,
    /// Fewest there can be.
    pub min: u8,
    /// Most there can be.
    pub max: u8,
    /// Most there are.
    pub out_of: u8,
}

/// How far what a policy says can be relied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Standing {
    /// It rests on what was answered.
    #[default]
    Firm,
    /// It rests on figures that are only an estimate.
    Estimated,
    /// It rests on figures that are in doubt.
    Doubted,
}

/// The result of one policy at this moment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Picture {
    /// The verdict; nothing when figures are too large to calculate with.
    pub verdict: Option<Verdict>,
    /// The points of its total.
    pub score: Option<Total>,
    /// What makes up that total, in the order of the criteria.
    pub shares: Vec<Share>,
    /// Facts that can still change the verdict, most decisive first; of hints,
    /// any of them.
    pub open: Vec<usize>,
    /// Of hints: how many there are by now.
    pub hints: Option<usize>,
    /// What decided it.
    pub decided: Decided,
    /// Of each criterion, how far it can be relied on; empty where all are firm,
    /// which is so after most answers, and every answer sends this.
    pub standings: Vec<Standing>,
    /// How far the verdict can be relied on.
    pub standing: Standing,
}

impl Picture {
    /// Whether the programme is decided against the company, or does not apply to it:
    /// no further answer is worth asking for it.
    pub const fn is_over(&self) -> bool {
        matches!(self.verdict, Some(Verdict::NotMet | Verdict::NotApplicable))
    }

    /// Whether answers can still change the verdict.
    pub fn is_undecided(&self) -> bool {
        self.verdict == Some(Verdict::Undecided)
    }

    /// The name of the verdict in company files and for hosts.
    pub fn verdict_name(&self) -> Option<&'static str> {
        self.verdict.map(Verdict::name)
    }
}

/// The conditions behind a verdict, as positions among the criteria. Where
/// entries of a list are judged one by one they are not told here.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Decided {
    /// The way that leads to passing.
    pub route: Option<usize>,
    /// Conditions that are not met.
    pub failed: Vec<usize>,
    /// Conditions that a person must judge.
    pub review: Vec<usize>,
    /// How many are met.
    pub met: usize,
    /// How many wait for answers.
    pub waiting: usize,
}

/// The reports of a company, and their advice as one list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reports {
    /// One for each policy; nothing in place of one whose figures are too large to
    /// calculate with.
    pub written: Vec<Option<Written>>,
    /// The advice of all of them as one list.
    pub together: Vec<TogetherReport>,
}

/// The report of one policy, and what is shown beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    /// The report, as the command writes it: JSON.
    pub json: String,
    /// Of each criterion its figure for people, rounded.
    pub figures: Vec<Option<String>>,
    /// Names of the criteria all of whose questions are answered. What is still open
    /// there is for experts to decide, or lies within an estimate.
    pub graded: Vec<String>,
}

/// The context of a table: what is known without reading it.
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    /// Name of the company.
    pub name: String,
    /// What amounts are in where the table names no unit.
    pub unit: Unit,
    /// The day of application.
    pub day: Option<Date>,
}

impl Context {
    /// The same as [`zice_tables`] takes it.
    pub fn own(&self) -> Own<'_> {
        Own { name: &self.name, unit: self.unit, day: self.day }
    }
}

/// What if: figures that are tried otherwise, and which of them is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// The figures that were set, and the one that is looked at.
    pub targets: Vec<Target>,
    /// The position of the one that is looked at.
    pub at: usize,
}

/// A figure that is tried otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Id of the fact.
    pub fact: String,
    /// Its fiscal year.
    pub year: Option<i32>,
    /// What is tried, as a company file writes it; nothing while it stays where it
    /// is, or moves with another.
    pub to: Option<String>,
}

/// What comes of a [`Trial`]. What the company comes to is a question of its own, with
/// `facts` in place of the answers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tried {
    /// The figures that may be tried otherwise, in the order of the policies.
    pub figures: Vec<Tryable>,
    /// The answers that are otherwise, as the facts of a company file.
    pub facts: Value,
    /// Answers that can't both be right.
    pub contradictions: Vec<Text>,
    /// The figure that is looked at; nothing where it is none of `figures`.
    pub scale: Option<Scale>,
}

/// A figure that may be tried otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Tryable {
    /// Position of the fact.
    pub fact: usize,
    /// Its fiscal year.
    pub year: Option<i32>,
    /// What the company gave.
    pub own: String,
    /// What it is in the trial.
    pub now: String,
}

/// The figure that is looked at, in granules from what it is before it is tried
/// otherwise itself.
#[derive(Clone, Debug, Serialize)]
pub struct Scale {
    /// Its position among the figures.
    pub figure: usize,
    /// The figure at nought.
    pub start: Fraction,
    /// A granule.
    pub granule: Fraction,
    /// What is tried, in granules; nothing where it does not fit the other answers.
    pub amount: Option<i64>,
    /// The least and the most that fit the other answers, in granules.
    pub fits: (i64, i64),
    /// The least and the most that are worth a look, in granules.
    pub shown: (i64, i64),
    /// The step from mark to mark in what is shown, in granules.
    pub step: i64,
    /// The amounts, rising, at which something becomes better or is still as good.
    pub stops: Vec<i64>,
    /// Of each policy, the stairs of verdict and points; none where it does not look
    /// at the figure, or they are not known exactly.
    pub stairs: Vec<Vec<Stair>>,
    /// Positions of the facts that move with it.
    pub with: Vec<usize>,
}

/// A stretch along a figure in which the verdict and the points stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stair {
    /// The first amount, in granules.
    pub from: i64,
    /// The last amount.
    pub to: i64,
    /// What the company comes to.
    pub verdict: Verdict,
    /// The fewest and the most points; nothing where the programme has none.
    pub score: Option<(u8, u8)>,
}

/// A table that may be entries of a list; the answer is a
/// [`zice_tables::list::Reading`].
#[derive(Debug, Serialize)]
pub struct ListRequest<'a> {
    /// The table.
    pub text: Cow<'a, str>,
    /// The list: position of its fact.
    pub fact: usize,
    /// What is known without the table.
    pub context: Context,
    /// What the user said of it.
    pub said: Cow<'a, [Said]>,
}

/// A block that may be the figures of a fact.
#[derive(Debug, Serialize)]
pub struct BlockRequest<'a> {
    /// The block.
    pub text: Cow<'a, str>,
    /// Position of the fact.
    pub fact: usize,
    /// The fields that are asked, by position.
    pub fields: Vec<usize>,
    /// The fiscal years that are asked.
    pub years: Vec<i32>,
    /// The year before that of the application.
    pub base: i32,
    /// Which of the figures it was pasted into: the end of its id.
    pub cell: String,
    /// What is known without the block.
    pub context: Context,
    /// Whether the unit was said for this block, in place of one that nobody
    /// knows.
    pub unit_said: bool,
    /// Whether only lines count that go by the name of the fact, and none by its
    /// position.
    pub named_only: bool,
}

/// The reply to a [`BlockRequest`]: how the block can be understood.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BlockReply {
    /// The ways to understand it.
    pub fills: Vec<Fill>,
    /// The unit it names that nobody knows.
    pub odd_unit: Option<String>,
}

read_members! {
    State { problems, answered, doubts, pictures }
    Problem { fact, path, text, contradiction }
    Doubt { answers, text, figures, change, concerns }
    Total { min, max, out_of, needs, strict }
    Share { criterion, min, max, out_of }
    Picture { verdict, score, shares, open, hints, decided, standings, standing }
    Decided { route, failed, review, met, waiting }
    Reports { written, together }
    Written { json, figures, graded }
    Trial { targets, at }
    Target { fact, year, to }
    Tried { figures, facts, contradictions, scale }
    Tryable { fact, year, own, now }
    Scale { figure, start, granule, amount, fits, shown, step, stops, stairs, with }
    Stair { from, to, verdict, score }
    Context { name, unit, day }
    BlockReply { fills, odd_unit }
}

impl Read for Standing {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value.and_then(Value::as_str) {
            Some("Firm") => Self::Firm,
            Some("Estimated") => Self::Estimated,
            Some("Doubted") => Self::Doubted,
            // What is not known is not relied on.
            _ => reader.instead(Self::Doubted),
        }
    }
}

impl Read for CompanyRequest<'_> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        Self {
            file: Cow::Owned(Value::Null),
            today: Read::member(members, "today", reader),
            policies: Read::member(members, "policies", reader),
            estimated: Read::member(members, "estimated", reader),
        }
    }
}

impl Read for ListRequest<'_> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        Self {
            text: Cow::Owned(Read::member(members, "text", reader)),
            fact: Read::member(members, "fact", reader),
            context: Read::member(members, "context", reader),
            said: Cow::Owned(Read::member(members, "said", reader)),
        }
    }
}

impl Read for BlockRequest<'_> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let members = reader.members(value);
        Self {
            text: Cow::Owned(Read::member(members, "text", reader)),
            fact: Read::member(members, "fact", reader),
            fields: Read::member(members, "fields", reader),
            years: Read::member(members, "years", reader),
            base: Read::member(members, "base", reader),
            cell: Read::member(members, "cell", reader),
            context: Read::member(members, "context", reader),
            unit_said: Read::member(members, "unit_said", reader),
            named_only: Read::member(members, "named_only", reader),
        }
    }
}

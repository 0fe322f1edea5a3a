//! A company in which figures are changed and put back, whatever kind of policy
//! judges it.

use zice_exact::program::{Dense, Mark, Moving, Trial, turning_points};
use zice_rules::{
    Batch, Company, Status, Verdict,
    assess::{Points, join},
    batch::{Brief, Row, Scratch, Value},
    fraction::Fraction,
    truth::Truth,
};

/// Where a figure stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A number slot of the company.
    Number(usize),
    /// A number slot of an entry that is judged: position of the entry, slot.
    Entry(usize, usize),
}

/// What one row of the report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// State of the criterion.
    pub status: Status,
    /// Points that it can bring; `None` if it brings none, or where entries are
    /// judged.
    pub points: Option<Points>,
}

/// A company under a policy whose figures can be changed and put back.
///
/// Policies that judge entries cannot use a [`Trial`]; they are evaluated as a
/// whole after each change.
#[derive(Debug)]
pub struct Probe<'p> {
    batch: &'p Batch<'p>,
    how: How<'p>,
    /// How often the program was evaluated, in part or as a whole.
    evaluations: u64,
}

#[derive(Debug)]
enum How<'p> {
    Trial(Box<Trial<'p>>),
    Whole(Box<Whole>),
}

#[derive(Debug)]
struct Whole {
    row: Row,
    scratch: Scratch,
    brief: Brief,
    /// Whether `brief` says what the row says now; `None` where it is not known
    /// yet.
    sound: Option<bool>,
    before: Vec<(Place, Dense, usize)>,
}

/// A state to return to with [`Probe::undo`].
#[derive(Clone, Copy, Debug)]
pub enum Saved {
    /// The mark of a trial, which undoes its own changes.
    Mark(Mark),
    /// The number of changes made before, where changes are noted here.
    Changes(usize),
}

impl<'p> Probe<'p> {
    /// Starts with a company as it is.
    pub fn new(batch: &'p Batch<'p>, company: &Company) -> Self {
        Self::of(batch, batch.row(company))
    }

    /// Starts with a row.
    pub fn of(batch: &'p Batch<'p>, row: Row) -> Self {
        let how = if batch.policy().each.is_none() {
            How::Trial(Box::new(batch.trial(row)))
        } else {
            let brief = Brief { verdict: Verdict::Undecided, score: None, statuses: Vec::new() };
            let scratch = batch.scratch();
            How::Whole(Box::new(Whole { row, scratch, brief, sound: None, before: Vec::new() }))
        };
        Self { batch, how, evaluations: 1 }
    }

    /// Returns how often the program was evaluated, in part or as a whole.
    pub const fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// Returns the policy and its program.
    pub const fn batch(&self) -> &'p Batch<'p> {
        self.batch
    }

    /// Remembers the present state.
    pub const fn save(&self) -> Saved {
        match &self.how {
            How::Trial(trial) => Saved::Mark(trial.mark()),
            How::Whole(whole) => Saved::Changes(whole.before.len()),
        }
    }

    /// Changes a figure; does nothing if there is no such place.
    pub fn set(&mut self, place: Place, value: Value) {
        match (&mut self.how, place) {
            (How::Trial(trial), Place::Number(slot)) => trial.set_number(slot, value),
            (How::Trial(_), Place::Entry(..)) => {}
            (How::Whole(whole), _) => whole.set(place, value),
        }
    }

    /// Puts back every change made since `saved`.
    pub fn undo(&mut self, saved: Saved) {
        match (&mut self.how, saved) {
            (How::Trial(trial), Saved::Mark(mark)) => trial.undo(mark),
            (How::Whole(whole), Saved::Changes(length)) => whole.undo(length),
            _ => {}
        }
    }

    /// Returns the trial, where the policy does not judge entries.
    pub fn trial(&mut self) -> Option<&mut Trial<'p>> {
        self.evaluations = self.evaluations.saturating_add(1);
        match &mut self.how {
            How::Trial(trial) => Some(trial),
            How::Whole(_) => None,
        }
    }

    /// Returns the verdict; `None` where a figure does not fit into 128 bits.
    pub fn verdict(&mut self) -> Option<Verdict> {
        self.evaluations = self.evaluations.saturating_add(1);
        match &mut self.how {
            How::Trial(trial) => trial.verdict().ok().map(|sides| self.batch.verdict_of(sides)),
            How::Whole(whole) => whole.brief(self.batch).map(|brief| brief.verdict),
        }
    }

    /// Returns the verdict under the worst and the best lens; `None` where a
    /// figure does not fit into 128 bits.
    pub(crate) fn sides(&mut self) -> Option<[Truth; 2]> {
        if let How::Trial(trial) = &mut self.how {
            self.evaluations = self.evaluations.saturating_add(1);
            return trial.verdict().ok();
        }
        Some(match self.verdict()? {
            Verdict::Met => [Truth::True; 2],
            Verdict::NotMet | Verdict::NotApplicable => [Truth::False; 2],
            Verdict::NeedsReview => [Truth::False, Truth::True],
            _ => [Truth::Unknown; 2],
        })
    }

    /// Returns the points of the total, if the policy has one.
    pub fn score(&mut self) -> Option<Points> {
        match &mut self.how {
            How::Trial(trial) => {
                let criteria = &self.batch.policy().criteria;
                let total = criteria.iter().position(|it| it.passes_from().is_some())?;
                let [worst, best] = trial.outcome(total);
                Some(points_of(worst.points, best.points))
            }
            How::Whole(whole) => whole.brief(self.batch)?.score,
        }
    }

    /// Returns what one row of the report says.
    pub fn line(&mut self, row: usize) -> Option<Line> {
        match &mut self.how {
            How::Trial(trial) => {
                let scores = self.batch.policy().criteria.get(row)?.out_of().is_some();
                let [worst, best] = trial.outcome(row);
                Some(Line {
                    status: join(worst.truth, best.truth),
                    points: scores.then(|| points_of(worst.points, best.points)),
                })
            }
            How::Whole(whole) => {
                let status = *whole.brief(self.batch)?.statuses.get(row)?;
                Some(Line { status, points: None })
            }
        }
    }

    /// Returns the value at a place, as it is now.
    pub fn value(&self, place: Place) -> Option<Value> {
        let row = match &self.how {
            How::Trial(trial) => trial.row(),
            How::Whole(whole) => &whole.row,
        };
        let dense = match place {
            Place::Number(slot) => row.numbers.get(slot),
            Place::Entry(entry, slot) => row.entries.get(entry)?.numbers.get(slot),
        };
        Some(dense?.value(&row.wide))
    }

    /// Returns the steps in `from..=to` at which anything can be said otherwise
    /// than one step before, in order, where figures move by so much in each
    /// step; `None` where that cannot be told. A step that is named may turn out
    /// to change nothing; between two of them nothing changes.
    pub fn turning_points(
        &mut self,
        moves: &[(Place, Fraction)],
        span: (i128, i128),
    ) -> Option<Vec<i128>> {
        let moving = |(place, by): &(Place, Fraction)| {
            let value = self.value(*place)?;
            Some(match place {
                Place::Number(slot) => (None, Moving::new(false, *slot, &value, *by)),
                Place::Entry(entry, slot) => (Some(*entry), Moving::new(true, *slot, &value, *by)),
            })
        };
        let moving: Vec<(Option<usize>, Moving)> = moves.iter().filter_map(moving).collect();
        self.turns_of(&moving, span)
    }

    /// Does the same for figures whose ends move each on its own line; those of
    /// an entry with its position.
    pub(crate) fn turns_of(
        &mut self,
        moving: &[(Option<usize>, Moving)],
        span: (i128, i128),
    ) -> Option<Vec<i128>> {
        match &mut self.how {
            How::Trial(trial) => {
                let moving: Vec<Moving> = moving.iter().map(|(_, it)| it.clone()).collect();
                trial.turning_points(&moving, span)
            }
            How::Whole(whole) => whole.turning_points(self.batch, moving, span),
        }
    }

    /// Returns what every row of the report says.
    pub fn lines(&mut self) -> Vec<Line> {
        (0..).map_while(|row| self.line(row)).collect()
    }
}

const fn points_of(
    worst: zice_rules::points::PointSet,
    best: zice_rules::points::PointSet,
) -> Points {
    let (a, b) = (worst.min(), best.min());
    let (c, d) = (worst.max(), best.max());
    Points { min: if a < b { a } else { b }, max: if c > d { c } else { d } }
}

impl Whole {
    fn brief(&mut self, batch: &Batch<'_>) -> Option<&Brief> {
        let sound = match self.sound {
            Some(sound) => sound,
            None => batch.assess_into(&self.row, &mut self.scratch, &mut self.brief).is_ok(),
        };
        self.sound = Some(sound);
        sound.then_some(&self.brief)
    }

    /// Returns the turning points of every entry.
    fn turning_points(
        &mut self,
        batch: &Batch<'_>,
        moving: &[(Option<usize>, Moving)],
        span: (i128, i128),
    ) -> Option<Vec<i128>> {
        self.sound = None;
        let (program, row) = (batch.program(), &self.row);
        self.scratch.run(program, row).ok()?;
        let mut points = Vec::new();
        let entries = row.entries.iter().enumerate().map(|(at, entry)| (Some(at), entry));
        let unseen = row.unseen.iter().map(|entry| (None, entry));
        for (at, entry) in entries.chain(unseen) {
            let own = moving.iter().filter(|(own, _)| own.is_none() || *own == at);
            let own: Vec<Moving> = own.map(|(_, it)| it.clone()).collect();
            if own.is_empty() {
                continue;
            }
            self.scratch.run_entry(program, row, entry).ok()?;
            points.extend(turning_points(program, &self.scratch, &own, span)?);
        }
        points.sort_unstable();
        points.dedup();
        Some(points)
    }

    fn at(&mut self, place: Place) -> Option<&mut Dense> {
        match place {
            Place::Number(slot) => self.row.numbers.get_mut(slot),
            Place::Entry(entry, slot) => self.row.entries.get_mut(entry)?.numbers.get_mut(slot),
        }
    }

    fn set(&mut self, place: Place, value: Value) {
        let wide = self.row.wide.len();
        let new = Dense::of(value, &mut self.row.wide);
        let Some(old) = self.at(place) else { return };
        let before = core::mem::replace(old, new);
        self.before.push((place, before, wide));
        self.sound = None;
    }

    fn undo(&mut self, length: usize) {
        while self.before.len() > length {
            let Some((place, before, wide)) = self.before.pop() else { return };
            if let Some(now) = self.at(place) {
                *now = before;
            }
            self.row.wide.truncate(wide);
            self.sound = None;
        }
    }
}

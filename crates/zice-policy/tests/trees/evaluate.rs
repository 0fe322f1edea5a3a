//! Evaluates formulas as trees, straight from how they are read. This is the
//! oracle for the programs.
//!
//! It shares with the engine the numbers, the reading of company files and the
//! tables of a policy, but nothing of how formulas become programs.

use zice_exact::program::{Lens, Outcome, Value, judgement, over_years, year_of};
use zice_policy::tree::{Condition, Number};
use zice_rules::{
    Date,
    company::{Answer, Company, Entry},
    formula::{Cell, Comparison},
    fraction::{Fraction, Overflow},
    place::{ChoicesAt, FactAt, FieldAt},
    points::PointSet,
    policy::Band,
    program::Links,
    range::{Range, Undefined},
    truth::Truth,
};

/// The outcomes of the criteria so far, under both lenses.
#[derive(Debug, Default)]
pub struct Results {
    worst: Vec<Outcome>,
    best: Vec<Outcome>,
}

impl Results {
    pub fn push(&mut self, worst: Outcome, best: Outcome) {
        self.worst.push(worst);
        self.best.push(best);
    }

    pub fn get(&self, lens: Lens, at: usize) -> Option<Outcome> {
        match lens {
            Lens::Worst => self.worst.get(at),
            Lens::Best => self.best.get(at),
        }
        .copied()
    }
}

/// A company, looked at through a policy.
#[derive(Clone, Copy)]
pub struct Evaluator<'a> {
    pub links: &'a Links,
    pub company: &'a Company,
    pub results: &'a Results,
    /// The entry that is judged, if the policy judges entries one by one.
    pub entry: Option<&'a Entry>,
}

impl<'a> Evaluator<'a> {
    /// The company's answer to a fact of the policy's table.
    pub fn answer(&self, index: FactAt) -> Option<&'a Answer> {
        answer(self.links, self.company, index)
    }

    /// The list behind a fact of the table; see [`listed`].
    pub fn list(&self, index: FactAt) -> (&'a [Entry], bool) {
        listed(self.links, self.company, index)
    }

    /// Evaluates a condition, on `entry` if a list is being counted.
    pub fn truth(
        &self,
        condition: &Condition,
        lens: Lens,
        entry: Option<&Entry>,
    ) -> Result<Truth, Overflow> {
        Ok(match condition {
            Condition::Constant(value) => Truth::from(*value),
            Condition::Fact(index) => truth_of(self.answer(*index)),
            Condition::Field(index) => truth_of(self.field(*index, entry)),
            Condition::Compare(comparison, left, right) => {
                // Where more is worse the lens turns over. An equation asks for
                // both: neither too little nor too much.
                let pair = |left_lens, right_lens| -> Result<(Range, Range), Overflow> {
                    let left = self.number(left, left_lens, entry)?;
                    Ok((left, self.number(right, right_lens, entry)?))
                };
                let more = || pair(lens, lens.flipped());
                let less = || pair(lens.flipped(), lens).map(|(left, right)| (right, left));
                let at_least = |(more, less): (Range, Range)| more.at_least(&less);
                let above = |(more, less): (Range, Range)| more.above(&less);
                match comparison {
                    Comparison::AtLeast => at_least(more()?),
                    Comparison::Above => above(more()?),
                    Comparison::AtMost => at_least(less()?),
                    Comparison::Below => above(less()?),
                    Comparison::Equal => at_least(more()?).and(at_least(less()?)),
                }
            }
            Condition::OneOf(index) => self.one_of(*index, entry),
            Condition::Not(inner) => self.truth(inner, lens.flipped(), entry)?.not(),
            Condition::All(parts) => {
                let mut all = Truth::True;
                for part in parts {
                    all = all.and(self.truth(part, lens, entry)?);
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            Condition::Any(parts) => {
                let mut any = Truth::False;
                for part in parts {
                    any = any.or(self.truth(part, lens, entry)?);
                    if any == Truth::True {
                        break;
                    }
                }
                any
            }
            Condition::Certain(inner) => {
                Truth::from(self.truth(inner, lens, entry)? == Truth::True)
            }
            Condition::Given(index) => {
                let blank = self.links.fact_domains.get(index.place());
                Truth::from(self.answer(*index).is_some_and(|answer| answer.is_given(blank)))
            }
            // A blank field may still be given, whether or not its entry exists
            // yet. An empty text says that the document has nothing there.
            Condition::GivenField(index) => {
                let blank = self.links.field_domains.get(index.place());
                match self.field(*index, entry) {
                    Some(Answer::Text(text)) => Truth::from(!text.trim().is_empty()),
                    Some(answer) if answer.is_given(blank) => Truth::True,
                    _ => Truth::Unknown,
                }
            }
            Condition::HasYear(offset) => {
                let year = self.company.as_of.year().saturating_add(i32::from(*offset));
                match (self.company.lacks_year(year), self.company.may_lack_year(year)) {
                    (true, _) => Truth::False,
                    (false, true) => Truth::Unknown,
                    _ => Truth::True,
                }
            }
            Condition::Within(index, digits) => self.within(*index, digits),
            // If the judgement goes against the company it is false, whatever
            // is unknown.
            Condition::Review(inner) => self.truth(inner, lens, entry)?.and(judgement(lens)),
            Condition::Criterion(index) => {
                self.results.get(lens, index.place()).map_or(Truth::Unknown, |it| it.truth)
            }
        })
    }

    /// Whether a text begins with these digits.
    pub fn within(&self, index: FactAt, digits: &str) -> Truth {
        match self.answer(index) {
            Some(Answer::Text(text)) if !text.trim().is_empty() => {
                Truth::from(text.starts_with(digits))
            }
            _ => Truth::Unknown,
        }
    }

    pub fn field<'e>(&self, index: FieldAt, entry: Option<&'e Entry>) -> Option<&'e Answer>
    where
        'a: 'e,
    {
        let (_, at) = self.links.fields.get(index.place())?;
        entry.or(self.entry)?.fields.get(*at)
    }

    /// A field of an entry that is a number or day.
    pub fn field_number(&self, index: FieldAt, entry: Option<&Entry>) -> Range {
        let Some((_, at)) = self.links.fields.get(index.place()) else {
            return Range::ANY;
        };
        match entry.or(self.entry) {
            // Only days have a default among the numbers: they are past.
            Some(entry) if entry.is_defaulted(*at) => {
                Range::between(None, Some(day_fraction(self.company.as_of)))
            }
            Some(entry) => range_of(entry.fields.get(*at)),
            None => self.field_domain(index),
        }
    }

    /// The range of a field about which nothing was said.
    fn field_domain(&self, index: FieldAt) -> Range {
        self.links.field_domains.get(index.place()).copied().unwrap_or(Range::ANY)
    }

    fn one_of(&self, index: ChoicesAt, entry: Option<&Entry>) -> Truth {
        let Some(link) = self.links.choices.get(index.place()) else {
            return Truth::Unknown;
        };
        let answer = match link.field {
            Some(at) => entry.or(self.entry).and_then(|entry| entry.fields.get(at)),
            None => self.company.answers.get(link.fact),
        };
        let made = match answer {
            Some(Answer::Choice(choice)) => 1_u64.checked_shl(u32::from(*choice)).unwrap_or(0),
            Some(Answer::Choices(made)) => *made,
            _ => return Truth::Unknown,
        };
        Truth::from(made & link.accepted != 0)
    }

    /// Evaluates a number, on `entry` if a list is being counted.
    pub fn number(
        &self,
        number: &Number,
        lens: Lens,
        entry: Option<&Entry>,
    ) -> Result<Range, Overflow> {
        Ok(match number {
            Number::Constant(value) => Range::exact(*value),
            Number::Fact(index) => range_of(self.answer(*index)),
            Number::Field(index) => self.field_number(*index, entry),
            Number::Yearly(index, offset) => self.year(*index, *offset),
            Number::SumYears(index, from, to) => self.over_years(*index, *from, *to, false)?,
            Number::MeanYears(index, from, to) => self.over_years(*index, *from, *to, true)?,
            Number::Graded(index) => self.graded(*index, lens),
            Number::Cell(cell) => self.cell(*cell),
            Number::If(condition, then, otherwise) => match self.truth(condition, lens, entry)? {
                Truth::True => self.number(then, lens, entry)?,
                Truth::False => self.number(otherwise, lens, entry)?,
                Truth::Unknown => {
                    let then = self.number(then, lens, entry)?;
                    then.hull(&self.number(otherwise, lens, entry)?)
                }
            },
            Number::AsOf => Range::exact(day_fraction(self.company.as_of)),
            Number::YearOf(day) => {
                let day = self.number(day, lens, entry)?;
                Range { lo: day.lo.and_then(year_of), hi: day.hi.and_then(year_of), ..day }
            }
            Number::Sum(terms) => {
                let mut sum = Range::exact(Fraction::ZERO);
                for term in terms {
                    sum = sum.add(&self.number(term, lens, entry)?)?;
                }
                sum
            }
            Number::Minus(left, right) => self.number(left, lens, entry)?.sub(&self.number(
                right,
                lens.flipped(),
                entry,
            )?)?,
            Number::Times(left, right) => {
                self.number(left, lens, entry)?.mul(&self.number(right, lens, entry)?)?
            }
            Number::Over(left, right) => self.number(left, lens, entry)?.div(&self.number(
                right,
                lens.flipped(),
                entry,
            )?)?,
            Number::Max(numbers) => self.fold(numbers, lens, entry, Range::max)?,
            Number::Min(numbers) => self.fold(numbers, lens, entry, Range::min)?,
            Number::Count(index, condition) => self.count(*index, condition, lens)?,
            Number::Points(index) => {
                let points = self
                    .results
                    .get(lens, index.place())
                    .map_or(PointSet::EMPTY, |result| result.points);
                let end = |points: u8| Some(Fraction::whole(i128::from(points)));
                Range::between(end(points.min()), end(points.max()))
            }
        })
    }

    /// The sum or mean over the years in which the company existed.
    fn over_years(&self, index: FactAt, from: i8, to: i8, mean: bool) -> Result<Range, Overflow> {
        let years: Vec<Value> =
            (from..=to).rev().map(|year| Value::from(self.year(index, year))).collect();
        over_years(years.iter().map(Ok), mean).map(Value::range)
    }

    /// Points that the company gives itself. From a range, strict experts take
    /// the lowest and generous ones the highest.
    fn graded(&self, index: FactAt, lens: Lens) -> Range {
        let range = range_of(self.answer(index));
        if self.links.fact_domains.get(index.place()) == Some(&range) {
            return range;
        }
        let end = if lens == Lens::Best { range.hi } else { range.lo };
        end.map_or(range, Range::exact)
    }

    pub fn cell(&self, cell: Cell) -> Range {
        let year = self.company.as_of.year().saturating_add(i32::from(cell.year));
        if self.company.lacks_year(year) {
            return Range::UNDEFINED;
        }
        let side = usize::from(cell.side);
        let entry = match self.answer(cell.fact) {
            Some(Answer::Sides(entries)) => {
                entries.iter().find(|(given, at, _)| *given == year && *at == side)
            }
            _ => None,
        };
        let field = self.links.fields.get(cell.field.place());
        let answer = entry.zip(field).and_then(|((_, _, entry), (_, at))| entry.fields.get(*at));
        let mut range = match answer {
            Some(answer) => range_of(Some(answer)),
            None => self.field_domain(cell.field),
        };
        if self.company.may_lack_year(year) {
            range.undefined = Undefined::Maybe;
        }
        range
    }

    fn fold(
        &self,
        numbers: &[Number],
        lens: Lens,
        entry: Option<&Entry>,
        pick: fn(&Range, &Range) -> Range,
    ) -> Result<Range, Overflow> {
        let mut best: Option<Range> = None;
        for number in numbers {
            let range = self.number(number, lens, entry)?;
            best = Some(best.map_or(range, |best| pick(&best, &range)));
        }
        Ok(best.unwrap_or(Range::UNDEFINED))
    }

    fn year(&self, index: FactAt, offset: i8) -> Range {
        let year = self.company.as_of.year().saturating_add(i32::from(offset));
        if self.company.lacks_year(year) {
            return Range::UNDEFINED;
        }
        let mut range = self.figure(index, year);
        if self.company.may_lack_year(year) {
            range.undefined = Undefined::Maybe;
        }
        range
    }

    /// What was said about a fiscal year, whether or not the company existed.
    pub fn figure(&self, index: FactAt, year: i32) -> Range {
        match self.answer(index) {
            Some(Answer::Yearly { years, other }) => {
                years.iter().find(|(given, _)| *given == year).map_or(*other, |(_, range)| *range)
            }
            _ => Range::ANY,
        }
    }

    fn count(&self, index: FactAt, condition: &Condition, lens: Lens) -> Result<Range, Overflow> {
        let (entries, more) = self.list(index);
        let (mut sure, mut possible) = (0_i128, 0_i128);
        for entry in entries {
            match self.truth(condition, lens, Some(entry))? {
                Truth::True => {
                    sure = sure.saturating_add(1);
                    possible = possible.saturating_add(1);
                }
                Truth::Unknown => possible = possible.saturating_add(1),
                Truth::False => {}
            }
        }
        let single = self.links.single.get(index.place()) == Some(&true);
        // There is at most one object.
        let one = single.then_some(Fraction::ONE);
        let most = if more { one } else { Some(Fraction::whole(possible)) };
        Ok(Range::between(Some(Fraction::whole(sure)), most))
    }
}

fn answer<'a>(links: &Links, company: &'a Company, index: FactAt) -> Option<&'a Answer> {
    let at = links.facts.get(index.place())?;
    company.answers.get(*at)
}

/// The entries behind a fact of the table, and whether more may follow. An
/// object is a list of one.
pub fn listed<'a>(links: &Links, company: &'a Company, index: FactAt) -> (&'a [Entry], bool) {
    let complete =
        links.complete.get(index.place()).copied().flatten().and_then(|at| company.answers.get(at));
    match answer(links, company, index) {
        Some(Answer::List(entries)) => (entries, matches!(complete, Some(Answer::Bool(false)))),
        Some(Answer::Object(entry)) => (core::slice::from_ref(entry), false),
        _ => (&[], true),
    }
}

/// Every band that a value can still fall into. An undefined value is in none.
pub fn banded(bands: &[Band], value: &Range, lens: Lens) -> PointSet {
    let mut points = PointSet::EMPTY;
    if value.undefined != Undefined::No {
        points.insert(0);
    }
    if value.undefined == Undefined::Certainly {
        return points;
    }
    if let Some(exact) = value.as_exact() {
        let reached = |band: &&Band| {
            if band.above { exact > band.from } else { exact >= band.from }
        };
        let band = bands.iter().find(reached);
        let brings = |band: &Band| if lens == Lens::Best { band.max } else { band.min };
        return PointSet::only(band.map_or(0, brings));
    }
    for band in bands {
        let bound = Range::exact(band.from);
        let ends = Range { undefined: Undefined::No, ..*value };
        let reached = if band.above { ends.above(&bound) } else { ends.at_least(&bound) };
        if reached != Truth::False {
            points.insert(if lens == Lens::Best { band.max } else { band.min });
        }
        if reached == Truth::True {
            return points;
        }
    }
    points.insert(0);
    points
}

const fn truth_of(answer: Option<&Answer>) -> Truth {
    match answer {
        Some(Answer::Bool(true)) => Truth::True,
        Some(Answer::Bool(false)) => Truth::False,
        _ => Truth::Unknown,
    }
}

const fn range_of(answer: Option<&Answer>) -> Range {
    match answer {
        Some(Answer::Number(range)) => *range,
        _ => Range::ANY,
    }
}

fn day_fraction(day: Date) -> Fraction {
    Fraction::whole(i128::from(day.day_number()))
}

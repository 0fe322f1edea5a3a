//! Reads a company through the tables of a policy: three-valued and exact,
//! without any calculation.

use super::{Answer, Company, Entry};
use crate::{
    date::Date,
    formula::{Cell, ChoicesAt, FactAt, FieldAt},
    fraction::Fraction,
    program::{Lens, Links},
    range::{Range, Undefined},
    truth::Truth,
};

/// A company's answers on a day of application, by their indices in the tables
/// of a policy.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Positions of what the tables name.
    pub links: &'a Links,
    /// The company whose answers are read.
    pub company: &'a Company,
    /// Day of application, from which fiscal years are counted.
    pub as_of: Date,
}

impl<'a> Facts<'a> {
    /// Reads a company on its own day of application.
    pub const fn of(links: &'a Links, company: &'a Company) -> Self {
        Self { links, company, as_of: company.as_of }
    }

    /// Returns the answer to a fact.
    pub fn answer(self, index: FactAt) -> Option<&'a Answer> {
        let at = self.links.facts.get(index.place())?;
        self.company.answers.get(*at)
    }

    /// Returns the entries of a list, and whether more may follow; see
    /// [`listed`].
    pub fn list(self, index: FactAt) -> (&'a [Entry], bool) {
        listed(self.links, self.company, index)
    }

    /// Returns the value of a yes-or-no fact.
    pub fn truth(self, index: FactAt) -> Truth {
        truth_of(self.answer(index))
    }

    /// Whether a fact was answered at all; never unknown.
    pub fn given(self, index: FactAt) -> Truth {
        let blank = self.links.fact_domains.get(index.place());
        Truth::from(self.answer(index).is_some_and(|answer| answer.is_given(blank)))
    }

    /// Whether the company existed in a fiscal year, given as an offset from
    /// the year of application.
    pub fn has_year(self, offset: i8) -> Truth {
        let year = self.year_at(offset);
        match (self.company.lacks_year(year), self.company.may_lack_year(year)) {
            (true, _) => Truth::False,
            (false, true) => Truth::Unknown,
            _ => Truth::True,
        }
    }

    /// Whether a text begins with these digits; unknown if there is no text.
    pub fn within(self, index: FactAt, digits: &str) -> Truth {
        match self.answer(index) {
            Some(Answer::Text(text)) if !text.trim().is_empty() => {
                Truth::from(text.starts_with(digits))
            }
            _ => Truth::Unknown,
        }
    }

    /// Whether the choice made for a fact, or for a field of an entry, is in a
    /// set.
    pub fn one_of(self, index: ChoicesAt, entry: Option<&Entry>) -> Truth {
        let Some(link) = self.links.choices.get(index.place()) else {
            return Truth::Unknown;
        };
        let answer = match link.field {
            Some(at) => entry.and_then(|entry| entry.fields.get(at)),
            None => self.company.answers.get(link.fact),
        };
        let made = match answer {
            Some(Answer::Choice(choice)) => 1_u64.checked_shl(u32::from(*choice)).unwrap_or(0),
            Some(Answer::Choices(made)) => *made,
            _ => return Truth::Unknown,
        };
        Truth::from(made & link.accepted != 0)
    }

    fn field(self, index: FieldAt, entry: Option<&Entry>) -> Option<&Answer> {
        let (_, at) = self.links.fields.get(index.place())?;
        entry?.fields.get(*at)
    }

    /// Returns the value of a yes-or-no field of an entry.
    pub fn field_truth(self, index: FieldAt, entry: Option<&Entry>) -> Truth {
        truth_of(self.field(index, entry))
    }

    /// Whether a field of an object is filled in. An empty text means that the
    /// document states nothing there. A field that was not answered is unknown,
    /// and so are the fields of an entry that is not there yet.
    pub fn given_field(self, index: FieldAt, entry: Option<&Entry>) -> Truth {
        let blank = self.links.field_domains.get(index.place());
        match self.field(index, entry) {
            Some(Answer::Text(text)) => Truth::from(!text.trim().is_empty()),
            Some(answer) if answer.is_given(blank) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// Returns a number or day of an entry.
    pub fn field_number(self, index: FieldAt, entry: Option<&Entry>) -> Range {
        let Some((_, at)) = self.links.fields.get(index.place()) else {
            return Range::ANY;
        };
        match entry {
            // Among numbers only days have a default: on or before the day of
            // application.
            Some(entry) if entry.is_defaulted(*at) => {
                Range::between(None, Some(day_fraction(self.as_of)))
            }
            Some(entry) => range_of(entry.fields.get(*at)),
            None => self.field_domain(index),
        }
    }

    /// Returns the range of a field that was not answered.
    fn field_domain(self, index: FieldAt) -> Range {
        self.links.field_domains.get(index.place()).copied().unwrap_or(Range::ANY)
    }

    /// Returns the figure of a fact without years.
    pub fn number(self, index: FactAt) -> Range {
        range_of(self.answer(index))
    }

    /// Returns the day of application as a day number.
    pub fn as_of(self) -> Range {
        Range::exact(day_fraction(self.as_of))
    }

    /// Returns the points a company gives itself. From a range, a strict expert
    /// takes the lower end and a generous one the upper end.
    pub fn graded(self, index: FactAt, lens: Lens) -> Range {
        let range = range_of(self.answer(index));
        if self.links.fact_domains.get(index.place()) == Some(&range) {
            return range;
        }
        let end = if lens == Lens::Best { range.hi } else { range.lo };
        end.map_or(range, Range::exact)
    }

    /// Returns one figure of one side in one year.
    pub fn cell(self, cell: Cell) -> Range {
        let year = self.year_at(cell.year);
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

    /// Returns a yearly fact in the fiscal year with this offset from the year
    /// of application.
    pub fn year(self, index: FactAt, offset: i8) -> Range {
        let year = self.year_at(offset);
        if self.company.lacks_year(year) {
            return Range::UNDEFINED;
        }
        let mut range = self.figure(index, year);
        if self.company.may_lack_year(year) {
            range.undefined = Undefined::Maybe;
        }
        range
    }

    /// Returns the answer for a fiscal year, whether or not the company existed
    /// in it.
    pub fn figure(self, index: FactAt, year: i32) -> Range {
        match self.answer(index) {
            Some(Answer::Yearly { years, other }) => {
                years.iter().find(|(given, _)| *given == year).map_or(*other, |(_, range)| *range)
            }
            _ => Range::ANY,
        }
    }

    /// Returns the fiscal year with this offset from the year of application.
    pub fn year_at(self, offset: i8) -> i32 {
        self.as_of.year().saturating_add(i32::from(offset))
    }
}

/// Returns the entries of a list, and whether more may follow. An object is a
/// list with one entry.
pub fn listed<'a>(links: &Links, company: &'a Company, index: FactAt) -> (&'a [Entry], bool) {
    let complete =
        links.complete.get(index.place()).copied().flatten().and_then(|at| company.answers.get(at));
    let answer = links.facts.get(index.place()).and_then(|at| company.answers.get(*at));
    match answer {
        Some(Answer::List(entries)) => (entries, matches!(complete, Some(Answer::Bool(false)))),
        Some(Answer::Object(entry)) => (core::slice::from_ref(entry), false),
        _ => (&[], true),
    }
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

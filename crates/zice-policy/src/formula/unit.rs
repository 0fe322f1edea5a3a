//! Finds the unit of a compiled number from the facts in it, and the smallest
//! step of that unit.

use zice_rules::{
    Dictionary, Policy,
    fraction::Fraction,
    place::{FactAt, FieldAt},
    policy::Unit,
};

use crate::tree::Number;

/// The unit of a number; `None` for a literal, which fits any unit.
pub(crate) fn unit(number: &Number, policy: &Policy, dictionary: &Dictionary) -> Option<Unit> {
    let of = |number: &Number| unit(number, policy, dictionary);
    let fact = |index: &FactAt| {
        let id = policy.tables.facts.get(index.place())?;
        Some(dictionary.fact(id)?.kind.unit())
    };
    let field = |index: &FieldAt| {
        let (fact, field) = policy.tables.fields.get(index.place())?;
        let fields = &dictionary.fact(fact)?.fields;
        Some(fields.iter().find(|it| it.id == *field)?.kind.unit())
    };
    match number {
        Number::Constant(_) => None,
        Number::Fact(index)
        | Number::Graded(index)
        | Number::Yearly(index, _)
        | Number::SumYears(index, ..)
        | Number::MeanYears(index, ..) => fact(index),
        Number::Field(index) => field(index),
        Number::Cell(cell) => field(&cell.field),
        Number::AsOf => Some(Unit::Date),
        Number::YearOf(_) => Some(Unit::Year),
        Number::Points(_) => Some(Unit::Points),
        Number::Count(..) => Some(Unit::Count),
        Number::If(_, a, b) => of(a).or_else(|| of(b)),
        Number::Sum(parts) | Number::Max(parts) | Number::Min(parts) => parts.iter().find_map(of),
        Number::Minus(a, b) => match (of(a), of(b)) {
            (Some(Unit::Date), Some(Unit::Date)) => Some(Unit::Days),
            // A literal too large for a length of time is itself a day.
            (Some(Unit::Date), None) if is_day(b) => Some(Unit::Days),
            (None, Some(Unit::Date)) if is_day(a) => Some(Unit::Days),
            (a, b) => a.or(b),
        },
        Number::Times(a, b) => of(a).or_else(|| of(b)),
        Number::Over(a, b) => match (of(a), of(b)) {
            (a, None) => a,
            (a, b) if a == b => Some(Unit::Ratio),
            (a, _) => a,
        },
    }
}

/// Whether a literal is a day: one of a million days would be one of 2,700 years.
pub(super) fn is_day(number: &Number) -> bool {
    matches!(number, Number::Constant(value) if *value > Fraction::whole(1_000_000))
}

/// The smallest difference a rule is expected to make.
pub(crate) fn step(unit: Option<Unit>) -> Fraction {
    match unit {
        // For a ratio it is 0.01 %.
        Some(Unit::Ratio) => Fraction::new(1, 10_000).unwrap_or(Fraction::ONE),
        _ => Fraction::ONE,
    }
}

//! Writes numbers the way a user would work them out.

use crate::{
    explain::Explainer,
    format::{self, Word},
};
use zice_rules::{
    formula::{Cell, Condition, ConditionAt, Number, NumberAt},
    fraction::{Fraction, Overflow},
    place::{FactAt, FieldAt},
    policy::Unit,
    program::Lens,
    range::{Range, Undefined},
    text::Lang,
    truth::Truth,
};

impl Explainer<'_> {
    /// Writes a number the way a user would work it out: `科技人员 24 人 ÷ 职工总数 96 人
    /// = 25.00%`.
    ///
    /// `value` is what the number comes to. A percentage gets more decimals
    /// where it would otherwise look equal to one of `edges`.
    pub(crate) fn calculation(
        &self,
        at: NumberAt,
        value: &Range,
        unit: Unit,
        edges: &[Fraction],
    ) -> Result<String, Overflow> {
        let number = self.number_at(at);
        if matches!(number, Number::If(..))
            && let Some(taken) = self.taken(at)?
        {
            return match self.number_at(taken) {
                Number::Constant(fixed) => self.fixed(at, *fixed, unit),
                _ => self.calculation(taken, value, unit, edges),
            };
        }
        let terms = self.terms(at)?;
        if matches!(number, Number::If(..)) {
            return Ok(terms);
        }
        let leaf = matches!(
            number,
            Number::Fact(_)
                | Number::Yearly(..)
                | Number::SumYears(..)
                | Number::MeanYears(..)
                | Number::Graded(_)
                | Number::Cell(_)
                | Number::Field(_)
                | Number::AsOf
                | Number::Constant(_)
                | Number::Points(_)
                | Number::Count(..)
        );
        if leaf {
            return Ok(terms);
        }
        if value.undefined == Undefined::Certainly {
            let why = if self.divides_by_nought(at)? {
                self.pick("，除数为 0，算不出", ", which can't be calculated: the divisor is 0")
            } else {
                self.pick("，算不出", ", which can't be calculated")
            };
            return Ok(format!("{terms}{why}"));
        }
        let Some(exact) = value.as_exact() else {
            // A figure that is not known exactly gets no equals sign, and is
            // not repeated if the terms already show it.
            let open = self.shown(value, unit, self.word(at)).filter(|open| *open != terms);
            let is = self.pick("，即 ", ", that is ");
            return Ok(open.map_or_else(|| terms.clone(), |open| format!("{terms}{is}{open}")));
        };
        let sign = if format::is_exact(exact, unit) { "=" } else { "≈" };
        let result = match unit {
            Unit::Ratio => format::percent(exact, edges),
            _ => format::value(exact, unit, self.word(at), self.lang),
        };
        Ok(format!("{terms} {sign} {result}"))
    }

    /// Finds the number that `若(…)` chooses. Returns `None` while its condition
    /// is not settled, and `at` itself for any other number.
    pub(crate) fn taken(&self, at: NumberAt) -> Result<Option<NumberAt>, Overflow> {
        let Number::If(condition, then, otherwise) = self.number_at(at) else {
            return Ok(Some(at));
        };
        match self.registers.truth(*condition, Lens::Worst)? {
            Truth::True => self.taken(*then),
            Truth::False => self.taken(*otherwise),
            Truth::Unknown => Ok(None),
        }
    }

    /// Whether a number is an `若(…)` that chose a constant, so that nothing was
    /// calculated.
    pub(crate) fn is_fixed(&self, at: NumberAt) -> Result<bool, Overflow> {
        let chosen = matches!(self.number_at(at), Number::If(..));
        let taken = self.taken(at)?.map(|taken| self.number_at(taken));
        Ok(chosen && matches!(taken, Some(Number::Constant(_))))
    }

    /// Explains a constant that `若(…)` chose: what was found, and what is taken
    /// because of it.
    fn fixed(&self, number: NumberAt, fixed: Fraction, unit: Unit) -> Result<String, Overflow> {
        let mut parts = Vec::new();
        let looking = Explainer { asked: false, ..*self };
        let mut at = number;
        while let Number::If(condition, then, otherwise) = self.number_at(at) {
            looking.condition(*condition, &mut parts)?;
            let holds = self.truth(*condition)? == Truth::True;
            at = if holds { *then } else { *otherwise };
        }
        let fixed = match unit {
            Unit::Ratio => format::plain_percent(fixed),
            _ => format::value(fixed, unit, self.word(number), self.lang),
        };
        if parts.is_empty() {
            return Ok(fixed);
        }
        let why = self.join(&parts);
        Ok(match self.lang {
            Lang::Zh => format!("{why}，按 {fixed} 算"),
            Lang::En => format!("{why}, taken as {fixed}"),
        })
    }

    /// Adds the parts of a condition that are not answered yet, each number by
    /// itself.
    fn open(&self, at: ConditionAt, parts: &mut Vec<String>) -> Result<(), Overflow> {
        match self.condition_at(at) {
            Condition::All(inner) | Condition::Any(inner) => {
                for part in inner {
                    if self.truth(*part)? == Truth::Unknown {
                        self.open(*part, parts)?;
                    }
                }
            }
            Condition::Not(inner) | Condition::Review(inner) | Condition::Certain(inner) => {
                self.open(*inner, parts)?;
            }
            Condition::Compare(_, left, right) => {
                self.open_number(*left, parts)?;
                self.open_number(*right, parts)?;
            }
            _ if self.truth(at)? == Truth::Unknown => self.condition(at, parts)?,
            _ => {}
        }
        Ok(())
    }

    fn open_number(&self, at: NumberAt, parts: &mut Vec<String>) -> Result<(), Overflow> {
        match self.number_at(at) {
            Number::Constant(_) | Number::AsOf => {}
            Number::Sum(inner) | Number::Max(inner) | Number::Min(inner) => {
                for part in inner {
                    self.open_number(*part, parts)?;
                }
            }
            Number::Minus(a, b) | Number::Times(a, b) | Number::Over(a, b) => {
                self.open_number(*a, parts)?;
                self.open_number(*b, parts)?;
            }
            Number::YearOf(inner) => self.open_number(*inner, parts)?,
            Number::If(condition, then, otherwise) => {
                self.open(*condition, parts)?;
                self.open_number(*then, parts)?;
                self.open_number(*otherwise, parts)?;
            }
            _ => {
                if !self.value(at)?.is_settled() {
                    parts.push(self.terms(at)?);
                }
            }
        }
        Ok(())
    }

    /// Whether a number is undefined because it is divided by zero.
    fn divides_by_nought(&self, at: NumberAt) -> Result<bool, Overflow> {
        Ok(match self.number_at(at) {
            Number::Over(a, b) => {
                self.value(*b)?.as_exact().is_some_and(Fraction::is_zero)
                    || self.divides_by_nought(*a)?
                    || self.divides_by_nought(*b)?
            }
            Number::Minus(a, b) | Number::Times(a, b) => {
                self.divides_by_nought(*a)? || self.divides_by_nought(*b)?
            }
            Number::Sum(parts) => {
                let mut found = false;
                for part in parts {
                    found |= self.divides_by_nought(*part)?;
                }
                found
            }
            Number::If(..) => match self.taken(at)? {
                Some(taken) => self.divides_by_nought(taken)?,
                None => false,
            },
            _ => false,
        })
    }

    /// Writes the terms of a number, without its result.
    pub(crate) fn terms(&self, at: NumberAt) -> Result<String, Overflow> {
        let range = self.value(at)?;
        let number = self.number_at(at);
        Ok(match number {
            // A constant factor below one is a share, so it is shown as a
            // percentage.
            Number::Constant(value) if value.signum() > 0 && *value < Fraction::ONE => {
                format::plain_percent(*value)
            }
            Number::AsOf => {
                let day = self.shown(&range, Unit::Date, Word::None).unwrap_or_default();
                format!("{} {day}", self.pick("申报日", "day of application"))
            }
            Number::Constant(_) | Number::YearOf(_) => {
                self.shown(&range, self.unit(at), Word::None).unwrap_or_default()
            }
            Number::Fact(index) | Number::Graded(index) => {
                self.leaf(*index, String::new(), &range, None)
            }
            Number::Field(index) => self.field_leaf(*index, "", &range),
            Number::Cell(cell) => self.cell_leaf(*cell, &range),
            Number::If(condition, ..) => match self.taken(at)? {
                Some(taken) => self.terms(taken)?,
                None => self.waits_for(*condition)?,
            },
            Number::Yearly(index, offset) => {
                let year = self.year(*offset);
                self.leaf(*index, format!("{year}{}", self.pick(" 年", " ")), &range, None)
            }
            Number::SumYears(index, from, to) | Number::MeanYears(index, from, to) => {
                let word = match number {
                    Number::SumYears(..) => self.pick(" 年合计", " total "),
                    _ => self.pick(" 年平均", " mean of "),
                };
                let years = format!("{}–{}{word}", self.year(*from), self.year(*to));
                self.leaf(*index, years, &range, None)
            }
            Number::Sum(numbers) => {
                let terms: Result<Vec<String>, Overflow> =
                    numbers.iter().map(|number| self.terms(*number)).collect();
                terms?.join(" + ")
            }
            Number::Minus(a, b) => self.binary(*a, "−", *b)?,
            Number::Times(a, b) => self.binary(*a, "×", *b)?,
            Number::Over(a, b) => self.binary(*a, "÷", *b)?,
            Number::Max(numbers) => {
                self.one_of_several(at, numbers, self.pick("较大者", "larger of"))?
            }
            Number::Min(numbers) => {
                self.one_of_several(at, numbers, self.pick("较小者", "smaller of"))?
            }
            Number::Count(index, _) => {
                let counted = self.pick("计入的", "counted: ").to_owned();
                self.leaf(*index, counted, &range, Some(self.word(at)))
            }
            Number::Points(index) => self.points_leaf(index.place()),
        })
    }

    /// Writes two numbers with a sign between them. A part that binds less
    /// tightly than the sign gets brackets.
    fn binary(&self, a: NumberAt, sign: &str, b: NumberAt) -> Result<String, Overflow> {
        let bracketed = |part: NumberAt, tight: bool| -> Result<String, Overflow> {
            let text = self.terms(part)?;
            let loose = match self.number_at(part) {
                Number::Sum(_) | Number::Minus(..) => true,
                Number::Times(..) | Number::Over(..) => tight,
                _ => false,
            };
            Ok(if loose { format!("({text})") } else { text })
        };
        let loose = matches!(sign, "−");
        let left = if loose { self.terms(a)? } else { bracketed(a, false)? };
        Ok(format!("{left} {sign} {}", bracketed(b, !loose)?))
    }

    /// Writes the larger or smaller of several numbers. A constant among them
    /// takes the unit of the others.
    fn one_of_several(
        &self,
        at: NumberAt,
        numbers: &[NumberAt],
        word: &str,
    ) -> Result<String, Overflow> {
        let unit = self.unit(at);
        let term = |number: &NumberAt| match self.number_at(*number) {
            Number::Constant(value) => {
                Ok(self.shown(&Range::exact(*value), unit, self.word(at)).unwrap_or_default())
            }
            _ => self.terms(*number),
        };
        let terms: Result<Vec<String>, Overflow> = numbers.iter().map(term).collect();
        Ok(format!("{word}({})", terms?.join(", ")))
    }

    /// Writes what `若(…)` waits for while its condition is not settled.
    fn waits_for(&self, condition: ConditionAt) -> Result<String, Overflow> {
        let mut parts = Vec::new();
        self.open(condition, &mut parts)?;
        if parts.is_empty() {
            parts.push(self.pick("未定", "not settled").to_owned());
        }
        Ok(self.join(&parts))
    }

    fn cell_leaf(&self, cell: Cell, range: &Range) -> String {
        let year = self.year(cell.year);
        let fact = self.fact(cell.fact);
        let side = fact.and_then(|fact| fact.sides.get(usize::from(cell.side)));
        let side = side.map_or("", |side| side.label(self.lang));
        let prefix = format!("{year}{}{side} ", self.pick(" 年", " "));
        self.field_leaf(cell.field, &prefix, range)
    }

    fn points_leaf(&self, at: usize) -> String {
        let criterion = self.assessment.policy.criteria.get(at);
        let title = criterion.map_or("", |it| it.title.get(self.lang));
        let points = self.points_of(at);
        let points =
            points.map_or_else(String::new, |points| self.interval(points.min, points.max));
        format!("{title} {points}")
    }

    pub(crate) fn leaf(
        &self,
        index: FactAt,
        prefix: String,
        range: &Range,
        word: Option<Word<'_>>,
    ) -> String {
        let Some(fact) = self.fact(index) else { return prefix };
        let short = fact.short.get(self.lang);
        let own = fact.unit.as_ref().map(Word::Of);
        let word = word.or(own).unwrap_or(Word::None);
        if range.undefined == Undefined::Certainly {
            return format!(
                "{prefix}{short}{}",
                self.pick("（当年尚未成立）", " (before the company existed)")
            );
        }
        let blank = self.assessment.policy.links.fact_domains.get(index.place());
        match self.shown(range, fact.kind.unit(), word).filter(|_| blank != Some(range)) {
            Some(value) => format!("{prefix}{short} {value}"),
            None => format!("{prefix}{short}{}", self.pick("（未填）", " (not answered)")),
        }
    }

    fn year(&self, offset: i8) -> i32 {
        self.assessment.company.as_of.year().saturating_add(i32::from(offset))
    }

    fn field_leaf(&self, index: FieldAt, prefix: &str, range: &Range) -> String {
        let label = self.label(index).unwrap_or("");
        if range.undefined == Undefined::Certainly {
            let none = self.pick("（当年尚未成立）", " (before the company existed)");
            return format!("{prefix}{label}{none}");
        }
        let blank = self.assessment.policy.links.field_domains.get(index.place());
        match self.shown(range, self.field_unit(index), Word::None).filter(|_| blank != Some(range))
        {
            Some(value) => format!("{prefix}{label} {value}"),
            None => format!("{prefix}{label}{}", self.pick("（未填）", " (not answered)")),
        }
    }

    fn field_unit(&self, index: FieldAt) -> Unit {
        let link = self.assessment.policy.links.fields.get(index.place());
        link.and_then(|(fact, field)| self.dictionary.facts.get(*fact)?.fields.get(*field))
            .map_or(Unit::Count, |field| field.kind.unit())
    }

    pub(crate) fn shown(&self, range: &Range, unit: Unit, word: Word<'_>) -> Option<String> {
        format::range(range, unit, word, self.lang)
    }

    /// Returns the counting word of a number, taken from the facts in it.
    pub(crate) fn word(&self, at: NumberAt) -> Word<'_> {
        let first = |numbers: &[NumberAt]| {
            let words = numbers.iter().map(|number| self.word(*number));
            words.into_iter().find(|word| *word != Word::None).unwrap_or(Word::None)
        };
        let index = match self.number_at(at) {
            Number::Fact(index)
            | Number::Graded(index)
            | Number::Yearly(index, _)
            | Number::SumYears(index, ..)
            | Number::MeanYears(index, ..) => *index,
            Number::Count(..) => return Word::Item,
            Number::If(_, then, otherwise) => return first(&[*then, *otherwise]),
            Number::Sum(numbers) | Number::Max(numbers) | Number::Min(numbers) => {
                return first(numbers);
            }
            Number::Minus(a, _) => return self.word(*a),
            Number::Over(a, b) if self.is_constant(*b) => return self.word(*a),
            Number::Times(a, b) => return first(&[*a, *b]),
            _ => return Word::None,
        };
        self.fact(index).and_then(|fact| fact.unit.as_ref()).map_or(Word::None, Word::Of)
    }

    fn is_constant(&self, at: NumberAt) -> bool {
        matches!(self.number_at(at), Number::Constant(_))
    }

    /// Returns the unit of a number, taken from the facts in it.
    pub(crate) fn unit(&self, at: NumberAt) -> Unit {
        match self.number_at(at) {
            Number::Fact(index)
            | Number::Graded(index)
            | Number::Yearly(index, _)
            | Number::SumYears(index, ..)
            | Number::MeanYears(index, ..) => {
                self.fact(*index).map_or(Unit::Count, |fact| fact.kind.unit())
            }
            Number::AsOf => Unit::Date,
            Number::YearOf(_) => Unit::Year,
            Number::Points(_) => Unit::Points,
            Number::Sum(numbers) | Number::Max(numbers) | Number::Min(numbers) => numbers
                .iter()
                .find(|number| !self.is_constant(**number))
                .map_or(Unit::Count, |number| self.unit(*number)),
            Number::Minus(a, b) => match (self.unit(*a), self.unit(*b)) {
                (Unit::Date, Unit::Date) => Unit::Days,
                (unit, _) => unit,
            },
            Number::Times(a, b) => match self.unit(*a) {
                Unit::Count | Unit::Ratio => self.unit(*b),
                unit => unit,
            },
            // Dividing by a constant splits an amount and keeps its unit; it
            // gives no ratio.
            Number::Over(a, b) if self.is_constant(*b) => self.unit(*a),
            Number::Over(a, b) => {
                let (a, b) = (self.unit(*a), self.unit(*b));
                if a == b { Unit::Ratio } else { a }
            }
            Number::Field(index) => self.field_unit(*index),
            Number::Cell(cell) => self.field_unit(cell.field),
            Number::If(_, then, otherwise) => {
                self.unit(if self.is_constant(*then) { *otherwise } else { *then })
            }
            Number::Constant(_) | Number::Count(..) => Unit::Count,
        }
    }
}

//! Formulas back into the text of the language, for people who compare two
//! editions.

use zice_rules::{
    Date, Dictionary, Policy,
    dictionary::Fact,
    formula::{Condition, Number},
    fraction::Fraction,
    policy::{Unit, bound_text},
};

use super::unit::unit;

/// Writes the formulas of one policy.
pub(crate) struct Printer<'a> {
    pub policy: &'a Policy,
    pub dictionary: &'a Dictionary,
}

impl Printer<'_> {
    fn fact(&self, index: u16) -> Option<&Fact> {
        self.dictionary.fact(self.policy.tables.facts.get(usize::from(index))?)
    }

    fn name(&self, index: u16) -> String {
        self.fact(index).map_or_else(String::new, |fact| fact.name.clone())
    }

    fn field(&self, index: u16) -> String {
        let Some((fact, field)) = self.policy.tables.fields.get(usize::from(index)) else {
            return String::new();
        };
        let fields = self.dictionary.fact(fact).map_or(&[][..], |fact| &fact.fields);
        fields.iter().find(|it| it.id == *field).map_or_else(|| field.clone(), |it| it.name.clone())
    }

    fn criterion(&self, index: u16) -> String {
        let criterion = self.policy.criteria.get(usize::from(index));
        criterion.map_or_else(String::new, |it| it.title.zh.clone())
    }

    /// A condition as it is written.
    pub(crate) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Constant(value) => if *value { "真" } else { "假" }.to_owned(),
            Condition::Fact(index) => self.name(*index),
            Condition::Field(index) => self.field(*index),
            Condition::Given(index) => format!("已填({})", self.name(*index)),
            Condition::GivenField(index) => format!("已填({})", self.field(*index)),
            Condition::HasYear(year) => format!("有年度({})", year_name(*year)),
            Condition::Within(index, digits) => format!("地区({}, {digits})", self.name(*index)),
            Condition::Compare(comparison, left, right) => {
                let unit = self.unit(left).or_else(|| self.unit(right));
                format!(
                    "{} {} {}",
                    self.number(left, unit),
                    comparison.sign(),
                    self.number(right, unit)
                )
            }
            Condition::OneOf(index) => self.choices(*index),
            Condition::Not(inner) => format!("非 {}", self.inner(inner)),
            Condition::All(parts) => self.joined(parts, " 且 "),
            Condition::Any(parts) => self.joined(parts, " 或 "),
            Condition::Certain(inner) => format!("确定({})", self.condition(inner)),
            Condition::Review(inner) => format!("人工({})", self.condition(inner)),
            Condition::Criterion(index) => format!("“{}”", self.criterion(*index)),
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.inner(part)).collect();
        parts.join(word)
    }

    /// In brackets where it binds less than what is around it.
    fn inner(&self, condition: &Condition) -> String {
        let text = self.condition(condition);
        match condition {
            Condition::All(_) | Condition::Any(_) => format!("({text})"),
            _ => text,
        }
    }

    fn choices(&self, index: u16) -> String {
        let Some(set) = self.policy.tables.choices.get(usize::from(index)) else {
            return String::new();
        };
        let Some(fact) = self.dictionary.fact(&set.fact) else { return String::new() };
        let field = set.field.as_ref().and_then(|id| fact.fields.iter().find(|it| it.id == *id));
        let (name, values) =
            field.map_or((&fact.name, &fact.values), |field| (&field.name, &field.values));
        let made: Vec<&str> = set
            .values
            .iter()
            .filter_map(|id| values.iter().find(|it| it.id == *id))
            .map(|choice| choice.name.as_str())
            .collect();
        format!("{name} 属于 {{{}}}", made.join("、"))
    }

    fn unit(&self, number: &Number) -> Option<Unit> {
        unit(number, self.policy, self.dictionary)
    }

    /// A number as it is written; literals in the unit of what they are
    /// compared or calculated with.
    pub(crate) fn number(&self, number: &Number, around: Option<Unit>) -> String {
        let of = self.unit(number).or(around);
        // Beside a day stands a number of days, and beside a ratio a plain
        // one reads best.
        let term = of.filter(|unit| *unit == Unit::Yuan);
        let list = |numbers: &[Number], unit: Option<Unit>| -> Vec<String> {
            numbers.iter().map(|number| self.number(number, unit)).collect()
        };
        let binary = |a: &Number, sign: &str, b: &Number, unit: Option<Unit>| {
            format!("{} {sign} {}", self.operand(a, unit), self.operand(b, unit))
        };
        match number {
            Number::Constant(value) => literal(*value, around),
            Number::Fact(index) => self.name(*index),
            Number::Field(index) => self.field(*index),
            Number::Yearly(index, year) => format!("{}[{}]", self.name(*index), year_name(*year)),
            Number::SumYears(index, from, to) => {
                format!("合计({}[{from}..{to}])", self.name(*index))
            }
            Number::MeanYears(index, from, to) => {
                format!("平均({}[{from}..{to}])", self.name(*index))
            }
            Number::Graded(index) => format!("自评({})", self.name(*index)),
            Number::Cell(cell) => {
                let fact = self.fact(cell.fact);
                let side = fact.and_then(|fact| fact.sides.get(usize::from(cell.side)));
                let side = side.map_or("", |side| side.name.as_str());
                let (name, year) = (self.name(cell.fact), year_name(cell.year));
                format!("取值({name}[{year}], {side}, {})", self.field(cell.field))
            }
            Number::AsOf => "申报日".to_owned(),
            Number::YearOf(inner) => {
                format!("年份({})", self.number(inner, Some(Unit::Date)))
            }
            Number::Sum(parts) => list(parts, term).join(" + "),
            Number::Minus(a, b) => binary(a, "-", b, term),
            // One factor is a share.
            Number::Times(a, b) => binary(a, "*", b, Some(Unit::Ratio)),
            Number::Over(a, b) => binary(a, "/", b, None),
            Number::Max(parts) => format!("取大({})", list(parts, of).join(", ")),
            Number::Min(parts) => format!("取小({})", list(parts, of).join(", ")),
            Number::If(condition, a, b) => format!(
                "若({}, {}, {})",
                self.condition(condition),
                self.number(a, of),
                self.number(b, of)
            ),
            Number::Count(index, condition) => {
                format!("计数({}, {})", self.name(*index), self.condition(condition))
            }
            Number::Points(index) => format!("得分(“{}”)", self.criterion(*index)),
        }
    }

    fn operand(&self, number: &Number, around: Option<Unit>) -> String {
        let text = self.number(number, around);
        match number {
            Number::Sum(_) | Number::Minus(..) | Number::Times(..) | Number::Over(..) => {
                format!("({text})")
            }
            _ => text,
        }
    }
}

fn literal(value: Fraction, unit: Option<Unit>) -> String {
    match unit {
        Some(Unit::Ratio) if value.signum() > 0 && value <= Fraction::ONE => {
            bound_text(value, Unit::Ratio)
        }
        Some(Unit::Date) => day(value).unwrap_or_else(|| value.to_decimal_or_ratio()),
        Some(Unit::Yuan) => format!("{}元", plain(value)),
        _ => plain(value),
    }
}

/// A number in 亿 or 万 where that leaves it whole.
fn plain(value: Fraction) -> String {
    for (word, size) in [("亿", 100_000_000), ("万", 10_000)] {
        if let Ok(Some(part)) = value.div(Fraction::whole(size))
            && part >= Fraction::ONE
            && part == Fraction::whole(part.floor())
        {
            return format!("{}{word}", part.to_decimal_or_ratio());
        }
    }
    value.to_decimal_or_ratio()
}

/// A day number as a day.
fn day(value: Fraction) -> Option<String> {
    Date::from_day_number(i32::try_from(value.floor()).ok()?).map(|day| day.to_string())
}

fn year_name(year: i8) -> String {
    match year {
        0 => "今年".to_owned(),
        -1 => "去年".to_owned(),
        -2 => "前年".to_owned(),
        -3 => "大前年".to_owned(),
        other => other.to_string(),
    }
}

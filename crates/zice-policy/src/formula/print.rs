//! Prints formulas in the text of the language, for people who compare two
//! editions.

use zice_rules::{
    Date, Dictionary, Lang, Policy,
    dictionary::Fact,
    formula::{ConditionAt, NumberAt},
    fraction::Fraction,
    place::{ChoicesAt, CriterionAt, FactAt, FieldAt},
    policy::{Unit, bound_text},
};

use super::unit::{is_day, unit};
use crate::tree::{Condition, Number};

/// Prints the formulas of one policy. Chinese output is the language as authors
/// write it; English output uses its English words and the facts' English short
/// names.
pub(crate) struct Printer<'a> {
    pub policy: &'a Policy,
    pub dictionary: &'a Dictionary,
    pub lang: Lang,
}

impl Printer<'_> {
    fn fact(&self, index: FactAt) -> Option<&Fact> {
        self.dictionary.fact(self.policy.tables.facts.get(index.place())?)
    }

    const fn word<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    fn name_of<'f>(&self, fact: &'f Fact) -> &'f str {
        self.lang.pick(&fact.name, &fact.short.en)
    }

    fn name(&self, index: FactAt) -> String {
        self.fact(index).map_or_else(String::new, |fact| self.name_of(fact).to_owned())
    }

    fn field(&self, index: FieldAt) -> String {
        let Some((fact, field)) = self.policy.tables.fields.get(index.place()) else {
            return String::new();
        };
        let fields = self.dictionary.fact(fact).map_or(&[][..], |fact| &fact.fields);
        let found = fields.iter().find(|it| it.id == *field);
        found.map_or_else(|| field.clone(), |it| self.lang.pick(&it.name, &it.label.en).to_owned())
    }

    fn criterion(&self, index: CriterionAt) -> String {
        let criterion = self.policy.criteria.get(index.place());
        criterion.map_or_else(String::new, |it| it.title.get(self.lang).to_owned())
    }

    /// Prints a condition of the policy's table.
    pub(crate) fn condition_at(&self, at: ConditionAt) -> String {
        self.condition(&Condition::of(&self.policy.formulas, at))
    }

    /// Prints a number of the policy's table.
    pub(crate) fn number_at(&self, at: NumberAt) -> String {
        self.number(&Number::of(&self.policy.formulas, at), None)
    }

    /// Prints a condition.
    pub(crate) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Constant(value) => {
                if *value { self.word("真", "true") } else { self.word("假", "false") }.to_owned()
            }
            Condition::Fact(index) => self.name(*index),
            Condition::Field(index) => self.field(*index),
            Condition::Given(index) => {
                format!("{}({})", self.word("已填", "given"), self.name(*index))
            }
            Condition::GivenField(index) => {
                format!("{}({})", self.word("已填", "given"), self.field(*index))
            }
            Condition::HasYear(year) => {
                format!("{}({})", self.word("有年度", "has_year"), self.year_name(*year))
            }
            Condition::Within(index, digits) => {
                format!("{}({}, {digits})", self.word("地区", "within"), self.name(*index))
            }
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
            Condition::Not(inner) => format!("{} {}", self.word("非", "not"), self.inner(inner)),
            Condition::All(parts) => self.joined(parts, self.word(" 且 ", " and ")),
            Condition::Any(parts) => self.joined(parts, self.word(" 或 ", " or ")),
            Condition::Certain(inner) => {
                format!("{}({})", self.word("确定", "certain"), self.condition(inner))
            }
            Condition::Review(inner) => {
                format!("{}({})", self.word("人工", "review"), self.condition(inner))
            }
            Condition::Criterion(index) => format!("“{}”", self.criterion(*index)),
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.inner(part)).collect();
        parts.join(word)
    }

    /// Prints a condition inside another one, in brackets if it is itself a
    /// list of conditions.
    fn inner(&self, condition: &Condition) -> String {
        let text = self.condition(condition);
        match condition {
            Condition::All(_) | Condition::Any(_) => format!("({text})"),
            _ => text,
        }
    }

    fn choices(&self, index: ChoicesAt) -> String {
        let Some(set) = self.policy.tables.choices.get(index.place()) else {
            return String::new();
        };
        let Some(fact) = self.dictionary.fact(&set.fact) else { return String::new() };
        let field = set.field.as_ref().and_then(|id| fact.fields.iter().find(|it| it.id == *id));
        let (name, values) = match field {
            Some(field) => (self.lang.pick(&field.name, &field.label.en), &field.values),
            None => (self.name_of(fact), &fact.values),
        };
        let made: Vec<&str> = set
            .values
            .iter()
            .filter_map(|id| values.iter().find(|it| it.id == *id))
            .map(|choice| self.lang.pick(&choice.name, &choice.en))
            .collect();
        let of = self.word("属于", "in");
        format!("{name} {of} {{{}}}", made.join(self.word("、", ", ")))
    }

    fn unit(&self, number: &Number) -> Option<Unit> {
        unit(number, self.policy, self.dictionary)
    }

    /// Prints a number. Literals take the unit of what they are compared or
    /// calculated with, given by `around`.
    pub(crate) fn number(&self, number: &Number, around: Option<Unit>) -> String {
        let of = self.unit(number).or(around);
        // In sums only money passes its unit on: what is added to a day is a
        // number of days, and beside a ratio a plain number reads best.
        let term = of.filter(|unit| *unit == Unit::Yuan);
        let list = |numbers: &[Number], unit: Option<Unit>| -> Vec<String> {
            numbers.iter().map(|number| self.number(number, unit)).collect()
        };
        let binary = |a: &Number, sign: &str, b: &Number, unit: Option<Unit>| {
            format!("{} {sign} {}", self.operand(a, unit), self.operand(b, unit))
        };
        match number {
            Number::Constant(value) => literal(*value, around, self.lang),
            Number::Fact(index) => self.name(*index),
            Number::Field(index) => self.field(*index),
            Number::Yearly(index, year) => {
                format!("{}[{}]", self.name(*index), self.year_name(*year))
            }
            Number::SumYears(index, from, to) => {
                format!("{}({}[{from}..{to}])", self.word("合计", "sum"), self.name(*index))
            }
            Number::MeanYears(index, from, to) => {
                format!("{}({}[{from}..{to}])", self.word("平均", "mean"), self.name(*index))
            }
            Number::Graded(index) => {
                format!("{}({})", self.word("自评", "graded"), self.name(*index))
            }
            Number::Cell(cell) => {
                let fact = self.fact(cell.fact);
                let side = fact.and_then(|fact| fact.sides.get(usize::from(cell.side)));
                let side = side.map_or("", |side| self.lang.pick(&side.name, &side.en));
                let (name, year) = (self.name(cell.fact), self.year_name(cell.year));
                format!(
                    "{}({name}[{year}], {side}, {})",
                    self.word("取值", "cell"),
                    self.field(cell.field)
                )
            }
            Number::AsOf => self.word("申报日", "today").to_owned(),
            Number::YearOf(inner) => {
                format!("{}({})", self.word("年份", "year"), self.number(inner, Some(Unit::Date)))
            }
            Number::Sum(parts) => {
                // What is added as a whole keeps its brackets, so that it reads back
                // as the same formula.
                let mut texts = list(parts, term);
                for (text, part) in texts.iter_mut().zip(parts).skip(1) {
                    if matches!(part, Number::Minus(..) | Number::Sum(_)) {
                        *text = format!("({text})");
                    }
                }
                texts.join(" + ")
            }
            Number::Minus(a, b) => {
                let is_date = |number: &Number| self.unit(number) == Some(Unit::Date);
                let between = is_day(a) && is_date(b) || is_date(a) && is_day(b);
                binary(a, "-", b, if between { Some(Unit::Date) } else { term })
            }
            // One factor is a share, or says how many times.
            Number::Times(a, b) => {
                let times = [a, b].iter().any(|it| is_whole(it));
                binary(a, "*", b, if times { None } else { Some(Unit::Ratio) })
            }
            Number::Over(a, b) => binary(a, "/", b, None),
            Number::Max(parts) => {
                format!("{}({})", self.word("取大", "max"), list(parts, of).join(", "))
            }
            Number::Min(parts) => {
                format!("{}({})", self.word("取小", "min"), list(parts, of).join(", "))
            }
            Number::If(condition, a, b) => format!(
                "{}({}, {}, {})",
                self.word("若", "if"),
                self.condition(condition),
                self.number(a, of),
                self.number(b, of)
            ),
            Number::Count(index, condition) => {
                format!(
                    "{}({}, {})",
                    self.word("计数", "count"),
                    self.name(*index),
                    self.condition(condition)
                )
            }
            Number::Points(index) => {
                format!("{}(“{}”)", self.word("得分", "points"), self.criterion(*index))
            }
        }
    }

    fn year_name(&self, year: i8) -> String {
        match (year, self.lang) {
            (0, Lang::Zh) => "今年".to_owned(),
            (-1, Lang::Zh) => "去年".to_owned(),
            (-2, Lang::Zh) => "前年".to_owned(),
            (-3, Lang::Zh) => "大前年".to_owned(),
            (other, _) => other.to_string(),
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

/// Whether a literal is a whole number of times, and more than one.
fn is_whole(number: &Number) -> bool {
    let whole = |value: &Fraction| *value == Fraction::whole(value.floor());
    matches!(number, Number::Constant(value) if *value > Fraction::ONE && whole(value))
}

fn literal(value: Fraction, unit: Option<Unit>, lang: Lang) -> String {
    match unit {
        // The language compares a ratio with nothing else.
        Some(Unit::Ratio) if value.signum() > 0 => bound_text(value, Unit::Ratio),
        Some(Unit::Date) => day(value).unwrap_or_else(|| value.to_decimal_or_ratio()),
        Some(Unit::Yuan) if lang == Lang::Zh => format!("{}元", plain(value)),
        _ if lang == Lang::En => value.to_decimal_or_ratio(),
        _ => plain(value),
    }
}

/// Prints a number in 亿 or 万 where that leaves a whole number.
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

/// Prints a day number as a date; `None` outside the calendar.
fn day(value: Fraction) -> Option<String> {
    Date::from_day_number(i32::try_from(value.floor()).ok()?).map(|day| day.to_string())
}

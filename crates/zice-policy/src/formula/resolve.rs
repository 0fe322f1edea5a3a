//! Resolves names to facts, fields, choices and criteria, and checks types and
//! units.

use core::ops::Range;
use std::{cell::RefCell, collections::BTreeMap, collections::BTreeSet};

use zice_rules::{
    dictionary::{Choice, Dictionary, Fact, Field, Kind},
    formula::Cell,
    fraction::Fraction,
    place::{ChoicesAt, CriterionAt, FactAt, FieldAt},
    program::{ChoiceSet, Tables},
};

use super::{
    FormulaError, Unit,
    compatibility::{common, is_plain, sum_unit, unit_of},
    parser::{Node, Tree, parse},
};
use crate::tree::{Condition, Number};

/// Everything a formula may refer to where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub dictionary: &'a Dictionary,
    /// Ids of the criteria above this one; formulas can't look ahead.
    pub criteria: &'a [String],
    /// Whether each of those criteria leaves something for a person to judge.
    pub judged: &'a [bool],
    /// Named formulas of the file, if it may use them.
    pub defines: Option<&'a Defines>,
    /// The list or side whose fields may be named.
    pub fields: Fields<'a>,
    /// Years added to every year in the formula; indicators use it to look at
    /// several years in turn.
    pub shift: i8,
}

impl<'a> Scope<'a> {
    /// A scope with the dictionary's facts only: no criteria, fields or named
    /// formulas.
    pub(crate) const fn plain(dictionary: &'a Dictionary) -> Self {
        Self {
            dictionary,
            criteria: &[],
            judged: &[],
            defines: None,
            fields: Fields::None,
            shift: 0,
        }
    }
}

/// The fields that a formula may name.
#[derive(Clone, Copy)]
pub(crate) enum Fields<'a> {
    None,
    /// The fields of an entry of this list.
    List(&'a Fact),
    /// The fields of one side of a fact, in last year plus the scope's shift.
    Side(&'a Fact, u8),
}

/// Named formulas by name, and the names that some formula used.
#[derive(Debug, Default)]
pub(crate) struct Defines {
    pub texts: BTreeMap<String, String>,
    pub used: RefCell<BTreeSet<String>>,
}

/// How many levels of named formulas may build on each other. Also stops
/// circles.
const MAX_DEFINES: u8 = 8;

/// A checked formula: a condition, or a number with its unit.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    Condition(Condition),
    Number(Number, Unit),
}

/// The tables of facts, fields and choices that the compiled formulas point
/// into.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    pub tables: Tables,
}

impl TableBuilder {
    pub(crate) fn fact(&mut self, id: &str) -> Result<FactAt, String> {
        intern(&mut self.tables.facts, id.to_owned()).map(FactAt::new)
    }

    pub(crate) fn field(&mut self, fact: &str, field: &str) -> Result<FieldAt, String> {
        intern(&mut self.tables.fields, (fact.to_owned(), field.to_owned())).map(FieldAt::new)
    }

    fn choices(&mut self, set: ChoiceSet) -> Result<ChoicesAt, String> {
        intern(&mut self.tables.choices, set).map(ChoicesAt::new)
    }
}

fn intern<T: PartialEq>(table: &mut Vec<T>, entry: T) -> Result<u16, String> {
    let at = table.iter().position(|known| *known == entry).unwrap_or_else(|| {
        table.push(entry);
        table.len() - 1
    });
    u16::try_from(at).map_err(|_| "条目过多 / too many entries".to_owned())
}

/// Compiles the text of a formula, adding what it refers to to `tables`.
pub(crate) fn compile(
    text: &str,
    scope: &Scope<'_>,
    tables: &mut TableBuilder,
) -> Result<Typed, FormulaError> {
    let tree = parse(text)?;
    let fields = scope.fields;
    Resolver { scope, tables, fields, defines: 0, inside_if: false }.any(&tree)
}

pub(super) struct Resolver<'a, 'b> {
    pub scope: &'a Scope<'a>,
    pub tables: &'b mut TableBuilder,
    /// The fields that may be named at this point.
    pub fields: Fields<'a>,
    /// The number of named formulas that this one is nested in.
    pub defines: u8,
    /// Whether this is the condition of an 若(…). Nothing in it may be left to
    /// a person, because nobody could say which branch is the better one.
    pub inside_if: bool,
}

/// What a name stands for: a fact, or a field of the current list or side.
pub(super) enum Named<'a> {
    Fact(&'a Fact),
    Field(&'a Fact, &'a Field),
}

impl<'a> Resolver<'a, '_> {
    pub(super) fn any(&mut self, tree: &Tree) -> Result<Typed, FormulaError> {
        let at = &tree.span;
        Ok(match &tree.node {
            Node::Number(value, unit) => Typed::Number(Number::Constant(*value), *unit),
            Node::Date(date) => {
                let day = Fraction::whole(i128::from(date.day_number()));
                Typed::Number(Number::Constant(day), Unit::Date)
            }
            Node::Bool(value) => Typed::Condition(Condition::Constant(*value)),
            Node::Name(name) => self.name(name, at)?,
            Node::Years(name, from, to) => self.years(name, *from, *to, at)?,
            Node::Call(name, arguments) => self.call(name, arguments, at)?,
            Node::Not(inner) => Typed::Condition(Condition::Not(Box::new(self.condition(inner)?))),
            Node::Negative(inner) => {
                let (number, unit) = self.number(inner)?;
                if unit == Unit::Date {
                    return Err(no_sense(at));
                }
                let zero = Number::Constant(Fraction::ZERO);
                let negative = match number {
                    Number::Constant(value) => {
                        Number::Constant(value.neg().map_err(|_| too_large(at))?)
                    }
                    other => Number::Minus(Box::new(zero), Box::new(other)),
                };
                Typed::Number(negative, unit)
            }
            Node::All(parts) => Typed::Condition(Condition::All(self.conditions(parts)?)),
            Node::Any(parts) => Typed::Condition(Condition::Any(self.conditions(parts)?)),
            Node::Compare(comparison, left, right) => {
                let (left_number, left_unit) = self.number(left)?;
                let (right_number, right_unit) = self.number(right)?;
                if common(left_unit, right_unit, &left_number, &right_number).is_none() {
                    return Err(FormulaError::new(
                        at.clone(),
                        format!("不能比较：左边是{left_unit}，右边是{right_unit} / units differ"),
                    ));
                }
                let (left, right) = (Box::new(left_number), Box::new(right_number));
                Typed::Condition(Condition::Compare(*comparison, left, right))
            }
            Node::OneOf(subject, choices) => self.one_of(subject, choices)?,
            Node::Arithmetic(sign, left, right) => self.arithmetic(*sign, left, right, at)?,
        })
    }

    fn conditions(&mut self, trees: &[Tree]) -> Result<Vec<Condition>, FormulaError> {
        trees.iter().map(|tree| self.condition(tree)).collect()
    }

    pub(super) fn condition(&mut self, tree: &Tree) -> Result<Condition, FormulaError> {
        match self.any(tree)? {
            Typed::Condition(condition) => Ok(condition),
            Typed::Number(_, unit) => Err(FormulaError::new(
                tree.span.clone(),
                format!("这里应是条件，却是{unit} / a condition is needed here"),
            )),
        }
    }

    pub(super) fn number(&mut self, tree: &Tree) -> Result<(Number, Unit), FormulaError> {
        match self.any(tree)? {
            Typed::Number(number, unit) => Ok((number, unit)),
            Typed::Condition(_) => Err(FormulaError::new(
                tree.span.clone(),
                "这里应是数值，却是条件 / a number is needed here".to_owned(),
            )),
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<Named<'a>> {
        if let Fields::List(owner) | Fields::Side(owner, _) = self.fields {
            let field = owner.fields.iter().find(|it| it.name == name || it.id == name);
            if let Some(field) = field {
                return Some(Named::Field(owner, field));
            }
        }
        let facts = &self.scope.dictionary.facts;
        facts.iter().find(|it| it.name == name || it.id == name).map(Named::Fact)
    }

    /// Resolves a named formula as if its text stood here; `None` if there is
    /// none of that name.
    fn define(&mut self, name: &str, at: &Range<usize>) -> Option<Result<Typed, FormulaError>> {
        let defines = self.scope.defines?;
        let text = defines.texts.get(name)?;
        defines.used.borrow_mut().insert(name.to_owned());
        if self.defines >= MAX_DEFINES {
            let message =
                format!("{name} 的定义层层相套 / {name} is defined through too many others");
            return Some(Err(FormulaError::new(at.clone(), message)));
        }
        self.defines += 1;
        let typed = parse(text).and_then(|tree| self.any(&tree));
        self.defines -= 1;
        Some(typed.map_err(|error| {
            FormulaError::new(at.clone(), format!("“{name}”的定义里：{}", error.message))
        }))
    }

    fn name(&mut self, name: &str, at: &Range<usize>) -> Result<Typed, FormulaError> {
        if name == "申报日" || name == "today" {
            return Ok(Typed::Number(Number::AsOf, Unit::Date));
        }
        if let Some(index) = self.criterion(name) {
            self.no_judgement(index, at)?;
            return Ok(Typed::Condition(Condition::Criterion(index)));
        }
        if let Some(typed) = self.define(name, at) {
            return typed;
        }
        let full = |message: String| FormulaError::new(at.clone(), message);
        match self.find(name) {
            None => Err(full(self.unknown(name))),
            Some(Named::Fact(fact)) if fact.yearly => Err(full(format!(
                "{name} 按年度填写，请写明年度，如 {name}[去年] / a year is missing"
            ))),
            Some(Named::Fact(fact)) => {
                let index = self.tables.fact(&fact.id).map_err(full)?;
                match fact.kind {
                    Kind::Bool => Ok(Typed::Condition(Condition::Fact(index))),
                    kind if kind.is_number() => {
                        Ok(Typed::Number(Number::Fact(index), unit_of(kind)))
                    }
                    _ => Err(full(format!("{name} 不能直接计算 / can't be calculated with"))),
                }
            }
            Some(Named::Field(owner, field)) => {
                let index = self.tables.field(&owner.id, &field.id).map_err(full)?;
                if let Fields::Side(_, side) = self.fields {
                    let number = self.cell(owner, -1, side, field, at)?;
                    return Ok(Typed::Number(number, unit_of(field.kind)));
                }
                match field.kind {
                    Kind::Bool => Ok(Typed::Condition(Condition::Field(index))),
                    kind if kind.is_number() => {
                        Ok(Typed::Number(Number::Field(index), unit_of(kind)))
                    }
                    _ => Err(full(format!("{name} 不能直接计算 / can't be calculated with"))),
                }
            }
        }
    }

    /// A figure of one side of a fact. `year` counts from the year of
    /// application, before the scope's shift.
    pub(super) fn cell(
        &mut self,
        fact: &Fact,
        year: i8,
        side: u8,
        field: &Field,
        at: &Range<usize>,
    ) -> Result<Number, FormulaError> {
        let full = |message: String| FormulaError::new(at.clone(), message);
        if !field.kind.is_number() {
            return Err(full(format!("{} 不能直接计算 / can't be calculated with", field.name)));
        }
        let cell = Cell {
            fact: self.tables.fact(&fact.id).map_err(full)?,
            year: year.saturating_add(self.scope.shift),
            side,
            field: self.tables.field(&fact.id, &field.id).map_err(full)?,
        };
        Ok(Number::Cell(cell))
    }

    pub(super) fn criterion(&self, id: &str) -> Option<CriterionAt> {
        let at = self.scope.criteria.iter().position(|known| known == id)?;
        u16::try_from(at).ok().map(CriterionAt::new)
    }

    /// Fails if the condition of an 若(…) refers to a criterion that a person
    /// has to judge.
    pub(super) fn no_judgement(
        &self,
        index: CriterionAt,
        at: &Range<usize>,
    ) -> Result<(), FormulaError> {
        let judged = self.scope.judged.get(index.place()) == Some(&true);
        if !self.inside_if || !judged {
            return Ok(());
        }
        let message = "若(…) 的条件里不能用要由人判断的条件 / no review inside if";
        Err(FormulaError::new(at.clone(), message.to_owned()))
    }

    /// The message for an unknown name, with the closest known name as a
    /// suggestion.
    pub(super) fn unknown(&self, name: &str) -> String {
        let fields = match self.fields {
            Fields::None => &[][..],
            Fields::List(owner) | Fields::Side(owner, _) => &owner.fields,
        };
        let defines = self.scope.defines.into_iter().flat_map(|it| it.texts.keys());
        let names = fields
            .iter()
            .flat_map(|it| [&it.name, &it.id])
            .chain(self.scope.dictionary.facts.iter().flat_map(|it| [&it.name, &it.id]))
            .chain(self.scope.criteria)
            .chain(defines);
        let nearest = names
            .map(|known| (distance(known, name), known))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, known)| *distance * 2 <= known.chars().count().max(2));
        match nearest {
            Some((_, known)) => format!("没有叫 {name} 的指标，是不是 {known}？ / unknown name"),
            None => format!("没有叫 {name} 的指标 / unknown name"),
        }
    }

    fn years(
        &mut self,
        name: &str,
        from: i8,
        to: i8,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let (fact, unit) = self.yearly(name, at)?;
        if from != to {
            return Err(FormulaError::new(
                at.clone(),
                format!("多个年度要写成 合计({name}[…]) / several years need a sum"),
            ));
        }
        Ok(Typed::Number(Number::Yearly(fact, self.shifted(from)), unit))
    }

    pub(super) const fn shifted(&self, year: i8) -> i8 {
        year.saturating_add(self.scope.shift)
    }

    pub(super) fn yearly(
        &mut self,
        name: &str,
        at: &Range<usize>,
    ) -> Result<(FactAt, Unit), FormulaError> {
        let full = |message: String| FormulaError::new(at.clone(), message);
        match self.find(name) {
            Some(Named::Fact(fact)) if fact.yearly && fact.kind.is_number() => {
                Ok((self.tables.fact(&fact.id).map_err(full)?, unit_of(fact.kind)))
            }
            Some(_) => Err(full(format!("{name} 不按年度填写 / not a yearly fact"))),
            None => Err(full(self.unknown(name))),
        }
    }

    fn one_of(
        &mut self,
        subject: &Tree,
        chosen: &[(String, Range<usize>)],
    ) -> Result<Typed, FormulaError> {
        let named = match &subject.node {
            Node::Name(name) => self.find(name).map(|named| (name, named)),
            _ => None,
        };
        let not_a_choice = || {
            FormulaError::new(
                subject.span.clone(),
                "属于 的左边应是选择题 / a choice is needed".to_owned(),
            )
        };
        let (name, named) = named.ok_or_else(not_a_choice)?;
        let (fact, field, kind, values): (&Fact, Option<&str>, Kind, &[Choice]) = match named {
            Named::Fact(fact) => (fact, None, fact.kind, &fact.values),
            Named::Field(list, field) => (list, Some(&field.id), field.kind, &field.values),
        };
        if !matches!(kind, Kind::Enum | Kind::EnumList) {
            return Err(not_a_choice());
        }
        let mut accepted = Vec::with_capacity(chosen.len());
        for (word, span) in chosen {
            let choice = values.iter().find(|it| it.name == *word || it.id == *word);
            let choice = choice.ok_or_else(|| {
                let known: Vec<&str> = values.iter().map(|it| it.name.as_str()).collect();
                let known = known.join("、");
                FormulaError::new(
                    span.clone(),
                    format!("{name} 没有选项 {word}，可选：{known} / unknown choice"),
                )
            })?;
            accepted.push(choice.id.clone());
        }
        // A fact named here is asked for, so it goes into the table; a field is
        // reached through its list.
        if field.is_none() {
            self.tables.fact(&fact.id).map_err(|text| FormulaError::new(0..0, text))?;
        }
        let set =
            ChoiceSet { fact: fact.id.clone(), field: field.map(str::to_owned), values: accepted };
        let index = self
            .tables
            .choices(set)
            .map_err(|text| FormulaError::new(subject.span.clone(), text))?;
        Ok(Typed::Condition(Condition::OneOf(index)))
    }

    fn arithmetic(
        &mut self,
        sign: char,
        left: &Tree,
        right: &Tree,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let (a, unit_a) = self.number(left)?;
        let (b, unit_b) = self.number(right)?;
        let unit = match sign {
            '+' | '-' => sum_unit(sign, unit_a, unit_b),
            '*' => match (is_plain(unit_a), is_plain(unit_b)) {
                _ if unit_a == Unit::Date || unit_b == Unit::Date => None,
                (true, _) => Some(unit_b),
                (_, true) => Some(unit_a),
                _ => None,
            },
            _ => match (unit_a, unit_b) {
                (Unit::Date, _) | (_, Unit::Date) => None,
                (unit, plain) if is_plain(plain) => Some(unit),
                (a, b) if a == b => Some(Unit::Ratio),
                _ => None,
            },
        };
        let unit = unit.ok_or_else(|| {
            FormulaError::new(
                at.clone(),
                format!("{unit_a} {sign} {unit_b} 没有意义 / units do not go together"),
            )
        })?;
        let (a, b) = (Box::new(a), Box::new(b));
        let number = match sign {
            '+' => Number::Sum(vec![*a, *b]),
            '-' => Number::Minus(a, b),
            '*' => Number::Times(a, b),
            _ => Number::Over(a, b),
        };
        Ok(Typed::Number(number, unit))
    }
}

fn no_sense(at: &Range<usize>) -> FormulaError {
    FormulaError::new(at.clone(), "对日期这样计算没有意义 / makes no sense for a date".to_owned())
}

fn too_large(at: &Range<usize>) -> FormulaError {
    FormulaError::new(at.clone(), "数字过大 / number too large".to_owned())
}

/// The number of letters in which two names differ (edit distance), for "did
/// you mean".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut corner = at;
        let mut left = at + 1;
        for (other, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = if letter == *other { corner } else { corner.min(*above).min(left) + 1 };
            corner = *above;
            *above = cost;
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

//! Resolves the functions of the language: `合计(…)`, `计数(…)`, `若(…)` and so
//! on.

use core::ops::Range;

use zice_rules::{dictionary::Kind, place::FactAt};

use super::{
    FormulaError, Unit,
    compatibility::{same, unit_of},
    parser::{Node, Tree, year_word},
    resolve::{Fields, Named, Resolver, Typed},
};
use crate::tree::{Condition, Number};

impl Resolver<'_, '_> {
    /// Resolves a call by the function's name in either language.
    pub(super) fn call(
        &mut self,
        name: &str,
        arguments: &[Tree],
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let full = |message: &str| FormulaError::new(at.clone(), message.to_owned());
        match (name, arguments) {
            ("合计" | "sum", [Tree { node: Node::Years(fact, from, to), span }]) => {
                self.over_years(fact, [*from, *to], span, Number::SumYears)
            }
            ("平均" | "mean", [Tree { node: Node::Years(fact, from, to), span }]) => {
                self.over_years(fact, [*from, *to], span, Number::MeanYears)
            }
            ("合计" | "sum", _) => {
                Err(full("合计(…) 里写一个按年度的指标，如 合计(销售收入[近三年]) / sum of years"))
            }
            ("计数" | "count", [list, condition]) => self.count(list, condition, at),
            ("取大" | "max", [_, ..]) => self.extreme(arguments, Number::Max),
            ("取小" | "min", [_, ..]) => self.extreme(arguments, Number::Min),
            ("年份" | "year", [day]) => self.year_of(day, at),
            ("若" | "if", [condition, then, otherwise]) => {
                self.either(condition, then, otherwise, at)
            }
            ("自评" | "graded", [_]) if self.inside_if => {
                Err(full("若(…) 的条件里不能用 自评(…) / no review inside if"))
            }
            ("自评" | "graded", [Tree { node: Node::Name(name), span }]) => {
                self.graded(name, span, at)
            }
            ("有年度" | "has_year", [Tree { node: Node::Name(word), span }]) => {
                self.has_year(word, span)
            }
            ("地区" | "within", [Tree { node: Node::Name(name), span }, digits]) => {
                self.within(name, span, digits, at)
            }
            ("取值" | "cell", [fact, side, field]) => self.side_figure(fact, side, field, at),
            ("人工" | "review", [_]) if self.inside_if => {
                Err(full("若(…) 的条件里不能用 人工(…) / no review inside if"))
            }
            ("人工" | "review", [inner]) => {
                Ok(Typed::Condition(Condition::Review(Box::new(self.condition(inner)?))))
            }
            ("未填" | "blank", [Tree { node: Node::Name(name), .. }]) => {
                let given = self.given(name, at)?;
                Ok(Typed::Condition(Condition::Not(Box::new(given))))
            }
            ("已填" | "given", [Tree { node: Node::Name(name), .. }]) => {
                Ok(Typed::Condition(self.given(name, at)?))
            }
            ("确定" | "certain", [inner]) => {
                Ok(Typed::Condition(Condition::Certain(Box::new(self.condition(inner)?))))
            }
            ("得分" | "points", [Tree { node: Node::Name(id), span }]) => self.points(id, span),
            _ => Err(full("不认识的函数，或参数不对 / unknown function or wrong arguments")),
        }
    }

    /// Resolves `合计(…)` or `平均(…)` of a yearly fact.
    fn over_years(
        &mut self,
        fact: &str,
        [from, to]: [i8; 2],
        span: &Range<usize>,
        number: fn(FactAt, i8, i8) -> Number,
    ) -> Result<Typed, FormulaError> {
        let (fact, unit) = self.yearly(fact, span)?;
        Ok(Typed::Number(number(fact, self.shifted(from), self.shifted(to)), unit))
    }

    /// Resolves `计数(list, condition)`; the condition is about an entry.
    fn count(
        &mut self,
        list: &Tree,
        condition: &Tree,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let fact = match &list.node {
            Node::Name(name) => match self.find(name) {
                Some(Named::Fact(fact))
                    if fact.kind == Kind::List || (fact.kind == Kind::Object && !fact.yearly) =>
                {
                    Some(fact)
                }
                _ => None,
            },
            _ => None,
        };
        let fact = fact.ok_or_else(|| {
            let message = "这里应是清单名 / a list is needed".to_owned();
            FormulaError::new(list.span.clone(), message)
        })?;
        let index = self.tables.fact(&fact.id);
        let index = index.map_err(|text| FormulaError::new(at.clone(), text))?;
        let outer = core::mem::replace(&mut self.fields, Fields::List(fact));
        let condition = self.condition(condition);
        self.fields = outer;
        Ok(Typed::Number(Number::Count(index, Box::new(condition?)), Unit::Count))
    }

    /// Resolves `取大(…)` or `取小(…)` of numbers in one unit.
    fn extreme(
        &mut self,
        arguments: &[Tree],
        number: fn(Vec<Number>) -> Number,
    ) -> Result<Typed, FormulaError> {
        let mut numbers = Vec::with_capacity(arguments.len());
        let mut unit = None;
        for argument in arguments {
            let (one, own) = self.number(argument)?;
            let joined = unit.map_or(Some(own), |unit| same(unit, own));
            unit = Some(joined.ok_or_else(|| {
                let message = "单位不一致 / units differ".to_owned();
                FormulaError::new(argument.span.clone(), message)
            })?);
            numbers.push(one);
        }
        Ok(Typed::Number(number(numbers), unit.unwrap_or(Unit::Bare)))
    }

    /// Resolves `年份(…)` of a day, or of a year that is a whole number already.
    fn year_of(&mut self, day: &Tree, at: &Range<usize>) -> Result<Typed, FormulaError> {
        match self.number(day)? {
            (number, Unit::Date) => Ok(Typed::Number(Number::YearOf(Box::new(number)), Unit::Year)),
            (number, Unit::Count) => Ok(Typed::Number(number, Unit::Year)),
            _ => {
                let message = "年份(…) 里应是日期或整数 / a date is needed".to_owned();
                Err(FormulaError::new(at.clone(), message))
            }
        }
    }

    /// Resolves `若(condition, then, otherwise)`.
    fn either(
        &mut self,
        condition: &Tree,
        then: &Tree,
        otherwise: &Tree,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let outer = core::mem::replace(&mut self.inside_if, true);
        let condition = self.condition(condition);
        self.inside_if = outer;
        let (then, a) = self.number(then)?;
        let (otherwise, b) = self.number(otherwise)?;
        let unit = same(a, b)
            .ok_or_else(|| FormulaError::new(at.clone(), "单位不一致 / units differ".to_owned()))?;
        let (then, otherwise) = (Box::new(then), Box::new(otherwise));
        Ok(Typed::Number(Number::If(Box::new(condition?), then, otherwise), unit))
    }

    /// Resolves `自评(…)` of points that the company gives itself.
    fn graded(
        &mut self,
        name: &str,
        span: &Range<usize>,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let full = |message: String| FormulaError::new(at.clone(), message);
        match self.find(name) {
            Some(Named::Fact(fact)) if fact.kind == Kind::Points => {
                let index = self.tables.fact(&fact.id).map_err(full)?;
                Ok(Typed::Number(Number::Graded(index), Unit::Points))
            }
            Some(_) => Err(full("自评(…) 里应是自评分 / points are needed".to_owned())),
            None => Err(FormulaError::new(span.clone(), self.unknown(name))),
        }
    }

    /// Resolves `有年度(…)`: whether the company existed in a fiscal year.
    fn has_year(&self, word: &str, span: &Range<usize>) -> Result<Typed, FormulaError> {
        let year = year_word(word).ok_or_else(|| {
            let message = "这里应是 去年、前年、大前年 之一 / a year is needed".to_owned();
            FormulaError::new(span.clone(), message)
        })?;
        Ok(Typed::Condition(Condition::HasYear(self.shifted(year))))
    }

    /// Resolves `地区(text, digits)`: whether a text begins with these digits.
    fn within(
        &mut self,
        name: &str,
        span: &Range<usize>,
        digits: &Tree,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let full = |message: String| FormulaError::new(at.clone(), message);
        let Node::Number(number, Unit::Bare) = &digits.node else {
            let message = "地区(…) 的第二项应是区划代码的前几位 / digits are needed";
            return Err(full(message.to_owned()));
        };
        match self.find(name) {
            Some(Named::Fact(fact)) if fact.kind == Kind::Text => {
                let index = self.tables.fact(&fact.id).map_err(full)?;
                let digits = number.to_decimal_or_ratio();
                Ok(Typed::Condition(Condition::Within(index, digits)))
            }
            Some(_) => Err(full("地区(…) 里应是文字 / a text is needed".to_owned())),
            None => Err(FormulaError::new(span.clone(), self.unknown(name))),
        }
    }

    /// Resolves `得分(…)`: the points of a criterion above.
    fn points(&self, id: &str, span: &Range<usize>) -> Result<Typed, FormulaError> {
        let index = self.criterion(id).ok_or_else(|| {
            let message = format!("上文没有 {id} 这一项 / no such criterion above");
            FormulaError::new(span.clone(), message)
        })?;
        self.no_judgement(index, span)?;
        Ok(Typed::Number(Number::Points(index), Unit::Points))
    }

    /// The condition that a fact or field was answered. Fails for yearly facts.
    fn given(&mut self, name: &str, at: &Range<usize>) -> Result<Condition, FormulaError> {
        let full = |message: String| FormulaError::new(at.clone(), message);
        match self.find(name) {
            Some(Named::Fact(fact)) if !fact.yearly => {
                Ok(Condition::Given(self.tables.fact(&fact.id).map_err(full)?))
            }
            Some(Named::Field(owner, field)) if matches!(self.fields, Fields::List(_)) => {
                let index = self.tables.field(&owner.id, &field.id).map_err(full)?;
                Ok(Condition::GivenField(index))
            }
            Some(_) => {
                Err(full("已填(…) 不能用于按年度填写的指标 / not for yearly facts".to_owned()))
            }
            None => Err(full(self.unknown(name))),
        }
    }

    /// Resolves `取值(fact[year], side, field)`, one figure of a fact with
    /// sides.
    fn side_figure(
        &mut self,
        fact: &Tree,
        side: &Tree,
        field: &Tree,
        at: &Range<usize>,
    ) -> Result<Typed, FormulaError> {
        let (Node::Years(name, from, to), Node::Name(side_name), Node::Name(field_name)) =
            (&fact.node, &side.node, &field.node)
        else {
            return Err(FormulaError::new(
                at.clone(),
                "应写成 取值(合同数据[去年], 收入方, 已履行份数) / fact[year], side, field"
                    .to_owned(),
            ));
        };
        let facts = &self.scope.dictionary.facts;
        let owner = facts
            .iter()
            .find(|it| (it.name == *name || it.id == *name) && !it.sides.is_empty() && from == to);
        let owner = owner.ok_or_else(|| {
            let message =
                "这里应是分收支的一个年度，如 合同数据[去年] / one year of a fact with sides";
            FormulaError::new(fact.span.clone(), message.to_owned())
        })?;
        let side = owner
            .sides
            .iter()
            .position(|it| it.name == *side_name || it.id == *side_name)
            .and_then(|at| u8::try_from(at).ok())
            .ok_or_else(|| {
                let known: Vec<&str> = owner.sides.iter().map(|it| it.name.as_str()).collect();
                let message = format!("可选：{} / unknown side", known.join("、"));
                FormulaError::new(side.span.clone(), message)
            })?;
        let found = owner.fields.iter().find(|it| it.name == *field_name || it.id == *field_name);
        let found = found.ok_or_else(|| {
            let message = format!("{name} 没有 {field_name} 这一栏 / unknown field");
            FormulaError::new(field.span.clone(), message)
        })?;
        let number = self.cell(owner, *from, side, found, at)?;
        Ok(Typed::Number(number, unit_of(found.kind)))
    }
}

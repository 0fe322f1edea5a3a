//! Why a criterion stands as it does, in sentences with the user's figures.
//!
//! Only what decides is said: of conditions that must all hold and do not,
//! the ones that fail. The words here are those of arithmetic; the words of
//! a rule come from its policy.

use super::format;
use crate::{
    assess::{Assessment, Evaluator, Lens, Status, needs_a_person, passes_from},
    company::Answer,
    dictionary::{Dictionary, Fact, Kind},
    formula::{Comparison, Condition, Number},
    fraction::{Fraction, Overflow},
    policy::{Basis, Criterion, Part, Rule, Unit},
    range::{Range, Undefined},
    text::Lang,
    truth::Truth,
};

/// Writes sentences about one assessment in one language.
pub(super) struct Explainer<'a> {
    pub assessment: &'a Assessment<'a>,
    pub dictionary: &'a Dictionary,
    pub lang: Lang,
}

impl Explainer<'_> {
    const fn evaluator(&self) -> Evaluator<'_> {
        self.assessment.evaluator()
    }

    const fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    fn fact(&self, index: u16) -> Option<&Fact> {
        let at = self.assessment.policy.links.facts.get(usize::from(index))?;
        self.dictionary.facts.get(*at)
    }

    fn join(&self, parts: &[String]) -> String {
        parts.join(self.pick("；", "; "))
    }

    /// The sentence of a criterion.
    pub(super) fn criterion(&self, at: usize, criterion: &Criterion) -> Result<String, Overflow> {
        if needs_a_person(&self.evaluator(), criterion)? {
            return Ok(self.person(criterion));
        }
        match &criterion.rule {
            Rule::Holds { when, .. } => {
                let mut parts = Vec::new();
                self.condition(when, &mut parts)?;
                Ok(self.join(&parts))
            }
            Rule::Points { best_of, .. } => self.points(at, best_of),
            Rule::Total { of, needs, strict, also, .. } => {
                let mut parts = vec![self.total(at, of, passes_from(*needs, *strict))?];
                if let Some(also) = also
                    && self.evaluator().truth(also, Lens::Worst, None)? != Truth::True {
                        self.condition(also, &mut parts)?;
                    }
                Ok(self.join(&parts))
            }
        }
    }

    fn person(&self, criterion: &Criterion) -> String {
        let because: Vec<String> = criterion
            .review
            .iter()
            .filter(|case| {
                let truth = self.evaluator().truth(&case.when, Lens::Worst, None);
                truth == Ok(Truth::True)
            })
            .map(|case| case.because.get(self.lang).to_owned())
            .collect();
        if because.is_empty() {
            return self
                .pick("现有资料未写明，需向受理部门确认", "the sources leave this open: ask the office in charge")
                .to_owned();
        }
        self.join(&because)
    }

    /// Adds what decides a condition.
    fn condition(&self, condition: &Condition, parts: &mut Vec<String>) -> Result<(), Overflow> {
        let truth = self.evaluator().truth(condition, Lens::Worst, None)?;
        match condition {
            Condition::Constant(_) | Condition::Field(_) => {}
            Condition::Fact(index) => {
                if let Some(fact) = self.fact(*index) {
                    let answer = match truth {
                        Truth::True => self.pick("是", "yes"),
                        Truth::False => self.pick("否", "no"),
                        Truth::Unknown => self.pick("未填", "not answered"),
                    };
                    let short = fact.short.get(self.lang);
                    parts.push(format!("{short}{}{answer}", self.pick("：", ": ")));
                }
            }
            Condition::OneOf(index) => self.choice(*index, parts),
            Condition::Not(inner) => self.condition(inner, parts)?,
            Condition::Review(inner) => {
                let inner_truth = self.evaluator().truth(inner, Lens::Worst, None)?;
                self.condition(inner, parts)?;
                if inner_truth == Truth::True {
                    parts.push(self.pick("需人工确认", "a person must confirm it").to_owned());
                }
            }
            Condition::Certain(inner) => {
                if truth == Truth::True {
                    self.condition(inner, parts)?;
                }
            }
            Condition::All(inner) => self.deciding(inner, truth, Truth::True, parts)?,
            Condition::Any(inner) => self.deciding(inner, truth, Truth::False, parts)?,
            Condition::Compare(comparison, left, right) => {
                parts.push(self.comparison(*comparison, left, right, truth)?);
            }
            Condition::Criterion(index) => {
                let at = usize::from(*index);
                if let Some(criterion) = self.assessment.policy.criteria.get(at) {
                    let status = match self.assessment.status(at) {
                        Status::Met => self.pick("符合", "met"),
                        Status::NotMet => self.pick("不符合", "not met"),
                        Status::Unknown => self.pick("待填", "not answered"),
                        Status::NeedsReview => self.pick("需人工确认", "for a person to judge"),
                        Status::NotApplicable => self.pick("不适用", "not applicable"),
                    };
                    let title = criterion.title.get(self.lang);
                    parts.push(format!("{title}{}{status}", self.pick("：", ": ")));
                }
            }
        }
        Ok(())
    }

    /// Where every part had to agree, all are said; otherwise only those that
    /// made the difference.
    fn deciding(
        &self,
        inner: &[Condition],
        truth: Truth,
        unanimous: Truth,
        parts: &mut Vec<String>,
    ) -> Result<(), Overflow> {
        for condition in inner {
            let own = self.evaluator().truth(condition, Lens::Worst, None)?;
            // A safeguard that does not speak up is not worth a word.
            let silent = match condition {
                Condition::Not(inner) => matches!(**inner, Condition::Certain(_)) && own == Truth::True,
                Condition::Certain(_) => own != Truth::True,
                _ => false,
            };
            if !silent && (truth == unanimous || own == truth) {
                self.condition(condition, parts)?;
            }
        }
        Ok(())
    }

    fn choice(&self, index: u16, parts: &mut Vec<String>) {
        let Some(link) = self.assessment.policy.links.choices.get(usize::from(index)) else {
            return;
        };
        let Some(fact) = self.dictionary.facts.get(link.fact) else { return };
        let made = match self.assessment.company.answers.get(link.fact) {
            Some(Answer::Choice(at)) => {
                fact.values.get(usize::from(*at)).map(|choice| choice.label(self.lang))
            }
            _ => None,
        };
        let made = made.unwrap_or_else(|| self.pick("未填", "not answered"));
        parts.push(format!("{}{}{made}", fact.short.get(self.lang), self.pick("：", ": ")));
    }

    fn comparison(
        &self,
        comparison: Comparison,
        left: &Number,
        right: &Number,
        truth: Truth,
    ) -> Result<String, Overflow> {
        let evaluator = self.evaluator();
        let (a, b) =
            (evaluator.number(left, Lens::Worst, None)?, evaluator.number(right, Lens::Worst, None)?);
        let unit = self.unit(left);
        let edges: Vec<Fraction> = b.as_exact().into_iter().collect();
        let calculation = self.calculation(left, &a, unit, &edges)?;
        let limit = match right {
            Number::Constant(_) => self.shown(&b, unit, &self.word(left)),
            _ => Some(self.calculation(right, &b, unit, &[])?),
        }
        .unwrap_or_default();
        let (holds, fails, asks) = match comparison {
            Comparison::AtMost => (
                self.pick("不超过", "is not above"),
                self.pick("超过", "is above"),
                self.pick("应不超过", "must not be above"),
            ),
            Comparison::Below => (
                self.pick("低于", "is below"),
                self.pick("不低于", "is not below"),
                self.pick("应低于", "must be below"),
            ),
            Comparison::AtLeast => (
                self.pick("不低于", "is not below"),
                self.pick("低于", "is below"),
                self.pick("应不低于", "must not be below"),
            ),
            Comparison::Above => (
                self.pick("高于", "is above"),
                self.pick("不高于", "is not above"),
                self.pick("应高于", "must be above"),
            ),
            Comparison::Equal => (
                self.pick("等于", "equals"),
                self.pick("不等于", "does not equal"),
                self.pick("应等于", "must equal"),
            ),
        };
        let words = match truth {
            Truth::True => holds,
            Truth::False => fails,
            Truth::Unknown => asks,
        };
        let mut sentence = format!("{calculation}{}{words} {limit}", self.pick("，", ", "));
        if truth == Truth::False
            && let (Some(a), Some(b)) = (a.as_exact(), b.as_exact()) {
                let gap = if a > b { a.sub(b)? } else { b.sub(a)? };
                if !gap.is_zero() && matches!(unit, Unit::Yuan | Unit::Count | Unit::Points) {
                    let gap = format::value(gap, unit, &self.word(left), self.lang);
                    sentence.push_str(self.pick("，相差 ", ", by "));
                    sentence.push_str(&gap);
                }
            }
        Ok(sentence)
    }

    fn points(&self, at: usize, best_of: &[Basis]) -> Result<String, Overflow> {
        let mut parts = Vec::with_capacity(best_of.len());
        for basis in best_of {
            parts.push(self.basis(basis)?);
        }
        if best_of.len() > 1
            && let Some(points) = self.assessment.points(at) {
                let shown = self.interval(points.min, points.max);
                parts.push(format!("{} {shown}", self.pick("取较高者，得", "the better one counts:")));
            }
        Ok(self.join(&parts))
    }

    fn basis(&self, basis: &Basis) -> Result<String, Overflow> {
        let evaluator = self.evaluator();
        let value = evaluator.number(&basis.value, Lens::Worst, None)?;
        let best = evaluator.number(&basis.value, Lens::Best, None)?;
        let points = (
            crate::assess::banded(basis, &value, Lens::Worst).min(),
            crate::assess::banded(basis, &best, Lens::Best).max(),
        );
        let edges: Vec<Fraction> = basis.bands.iter().map(|band| band.from).collect();
        let calculation = match &basis.value {
            Number::Count(..) => {
                let word = self.word(&basis.value);
                let title = basis.title.get(self.lang);
                let both = Range { hi: best.hi, ..value };
                match self.shown(&both, basis.unit, &word) {
                    Some(count) => format!("{title} {count}"),
                    None => format!("{title}{}{}", self.pick("：", ": "), self.pick("未填", "not answered")),
                }
            }
            number => self.calculation(number, &value, basis.unit, &edges)?,
        };
        if value.undefined == Undefined::Certainly {
            let zero = self.pick("，不计分", ", no points");
            return Ok(format!("{calculation}{zero}"));
        }
        let shown = self.interval(points.0, points.1);
        let comma = self.pick("，", ", ");
        if points.0 != points.1 {
            return Ok(format!("{calculation}{comma}{} {shown}", self.pick("可得", "brings")));
        }
        let reached = basis.bands.iter().find(|band| band.max == points.1 && band.min == points.0);
        Ok(match (reached, basis.bands.last()) {
            (Some(band), _) => {
                let bound = self.bound(basis, band.from);
                match self.lang {
                    Lang::Zh => format!("{calculation}，达到 {bound} 档，得 {shown}"),
                    Lang::En => format!("{calculation}, reaches the {bound} band: {shown}"),
                }
            }
            (None, Some(lowest)) => {
                let bound = self.bound(basis, lowest.from);
                match self.lang {
                    Lang::Zh => format!("{calculation}，未达到最低档 {bound}，得 {shown}"),
                    Lang::En => format!("{calculation}, below the lowest band {bound}: {shown}"),
                }
            }
            _ => format!("{calculation}{comma}{shown}"),
        })
    }

    fn bound(&self, basis: &Basis, from: Fraction) -> String {
        match basis.unit {
            Unit::Ratio => from
                .mul(Fraction::whole(100))
                .map_or_else(|_| from.to_ratio_text(), |it| format!("{}%", it.to_decimal_or_ratio())),
            unit => format::value(from, unit, &self.word(&basis.value), self.lang),
        }
    }

    fn total(&self, at: usize, parts: &[Part], passes: u8) -> Result<String, Overflow> {
        let mut terms = Vec::new();
        for index in parts.iter().flat_map(|part| &part.of) {
            let index = usize::from(*index);
            if let (Some(criterion), Some(points)) =
                (self.assessment.policy.criteria.get(index), self.assessment.points(index))
            {
                let title = criterion.title.get(self.lang);
                terms.push(format!("{title} {}", range_text(points.min, points.max)));
            }
        }
        let Some(points) = self.assessment.points(at) else { return Ok(String::new()) };
        let sum = self.interval(points.min, points.max);
        let mut sentence = format!("{} = {sum}", terms.join(" + "));
        let gap = |points: u8| passes.saturating_sub(points);
        let more = match (points.max < passes, points.min < passes) {
            (true, _) => match self.lang {
                Lang::Zh => format!("，至少需 {passes} 分，最多也还差 {} 分", gap(points.max)),
                Lang::En => format!(", {passes} needed, short by at least {}", gap(points.max)),
            },
            (false, true) => match self.lang {
                Lang::Zh => format!("，至少需 {passes} 分，目前还差 {} 分", gap(points.min)),
                Lang::En => format!(", {passes} needed, {} still to find", gap(points.min)),
            },
            (false, false) => match self.lang {
                Lang::Zh => format!("，达到 {passes} 分的要求"),
                Lang::En => format!(", {passes} needed: reached"),
            },
        };
        sentence.push_str(&more);
        Ok(sentence)
    }

    fn interval(&self, min: u8, max: u8) -> String {
        format!("{} {}", range_text(min, max), self.pick("分", "points"))
    }

    /// A number as the user would work it out: `科技人员 24 人 ÷ 职工总数 96 人 = 25.00%`.
    fn calculation(
        &self,
        number: &Number,
        value: &Range,
        unit: Unit,
        edges: &[Fraction],
    ) -> Result<String, Overflow> {
        let terms = self.terms(number)?;
        let leaf = matches!(
            number,
            Number::Fact(_) | Number::Yearly(..) | Number::SumYears(..) | Number::Constant(_) | Number::Points(_)
        );
        if leaf {
            return Ok(terms);
        }
        if value.undefined == Undefined::Certainly {
            return Ok(format!("{terms}{}", self.pick("，无法计算", ", which can't be calculated")));
        }
        let result = match (unit, value.as_exact()) {
            (Unit::Ratio, Some(exact)) => Some(format::percent(exact, edges)),
            _ => self.shown(value, unit, ""),
        };
        let sign = match (unit, value.as_exact()) {
            (Unit::Ratio, Some(exact)) if !format::percent_is_exact(exact) => "≈",
            _ => "=",
        };
        Ok(result.map_or_else(|| terms.clone(), |result| format!("{terms} {sign} {result}")))
    }

    fn terms(&self, number: &Number) -> Result<String, Overflow> {
        let range = self.evaluator().number(number, Lens::Worst, None)?;
        let binary = |a: &Number, sign: &str, b: &Number| -> Result<String, Overflow> {
            Ok(format!("{} {sign} {}", self.terms(a)?, self.terms(b)?))
        };
        Ok(match number {
            Number::Constant(_) | Number::AsOf | Number::YearOf(_) | Number::Field(_) => {
                self.shown(&range, self.unit(number), "").unwrap_or_default()
            }
            Number::Fact(index) => self.leaf(*index, String::new(), &range),
            Number::Yearly(index, offset) => {
                let year = self.assessment.company.as_of.year().saturating_add(i32::from(*offset));
                self.leaf(*index, format!("{year}{}", self.pick(" 年", " ")), &range)
            }
            Number::SumYears(index, from, to) => {
                let year = |offset: &i8| {
                    self.assessment.company.as_of.year().saturating_add(i32::from(*offset))
                };
                let years = format!("{}–{}{}", year(from), year(to), self.pick(" 年合计", " total "));
                self.leaf(*index, years, &range)
            }
            Number::Sum(numbers) => {
                let terms: Result<Vec<String>, Overflow> =
                    numbers.iter().map(|number| self.terms(number)).collect();
                terms?.join(" + ")
            }
            Number::Minus(a, b) => binary(a, "−", b)?,
            Number::Times(a, b) => binary(a, "×", b)?,
            Number::Over(a, b) => binary(a, "÷", b)?,
            Number::Max(numbers) | Number::Min(numbers) => {
                let terms: Result<Vec<String>, Overflow> =
                    numbers.iter().map(|number| self.terms(number)).collect();
                let word = match number {
                    Number::Max(_) => self.pick("较大者", "larger of"),
                    _ => self.pick("较小者", "smaller of"),
                };
                format!("{word}({})", terms?.join(", "))
            }
            Number::Count(index, _) => self.leaf(*index, String::new(), &range),
            Number::Points(index) => {
                let at = usize::from(*index);
                let title =
                    self.assessment.policy.criteria.get(at).map_or("", |it| it.title.get(self.lang));
                let points = self.assessment.points(at).map_or_else(String::new, |points| {
                    self.interval(points.min, points.max)
                });
                format!("{title} {points}")
            }
        })
    }

    fn leaf(&self, index: u16, prefix: String, range: &Range) -> String {
        let Some(fact) = self.fact(index) else { return prefix };
        let short = fact.short.get(self.lang);
        let word = fact.unit.as_ref().map_or("", |unit| unit.get(self.lang));
        if range.undefined == Undefined::Certainly {
            return format!("{prefix}{short}{}", self.pick("（当年尚未成立）", " (before the company existed)"));
        }
        match self.shown(range, unit_of(fact.kind), word) {
            Some(value) => format!("{prefix}{short} {value}"),
            None => format!("{prefix}{short}{}", self.pick("（未填）", " (not answered)")),
        }
    }

    fn shown(&self, range: &Range, unit: Unit, word: &str) -> Option<String> {
        format::range(range, unit, word, self.lang)
    }

    /// The word behind a count.
    fn word(&self, number: &Number) -> String {
        let index = match number {
            Number::Fact(index) | Number::Yearly(index, _) | Number::SumYears(index, ..) => *index,
            Number::Count(..) => return self.pick("项", "").to_owned(),
            _ => return String::new(),
        };
        self.fact(index)
            .and_then(|fact| fact.unit.as_ref())
            .map_or_else(String::new, |unit| unit.get(self.lang).to_owned())
    }

    /// The unit of a number, read off its facts.
    pub(super) fn unit(&self, number: &Number) -> Unit {
        match number {
            Number::Fact(index) | Number::Yearly(index, _) | Number::SumYears(index, ..) => {
                self.fact(*index).map_or(Unit::Count, |fact| unit_of(fact.kind))
            }
            Number::AsOf => Unit::Days,
            Number::YearOf(_) => Unit::Year,
            Number::Points(_) => Unit::Points,
            Number::Sum(numbers) | Number::Max(numbers) | Number::Min(numbers) => {
                numbers.first().map_or(Unit::Count, |number| self.unit(number))
            }
            Number::Minus(a, _) => self.unit(a),
            Number::Times(a, b) => match self.unit(a) {
                Unit::Count | Unit::Ratio => self.unit(b),
                unit => unit,
            },
            Number::Over(a, b) => {
                let (a, b) = (self.unit(a), self.unit(b));
                if a == b { Unit::Ratio } else { a }
            }
            Number::Constant(_) | Number::Count(..) | Number::Field(_) => Unit::Count,
        }
    }
}

fn range_text(min: u8, max: u8) -> String {
    if min == max { min.to_string() } else { format!("{min}–{max}") }
}

const fn unit_of(kind: Kind) -> Unit {
    match kind {
        Kind::Money => Unit::Yuan,
        Kind::Rate => Unit::Ratio,
        Kind::Date => Unit::Days,
        Kind::Points => Unit::Points,
        _ => Unit::Count,
    }
}

//! Writes comparisons of a number with its limit.

use crate::{explain::Explainer, format};
use zice_rules::{
    formula::{Comparison, Number, NumberAt},
    fraction::{Fraction, Overflow},
    policy::Unit,
    program::Lens,
    range::Undefined,
    text::Lang,
    truth::Truth,
};

impl Explainer<'_> {
    pub(crate) fn comparison(
        &self,
        comparison: Comparison,
        left: NumberAt,
        right: NumberAt,
        truth: Truth,
    ) -> Result<String, Overflow> {
        let registers = self.registers;
        let (a, b) = (registers.number(left, Lens::Worst)?, registers.number(right, Lens::Worst)?);
        let unit = self.unit(left);
        let edges: Vec<Fraction> = b.as_exact().into_iter().collect();
        let calculation = self.calculation(left, &a, unit, &edges)?;
        if [&a, &b].iter().any(|side| side.undefined == Undefined::Certainly) {
            let words = self.pick("，无法比较", ", which can't be compared");
            return Ok(format!("{calculation}{words}"));
        }
        let limit = match self.number_at(right) {
            Number::Constant(_) | Number::If(..) => match (unit, b.as_exact()) {
                (Unit::Ratio, Some(limit)) => Some(format::plain_percent(limit)),
                _ => self.shown(&b, unit, self.word(left)),
            },
            _ => Some(self.calculation(right, &b, unit, &[])?),
        }
        .unwrap_or_default();
        let words = self.comparison_words(comparison, truth, unit);
        let comma = self.pick("，", ", ");
        let mut sentence = format!("{calculation}{comma}{}{words} {limit}", self.looks(truth));
        if truth == Truth::False
            && self.asked
            && let (Some(a), Some(b)) = (a.as_exact(), b.as_exact())
        {
            let gap = if a > b { a.sub(b)? } else { b.sub(a)? };
            sentence.push_str(&self.gap(comparison, left, unit, gap));
        }
        Ok(sentence)
    }

    /// Returns a word that marks a comparison as merely looked at: it is still
    /// open, and the company is not asked to meet it. Empty otherwise.
    pub(crate) const fn looks(&self, truth: Truth) -> &'static str {
        match truth {
            Truth::Unknown if !self.asked => self.pick("看是否", "checked: "),
            _ => "",
        }
    }

    /// Says by how much a comparison fails, as the amount that is missing or
    /// too much. Days, years and ratios get no amount, nor does a comparison
    /// for equality. Where the two sides are equal and may not be, it says just
    /// that.
    fn gap(&self, comparison: Comparison, left: NumberAt, unit: Unit, gap: Fraction) -> String {
        let counted = matches!(unit, Unit::Yuan | Unit::Count | Unit::Points) && !gap.is_zero();
        let amount = format::value(format::enough(gap), unit, self.word(left), self.lang);
        let yearly = if self.is_mean(left) { self.pick("平均每年", " a year") } else { "" };
        match (comparison, self.lang) {
            (Comparison::AtLeast, Lang::Zh) if counted => format!("，{yearly}还差 {amount}"),
            (Comparison::AtLeast, Lang::En) if counted => format!(", short by {amount}{yearly}"),
            (Comparison::AtMost, Lang::Zh) if counted => format!("，{yearly}超出 {amount}"),
            (Comparison::AtMost, Lang::En) if counted => format!(", over by {amount}{yearly}"),
            (Comparison::Above, Lang::Zh) if counted => format!("，{yearly}要再多出不止 {amount}"),
            (Comparison::Above, Lang::En) if counted => {
                format!(", short by more than {amount}{yearly}")
            }
            (Comparison::Below, Lang::Zh) if counted => format!("，{yearly}要再减去不止 {amount}"),
            (Comparison::Below, Lang::En) if counted => {
                format!(", over by more than {amount}{yearly}")
            }
            (Comparison::Above, Lang::Zh) if gap.is_zero() => "，恰好相等不够".to_owned(),
            (Comparison::Below, Lang::Zh) if gap.is_zero() => "，恰好相等不行".to_owned(),
            (Comparison::Above | Comparison::Below, Lang::En) if gap.is_zero() => {
                ", and equal will not do".to_owned()
            }
            _ => String::new(),
        }
    }

    /// Whether a number is an average per year. A gap is then so much in each
    /// year.
    fn is_mean(&self, at: NumberAt) -> bool {
        match self.number_at(at) {
            Number::MeanYears(..) => true,
            Number::Over(part, years) => {
                matches!(self.number_at(*part), Number::Yearly(..) | Number::SumYears(..))
                    && matches!(self.number_at(*years), Number::Constant(_))
            }
            Number::If(..) => {
                matches!(self.taken(at), Ok(Some(taken)) if self.is_mean(taken))
            }
            _ => false,
        }
    }

    pub(crate) const fn comparison_words(
        &self,
        comparison: Comparison,
        truth: Truth,
        unit: Unit,
    ) -> &'static str {
        let (holds, fails, asks) = match comparison {
            Comparison::Equal if !self.asked => (
                self.pick("等于", "equal to"),
                self.pick("不等于", "not equal to"),
                self.pick("等于", "equal to"),
            ),
            Comparison::Equal => (
                self.pick("等于", "equal to"),
                self.pick("应为", "must be"),
                self.pick("应等于", "must be equal to"),
            ),
            _ if matches!(unit, Unit::Date) => self.day_words(comparison),
            Comparison::AtMost => (
                self.pick("不超过", "not above"),
                self.pick("超过", "above"),
                self.pick("应不超过", "must not be above"),
            ),
            Comparison::Below => (
                self.pick("低于", "below"),
                self.pick("不低于", "not below"),
                self.pick("应低于", "must be below"),
            ),
            Comparison::AtLeast => (
                self.pick("不低于", "not below"),
                self.pick("低于", "below"),
                self.pick("应不低于", "must not be below"),
            ),
            Comparison::Above => (
                self.pick("高于", "above"),
                self.pick("不高于", "not above"),
                self.pick("应高于", "must be above"),
            ),
        };
        match truth {
            Truth::False => fails,
            Truth::Unknown if self.asked => asks,
            Truth::True | Truth::Unknown => holds,
        }
    }
    /// Returns the words of a comparison of days: where it holds, where it
    /// fails, and where it is asked for.
    const fn day_words(
        &self,
        comparison: Comparison,
    ) -> (&'static str, &'static str, &'static str) {
        let (not_after, after) = (self.pick("不晚于", "not after"), self.pick("晚于", "after"));
        let (not_before, before) = (self.pick("不早于", "not before"), self.pick("早于", "before"));
        match comparison {
            Comparison::AtMost => (not_after, after, self.pick("应不晚于", "must not be after")),
            Comparison::Below => (before, not_before, self.pick("应早于", "must be before")),
            Comparison::AtLeast => {
                (not_before, before, self.pick("应不早于", "must not be before"))
            }
            // `Equal` has been worded by the caller.
            Comparison::Above | Comparison::Equal => {
                (after, not_after, self.pick("应晚于", "must be after"))
            }
        }
    }
}

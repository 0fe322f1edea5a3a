//! Explains points and totals.

use crate::{explain::Explainer, format};
use zice_rules::{
    formula::{Condition, ConditionAt, Number},
    fraction::{Fraction, Overflow},
    policy::{Band, Banded, Basis, Measure, Part, Unit},
    program::Lens,
    range::{Range, Undefined},
    text::Lang,
    truth::Truth,
};

impl Explainer<'_> {
    /// Finds the basis that brings most points under the best lens. Among
    /// equals, one that is defined comes first, then one with a figure to show,
    /// then the earlier one.
    pub(crate) fn telling<'b>(&self, best_of: &'b [Basis]) -> Result<Option<&'b Basis>, Overflow> {
        let mut best: Option<((u8, bool, bool), &Basis)> = None;
        for basis in best_of {
            let points = basis.points(&self.registers, Lens::Best)?.max();
            let rank = match basis.banded() {
                Some(banded) => {
                    let value = self.registers.number(banded.value, Lens::Best)?;
                    (points, value.undefined != Undefined::Certainly, true)
                }
                // A condition has no figure to show.
                None => (points, true, false),
            };
            if best.is_none_or(|(most, _)| rank > most) {
                best = Some((rank, basis));
            }
        }
        Ok(best.map(|(_, basis)| basis))
    }

    pub(crate) fn points(&self, at: usize, best_of: &[Basis]) -> Result<String, Overflow> {
        let points = self.points_of(at);
        // Of several conditions at most one holds; only the one that decides is
        // explained.
        if best_of.len() > 1
            && best_of.iter().all(|basis| basis.condition().is_some())
            && let (Some(basis), Some(points)) = (self.telling(best_of)?, points)
        {
            return self.condition_points(
                basis,
                (points.min, points.max),
                !self.is_settled(best_of)?,
            );
        }
        let telling = self.telling(best_of)?;
        let mut parts = Vec::with_capacity(best_of.len());
        let mut usable = 0_usize;
        for basis in best_of {
            let most = telling.is_some_and(|telling| core::ptr::eq(telling, basis));
            if best_of.len() > 1 && self.is_idle(basis, most)? {
                continue;
            }
            let defined = match basis.banded() {
                Some(banded) => self.value(banded.value)?.undefined != Undefined::Certainly,
                None => true,
            };
            usable = usable.saturating_add(usize::from(defined));
            parts.push(self.basis(basis)?);
        }
        if parts.len() > 1
            && let Some(points) = points
        {
            let shown = self.interval(points.min, points.max);
            // Where only one basis is left, there is no other to be better
            // than.
            let word = match usable {
                0 => self.pick("都算不出，得", "none can be used:"),
                1 => self.pick("只用算得出的这一种，得", "only the other way can be used:"),
                _ => self.pick("取较高者，得", "the better one counts:"),
            };
            parts.push(format!("{word} {shown}"));
        }
        Ok(self.join(&parts))
    }

    /// Whether a basis need not be mentioned beside others: its condition does
    /// not hold, or a person must judge it and another basis brings more.
    fn is_idle(&self, basis: &Basis, most: bool) -> Result<bool, Overflow> {
        let Some(condition) = basis.condition() else { return Ok(false) };
        Ok(match self.truth(condition.when)? {
            Truth::True => false,
            Truth::False => true,
            Truth::Unknown => self.is_review(condition.when) && !most,
        })
    }

    fn is_review(&self, at: ConditionAt) -> bool {
        matches!(self.condition_at(at), Condition::Review(_))
    }

    /// Whether every basis is known.
    fn is_settled(&self, best_of: &[Basis]) -> Result<bool, Overflow> {
        for basis in best_of {
            let settled = match &basis.measure {
                Measure::Banded(banded) => {
                    self.registers.number(banded.value, Lens::Worst)?.as_exact().is_some()
                }
                Measure::Condition(points) => {
                    !self.registers.truth(points.when, Lens::Worst)?.is_unknown()
                }
            };
            if !settled {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes the points that a condition brings.
    fn condition_points(
        &self,
        basis: &Basis,
        (min, max): (u8, u8),
        open: bool,
    ) -> Result<String, Overflow> {
        let sentence = self.condition_of(basis)?;
        let shown = self.interval(min, max);
        let word = if open { self.pick("可得", "possible:") } else { self.pick("得", "gives") };
        Ok(format!("{sentence}{}{word} {shown}", self.pick("，", ", ")))
    }

    /// Explains the condition of a basis; empty if the basis has bands.
    fn condition_of(&self, basis: &Basis) -> Result<String, Overflow> {
        let Some(points) = basis.condition() else { return Ok(String::new()) };
        let title = basis.title.get(self.lang);
        // Where a person must judge, the title of the basis says what.
        if self.is_review(points.when) && self.truth(points.when)? == Truth::Unknown {
            let person = self.pick("：需人工确认", ": a person must confirm it");
            return Ok(format!("{title}{person}"));
        }
        let mut parts = Vec::new();
        self.condition(points.when, &mut parts)?;
        let sentence = self.join(&parts);
        // For a count, the title says which entries are counted.
        Ok(match self.condition_at(points.when) {
            Condition::Compare(_, left, _)
                if matches!(self.number_at(*left), Number::Count(..)) =>
            {
                format!("{title}{}{sentence}", self.pick("：", ": "))
            }
            _ => sentence,
        })
    }

    fn basis(&self, basis: &Basis) -> Result<String, Overflow> {
        let points = (
            basis.points(&self.registers, Lens::Worst)?.min(),
            basis.points(&self.registers, Lens::Best)?.max(),
        );
        match &basis.measure {
            Measure::Condition(condition) => {
                let open = self.registers.truth(condition.when, Lens::Worst)?.is_unknown();
                self.condition_points(basis, points, open)
            }
            Measure::Banded(banded) => self.banded(basis, banded, points),
        }
    }

    /// Explains a number that is measured by bands.
    fn banded(&self, basis: &Basis, banded: &Banded, points: (u8, u8)) -> Result<String, Overflow> {
        let value = self.registers.number(banded.value, Lens::Worst)?;
        let best = self.registers.number(banded.value, Lens::Best)?;
        let edges: Vec<Fraction> = banded.bands.iter().map(|band| band.from).collect();
        let calculation = match self.number_at(banded.value) {
            Number::Count(..) => self.counted(basis, banded, &value, &best)?,
            _ => self.calculation(banded.value, &value, banded.unit, &edges)?,
        };
        if value.undefined == Undefined::Certainly {
            let zero = self.pick("，这种算法不计分", ", so this way brings no points");
            return Ok(format!("{calculation}{zero}"));
        }
        let shown = self.interval(points.0, points.1);
        let comma = self.pick("，", ", ");
        // The points come from what was found, not from a figure, so there is
        // no band to name.
        if self.is_fixed(banded.value)? {
            return Ok(format!("{calculation}{comma}{} {shown}", self.pick("得", "which gives")));
        }
        // A known value is in a band, even where experts grade within it.
        if points.0 != points.1 && (value.as_exact().is_none() || value != best) {
            return Ok(format!("{calculation}{comma}{} {shown}", self.pick("可得", "possible:")));
        }
        let reached = banded.bands.iter().find(|band| band.max == points.1 && band.min == points.0);
        Ok(self.in_band(&calculation, banded, reached, &shown))
    }

    /// Names the band that was reached, or says that none was.
    fn in_band(
        &self,
        calculation: &str,
        banded: &Banded,
        reached: Option<&Band>,
        shown: &str,
    ) -> String {
        match (reached, banded.bands.last()) {
            (Some(band), _) => {
                let bound = self.bound(banded, band.from);
                match self.lang {
                    Lang::Zh if band.above => format!("{calculation}，高于 {bound}，得 {shown}"),
                    Lang::En if band.above => format!("{calculation}, above {bound}: {shown}"),
                    Lang::Zh => {
                        // Written 达到 5 档, 达到 25% 档, but 达到 5 项档.
                        let gap = if bound.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
                        format!("{calculation}，达到 {bound}{gap}档，得 {shown}")
                    }
                    Lang::En => format!("{calculation}, reaches the {bound} band: {shown}"),
                }
            }
            (None, Some(lowest)) => {
                let bound = self.bound(banded, lowest.from);
                match self.lang {
                    Lang::Zh if lowest.above => {
                        format!("{calculation}，不高于 {bound}，得 {shown}")
                    }
                    Lang::En if lowest.above => {
                        format!("{calculation}, not above {bound}: {shown}")
                    }
                    Lang::Zh => format!("{calculation}，未达到最低档 {bound}，得 {shown}"),
                    Lang::En => format!("{calculation}, below the lowest band {bound}: {shown}"),
                }
            }
            _ => format!("{calculation}{}{shown}", self.pick("，", ", ")),
        }
    }

    /// Says how many entries a basis counts, and for how many of them a person
    /// must agree.
    fn counted(
        &self,
        basis: &Basis,
        banded: &Banded,
        value: &Range,
        best: &Range,
    ) -> Result<String, Overflow> {
        let title = basis.title.get(self.lang);
        let both = Range { hi: best.hi, ..*value };
        let asked = match (value.as_exact(), best.as_exact()) {
            (Some(sure), Some(most)) if most > sure => [
                self.pick("（其中 ", " ("),
                &most.sub(sure)?.to_decimal_or_ratio(),
                self.pick(" 项需人工确认）", " of them for a person to judge)"),
            ]
            .concat(),
            _ => String::new(),
        };
        Ok(match self.shown(&both, banded.unit, self.word(banded.value)) {
            Some(count) => format!("{title} {count}{asked}"),
            None => {
                let blank = self.pick("未填", "not answered");
                format!("{title}{}{blank}", self.pick("：", ": "))
            }
        })
    }

    fn bound(&self, banded: &Banded, from: Fraction) -> String {
        match banded.unit {
            Unit::Ratio => format::plain_percent(from),
            unit => format::value(from, unit, self.word(banded.value), self.lang),
        }
    }

    pub(crate) fn total(&self, at: usize, parts: &[Part], passes: u8) -> Result<String, Overflow> {
        let mut terms = Vec::new();
        for part in parts {
            let mut own = Vec::with_capacity(part.of.len());
            for index in &part.of {
                let index = index.place();
                if let (Some(criterion), Some(points)) =
                    (self.assessment.policy.criteria.get(index), self.points_of(index))
                {
                    let title = criterion.title.get(self.lang);
                    own.push(format!("{title} {}", range_text(points.min, points.max)));
                }
            }
            match part.cap {
                Some(cap) => {
                    let most = self.pick("，合计不超过 ", ", together at most ");
                    terms.push(format!("({}{most}{cap})", own.join(" + ")));
                }
                None => terms.append(&mut own),
            }
        }
        let Some(points) = self.points_of(at) else { return Ok(String::new()) };
        let sum = self.interval(points.min, points.max);
        let mut sentence = format!("{} = {sum}", terms.join(" + "));
        let gap = |points: u8| passes.saturating_sub(points);
        let more = match (points.max < passes, points.min < passes) {
            (true, _) if points.min == points.max => match self.lang {
                Lang::Zh => format!("，至少需 {passes} 分，还差 {} 分", gap(points.max)),
                Lang::En => format!(", {passes} needed, short by {}", gap(points.max)),
            },
            (true, _) => match self.lang {
                Lang::Zh => format!("，至少需 {passes} 分，最多也还差 {} 分", gap(points.max)),
                Lang::En => format!(", {passes} needed, short by at least {}", gap(points.max)),
            },
            (false, true) => match self.lang {
                Lang::Zh => format!("，至少需 {passes} 分，按最低分还差 {} 分", gap(points.min)),
                Lang::En => {
                    format!(", {passes} needed, short by {} at the lowest", gap(points.min))
                }
            },
            (false, false) => match self.lang {
                Lang::Zh => format!("，达到 {passes} 分的要求"),
                Lang::En => format!(", {passes} needed: reached"),
            },
        };
        sentence.push_str(&more);
        Ok(sentence)
    }

    pub(crate) fn interval(&self, min: u8, max: u8) -> String {
        let points = if max == 1 { "point" } else { "points" };
        format!("{} {}", range_text(min, max), self.pick("分", points))
    }
}

fn range_text(min: u8, max: u8) -> String {
    if min == max { min.to_string() } else { format!("{min}–{max}") }
}

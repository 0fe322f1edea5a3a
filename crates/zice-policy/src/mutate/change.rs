//! Makes the change with a given number to a policy.

use zice_rules::{
    Date, Dictionary, Policy,
    formula::{Comparison, ConditionAt, Formulas, NumberAt},
    fraction::Fraction,
    place::{ChoicesAt, FactAt, FieldAt, PaperAt},
    policy::{Basis, CriterionKind, Measure, Rule, Unit},
};

use crate::{
    formula::{step, unit},
    tree::{Condition, Number},
};

/// Walks through everything in a policy that can be changed, and changes one
/// thing.
pub(super) struct Changer<'a> {
    dictionary: &'a Dictionary,
    /// How many changes to skip before making one.
    left: usize,
    /// The id of the criterion, caution and so on that is walked through.
    pub at: String,
    /// The policy before the change, for units and names. Its table of choice
    /// sets grows; see [`Self::without`].
    model: Option<Policy>,
    /// The id and description of the change, once made.
    pub done: Option<(String, String)>,
}

impl<'a> Changer<'a> {
    pub(super) const fn new(dictionary: &'a Dictionary, number: usize) -> Self {
        Self { dictionary, left: number, at: String::new(), model: None, done: None }
    }

    /// Whether this change is the one to make; counts down otherwise.
    pub(super) fn turn(&mut self, what: impl FnOnce() -> String) -> bool {
        if self.done.is_some() {
            return false;
        }
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.done = Some((self.at.clone(), what()));
        true
    }

    pub(super) fn policy(&mut self, policy: &mut Policy) {
        self.model = Some(policy.clone());
        for at in 0..policy.criteria.len() {
            let Some(criterion) = policy.criteria.get_mut(at) else { continue };
            self.at = criterion.id.clone();
            let formulas = &mut policy.formulas;
            match &mut criterion.rule {
                Rule::Holds { when, .. } => self.condition_at(when, formulas),
                Rule::Points { best_of, .. } => {
                    for basis in best_of {
                        self.basis(basis, formulas);
                    }
                }
                Rule::Total { of, needs, strict, also, .. } => {
                    self.points("needs", needs);
                    if self.turn(|| format!("strict = {strict}")) {
                        *strict = !*strict;
                    }
                    for part in of {
                        if let Some(cap) = &mut part.cap {
                            self.points("cap", cap);
                        }
                    }
                    if let Some(also) = also {
                        self.condition_at(also, formulas);
                    }
                }
            }
            for case in &mut criterion.review {
                self.condition_at(&mut case.when, formulas);
            }
        }
        self.at = "verdict".to_owned();
        if !policy.hint {
            self.condition_at(&mut policy.verdict, &mut policy.formulas);
        }
        for caution in &mut policy.cautions {
            self.at.clone_from(&caution.id);
            if let Some(when) = &mut caution.when {
                self.condition_at(when, &mut policy.formulas);
            }
        }
        // Papers of gates are always listed, so changing `always` makes no
        // difference.
        let gates = policy.criteria.iter().filter(|it| it.kind == CriterionKind::Gate);
        let listed: Vec<PaperAt> = gates.flat_map(|it| it.papers.clone()).collect();
        for (at, paper) in policy.papers.iter_mut().enumerate() {
            self.at.clone_from(&paper.id);
            let anyway = listed.iter().any(|index| index.place() == at);
            if !anyway && self.turn(|| format!("always = {}", paper.always)) {
                paper.always = !paper.always;
            }
            if let Some(when) = &mut paper.when {
                self.condition_at(when, &mut policy.formulas);
            }
        }
        for note in &mut policy.entry_notes {
            self.at.clone_from(&note.id);
            if note.counting && self.turn(|| "counting = true".to_owned()) {
                note.counting = false;
            }
            self.condition_at(&mut note.when, &mut policy.formulas);
        }
        for indicator in &mut policy.indicators {
            self.at.clone_from(&indicator.id);
            for one in &mut indicator.values {
                self.number_at(&mut one.value, None, &mut policy.formulas);
            }
        }
        self.levers(policy);
        self.days(policy);
    }

    fn days(&mut self, policy: &mut Policy) {
        self.at = "window".to_owned();
        for day in [&mut policy.window.opens, &mut policy.window.closes].into_iter().flatten() {
            self.day(day);
        }
        self.at = "review_by".to_owned();
        self.day(&mut policy.review_by);
        for milestone in &mut policy.calendar {
            self.at.clone_from(&milestone.id);
            if let Some(from) = &mut milestone.from {
                self.day(from);
            }
            self.day(&mut milestone.date);
        }
    }

    fn day(&mut self, day: &mut Date) {
        for by in [1, -1] {
            let other = Date::from_day_number(day.day_number() + by).unwrap_or(*day);
            if self.turn(|| format!("{day} → {other}")) {
                *day = other;
            }
        }
    }

    fn points(&mut self, what: &str, points: &mut u8) {
        for other in [points.saturating_add(1), points.saturating_sub(1)] {
            if other != *points && self.turn(|| format!("{what} {points} → {other}")) {
                *points = other;
            }
        }
    }

    /// Changes something in a condition of the policy, or skips it.
    fn condition_at(&mut self, at: &mut ConditionAt, formulas: &mut Formulas) {
        let mut tree = Condition::of(formulas, *at);
        self.condition(&mut tree);
        *at = tree.put(formulas);
    }

    fn number_at(&mut self, at: &mut NumberAt, around: Option<Unit>, formulas: &mut Formulas) {
        let mut tree = Number::of(formulas, *at);
        self.number(&mut tree, around);
        *at = tree.put(formulas);
    }

    fn basis(&mut self, basis: &mut Basis, formulas: &mut Formulas) {
        match &mut basis.measure {
            Measure::Banded(banded) => {
                self.number_at(&mut banded.value, Some(banded.unit), formulas);
                for band in &mut banded.bands {
                    self.constant(&mut band.from, step(Some(banded.unit)));
                    let from = band.from.to_decimal_or_ratio();
                    if self.turn(|| format!("> {from} = {}", band.above)) {
                        band.above = !band.above;
                    }
                    self.grades(&mut band.min, &mut band.max);
                }
            }
            Measure::Condition(points) => {
                self.condition_at(&mut points.when, formulas);
                self.grades(&mut points.min, &mut points.max);
            }
        }
    }

    /// Raises and lowers points; a range has each end moved separately.
    fn grades(&mut self, min: &mut u8, max: &mut u8) {
        for up in [true, false] {
            let moved = |points: u8| if up { points + 1 } else { points.saturating_sub(1) };
            let (fewest, most) = (*min, *max);
            if fewest == most {
                let other = moved(fewest);
                if other != fewest && self.turn(|| format!("{fewest} 分 → {other} 分")) {
                    (*min, *max) = (other, other);
                }
                continue;
            }
            let (less, more) = (moved(fewest), moved(most));
            if less != fewest
                && less <= most
                && self.turn(|| format!("{fewest}-{most} → {less}-{most}"))
            {
                *min = less;
            }
            if more >= fewest && self.turn(|| format!("{fewest}-{most} → {fewest}-{more}")) {
                *max = more;
            }
        }
    }

    fn constant(&mut self, value: &mut Fraction, by: Fraction) {
        let old = *value;
        for other in [old.add(by), old.sub(by)].into_iter().flatten() {
            let what =
                || format!("{} → {}", old.to_decimal_or_ratio(), other.to_decimal_or_ratio());
            if self.turn(what) {
                *value = other;
            }
        }
    }

    fn unit(&self, number: &Number) -> Option<Unit> {
        unit(number, self.model.as_ref()?, self.dictionary)
    }

    /// Negates a condition.
    fn flip(&mut self, condition: &mut Condition, what: &str) {
        if self.turn(|| format!("非 {what}")) {
            let old = core::mem::replace(condition, Condition::Constant(false));
            *condition = Condition::Not(Box::new(old));
        }
    }

    fn name(&self, index: FactAt) -> String {
        let facts = self.model.as_ref().map_or(&[][..], |policy| &policy.tables.facts);
        facts.get(index.place()).cloned().unwrap_or_default()
    }

    fn field_name(&self, index: FieldAt) -> String {
        let fields = self.model.as_ref().map_or(&[][..], |policy| &policy.tables.fields);
        fields.get(index.place()).map_or_else(String::new, |(_, field)| field.clone())
    }

    fn condition(&mut self, condition: &mut Condition) {
        if self.done.is_some() {
            return;
        }
        match condition {
            Condition::Constant(value) => {
                if self.turn(|| format!("{value}")) {
                    *value = !*value;
                }
            }
            Condition::Fact(index) | Condition::Given(index) | Condition::Within(index, _) => {
                let name = self.name(*index);
                self.flip(condition, &name);
            }
            Condition::Field(index) | Condition::GivenField(index) => {
                let name = self.field_name(*index);
                self.flip(condition, &name);
            }
            Condition::HasYear(year) => {
                self.year(year, &|_| true);
                self.flip(condition, "有年度");
            }
            Condition::OneOf(_) => self.choices(condition),
            Condition::Criterion(index) => {
                let criteria = self.model.as_ref().map_or(&[][..], |policy| &policy.criteria);
                let name = criteria.get(index.place()).map(|it| it.id.clone());
                self.flip(condition, &name.unwrap_or_default());
            }
            Condition::Not(inner) | Condition::Certain(inner) | Condition::Review(inner) => {
                self.condition(inner);
            }
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part);
                }
            }
            Condition::Compare(comparison, left, right) => {
                for other in strictness(*comparison) {
                    let what = || {
                        let of = self.unit(left).or_else(|| self.unit(right));
                        format!("{} → {} ({of:?})", comparison.sign(), other.sign())
                    };
                    let what = what();
                    if self.turn(|| what) {
                        *comparison = *other;
                    }
                }
                let unit = self.unit(left).or_else(|| self.unit(right));
                self.number(left, unit);
                self.number(right, unit);
            }
        }
    }

    /// Leaves out each accepted choice in turn, then negates the whole set.
    fn choices(&mut self, condition: &mut Condition) {
        let Condition::OneOf(index) = condition else { return };
        let model = self.model.as_ref();
        let set = model.and_then(|policy| policy.tables.choices.get(index.place())).cloned();
        let Some(set) = set else { return };
        let accepted = set.values.len();
        for choice in &set.values {
            if accepted > 1 && self.turn(|| format!("属于 − {choice}")) {
                // A new set is added; the sets of the table stay as they are.
                let without = self.without(*index, choice);
                let old = core::mem::replace(condition, Condition::Constant(false));
                *condition = without.unwrap_or(old);
                return;
            }
        }
        self.flip(condition, "属于");
    }

    /// The condition on the set without one choice. Adds that set to the
    /// model's table, because the table need not contain it.
    fn without(&mut self, index: ChoicesAt, choice: &str) -> Option<Condition> {
        let model = self.model.as_mut()?;
        let mut set = model.tables.choices.get(index.place())?.clone();
        set.values.retain(|value| value != choice);
        model.tables.choices.push(set);
        let at = u16::try_from(model.tables.choices.len() - 1).ok()?;
        Some(Condition::OneOf(ChoicesAt::new(at)))
    }

    fn year(&mut self, year: &mut i8, fits: &dyn Fn(i8) -> bool) {
        for by in [1, -1] {
            let other = year.saturating_add(by);
            if fits(other) && self.turn(|| format!("[{year}] → [{other}]")) {
                *year = other;
            }
        }
    }

    fn number(&mut self, number: &mut Number, around: Option<Unit>) {
        if self.done.is_some() {
            return;
        }
        match number {
            Number::Constant(value) => self.constant(value, step(around)),
            Number::Yearly(_, year) => self.year(year, &|_| true),
            Number::Cell(cell) => self.year(&mut cell.year, &|_| true),
            Number::SumYears(_, from, to) | Number::MeanYears(_, from, to) => {
                // A span of years that ends before it begins is no valid
                // change.
                let (first, last) = (*from, *to);
                self.year(from, &|other| other <= last);
                self.year(to, &|other| first <= other);
            }
            Number::YearOf(inner) => self.number(inner, Some(Unit::Date)),
            Number::Sum(parts) | Number::Max(parts) | Number::Min(parts) => {
                let unit = parts.iter().find_map(|part| self.unit(part)).or(around);
                for part in parts {
                    self.number(part, unit);
                }
            }
            Number::Minus(a, b) => {
                let unit = self.unit(a).or_else(|| self.unit(b)).or(around);
                self.number(a, unit);
                self.number(b, unit);
            }
            Number::Times(a, b) => {
                // A factor without a unit is a share.
                self.number(a, Some(Unit::Ratio));
                self.number(b, Some(Unit::Ratio));
            }
            Number::Over(a, b) => {
                self.number(a, around);
                self.number(b, Some(Unit::Count));
            }
            Number::If(condition, a, b) => {
                self.condition(condition);
                let unit = self.unit(a).or_else(|| self.unit(b)).or(around);
                self.number(a, unit);
                self.number(b, unit);
            }
            Number::Count(_, condition) => self.condition(condition),
            Number::Fact(_)
            | Number::Graded(_)
            | Number::Field(_)
            | Number::AsOf
            | Number::Points(_) => {}
        }
    }

    /// Moves the choice sets that were added for the change into the policy.
    pub(super) fn tables(self, policy: &mut Policy) {
        if let Some(model) = self.model {
            policy.tables.choices = model.tables.choices;
        }
    }
}

const fn strictness(comparison: Comparison) -> &'static [Comparison] {
    match comparison {
        Comparison::AtLeast => &[Comparison::Above],
        Comparison::Above => &[Comparison::AtLeast],
        Comparison::AtMost => &[Comparison::Below],
        Comparison::Below => &[Comparison::AtMost],
        Comparison::Equal => &[Comparison::AtLeast, Comparison::AtMost],
    }
}

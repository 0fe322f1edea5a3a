//! Explains why a criterion has its status, in sentences with the user's
//! figures.
//!
//! Only what decides is said: where several conditions must hold and some fail,
//! only those that fail. The words here are those of arithmetic; the words of a
//! rule come from its policy.

use crate::format::{self, Word};
use zice_rules::{
    assess::{Assessment, Points, Status, needs_a_person, passes_from},
    company::{Answer, Entry},
    dictionary::{Answers, Dictionary, Fact, Field},
    formula::{Condition, ConditionAt, Number, NumberAt},
    fraction::Overflow,
    place::{ChoicesAt, FactAt, FieldAt},
    policy::{Criterion, Observe, Rule, Unit, bound_text},
    program::{Lens, Registers},
    range::Range,
    text::{Lang, Text},
    truth::Truth,
};

/// Writes sentences about one assessment in one language.
pub(crate) struct Explainer<'a> {
    pub assessment: &'a Assessment<'a>,
    /// Registers of the round that is explained. `first_row` is the number of
    /// its first criterion.
    pub registers: Registers<'a>,
    pub first_row: usize,
    /// The entry that conditions on fields refer to, of the round or of an
    /// object.
    pub entry: Option<&'a Entry>,
    pub dictionary: &'a Dictionary,
    pub lang: Lang,
    /// Whether the company is asked to meet what is explained. A note, and a
    /// condition that only picks a way to calculate, is not asked for: no gap
    /// is shown for it, and no "must be".
    pub asked: bool,
}

impl<'a> Explainer<'a> {
    /// Returns a condition, one step deep.
    pub(crate) fn condition_at(&self, at: ConditionAt) -> &'a Condition {
        self.assessment.policy.formulas.condition(at)
    }

    /// Returns a number, one step deep.
    pub(crate) fn number_at(&self, at: NumberAt) -> &'a Number {
        self.assessment.policy.formulas.number(at)
    }

    /// Returns the points of a criterion of this round.
    pub(crate) fn points_of(&self, at: usize) -> Option<Points> {
        self.assessment.points(self.first_row.saturating_add(at))
    }

    /// Returns a number as a range that covers the strictest and the most
    /// generous judgement.
    pub(crate) fn value(&self, number: NumberAt) -> Result<Range, Overflow> {
        let worst = self.registers.number(number, Lens::Worst)?;
        let best = self.registers.number(number, Lens::Best)?;
        Ok(if worst == best { worst } else { worst.hull(&best) })
    }

    /// Returns the limit of a comparison, such as `>= 25%`, once it is known.
    pub(crate) fn limit(&self, when: ConditionAt) -> Result<Option<String>, Overflow> {
        let Condition::Compare(comparison, left, right) = self.condition_at(when) else {
            return Ok(None);
        };
        if !matches!(self.number_at(*right), Number::Constant(_) | Number::If(..)) {
            return Ok(None);
        }
        let limit = self.registers.number(*right, Lens::Worst)?.as_exact();
        let unit = self.unit(*left);
        let text = |limit| match unit {
            Unit::Date => format::value(limit, unit, Word::None, self.lang),
            _ => bound_text(limit, unit),
        };
        Ok(limit.map(|limit| format!("{} {}", comparison.sign(), text(limit))))
    }

    pub(crate) const fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    pub(crate) fn fact(&self, index: FactAt) -> Option<&Fact> {
        let at = self.assessment.policy.links.facts.get(index.place())?;
        self.dictionary.facts.get(*at)
    }

    /// Joins sentences; a repeated sentence is written once.
    pub(crate) fn join(&self, parts: &[String]) -> String {
        let mut text = String::new();
        for (at, part) in parts.iter().enumerate() {
            let said = parts.iter().take(at).any(|earlier| earlier == part);
            if !said {
                if !text.is_empty() {
                    text.push_str(self.pick("；", "; "));
                }
                text.push_str(part);
            }
        }
        text
    }

    /// Returns the truth of a condition; unknown also where a person must
    /// judge.
    pub(crate) fn truth(&self, condition: ConditionAt) -> Result<Truth, Overflow> {
        let worst = self.registers.truth(condition, Lens::Worst)?;
        let best = self.registers.truth(condition, Lens::Best)?;
        Ok(if worst == best { worst } else { Truth::Unknown })
    }

    /// Writes the explanation of a criterion.
    pub(crate) fn criterion(&self, at: usize, criterion: &Criterion) -> Result<String, Overflow> {
        if needs_a_person(&self.registers, criterion)? == Truth::True {
            return Ok(self.person(criterion));
        }
        match &criterion.rule {
            Rule::Holds { when, observe } => {
                if let Some(sentence) = self.observed(*when, observe.as_ref(), criterion)? {
                    return Ok(sentence);
                }
                let mut parts = Vec::new();
                self.condition(*when, &mut parts)?;
                if let Some(otherwise) = &criterion.otherwise
                    && self.truth(*when)? == Truth::False
                {
                    parts.push(otherwise.because.get(self.lang).to_owned());
                }
                Ok(self.join(&parts))
            }
            Rule::Points { best_of, .. } => self.points(at, best_of),
            Rule::Total { of, needs, strict, also, .. } => {
                let mut parts = vec![self.total(at, of, passes_from(*needs, *strict))?];
                if let Some(also) = also
                    && self.truth(*also)? != Truth::True
                {
                    self.condition(*also, &mut parts)?;
                }
                Ok(self.join(&parts))
            }
        }
    }

    /// Compares the observed number with the limit of the criterion, once it is
    /// known: `… ÷ … = 50.00%，不超过 50%`. Returns `None` where there is no such
    /// number.
    fn observed(
        &self,
        when: ConditionAt,
        observe: Option<&Observe>,
        criterion: &Criterion,
    ) -> Result<Option<String>, Overflow> {
        let (Condition::Compare(comparison, ..), Some(observe), Some(limit)) =
            (self.condition_at(when), observe, &criterion.limit)
        else {
            return Ok(None);
        };
        let value = self.registers.number(observe.value, Lens::Worst)?;
        if value.as_exact().is_none() {
            return Ok(None);
        }
        let truth = self.truth(when)?;
        let calculation = self.calculation(observe.value, &value, observe.unit, &[limit.value])?;
        let words = self.comparison_words(*comparison, truth, observe.unit);
        let comma = self.pick("，", ", ");
        let limit = bound_text(limit.value, limit.unit);
        Ok(Some(format!("{calculation}{comma}{}{words} {limit}", self.looks(truth))))
    }

    fn person(&self, criterion: &Criterion) -> String {
        let because: Vec<String> = criterion
            .review
            .iter()
            .filter(|case| {
                let truth = self.registers.truth(case.when, Lens::Worst);
                truth == Ok(Truth::True)
            })
            .map(|case| case.because.get(self.lang).to_owned())
            .collect();
        if because.is_empty() {
            return self
                .pick(
                    "现有资料未写明，需向受理部门确认",
                    "the sources leave this open: ask the office in charge",
                )
                .to_owned();
        }
        self.join(&because)
    }

    /// Adds the parts that decide a condition.
    pub(crate) fn condition(
        &self,
        condition: ConditionAt,
        parts: &mut Vec<String>,
    ) -> Result<(), Overflow> {
        let truth = self.truth(condition)?;
        match self.condition_at(condition) {
            Condition::Constant(_) | Condition::Given(_) | Condition::HasYear(_) => {}
            Condition::GivenField(index) => parts.extend(self.lacking(*index, truth)),
            Condition::Field(index) => {
                if let Some(field) = self.field(*index) {
                    parts.push(self.answered(&field.label, field.answers.as_ref(), truth));
                }
            }
            Condition::Within(index, _) => {
                if let Some(fact) = self.fact(*index) {
                    let text = match self.assessment.answers().answer(*index) {
                        Some(Answer::Text(text)) => text,
                        _ => self.unanswered(),
                    };
                    let short = fact.short.get(self.lang);
                    parts.push(format!("{short}{}{text}", self.pick("：", ": ")));
                }
            }
            Condition::Fact(index) => {
                if let Some(fact) = self.fact(*index) {
                    parts.push(self.answered(&fact.short, fact.answers.as_ref(), truth));
                }
            }
            Condition::OneOf(index) => self.choice(*index, parts),
            Condition::Not(inner) => self.condition(*inner, parts)?,
            Condition::Review(inner) => self.review(*inner, parts)?,
            Condition::Certain(inner) => {
                if truth == Truth::True {
                    self.condition(*inner, parts)?;
                }
            }
            Condition::All(inner) => self.deciding(inner, truth, Truth::True, parts)?,
            Condition::Any(inner) => self.deciding(inner, truth, Truth::False, parts)?,
            Condition::Compare(comparison, left, right) => {
                match self.object(*comparison, *left, *right, truth)? {
                    Some(sentence) => parts.push(sentence),
                    None => parts.push(self.comparison(*comparison, *left, *right, truth)?),
                }
            }
            Condition::Criterion(index) => {
                let at = index.place();
                if let Some(criterion) = self.assessment.policy.criteria.get(at) {
                    let status = match self.assessment.status(self.first_row.saturating_add(at)) {
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

    /// Adds what a person must judge. Entries that are counted only for that
    /// purpose are not called counted.
    fn review(&self, inner: ConditionAt, parts: &mut Vec<String>) -> Result<(), Overflow> {
        let judged = self.truth(inner)? == Truth::True;
        if judged
            && let Condition::Compare(_, count, _) = self.condition_at(inner)
            && let Number::Count(index, _) = self.number_at(*count)
            && let Some(fact) = self.fact(*index)
        {
            let value = self.registers.number(*count, Lens::Worst)?;
            let many = self.shown(&value, Unit::Count, self.word(*count)).unwrap_or_default();
            let short = fact.short.get(self.lang);
            parts.push(match self.lang {
                Lang::Zh => format!("另有 {many}{short}算不算，需人工确认"),
                Lang::En => format!("whether {many} more of {short} count is for a person to say"),
            });
            return Ok(());
        }
        self.condition(inner, parts)?;
        if judged {
            parts.push(self.pick("需人工确认", "a person must confirm it").to_owned());
        }
        Ok(())
    }

    /// Adds the parts that decide a conjunction or disjunction: all parts where
    /// all had to agree (`unanimous`), otherwise only those that made the
    /// difference.
    fn deciding(
        &self,
        inner: &[ConditionAt],
        truth: Truth,
        unanimous: Truth,
        parts: &mut Vec<String>,
    ) -> Result<(), Overflow> {
        for condition in inner {
            let own = self.truth(*condition)?;
            // A safeguard that does not apply is not worth mentioning.
            let silent = match self.condition_at(*condition) {
                Condition::Not(inner) => {
                    matches!(self.condition_at(*inner), Condition::Certain(_)) && own == Truth::True
                }
                Condition::Certain(_) => own != Truth::True,
                _ => false,
            };
            if !silent && (truth == unanimous || own == truth) {
                self.condition(*condition, parts)?;
            }
        }
        Ok(())
    }

    pub(crate) const fn unanswered(&self) -> &'static str {
        self.pick("还没答", "not answered")
    }

    /// Writes a yes-or-no answer in its own words: 企业所得税征收方式：查账征收.
    fn answered(&self, name: &Text, answers: Option<&Answers>, truth: Truth) -> String {
        let said = |yes| answers.map(|it| it.said(yes).get(self.lang));
        let answer = match truth {
            Truth::True => said(true).unwrap_or_else(|| self.pick("是", "yes")),
            Truth::False => said(false).unwrap_or_else(|| self.pick("否", "no")),
            Truth::Unknown => self.unanswered(),
        };
        format!("{}{}{answer}", name.get(self.lang), self.pick("：", ": "))
    }

    /// Returns a field by its index in the policy's table of fields.
    fn field(&self, index: FieldAt) -> Option<&Field> {
        let (fact, field) = self.assessment.policy.links.fields.get(index.place())?;
        self.dictionary.facts.get(*fact)?.fields.get(*field)
    }

    /// Returns the label of a field.
    pub(crate) fn label(&self, index: FieldAt) -> Option<&str> {
        self.field(index).map(|field| field.label.get(self.lang))
    }

    fn choice(&self, index: ChoicesAt, parts: &mut Vec<String>) {
        let Some(link) = self.assessment.policy.links.choices.get(index.place()) else {
            return;
        };
        let Some(fact) = self.dictionary.facts.get(link.fact) else { return };
        let field = link.field.and_then(|at| fact.fields.get(at));
        let answer = match link.field {
            Some(at) => self.entry.and_then(|entry| entry.fields.get(at)),
            None => self.assessment.company.answers.get(link.fact),
        };
        let values = field.map_or(&fact.values, |field| &field.values);
        let label = |at: usize| values.get(at).map(|choice| choice.label(self.lang));
        let made = match answer {
            Some(Answer::Choice(at)) => label(usize::from(*at)).map(str::to_owned),
            Some(Answer::Choices(made)) => {
                let bit = |at: usize| u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at));
                let made: Vec<&str> = (0..values.len())
                    .filter(|at| bit(*at).is_some_and(|bit| made & bit != 0))
                    .filter_map(label)
                    .collect();
                Some(if made.is_empty() {
                    self.pick("无", "none").to_owned()
                } else {
                    made.join(self.pick("、", ", "))
                })
            }
            _ => None,
        };
        let made = made.unwrap_or_else(|| self.unanswered().to_owned());
        let name = field.map_or(&fact.short, |field| &field.label).get(self.lang);
        parts.push(format!("{name}{}{made}", self.pick("：", ": ")));
    }
}

//! Explains objects, such as a statement of a ministry: which of their fields
//! are missing, not how many of them count.

use crate::explain::Explainer;
use zice_rules::{
    company::{Answer, Entry, listed},
    dictionary::Kind,
    formula::{Comparison, Number, NumberAt},
    fraction::Overflow,
    place::FieldAt,
    truth::Truth,
};

impl Explainer<'_> {
    /// Explains `计数(object, …) >= 1`: which fields of the object are missing or
    /// open. Returns `None` for any other comparison.
    pub(crate) fn object(
        &self,
        comparison: Comparison,
        left: NumberAt,
        right: NumberAt,
        truth: Truth,
    ) -> Result<Option<String>, Overflow> {
        let (Comparison::AtLeast, Number::Count(index, inner), Number::Constant(_)) =
            (comparison, self.number_at(left), self.number_at(right))
        else {
            return Ok(None);
        };
        let Some(fact) = self.fact(*index).filter(|fact| fact.kind == Kind::Object) else {
            return Ok(None);
        };
        let name = fact.short.get(self.lang);
        let colon = self.pick("：", ": ");
        let policy = self.assessment.policy;
        let (entries, more) = listed(&policy.links, self.assessment.company, *index);
        // An object whose fields are all empty does not exist.
        let there = |entry: &&Entry| {
            let empty = |it: &Answer| matches!(it, Answer::Text(text) if text.trim().is_empty());
            !entry.fields.iter().all(empty)
        };
        let entry = entries.first().filter(there);
        let (Some(entry), false) = (entry, truth == Truth::True) else {
            let said = match truth {
                Truth::True => self.pick("符合要求", "as asked for"),
                _ if more => self.unanswered(),
                _ => self.pick("没有", "none"),
            };
            return Ok(Some(format!("{name}{colon}{said}")));
        };
        let registers = match self.registers.list(*index) {
            Some(list) => self.registers.inside(list, 0),
            None => self.registers,
        };
        let inside = Explainer { entry: Some(entry), registers, ..*self };
        let mut parts = Vec::new();
        inside.condition(*inner, &mut parts)?;
        let all = self.join(&parts);
        Ok(Some(format!("{name}{}{all}{}", self.pick("（", " ("), self.pick("）", ")"))))
    }

    /// Says that a document must state a field and does not, or not yet.
    /// Returns `None` if it does.
    pub(crate) fn lacking(&self, index: FieldAt, truth: Truth) -> Option<String> {
        let said = match truth {
            Truth::True => return None,
            Truth::False => self.pick("没有写", "not stated"),
            Truth::Unknown => self.unanswered(),
        };
        let label = self.label(index)?;
        Some(format!("{label}{}{said}", self.pick("：", ": ")))
    }
}

//! What the formulas of a program refer to: by id, and by position once linked.

#[cfg(feature = "serde")]
use serde::Serialize;

use crate::{
    formula::{Node, Reference},
    range::Range,
    read_members,
};

/// Everything that formulas refer to, by id.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Tables {
    /// Ids of facts, in the order in which formulas number them.
    pub facts: Vec<String>,
    /// Fields of lists and objects: id of the fact, id of the field.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<(String, String)>,
    /// Sets of choices that conditions accept.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub choices: Vec<ChoiceSet>,
}

/// The choices of a fact, or of a field of a list, that a condition accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct ChoiceSet {
    /// Id of the fact that has the choices, or whose fields have them.
    pub fact: String,
    /// Id of the field, if the fact is a list or an object.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub field: Option<String>,
    /// Ids of the accepted choices.
    pub values: Vec<String>,
}

/// What [`Tables`] name, as positions in the dictionary; linking a policy or the
/// doubts fills it.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Positions of facts in the dictionary.
    pub facts: Vec<usize>,
    /// For each fact that is a list, the position of the fact that says whether
    /// it is complete.
    pub complete: Vec<Option<usize>>,
    /// For each fact, whether it is a single object, which is a list with one
    /// entry.
    pub single: Vec<bool>,
    /// Positions of fields: of the fact, and of the field in it.
    pub fields: Vec<(usize, usize)>,
    /// Sets of choices that conditions accept.
    pub choices: Vec<ChoiceLink>,
    /// For each fact, the range of a number that was not answered.
    pub fact_domains: Vec<Range>,
    /// For each field, the range of a number that was not answered.
    pub field_domains: Vec<Range>,
}

/// The choices of a fact, or of a field of a list, that a condition accepts.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceLink {
    /// Position of the fact in the dictionary.
    pub fact: usize,
    /// Position of the field, if the fact is a list or an object.
    pub field: Option<usize>,
    /// The accepted choices, one bit each, by position.
    pub accepted: u64,
}

impl Tables {
    /// Whether the tables contain what a node names.
    pub(crate) fn have(&self, node: Node<'_>) -> bool {
        match node.refers_to() {
            Some(Reference::Fact(at) | Reference::Years(at, _) | Reference::List(at)) => {
                at.place() < self.facts.len()
            }
            Some(Reference::Figure(cell)) => {
                cell.fact.place() < self.facts.len() && cell.field.place() < self.fields.len()
            }
            Some(Reference::Field(at)) => at.place() < self.fields.len(),
            Some(Reference::Choices(at)) => at.place() < self.choices.len(),
            // Criteria are not in these tables; `Policy::link` checks them.
            Some(Reference::Criterion(_) | Reference::Year(_)) | None => true,
        }
    }
}

read_members! {
    Tables { facts, fields, choices }
    ChoiceSet { fact, field, values }
}

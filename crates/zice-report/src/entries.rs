//! Says of each entry of a list which criteria it counts for, and why not.

use crate::{
    ItemNote, ItemReport, ItemStatus,
    build::{Builder, certainly},
};
use zice_rules::{
    assess::{Status, join},
    company::{Answer, Entry},
    dictionary::Fact,
    formula::{Condition, ConditionAt, Formulas, Number, NumberAt, Reference, Walk},
    fraction::Overflow,
    place::FactAt,
    policy::{Criterion, Measure, Rule},
    program::{Lens, Registers},
    text::printable,
};

impl Builder<'_> {
    pub(crate) fn items(&self) -> Result<Vec<ItemReport>, Overflow> {
        let mut items = Vec::new();
        let mut seen: Vec<FactAt> = Vec::new();
        for note in &self.policy().entry_notes {
            if seen.contains(&note.list) {
                continue;
            }
            seen.push(note.list);
            let at = self.policy().links.facts.get(note.list.place());
            let Some(fact) = at.and_then(|at| self.dictionary.facts.get(*at)) else { continue };
            let Some(round) = self.assessment.seen().next() else { continue };
            let scratch = self.assessment.whole_scratch_of(round);
            let registers = self.assessment.registers(&scratch);
            let (entries, _) = self.assessment.answers().list(note.list);
            let Some(list) = registers.list(note.list) else { continue };
            for (index, entry) in entries.iter().enumerate() {
                let inside = registers.inside(list, index);
                let counts = Counts {
                    formulas: &self.policy().formulas,
                    registers,
                    inside,
                    list: note.list,
                };
                items.push(self.item(&counts, fact, index, entry)?);
            }
        }
        Ok(items)
    }

    fn item(
        &self,
        counts: &Counts<'_>,
        fact: &Fact,
        index: usize,
        entry: &Entry,
    ) -> Result<ItemReport, Overflow> {
        let mut item = ItemReport {
            fact: fact.id.clone(),
            index,
            name: self.entry_name(fact, index, entry),
            status: ItemStatus::DoesNotCount,
            counts_for: Vec::new(),
            may_count_for: Vec::new(),
            because: Vec::new(),
        };
        let mut best = Status::NotMet;
        for criterion in &self.policy().criteria {
            let own = counts.criterion(criterion)?;
            match own {
                Status::Met => item.counts_for.push(criterion.id.clone()),
                Status::Unknown | Status::NeedsReview => {
                    item.may_count_for.push(criterion.id.clone());
                }
                _ => {}
            }
            best = better(best, own);
        }
        item.status = match best {
            Status::Met => ItemStatus::Counts,
            Status::NeedsReview => ItemStatus::NeedsReview,
            Status::Unknown => ItemStatus::Unknown,
            _ => ItemStatus::DoesNotCount,
        };
        let notes = self.policy().entry_notes.iter().filter(|note| note.list == counts.list);
        for note in notes {
            let holds = certainly(&counts.inside, note.when);
            if holds && (!note.counting || best != Status::NotMet) {
                item.because.push(ItemNote {
                    id: note.id.clone(),
                    text: note.text.get(self.lang).to_owned(),
                    cites: note.cites.iter().map(|cite| self.cite(cite)).collect(),
                });
            }
        }
        Ok(item)
    }

    /// Names an entry: its first text, followed by its kind if the first field
    /// of the list is a choice. Without either it is a number counted from 1.
    fn entry_name(&self, fact: &Fact, index: usize, entry: &Entry) -> String {
        let text = entry.fields.iter().find_map(|answer| match answer {
            Answer::Text(text) if !text.trim().is_empty() => Some(printable(text.trim())),
            _ => None,
        });
        let kind = match (fact.fields.first(), entry.fields.first()) {
            (Some(field), Some(Answer::Choice(at))) => {
                field.values.get(usize::from(*at)).map(|choice| choice.label(self.lang))
            }
            _ => None,
        };
        match (text, kind) {
            (Some(text), Some(kind)) => [&text, self.lang.pick("，", ", "), kind].concat(),
            (Some(text), None) => text,
            (None, Some(kind)) => kind.to_owned(),
            (None, None) => {
                let item = fact.item.as_ref().unwrap_or(&fact.short).get(self.lang);
                format!("{item} {}", index.saturating_add(1))
            }
        }
    }
}

/// Finds which criteria count one entry of a list.
struct Counts<'a> {
    formulas: &'a Formulas,
    registers: Registers<'a>,
    /// The same registers, read for this entry.
    inside: Registers<'a>,
    list: FactAt,
}

impl Counts<'_> {
    fn criterion(&self, criterion: &Criterion) -> Result<Status, Overflow> {
        let mut found = Status::NotMet;
        match &criterion.rule {
            Rule::Holds { when, .. } => found = self.condition(*when)?,
            Rule::Points { best_of, .. } => {
                for basis in best_of {
                    let own = match &basis.measure {
                        Measure::Banded(banded) => self.number(banded.value)?,
                        Measure::Condition(points) => self.condition(points.when)?,
                    };
                    found = better(found, own);
                }
            }
            Rule::Total { also, .. } => {
                if let Some(also) = also {
                    found = self.condition(*also)?;
                }
            }
        }
        Ok(found)
    }

    /// Decides whether a condition counts the entry. In a conjunction the entry
    /// only counts as far as the other parts hold.
    fn condition(&self, at: ConditionAt) -> Result<Status, Overflow> {
        let mut found = Status::NotMet;
        match self.formulas.condition(at) {
            Condition::All(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    let mut own = self.condition(*part)?;
                    for (other, sibling) in parts.iter().enumerate() {
                        if own == Status::NotMet || other == at || self.mentions(*sibling) {
                            continue;
                        }
                        own = match status(&self.registers, *sibling)? {
                            Status::Met => own,
                            Status::NotMet => Status::NotMet,
                            _ => worse(own),
                        };
                    }
                    found = better(found, own);
                }
            }
            Condition::Any(parts) => {
                for part in parts {
                    found = better(found, self.condition(*part)?);
                }
            }
            Condition::Not(inner) | Condition::Certain(inner) => {
                found = self.condition(*inner)?;
            }
            // An entry that a person must confirm first does not count before
            // that.
            Condition::Review(inner) => {
                found = match self.condition(*inner)? {
                    Status::Met => Status::NeedsReview,
                    other => other,
                };
            }
            Condition::Compare(_, left, right) => {
                found = better(self.number(*left)?, self.number(*right)?);
            }
            Condition::Constant(_)
            | Condition::Fact(_)
            | Condition::Field(_)
            | Condition::OneOf(_)
            | Condition::Given(_)
            | Condition::GivenField(_)
            | Condition::HasYear(_)
            | Condition::Within(..)
            | Condition::Criterion(_) => {}
        }
        Ok(found)
    }

    fn number(&self, at: NumberAt) -> Result<Status, Overflow> {
        let mut found = Status::NotMet;
        match self.formulas.number(at) {
            Number::Count(list, when) if *list == self.list => {
                found = status(&self.inside, *when)?;
            }
            Number::If(condition, then, otherwise) => {
                found = self.condition(*condition)?;
                for part in [then, otherwise] {
                    found = better(found, self.number(*part)?);
                }
            }
            Number::Minus(a, b) | Number::Times(a, b) | Number::Over(a, b) => {
                found = better(self.number(*a)?, self.number(*b)?);
            }
            Number::Sum(parts) | Number::Max(parts) | Number::Min(parts) => {
                for part in parts {
                    found = better(found, self.number(*part)?);
                }
            }
            // Counts of another list, and numbers without a list, do not count
            // the entry.
            Number::Count(..)
            | Number::Constant(_)
            | Number::Fact(_)
            | Number::Yearly(..)
            | Number::SumYears(..)
            | Number::MeanYears(..)
            | Number::Graded(_)
            | Number::Cell(_)
            | Number::Field(_)
            | Number::AsOf
            | Number::YearOf(_)
            | Number::Points(_) => {}
        }
        Ok(found)
    }

    /// Whether a condition counts entries of this list.
    fn mentions(&self, condition: ConditionAt) -> bool {
        let mut found = false;
        self.formulas.visit_condition(condition, Walk::All, &mut |node| {
            found |= node.refers_to() == Some(Reference::List(self.list));
        });
        found
    }
}

/// Evaluates a condition under both lenses.
fn status(registers: &Registers<'_>, at: ConditionAt) -> Result<Status, Overflow> {
    Ok(join(registers.truth(at, Lens::Worst)?, registers.truth(at, Lens::Best)?))
}

/// Lowers a certain status to unknown, because something beside it is open.
const fn worse(status: Status) -> Status {
    match status {
        Status::Met => Status::Unknown,
        other => other,
    }
}

/// Returns the more favourable of two statuses.
const fn better(a: Status, b: Status) -> Status {
    match (a, b) {
        (Status::Met, _) | (_, Status::Met) => Status::Met,
        (Status::NeedsReview, _) | (_, Status::NeedsReview) => Status::NeedsReview,
        (Status::Unknown, _) | (_, Status::Unknown) => Status::Unknown,
        _ => Status::NotMet,
    }
}

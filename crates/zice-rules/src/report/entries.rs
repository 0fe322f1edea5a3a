//! What is said of each entry of a list: which lines it counts for, and why
//! not.

use super::{ItemNote, ItemReport, build::Builder};
use crate::{
    assess::{Lens, Status, join},
    company::{Answer, Entry},
    dictionary::Fact,
    formula::{Condition, Node, Number, Walk},
    fraction::Overflow,
    truth::Truth,
};

impl Builder<'_> {
    pub(super) fn items(&self) -> Result<Vec<ItemReport>, Overflow> {
        let mut items = Vec::new();
        let mut seen: Vec<u16> = Vec::new();
        for note in &self.policy().entry_notes {
            if seen.contains(&note.list) {
                continue;
            }
            seen.push(note.list);
            let at = self.policy().links.facts.get(usize::from(note.list));
            let Some(fact) = at.and_then(|at| self.dictionary.facts.get(*at)) else { continue };
            let Some(round) = self.assessment.seen().next() else { continue };
            let (entries, _) = self.assessment.evaluator(round).list(note.list);
            for (index, entry) in entries.iter().enumerate() {
                items.push(self.item(note.list, fact, index, entry)?);
            }
        }
        Ok(items)
    }

    fn item(
        &self,
        list: u16,
        fact: &Fact,
        index: usize,
        entry: &Entry,
    ) -> Result<ItemReport, Overflow> {
        let mut item = ItemReport {
            fact: fact.id.clone(),
            index,
            name: self.entry_name(fact, index, entry),
            status: "does_not_count",
            counts_for: Vec::new(),
            may_count_for: Vec::new(),
            because: Vec::new(),
        };
        let mut best = Status::NotMet;
        for criterion in &self.policy().criteria {
            let mut own = Status::NotMet;
            let mut failed = false;
            criterion.visit(Walk::All, &mut |node| {
                if let Node::Number(Number::Count(counted, when)) = node
                    && *counted == list
                {
                    match self.entry_status(when, entry) {
                        Ok(status) => own = better(own, status),
                        Err(Overflow) => failed = true,
                    }
                }
            });
            if failed {
                return Err(Overflow);
            }
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
            Status::Met => "counts",
            Status::NeedsReview => "needs_review",
            Status::Unknown => "unknown",
            _ => "does_not_count",
        };
        let notes = self.policy().entry_notes.iter().filter(|note| note.list == list);
        for note in notes {
            let holds = self
                .assessment
                .seen()
                .next()
                .is_some_and(|round| self.certainly(&note.when, round, Some(entry)));
            if holds {
                item.because.push(ItemNote {
                    id: note.id.clone(),
                    text: note.text.get(self.lang).to_owned(),
                    cites: note.cites.iter().map(|cite| self.cite(cite)).collect(),
                });
            }
        }
        Ok(item)
    }

    fn entry_status(&self, when: &Condition, entry: &Entry) -> Result<Status, Overflow> {
        let Some(round) = self.assessment.seen().next() else { return Ok(Status::NotMet) };
        let evaluator = self.assessment.evaluator(round);
        let truth = |lens| -> Result<Truth, Overflow> { evaluator.truth(when, lens, Some(entry)) };
        Ok(join(truth(Lens::Worst)?, truth(Lens::Best)?))
    }

    /// What kind of thing an entry is, by its first choice or text; else its
    /// number.
    fn entry_name(&self, fact: &Fact, index: usize, entry: &Entry) -> String {
        for (field, answer) in fact.fields.iter().zip(&entry.fields) {
            match answer {
                Answer::Choice(at) => {
                    if let Some(choice) = field.values.get(usize::from(*at)) {
                        return choice.label(self.lang).to_owned();
                    }
                }
                Answer::Text(text) if !text.trim().is_empty() => return text.clone(),
                _ => {}
            }
        }
        let item = fact.item.as_ref().unwrap_or(&fact.short).get(self.lang);
        format!("{item} {}", index.saturating_add(1))
    }
}

/// The one that helps more.
const fn better(a: Status, b: Status) -> Status {
    match (a, b) {
        (Status::Met, _) | (_, Status::Met) => Status::Met,
        (Status::NeedsReview, _) | (_, Status::NeedsReview) => Status::NeedsReview,
        (Status::Unknown, _) | (_, Status::Unknown) => Status::Unknown,
        _ => Status::NotMet,
    }
}

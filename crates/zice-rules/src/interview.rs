//! Says what an interview about a policy has to ask.

use core::ops::RangeInclusive;

use crate::{
    formula::{CriterionAt, Node, Reference, Walk},
    policy::{Criterion, Policy, Rule},
    sorted_list,
};

impl Policy {
    /// Returns the facts this policy uses, as positions in the dictionary, in
    /// rising order.
    pub fn asks(&self) -> Vec<usize> {
        let mut facts = Vec::new();
        self.visit(Walk::All, &mut |node: Node<'_>| self.note(node, &mut facts));
        if let Some(list) = self.each.as_ref().and_then(|it| self.links.facts.get(it.list.place()))
        {
            sorted_list::insert(&mut facts, *list);
        }
        facts
    }

    /// Whether a criterion can be open because this fact is not answered. Other
    /// facts only have an effect once they are known: those in `确定(…)`, in
    /// cases for a person, in papers and in notes.
    pub fn waits_for(&self, fact: usize) -> bool {
        self.facts_of_criteria(Walk::Waiting).contains(&fact)
    }

    /// Whether the policy's formulas use this field of a list.
    pub fn uses_field(&self, fact: usize, field: usize) -> bool {
        self.links.fields.contains(&(fact, field))
            || self.links.choices.iter().any(|link| link.fact == fact && link.field == Some(field))
    }

    /// Returns the fiscal years in which a yearly fact is used, as offsets from
    /// the year of application, in rising order.
    pub fn years_of(&self, fact: usize) -> Vec<i8> {
        let mut years = Vec::new();
        self.visit(Walk::All, &mut |node: Node<'_>| {
            for year in self.years_at(node, fact).into_iter().flatten() {
                sorted_list::insert(&mut years, year);
            }
        });
        years
    }

    /// Returns the first fiscal year the policy uses, as an offset from the
    /// year of application.
    pub fn first_year(&self) -> Option<i8> {
        let mut first: Option<i8> = None;
        self.visit(Walk::All, &mut |node: Node<'_>| {
            let year = match node.refers_to() {
                Some(Reference::Years(_, years)) => *years.start(),
                Some(Reference::Figure(cell)) => cell.year,
                Some(Reference::Year(year)) => year,
                Some(
                    Reference::Fact(_)
                    | Reference::List(_)
                    | Reference::Field(_)
                    | Reference::Choices(_)
                    | Reference::Criterion(_),
                )
                | None => return,
            };
            first = Some(first.map_or(year, |first| first.min(year)));
        });
        first
    }

    /// Returns the fiscal years in which a node uses a fact, as offsets; `None`
    /// if it does not use the fact by year.
    fn years_at(&self, node: Node<'_>, fact: usize) -> Option<RangeInclusive<i8>> {
        let (index, years) = match node.refers_to()? {
            Reference::Years(index, years) => (index, years),
            Reference::Figure(cell) => (cell.fact, cell.year..=cell.year),
            Reference::Fact(_)
            | Reference::List(_)
            | Reference::Field(_)
            | Reference::Choices(_)
            | Reference::Criterion(_)
            | Reference::Year(_) => return None,
        };
        (self.links.facts.get(index.place()) == Some(&fact)).then_some(years)
    }

    /// Whether a node uses a fact in one of these years; `years` is empty for a
    /// fact without years. `year` is the year of application.
    fn sees(&self, node: Node<'_>, fact: usize, years: &[i32], year: i32) -> bool {
        let mut facts = Vec::new();
        self.note(node, &mut facts);
        facts.contains(&fact)
            && (years.is_empty()
                || self
                    .years_at(node, fact)
                    .into_iter()
                    .flatten()
                    .any(|offset| years.contains(&year.saturating_add(i32::from(offset)))))
    }

    /// Whether anything in the policy uses a fact in one of these years;
    /// `years` is empty for a fact without years. `year` is the year of
    /// application.
    pub fn looks_at(&self, fact: usize, years: &[i32], year: i32) -> bool {
        let mut found = false;
        self.visit(Walk::All, &mut |node: Node<'_>| {
            found |= self.sees(node, fact, years, year);
        });
        let list = self.each.as_ref().and_then(|it| self.links.facts.get(it.list.place()));
        found || list == Some(&fact)
    }

    /// Says for each criterion whether it depends on one of these figures,
    /// itself or through a criterion it builds on. A figure is the position of
    /// a fact with its fiscal years.
    pub fn resting(&self, figures: &[(usize, Vec<i32>)], year: i32) -> Vec<bool> {
        let mut resting: Vec<bool> = Vec::with_capacity(self.criteria.len());
        for criterion in &self.criteria {
            let below = |at: &CriterionAt| resting.get(at.place()) == Some(&true);
            let mut rests = false;
            let mut see = |node: Node<'_>| {
                rests |= match node.refers_to() {
                    Some(Reference::Criterion(at)) => below(&at),
                    _ => figures.iter().any(|(fact, years)| self.sees(node, *fact, years, year)),
                };
            };
            self.visit_criterion(criterion, Walk::All, &mut see);
            for case in &criterion.review {
                self.formulas.visit_condition(case.when, Walk::All, &mut see);
            }
            if let Rule::Total { of, .. } = &criterion.rule {
                rests |= of.iter().flat_map(|part| &part.of).any(below);
            }
            resting.push(rests);
        }
        resting
    }

    /// Returns the facts a criterion uses, as positions in the dictionary.
    /// Where the policy judges entries, the list is among them.
    pub fn facts_of(&self, criterion: &Criterion) -> Vec<usize> {
        let mut facts = Vec::new();
        self.visit_criterion(criterion, Walk::All, &mut |node: Node<'_>| {
            self.note(node, &mut facts);
        });
        let list = self.each.as_ref().map(|it| it.list.place());
        if let Some(list) = list.and_then(|it| self.links.facts.get(it)) {
            sorted_list::insert(&mut facts, *list);
        }
        facts
    }

    fn facts_of_criteria(&self, walk: Walk) -> Vec<usize> {
        let mut facts = Vec::new();
        let mut see = |node: Node<'_>| self.note(node, &mut facts);
        for criterion in &self.criteria {
            self.visit_criterion(criterion, walk, &mut see);
        }
        facts
    }

    /// Adds the fact a node uses.
    fn note(&self, node: Node<'_>, facts: &mut Vec<usize>) {
        let index = match node.refers_to() {
            Some(Reference::Fact(index) | Reference::Years(index, _) | Reference::List(index)) => {
                index
            }
            Some(Reference::Figure(cell)) => cell.fact,
            Some(Reference::Choices(index)) => {
                let link = self.links.choices.get(index.place());
                if let Some(link) = link.filter(|link| link.field.is_none()) {
                    sorted_list::insert(facts, link.fact);
                }
                return;
            }
            Some(Reference::Field(_) | Reference::Criterion(_) | Reference::Year(_)) | None => {
                return;
            }
        };
        if let Some(at) = self.links.facts.get(index.place()) {
            sorted_list::insert(facts, *at);
        }
    }
}

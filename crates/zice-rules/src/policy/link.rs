//! Links a policy to the dictionary: names become positions, once.

use std::sync::Arc;

use super::{Basis, Criterion, Part, Policy, Rule, SCHEMA};
use crate::{
    dictionary::Dictionary,
    error::Error,
    formula::{Condition, CriterionAt, FormulaAt, Formulas, Node, Number, Reference, Walk},
    points::MAX_POINTS,
    program::Compiled,
};

impl Policy {
    /// Links the policy to its dictionary, reads the program, and checks that
    /// every index and every sum of points is within bounds.
    ///
    /// # Errors
    /// Fails when a name is unknown, an index points nowhere, points can exceed
    /// what the engine holds, or the program does not belong to these formulas.
    pub fn link(&mut self, dictionary: &Dictionary) -> Result<(), Error> {
        self.resolve(dictionary)?;
        let program = Compiled::read(&self.code, self.formulas.all().len(), &self.tables)
            .filter(|compiled| compiled.program.criteria() == self.criteria.len())
            .ok_or_else(|| Error::policy(format!("{}: code", self.address())))?;
        self.program = Some(Arc::new(program));
        Ok(())
    }

    /// Does the part of [`Policy::link`] that needs no program. The compiler of
    /// policies does this before it makes the program.
    ///
    /// # Errors
    /// Fails when a name is unknown, an index points nowhere, or points can
    /// exceed what the engine holds.
    pub fn resolve(&mut self, dictionary: &Dictionary) -> Result<(), Error> {
        if self.schema != SCHEMA {
            return Err(Error::policy(format!("schema \"{}\"", self.schema)));
        }
        let links = dictionary
            .links(&self.tables)
            .map_err(|what| Error::policy(format!("{}: {what}", self.address())))?;
        self.check_points()?;
        self.check_indexes()?;
        self.judged = self.judgements();
        self.links = links;
        Ok(())
    }

    /// Checks that every index of the compiled file points at something.
    fn check_indexes(&self) -> Result<(), Error> {
        let tables = &self.tables;
        let mut astray = !self.formulas.is_sound();
        if astray {
            // One that is a part of itself can't even be looked at.
            return Err(Error::policy(format!("{}: index", self.address())));
        }
        let mut root = |at| astray |= !self.formulas.holds(at);
        root(FormulaAt::Condition(self.verdict));
        self.roots(&mut root);
        for formula in self.formulas.all() {
            let node = formula.node();
            astray |= !tables.have(node);
            if let Some(Reference::Criterion(at)) = node.refers_to() {
                astray |= at.place() >= self.criteria.len();
            }
        }
        // A criterion may only depend on earlier ones.
        for (at, criterion) in self.criteria.iter().enumerate() {
            self.visit_criterion(criterion, Walk::All, &mut |node| {
                if let Some(Reference::Criterion(on)) = node.refers_to() {
                    astray |= on.place() >= at;
                }
            });
        }
        if let Some(each) = &self.each {
            astray |= each.list.place() >= tables.facts.len();
            astray |= each.name.is_some_and(|field| field.place() >= tables.fields.len());
        }
        astray |= self.entry_notes.iter().any(|note| note.list.place() >= tables.facts.len());
        let cites = self
            .criteria
            .iter()
            .map(|criterion| &criterion.cites)
            .chain(self.criteria.iter().flat_map(|one| &one.review).map(|case| &case.cites))
            .chain(self.cautions.iter().map(|caution| &caution.cites))
            .chain(self.benefits.iter().chain(&self.open_points).map(|it| &it.cites))
            .chain(self.criteria.iter().filter_map(|it| it.otherwise.as_ref()).map(|it| &it.cites))
            .chain(self.papers.iter().map(|paper| &paper.cites))
            .chain(self.indicators.iter().map(|it| &it.cites))
            .chain(self.entry_notes.iter().map(|note| &note.cites))
            .chain(self.levers.iter().map(|lever| &lever.cites))
            .chain(self.calendar.iter().map(|milestone| &milestone.cites));
        astray |= cites.flatten().any(|cite| cite.source.place() >= self.sources.len());
        let mut papers = self.criteria.iter().flat_map(|criterion| &criterion.papers);
        astray |= papers.any(|paper| paper.place() >= self.papers.len());
        if astray { Err(Error::policy(format!("{}: index", self.address()))) } else { Ok(()) }
    }

    fn check_points(&self) -> Result<(), Error> {
        let mut most = 0_u32;
        for (at, criterion) in self.criteria.iter().enumerate() {
            match &criterion.rule {
                Rule::Points { out_of, best_of } => {
                    let highest =
                        best_of.iter().flat_map(Basis::grades).map(|(min, max)| max.max(min)).max();
                    if highest.is_some_and(|points| points > *out_of) {
                        return Err(Error::policy(format!("{}: points", criterion.id)));
                    }
                    most = most.saturating_add(u32::from(*out_of));
                }
                Rule::Total { of, .. } => {
                    let upward = |part: &Part| part.of.iter().all(|index| index.place() < at);
                    if !of.iter().all(upward) {
                        return Err(Error::policy(format!("{}: total", criterion.id)));
                    }
                }
                Rule::Holds { .. } => {}
            }
        }
        if most > u32::from(MAX_POINTS) {
            return Err(Error::policy("points".to_owned()));
        }
        Ok(())
    }

    /// Says for each criterion what of it, or of a criterion it builds on, a
    /// person must judge.
    fn judgements(&self) -> Vec<Judged> {
        let mut above: Vec<bool> = Vec::with_capacity(self.criteria.len());
        let mut judged = Vec::with_capacity(self.criteria.len());
        for criterion in &self.criteria {
            let own = criterion.judged(&self.formulas, &above);
            above.push(own != Judged::Nothing);
            judged.push(own);
        }
        judged
    }
}

/// What of a criterion a person must judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Nothing; it can be calculated.
    Nothing,
    /// Only the points within a band.
    Grades,
    /// More than the points within a band.
    More,
}

impl Criterion {
    /// Whether a person must judge anything in it. `above` says the same of the
    /// criteria before it.
    pub fn is_judged(&self, formulas: &Formulas, above: &[bool]) -> bool {
        self.judged(formulas, above) != Judged::Nothing
    }

    fn judged(&self, formulas: &Formulas, above: &[bool]) -> Judged {
        let of = |at: CriterionAt| above.get(at.place()).copied().unwrap_or(true);
        let mut more = self.is_open() || self.otherwise.is_some() || !self.review.is_empty();
        let mut see = |node: Node<'_>| {
            more |= match (node, node.refers_to()) {
                (Node::Condition(Condition::Review(_)) | Node::Number(Number::Graded(_)), _) => {
                    true
                }
                (_, Some(Reference::Criterion(at))) => of(at),
                _ => false,
            };
        };
        self.roots(&mut |at| formulas.visit(at, Walk::All, &mut see));
        let grades = match &self.rule {
            Rule::Points { best_of, .. } => {
                best_of.iter().flat_map(Basis::grades).any(|(min, max)| min != max)
            }
            Rule::Total { of: parts, .. } => {
                more |= parts.iter().flat_map(|part| &part.of).any(|at| of(*at));
                false
            }
            Rule::Holds { .. } => false,
        };
        match (more, grades) {
            (true, _) => Judged::More,
            (false, true) => Judged::Grades,
            (false, false) => Judged::Nothing,
        }
    }
}

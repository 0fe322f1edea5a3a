//! Positions of what tables name: ids become positions, once.

use super::{Dictionary, Domain, Kind};
use crate::{
    program::{ChoiceLink, Links, Tables},
    range::Range,
};

impl Dictionary {
    /// Finds the positions of what the tables name.
    ///
    /// # Errors
    /// Returns the first name that the dictionary does not contain.
    pub(crate) fn links(&self, tables: &Tables) -> Result<Links, String> {
        let position = |id: &str| self.position(id).ok_or_else(|| id.to_owned());
        let field_position = |fact: usize, id: &str| {
            self.facts
                .get(fact)
                .and_then(|fact| fact.fields.iter().position(|field| field.id == id))
                .ok_or_else(|| id.to_owned())
        };
        let mut links = Links::default();
        for id in &tables.facts {
            let at = position(id)?;
            let complete = self.facts.get(at).and_then(|fact| fact.complete.as_deref());
            links.facts.push(at);
            links
                .fact_domains
                .push(self.facts.get(at).map_or(Range::ANY, |fact| whole(&fact.domain())));
            links.complete.push(complete.map(position).transpose()?);
            let kind = self.facts.get(at).map(|fact| fact.kind);
            links.single.push(kind == Some(Kind::Object));
        }
        for (fact, field) in &tables.fields {
            let fact = position(fact)?;
            let at = field_position(fact, field)?;
            links.fields.push((fact, at));
            let field = self.facts.get(fact).and_then(|fact| fact.fields.get(at));
            links.field_domains.push(field.map_or(Range::ANY, |field| whole(&field.domain())));
        }
        for set in &tables.choices {
            let fact = position(&set.fact)?;
            let field = set.field.as_deref().map(|id| field_position(fact, id)).transpose()?;
            let choices = self.facts.get(fact).map_or(&[][..], |fact| match field {
                Some(field) => fact.fields.get(field).map_or(&[][..], |field| &field.values),
                None => &fact.values,
            });
            let mut accepted = 0_u64;
            for value in &set.values {
                let bit = choices
                    .iter()
                    .position(|choice| choice.id == *value)
                    .and_then(|at| u32::try_from(at).ok())
                    .and_then(|at| 1_u64.checked_shl(at))
                    .ok_or_else(|| value.clone())?;
                accepted |= bit;
            }
            links.choices.push(ChoiceLink { fact, field, accepted });
        }
        Ok(links)
    }
}

/// Returns the range of a number of this domain that was not answered.
const fn whole(domain: &Domain<'_>) -> Range {
    Range::between(domain.lower(), domain.max)
}

//! Writes indicators: figures for orientation that decide nothing.

use crate::{
    IndicatorFigure, IndicatorReport,
    build::{Builder, observed},
};
use zice_exact::program::Scratch;

use zice_rules::{
    assess::Round,
    fraction::Overflow,
    policy::{CriterionKind, Indicator},
    range::Undefined,
};

impl Builder<'_> {
    /// Calculates the indicators of one round. Fails if a figure does not fit.
    pub(crate) fn indicators(
        &self,
        number: usize,
        round: &Round<'_>,
        scratch: &Scratch,
    ) -> Result<Vec<IndicatorReport>, Overflow> {
        let mut reports = Vec::new();
        let explainer = self.explainer(number, round, scratch, CriterionKind::Note);
        for indicator in &self.policy().indicators {
            let mut values = Vec::with_capacity(indicator.values.len());
            for one in &indicator.values {
                let range = explainer.value(one.value)?;
                let year = one.year.map(|offset| {
                    self.assessment.company.as_of.year().saturating_add(i32::from(offset))
                });
                let known = range.undefined != Undefined::Certainly;
                values.push(IndicatorFigure {
                    side_title: one.side.as_deref().map(|side| self.side_title(side)),
                    side: one.side.clone(),
                    year,
                    observed: known.then(|| observed(&range, indicator.unit)),
                    explain: explainer.calculation(one.value, &range, indicator.unit, &[])?,
                });
            }
            reports.push(self.indicator(number, indicator, values));
        }
        Ok(reports)
    }

    fn indicator(
        &self,
        number: usize,
        indicator: &Indicator,
        values: Vec<IndicatorFigure>,
    ) -> IndicatorReport {
        let round = self.assessment.rounds.get(number);
        IndicatorReport {
            id: match &self.policy().each {
                Some(each) => format!("{}[{number}].{}", each.id, indicator.id),
                None => indicator.id.clone(),
            },
            group: round.and_then(|round| self.group(number, round)),
            title: indicator.title.get(self.lang).to_owned(),
            rule: indicator.words.get(self.lang).to_owned(),
            better: indicator.better,
            cites: indicator.cites.iter().map(|cite| self.cite(cite)).collect(),
            values,
        }
    }

    /// Returns the name of a side; its id if the dictionary does not know it.
    fn side_title(&self, id: &str) -> String {
        let sides = self.dictionary.facts.iter().flat_map(|fact| &fact.sides);
        let side = sides.into_iter().find(|side| side.id == id);
        side.map_or_else(|| id.to_owned(), |side| side.label(self.lang).to_owned())
    }
}

//! Records what the golden cases of a policy reach, and lists what none of them
//! does.

use std::collections::BTreeSet;

use zice_report::Report;
use zice_rules::{
    Policy,
    policy::{Basis, CriterionKind, Rule},
};

use super::expectation::span;
use crate::policy_file::Expectation;

/// Everything that the golden cases of one policy reached.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    /// Pairs of criterion and status.
    statuses: BTreeSet<(String, &'static str)>,
    /// Pairs of criterion and points, written `16` or `7-8`.
    points: BTreeSet<(String, String)>,
    routes: BTreeSet<String>,
    papers: BTreeSet<String>,
    verdicts: BTreeSet<&'static str>,
    warnings: BTreeSet<String>,
    entry_notes: BTreeSet<String>,
    /// Indicators for which a case expected a value.
    indicators: BTreeSet<String>,
    /// Calendar days for which a case expected a state.
    days: BTreeSet<String>,
    /// Lines of advice where a case expected some.
    advice: Vec<String>,
}

impl Coverage {
    pub(super) fn note(&mut self, report: &Report, expect: &Expectation) {
        self.verdicts.insert(report.verdict.name());
        self.routes.extend(report.route.clone());
        self.papers.extend(report.papers.iter().map(|paper| paper.id.clone()));
        self.warnings.extend(report.warnings.iter().map(|warning| warning.code.clone()));
        for criterion in &report.criteria {
            let id = base(&criterion.id);
            self.statuses.insert((id.clone(), criterion.status.name()));
            if let Some(points) = &criterion.points {
                self.points.insert((id, span(&points.min, &points.max)));
            }
        }
        let notes = report.items.iter().flat_map(|item| &item.because);
        self.entry_notes.extend(notes.map(|note| note.id.clone()));
        for address in expect.indicators.keys() {
            let id = base(address);
            self.indicators.insert(id.split('.').next().unwrap_or(&id).to_owned());
        }
        self.days.extend(expect.calendar.keys().cloned());
    }

    pub(super) fn advise(&mut self, lines: Vec<String>) {
        self.advice.extend(lines);
    }

    pub(crate) fn missing(&self, policy: &Policy) -> Vec<String> {
        let mut missing = Vec::new();
        let address = policy.address();
        let verdicts: &[&str] =
            if policy.hint { &["hint"] } else { &["met", "not_met", "undecided"] };
        let none = policy.each.as_ref().map(|_| "not_applicable");
        for verdict in verdicts.iter().copied().chain(none) {
            if !self.verdicts.contains(verdict) {
                missing.push(format!("{address} verdict {verdict}"));
            }
        }
        for criterion in &policy.criteria {
            let id = &criterion.id;
            let negative = match criterion.kind {
                CriterionKind::Note => "not_applicable",
                _ if criterion.otherwise.is_some() => "needs_review",
                _ => "not_met",
            };
            let mut statuses = vec!["met", negative, "unknown"];
            if !criterion.review.is_empty() {
                statuses.push("needs_review");
            }
            for status in statuses {
                if !self.statuses.contains(&(id.clone(), status)) {
                    missing.push(format!("{address} {id} {status}"));
                }
            }
            if let Rule::Points { best_of, .. } = &criterion.rule {
                let bands: BTreeSet<String> = best_of
                    .iter()
                    .flat_map(Basis::grades)
                    .map(|(min, max)| span(&min.to_string(), &max.to_string()))
                    .collect();
                for points in bands {
                    if !self.points.contains(&(id.clone(), points.clone())) {
                        missing.push(format!("{address} {id} {points} 分档"));
                    }
                }
            }
            if let Some(route) = criterion.route.as_ref().filter(|it| !self.routes.contains(*it)) {
                missing.push(format!("{address} route {route}"));
            }
        }
        let mut need = |what: &str, ids: Vec<&String>, reached: &BTreeSet<String>| {
            for id in ids {
                if !reached.contains(id) {
                    missing.push(format!("{address} {what} {id}"));
                }
            }
        };
        need("document", policy.papers.iter().map(|it| &it.id).collect(), &self.papers);
        need("caution", policy.cautions.iter().map(|it| &it.id).collect(), &self.warnings);
        need("entry_note", policy.entry_notes.iter().map(|it| &it.id).collect(), &self.entry_notes);
        need("indicator", policy.indicators.iter().map(|it| &it.id).collect(), &self.indicators);
        let words = self.advice.iter().flat_map(|line| line.split([' ', ':', '[']));
        let used = words.map(str::to_owned).collect();
        need("lever", policy.levers.iter().map(|it| &it.id).collect(), &used);
        for milestone in &policy.calendar {
            if !self.days.contains(&milestone.date.to_string()) {
                missing.push(format!("{address} milestone {}", milestone.date));
            }
        }
        missing
    }
}

/// The id without its entry: `material[0].catalogue` is the criterion
/// `catalogue`.
fn base(id: &str) -> String {
    id.split_once("].").map_or(id, |(_, base)| base).to_owned()
}

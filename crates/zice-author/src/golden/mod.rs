//! Golden cases: companies beside a policy, and what must be said about them.

use core::ops::Range;
use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value, json};
use zice_rules::{
    Company, Date, Lang, Policy, Report, assess, company,
    policy::{CriterionKind, Rule},
};

use crate::{
    Library,
    compile::expected_points,
    error::{Diagnostic, Error, SourceFile},
    policy_file::{BandPoints, CaseFile, CasesFile},
};

/// The cases of one policy.
#[derive(Debug)]
pub(crate) struct CaseSet {
    file: Arc<SourceFile>,
    /// `id@edition`
    policy: String,
    cases: Vec<Case>,
}

#[derive(Debug)]
struct Case {
    span: Range<usize>,
    /// The company file, with the facts of the case it is like filled in.
    company: Value,
    file: CaseFile,
}

/// What checking a library found.
#[derive(Debug, Default)]
pub struct Check {
    /// Golden cases that were run.
    pub cases: usize,
    /// Expectations that did not hold.
    pub failures: Vec<Diagnostic>,
    /// Criteria, bands, routes and papers that no golden case reaches.
    pub uncovered: Vec<String>,
}

impl CaseSet {
    /// Resolves what a case takes over from another.
    pub(crate) fn new(
        file: &Arc<SourceFile>,
        parsed: CasesFile,
        schema: &str,
        policies: &[Policy],
    ) -> Result<Self, Error> {
        let mut found = Vec::new();
        let mut report = |span: Range<usize>, message: String| {
            found.push(Diagnostic { file: Arc::clone(file), span, message, help: None });
        };
        if parsed.schema.get_ref() != schema {
            report(parsed.schema.span(), format!("schema 应为 {schema}"));
        }
        let address = parsed.policy.get_ref().clone();
        if !policies.iter().any(|policy| policy.address() == address) {
            report(parsed.policy.span(), format!("没有 {address} / no such policy"));
        }
        let mut cases: Vec<Case> = Vec::with_capacity(parsed.cases.len());
        for spanned in parsed.cases {
            let span = spanned.span();
            let case = spanned.into_inner();
            let mut facts = Map::new();
            if let Some(like) = &case.like {
                match cases.iter().find(|known| known.file.name == *like.get_ref()) {
                    Some(known) => {
                        facts.clone_from(
                            known
                                .company
                                .get("facts")
                                .and_then(Value::as_object)
                                .unwrap_or(&Map::new()),
                        );
                    }
                    None => report(like.span(), "上文没有这个案例 / no such case above".to_owned()),
                }
            }
            for id in &case.without {
                if facts.remove(id.get_ref()).is_none() {
                    report(id.span(), "本来就没有这一项 / nothing to take away".to_owned());
                }
            }
            for (id, value) in &case.facts {
                match to_json(value) {
                    Some(value) => {
                        facts.insert(id.clone(), value);
                    }
                    None => report(
                        span.clone(),
                        format!("{id}：小数请加引号写成文字，以免失真 / write decimals as strings"),
                    ),
                }
            }
            if cases.iter().any(|known| known.file.name == case.name) {
                report(span.clone(), format!("案例重名：{} / case name used twice", case.name));
            }
            let as_of = case.as_of.clone().unwrap_or_else(|| parsed.as_of.clone());
            let company = json!({ "schema": company::SCHEMA, "name": case.name, "as_of": as_of, "facts": facts });
            cases.push(Case { span, company, file: case });
        }
        if found.is_empty() {
            Ok(Self { file: Arc::clone(file), policy: address, cases })
        } else {
            Err(found.into())
        }
    }
}

/// TOML to JSON; binary floats are refused.
fn to_json(value: &toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(_) => return None,
        toml::Value::Boolean(value) => Value::Bool(*value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => {
            Value::Array(values.iter().map(to_json).collect::<Option<_>>()?)
        }
        toml::Value::Table(table) => Value::Object(
            table
                .iter()
                .map(|(key, value)| Some((key.clone(), to_json(value)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

impl Library {
    /// Runs every golden case and lists what none of them reaches.
    pub fn check(&self) -> Check {
        let mut check = Check::default();
        for policy in &self.policies {
            let mut reached = Reached::default();
            for set in self.cases.iter().filter(|set| set.policy == policy.address()) {
                for case in &set.cases {
                    check.cases += 1;
                    for message in self.run(policy, case, &mut reached) {
                        check.failures.push(Diagnostic {
                            file: Arc::clone(&set.file),
                            span: case.span.clone(),
                            message: format!("{}：{message}", case.file.name),
                            help: None,
                        });
                    }
                }
            }
            check.uncovered.extend(reached.missing(policy));
        }
        check
    }

    fn run(&self, policy: &Policy, case: &Case, reached: &mut Reached) -> Vec<String> {
        let (company, problems) = Company::from_value(&case.company, &self.dictionary, Date::MIN);
        if !problems.is_empty() {
            return problems.iter().map(ToString::to_string).collect();
        }
        let report = assess(policy, &company)
            .and_then(|assessment| Report::new(&assessment, &self.dictionary, Lang::Zh));
        match report {
            Ok(report) => {
                reached.note(&report);
                compare(&report, &case.file)
            }
            Err(error) => vec![error.to_string()],
        }
    }
}

fn compare(report: &Report, case: &CaseFile) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differs = |what: &str, expected: String, found: String| {
        if expected != found {
            wrong.push(format!(
                "{what} 应为 {expected}，实为 {found} / expected {expected}, got {found}"
            ));
        }
    };
    let expect = &case.expect;
    if let Some(verdict) = &expect.verdict {
        differs("verdict", verdict.clone(), report.verdict.to_owned());
    }
    if let Some(score) = &expect.score {
        let found =
            report.score.as_ref().map_or_else(String::new, |score| span(&score.min, &score.max));
        differs("score", points_text(score.get_ref()), found);
    }
    if let Some(route) = &expect.route {
        differs("route", route.clone(), report.route.clone().unwrap_or_default());
    }
    let criterion = |id: &str| report.criteria.iter().find(|one| one.id == id);
    for (id, status) in &expect.status {
        let found = criterion(id).map_or("（无此条件）", |one| one.status);
        differs(id, status.clone(), found.to_owned());
    }
    for (id, points) in &expect.points {
        let found = criterion(id)
            .and_then(|one| one.points.as_ref())
            .map_or_else(String::new, |points| span(&points.min, &points.max));
        differs(id, points_text(points), found);
    }
    if let Some(next) = &expect.next {
        differs("next", next.join(" "), report.next_questions.join(" "));
    }
    for id in &expect.documents {
        if !report.documents.iter().any(|paper| paper.id == *id) {
            differs("documents", id.clone(), "（未列出）".to_owned());
        }
    }
    for code in &expect.warnings {
        if !report.warnings.iter().any(|warning| warning.code == *code) {
            differs("warnings", code.clone(), "（未提示）".to_owned());
        }
    }
    wrong
}

fn points_text(points: &BandPoints) -> String {
    expected_points(points).map_or_else(
        || format!("{points:?}"),
        |(min, max)| span(&min.to_string(), &max.to_string()),
    )
}

fn span(min: &str, max: &str) -> String {
    if min == max { min.to_owned() } else { format!("{min}-{max}") }
}

/// What the golden cases of a policy came across.
#[derive(Debug, Default)]
struct Reached {
    /// Criterion and status.
    statuses: BTreeSet<(String, &'static str)>,
    /// Criterion and settled points.
    points: BTreeSet<(String, String)>,
    routes: BTreeSet<String>,
    documents: BTreeSet<String>,
    verdicts: BTreeSet<&'static str>,
    warnings: BTreeSet<String>,
}

impl Reached {
    fn note(&mut self, report: &Report) {
        self.verdicts.insert(report.verdict);
        self.routes.extend(report.route.clone());
        self.documents.extend(report.documents.iter().map(|paper| paper.id.clone()));
        self.warnings.extend(report.warnings.iter().map(|warning| warning.code.clone()));
        for criterion in &report.criteria {
            self.statuses.insert((criterion.id.clone(), criterion.status));
            if let Some(points) =
                criterion.points.as_ref().filter(|points| points.min == points.max)
            {
                self.points.insert((criterion.id.clone(), points.min.clone()));
            }
        }
    }

    fn missing(&self, policy: &Policy) -> Vec<String> {
        let mut missing = Vec::new();
        let address = policy.address();
        for verdict in ["met", "not_met", "undecided"] {
            if !self.verdicts.contains(verdict) {
                missing.push(format!("{address} verdict {verdict}"));
            }
        }
        for criterion in &policy.criteria {
            let id = &criterion.id;
            let negative =
                if criterion.kind == CriterionKind::Note { "not_applicable" } else { "not_met" };
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
                let bands: BTreeSet<u8> = best_of
                    .iter()
                    .flat_map(|basis| &basis.bands)
                    .filter(|band| band.min == band.max)
                    .map(|band| band.min)
                    .collect();
                for points in bands {
                    if !self.points.contains(&(id.clone(), points.to_string())) {
                        missing.push(format!("{address} {id} {points} 分档"));
                    }
                }
            }
            if let Some(route) = criterion.route.as_ref().filter(|it| !self.routes.contains(*it)) {
                missing.push(format!("{address} route {route}"));
            }
        }
        for paper in &policy.evidence {
            if !self.documents.contains(&paper.id) {
                missing.push(format!("{address} document {}", paper.id));
            }
        }
        for caution in &policy.cautions {
            if !self.warnings.contains(&caution.id) {
                missing.push(format!("{address} caution {}", caution.id));
            }
        }
        missing
    }
}

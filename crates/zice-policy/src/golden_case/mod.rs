//! Runs golden cases: companies that lie beside a policy, with what must be
//! said about each.

mod advice;
mod coverage;
mod expectation;
mod shift;

use core::ops::Range;
use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};
use zice_report::Report;
use zice_rules::{Company, Date, Dictionary, Lang, Policy, assess, company};

use crate::{
    error::{Diagnostic, Error, SourceFile},
    exact_json::to_json,
    policy_file::{CaseFile, CasesFile},
};
pub(crate) use coverage::Coverage;

/// The golden cases of one policy, inherited ones included.
#[derive(Debug, Clone)]
pub(crate) struct CaseSet {
    /// The address of the policy, `id@edition`.
    pub policy: String,
    pub cases: Vec<Case>,
}

#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The file and bytes of the case; failures point there.
    pub file: Arc<SourceFile>,
    pub span: Range<usize>,
    /// The company file, with the facts of the case it is like filled in.
    pub company: Value,
    pub expected: CaseFile,
}

/// Case files by the address of their policy.
type Files = BTreeMap<String, (Arc<SourceFile>, CasesFile)>;

impl CaseSet {
    /// Resolves the cases of all files, including those they take over from
    /// each other. Fails with every mistake found.
    pub(crate) fn all(
        files: Vec<(Arc<SourceFile>, CasesFile)>,
        schema: &str,
        policies: &[Policy],
    ) -> Result<Vec<Self>, Error> {
        let mut found = Vec::new();
        let mut by_policy: Files = BTreeMap::new();
        for (file, parsed) in files {
            let mut report = |span: Range<usize>, message: String| {
                found.push(Diagnostic { file: Arc::clone(&file), span, message, help: None });
            };
            if parsed.schema.get_ref() != schema {
                report(parsed.schema.span(), format!("schema 应为 {schema}"));
            }
            let address = parsed.policy.get_ref().clone();
            if !policies.iter().any(|policy| policy.address() == address) {
                report(parsed.policy.span(), format!("没有 {address} / no such policy"));
            }
            if by_policy.contains_key(&address) {
                report(parsed.policy.span(), format!("{address} 已有案例文件 / cases exist"));
            }
            by_policy.insert(address, (file, parsed));
        }
        let mut sets = Vec::with_capacity(by_policy.len());
        for address in by_policy.keys() {
            sets.push(Self::one(address, &by_policy, 0, &mut found));
        }
        if found.is_empty() { Ok(sets) } else { Err(found.into()) }
    }

    fn one(address: &str, files: &Files, depth: u8, found: &mut Vec<Diagnostic>) -> Self {
        let mut set = Self { policy: address.to_owned(), cases: Vec::new() };
        let Some((file, parsed)) = files.get(address) else { return set };
        let mut wrong = Vec::new();
        let mut report = |span: Range<usize>, message: String| {
            wrong.push(Diagnostic { file: Arc::clone(file), span, message, help: None });
        };
        if let Some(base) = &parsed.inherit {
            if in_a_circle(address, files) {
                report(base.span(), "案例互相沿用 / cases are taken over in a circle".to_owned());
            } else if depth > 4 || !files.contains_key(base.get_ref()) {
                let message = format!("没有 {} 的案例可沿用 / no such cases", base.get_ref());
                report(base.span(), message);
            } else {
                // Mistakes in the other file are reported when that file is
                // resolved.
                let taken = Self::one(base.get_ref(), files, depth + 1, &mut Vec::new());
                set.cases =
                    taken.cases.into_iter().map(|it| it.shifted(parsed.shift_years)).collect();
            }
        }
        for name in &parsed.drop {
            let before = set.cases.len();
            set.cases.retain(|case| case.expected.name != *name.get_ref());
            if set.cases.len() == before {
                report(name.span(), "没有可去掉的案例 / no such case".to_owned());
            }
        }
        let taken = set.cases.len();
        for spanned in &parsed.cases {
            let span = spanned.span();
            let case = spanned.get_ref().clone();
            let company = company(&case, &span, &parsed.as_of, &set.cases, &mut report);
            let case = Case { file: Arc::clone(file), span: span.clone(), company, expected: case };
            let same = set.cases.iter().position(|it| it.expected.name == case.expected.name);
            match same {
                Some(at) if at < taken && !Arc::ptr_eq(&set.cases[at].file, file) => {
                    set.cases[at] = case;
                }
                Some(_) => {
                    let name = &case.expected.name;
                    report(span, format!("案例重名：{name} / case name used twice"));
                }
                None => set.cases.push(case),
            }
        }
        found.extend(wrong);
        set
    }
}

/// Whether following `inherit` from this policy leads back to it.
fn in_a_circle(address: &str, files: &Files) -> bool {
    let base = |of: &str| files.get(of).and_then(|(_, file)| file.inherit.as_ref());
    let mut at = base(address);
    // After as many steps as there are files, the way goes round in another
    // circle.
    for _ in 0..files.len() {
        match at {
            Some(next) if next.get_ref() == address => return true,
            Some(next) => at = base(next.get_ref()),
            None => return false,
        }
    }
    false
}

/// Builds the company file of a case.
fn company(
    case: &CaseFile,
    span: &Range<usize>,
    as_of: &str,
    above: &[Case],
    report: &mut dyn FnMut(Range<usize>, String),
) -> Value {
    let mut facts = Map::new();
    if let Some(like) = &case.like {
        match above.iter().find(|known| known.expected.name == *like.get_ref()) {
            Some(known) => {
                let taken = known.company.get("facts").and_then(Value::as_object);
                facts = taken.cloned().unwrap_or_default();
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
    for place in &case.unknown {
        if !forget(&mut facts, place.get_ref()) {
            report(place.span(), "没有这一项，应写成 ip[0].status / no such entry".to_owned());
        }
    }
    let as_of = case.as_of.as_deref().unwrap_or(as_of);
    json!({ "schema": company::SCHEMA, "name": case.name, "as_of": as_of, "facts": facts })
}

/// Makes a field of an entry (`ip[0].status`) or object (`statement.rank`)
/// unknown. Returns `false` if there is no such entry.
fn forget(facts: &mut Map<String, Value>, place: &str) -> bool {
    let entry = place.rsplit_once('.').and_then(|(entry, field)| {
        let (list, at) = entry.split_once('[').unwrap_or((entry, ""));
        let fact = facts.get_mut(list)?;
        let entry = match at.strip_suffix(']') {
            Some(at) => fact.get_mut(at.parse::<usize>().ok()?)?,
            None => fact,
        };
        Some((entry.as_object_mut()?, field))
    });
    entry.is_some_and(|(entry, field)| {
        entry.insert(field.to_owned(), Value::Null);
        true
    })
}

impl Case {
    /// Everything of it that decides whether it fails.
    pub(crate) fn decides(&self) -> String {
        format!("{} {:?}", self.company, self.expected.expect)
    }

    /// Expectations that do not hold.
    pub(crate) fn run(
        &self,
        policy: &Policy,
        dictionary: &Dictionary,
        coverage: &mut Coverage,
    ) -> Vec<String> {
        let (company, problems) = Company::from_value(&self.company, dictionary, Date::MIN);
        if !problems.is_empty() {
            return problems.iter().map(ToString::to_string).collect();
        }
        let report = assess(policy, &company)
            .and_then(|assessment| Report::new(&assessment, dictionary, Lang::Zh));
        match report {
            Ok(report) => {
                coverage.note(&report, &self.expected.expect);
                let mut wrong = expectation::compare(&report, &self.expected.expect);
                if let Some(expected) = &self.expected.expect.advice {
                    match advice::advice(policy, &company, dictionary) {
                        Ok(found) => {
                            wrong.extend(expectation::advice(expected, &found));
                            coverage.advise(found);
                        }
                        Err(error) => wrong.push(error.to_string()),
                    }
                }
                wrong
            }
            Err(error) => vec![error.to_string()],
        }
    }
}

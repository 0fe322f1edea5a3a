//! Compiles `[[doubt]]` of `facts.toml`: rules for answers that are possible
//! but unlikely, with the cases that show where each rule begins.

use core::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use toml::Spanned;
use zice_rules::{
    Company, Date, Dictionary, Text, company,
    doubt::{Doubt, Doubts, Suggest},
    formula::{Condition, ConditionAt, Formulas, Node, Number, NumberAt, Walk},
    place::FactAt,
    policy::Unit,
};

use crate::{
    compile::unit_of,
    error::{Diagnostic, SourceFile},
    exact_json::to_json,
    formula::{self, FormulaError, Scope, TableBuilder, Typed},
    lower,
};

/// The most years a rule may look back.
const MAX_YEARS: u8 = 5;
/// The placeholder in a rule's text for the fiscal year in question.
const YEAR: &str = "年度";

/// The part of `facts.toml` that holds the rules. The facts are parsed
/// separately.
#[derive(Debug, Deserialize)]
pub(crate) struct DoubtsFile {
    #[serde(rename = "doubt", default)]
    doubts: Vec<DoubtFile>,
}

/// A rule as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoubtFile {
    /// The stable name of the rule.
    code: Spanned<String>,
    /// The facts the rule rests on. The doubt is shown beside the first of
    /// them.
    facts: Spanned<Vec<String>>,
    /// The condition under which the answer is doubted.
    when: Spanned<String>,
    /// The number of years the rule is applied to, counted back from last year.
    years: Option<Spanned<u8>>,
    /// The message to the user. Formulas in braces are replaced by their
    /// values.
    text: Spanned<Text>,
    /// Figures that were probably meant instead.
    #[serde(default)]
    suggest: Vec<SuggestFile>,
    #[serde(rename = "case", default)]
    cases: Vec<Spanned<CaseFile>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuggestFile {
    /// The figure proposed instead, as a formula: `销售收入[去年] * 10000`. Its
    /// unit must be that of `of`.
    to: Spanned<String>,
    /// The figure to replace: a fact, with its year if it is yearly.
    of: Spanned<String>,
    when: Option<Spanned<String>>,
}

/// A test case: a company, and whether the rule doubts it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    as_of: Option<String>,
    facts: toml::Table,
    /// Whether the rule must be raised for this company.
    raised: bool,
    /// The expected proposal: `revenue.2025 = 38650000`, or `""` for none. Not
    /// checked where it is left out.
    suggest: Option<String>,
}

/// A test case, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct DoubtCase {
    span: Range<usize>,
    /// The rule that the case tests.
    pub code: String,
    company: Value,
    raised: bool,
    suggest: Option<String>,
}

/// The test cases of the dictionary's rules, and the file they stand in.
#[derive(Debug)]
pub(crate) struct Written {
    file: Arc<SourceFile>,
    pub cases: Vec<DoubtCase>,
}

/// The day of application of a case that names none.
const AS_OF: &str = "2026-06-15";

struct Compiler<'a> {
    file: &'a Arc<SourceFile>,
    dictionary: &'a Dictionary,
    tables: TableBuilder,
    formulas: Formulas,
    found: Vec<Diagnostic>,
}

/// Compiles the rules. Fails with every mistake found in them, not only the
/// first.
pub(crate) fn compile(
    file: &Arc<SourceFile>,
    parsed: &DoubtsFile,
    dictionary: &Dictionary,
) -> Result<(Doubts, Written), Vec<Diagnostic>> {
    let tables = TableBuilder::default();
    let formulas = Formulas::default();
    let mut compiler = Compiler { file, dictionary, tables, formulas, found: Vec::new() };
    let (mut rules, mut cases) = (Vec::new(), Vec::new());
    for (at, doubt) in parsed.doubts.iter().enumerate() {
        let code = doubt.code.get_ref();
        if parsed.doubts[..at].iter().any(|other| other.code.get_ref() == code) {
            compiler.report(doubt.code.span(), format!("{code}：名称重复 / code used twice"));
        }
        compiler.doubt(doubt, &mut rules);
        cases.extend(doubt.cases.iter().map(|case| compiler.case(code, case)));
    }
    if compiler.found.is_empty() {
        let mut doubts = Doubts::new(compiler.tables.tables, compiler.formulas, rules);
        if let Err(error) = lower::doubts(&mut doubts, dictionary) {
            return Err(vec![Diagnostic {
                file: Arc::clone(file),
                span: 0..0,
                message: error.to_string(),
                help: None,
            }]);
        }
        Ok((doubts, Written { file: Arc::clone(file), cases }))
    } else {
        Err(compiler.found)
    }
}

impl Compiler<'_> {
    fn report(&mut self, span: Range<usize>, message: impl Into<String>) {
        let file = Arc::clone(self.file);
        self.found.push(Diagnostic { file, span, message: message.into(), help: None });
    }

    fn doubt(&mut self, file: &DoubtFile, rules: &mut Vec<Doubt>) {
        let years = file.years.as_ref().map_or(1, |it| *it.get_ref());
        if years == 0 || years > MAX_YEARS {
            let span = file.years.as_ref().map_or(0..0, Spanned::span);
            self.report(span, format!("years 应在 1 到 {MAX_YEARS} 之间 / from 1 to {MAX_YEARS}"));
            return;
        }
        rules.extend(self.rule(file, years));
    }

    fn rule(&mut self, file: &DoubtFile, years: u8) -> Option<Doubt> {
        let when = self.condition(&file.when)?;
        let looked = looked_at(when, &self.tables, &self.formulas);
        let mut facts = Vec::new();
        for id in file.facts.get_ref() {
            let Some(years) = looked.iter().find(|(fact, _)| fact == id).map(|(_, it)| it) else {
                self.report(file.facts.span(), format!("when 没有看 {id} / not looked at"));
                return None;
            };
            facts.push((id.clone(), years.clone()));
        }
        if let Some((id, _)) = looked.iter().find(|(id, _)| !file.facts.get_ref().contains(id)) {
            let message = format!("facts 里缺 {id} / a fact is missing");
            self.report(file.facts.span(), message);
            return None;
        }
        let yearly = looked.iter().any(|(_, years)| !years.is_empty());
        let mut shown = Vec::new();
        let text = file.text.get_ref();
        let zh = self.filled(&text.zh, &file.text, &mut shown)?;
        let en = self.filled(&text.en, &file.text, &mut shown)?;
        let mut suggest = Vec::with_capacity(file.suggest.len());
        for one in &file.suggest {
            suggest.push(self.suggest(one)?);
        }
        Some(Doubt {
            code: file.code.get_ref().clone(),
            year: yearly.then_some(-1),
            years,
            facts,
            when,
            text: Text { zh, en },
            shown,
            suggest,
        })
    }

    /// Replaces each formula in a text by a number in braces that points into
    /// `shown`. Both languages share one list, so equal formulas get equal
    /// numbers.
    fn filled(
        &mut self,
        text: &str,
        at: &Spanned<Text>,
        shown: &mut Vec<(NumberAt, Unit)>,
    ) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((formula, after)) = after.split_once('}') else {
                self.report(at.span(), "{ 没有配对的 } / a brace is not closed");
                return None;
            };
            let figure = if formula == YEAR {
                let day = self.formulas.add_number(Number::AsOf);
                let year = self.formulas.add_number(Number::YearOf(day));
                let back = zice_rules::fraction::Fraction::whole(-1);
                let back = self.formulas.add_number(Number::Constant(back));
                (self.formulas.add_number(Number::Sum(vec![year, back])), Unit::Year)
            } else {
                match self.formula(formula, at.span())? {
                    Typed::Number(number, unit) => (number.put(&mut self.formulas), unit_of(unit)),
                    Typed::Condition(_) => {
                        self.report(
                            at.span(),
                            format!("{formula}：这里应是数值 / a number is needed"),
                        );
                        return None;
                    }
                }
            };
            let place = shown.iter().position(|known| *known == figure).unwrap_or_else(|| {
                shown.push(figure);
                shown.len() - 1
            });
            filled.push_str(before);
            filled.push_str(&format!("{{{place}}}"));
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }

    fn suggest(&mut self, file: &SuggestFile) -> Option<Suggest> {
        let of = self.number(&file.of)?;
        let to = self.number(&file.to)?;
        if of.1 != to.1 {
            self.report(file.to.span(), "与原来的单位不同 / another unit than before");
            return None;
        }
        let named = |index: FactAt| self.tables.tables.facts.get(index.place()).cloned();
        let (fact, year) = match self.formulas.number(of.0) {
            Number::Yearly(index, year) => (named(*index)?, Some(*year)),
            Number::Fact(index) => (named(*index)?, None),
            _ => {
                self.report(file.of.span(), "这里应是一个指标 / a fact is needed");
                return None;
            }
        };
        let when = match &file.when {
            Some(when) => Some(self.condition(when)?),
            None => None,
        };
        Some(Suggest { fact, year, to: to.0, when })
    }

    fn condition(&mut self, text: &Spanned<String>) -> Option<ConditionAt> {
        match self.formula(text.get_ref(), text.span())? {
            Typed::Condition(condition) => {
                let mut judged = false;
                let condition = condition.put(&mut self.formulas);
                self.formulas.visit_condition(condition, Walk::All, &mut |node: Node<'_>| {
                    judged |= matches!(
                        node,
                        Node::Condition(Condition::Review(_)) | Node::Number(Number::Graded(_))
                    );
                });
                if judged {
                    self.report(text.span(), "疑点不能留给人判断 / no review in a doubt");
                    return None;
                }
                Some(condition)
            }
            Typed::Number(..) => {
                self.report(text.span(), "这里应是条件 / a condition is needed here");
                None
            }
        }
    }

    fn number(&mut self, text: &Spanned<String>) -> Option<(NumberAt, formula::Unit)> {
        match self.formula(text.get_ref(), text.span())? {
            Typed::Number(number, unit) => Some((number.put(&mut self.formulas), unit)),
            Typed::Condition(_) => {
                self.report(text.span(), "这里应是数值 / a number is needed here");
                None
            }
        }
    }

    fn formula(&mut self, text: &str, span: Range<usize>) -> Option<Typed> {
        let scope = Scope::plain(self.dictionary);
        match formula::compile(text, &scope, &mut self.tables) {
            Ok(typed) => Some(typed),
            Err(FormulaError { message, .. }) => {
                self.report(span, format!("{text}：{message}"));
                None
            }
        }
    }

    fn case(&mut self, code: &str, spanned: &Spanned<CaseFile>) -> DoubtCase {
        let case = spanned.get_ref();
        let mut facts = Map::new();
        for (id, value) in &case.facts {
            match to_json(value) {
                Some(value) => drop(facts.insert(id.clone(), value)),
                None => self.report(
                    spanned.span(),
                    format!("{id}：小数请加引号写成文字，以免失真 / write decimals as strings"),
                ),
            }
        }
        let as_of = case.as_of.as_deref().unwrap_or(AS_OF);
        DoubtCase {
            span: spanned.span(),
            code: code.to_owned(),
            company: json!({ "schema": company::SCHEMA, "as_of": as_of, "facts": facts }),
            raised: case.raised,
            suggest: case.suggest.clone(),
        }
    }
}

/// The facts that a condition looks at, in order of appearance, each with its
/// years.
fn looked_at(
    when: ConditionAt,
    tables: &TableBuilder,
    formulas: &Formulas,
) -> Vec<(String, Vec<i8>)> {
    let mut found: Vec<(String, Vec<i8>)> = Vec::new();
    formulas.visit_condition(when, Walk::All, &mut |node: Node<'_>| {
        let (index, years) = match node {
            Node::Condition(
                Condition::Fact(index) | Condition::Given(index) | Condition::Within(index, _),
            )
            | Node::Number(Number::Fact(index) | Number::Count(index, _)) => (*index, None),
            Node::Number(Number::Yearly(index, year)) => (*index, Some(*year..=*year)),
            Node::Number(
                Number::SumYears(index, from, to) | Number::MeanYears(index, from, to),
            ) => (*index, Some(*from..=*to)),
            _ => return,
        };
        let Some(id) = tables.tables.facts.get(index.place()) else { return };
        let place = found.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
            found.push((id.clone(), Vec::new()));
            found.len() - 1
        });
        let known = &mut found[place].1;
        for year in years.into_iter().flatten() {
            if !known.contains(&year) {
                known.push(year);
            }
        }
    });
    found
}

impl DoubtCase {
    /// Runs the case; returns what went wrong, or `None` if all is as expected.
    pub(crate) fn run(&self, dictionary: &Dictionary) -> Option<String> {
        let (company, problems) = Company::from_value(&self.company, dictionary, Date::MIN);
        if let Some(problem) = problems.first() {
            return Some(problem.to_string());
        }
        let raised = dictionary.doubts_about(&company);
        let own: Vec<_> = raised.iter().filter(|it| it.doubt.code == self.code).collect();
        if own.is_empty() == self.raised {
            let said: Vec<&str> = raised.iter().map(|it| it.doubt.code.as_str()).collect();
            return Some(format!("raised 应为 {}，得到 {said:?}", self.raised));
        }
        let expected = self.suggest.as_deref()?;
        let proposed =
            own.iter().find_map(|it| it.suggest.as_ref()).map_or_else(String::new, |change| {
                let fact = dictionary.facts.get(change.fact).map_or("", |fact| fact.id.as_str());
                let year = change.year.map_or_else(String::new, |year| format!(".{year}"));
                format!("{fact}{year} = {}", change.to.to_decimal_or_ratio())
            });
        (proposed != expected).then(|| format!("suggest 应为 {expected:?}，得到 {proposed:?}"))
    }
}

impl Written {
    /// Runs all cases. Returns those that fail, and the rules that no case
    /// raises, that no case leaves alone, or whose proposals no case expects.
    pub(crate) fn check(&self, dictionary: &Dictionary) -> (Vec<Diagnostic>, Vec<String>) {
        let failures = self.cases.iter().filter_map(|case| {
            let message = case.run(dictionary)?;
            Some(Diagnostic {
                file: Arc::clone(&self.file),
                span: case.span.clone(),
                message: format!("{}：{message}", case.code),
                help: None,
            })
        });
        let mut uncovered = Vec::new();
        for rule in &dictionary.doubts.rules {
            for raised in [true, false] {
                let is = |case: &DoubtCase| case.code == rule.code && case.raised == raised;
                let line = format!("facts.toml {}: raised = {raised}", rule.code);
                if !self.cases.iter().any(is) && !uncovered.contains(&line) {
                    uncovered.push(line);
                }
            }
            let proposed = |case: &DoubtCase| {
                case.code == rule.code && case.suggest.as_ref().is_some_and(|it| !it.is_empty())
            };
            let line = format!("facts.toml {}: suggest", rule.code);
            if !rule.suggest.is_empty()
                && !self.cases.iter().any(proposed)
                && !uncovered.contains(&line)
            {
                uncovered.push(line);
            }
        }
        (failures.collect(), uncovered)
    }
}

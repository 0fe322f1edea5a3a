//! What the types can't catch: empty texts, dead links, verdicts that can't
//! be reached.

use core::ops::Range;
use std::{collections::BTreeSet, sync::Arc};

use zice_rules::{
    Company, Date, Dictionary, Policy, Text, Verdict, assess,
    dictionary::{Choice, Kind},
};

use crate::{
    error::{Diagnostic, SourceFile},
    policy_file::{PolicyFile, SourcesFile},
};

struct Lint<'a> {
    file: &'a Arc<SourceFile>,
    found: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn report(&mut self, span: Range<usize>, message: String) {
        self.found.push(Diagnostic { file: Arc::clone(self.file), span, message, help: None });
    }

    /// Reports at the first place the word stands in the file.
    fn report_at(&mut self, word: &str, message: String) {
        let quoted = format!("\"{word}\"");
        let start = self.file.text.find(&quoted).unwrap_or(0);
        let end = if start == 0 { 0 } else { start + quoted.len() };
        self.report(start..end, message);
    }

    fn text(&mut self, owner: &str, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.report_at(owner, format!("{owner}：缺中文或英文 / a translation is missing"));
        }
    }

    fn choices(&mut self, owner: &str, kind: Kind, values: &[Choice]) {
        let needs_choices = matches!(kind, Kind::Enum | Kind::EnumList);
        if needs_choices == values.is_empty() {
            self.report_at(owner, format!("{owner}：选项与类型不符 / choices and type do not fit"));
        }
        if values.len() > 64 {
            self.report_at(owner, format!("{owner}：选项超过 64 个 / more than 64 choices"));
        }
        for choice in values {
            if choice.zh.trim().is_empty() || choice.en.trim().is_empty() {
                self.report_at(&choice.id, format!("{owner}.{}：缺译文", choice.id));
            }
        }
    }
}

/// Names unique, texts complete, links alive.
pub(crate) fn dictionary(file: &Arc<SourceFile>, dictionary: &Dictionary) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    let mut names = BTreeSet::new();
    for fact in &dictionary.facts {
        for name in [&fact.id, &fact.name] {
            if !names.insert(name) {
                lint.report_at(name, format!("{name}：名称重复 / name used twice"));
            }
        }
        for text in [&fact.short, &fact.question, &fact.definition] {
            lint.text(&fact.id, text);
        }
        for text in [&fact.found_in, &fact.unit, &fact.item].into_iter().flatten() {
            lint.text(&fact.id, text);
        }
        if !dictionary.topics.iter().any(|topic| topic.id == fact.topic) {
            lint.report_at(
                &fact.id,
                format!("{}：没有主题 {} / unknown topic", fact.id, fact.topic),
            );
        }
        lint.choices(&fact.id, fact.kind, &fact.values);
        if fact.fields.len() > 64 {
            lint.report_at(&fact.id, format!("{}：字段超过 64 个 / more than 64 fields", fact.id));
        }
        let mut fields = BTreeSet::new();
        for field in &fact.fields {
            if !fields.insert(&field.id) || !fields.insert(&field.name) {
                lint.report_at(&field.id, format!("{}：名称重复 / name used twice", field.id));
            }
            lint.text(&field.id, &field.label);
            lint.choices(&field.id, field.kind, &field.values);
            let bad_default = field.default.as_deref().is_some_and(|default| match field.kind {
                Kind::Enum => !field.values.iter().any(|choice| choice.id == default),
                Kind::Bool => !matches!(default, "true" | "false"),
                _ => true,
            });
            if bad_default {
                lint.report_at(&field.id, format!("{}：默认值不对 / bad default", field.id));
            }
        }
        let complete = fact.complete.as_deref();
        if complete.is_some_and(|id| dictionary.fact(id).is_none_or(|it| it.kind != Kind::Bool)) {
            lint.report_at(&fact.id, format!("{}:complete 指向不存在的是非题", fact.id));
        }
    }
    for rule in &dictionary.contradictions {
        lint.text(&rule.less, &rule.text);
        for id in [&rule.less, &rule.more] {
            if dictionary.fact(id).is_none() {
                lint.report_at(id, format!("{id}：没有这个事实 / unknown fact"));
            }
        }
    }
    for topic in &dictionary.topics {
        lint.text(&topic.id, &topic.title);
    }
    lint.found
}

/// Ids unique, texts complete.
pub(crate) fn sources(
    file: &Arc<SourceFile>,
    sources: &SourcesFile,
    schema: &str,
) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    if sources.schema.get_ref() != schema {
        lint.report(sources.schema.span(), format!("schema 应为 {schema}"));
    }
    let mut ids = BTreeSet::new();
    for source in &sources.sources {
        if !ids.insert(source.id.get_ref()) {
            lint.report(source.id.span(), "编号重复 / id used twice".to_owned());
        }
        lint.text(source.id.get_ref(), &source.title);
    }
    lint.found
}

/// Texts complete, file where it belongs, verdict reachable from both sides.
pub(crate) fn policy(
    file: &Arc<SourceFile>,
    parsed: &PolicyFile,
    policy: &Policy,
    dictionary: &Dictionary,
) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    let place = format!("{}/{}.toml", policy.id, policy.edition);
    if !file.path.ends_with(&place) {
        lint.report(parsed.id.span(), format!("文件应放在 {place} / the file belongs elsewhere"));
    }
    if policy.edition != policy.window.year.to_string() {
        let message = "版本应等于申报年度 window.year / the edition is the year of its window";
        lint.report(parsed.edition.span(), message.to_owned());
    }
    for text in [&policy.title, &policy.summary, &policy.authority, &policy.platform] {
        lint.text(&policy.id, text);
    }
    for one in &policy.evidence {
        lint.text(&one.id, &one.title);
    }
    for criterion in &policy.criteria {
        lint.text(&criterion.id, &criterion.title);
        lint.text(&criterion.id, &criterion.words);
        for case in &criterion.review {
            lint.text(&criterion.id, &case.because);
        }
    }
    for caution in &policy.cautions {
        lint.text(&caution.id, &caution.text);
    }
    for statement in policy.benefits.iter().chain(&policy.open_points) {
        lint.text(&policy.id, &statement.text);
    }
    for milestone in &policy.calendar {
        lint.text(&policy.id, &milestone.what);
    }
    // A company that has said nothing must be able to go either way.
    let day = Date::from_ymd(policy.window.year, 6, 30).unwrap_or(Date::MIN);
    let nobody = Company::blank(dictionary, day);
    match assess(policy, &nobody) {
        Ok(assessment) if assessment.verdict() == Verdict::Undecided => {}
        Ok(assessment) => lint.report(
            parsed.verdict.span(),
            format!(
                "结论恒为 {:?}，不可能改变 / the verdict can never change",
                assessment.verdict()
            ),
        ),
        Err(error) => lint.report(parsed.verdict.span(), error.to_string()),
    }
    lint.found
}

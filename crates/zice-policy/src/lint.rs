//! Checks what types can't express: empty texts, broken references, verdicts
//! and bands that no company can reach.

mod levers;
mod names;

use core::ops::Range;
use std::{collections::BTreeSet, sync::Arc};

use zice_rules::{
    Assessment, Company, Date, Dictionary, Policy, Verdict, assess,
    dictionary::{AssumedPast, Choice, Fact, Kind},
    policy::{Basis, Rule},
};

use crate::{
    edition::Edition,
    error::{Diagnostic, SourceFile},
    policy_file::{DisagreementsFile, SourcesFile},
    wording,
};

struct Lint<'a> {
    file: &'a Arc<SourceFile>,
    found: Vec<Diagnostic>,
}

impl Lint<'_> {
    /// Twins are of one kind.
    fn twins(&mut self, dictionary: &Dictionary) {
        for twin in &dictionary.twins {
            let kinds = [&twin.one, &twin.other]
                .map(|id| dictionary.fact(id).map(|it| (it.kind, it.yearly)));
            if kinds[0].is_none() || kinds[0] != kinds[1] {
                let message =
                    format!("{}、{}：不是同类的指标 / not of one kind", twin.one, twin.other);
                self.report_at(&twin.one, message);
            }
        }
    }

    /// A contradiction names two facts, and choices that they have.
    fn contradictions(&mut self, dictionary: &Dictionary) {
        for rule in &dictionary.contradictions {
            let Some(facts) = rule.facts() else {
                let message =
                    "要写 less 和 more，或 fact、is、other 和 one_of / two facts are needed";
                self.report_at(&rule.text.zh, message.to_owned());
                continue;
            };
            for id in facts {
                if dictionary.fact(id).is_none() {
                    self.report_at(id, format!("{id}：没有这个事实 / unknown fact"));
                }
            }
            let choice = |fact: &str, id: &String| {
                dictionary.fact(fact).is_some_and(|it| match it.kind {
                    Kind::Bool => matches!(id.as_str(), "true" | "false"),
                    _ => it.values.iter().any(|choice| choice.id == *id),
                })
            };
            let [fact, other] = facts;
            let said = rule.is.iter().map(|id| (fact, id));
            for (fact, id) in said.chain(rule.one_of.iter().map(|id| (other, id))) {
                if !choice(fact, id) {
                    self.report_at(fact, format!("{fact}：没有选项 {id} / no such choice"));
                }
            }
            if rule.less.is_none() && (rule.is.is_none() || rule.one_of.is_empty()) {
                self.report_at(fact, format!("{fact}：缺 is 或 one_of / is or one_of is missing"));
            }
        }
    }

    /// Fields of a list or object have names of their own, and defaults that they
    /// can take.
    fn fields(&mut self, fact: &Fact) {
        let mut fields = BTreeSet::new();
        for field in &fact.fields {
            if !fields.insert(&field.id) || !fields.insert(&field.name) {
                self.report_at(&field.id, format!("{}：名称重复 / name used twice", field.id));
            }
            self.choices(&field.id, field.kind, &field.values);
            let bad_default = field.default.as_deref().is_some_and(|default| match field.kind {
                Kind::Enum => !field.values.iter().any(|choice| choice.id == default),
                Kind::Bool => !matches!(default, "true" | "false"),
                _ => true,
            });
            let names_a_choice = |assumed: &AssumedPast| {
                let mut others = fact.fields.iter();
                let other = others.find(|other| other.id == assumed.field);
                let known =
                    |id: &String| other.is_some_and(|it| it.values.iter().any(|one| one.id == *id));
                field.kind == Kind::Date && assumed.one_of.iter().all(known)
            };
            let bad_day = field.assumed_past.as_ref().is_some_and(|it| !names_a_choice(it));
            if bad_default || bad_day {
                self.report_at(&field.id, format!("{}：默认值不对 / bad default", field.id));
            }
        }
    }

    fn report(&mut self, span: Range<usize>, message: String) {
        self.found.push(Diagnostic { file: Arc::clone(self.file), span, message, help: None });
    }

    /// Reports at the first place where the word stands in quotes, or else for
    /// the whole file.
    fn report_at(&mut self, word: &str, message: String) {
        let quoted = format!("\"{word}\"");
        let start = self.file.text.find(&quoted).unwrap_or(0);
        let end = if start == 0 { 0 } else { start + quoted.len() };
        self.report(start..end, message);
    }

    /// Reports every empty text at its place. (Parsing already refuses a text
    /// that lacks a language.)
    fn empty_texts(&mut self) {
        let text = self.file.text.clone();
        for (start, _) in text.match_indices("\"\"") {
            let before = text.get(..start).unwrap_or("").trim_end();
            let Some(before) = before.strip_suffix('=') else { continue };
            let before = before.trim_end();
            if ["zh", "en"].iter().any(|language| before.ends_with(language)) {
                let message = "缺中文或英文 / a translation is missing";
                self.report(start..start + 2, message.to_owned());
            }
        }
    }

    /// Reports points that no company can get, judged by a company of which
    /// nothing is known.
    fn unreachable_bands(&mut self, edition: &Edition, policy: &Policy, nobody: &Assessment<'_>) {
        for (at, (criterion, file)) in policy.criteria.iter().zip(&edition.criteria).enumerate() {
            let Rule::Points { best_of, .. } = &criterion.rule else { continue };
            let possible = nobody.possible_points(at);
            let grades = best_of.iter().flat_map(Basis::grades);
            let wanted = grades.flat_map(|(min, max)| [min, max]).chain([0]);
            for points in wanted {
                if !possible.contains(&points) {
                    let message = format!("没有企业能得 {points} 分 / no company can get {points}");
                    self.found.push(Diagnostic {
                        file: Arc::clone(&file.file),
                        span: file.item.id.span(),
                        message,
                        help: None,
                    });
                }
            }
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

impl Lint<'_> {
    /// Checks that what an answer says of the next round fits its kind.
    fn next_round(&mut self, fact: &Fact, dictionary: &Dictionary) {
        let Some(then) = &fact.next_round else { return };
        let is_day =
            |id: &String| dictionary.fact(id).is_some_and(|it| it.kind == Kind::Date && !it.yearly);
        let says = then.yes.is_some() || then.no.is_some() || then.until.is_some();
        let fits = match fact.kind {
            Kind::Bool => says && then.adds.is_none() && then.until.iter().all(is_day),
            Kind::Whole => !says && then.adds.is_some_and(|it| it > 0),
            _ => false,
        };
        let twice = then.yes.is_some() && then.until.is_some();
        if !fits || twice || fact.yearly {
            let message = format!("{}：next_round 与这类指标不合 / does not fit the fact", fact.id);
            self.report_at(&fact.id, message);
        }
    }

    /// Checks that only yes-or-no questions have a usual answer, in a topic that has
    /// words for giving it.
    fn usual(&mut self, fact: &Fact, dictionary: &Dictionary) {
        let topic = dictionary.topics.iter().find(|it| it.id == fact.topic);
        let said = topic.is_some_and(|it| it.usual.is_some());
        if fact.usual.is_some() && !(fact.kind == Kind::Bool && said) {
            let message = format!(
                "{}：usual 只能用于是非题，主题也要写 usual / only for yes-or-no, and its topic needs the words",
                fact.id
            );
            self.report_at(&fact.id, message);
        }
    }

    /// Checks that at most one fact, a single day, is the founding day
    /// (`establishes`), and that only texts have `digits`.
    fn beginnings(&mut self, dictionary: &Dictionary) {
        let mut days = dictionary.facts.iter().filter(|fact| fact.establishes);
        let first = days.next();
        if let Some(second) = days.next() {
            let message = format!("{}：establishes 只能有一个 / only one fact", second.id);
            self.report_at(&second.id, message);
        }
        if let Some(day) = first.filter(|fact| fact.kind != Kind::Date || fact.yearly) {
            let message = format!("{}：establishes 只能用于日期 / only for a day", day.id);
            self.report_at(&day.id, message);
        }
        let fields = dictionary.facts.iter().flat_map(|fact| &fact.fields);
        let facts = dictionary.facts.iter().map(|fact| (&fact.id, fact.domain()));
        for (id, domain) in facts.chain(fields.map(|field| (&field.id, field.domain()))) {
            if domain.digits.is_some() && domain.kind != Kind::Text {
                let message = format!("{id}：digits 只能用于文字 / only for a text");
                self.report_at(id, message);
            }
        }
    }
}

/// Checks the dictionary: unique names, complete texts, references that exist.
pub(crate) fn dictionary(file: &Arc<SourceFile>, dictionary: &Dictionary) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    lint.empty_texts();
    let mut names = BTreeSet::new();
    for fact in &dictionary.facts {
        for name in [&fact.id, &fact.name] {
            if !names.insert(name) {
                lint.report_at(name, format!("{name}：名称重复 / name used twice"));
            }
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
        lint.fields(fact);
        let complete = fact.complete.as_deref();
        if complete.is_some_and(|id| dictionary.fact(id).is_none_or(|it| it.kind != Kind::Bool)) {
            lint.report_at(&fact.id, format!("{}:complete 指向不存在的是非题", fact.id));
        }
        lint.next_round(fact, dictionary);
        lint.usual(fact, dictionary);
    }
    lint.beginnings(dictionary);
    for (text, message) in wording::faults(dictionary) {
        lint.report_at(&text, message);
    }
    lint.names_in_tables(dictionary);
    lint.twins(dictionary);
    lint.contradictions(dictionary);
    lint.found
}

/// Checks the sources: unique ids, complete texts, full addresses.
pub(crate) fn sources(
    file: &Arc<SourceFile>,
    sources: &SourcesFile,
    schema: &str,
) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    lint.empty_texts();
    if sources.schema.get_ref() != schema {
        lint.report(sources.schema.span(), format!("schema 应为 {schema}"));
    }
    let mut ids = BTreeSet::new();
    for source in &sources.sources {
        if !ids.insert(source.id.get_ref()) {
            lint.report(source.id.span(), "编号重复 / id used twice".to_owned());
        }
        if let Some(url) = source.url.as_ref().filter(|url| !is_address(url.get_ref())) {
            let message = "url 要写完整的 https 网址 / a full https address is needed";
            lint.report(url.span(), message.to_owned());
        }
    }
    lint.found
}

/// Whether this is a full https address: an ASCII host with a dot, and a path,
/// but no user name, password or port.
fn is_address(url: &str) -> bool {
    let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let label = |label: &str| {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        !label.is_empty() && label.chars().all(plain)
    };
    let plain = |sign: char| sign.is_ascii_graphic() && !r#"<>"'`\{}|^"#.contains(sign);
    host.contains('.') && host.split('.').all(label) && path.len() > 1 && path.chars().all(plain)
}

/// Checks the disagreements: unique ids, known sources and programmes.
pub(crate) fn disagreements(
    file: &Arc<SourceFile>,
    parsed: &DisagreementsFile,
    schema: &str,
    sources: &SourcesFile,
    programmes: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut lint = Lint { file, found: Vec::new() };
    lint.empty_texts();
    if parsed.schema.get_ref() != schema {
        lint.report(parsed.schema.span(), format!("schema 应为 {schema}"));
    }
    let mut ids = BTreeSet::new();
    for point in &parsed.points {
        if !ids.insert(point.id.get_ref()) {
            lint.report(point.id.span(), "编号重复 / id used twice".to_owned());
        }
        if point.programmes.is_empty() {
            lint.report(point.id.span(), "要写涉及的项目 / a programme is missing".to_owned());
        }
        for programme in &point.programmes {
            if !programmes.contains(programme.get_ref()) {
                lint.report(programme.span(), "没有这个项目 / no such programme".to_owned());
            }
        }
        for cite in point.versions.iter().flat_map(|version| &version.cites) {
            if !sources.sources.iter().any(|it| it.id.get_ref() == cite.source.get_ref()) {
                let message = "sources.toml 里没有这份文件 / unknown source";
                lint.report(cite.source.span(), message.to_owned());
            }
        }
    }
    lint.found
}

/// Checks a policy: complete texts, a file in its place, unique ids, days in
/// order, and a verdict that is open for a company of which nothing is known.
pub(crate) fn policy(
    edition: &Edition,
    policy: &Policy,
    dictionary: &Dictionary,
) -> Vec<Diagnostic> {
    let file = &edition.file;
    let mut lint = Lint { file, found: Vec::new() };
    let place = format!("{}/{}.toml", policy.id, policy.edition);
    if !file.path.ends_with(&place) {
        lint.report(edition.id.span(), format!("文件应放在 {place} / the file belongs elsewhere"));
    }
    if policy.edition != policy.window.year.to_string() {
        let message = "版本应等于申报年度 window.year / the edition is the year of its window";
        lint.report(edition.edition.span(), message.to_owned());
    }
    lint.empty_texts();
    if let (Some(opens), Some(closes)) = (policy.window.opens, policy.window.closes) {
        let span = edition.window.closes.as_ref().map_or(0..0, toml::Spanned::span);
        if opens > closes {
            lint.report(span, "截止早于开始 / closes before it opens".to_owned());
        }
    }
    for (file, id) in edition.shared_ids() {
        let message =
            format!("编号 {} 已用于别的内容 / this id stands for something else too", id.get_ref());
        lint.found.push(Diagnostic { file, span: id.span(), message, help: None });
    }
    for milestone in &edition.milestones {
        let from = milestone.item.from.as_ref().and_then(|day| Date::parse(day.get_ref()));
        let to = Date::parse(milestone.item.date.get_ref());
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            lint.report(
                milestone.item.date.span(),
                "止日早于起日 / ends before it begins".to_owned(),
            );
        }
    }
    // For a company that has answered nothing the verdict must still be open.
    let day = Date::from_ymd(policy.window.year, 6, 30).unwrap_or(Date::MIN);
    let nobody = Company::blank(dictionary, day);
    let verdict = edition.verdict.as_ref().map_or(0..0, |it| it.item.span());
    match assess(policy, &nobody) {
        Ok(assessment) if matches!(assessment.verdict(), Verdict::Undecided | Verdict::Hint) => {
            lint.unreachable_bands(edition, policy, &assessment);
        }
        Ok(assessment) => lint.report(
            verdict,
            format!(
                "结论恒为 {:?}，不可能改变 / the verdict can never change",
                assessment.verdict()
            ),
        ),
        Err(error) => lint.report(verdict, error.to_string()),
    }
    lint.found.extend(levers::levers(edition, policy, dictionary));
    lint.found
}

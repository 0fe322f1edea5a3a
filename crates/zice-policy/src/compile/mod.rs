//! Compiles a policy file into the policy that the engine loads.

mod lever;
mod orientation;
mod points;

use core::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use zice_rules::{
    Date, Dictionary, Policy,
    dictionary::Fact,
    formula::{Condition, ConditionAt, Formulas, NumberAt},
    place::{PaperAt, SourceAt},
    policy::{
        self, Basis, Caution, Cite, Criterion, Milestone, Observe, Otherwise, Paper, ReviewWhen,
        Rule, Source, Statement, Window,
    },
    program::Links,
};

pub(crate) use points::expected_points;

use crate::{
    edition::{Edition, Located},
    error::{Diagnostic, SourceFile},
    formula::{self, Defines, Fields, FormulaError, Scope, TableBuilder, Typed, Unit},
    limit,
    policy_file::{
        self, CautionFile, CiteFile, CriterionFile, PaperFile, ReviewFile, SourcesFile,
        StatementFile, WindowFile,
    },
};

/// The files that every edition is compiled against.
pub(crate) struct Context<'a> {
    pub dictionary: &'a Dictionary,
    pub sources: &'a SourcesFile,
}

/// Compiles one edition. Fails with every mistake found in it, not only the
/// first.
pub(crate) fn compile(edition: &Edition, context: &Context<'_>) -> Result<Policy, Vec<Diagnostic>> {
    let defines = Defines {
        texts: edition
            .define
            .iter()
            .map(|(name, text)| (name.clone(), text.item.get_ref().clone()))
            .collect(),
        ..Defines::default()
    };
    let mut compiler = Compiler {
        file: Arc::clone(&edition.file),
        context,
        defines: &defines,
        tables: TableBuilder::default(),
        formulas: Formulas::default(),
        sources: Vec::new(),
        papers: edition.papers.iter().map(|it| it.item.id.get_ref().clone()).collect(),
        criteria: Vec::new(),
        out_of: Vec::new(),
        judged: Vec::new(),
        fields: Fields::None,
        shift: 0,
        found: Vec::new(),
    };
    let policy = compiler.policy(edition);
    if compiler.found.is_empty() { Ok(policy) } else { Err(compiler.found) }
}

struct Compiler<'a> {
    /// The file that the current item comes from; diagnostics point into it.
    file: Arc<SourceFile>,
    context: &'a Context<'a>,
    defines: &'a Defines,
    tables: TableBuilder,
    formulas: Formulas,
    sources: Vec<Source>,
    papers: Vec<String>,
    /// Ids of the criteria compiled so far, in order.
    criteria: Vec<String>,
    /// The most points each of those criteria can bring; 0 for one without
    /// points.
    out_of: Vec<u8>,
    /// Whether each of those criteria leaves something for a person to judge.
    judged: Vec<bool>,
    /// The list or side whose fields formulas may name at the moment.
    fields: Fields<'a>,
    /// Years added to every year in a formula; 0 or negative. Indicators use it
    /// to look further back.
    shift: i8,
    found: Vec<Diagnostic>,
}

impl<'a> Compiler<'a> {
    fn report(&mut self, span: Range<usize>, message: impl Into<String>) {
        let file = Arc::clone(&self.file);
        self.found.push(Diagnostic { file, span, message: message.into(), help: None });
    }

    /// Makes the file of this item the one that diagnostics point into, and
    /// returns the item.
    fn at<'l, T>(&mut self, located: &'l Located<T>) -> &'l T {
        self.file = Arc::clone(&located.file);
        &located.item
    }

    fn policy(&mut self, edition: &Edition) -> Policy {
        if edition.schema.get_ref() != policy_file::SCHEMA {
            self.report(edition.schema.span(), format!("schema 应为 {}", policy_file::SCHEMA));
        }
        let window = self.window(&edition.window);
        let (checked_on, review_by) =
            (self.date(&edition.checked_on), self.date(&edition.review_by));
        let each = edition.each.as_ref().and_then(|it| self.each(it));
        let criteria = edition
            .criteria
            .iter()
            .map(|it| {
                let file = self.at(it);
                self.criterion(file)
            })
            .collect();
        // Papers come after the criteria because their conditions may name
        // criteria.
        let papers = self.papers(edition);
        let verdict = match &edition.verdict {
            Some(verdict) => {
                let verdict = self.at(verdict);
                self.condition(verdict)
            }
            None => self.never(),
        };
        let benefits = self.statements(&edition.benefits);
        let cautions = edition
            .cautions
            .iter()
            .map(|it| {
                let file = self.at(it);
                self.caution(file)
            })
            .collect();
        let open_points = self.statements(&edition.open_points);
        let calendar = edition
            .milestones
            .iter()
            .map(|it| {
                let file = self.at(it);
                Milestone {
                    id: file.id.get_ref().clone(),
                    what: file.what.clone(),
                    from: file.from.as_ref().map(|day| self.date(day)),
                    date: self.date(&file.date),
                    cites: self.cites(&file.cites),
                }
            })
            .collect();
        let indicators = self.indicators(edition);
        let entry_notes = self.entry_notes(edition);
        let levers = self.levers(edition);
        self.defines(edition);
        Policy {
            schema: policy::SCHEMA.to_owned(),
            id: edition.id.get_ref().clone(),
            edition: edition.edition.get_ref().clone(),
            digest: String::new(),
            title: edition.title.clone(),
            summary: edition.summary.clone(),
            authority: edition.authority.clone(),
            platform: edition.platform.clone(),
            minutes: edition.minutes,
            benefits,
            cautions,
            open_points,
            checked_on,
            review_by,
            window,
            calendar,
            papers,
            criteria,
            verdict,
            hint: edition.hint,
            each,
            indicators,
            entry_notes,
            levers,
            sources: core::mem::take(&mut self.sources),
            tables: core::mem::take(&mut self.tables.tables),
            formulas: core::mem::take(&mut self.formulas),
            code: String::new(),
            links: Links::default(),
            judged: Vec::new(),
            program: None,
        }
    }

    /// Reports named formulas that nobody uses or that hide a fact, field or
    /// criterion.
    fn defines(&mut self, edition: &Edition) {
        let facts = &self.context.dictionary.facts;
        for (name, text) in &edition.define {
            let file = self.at(text);
            if !self.defines.used.borrow().contains(name) {
                self.report(file.span(), format!("没有公式用到“{name}” / this name is never used"));
            }
            let fields = facts.iter().flat_map(|fact| &fact.fields);
            let taken = facts
                .iter()
                .flat_map(|fact| [&fact.id, &fact.name])
                .chain(fields.flat_map(|field| [&field.id, &field.name]))
                .chain(&self.criteria)
                .any(|known| known == name);
            if taken {
                let message = format!("“{name}”已是指标、栏目或条件的名称 / this name is taken");
                self.report(file.span(), message);
            }
        }
    }

    fn papers(&mut self, edition: &Edition) -> Vec<Paper> {
        let criteria = || edition.criteria.iter().map(|it| &it.item);
        edition
            .papers
            .iter()
            .map(|it| {
                let file = self.at(it);
                let named = |criterion: &CriterionFile| {
                    criterion.papers.iter().any(|id| id.get_ref() == file.id.get_ref())
                };
                if !file.always && file.when.is_none() && !criteria().any(named) {
                    self.report(
                        file.id.span(),
                        "没有条件用到这份材料 / no criterion asks for this paper",
                    );
                }
                self.paper(file)
            })
            .collect()
    }

    fn paper(&mut self, file: &PaperFile) -> Paper {
        if file.when.is_some() && (file.because.is_none() || file.cites.is_none()) {
            self.report(
                file.id.span(),
                "有 when 的材料要写 because 和 cites / a paper with when needs because and cites",
            );
        }
        Paper {
            id: file.id.get_ref().clone(),
            title: file.title.clone(),
            always: file.always,
            when: file.when.as_ref().map(|it| self.condition(it)),
            because: file.because.clone(),
            cites: file.cites.as_ref().map(|it| self.cites(it)).unwrap_or_default(),
        }
    }

    fn statements(&mut self, files: &[Located<StatementFile>]) -> Vec<Statement> {
        files
            .iter()
            .map(|it| {
                let file = self.at(it);
                Statement {
                    id: file.id.get_ref().clone(),
                    text: file.text.clone(),
                    cites: self.cites(&file.cites),
                }
            })
            .collect()
    }

    fn caution(&mut self, file: &CautionFile) -> Caution {
        Caution {
            id: file.id.get_ref().clone(),
            when: file.when.as_ref().map(|it| self.condition(it)),
            text: file.text.clone(),
            cites: self.cites(&file.cites),
        }
    }

    fn window(&mut self, file: &WindowFile) -> Window {
        Window {
            opens: file.opens.as_ref().map(|it| self.date(it)),
            closes: file.closes.as_ref().map(|it| self.date(it)),
            year: file.year,
        }
    }

    fn date(&mut self, text: &Spanned<String>) -> Date {
        Date::parse(text.get_ref()).unwrap_or_else(|| {
            self.report(text.span(), "不是存在的日期（YYYY-MM-DD）/ not a date that exists");
            Date::MIN
        })
    }

    fn cites(&mut self, files: &Spanned<Vec<CiteFile>>) -> Vec<Cite> {
        if files.get_ref().is_empty() {
            self.report(files.span(), "缺出处：每一条都要注明文件 / a citation is missing");
        }
        files.get_ref().iter().filter_map(|file| self.cite(file)).collect()
    }

    fn cite(&mut self, file: &CiteFile) -> Option<Cite> {
        let id = file.source.get_ref();
        let at = self.sources.iter().position(|known| known.id == *id);
        let at = match at {
            Some(at) => at,
            None => {
                let sources = &self.context.sources.sources;
                let Some(source) = sources.iter().find(|it| it.id.get_ref() == id) else {
                    self.report(file.source.span(), "sources.toml 里没有这份文件 / unknown source");
                    return None;
                };
                self.sources.push(Source {
                    id: id.clone(),
                    number: source.number.clone(),
                    title: source.title.clone(),
                    url: source.url.as_ref().map(|url| url.get_ref().clone()),
                });
                self.sources.len() - 1
            }
        };
        Some(Cite {
            source: u16::try_from(at).ok().map(SourceAt::new)?,
            clause: file.clause.clone(),
            page: file.page.clone(),
            confidence: file.confidence,
        })
    }

    fn criterion(&mut self, file: &CriterionFile) -> Criterion {
        let id = file.id.get_ref();
        let rule = self.rule(file);
        let limit = limit::of(&rule, &self.formulas);
        if let (Some(observe), None) = (&file.observe, &limit) {
            self.report(
                observe.span(),
                "observe 应是 when 左边除以右边的基数，如 a <= b * 50% 配 a / b / observe must be the ratio of when",
            );
        }
        if file.otherwise.is_some() && file.when.is_none() {
            self.report(file.id.span(), "otherwise 只能配 when / otherwise goes with when");
        }
        let papers = file
            .papers
            .iter()
            .filter_map(|id| {
                let at = self.papers.iter().position(|known| known == id.get_ref());
                if at.is_none() {
                    self.report(id.span(), "材料清单里没有这一项 / unknown evidence");
                }
                u16::try_from(at?).ok().map(PaperAt::new)
            })
            .collect();
        let criterion = Criterion {
            id: id.clone(),
            kind: file.kind,
            title: file.title.clone(),
            words: file.words.clone(),
            rule,
            limit,
            route: file.route.clone(),
            review: file.review.iter().map(|it| self.review(it)).collect(),
            otherwise: file
                .otherwise
                .as_ref()
                .map(|it| Otherwise { because: it.because.clone(), cites: self.cites(&it.cites) }),
            cites: self.cites(&file.cites),
            papers,
        };
        self.criteria.push(id.clone());
        self.out_of.push(criterion.out_of().unwrap_or(0));
        self.judged.push(criterion.is_judged(&self.formulas, &self.judged));
        criterion
    }

    fn review(&mut self, file: &ReviewFile) -> ReviewWhen {
        ReviewWhen {
            when: self.condition(&file.when),
            because: file.because.clone(),
            cites: self.cites(&file.cites),
        }
    }

    fn rule(&mut self, file: &CriterionFile) -> Rule {
        match (&file.when, &file.total, file.bases.is_empty()) {
            (Some(when), None, true) => Rule::Holds {
                when: self.condition(when),
                observe: file.observe.as_ref().and_then(|it| {
                    let (value, unit) = self.number(it)?;
                    Some(Observe { value, unit: unit_of(unit) })
                }),
            },
            (None, None, false) => {
                let bases: Vec<Basis> = file.bases.iter().map(|it| self.basis(it)).collect();
                let highest = bases.iter().flat_map(Basis::grades).map(|(_, max)| max).max();
                let out_of = match &file.out_of {
                    Some(out_of) => *out_of.get_ref(),
                    None => {
                        self.report(file.id.span(), "计分项要写满分 out_of / out_of is missing");
                        0
                    }
                };
                let wrong = highest.is_some_and(|highest| highest != out_of);
                if let Some(given) = file.out_of.as_ref().filter(|_| wrong) {
                    self.report(
                        given.span(),
                        "满分应等于最高一档 / out_of must be the highest band",
                    );
                }
                Rule::Points { best_of: bases, out_of }
            }
            (None, Some(total), true) => self.total(file, total),
            _ => {
                self.report(
                    file.id.span(),
                    "要写 when、basis、total 三者之一 / exactly one of when, basis, total",
                );
                Rule::Holds { when: self.never(), observe: None }
            }
        }
    }

    /// Adds a condition that never holds, used where the written one was not
    /// understood.
    fn never(&mut self) -> ConditionAt {
        self.formulas.add_condition(Condition::Constant(false))
    }

    fn condition(&mut self, text: &Spanned<String>) -> ConditionAt {
        match self.formula(text) {
            Some(Typed::Condition(condition)) => condition.put(&mut self.formulas),
            Some(Typed::Number(..)) => {
                self.report(text.span(), "这里应是条件 / a condition is needed here");
                self.never()
            }
            None => self.never(),
        }
    }

    fn number(&mut self, text: &Spanned<String>) -> Option<(NumberAt, Unit)> {
        match self.formula(text)? {
            Typed::Number(number, unit) => Some((number.put(&mut self.formulas), unit)),
            Typed::Condition(_) => {
                self.report(text.span(), "这里应是数值 / a number is needed here");
                None
            }
        }
    }

    fn formula(&mut self, text: &Spanned<String>) -> Option<Typed> {
        let criteria = core::mem::take(&mut self.criteria);
        let scope = Scope {
            dictionary: self.context.dictionary,
            criteria: &criteria,
            judged: &self.judged,
            defines: Some(self.defines),
            fields: self.fields,
            shift: self.shift,
        };
        let compiled = formula::compile(text.get_ref(), &scope, &mut self.tables);
        self.criteria = criteria;
        match compiled {
            Ok(typed) => Some(typed),
            Err(FormulaError { span, message }) => {
                let span = self.inside(text, &span);
                self.report(span, message);
                None
            }
        }
    }

    /// Maps bytes of a formula to bytes of the file. A string that is written
    /// with escapes is marked as a whole.
    fn inside(&self, text: &Spanned<String>, span: &Range<usize>) -> Range<usize> {
        let whole = text.span();
        let raw = self.file.text.get(whole.clone()).unwrap_or("");
        match raw.find(text.get_ref().as_str()) {
            Some(offset) if !text.get_ref().is_empty() => {
                let start = whole.start + offset;
                start + span.start..start + span.end.max(span.start)
            }
            _ => whole,
        }
    }
}

/// The fact with this name or id.
fn named_fact<'d>(dictionary: &'d Dictionary, name: &str) -> Option<&'d Fact> {
    dictionary.facts.iter().find(|fact| fact.name == name || fact.id == name)
}

pub(crate) const fn unit_of(unit: Unit) -> policy::Unit {
    match unit {
        Unit::Money => policy::Unit::Yuan,
        Unit::Ratio => policy::Unit::Ratio,
        Unit::Bare | Unit::Count => policy::Unit::Count,
        Unit::Date => policy::Unit::Date,
        Unit::Days => policy::Unit::Days,
        Unit::Year => policy::Unit::Year,
        Unit::Points => policy::Unit::Points,
    }
}

//! A policy file into the policy the engine loads.

use core::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use zice_rules::{
    Date, Dictionary, Policy,
    formula::{Condition, Number},
    fraction::Fraction,
    policy::{
        self, Band, Basis, Caution, Cite, Criterion, Evidence, Milestone, Observe, Part,
        ReviewWhen, Rule, Source, Statement, Window,
    },
};

use crate::{
    error::{Diagnostic, SourceFile},
    formula::{self, FormulaError, Scope, TableBuilder, Typed, Unit},
    limit,
    policy_file::{
        BandPoints, BasisFile, CautionFile, CiteFile, CriterionFile, PolicyFile, ReviewFile,
        SourcesFile, StatementFile, TotalFile, WindowFile,
    },
};

/// What every file is compiled against.
pub(crate) struct Context<'a> {
    pub dictionary: &'a Dictionary,
    pub sources: &'a SourcesFile,
}

/// Compiles one file; all that is wrong with it is reported at once.
pub(crate) fn compile(
    file: &Arc<SourceFile>,
    parsed: &PolicyFile,
    context: &Context<'_>,
) -> Result<Policy, Vec<Diagnostic>> {
    let mut compiler = Compiler {
        file,
        context,
        tables: TableBuilder::default(),
        sources: Vec::new(),
        evidence: parsed.evidence.iter().map(|it| it.id.get_ref().clone()).collect(),
        criteria: Vec::new(),
        out_of: Vec::new(),
        found: Vec::new(),
    };
    let policy = compiler.policy(parsed);
    if compiler.found.is_empty() { Ok(policy) } else { Err(compiler.found) }
}

struct Compiler<'a> {
    file: &'a Arc<SourceFile>,
    context: &'a Context<'a>,
    tables: TableBuilder,
    sources: Vec<Source>,
    evidence: Vec<String>,
    /// Ids of the criteria compiled so far.
    criteria: Vec<String>,
    /// Most points of each of them.
    out_of: Vec<u8>,
    found: Vec<Diagnostic>,
}

impl Compiler<'_> {
    fn report(&mut self, span: Range<usize>, message: impl Into<String>) {
        let file = Arc::clone(self.file);
        self.found.push(Diagnostic { file, span, message: message.into(), help: None });
    }

    fn policy(&mut self, file: &PolicyFile) -> Policy {
        if file.schema.get_ref() != policy::SCHEMA {
            self.report(file.schema.span(), format!("schema 应为 {}", policy::SCHEMA));
        }
        let evidence = self.evidence_list(file);
        let criteria = file.criteria.iter().map(|it| self.criterion(it)).collect();
        let verdict = self.condition(&file.verdict);
        Policy {
            schema: policy::SCHEMA.to_owned(),
            id: file.id.get_ref().clone(),
            edition: file.edition.get_ref().clone(),
            digest: String::new(),
            title: file.title.clone(),
            summary: file.summary.clone(),
            authority: file.authority.clone(),
            platform: file.platform.clone(),
            minutes: file.minutes,
            benefits: self.statements(&file.benefits),
            cautions: file.cautions.iter().map(|it| self.caution(it)).collect(),
            open_points: self.statements(&file.open_points),
            checked_on: self.date(&file.checked_on),
            review_by: self.date(&file.review_by),
            window: self.window(&file.window),
            calendar: file
                .milestones
                .iter()
                .map(|it| Milestone {
                    what: it.what.clone(),
                    date: self.date(&it.date),
                    cites: self.cites(&it.cites),
                })
                .collect(),
            evidence,
            criteria,
            verdict,
            sources: core::mem::take(&mut self.sources),
            tables: core::mem::take(&mut self.tables.tables),
            links: policy::Links::default(),
        }
    }

    fn evidence_list(&mut self, file: &PolicyFile) -> Vec<Evidence> {
        for (at, one) in file.evidence.iter().enumerate() {
            if self.evidence.iter().take(at).any(|id| id == one.id.get_ref()) {
                self.report(one.id.span(), "编号重复 / id used twice");
            }
            let used = one.always
                || file
                    .criteria
                    .iter()
                    .any(|it| it.evidence.iter().any(|id| id.get_ref() == one.id.get_ref()));
            if !used {
                self.report(
                    one.id.span(),
                    "没有条件用到这份材料 / no criterion asks for this paper",
                );
            }
        }
        file.evidence
            .iter()
            .map(|it| Evidence {
                id: it.id.get_ref().clone(),
                title: it.title.clone(),
                always: it.always,
            })
            .collect()
    }

    fn statements(&mut self, files: &[StatementFile]) -> Vec<Statement> {
        files
            .iter()
            .map(|it| Statement { text: it.text.clone(), cites: self.cites(&it.cites) })
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
                });
                self.sources.len() - 1
            }
        };
        Some(Cite {
            source: u16::try_from(at).ok()?,
            clause: file.clause.clone(),
            page: file.page.clone(),
            confidence: file.confidence,
        })
    }

    fn criterion(&mut self, file: &CriterionFile) -> Criterion {
        let id = file.id.get_ref();
        if self.criteria.contains(id) {
            self.report(file.id.span(), "编号重复 / id used twice");
        }
        let rule = self.rule(file);
        let limit = limit::of(&rule);
        if let (Some(observe), None) = (&file.observe, &limit) {
            self.report(
                observe.span(),
                "observe 应是 when 左边除以右边的基数，如 a <= b * 50% 配 a / b / observe must be the ratio of when",
            );
        }
        let evidence = file
            .evidence
            .iter()
            .filter_map(|id| {
                let at = self.evidence.iter().position(|known| known == id.get_ref());
                if at.is_none() {
                    self.report(id.span(), "材料清单里没有这一项 / unknown evidence");
                }
                u16::try_from(at?).ok()
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
            cites: self.cites(&file.cites),
            evidence,
        };
        self.criteria.push(id.clone());
        self.out_of.push(criterion.out_of().unwrap_or(0));
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
                let highest = bases.iter().flat_map(|it| &it.bands).map(|it| it.max).max();
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
                Rule::Holds { when: Condition::Constant(false), observe: None }
            }
        }
    }

    fn total(&mut self, criterion: &CriterionFile, file: &TotalFile) -> Rule {
        let singles = file
            .of
            .iter()
            .map(|id| Part { of: self.part(id).into_iter().collect(), cap: None })
            .collect::<Vec<Part>>();
        let groups = file.capped.iter().map(|group| Part {
            of: group.of.iter().filter_map(|id| self.part(id)).collect(),
            cap: Some(group.cap),
        });
        let of: Vec<Part> = singles.into_iter().chain(groups.collect::<Vec<Part>>()).collect();
        let most = |part: &Part| {
            let sum: u32 = part.of.iter().map(|at| self.most(*at)).sum();
            part.cap.map_or(sum, |cap| sum.min(u32::from(cap)))
        };
        let sum: u32 = of.iter().map(most).sum();
        if sum != u32::from(file.out_of) {
            self.report(
                criterion.id.span(),
                format!(
                    "满分 {} 与各项之和 {sum} 不符 / out_of is not the sum of its parts",
                    file.out_of
                ),
            );
        }
        if file.needs > file.out_of || (file.strict && file.needs == file.out_of) {
            self.report(criterion.id.span(), "满分也达不到要求 / the total can never pass");
        }
        Rule::Total {
            of,
            out_of: file.out_of,
            needs: file.needs,
            strict: file.strict,
            also: file.also.as_ref().map(|it| self.condition(it)),
        }
    }

    /// Most points of a criterion above.
    fn most(&self, at: u16) -> u32 {
        self.out_of.get(usize::from(at)).copied().map_or(0, u32::from)
    }

    fn part(&mut self, id: &Spanned<String>) -> Option<u16> {
        let at = self.criteria.iter().position(|known| known == id.get_ref());
        if at.is_none() {
            self.report(id.span(), "上文没有这一项 / no such criterion above");
        }
        u16::try_from(at?).ok()
    }

    fn basis(&mut self, file: &BasisFile) -> Basis {
        let Some((value, unit)) = self.number(&file.value) else {
            // Reported already; bands without a unit would only add noise.
            let value = Number::Constant(Fraction::ZERO);
            let unit = policy::Unit::Count;
            return Basis { title: file.title.clone(), value, unit, bands: Vec::new() };
        };
        let mut bands: Vec<(Band, Range<usize>)> = Vec::new();
        for (bound, points) in &file.bands {
            if let Some(band) = self.band(bound, points, unit) {
                bands.push((band, bound.span()));
            }
        }
        // From the highest bound down; of two equal bounds the open one first.
        bands.sort_by(|(a, _), (b, _)| b.from.cmp(&a.from).then(b.above.cmp(&a.above)));
        for pair in bands.windows(2) {
            if let [(upper, span), (lower, lower_span)] = pair {
                if upper.from == lower.from && upper.above == lower.above {
                    self.report(lower_span.clone(), "两档下限相同 / two bands overlap");
                }
                if lower.min > upper.min || lower.max > upper.max {
                    self.report(span.clone(), "高一档的分数反而低 / the higher band gives less");
                }
                if lower.max == upper.max && lower.min == upper.min {
                    self.report(
                        span.clone(),
                        "两档分数相同，上一档多余 / this band changes nothing",
                    );
                }
            }
        }
        Basis {
            title: file.title.clone(),
            value,
            unit: unit_of(unit),
            bands: bands.into_iter().map(|(band, _)| band).collect(),
        }
    }

    fn band(
        &mut self,
        bound: &Spanned<String>,
        points: &Spanned<BandPoints>,
        unit: Unit,
    ) -> Option<Band> {
        let text = bound.get_ref().trim();
        let (above, literal) = match text.strip_prefix('>') {
            Some(rest) => match rest.strip_prefix('=') {
                Some(rest) => (false, rest),
                None => (true, rest),
            },
            None => (false, text),
        };
        let scope = Scope { dictionary: self.context.dictionary, criteria: &[] };
        let parsed = formula::compile(literal, &scope, &mut TableBuilder::default());
        let Ok(Typed::Number(Number::Constant(from), own)) = parsed else {
            self.report(bound.span(), "档位应写成 \"6%\"、\"4\" 或 \"> 0\" / not a band");
            return None;
        };
        let ratio_fits = unit != Unit::Ratio || own == Unit::Ratio || from.is_zero();
        if own != unit && (own != Unit::Bare || !ratio_fits || unit == Unit::Money) {
            let message = format!("档位单位是{own}，指标是{unit} / units differ");
            self.report(bound.span(), message);
            return None;
        }
        let range = points_range(points.get_ref());
        let Some((min, max)) = range.filter(|(min, max)| min <= max) else {
            self.report(points.span(), "分数应写成 20 或 \"7-8\" / not points");
            return None;
        };
        Some(Band { from, above, min, max })
    }

    fn condition(&mut self, text: &Spanned<String>) -> Condition {
        match self.formula(text) {
            Some(Typed::Condition(condition)) => condition,
            Some(Typed::Number(..)) => {
                self.report(text.span(), "这里应是条件 / a condition is needed here");
                Condition::Constant(false)
            }
            None => Condition::Constant(false),
        }
    }

    fn number(&mut self, text: &Spanned<String>) -> Option<(Number, Unit)> {
        match self.formula(text)? {
            Typed::Number(number, unit) => Some((number, unit)),
            Typed::Condition(_) => {
                self.report(text.span(), "这里应是数值 / a number is needed here");
                None
            }
        }
    }

    fn formula(&mut self, text: &Spanned<String>) -> Option<Typed> {
        let criteria = core::mem::take(&mut self.criteria);
        let scope = Scope { dictionary: self.context.dictionary, criteria: &criteria };
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

    /// Bytes of the file for bytes of a formula, as far as the string has no
    /// escapes; otherwise the whole string.
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

fn points_range(points: &BandPoints) -> Option<(u8, u8)> {
    match points {
        BandPoints::Exactly(points) => Some((*points, *points)),
        BandPoints::Range(text) => {
            let (min, max) = text.split_once('-').unwrap_or((text, text));
            Some((min.trim().parse().ok()?, max.trim().parse().ok()?))
        }
    }
}

/// Points of a golden case, written like those of a band.
pub(crate) fn expected_points(points: &BandPoints) -> Option<(u8, u8)> {
    points_range(points)
}

const fn unit_of(unit: Unit) -> policy::Unit {
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

//! Puts a report together.

use super::{
    CalendarEntry, CiteReport, CriterionReport, Document, Observed, PointsReport, PolicyRef,
    Report, SCHEMA, Score, Warning, explain::Explainer,
};
use crate::{
    assess::{Assessment, Lens, Status, Verdict},
    company::Answer,
    dictionary::{Dictionary, Kind},
    error::Error,
    formula::{Condition, Number},
    fraction::Overflow,
    policy::{Basis, Cite, Confidence, Criterion, CriterionKind, Policy, Rule, Unit},
    range::{Range, Undefined},
    text::{Lang, printable},
    truth::Truth,
};

impl Report {
    /// Writes the report of an assessment.
    ///
    /// # Errors
    /// When figures are too large to calculate with exactly.
    pub fn new(
        assessment: &Assessment<'_>,
        dictionary: &Dictionary,
        lang: Lang,
    ) -> Result<Self, Error> {
        let builder = Builder { assessment, dictionary, lang };
        let policy = assessment.policy;
        let criteria: Result<Vec<CriterionReport>, Error> = policy
            .criteria
            .iter()
            .enumerate()
            .map(|(at, criterion)| {
                builder.criterion(at, criterion).map_err(|Overflow| Error::overflow(&criterion.id))
            })
            .collect();
        let questions = assessment.questions()?;
        let fact_id = |at: usize| dictionary.facts.get(at).map(|fact| fact.id.clone());
        Ok(Self {
            schema: SCHEMA,
            policy: PolicyRef {
                id: policy.id.clone(),
                edition: policy.edition.clone(),
                digest: policy.digest.clone(),
            },
            company: assessment.company.name.clone(),
            as_of: assessment.company.as_of.to_string(),
            verdict: assessment.verdict().name(),
            route: builder.route(),
            score: builder.score(),
            criteria: criteria?,
            next_questions: questions.iter().filter_map(|one| fact_id(one.fact)).collect(),
            documents: builder.documents(),
            advice: [],
            margins: [],
            assumed: builder.assumed(),
            calendar: builder.calendar(),
            warnings: builder.warnings(),
        })
    }
}

impl Verdict {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Undecided => "undecided",
            Self::NeedsReview => "needs_review",
        }
    }
}

impl Status {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::NeedsReview => "needs_review",
            Self::NotApplicable => "not_applicable",
        }
    }
}

struct Builder<'a> {
    assessment: &'a Assessment<'a>,
    dictionary: &'a Dictionary,
    lang: Lang,
}

impl Builder<'_> {
    const fn policy(&self) -> &Policy {
        self.assessment.policy
    }

    const fn explainer(&self, kind: CriterionKind) -> Explainer<'_> {
        Explainer {
            assessment: self.assessment,
            dictionary: self.dictionary,
            lang: self.lang,
            gaps: !matches!(kind, CriterionKind::Note),
        }
    }

    fn criterion(&self, at: usize, criterion: &Criterion) -> Result<CriterionReport, Overflow> {
        let points = self.assessment.points(at).zip(criterion.out_of());
        let evidence = &self.policy().evidence;
        let limit = match &criterion.rule {
            Rule::Points { best_of, .. } => self.telling(best_of)?.and_then(Basis::limit),
            _ => criterion.limit.clone(),
        };
        Ok(CriterionReport {
            id: criterion.id.clone(),
            kind: criterion.kind,
            title: criterion.title.get(self.lang).to_owned(),
            status: self.assessment.status(at).name(),
            points: points.map(|(points, out_of)| PointsReport {
                min: points.min.to_string(),
                max: points.max.to_string(),
                out_of: out_of.to_string(),
            }),
            observed: self.observed(at, criterion)?,
            limit,
            rule: criterion.words.get(self.lang).to_owned(),
            explain: self.explainer(criterion.kind).criterion(at, criterion)?,
            cites: criterion.cites.iter().map(|cite| self.cite(cite)).collect(),
            evidence: criterion
                .evidence
                .iter()
                .filter_map(|at| evidence.get(usize::from(*at)))
                .map(|paper| paper.id.clone())
                .collect(),
        })
    }

    fn cite(&self, cite: &Cite) -> CiteReport {
        let source = self.policy().sources.get(usize::from(cite.source));
        CiteReport {
            source: source.map_or_else(String::new, |source| source.number.clone()),
            clause: cite.clause.clone(),
            page: cite.page.clone(),
            confidence: cite.confidence,
        }
    }

    /// Of several bases the one that brings most; of equals the first that is
    /// a number at all.
    fn telling<'b>(&self, best_of: &'b [Basis]) -> Result<Option<&'b Basis>, Overflow> {
        let evaluator = self.assessment.evaluator();
        let mut best: Option<((u8, bool), &Basis)> = None;
        for basis in best_of {
            let points = evaluator.basis(basis, Lens::Best)?.max();
            let value = evaluator.number(&basis.value, Lens::Best, None)?;
            let rank = (points, value.undefined != Undefined::Certainly);
            if best.is_none_or(|(most, _)| rank > most) {
                best = Some((rank, basis));
            }
        }
        Ok(best.map(|(_, basis)| basis))
    }

    /// What a criterion measures: the number beside its condition, or the
    /// basis that brings most.
    fn observed(&self, at: usize, criterion: &Criterion) -> Result<Option<Observed>, Overflow> {
        let evaluator = self.assessment.evaluator();
        let explainer = self.explainer(criterion.kind);
        let (number, unit): (&Number, Unit) = match &criterion.rule {
            Rule::Holds { observe: Some(observe), .. } => (&observe.value, observe.unit),
            Rule::Holds { when: Condition::Compare(_, left, _), observe: None } => {
                (left, explainer.unit(left))
            }
            Rule::Holds { .. } => return Ok(None),
            Rule::Points { best_of, .. } => {
                let Some(basis) = self.telling(best_of)? else { return Ok(None) };
                (&basis.value, basis.unit)
            }
            Rule::Total { .. } => {
                return Ok(self.assessment.points(at).map(|points| Observed {
                    min: Some(points.min.to_string()),
                    max: Some(points.max.to_string()),
                    unit: Unit::Points,
                }));
            }
        };
        let worst = evaluator.number(number, Lens::Worst, None)?;
        let best = evaluator.number(number, Lens::Best, None)?;
        let range = Range { hi: worst.hi.zip(best.hi).map(|(a, b)| a.max(b)), ..worst };
        if range.undefined == Undefined::Certainly {
            return Ok(None);
        }
        let text = |end: crate::fraction::Fraction| match unit {
            Unit::Ratio => end.to_ratio_text(),
            Unit::Date => i32::try_from(end.floor())
                .ok()
                .and_then(crate::date::Date::from_day_number)
                .map_or_else(|| end.to_decimal_or_ratio(), |day| day.to_string()),
            _ => end.to_decimal_or_ratio(),
        };
        Ok(Some(Observed { min: range.lo.map(text), max: range.hi.map(text), unit }))
    }

    fn score(&self) -> Option<Score> {
        let (at, criterion) = self
            .policy()
            .criteria
            .iter()
            .enumerate()
            .find(|(_, one)| matches!(one.rule, Rule::Total { .. }))?;
        let Rule::Total { needs, strict, out_of, .. } = &criterion.rule else { return None };
        let points = self.assessment.points(at)?;
        Some(Score {
            min: points.min.to_string(),
            max: points.max.to_string(),
            out_of: out_of.to_string(),
            needs: needs.to_string(),
            strict: *strict,
        })
    }

    /// The first way that certainly leads to passing.
    fn route(&self) -> Option<String> {
        if self.assessment.verdict() != Verdict::Met {
            return None;
        }
        let criteria = self.policy().criteria.iter().enumerate();
        criteria
            .filter(|(at, _)| self.assessment.status(*at) == Status::Met)
            .find_map(|(_, criterion)| criterion.route.clone())
    }

    fn documents(&self) -> Vec<Document> {
        let policy = self.policy();
        let mut documents = Vec::new();
        for (at, paper) in policy.evidence.iter().enumerate() {
            let because: Vec<String> = policy
                .criteria
                .iter()
                .enumerate()
                .filter(|(position, criterion)| {
                    let asks = criterion.evidence.iter().any(|own| usize::from(*own) == at);
                    asks && self.paper_counts(*position, criterion)
                })
                .map(|(_, criterion)| criterion.title.get(self.lang).to_owned())
                .collect();
            if paper.always || !because.is_empty() {
                let title = paper.title.get(self.lang).to_owned();
                documents.push(Document { id: paper.id.clone(), title, because });
            }
        }
        documents
    }

    /// A way to pass needs its papers only where it is taken, a score only
    /// where it brings something.
    fn paper_counts(&self, at: usize, criterion: &Criterion) -> bool {
        let status = self.assessment.status(at);
        match criterion.kind {
            CriterionKind::Route | CriterionKind::Document => status == Status::Met,
            CriterionKind::Score | CriterionKind::Bonus => status != Status::NotMet,
            CriterionKind::Gate => true,
            CriterionKind::Note => false,
        }
    }

    /// Defaults that the policy's formulas looked at.
    fn assumed(&self) -> Vec<String> {
        let policy = self.policy();
        let mut assumed = Vec::new();
        for (at, fact) in self.dictionary.facts.iter().enumerate() {
            let Some(Answer::List(entries)) = self.assessment.company.answers.get(at) else {
                continue;
            };
            if !policy.links.facts.contains(&at) {
                continue;
            }
            for (number, entry) in entries.iter().enumerate() {
                for (position, field) in fact.fields.iter().enumerate() {
                    let bit = u32::try_from(position).ok().and_then(|at| 1_u64.checked_shl(at));
                    let taken = entry.defaulted & bit.unwrap_or(0) != 0;
                    if let (true, true, Some(default)) =
                        (taken, policy.uses_field(at, position), &field.default)
                    {
                        assumed.push(format!("{}[{number}].{} = {default}", fact.id, field.id));
                    }
                }
            }
            let complete = fact.complete.as_deref();
            if let Some(id) = complete.filter(|id| self.answer(id) == Some(&Answer::Unknown)) {
                assumed.push(format!("{id} = true"));
            }
        }
        assumed
    }

    fn answer(&self, id: &str) -> Option<&Answer> {
        self.assessment.company.answers.get(self.dictionary.position(id)?)
    }

    fn calendar(&self) -> Vec<CalendarEntry> {
        let policy = self.policy();
        let today = self.assessment.company.as_of;
        policy
            .calendar
            .iter()
            .map(|milestone| CalendarEntry {
                what: milestone.what.get(self.lang).to_owned(),
                date: milestone.date.to_string(),
                state: match (milestone.date < today, policy.is_open_on(today)) {
                    (true, _) => "past",
                    (false, true) if policy.window.closes == Some(milestone.date) => "open",
                    _ => "future",
                },
                confidence: milestone
                    .cites
                    .first()
                    .map_or(Confidence::Open, |cite| cite.confidence),
            })
            .collect()
    }

    fn warnings(&self) -> Vec<Warning> {
        let policy = self.policy();
        let company = self.assessment.company;
        let mut warnings = Vec::new();
        let mut add = |code: &str, text: String| {
            warnings.push(Warning { code: code.to_owned(), text });
        };
        for name in &company.unknown {
            let name = printable(name);
            add(
                "unknown_fact",
                match self.lang {
                    Lang::Zh => format!("不认识的项目“{name}”：已保留，未参与计算"),
                    Lang::En => format!("\"{name}\" is not known here: kept, but not used"),
                },
            );
        }
        if !policy.is_open_on(company.as_of) {
            add("outside_window", self.window_text());
        }
        if company.as_of > policy.review_by {
            let (checked, due) = (policy.checked_on, policy.review_by);
            add(
                "review_due",
                match self.lang {
                    Lang::Zh => {
                        format!("本版规则核对于 {checked}，应在 {due} 前重新核对：请以最新通知为准")
                    }
                    Lang::En => format!(
                        "these rules were checked on {checked} and were due for review by {due}: look for a newer notice"
                    ),
                },
            );
        }
        for caution in &policy.cautions {
            let holds = caution.when.as_ref().is_none_or(|when| {
                let holds = |lens| self.assessment.evaluator().truth(when, lens, None);
                Lens::BOTH.iter().all(|lens| holds(*lens) == Ok(Truth::True))
            });
            if holds {
                add(&caution.id, caution.text.get(self.lang).to_owned());
            }
        }
        for criterion in &policy.criteria {
            if criterion.cites.iter().any(|cite| cite.confidence == Confidence::Assumed) {
                let title = criterion.title.get(self.lang);
                add(
                    "assumed_rule",
                    match self.lang {
                        Lang::Zh => format!(
                            "“{title}”的部分口径未查到官方条文，按通常理解处理，请向受理部门确认"
                        ),
                        Lang::En => format!(
                            "part of \"{title}\" rests on common understanding, not on a text that was read: ask the office in charge"
                        ),
                    },
                );
            }
        }
        self.oddities(&mut add);
        warnings
    }

    fn window_text(&self) -> String {
        let window = &self.policy().window;
        let day = self.assessment.company.as_of;
        let closed = window.closes.filter(|closes| day > *closes);
        match (self.lang, closed) {
            (Lang::Zh, Some(closes)) => {
                format!("{day} 不在申报期内：本轮已于 {closes} 截止，请为下一轮做准备")
            }
            (Lang::En, Some(closes)) => {
                format!(
                    "{day} is outside the window: this round closed on {closes}; prepare for the next one"
                )
            }
            (Lang::Zh, None) => {
                format!("{day} 不在本版规则的申报期内（{} 年度），请核对适用的年度", window.year)
            }
            (Lang::En, None) => {
                format!(
                    "{day} is outside this edition's window ({}): check which edition applies",
                    window.year
                )
            }
        }
    }

    /// Answers that can be, but are worth a second look.
    fn oddities(&self, add: &mut dyn FnMut(&str, String)) {
        let company = self.assessment.company;
        let today = company.as_of;
        let day_number = crate::fraction::Fraction::whole(i128::from(today.day_number()));
        if company.established.lo.is_some_and(|day| day > day_number) {
            add(
                "established_after_application",
                self.both(
                    "成立日期晚于申报日期，请核对",
                    "the company is registered after the day of application: please check",
                ),
            );
        }
        for (fact, answer) in self.dictionary.facts.iter().zip(&company.answers) {
            match answer {
                Answer::Yearly { years, .. } => {
                    for (year, _) in years {
                        if company.lacks_year(*year) {
                            let short = fact.short.get(self.lang);
                            add(
                                "figure_before_established",
                                match self.lang {
                                    Lang::Zh => {
                                        format!("{short} {year} 年早于成立年度，未参与计算")
                                    }
                                    Lang::En => format!(
                                        "{short} {year} is before the company existed: not used"
                                    ),
                                },
                            );
                        }
                    }
                }
                Answer::List(entries) => {
                    for (number, entry) in entries.iter().enumerate() {
                        for (field, answer) in fact.fields.iter().zip(&entry.fields) {
                            let future = matches!(answer, Answer::Number(range)
                                if field.kind == Kind::Date
                                    && range.lo.is_some_and(|day| day > day_number));
                            // Lists are about what was; only an expiry lies ahead.
                            if future && field.id == GRANTED_ON {
                                let at = number.saturating_add(1);
                                let item = fact.item.as_ref().unwrap_or(&fact.short).get(self.lang);
                                let label = field.label.get(self.lang);
                                add(
                                    "date_after_application",
                                    match self.lang {
                                        Lang::Zh => {
                                            format!("{item}第 {at} 项的{label}晚于申报日期")
                                        }
                                        Lang::En => format!(
                                            "{item} {at}: {label} is after the day of application"
                                        ),
                                    },
                                );
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn both(&self, zh: &str, en: &str) -> String {
        self.lang.pick(zh, en).to_owned()
    }
}

/// The date of a right: one that lies ahead is not held yet.
const GRANTED_ON: &str = "granted_on";

//! Puts a report together from an assessment.

use crate::{
    CalendarEntry, CiteReport, CriterionReport, DayState, DoubtReport, Observed, PaperReport,
    PointsReport, PolicyRef, Report, SCHEMA, Score, SuggestReport, doubt_text, explain::Explainer,
    format::Word,
};
use zice_exact::program::Scratch;
use zice_rules::{
    Error,
    assess::{Assessment, Round, Status, Verdict},
    company::Answer,
    date::Date,
    dictionary::Dictionary,
    formula::{Condition, ConditionAt, NumberAt},
    fraction::{Fraction, Overflow},
    policy::{
        Banded, Basis, Cite, Confidence, Criterion, CriterionKind, Policy, Rule, Source, Unit,
    },
    program::{Lens, Registers},
    range::{Range, Undefined},
    text::{Lang, printable},
    truth::Truth,
};

/// Days from one day to another; `None` if the second is the earlier one.
fn days_between(from: Date, to: Date) -> Option<usize> {
    usize::try_from(to.day_number().checked_sub(from.day_number())?).ok()
}

impl Report {
    /// Writes the report of an assessment in one language.
    ///
    /// # Errors
    /// Fails when a figure that the report shows does not fit into 128 bits.
    pub fn new(
        assessment: &Assessment<'_>,
        dictionary: &Dictionary,
        lang: Lang,
    ) -> Result<Self, Error> {
        let builder = Builder { assessment, dictionary, lang };
        let policy = assessment.policy;
        // An overflow is reported only after everything has been written.
        // Stopping in the middle would add code at every point to free half a
        // report.
        let mut failed: Option<Error> = None;
        let mut fails = |error| {
            failed.get_or_insert(error);
        };
        let mut criteria = Vec::with_capacity(assessment.rows());
        let mut indicators = Vec::new();
        let mut spoken = Spoken::of(policy);
        for (number, round) in assessment.seen().enumerate() {
            let scratch = assessment.whole_scratch_of(round);
            spoken.note(policy, &assessment.registers(&scratch));
            if number >= assessment.rounds.len() {
                continue;
            }
            for (at, criterion) in policy.criteria.iter().enumerate() {
                match builder.criterion(number, round, &scratch, at, criterion) {
                    Ok(one) => criteria.push(one),
                    Err(Overflow) => fails(Error::overflow(&criterion.id)),
                }
            }
            match builder.indicators(number, round, &scratch) {
                Ok(some) => indicators.extend(some),
                Err(Overflow) => fails(Error::overflow(&policy.id)),
            }
        }
        let fact_id = |at: usize| dictionary.facts.get(at).map(|fact| fact.id.clone());
        let questions = assessment.questions().unwrap_or_else(|error| {
            fails(error);
            Vec::new()
        });
        let items = builder.items().unwrap_or_else(|Overflow| {
            fails(Error::overflow(&policy.id));
            Vec::new()
        });
        let report = Self {
            schema: SCHEMA,
            policy: PolicyRef {
                id: policy.id.clone(),
                edition: policy.edition.clone(),
                digest: policy.digest.clone(),
            },
            company: assessment.company.name.clone(),
            as_of: assessment.company.as_of.to_string(),
            verdict: assessment.verdict(),
            route: builder.route(),
            score: builder.score(),
            criteria,
            next_questions: questions.iter().filter_map(|one| fact_id(one.fact)).collect(),
            papers: builder.papers(&spoken.papers),
            items,
            indicators,
            advice: Vec::new(),
            no_advice: Vec::new(),
            earliest: None,
            margins: Vec::new(),
            near: Vec::new(),
            breaking: Vec::new(),
            tolerance: None,
            stopped: false,
            assumed: builder.assumed(),
            calendar: builder.calendar(),
            warnings: builder.warnings(&spoken.cautions),
            doubts: builder.doubts(),
        };
        failed.map_or(Ok(report), Err)
    }
}

/// Lists the papers to prepare, without the rest of the report.
pub fn papers(
    assessment: &Assessment<'_>,
    dictionary: &Dictionary,
    lang: Lang,
) -> Vec<PaperReport> {
    let mut spoken = Spoken::of(assessment.policy);
    for round in assessment.seen() {
        let scratch = assessment.whole_scratch_of(round);
        spoken.note(assessment.policy, &assessment.registers(&scratch));
    }
    Builder { assessment, dictionary, lang }.papers(&spoken.papers)
}

/// Marks the papers and cautions whose condition certainly holds in one of
/// the rounds.
struct Spoken {
    papers: Vec<bool>,
    cautions: Vec<bool>,
}

impl Spoken {
    /// Starts with the cautions that have no condition marked, because they
    /// always apply.
    fn of(policy: &Policy) -> Self {
        let cautions = policy.cautions.iter().map(|caution| caution.when.is_none()).collect();
        Self { papers: vec![false; policy.papers.len()], cautions }
    }

    fn note(&mut self, policy: &Policy, registers: &Registers<'_>) {
        let holds = |when: Option<ConditionAt>| when.is_some_and(|it| certainly(registers, it));
        for (paper, called) in policy.papers.iter().zip(&mut self.papers) {
            *called = *called || holds(paper.when);
        }
        for (caution, said) in policy.cautions.iter().zip(&mut self.cautions) {
            *said = *said || holds(caution.when);
        }
    }
}

/// Whether a condition holds whatever is unknown and however a person judges.
pub(crate) fn certainly(registers: &Registers<'_>, when: ConditionAt) -> bool {
    Lens::BOTH.iter().all(|lens| registers.truth(when, *lens) == Ok(Truth::True))
}

pub(crate) struct Builder<'a> {
    pub assessment: &'a Assessment<'a>,
    pub dictionary: &'a Dictionary,
    pub lang: Lang,
}

impl Builder<'_> {
    pub(crate) const fn policy(&self) -> &Policy {
        self.assessment.policy
    }

    /// Returns the number of the first row of a round. Rows number the criteria
    /// of all rounds in turn.
    pub(crate) const fn first_row(&self, round: usize) -> usize {
        round.saturating_mul(self.policy().criteria.len())
    }

    pub(crate) const fn explainer<'s>(
        &'s self,
        number: usize,
        round: &'s Round<'s>,
        scratch: &'s Scratch,
        kind: CriterionKind,
    ) -> Explainer<'s> {
        Explainer {
            assessment: self.assessment,
            registers: self.assessment.registers(scratch),
            first_row: self.first_row(number),
            entry: round.entry,
            dictionary: self.dictionary,
            lang: self.lang,
            asked: !matches!(kind, CriterionKind::Note),
        }
    }

    /// Names an entry that is judged on its own: by the user's name for it, or
    /// by its number counted from 1. Returns `None` where no entries are
    /// judged.
    pub(crate) fn group(&self, number: usize, round: &Round<'_>) -> Option<String> {
        let each = self.policy().each.as_ref()?;
        let entry = round.entry?;
        let field = each.name.and_then(|at| self.policy().links.fields.get(at.place()));
        Some(match field.and_then(|(_, at)| entry.fields.get(*at)) {
            Some(Answer::Text(name)) if !name.trim().is_empty() => printable(name.trim()),
            _ => number.saturating_add(1).to_string(),
        })
    }

    fn criterion(
        &self,
        number: usize,
        round: &Round<'_>,
        scratch: &Scratch,
        at: usize,
        criterion: &Criterion,
    ) -> Result<CriterionReport, Overflow> {
        let row = self.first_row(number).saturating_add(at);
        let explainer = self.explainer(number, round, scratch, criterion.kind);
        let points = self.assessment.points(row).zip(criterion.out_of());
        let papers = &self.policy().papers;
        let limit = match &criterion.rule {
            Rule::Points { best_of, .. } => {
                let banded = explainer.telling(best_of)?.and_then(Basis::banded);
                banded.and_then(Banded::limit).map(|limit| limit.to_string())
            }
            Rule::Holds { when, observe: None } if criterion.limit.is_none() => {
                explainer.limit(*when)?
            }
            _ => criterion.limit.map(|limit| limit.to_string()),
        };
        // Steps that can fail come first, while there is little to free.
        let measured = self.measured(row, &explainer, criterion)?;
        let explain = explainer.criterion(at, criterion)?;
        Ok(CriterionReport {
            id: self.policy().line_id(row).into_owned(),
            kind: criterion.kind,
            group: self.group(number, round),
            title: criterion.title.get(self.lang).to_owned(),
            status: self.assessment.status(row),
            points: points.map(|(points, out_of)| PointsReport {
                min: points.min.to_string(),
                max: points.max.to_string(),
                out_of: out_of.to_string(),
            }),
            observed: measured.as_ref().map(|(range, unit, _)| observed(range, *unit)),
            figure: measured.and_then(|(range, unit, word)| explainer.shown(&range, unit, word)),
            limit,
            rule: criterion.words.get(self.lang).to_owned(),
            explain,
            cites: criterion.cites.iter().map(|cite| self.cite(cite)).collect(),
            papers: criterion
                .papers
                .iter()
                .filter_map(|at| papers.get(at.place()))
                .map(|paper| paper.id.clone())
                .collect(),
        })
    }

    pub(crate) fn cite(&self, cite: &Cite) -> CiteReport {
        let source = self.policy().sources.get(cite.source.place());
        CiteReport {
            source: source.map_or_else(String::new, |source| source.number.clone()),
            url: source.and_then(Source::link).map(str::to_owned),
            clause: cite.clause.clone(),
            page: cite.page.clone(),
            confidence: cite.confidence,
        }
    }

    /// Finds what a criterion measures: the number beside its condition, or the
    /// basis that brings most points. Returns it with its unit and its counting
    /// word, or `None` if there is no such number or it is undefined.
    fn measured<'s>(
        &self,
        row: usize,
        explainer: &'s Explainer<'_>,
        criterion: &Criterion,
    ) -> Result<Option<(Range, Unit, Word<'s>)>, Overflow> {
        let (number, unit): (NumberAt, Unit) = match &criterion.rule {
            Rule::Holds { observe: Some(observe), .. } => (observe.value, observe.unit),
            Rule::Holds { when, observe: None } => match explainer.condition_at(*when) {
                Condition::Compare(_, left, _) => (*left, explainer.unit(*left)),
                _ => return Ok(None),
            },
            Rule::Points { best_of, .. } => {
                let telling = explainer.telling(best_of)?;
                let Some(banded) = telling.and_then(Basis::banded) else { return Ok(None) };
                (banded.value, banded.unit)
            }
            Rule::Total { .. } => {
                let whole = |points: u8| Some(Fraction::whole(i128::from(points)));
                return Ok(self.assessment.points(row).map(|points| {
                    let range = Range {
                        lo: whole(points.min),
                        hi: whole(points.max),
                        ..Range::exact(Fraction::ZERO)
                    };
                    (range, Unit::Points, Word::None)
                }));
            }
        };
        let range = explainer.value(number)?;
        let known = range.undefined != Undefined::Certainly;
        Ok(known.then(|| (range, unit, explainer.word(number))))
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

    /// Finds the first way that certainly leads to passing.
    fn route(&self) -> Option<String> {
        if self.assessment.verdict() != Verdict::Met {
            return None;
        }
        (0..self.assessment.rows())
            .filter(|row| self.assessment.status(*row) == Status::Met)
            .find_map(|row| self.criterion_of(row)?.route.clone())
    }

    /// Lists the papers to prepare and why. `called` says of each paper
    /// of the policy whether its own condition holds.
    fn papers(&self, called: &[bool]) -> Vec<PaperReport> {
        let policy = self.policy();
        let mut papers = Vec::new();
        if self.assessment.verdict() == Verdict::NotApplicable {
            return papers;
        }
        for (at, (paper, called)) in policy.papers.iter().zip(called).enumerate() {
            let mut because: Vec<String> = Vec::new();
            for row in 0..self.assessment.rows() {
                let Some(criterion) = self.criterion_of(row) else { continue };
                let asks = criterion.papers.iter().any(|own| own.place() == at);
                let title = criterion.title.get(self.lang);
                if asks
                    && self.paper_counts(row, criterion)
                    && !because.iter().any(|known| known == title)
                {
                    because.push(title.to_owned());
                }
            }
            if *called && let Some(reason) = &paper.because {
                because.push(reason.get(self.lang).to_owned());
            }
            if paper.always || *called || !because.is_empty() {
                let title = paper.title.get(self.lang).to_owned();
                papers.push(PaperReport { id: paper.id.clone(), title, because });
            }
        }
        papers
    }

    fn criterion_of(&self, row: usize) -> Option<&Criterion> {
        self.policy().criteria.get(self.assessment.place(row).1)
    }

    /// Whether a criterion needs its papers. A way to pass needs them only
    /// if it is taken, a score only if it can bring points.
    fn paper_counts(&self, row: usize, criterion: &Criterion) -> bool {
        let status = self.assessment.status(row);
        match criterion.kind {
            CriterionKind::Route | CriterionKind::Paper => status == Status::Met,
            CriterionKind::Score | CriterionKind::Bonus => status != Status::NotMet,
            CriterionKind::Gate => true,
            CriterionKind::Note => false,
        }
    }

    /// Lists the defaults that were taken for facts the policy uses.
    fn assumed(&self) -> Vec<String> {
        let policy = self.policy();
        let mut assumed = Vec::new();
        let company = self.assessment.company;
        let established = company.established_at.and_then(|at| self.dictionary.facts.get(at));
        if let (true, Some(fact), Some(first)) =
            (company.established.is_blank(), established, policy.first_year())
        {
            let year = company.as_of.year().saturating_add(i32::from(first));
            assumed.push(format!("{} < {year:04}-01-01", fact.id));
        }
        for (at, fact) in self.dictionary.facts.iter().enumerate() {
            let Some(Answer::List(entries)) = self.assessment.company.answers.get(at) else {
                continue;
            };
            if !policy.links.facts.contains(&at) {
                continue;
            }
            for (number, entry) in entries.iter().enumerate() {
                for (position, field) in fact.fields.iter().enumerate() {
                    if !entry.is_defaulted(position) || !policy.uses_field(at, position) {
                        continue;
                    }
                    let taken = match &field.default {
                        Some(default) => ["= ", default].concat(),
                        None => format!("<= {}", self.assessment.company.as_of),
                    };
                    assumed.push(format!("{}[{number}].{} {taken}", fact.id, field.id));
                }
            }
            let complete = fact.complete.as_deref();
            if let Some(id) = complete.filter(|id| self.answer(id) == Some(&Answer::Unknown)) {
                assumed.push(format!("{id} = true"));
            }
        }
        assumed
    }

    /// Lists the doubts about figures that this policy uses.
    fn doubts(&self) -> Vec<DoubtReport> {
        let company = self.assessment.company;
        let id = |at: usize| self.dictionary.facts.get(at).map(|fact| fact.id.clone());
        let raised = self.dictionary.doubts_about(company).into_iter();
        raised
            .filter(|it| it.concerns(self.policy(), company))
            .map(|it| DoubtReport {
                code: it.doubt.code.clone(),
                year: it.year.map(|year| year.to_string()),
                facts: it.facts.iter().filter_map(|(at, _)| id(*at)).collect(),
                text: doubt_text(&it, self.lang),
                suggest: it.suggest.as_ref().and_then(|change| {
                    Some(SuggestReport {
                        fact: id(change.fact)?,
                        year: change.year.map(|year| year.to_string()),
                        to: change.to.to_decimal_or_ratio(),
                    })
                }),
            })
            .collect()
    }

    fn answer(&self, id: &str) -> Option<&Answer> {
        self.assessment.company.answers.get(self.dictionary.position(id)?)
    }

    fn calendar(&self) -> Vec<CalendarEntry> {
        let policy = self.policy();
        let today = self.assessment.company.as_of;
        if self.assessment.verdict() == Verdict::NotApplicable {
            return Vec::new();
        }
        policy
            .calendar
            .iter()
            .map(|milestone| CalendarEntry {
                what: milestone.what.get(self.lang).to_owned(),
                from: milestone.from.map(|day| day.to_string()),
                date: milestone.date.to_string(),
                days_left: days_between(today, milestone.date),
                state: match (milestone.date < today, milestone.from) {
                    (true, _) => DayState::Past,
                    (false, Some(from)) if from <= today => DayState::Open,
                    (false, None)
                        if policy.window.closes == Some(milestone.date)
                            && policy.is_open_on(today) =>
                    {
                        DayState::Open
                    }
                    _ => DayState::Future,
                },
                confidence: milestone
                    .cites
                    .first()
                    .map_or(Confidence::Open, |cite| cite.confidence),
            })
            .collect()
    }
}

/// Writes a measured figure as reports give it: exact, without a unit.
pub(crate) fn observed(range: &Range, unit: Unit) -> Observed {
    let text = |end: zice_rules::fraction::Fraction| match unit {
        Unit::Ratio => end.to_ratio_text(),
        Unit::Date => i32::try_from(end.floor())
            .ok()
            .and_then(zice_rules::date::Date::from_day_number)
            .map_or_else(|| end.to_decimal_or_ratio(), |day| day.to_string()),
        _ => end.to_decimal_or_ratio(),
    };
    Observed { min: range.lo.map(text), max: range.hi.map(text), unit }
}

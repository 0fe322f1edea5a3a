//! The sentences of advice.

use zice_advice::{Item, Part, last_day, round};
use zice_rules::{
    Assessment, Company, Dictionary, Error, Lang, Verdict, assess,
    assess::{Points, Status},
    formula::Comparison,
    fraction::Fraction,
    policy::{Horizon, Lever, Measure, Rule, bound_text},
    program::Lens,
};

use super::{AdviceReport, Between, GivesReport, LeverReport, Reaches};
use crate::{CiteReport, build::Builder, format::plain_percent};

/// Writes a share in thousandths as an exact fraction.
pub(super) fn thousandths(share: u16) -> String {
    Fraction::new(i128::from(share), 1000).map_or_else(String::new, Fraction::to_ratio_text)
}

/// Writes a share of a report, such as [`crate::Report::tolerance`], in per cent:
/// `23/200` becomes `11.5%`.
pub fn share_text(share: &str) -> String {
    Fraction::parse(share).map_or_else(|| share.to_owned(), plain_percent)
}

/// Puts advice into words.
pub(super) struct Teller<'a> {
    pub builder: Builder<'a>,
    pub dictionary: &'a Dictionary,
    pub lang: Lang,
}

impl Teller<'_> {
    pub(super) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    /// Tells of the items of one round, or of the other.
    pub fn items(&self, items: &[Item]) -> Result<Vec<AdviceReport>, Error> {
        let (policy, company) = (self.builder.assessment.policy, self.builder.assessment.company);
        let mut told = Vec::with_capacity(items.len());
        for own in items.chunk_by(|one, other| one.horizon == other.horizon) {
            let Some(first) = own.first() else { continue };
            let base = round(policy, company, self.dictionary, first.horizon);
            let before = assess(policy, &base)?;
            for item in own {
                told.push(self.item(item, &base, &before)?);
            }
        }
        Ok(told)
    }

    fn item(
        &self,
        item: &Item,
        base: &Company,
        before: &Assessment<'_>,
    ) -> Result<AdviceReport, Error> {
        let policy = self.builder.assessment.policy;
        let after = assess(policy, &item.company)?;
        let mut levers = Vec::with_capacity(item.parts.len());
        let mut cites: Vec<CiteReport> = Vec::new();
        for part in &item.parts {
            let Some(lever) = policy.levers.get(part.lever) else { continue };
            levers.push(self.lever(lever, *part, item, base, before, &after));
            for cite in lever.cites.iter().map(|it| self.builder.cite(it)) {
                if !cites.contains(&cite) {
                    cites.push(cite);
                }
            }
        }
        let total = policy.criteria.iter().position(|it| it.passes_from().is_some());
        let score = total.and_then(|at| after.points(at)).map(between);
        let reaches = if item.verdict == Verdict::Met { Reaches::Met } else { Reaches::Best };
        let text = self.text(item, &levers, score.as_ref(), reaches);
        Ok(AdviceReport {
            horizon: item.horizon,
            as_of: item.as_of.to_string(),
            levers,
            gives: GivesReport { verdict: item.verdict, score },
            margin_after: item.margin.map(thousandths),
            reaches,
            editions: Vec::new(),
            text,
            rests_on: self.rests_on(base, item),
            caution: self.caution().to_owned(),
            cites,
        })
    }

    fn lever(
        &self,
        lever: &Lever,
        part: Part,
        item: &Item,
        base: &Company,
        before: &Assessment<'_>,
        after: &Assessment<'_>,
    ) -> LeverReport {
        let today = self.builder.assessment.company.as_of;
        let by = last_day(lever, item, today);
        let own = lever.rule.as_ref().map(|it| it.get(self.lang).to_owned());
        LeverReport {
            id: lever.id.clone(),
            granules: part.granules.to_string(),
            act: lever.act.get(self.lang).to_owned(),
            proof: lever.proof.get(self.lang).to_owned(),
            by: by.to_string(),
            lead_days: lever.lead_days,
            changes: self.changes(lever, part, item, base),
            rule: own.or_else(|| self.rule(lever, before, after)),
        }
    }

    /// Says the goal of a lever as a rule: the limit, or the band, that a criterion
    /// reaches with it and did not reach before.
    fn rule(
        &self,
        lever: &Lever,
        before: &Assessment<'_>,
        after: &Assessment<'_>,
    ) -> Option<String> {
        let policy = after.policy;
        let fact = self.dictionary.position(&lever.moves.first()?.fact)?;
        let values = after.values(0)?;
        for (at, criterion) in policy.criteria.iter().enumerate() {
            if let Some(limit) = criterion.limit
                && matches!(limit.sign, Comparison::AtLeast | Comparison::Above)
                && before.status(at) != Status::Met
                && after.status(at) == Status::Met
                && policy.facts_of(criterion).contains(&fact)
            {
                let sign = if limit.sign == Comparison::Above { ">" } else { "≥" };
                let bound = bound_text(limit.value, limit.unit);
                return Some(format!("{} {sign} {bound}", criterion.title.get(self.lang)));
            }
            let Rule::Points { best_of, .. } = &criterion.rule else { continue };
            let (had, has) = (before.points(at)?, after.points(at)?);
            if has.min <= had.min || !policy.facts_of(criterion).contains(&fact) {
                continue;
            }
            for basis in best_of {
                let Measure::Banded(banded) = &basis.measure else { continue };
                let reached = values.number(banded.value, Lens::Worst).ok()?.lo?;
                let band = banded.bands.iter().find(|it| reached >= it.from)?;
                if band.min == has.min {
                    let bound = bound_text(band.from, banded.unit);
                    return Some(format!("{} ≥ {bound}", basis.title.get(self.lang)));
                }
            }
        }
        None
    }

    fn text(
        &self,
        item: &Item,
        levers: &[LeverReport],
        score: Option<&Between>,
        reaches: Reaches,
    ) -> String {
        let mut text = match item.horizon {
            Horizon::ThisRound => String::new(),
            Horizon::NextRound => {
                self.pick("其他不变：", "With all else as it is now: ").to_owned()
            }
        };
        if levers.is_empty() {
            text.push_str(self.pick("不用再做什么。", "nothing more has to be done. "));
        }
        for (number, lever) in levers.iter().enumerate() {
            if number > 0 {
                text.push_str(self.pick("；并且", "; and "));
            }
            text.push_str(&lever.act);
            // The goal as a rule comes before the figures, which are those of
            // last year.
            if let Some(rule) = &lever.rule {
                text.push_str(&match self.lang {
                    Lang::Zh => format!("，目标：{rule}"),
                    Lang::En => format!("; goal: {rule}"),
                });
            }
            let changes: Vec<String> = lever
                .changes
                .iter()
                .filter(|it| self.concerns(&it.fact))
                // The day of a finished entry is the one by which it has to be done.
                .filter(|it| it.from.is_some() || it.to.is_none())
                .map(|it| self.change(it))
                .chain(self.people(lever))
                .chain([self.latest(&lever.by)])
                .collect();
            text.push_str(self.pick("（", " ("));
            text.push_str(&changes.join(self.pick("、", ", ")));
            text.push_str(self.pick("）", ")"));
        }
        if !levers.is_empty() {
            text.push_str(self.pick("。", ". "));
        }
        text.push_str(&self.reached(score, reaches));
        text
    }

    /// How many people have to start, for a mean of the year.
    fn people(&self, told: &LeverReport) -> Option<String> {
        let levers = &self.builder.assessment.policy.levers;
        let lever = levers.iter().find(|it| it.id == told.id)?;
        lever.mean.as_ref()?;
        let people = &told.granules;
        Some(match self.lang {
            Lang::Zh => format!("也就是新入职 {people} 人"),
            Lang::En => format!("that is {people} people who start"),
        })
    }

    /// By when an act has to be done.
    fn latest(&self, by: &str) -> String {
        match self.lang {
            Lang::Zh => format!("最迟 {by}"),
            Lang::En => format!("by {by} at the latest"),
        }
    }

    /// Whether the policy looks at a fact, or at the list that an entry belongs to.
    /// What an act does elsewhere stands in the changes alone.
    pub(super) fn concerns(&self, fact: &str) -> bool {
        let facts = &self.builder.assessment.policy.links.facts;
        let id = fact.split('[').next().unwrap_or(fact);
        self.dictionary.position(id).is_some_and(|at| facts.contains(&at))
    }

    fn reached(&self, score: Option<&Between>, reaches: Reaches) -> String {
        let points = score.map_or_else(String::new, |score| {
            let span = if score.min == score.max {
                score.min.clone()
            } else {
                [&score.min, self.pick(" 至 ", " to "), &score.max].concat()
            };
            match self.lang {
                Lang::Zh => format!("，总分 {span} 分"),
                Lang::En => format!(", {span} points in all"),
            }
        });
        let found = match reaches {
            Reaches::Met => self.pick("这样就符合", "The company then passes"),
            Reaches::Best => self.pick(
                "这样才有可能通过，其余由人判断，不保证",
                "It can then pass, but people judge the rest and need not agree",
            ),
        };
        [found, &points, self.pick("。", ".")].concat()
    }

    /// What every piece of advice is and is not.
    fn caution(&self) -> &'static str {
        self.pick(
            "这是按规则算出的最少变化，不是申报结果的承诺；只写真实发生的，数据以实际发生和审计为准。",
            "This is the smallest change by the rules and no promise of the outcome; only what really happens may be filed, and audited figures decide.",
        )
    }
}

fn between(points: Points) -> Between {
    Between { min: points.min.to_string(), max: points.max.to_string() }
}

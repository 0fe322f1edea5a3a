//! The sentences of advice.

use zice_advice::{Because, Earliest, Item, NoAdvice, Part, added, last_day, round};
use zice_rules::{
    Assessment, Company, Date, Dictionary, Error, Lang, Verdict, assess,
    assess::Points,
    company::Answer,
    dictionary::Fact,
    fraction::Fraction,
    policy::{Horizon, Lever, Measure, Rule, Starts, bound_text},
    program::Lens,
};

use super::{
    AdviceReport, Between, ChangeReport, EarliestReport, GivesReport, LeverReport, NoAdviceReport,
    Reaches,
};
use crate::{
    CiteReport,
    build::Builder,
    format::{Word, plain_percent, value},
};

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

    pub fn item(&self, item: &Item) -> Result<AdviceReport, Error> {
        let assessment = self.builder.assessment;
        let policy = assessment.policy;
        let base = round(policy, assessment.company, item.horizon);
        let (before, after) = (assess(policy, &base)?, assess(policy, &item.company)?);
        let mut levers = Vec::with_capacity(item.parts.len());
        let mut cites: Vec<CiteReport> = Vec::new();
        for part in &item.parts {
            let Some(lever) = policy.levers.get(part.lever) else { continue };
            levers.push(self.lever(lever, *part, item, &base, &before, &after));
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
        let by = last_day(lever, base, item.horizon);
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

    fn changes(&self, lever: &Lever, part: Part, item: &Item, base: &Company) -> Vec<ChangeReport> {
        let year = item.as_of.year().saturating_sub(1);
        let change = |fact: &str| ChangeReport {
            fact: fact.to_owned(),
            year: None,
            from: None,
            to: None,
            add: Vec::new(),
        };
        let mut changes = Vec::new();
        for moved in &lever.moves {
            let figure = |company: &Company| self.figure(company, &moved.fact, year);
            if let (Some(from), Some(to)) = (figure(base), figure(&item.company)) {
                let year = Some(year.to_string());
                changes.push(ChangeReport {
                    year,
                    from: Some(from),
                    to: Some(to),
                    ..change(&moved.fact)
                });
            }
        }
        if let (Some(adds), Some(entry)) = (&lever.adds, added(lever, base, item.horizon)) {
            let count = usize::try_from(part.granules).unwrap_or_default();
            changes.push(ChangeReport { add: vec![entry; count], ..change(&adds.list) });
        }
        if let (Some(starts), Some(entry)) = (&lever.starts, part.entry) {
            let day = |company: &Company| self.day(company, starts, entry);
            let fact = format!("{}[{entry}].{}", starts.list, starts.field);
            let (from, to) = (day(base), day(&item.company));
            changes.push(ChangeReport { from, to, ..change(&fact) });
        }
        for fact in &lever.sets {
            let (from, to) = (Some("false".to_owned()), Some("true".to_owned()));
            changes.push(ChangeReport { from, to, ..change(fact) });
        }
        changes
    }

    /// Writes the day that an entry keeps to, as a company file does.
    fn day(&self, company: &Company, starts: &Starts, entry: usize) -> Option<String> {
        let list = self.dictionary.position(&starts.list)?;
        let fields = &self.dictionary.facts.get(list)?.fields;
        let at = fields.iter().position(|it| it.id == starts.field)?;
        let Answer::List(entries) = company.answers.get(list)? else { return None };
        let Answer::Number(range) = entries.get(entry)?.fields.get(at)? else { return None };
        let day = i32::try_from(range.as_exact()?.floor()).ok()?;
        Date::from_day_number(day).map(|it| it.to_string())
    }

    /// Says that an entry keeps to a day; `None` for a change of anything else.
    fn kept(&self, change: &ChangeReport) -> Option<String> {
        let (list, rest) = change.fact.split_once('[')?;
        let (entry, field) = rest.split_once("].")?;
        let fields = &self.dictionary.fact(list)?.fields;
        let label = fields.iter().find(|it| it.id == field)?.label.get(self.lang);
        let number = entry.parse::<usize>().ok()?.saturating_add(1);
        let (from, to) = (change.from.as_ref()?, change.to.as_ref()?);
        Some(match self.lang {
            Lang::Zh => format!("第 {number} 项的{label}由 {from} 改为不晚于 {to}"),
            Lang::En => format!("{label} of entry {number} from {from} to no later than {to}"),
        })
    }

    /// Writes the figure of a year as a company file does; an estimate as
    /// `a..b`.
    fn figure(&self, company: &Company, fact: &str, year: i32) -> Option<String> {
        let answer = company.answers.get(self.dictionary.position(fact)?)?;
        let Answer::Yearly { years, .. } = answer else { return None };
        let (_, range) = years.iter().find(|(own, _)| *own == year)?;
        let end =
            |end: Option<Fraction>| end.map_or_else(String::new, Fraction::to_decimal_or_ratio);
        Some(match range.as_exact() {
            Some(exact) => exact.to_decimal_or_ratio(),
            None => format!("{}..{}", end(range.lo), end(range.hi)),
        })
    }

    /// Says the goal of a lever as a rule: the band that a criterion reaches
    /// with it and did not reach before.
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
        let policy = self.builder.assessment.policy;
        let mut text = match item.horizon {
            Horizon::ThisRound => String::new(),
            Horizon::NextRound => match self.lang {
                Lang::Zh => format!(
                    "其他数据先按与去年相同算{}，是否类的回答先按不变算、届时再核对，规则按 {} 版：",
                    self.whole_years(item),
                    policy.edition
                ),
                Lang::En => format!(
                    "With other figures as last year{}, yes and no as answered now (check them again then) and the rules of {}: ",
                    self.whole_years(item),
                    policy.edition
                ),
            },
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
                .map(|it| self.change(it))
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

    /// Names the figures of the running year that were given already: they are taken
    /// for those of the whole year. Empty where there are none.
    fn whole_years(&self, item: &Item) -> String {
        let running = item.as_of.year().saturating_sub(1);
        let given = |answer: &Answer| match answer {
            Answer::Yearly { years, .. } => years.iter().any(|(year, _)| *year == running),
            _ => false,
        };
        let answers = self.builder.assessment.company.answers.iter();
        let facts = self.dictionary.facts.iter().zip(answers);
        let names: Vec<&str> = facts
            .filter(|(fact, answer)| given(answer) && self.concerns(&fact.id))
            .map(|(fact, _)| fact.short.get(self.lang))
            .collect();
        if names.is_empty() {
            return String::new();
        }
        let names = names.join(self.pick("、", ", "));
        match self.lang {
            Lang::Zh => format!("（{running} 年已经填的{names}当作全年数）"),
            Lang::En => {
                format!(" (what was given of {running} is taken for the whole year: {names})")
            }
        }
    }

    /// Whether the policy looks at a fact, or at the list that an entry belongs to.
    /// What an act does elsewhere stands in the changes alone.
    fn concerns(&self, fact: &str) -> bool {
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

    fn change(&self, change: &ChangeReport) -> String {
        if let Some(kept) = self.kept(change) {
            return kept;
        }
        let Some(fact) = self.dictionary.fact(&change.fact) else { return String::new() };
        let name = fact.short.get(self.lang);
        let year = change.year.as_ref().map_or_else(String::new, |year| match self.lang {
            Lang::Zh => format!("{year} 年"),
            Lang::En => format!("{year} "),
        });
        match (&change.from, &change.to) {
            (Some(from), Some(to)) if change.year.is_some() => {
                let (from, to) = (self.amount(fact, from), self.amount(fact, to));
                match self.lang {
                    Lang::Zh if from.ends_with(|it: char| it.is_ascii_digit()) => {
                        format!("{year}{name}由 {from} 到 {to}")
                    }
                    Lang::Zh => format!("{year}{name}由 {from}到 {to}"),
                    Lang::En => format!("{year}{name} from {from} to {to}"),
                }
            }
            (Some(_), Some(_)) => {
                [name, self.pick("：做到以后才能填“是”", ": only then answer yes")].concat()
            }
            _ => match self.lang {
                Lang::Zh => format!("{name}增加 {} 项", change.add.len()),
                Lang::En => format!("{} more: {name}", change.add.len()),
            },
        }
    }

    /// Writes a figure of the company file for people.
    fn amount(&self, fact: &Fact, text: &str) -> String {
        let word = fact.unit.as_ref().map_or(Word::None, Word::Of);
        let write = |text: &str| {
            Fraction::parse(text)
                .map_or_else(|| text.to_owned(), |it| value(it, fact.kind.unit(), word, self.lang))
        };
        match text.split_once("..") {
            None => write(text),
            Some((min, "")) => [self.pick("不低于 ", "at least "), &write(min)].concat(),
            Some(("", max)) => [self.pick("不高于 ", "at most "), &write(max)].concat(),
            Some((min, max)) => [&write(min), self.pick(" 至 ", " to "), &write(max)].concat(),
        }
    }

    pub fn none(&self, none: &NoAdvice) -> NoAdviceReport {
        let policy = self.builder.assessment.policy;
        let ids = none.asks.iter().filter_map(|at| self.dictionary.facts.get(*at));
        let facts: Vec<&Fact> = ids.collect();
        let titles = none.rows.iter().filter_map(|row| {
            let at = row.checked_rem(policy.criteria.len())?;
            Some(policy.criteria.get(at)?.title.get(self.lang))
        });
        let titles = titles.collect::<Vec<&str>>().join(self.pick("、", ", "));
        let names: Vec<&str> = facts.iter().map(|fact| fact.short.get(self.lang)).collect();
        let names = names.join(self.pick("、", ", "));
        let (because, text) = match (none.because, self.lang) {
            // Nothing fails: the company passes, and a cushion was asked for.
            (Because::Levers, _) if titles.is_empty() => (
                "levers",
                self.pick(
                    "这里能算的办法全部做到，也留不出要求的余量。",
                    "All acts that Zice considers do not leave the cushion that was asked for.",
                )
                .to_owned(),
            ),
            (Because::Levers, Lang::Zh) => {
                ("levers", format!("这里能算的办法全部做到也不够，仍不符合：{titles}。"))
            }
            (Because::Levers, Lang::En) => (
                "levers",
                format!(
                    "All acts that Zice considers are not enough, even up to their bounds; these still fail: {titles}."
                ),
            ),
            (Because::Doubts, Lang::Zh) => ("doubts", format!("先核对有疑问的数据：{names}。")),
            (Because::Doubts, Lang::En) => {
                ("doubts", format!("Check the doubtful answers first: {names}."))
            }
            (Because::Contradiction, Lang::Zh) => {
                ("contradiction", "填的数据互相矛盾，先改正。".to_owned())
            }
            (Because::Contradiction, Lang::En) => {
                ("contradiction", "Answers contradict each other: correct them first.".to_owned())
            }
            (Because::Unknown, _) => ("unknown", self.first_asked(&facts)),
        };
        NoAdviceReport {
            horizon: none.horizon,
            because: because.to_owned(),
            criteria: none.rows.iter().map(|row| policy.line_id(*row).into_owned()).collect(),
            asks: facts.iter().map(|fact| fact.id.clone()).collect(),
            text,
        }
    }

    /// Names the answer that is needed first, and how many more are open.
    fn first_asked(&self, facts: &[&Fact]) -> String {
        let first = facts.first().map_or("", |fact| fact.short.get(self.lang));
        let more = facts.len().saturating_sub(1);
        match (self.lang, more) {
            (Lang::Zh, 0) => format!("先要知道：{first}。"),
            (Lang::Zh, _) => format!("先要知道：{first}（另有 {more} 项待填）。"),
            (Lang::En, 0) => format!("An answer is needed first: {first}."),
            (Lang::En, _) => format!("An answer is needed first: {first} (and {more} more)."),
        }
    }

    pub fn earliest(&self, found: &Earliest) -> EarliestReport {
        let policy = self.builder.assessment.policy;
        let row = found.row;
        let title = row.and_then(|row| {
            let at = row.checked_rem(policy.criteria.len())?;
            Some(policy.criteria.get(at)?.title.get(self.lang))
        });
        let day = found.as_of;
        let mut text = match self.lang {
            Lang::Zh => format!("什么都不变，最早 {day} 符合"),
            Lang::En => format!("With nothing changed the company passes from {day} on"),
        };
        if found.horizon == Horizon::NextRound {
            text.push_str(self.pick("（数据先按与去年相同算）", " (with last year's figures)"));
        }
        if let Some(title) = title {
            text.push_str(&match self.lang {
                Lang::Zh => format!("，等的是：{title}"),
                Lang::En => format!("; what waits is: {title}"),
            });
        }
        text.push_str(self.pick("。", "."));
        EarliestReport {
            horizon: found.horizon,
            as_of: day.to_string(),
            criterion: row.map(|row| policy.line_id(row).into_owned()),
            text,
        }
    }
}

fn between(points: Points) -> Between {
    Between { min: points.min.to_string(), max: points.max.to_string() }
}

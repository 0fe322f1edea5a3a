//! Why there is no advice, and what time alone does, as sentences.

use zice_advice::{Because, Earliest, NoAdvice, Part};
use zice_rules::{Lang, company::Answer, dictionary::Fact, fraction::Fraction, policy::Horizon};

use super::{EarliestReport, NoAdviceReport, words::Teller};
use crate::format::{Word, value};

impl Teller<'_> {
    pub fn none(&self, none: &NoAdvice) -> NoAdviceReport {
        let policy = self.builder.assessment.policy;
        let ids = none.asks.iter().filter_map(|at| self.dictionary.facts.get(*at));
        let facts: Vec<&Fact> = ids.collect();
        let names = self.names(&facts);
        let (because, text) = match (none.because, self.lang) {
            (Because::Levers, _) => ("levers", self.not_enough(none)),
            (Because::Closed(day), Lang::Zh) => {
                ("levers", format!("这一轮已于 {day} 截止，来不及了；请看下一轮。"))
            }
            (Because::Closed(day), Lang::En) => (
                "levers",
                format!(
                    "This round closed on {day}: nothing done now can still count for it. See the next round."
                ),
            ),
            (Because::Implausible, Lang::Zh) => (
                "doubts",
                format!(
                    "按规则算有办法够得上，但那样的数据本身就可疑，不能作为建议。请先核对：{names}。"
                ),
            ),
            (Because::Implausible, Lang::En) => (
                "doubts",
                format!(
                    "By the rules alone there are ways, but their figures would be doubtful themselves, so none is advised. Check first: {names}."
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

    /// Says what still fails where everything is done, and how far was looked.
    fn not_enough(&self, none: &NoAdvice) -> String {
        // Two levers may add to the same list: how far the list was looked at is said
        // once.
        let mut parts: Vec<Part> = Vec::new();
        let list = |part: &Part| {
            let levers = &self.builder.assessment.policy.levers;
            levers.get(part.lever).and_then(|it| it.adds.as_ref()).map(|it| &it.list)
        };
        for part in &none.tried {
            match parts.iter_mut().find(|it| list(it).is_some() && list(it) == list(part)) {
                Some(known) => known.granules = known.granules.max(part.granules),
                None => parts.push(*part),
            }
        }
        let tried: Vec<String> = parts.iter().filter_map(|it| self.tried(*it)).collect();
        let comma = self.pick("、", ", ");
        let tried = match (tried.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("（只试到{}，不是建议）", tried.join(comma)),
            (false, Lang::En) => {
                format!(" (tried up to {}, which is not advice)", tried.join(comma))
            }
        };
        let failing = self.failing(&none.rows);
        match (failing.is_empty(), self.lang) {
            // Nothing fails: the company passes, and a cushion was asked for.
            (true, Lang::Zh) => format!("这里能算的办法全部做到{tried}，也留不出要求的余量。"),
            (true, Lang::En) => format!(
                "All acts that Zice considers{tried} do not leave the cushion that was asked for."
            ),
            (false, Lang::Zh) => {
                format!("这里能算的办法全部做到也不够{tried}，仍不符合：{failing}。")
            }
            (false, Lang::En) => format!(
                "All acts that Zice considers{tried} are not enough; these still fail: {failing}."
            ),
        }
    }

    /// Names the criteria of rows, each once. Where several entries are judged, those
    /// of the entry that fails the fewest.
    fn failing(&self, rows: &[usize]) -> String {
        let policy = self.builder.assessment.policy;
        let place = |row: &usize| self.builder.assessment.place(*row);
        let mut entries: Vec<usize> = rows.iter().map(|row| place(row).0).collect();
        entries.dedup();
        let fails = |entry: usize| rows.iter().filter(|row| place(row).0 == entry).count();
        let closest = entries.iter().copied().min_by_key(|entry| fails(*entry));
        let own = rows.iter().filter(|row| Some(place(row).0) == closest);
        let mut titles: Vec<&str> = Vec::new();
        for title in own.filter_map(|row| policy.criteria.get(place(row).1)) {
            let title = title.title.get(self.lang);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        let titles = titles.join(self.pick("、", ", "));
        let list = policy.each.as_ref().map(|it| it.list.place());
        let list = list.and_then(|at| policy.tables.facts.get(at));
        match (closest.filter(|_| entries.len() > 1), list, self.lang) {
            (Some(entry), Some(list), Lang::Zh) => {
                let (number, name) = (entry.saturating_add(1), self.name_of(list, entry));
                format!("最接近的是第 {number} 项{name}，还有{titles}")
            }
            (Some(entry), Some(list), Lang::En) => {
                let (number, name) = (entry.saturating_add(1), self.name_of(list, entry));
                format!("closest is entry {number}{name}, with {titles}")
            }
            _ => titles,
        }
    }

    /// Says how far one act was looked at: a bound of the search, and no rule.
    fn tried(&self, part: Part) -> Option<String> {
        let lever = self.builder.assessment.policy.levers.get(part.lever)?;
        let granules = Fraction::whole(part.granules);
        if let Some(moved) = lever.moves.first() {
            let fact = self.dictionary.fact(&moved.fact)?;
            let word = fact.unit.as_ref().map_or(Word::None, Word::Of);
            let amount = moved.by.mul(granules).ok()?;
            let amount = value(amount, fact.kind.unit(), word, self.lang);
            let name = fact.short.get(self.lang);
            return Some(match self.lang {
                Lang::Zh => format!("{name}增加 {amount}"),
                Lang::En => format!("{amount} more {name}"),
            });
        }
        let list = lever.adds.as_ref().and_then(|it| self.dictionary.fact(&it.list));
        if let Some(fact) = list {
            let (name, many) = (fact.short.get(self.lang), part.granules);
            return Some(match self.lang {
                Lang::Zh => format!("{name}增加 {many} 项"),
                Lang::En => format!("{many} more entries of the {name}"),
            });
        }
        let set = lever.sets.first().and_then(|it| self.dictionary.fact(it));
        set.map(|fact| fact.short.get(self.lang).to_owned())
    }

    /// Names facts; those of one short name with what tells them apart.
    fn names(&self, facts: &[&Fact]) -> String {
        let short = |fact: &Fact| fact.short.get(self.lang).to_owned();
        let named = facts.iter().map(|fact| {
            let twice = facts.iter().filter(|it| short(it) == short(fact)).count() > 1;
            let apart = fact.apart.as_ref().filter(|_| twice).map(|it| it.get(self.lang));
            apart.map_or_else(
                || short(fact),
                |it| match self.lang {
                    Lang::Zh => format!("{}（{it}）", short(fact)),
                    Lang::En => format!("{} ({it})", short(fact)),
                },
            )
        });
        named.collect::<Vec<String>>().join(self.pick("、", ", "))
    }

    /// Names the answer that is needed first, and how many more are open.
    fn first_asked(&self, facts: &[&Fact]) -> String {
        let first = facts.first().map_or_else(String::new, |fact| self.asked(fact));
        let more = facts.len().saturating_sub(1);
        match (self.lang, more) {
            (Lang::Zh, 0) => format!("先要知道：{first}。"),
            (Lang::Zh, _) => format!("先要知道：{first}（另有 {more} 项待填）。"),
            (Lang::En, 0) => format!("An answer is needed first: {first}."),
            (Lang::En, _) => format!("An answer is needed first: {first} (and {more} more)."),
        }
    }

    /// Names a fact that is asked for. One that is answered of this round is asked of
    /// the next.
    fn asked(&self, fact: &Fact) -> String {
        let short = fact.short.get(self.lang);
        let at = self.dictionary.position(&fact.id);
        let answer = at.and_then(|at| self.builder.assessment.company.answers.get(at));
        match (answer, self.lang) {
            (Some(Answer::Bool(_)), Lang::Zh) => format!("{short}（到下一轮申报时）"),
            (Some(Answer::Bool(_)), Lang::En) => format!("{short} (in the next round)"),
            _ => short.to_owned(),
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
            let whole = self.whole_years(day);
            text.push_str(&match self.lang {
                Lang::Zh => format!("（没有填的数据先按与去年相同算{whole}）"),
                Lang::En => format!(" (with last year's figures where none is given{whole})"),
            });
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

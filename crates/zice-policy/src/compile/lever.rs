//! Compiles `[[lever]]`, and refuses what no company may be told to do.
//!
//! A lever is refused that lowers a figure, moves a part without its whole (that
//! would be moving people or money between heads), spends on R&D without having
//! costs (that would be booking costs under another head), touches a year that is closed
//! for the round, or adds an entry that says more than the dictionary's defaults
//! do (which is how a bought right would be written).

use toml::Spanned;
use zice_rules::{
    dictionary::{Fact, Kind},
    formula::{Comparison, Condition, Number},
    fraction::Fraction,
    policy::{Adds, Horizon, Lever, Mean, Move, Starts},
};

use super::Compiler;
use crate::{edition::Edition, policy_file::LeverFile};

/// The only year that a figure may be moved in: the last one, as the next round
/// sees it.
const LAST_YEAR: &str = "去年";

/// Words behind an amount and what they multiply by.
const WORDS: [(&str, i128); 8] = [
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("元", 1),
    ("人", 1),
    ("项", 1),
    ("件", 1),
    ("年", 1),
    ("", 1),
];

fn amount(text: &str) -> Option<Fraction> {
    let text = text.trim();
    WORDS.iter().find_map(|(word, times)| {
        let number = Fraction::parse(text.strip_suffix(word)?.trim())?;
        number.mul(Fraction::whole(*times)).ok()
    })
}

impl Compiler<'_> {
    pub(super) fn levers(&mut self, edition: &Edition) -> Vec<Lever> {
        let mut levers = Vec::with_capacity(edition.levers.len());
        for located in &edition.levers {
            let file = self.at(located);
            levers.extend(self.lever(file, edition));
        }
        levers
    }

    fn lever(&mut self, file: &LeverFile, edition: &Edition) -> Option<Lever> {
        let ways = [!file.moves.is_empty(), file.adds.is_some(), !file.sets.is_empty()];
        let ways = ways.into_iter().chain([!file.starts.is_empty()]);
        if ways.filter(|way| *way).count() != 1 {
            let message =
                "要写 moves、adds、sets、starts 中的一样 / one of moves, adds, sets, starts";
            self.report(file.id.span(), message);
        }
        let rounds = file.rounds.get_ref().clone();
        if rounds.is_empty() || (rounds.contains(&Horizon::ThisRound) && !file.moves.is_empty()) {
            let message = "上一年度已经结束，数据不能再动 / the last year is closed for this round";
            self.report(file.rounds.span(), message);
        }
        let moves = self.moves(file);
        let adds = file.adds.as_ref().and_then(|list| self.adds(list, file));
        for id in &file.sets {
            let fact = self.fact_named(id)?;
            if fact.kind != Kind::Bool || fact.yearly {
                self.report(id.span(), "只能是是非题 / only a yes-or-no fact");
            }
        }
        let sets = file.sets.iter().filter_map(|id| Some(self.fact_named(id)?.id.clone()));
        let sets = sets.collect();
        let starts = self.starts(file, edition);
        let at_most = self.at_most(file, &moves);
        let mean = self.mean(file);
        Some(Lever {
            id: file.id.get_ref().clone(),
            act: file.act.clone(),
            proof: file.proof.clone(),
            rule: file.rule.clone(),
            rounds,
            moves,
            mean,
            adds,
            sets,
            starts,
            at_most,
            at_once: file.at_once,
            lead_days: file.lead_days,
            cites: self.cites(&file.cites),
        })
    }

    /// Finds a fact by its id or Chinese name, or reports that there is none.
    fn fact_named(&mut self, name: &Spanned<String>) -> Option<&Fact> {
        let word = name.get_ref().split('[').next().unwrap_or_default().trim();
        let dictionary = self.context.dictionary;
        let fact = dictionary.facts.iter().find(|fact| fact.name == word || fact.id == word);
        if fact.is_none() {
            self.report(name.span(), format!("没有叫 {word} 的指标 / unknown name"));
        }
        fact
    }

    fn moves(&mut self, file: &LeverFile) -> Vec<Move> {
        let mut moves: Vec<Move> = Vec::new();
        for text in &file.moves {
            let written = text.get_ref();
            let parts = written.split_once(" + ").map(|(fact, by)| (fact, by, 1));
            let parts = parts.or_else(|| written.split_once(" - ").map(|(a, b)| (a, b, -1)));
            let by = parts.and_then(|(_, by, sign)| {
                amount(by).and_then(|by| by.mul(Fraction::whole(sign)).ok())
            });
            let Some(by) = by.filter(|by| !by.is_zero()) else {
                self.report(text.span(), "应写成 指标[去年] + 1人 / a fact, a sign, an amount");
                continue;
            };
            let year = written.split_once('[').and_then(|(_, rest)| Some(rest.split_once(']')?.0));
            if year != Some(LAST_YEAR) {
                let message = "只能动 [去年] / a closed year can't be moved";
                self.report(text.span(), message);
            }
            let Some(fact) = self.fact_named(text) else { continue };
            let (id, signed, yearly) = (fact.id.clone(), fact.signed, fact.yearly);
            if !yearly || moves.iter().any(|it| it.fact == id) {
                self.report(text.span(), "只能动按年度填写的指标一次 / once, and by year");
            }
            if by.signum() < 0 && (!signed || moves.is_empty()) {
                let message = "不能减少任何数据 / a lever must not lower a figure";
                self.report(text.span(), message);
            }
            moves.push(Move { fact: id, by });
        }
        self.parts_move_with_their_wholes(file, &moves);
        self.spending_moves_with_costs(file, &moves);
        moves
    }

    /// A part that grows without its whole would be moved from somewhere else.
    fn parts_move_with_their_wholes(&mut self, file: &LeverFile, moves: &[Move]) {
        let by =
            |id: &str| moves.iter().find(|it| it.fact == id).map_or(Fraction::ZERO, |it| it.by);
        for rule in &self.context.dictionary.contradictions {
            let (Some(part), Some(whole)) = (&rule.less, &rule.more) else { continue };
            if by(part) > by(whole) {
                let message = format!(
                    "{part} 增加而 {whole} 不变，等于挪用 / a part moves without its whole"
                );
                self.report(file.id.span(), message);
            }
        }
    }

    /// What would drive a doubt of the form “a part above its whole” by itself
    /// is not spent but booked under another head.
    fn spending_moves_with_costs(&mut self, file: &LeverFile, moves: &[Move]) {
        let doubts = &self.context.dictionary.doubts;
        let last = |at| match doubts.formulas.number(at) {
            Number::Yearly(fact, -1) => doubts.tables.facts.get(fact.place()),
            _ => None,
        };
        let by =
            |id: &String| moves.iter().find(|it| it.fact == *id).map_or(Fraction::ZERO, |it| it.by);
        let mut wrong = Vec::new();
        for doubt in &doubts.rules {
            let Condition::Compare(Comparison::Above, part, whole) =
                doubts.formulas.condition(doubt.when)
            else {
                continue;
            };
            let (Some(part), Some(whole)) = (last(*part), last(*whole)) else { continue };
            if by(part) > by(whole) {
                wrong.push(format!(
                    "{part} 增加而 {whole} 不变，等于改记科目 / booked under another head, not spent"
                ));
            }
        }
        for message in wrong {
            self.report(file.id.span(), message);
        }
    }

    /// How the first figure is averaged over the year.
    fn mean(&mut self, file: &LeverFile) -> Option<Mean> {
        let least_days = file.least_days.as_ref();
        let first = file.moves.first();
        let heads =
            first.and_then(|it| self.fact_named(it)).is_some_and(|it| it.kind == Kind::Count);
        if heads != file.mean.is_some() {
            let message =
                "人数是全年平均数，要写 mean；别的不写 / head counts are means, nothing else is";
            self.report(file.id.span(), message);
        }
        let Some(name) = &file.mean else {
            if let Some(days) = least_days {
                self.report(days.span(), "least_days 要和 mean 一起写 / only with mean");
            }
            return None;
        };
        let periods = match name.get_ref().as_str() {
            "quarters" => 4,
            "months" => 12,
            _ => {
                self.report(name.span(), "应是 quarters 或 months / quarters or months");
                return None;
            }
        };
        let least_days = least_days.map(|it| *it.get_ref());
        if least_days.is_some_and(|it| !(1..=365).contains(&it)) {
            self.report(name.span(), "least_days 应在 1 至 365 之间 / from 1 to 365");
        }
        Some(Mean { periods, least_days })
    }

    fn adds(&mut self, list: &Spanned<String>, file: &LeverFile) -> Option<Adds> {
        let fact = self.fact_named(list)?;
        let (id, kind, fields) = (fact.id.clone(), fact.kind, fact.fields.clone());
        if kind != Kind::List {
            self.report(list.span(), "应是清单 / a list is needed");
        }
        let find = |name: &str| fields.iter().find(|it| it.name == name || it.id == name);
        let mut adds = Adds {
            list: id,
            says: Vec::new(),
            waits: None,
            dated: Vec::new(),
            year_end: file.year_end,
        };
        for (name, value) in &file.says {
            let Some(field) = find(name.get_ref()) else {
                self.report(name.span(), "没有这一栏 / unknown field");
                continue;
            };
            let choice = field
                .values
                .iter()
                .find(|it| it.id == *value.get_ref() || it.name == *value.get_ref());
            // What has a default must take it: an act makes an entry of the
            // company's own, and nothing else.
            let Some(choice) = choice.filter(|_| field.default.is_none()) else {
                let message = "这一栏只能取默认值 / an added entry takes the defaults";
                self.report(name.span(), message);
                continue;
            };
            adds.says.push((field.id.clone(), choice.id.clone()));
        }
        for (name, value) in &file.waits {
            // What it becomes is what a new entry would say: the default.
            let field = find(name.get_ref()).filter(|it| it.default.is_some());
            let choice = field.and_then(|field| {
                let is = |it: &&zice_rules::dictionary::Choice| {
                    it.id == *value.get_ref() || it.name == *value.get_ref()
                };
                Some((field, field.values.iter().find(is)?))
            });
            match choice.filter(|(field, choice)| field.default.as_ref() != Some(&choice.id)) {
                Some((field, choice)) if adds.waits.is_none() => {
                    adds.waits = Some((field.id.clone(), choice.id.clone()));
                }
                _ => self.report(
                    name.span(),
                    "应写一栏和还在办的状态 / one field and the state of waiting",
                ),
            }
        }
        for name in &file.dated {
            match find(name.get_ref()).filter(|field| field.kind == Kind::Date) {
                Some(field) => adds.dated.push(field.id.clone()),
                None => self.report(name.span(), "没有这个日期栏 / no such day"),
            }
        }
        Some(adds)
    }

    /// A day of the entry that is judged, such as the day from which an insurance
    /// is in force.
    fn starts(&mut self, file: &LeverFile, edition: &Edition) -> Option<Starts> {
        let (name, day) = file.starts.iter().next()?;
        if file.starts.len() > 1 {
            self.report(name.span(), "一次只能写一个日期 / one day only");
        }
        let each = edition.each.as_ref().map(|it| it.item.list.get_ref().clone());
        let facts = &self.context.dictionary.facts;
        let list = facts.iter().find(|fact| Some(&fact.name) == each.as_ref());
        let find = |fact: &Fact| {
            let own = |it: &&zice_rules::dictionary::Field| {
                it.kind == Kind::Date && (it.name == *name.get_ref() || it.id == *name.get_ref())
            };
            Some((fact.id.clone(), fact.fields.iter().find(own)?.id.clone()))
        };
        let Some((list, field)) = list.and_then(find) else {
            let message = "逐个判断的清单里没有这个日期栏 / no such day of the entries judged";
            self.report(name.span(), message);
            return None;
        };
        let day = self.date(day);
        Some(Starts { list, field, day })
    }

    /// Returns the most granules, a whole number from 1.
    fn at_most(&mut self, file: &LeverFile, moves: &[Move]) -> Fraction {
        let one = moves.first().map_or(Fraction::ONE, |it| it.by);
        let most = match &file.at_most {
            None if !file.sets.is_empty() || !file.starts.is_empty() => Some(Fraction::ONE),
            None => None,
            Some(text) => amount(text.get_ref()).and_then(|it| it.div(one).ok()?),
        };
        let whole = most.map(|it| Fraction::whole(it.floor()));
        if whole.is_none() || whole != most || whole < Some(Fraction::ONE) {
            let span = file.at_most.as_ref().map_or_else(|| file.id.span(), Spanned::span);
            self.report(span, "at_most 应是整数份 / at_most must be a whole number of granules");
        }
        whole.unwrap_or(Fraction::ONE)
    }
}

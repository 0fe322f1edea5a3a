//! What advice for the next round takes for granted, as sentences.

use zice_advice::Item;
use zice_rules::{Company, Date, Lang, company::Answer, dictionary::Standing, policy::Horizon};

use super::words::Teller;

impl Teller<'_> {
    /// What advice for the next round takes for granted.
    pub(super) fn rests_on(&self, base: &Company, item: &Item) -> Vec<String> {
        if item.horizon == Horizon::ThisRound {
            return Vec::new();
        }
        let edition = &self.builder.assessment.policy.edition;
        let whole = self.whole_years(item.as_of);
        let first = match self.lang {
            Lang::Zh => format!(
                "其他数据先按与去年相同算{whole}，是否类的回答先按不变算、到时再核对；规则按 {edition} 版。"
            ),
            Lang::En => format!(
                "Other figures are taken as last year{whole}, yes and no as answered now (check them again then), and the rules of {edition}."
            ),
        };
        core::iter::once(first).chain(self.standing(base)).collect()
    }

    /// What answers that are about a period, or end on a day, say of the next round.
    fn standing(&self, base: &Company) -> Vec<String> {
        let company = self.builder.assessment.company;
        let (mut same, mut open, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for (at, fact) in self.dictionary.facts.iter().enumerate() {
            let Some(says) = fact.next_round.as_ref().filter(|_| self.concerns(&fact.id)) else {
                continue;
            };
            let (now, then) = (company.answers.get(at), base.answers.get(at));
            let (Some(Answer::Bool(now)), Some(then)) = (now, then) else { continue };
            let short = fact.short.get(self.lang);
            let standing = if *now { says.yes } else { says.no };
            match then {
                Answer::Bool(then) if then != now => ended.push(short.to_owned()),
                Answer::Bool(_) if standing == Some(Standing::Condition) => {
                    let words = fact.answers.as_ref().map(|it| if *now { &it.yes } else { &it.no });
                    let yes_or_no =
                        self.pick(if *now { "是" } else { "否" }, if *now { "yes" } else { "no" });
                    let answer = words.map_or(yes_or_no, |it| it.get(self.lang));
                    same.push(match self.lang {
                        Lang::Zh => format!("{short}（{answer}）"),
                        Lang::En => format!("{short} ({answer})"),
                    });
                }
                Answer::Unknown => {
                    let until = says.until.as_ref().and_then(|id| self.dictionary.fact(id));
                    let named = until.map_or_else(String::new, |it| match self.lang {
                        Lang::Zh => format!("（填了{}才能算）", it.short.get(self.lang)),
                        Lang::En => format!(" (give: {})", it.short.get(self.lang)),
                    });
                    open.push([short, &named].concat());
                }
                _ => {}
            }
        }
        let comma = self.pick("、", ", ");
        let said = [
            (
                same,
                "前提是到那时这些和现在一样：",
                "On condition that these are then as they are now: ",
            ),
            (
                open,
                "到那时还算不算，现在不知道，所以没有靠它：",
                "Not known for then, so not relied upon: ",
            ),
            (ended, "到那时已经到期，不再算：", "Ended by then, and not counted: "),
        ];
        let told = said.into_iter().filter(|(names, ..)| !names.is_empty());
        told.map(|(names, zh, en)| {
            [self.pick(zh, en), &names.join(comma), self.pick("。", ".")].concat()
        })
        .collect()
    }

    /// Names the figures of the running year that were given already: they are taken
    /// for those of the whole year. Empty where there are none.
    pub(super) fn whole_years(&self, as_of: Date) -> String {
        let running = as_of.year().saturating_sub(1);
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
}

//! Warnings of a report: closed windows, old rules, cautions of the policy, and
//! odd answers.

use crate::{Warning, build::Builder};
use zice_rules::{
    assess::Verdict,
    company::Answer,
    dictionary::Kind,
    policy::Confidence,
    text::{Lang, printable},
};

impl Builder<'_> {
    /// Collects all warnings. `said` says of each caution of the policy whether
    /// its condition holds.
    pub(crate) fn warnings(&self, said: &[bool]) -> Vec<Warning> {
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
        // Nobody applies for a programme that is not applicable or only a hint.
        let applies = self.assessment.verdict() != Verdict::NotApplicable;
        if policy.hint || !applies {
        } else if !policy.is_open_on(company.as_of) {
            add("outside_window", self.window_text());
        } else if policy.window.closes.is_none() {
            add(
                "window_unknown",
                self.both(
                    "本轮申报的起止日期没有查到，请向当地主管部门核实",
                    "the dates of this round were not found: ask the local office in charge",
                ),
            );
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
        for (caution, holds) in policy.cautions.iter().zip(said).filter(|_| applies) {
            if *holds {
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
        if let Some(opens) = window.opens.filter(|opens| day < *opens) {
            return match self.lang {
                Lang::Zh => format!("{day} 还不在申报期内：本轮 {opens} 起申报"),
                Lang::En => format!("{day} is before the window: applications open on {opens}"),
            };
        }
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

    /// Adds answers that are possible but worth a second look.
    fn oddities(&self, add: &mut dyn FnMut(&str, String)) {
        let company = self.assessment.company;
        let today = company.as_of;
        let day_number = zice_rules::fraction::Fraction::whole(i128::from(today.day_number()));
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
                            if future && field.past {
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

//! The sentences of margins.

use zice_advice::{Effect, Margin, Side};
use zice_rules::{Lang, Verdict, dictionary::Kind, fraction::Fraction, policy::Unit, text::Noun};

use super::{MarginReport, words::Teller};
use crate::format::{Word, percent, value};

/// A figure as people call it, and how it is written.
struct Named<'a> {
    label: String,
    unit: Unit,
    noun: Option<&'a Noun>,
}

impl Named<'_> {
    fn write(&self, figure: Fraction, lang: Lang) -> String {
        value(figure, self.unit, self.noun.map_or(Word::None, Word::Of), lang)
    }
}

impl Teller<'_> {
    /// Tells a margin.
    pub fn margin(&self, margin: &Margin) -> MarginReport {
        let text = self.gives_way(margin);
        self.margin_report(margin, text)
    }

    /// Tells a closed figure that is close to a band.
    pub fn near(&self, margin: &Margin) -> MarginReport {
        let named = self.named(margin);
        let (is, mark, room) = self.amounts(&named, margin);
        let label = &named.label;
        let text = match self.lang {
            Lang::Zh => format!(
                "{label}是 {is}，离 {mark} 只差 {room}。核对有没有漏记、记错；已经结账的数据只能按事实更正。"
            ),
            Lang::En => format!(
                "{label}: {is}, which is {room} from {mark}. Check that nothing was left out or misread; closed figures are corrected to the facts alone."
            ),
        };
        self.margin_report(margin, text)
    }

    fn margin_report(&self, margin: &Margin, text: String) -> MarginReport {
        let policy = self.builder.assessment.policy;
        MarginReport {
            fact: margin.fact.clone(),
            year: margin.year.map(|year| year.to_string()),
            value: margin.value.to_decimal_or_ratio(),
            flips_at: margin.flips_at.to_decimal_or_ratio(),
            side: match margin.side {
                Side::Below => "below".to_owned(),
                Side::Above => "above".to_owned(),
            },
            room: margin.room.to_decimal_or_ratio(),
            room_share: margin.room_share.map(Fraction::to_ratio_text),
            criterion: margin.row.map(|row| policy.line_id(row).into_owned()),
            effect: match margin.effect {
                Effect::Verdict => "verdict".to_owned(),
                Effect::Points => "points".to_owned(),
                Effect::Criterion => "criterion".to_owned(),
            },
            points: margin.points.map(|points| points.to_string()),
            text,
        }
    }

    /// Says where a figure gives way, and what that costs.
    fn gives_way(&self, margin: &Margin) -> String {
        let named = self.named(margin);
        let (is, mark, room) = self.amounts(&named, margin);
        let (label, cost) = (&named.label, self.cost(margin));
        match (margin.side, self.lang) {
            (Side::Below, Lang::Zh) => {
                format!("{label}现在是 {is}，降到 {mark}（少 {room}）时，{cost}。")
            }
            (Side::Above, Lang::Zh) => {
                format!("{label}现在是 {is}，升到 {mark}（多 {room}）时，{cost}。")
            }
            (Side::Below, Lang::En) => {
                format!("{label}: {is} now; at {mark} ({room} less) {cost}.")
            }
            (Side::Above, Lang::En) => {
                format!("{label}: {is} now; at {mark} ({room} more) {cost}.")
            }
        }
    }

    /// What gives way there.
    fn cost(&self, margin: &Margin) -> String {
        let policy = self.builder.assessment.policy;
        let title = margin.row.and_then(|row| {
            let at = row.checked_rem(policy.criteria.len())?;
            Some(policy.criteria.get(at)?.title.get(self.lang))
        });
        let title = title.map(|it| match self.lang {
            Lang::Zh => format!("“{it}”"),
            Lang::En => format!("“{it}” "),
        });
        let title = title.unwrap_or_default();
        match margin.effect {
            Effect::Points => {
                let points = margin.points.unwrap_or_default().unsigned_abs();
                match self.lang {
                    Lang::Zh => format!("{title}少 {points} 分"),
                    Lang::En => format!("{title}brings {points} fewer points"),
                }
            }
            Effect::Criterion => [&title, self.pick("不再符合", "is no longer met")].concat(),
            Effect::Verdict => {
                let then = match margin.verdict {
                    Verdict::Met => self.pick("符合条件", "meets the conditions"),
                    Verdict::NotMet => self.pick("不符合条件", "does not meet the conditions"),
                    Verdict::NeedsReview => self.pick("需人工确认", "for a person to judge"),
                    _ => self.pick("尚不能确定", "not decided"),
                };
                match self.lang {
                    Lang::Zh if title.is_empty() => format!("结论变为“{then}”"),
                    Lang::Zh => format!("{title}随之变化，结论变为“{then}”"),
                    Lang::En if title.is_empty() => format!("the result becomes “{then}”"),
                    Lang::En => format!("{title}changes, and the result becomes “{then}”"),
                }
            }
        }
    }

    /// The figure, the one that no longer holds, and how far apart they are.
    fn amounts(&self, named: &Named<'_>, margin: &Margin) -> (String, String, String) {
        let mut room = named.write(margin.room, self.lang);
        // A share that would be shown as nothing says less than the amount.
        let share = margin.room_share.map(|it| percent(it, &[]));
        if let Some(share) = share.filter(|it| it != "0.00%") {
            room = [&room, self.pick("，", ", "), &share].concat();
        }
        (named.write(margin.value, self.lang), named.write(margin.flips_at, self.lang), room)
    }

    /// What a figure is called: `2025 年研发费用`, or the field of an entry.
    fn named(&self, margin: &Margin) -> Named<'_> {
        let lang = self.lang;
        if let Some((list, rest)) = margin.fact.split_once('[')
            && let Some((number, field)) = rest.split_once("].")
            && let Some(fact) = self.dictionary.fact(list)
            && let Some(field) = fact.fields.iter().find(|it| it.id == field)
        {
            let number = number.parse().unwrap_or(0_usize).saturating_add(1);
            let (list, name) = (fact.short.get(lang), field.label.get(lang));
            let label = match lang {
                Lang::Zh => format!("{list}第 {number} 项的{name}"),
                Lang::En => format!("{list}, entry {number}, {name}"),
            };
            return Named { label, unit: field.kind.unit(), noun: field.unit.as_ref() };
        }
        let Some(fact) = self.dictionary.fact(&margin.fact) else {
            return Named { label: margin.fact.clone(), unit: Kind::Count.unit(), noun: None };
        };
        let name = fact.short.get(lang);
        let label = match (margin.year, lang) {
            (None, _) => name.to_owned(),
            (Some(year), Lang::Zh) => format!("{year} 年{name}"),
            (Some(year), Lang::En) => format!("{name} {year}"),
        };
        Named { label, unit: fact.kind.unit(), noun: fact.unit.as_ref() }
    }
}

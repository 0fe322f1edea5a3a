//! Writes company files the way people do: every spelling of an amount, years
//! that do not matter, and facts of other policies.

use crate::oracle::{
    sample::Dice,
    write::{Fact, day, file},
};

use super::{CREW, Company, Day, ENDLESS, GRADES, Item, LAST, MGMT, ONE, Span, YEARLY, YES_NO};

/// A value in millionths as a decimal, in one of its spellings.
fn decimal(dice: &mut Dice, value: i128) -> String {
    let (whole, rest) = (value / ONE, value % ONE);
    let six = format!("{whole}.{rest:06}");
    let plain = six.trim_end_matches('0').trim_end_matches('.').to_owned();
    // Half of all figures are plain; the others take turns.
    let text = match dice.below(12) {
        6 | 7 => six,
        8 => format!("{value}e-6"),
        9 if value > 0 => {
            let digits = value.to_string();
            let (first, others) = digits.split_at(1);
            let others = if others.is_empty() { "0" } else { others };
            let exponent = i32::try_from(digits.len()).expect("short") - 7;
            // Trailing zeros would make too many decimals.
            let others = others.trim_end_matches('0');
            let others = if others.is_empty() { "0" } else { others };
            format!("{first}.{others}e{exponent}")
        }
        10 => return plain,
        11 => format!("{value}E-06"),
        _ => plain,
    };
    if dice.chance(25) { text } else { format!("\"{text}\"") }
}

fn span(dice: &mut Dice, Span { lo, hi }: Span) -> String {
    if lo == hi && !dice.chance(5) {
        return decimal(dice, lo);
    }
    let min = (lo > 0 || hi == ENDLESS || dice.chance(50))
        .then(|| format!("\"min\":{}", decimal(dice, lo)));
    let max = (hi < ENDLESS).then(|| format!("\"max\":{}", decimal(dice, hi)));
    let ends: Vec<String> = min.into_iter().chain(max).collect();
    format!("{{{}}}", ends.join(","))
}

fn days((first, last): (Day, Day)) -> String {
    if first == last {
        return format!("\"{}\"", day(first));
    }
    format!("{{\"min\":\"{}\",\"max\":\"{}\"}}", day(first), day(last))
}

fn item(item: &Item) -> String {
    let words = [
        ("kind", item.kind),
        ("status", item.status),
        ("obtained_by", item.obtained_by),
        ("owner", item.owner),
    ];
    let flags = [
        ("disputed", item.disputed),
        ("main_product", item.main_product),
        ("used_for_hnte", item.used),
        ("co_owner_uses", item.co_owner_uses),
        ("foreign", item.foreign),
    ];
    let words = words.into_iter().filter_map(|(id, word)| Some(format!("\"{id}\":\"{}\"", word?)));
    let flags = flags.into_iter().filter_map(|(id, flag)| Some(format!("\"{id}\":{}", flag?)));
    let granted = item.granted.map(|granted| format!("\"granted_on\":{}", days(granted)));
    let said = words.chain(flags).chain(granted);
    let null = |text: &String| item.nulls.iter().any(|id| text.starts_with(&format!("\"{id}\"")));
    let nulls = item.nulls.iter().map(|id| format!("\"{id}\":null"));
    let fields: Vec<String> = said.filter(|it| !null(it)).chain(nulls).collect();
    format!("{{{}}}", fields.join(","))
}

impl Company {
    /// A yearly fact: the years that count, and sometimes one that doesn't.
    fn by_year(
        &self,
        dice: &mut Dice,
        figures: &[(i32, Span)],
        odd: Option<(i32, i128)>,
    ) -> String {
        let mut years = Vec::new();
        if let Some((year, value)) = odd {
            years.push(format!("\"{year}\":{}", decimal(dice, value)));
        }
        for &(year, figure) in figures {
            // A year before the foundation may be left out like any other.
            let had = self.established.is_none_or(|(first, _)| first.0 <= year);
            if figure != Span::UNKNOWN && (had || dice.chance(50)) {
                years.push(format!("\"{year}\":{}", span(dice, figure)));
            } else if dice.chance(20) {
                years.push(format!("\"{year}\":null"));
            }
        }
        dice.shuffle(&mut years);
        format!("{{{}}}", years.join(","))
    }

    /// The facts that are given, each with its id.
    pub fn facts(&self, dice: &mut Dice) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        facts.extend(self.established.map(|range| ("established_on", days(range))));
        facts.extend(self.entity_kind.map(|kind| ("entity_kind", format!("\"{kind}\""))));
        for (id, figures) in YEARLY.into_iter().zip(self.yearly) {
            let figures = [0, 1, 2].map(|at| (self.year(at), figures[at]));
            let odd = dice.pick(&[-4, 0, 1]) + self.as_of.0;
            let odd = dice.chance(15).then(|| (odd, dice.within(0, 999) * ONE));
            // Domestic R&D may not exceed R&D in any year.
            let odd = odd.filter(|_| id != YEARLY[super::DOMESTIC]);
            let text = self.by_year(dice, &figures, odd);
            facts.extend((text != "{}" || dice.chance(20)).then_some((id, text)));
        }
        for (at, (id, figure)) in LAST.into_iter().zip(self.last).enumerate() {
            let odd = dice.pick(&[-3, -2, 0]) + self.as_of.0;
            // The part is always smaller than its whole.
            let value = ONE * (9_000_000 - i128::try_from(at).expect("small") * 4_000_000);
            let odd = dice.chance(15).then_some((odd, value));
            let text = self.by_year(dice, &[(self.year(2), figure)], odd);
            facts.extend((text != "{}").then_some((id, text)));
        }
        for (id, figure) in CREW.into_iter().zip(self.crew) {
            // With its year, or without one, which means last year.
            if dice.chance(50) {
                let text = self.by_year(dice, &[(self.year(2), figure)], None);
                facts.extend((text != "{}").then_some((id, text)));
            } else {
                facts.extend((figure != Span::UNKNOWN).then(|| (id, span(dice, figure))));
            }
        }
        for (id, answer) in YES_NO.into_iter().zip(self.yes_no) {
            match answer {
                Some(yes) => facts.push((id, yes.to_string())),
                None if dice.chance(20) => facts.push((id, "null".into())),
                None => {}
            }
        }
        let grade = |grade: u8| format!("\"{}\"", char::from(b'A' + grade));
        let grades = GRADES.into_iter().zip(self.grades);
        facts.extend(grades.filter_map(|(id, given)| Some((id, grade(given?)))));
        for ((id, _), points) in MGMT.into_iter().zip(self.mgmt) {
            let whole = |value: u8| i128::from(value) * ONE;
            let range = points.map(|(lo, hi)| Span { lo: whole(lo), hi: whole(hi) });
            facts.extend(range.map(|range| (id, span(dice, range))));
        }
        if let Some(items) = &self.ip {
            let items: Vec<String> = items.iter().map(item).collect();
            facts.push(("ip", format!("[{}]", items.join(","))));
        }
        facts.extend(self.ip_complete.map(|complete| ("ip_complete", complete.to_string())));
        if dice.chance(15) {
            facts.push(("sme_staff_total", "3".into()));
            facts.push(("rd_expense_deduct", format!("{{\"{}\":1}}", self.year(2))));
            facts.push(("hnte_certificate_valid", "true".into()));
            facts.push(("sme_clean_record", "false".into()));
            facts.push(("no_such_fact", "[{}]".into()));
        }
        facts
    }

    /// The company file, with its facts in random order.
    pub fn json(&self, dice: &mut Dice) -> String {
        let mut facts = self.facts(dice);
        dice.shuffle(&mut facts);
        file(self.as_of, &facts)
    }
}

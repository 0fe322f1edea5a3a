//! Writes company files the way people do: every spelling of an amount, and
//! additional facts that do not matter to this policy.

use super::{AMOUNTS, Company, Day, Item, MOST, REVENUE, Span, YES_NO, sample::Dice};

/// A fact's id and its value as JSON.
pub type Fact = (&'static str, String);

/// A company file with these facts in this order.
pub fn file(as_of: Day, facts: &[Fact]) -> String {
    let facts: Vec<String> = facts.iter().map(|(id, value)| format!("\"{id}\":{value}")).collect();
    let (schema, as_of, facts) = ("zice.company/1", day(as_of), facts.join(","));
    format!("{{\"schema\":\"{schema}\",\"as_of\":\"{as_of}\",\"facts\":{{{facts}}}}}")
}

pub fn day((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// A value in hundredths as a decimal, in one of its spellings.
fn decimal(dice: &mut Dice, value: i128) -> String {
    let (whole, rest) = (value / 100, value % 100);
    let plain = match rest {
        0 => whole.to_string(),
        _ if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    };
    // Half of all figures are plain; the others take turns.
    let text = match dice.below(12) {
        6 => format!("{whole}.{rest:02}"),
        7 => format!("{whole}.{rest:02}0000"),
        8 => format!("{value}e-2"),
        9 if value > 0 => {
            let digits = value.to_string();
            let (first, others) = digits.split_at(1);
            let others = if others.is_empty() { "0" } else { others };
            let exponent = i32::try_from(digits.len()).expect("short") - 3;
            format!("{first}.{others}e{exponent}")
        }
        10 => return plain,
        11 => return format!("{value}E-02"),
        _ => plain,
    };
    if dice.chance(25) { text } else { format!("\"{text}\"") }
}

fn span(dice: &mut Dice, Span { lo, hi }: Span) -> String {
    if lo == hi && !dice.chance(5) {
        return decimal(dice, lo);
    }
    let min =
        (lo > 0 || hi == MOST || dice.chance(50)).then(|| format!("\"min\":{}", decimal(dice, lo)));
    let max = (hi < MOST).then(|| format!("\"max\":{}", decimal(dice, hi)));
    let ends: Vec<String> = min.into_iter().chain(max).collect();
    format!("{{{}}}", ends.join(","))
}

fn item(item: &Item) -> String {
    let quoted = |text: &str| format!("\"{text}\"");
    let granted = item.granted.map(|(first, last)| match first == last {
        true => quoted(&day(first)),
        false => format!("{{\"min\":\"{}\",\"max\":\"{}\"}}", day(first), day(last)),
    });
    let said = [
        ("kind", Some(quoted(item.kind))),
        ("status", item.status.map(quoted)),
        ("owner", item.owner.map(quoted)),
        ("disputed", item.disputed.map(|yes| yes.to_string())),
        ("main_product", item.main_product.map(|yes| yes.to_string())),
        ("granted_on", granted),
    ];
    let said = said.into_iter().filter(|(id, _)| !item.nulls.contains(id));
    let said = said.filter_map(|(id, value)| Some(format!("\"{id}\":{}", value?)));
    let nulls = item.nulls.iter().map(|id| format!("\"{id}\":null"));
    let noise = item.noise.map(|(id, value)| format!("\"{id}\":{value}"));
    format!("{{{}}}", said.chain(nulls).chain(noise).collect::<Vec<_>>().join(","))
}

impl Company {
    /// The facts that are given, each with its id.
    pub fn facts(&self, dice: &mut Dice) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        let quoted = |text: String| format!("\"{text}\"");
        facts.extend(self.established.map(|day_of| ("established_on", quoted(day(day_of)))));
        facts.extend(self.entity_kind.map(|kind| ("entity_kind", quoted(kind.into()))));
        for (at, (id, amount)) in AMOUNTS.into_iter().zip(self.amounts).enumerate() {
            let known = amount != Span::UNKNOWN;
            // A head count may be given without its year, which means last
            // year.
            if at < REVENUE && dice.chance(50) {
                facts.extend(known.then(|| (id, span(dice, amount))));
                continue;
            }
            // Figures of other years do not matter, whatever they are.
            let mut years = Vec::new();
            if at >= REVENUE && dice.chance(15) {
                let noise = dice.within(0, 99_999_999_999);
                let year = self.last_year() + dice.pick(&[-2, -1, 1]);
                years.push(format!("\"{year}\":{}", decimal(dice, noise)));
            }
            if known {
                years.push(format!("\"{}\":{}", self.last_year(), span(dice, amount)));
            } else if dice.chance(20) {
                years.push(format!("\"{}\":null", self.last_year()));
            }
            if !years.is_empty() {
                facts.push((id, format!("{{{}}}", years.join(","))));
            }
        }
        for (id, answer) in YES_NO.into_iter().zip(self.yes_no) {
            match answer {
                Some(yes) => facts.push((id, yes.to_string())),
                None if dice.chance(20) => facts.push((id, "null".into())),
                None => {}
            }
        }
        if let Some(items) = &self.ip {
            let items: Vec<String> = items.iter().map(item).collect();
            facts.push(("ip", format!("[{}]", items.join(","))));
        }
        facts.extend(self.ip_complete.map(|complete| ("ip_complete", complete.to_string())));
        if dice.chance(15) {
            facts.push(("hnte_staff_total", "3".into()));
            facts.push(("region", "\"110000\"".into()));
            facts.push(("hnte_clean_record", "false".into()));
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

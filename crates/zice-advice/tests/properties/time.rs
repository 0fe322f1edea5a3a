use zice_advice::{Options, advise, earliest};
use zice_rules::{Batch, Company, Date, Verdict, assess, company::Answer, policy::Horizon};

use crate::{
    harness::{Tally, over_all},
    world::{LIBRARY, company, policy},
};

fn day(number: i32) -> Date {
    Date::from_day_number(number).expect("a day")
}

fn met(policy: &zice_rules::Policy, company: &Company) -> bool {
    assess(policy, company).expect("an assessment").verdict() == Verdict::Met
}

/// Within this window every day is tried.
#[test]
fn the_first_day_by_time_alone_is_the_one_that_trying_finds() {
    for address in ["hnte-zj@2024", "aaa-zj@2025", "tech-sme@2026", "new-material@2025"] {
        let tally = over_all(2_000, |number, tally: &mut Tally| {
            let (policy, company) = (policy(address), company(address, number));
            let now = assess(policy, &company).expect("an assessment").verdict();
            if !matches!(now, Verdict::NotMet | Verdict::Undecided) {
                return;
            }
            let batch = Batch::new(policy).expect("a program");
            let found = earliest(&batch, &company, &LIBRARY.dictionary).expect("figures that fit");
            let year = company.as_of.year();
            let in_year = |it: Date| Date::parse(&format!("{year:04}{}", &it.to_string()[4..]));
            let opens = policy.window.opens.and_then(in_year);
            let closes = policy.window.closes.and_then(in_year);
            let end = closes.or_else(|| Date::from_ymd(year, 12, 31)).expect("a day");
            let from = day(company.as_of.day_number() + 1).max(opens.unwrap_or(Date::MIN));
            let tried = (from.day_number()..=end.day_number()).map(day).find(|day| {
                day.year() == year && met(policy, &Company { as_of: *day, ..company.clone() })
            });
            let told = found.filter(|it| it.horizon == Horizon::ThisRound).map(|it| it.as_of);
            tally.count(if tried.is_some() { "a day" } else { "none" });
            if told != tried {
                tally.wrong.push(format!("{address} #{number}: {told:?}, tried {tried:?}"));
            }
        });
        tally.finish();
    }
}

/// Whatever the day of application, no year before it is ever changed.
#[test]
fn a_closed_year_never_changes_whatever_the_day() {
    for (address, all) in [("tech-sme@2025", 1_000), ("hnte-zj@2024", 1_000)] {
        let policy = policy(address);
        let batch = Batch::new(policy).expect("a program");
        let tally = over_all(all, |number, tally: &mut Tally| {
            let start = company(address, number);
            let first = Date::from_ymd(start.as_of.year(), 12, 12).expect("a day").day_number();
            // Day by day over the end of a year.
            for offset in 0..40 {
                let company = Company { as_of: day(first + offset), ..start.clone() };
                let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
                for item in advice.expect("advice").items {
                    tally.count(if item.parts.is_empty() { "time alone" } else { "acts" });
                    if closed(&company, &company) != closed(&company, &item.company) {
                        tally.wrong.push(format!("{address} #{number} {}", company.as_of));
                    }
                }
            }
        });
        tally.finish();
        assert!(tally.of("acts") > 0, "{address}");
    }
}

/// All figures of years that are closed on the day of application of one company,
/// as another has them.
fn closed(company: &Company, of: &Company) -> Vec<Vec<(i32, zice_rules::range::Range)>> {
    let years = |answer: &Answer| match answer {
        Answer::Yearly { years, .. } => {
            years.iter().filter(|it| it.0 < company.as_of.year()).copied().collect()
        }
        _ => Vec::new(),
    };
    of.answers.iter().map(years).collect()
}

/// No wording of a lever or of advice may ask for anything but a real act.
#[test]
fn nothing_is_shifted_bought_or_pretended() {
    let forbidden = [
        "调整",
        "转入",
        "挪",
        "购买",
        "买入",
        "代缴",
        "挂靠",
        "虚",
        "压低",
        "推迟确认",
        "提前确认",
        "少报",
        "多报",
        "改口径",
        "拆分",
        "shift",
        "buy",
        "purchase",
        "reclassif",
        "postpone",
    ];
    let mut levers = 0;
    for policy in &LIBRARY.policies {
        for lever in &policy.levers {
            levers += 1;
            for text in [&lever.act.zh, &lever.act.en, &lever.proof.zh, &lever.proof.en] {
                for word in forbidden {
                    assert!(!text.contains(word), "{} {}: {word}", policy.address(), lever.id);
                }
            }
        }
    }
    assert!(levers > 20);
}

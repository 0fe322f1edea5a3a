use serde_json::json;
use zice_advice::{Item, Options, Part, Together, advise, together, under};
use zice_rules::{Batch, Verdict, assess, policy::Horizon};

use crate::{
    demo,
    harness::{Tally, over_all},
    world::{LIBRARY, company, policy},
};

/// A programme with one gate and a lever that raises revenue.
fn programme(id: &str, when: &str, lever: bool) -> (String, String) {
    let words = format!("{}{}", demo::text("do", "做事"), demo::text("proof", "凭证"));
    let act = "rounds = [\"next_round\"]\nmoves = [\"销售收入[去年] + 1元\"]\nat_most = \"1万元\"";
    let act = demo::item("lever", "sell", &format!("{}{act}", words.replace("do =", "\"do\" =")));
    let tables = format!("{}{}", demo::gate("enough", when), if lever { &act } else { "" });
    let text = demo::policy("verdict = \"enough\"", &tables);
    (format!("{id}/2023.toml"), text.replace("id = \"demo\"", &format!("id = \"{id}\"")))
}

#[test]
fn what_helps_two_programmes_comes_first_and_what_breaks_one_is_said() {
    let files = [
        programme("low", "销售收入[去年] >= 110元", true),
        programme("high", "销售收入[去年] >= 120元", true),
        programme("small", "销售收入[去年] <= 115元", false),
    ];
    let files: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let library = demo::load(&files).unwrap_or_else(|error| panic!("{error}"));
    let company = demo::company(&library, json!({ "revenue": { "2022": "100" } }));
    let policies = ["low@2023", "high@2023", "small@2023"].map(|it| library.policy(it).expect(it));
    let batches = policies.map(|it| Batch::new(it).expect("a program"));
    let advice = batches.each_ref().map(|batch| {
        advise(batch, &company, &library.dictionary, Options::default()).expect("advice")
    });
    let all: Vec<_> = batches.iter().zip(&advice).collect();
    let found = together(&all, &company, &library.dictionary).expect("figures that fit");
    assert_eq!(
        found,
        [
            // 20 yuan more help both, and are too many for the third.
            Together { programme: 1, item: 0, helps: vec![0, 1], breaks: vec![2] },
            Together { programme: 0, item: 0, helps: vec![0], breaks: vec![] },
        ]
    );
}

/// Editions of one programme judge the same company; what is said of each item
/// agrees with the items themselves.
#[test]
fn the_list_holds_every_item_once_and_each_helps_its_own() {
    let addresses = ["tech-sme@2023", "tech-sme@2026", "hnte-zj@2024"];
    let tally = over_all(1_000, |number, tally: &mut Tally| {
        let company = company("tech-sme@2026", number);
        let batches = addresses.map(|it| Batch::new(policy(it)).expect("a program"));
        let advice = batches.each_ref().map(|batch| {
            advise(batch, &company, &LIBRARY.dictionary, Options::default()).expect("advice")
        });
        let all: Vec<_> = batches.iter().zip(&advice).collect();
        let found = together(&all, &company, &LIBRARY.dictionary).expect("figures that fit");
        let items: usize = advice.iter().map(|it| it.items.len()).sum();
        let mut wrong = found.len() != items;
        for one in &found {
            // Standing still may be enough for the next round.
            let acts = !advice[one.programme].items[one.item].parts.is_empty();
            wrong |= acts && !one.helps.contains(&one.programme);
            wrong |= one.breaks.iter().any(|it| one.helps.contains(it));
            tally.count(format!("{} helped", one.helps.len()));
        }
        if wrong {
            tally.wrong.push(format!("#{number}: {found:?}"));
        }
    });
    tally.finish();
    assert!(tally.of("2 helped") > 0);
}

#[test]
fn an_item_says_whether_it_holds_under_every_later_edition() {
    let address = "tech-sme@2023";
    let tally = over_all(1_000, |number, tally: &mut Tally| {
        let (policy, company) = (policy(address), company(address, number));
        let batch = Batch::new(policy).expect("a program");
        let advice = advise(&batch, &company, &LIBRARY.dictionary, Options::default());
        for item in advice.expect("advice").items {
            let said = under(&item, policy, &LIBRARY.policies.iter().collect::<Vec<_>>())
                .expect("figures that fit");
            let editions: Vec<&str> = said.iter().map(|it| it.edition.as_str()).collect();
            let right = said.iter().all(|it| {
                let later = LIBRARY.policy(&format!("tech-sme@{}", it.edition)).expect("one");
                assess(later, &item.company).expect("an assessment").verdict() == it.verdict
            });
            tally.count(if said.iter().all(|it| it.verdict == Verdict::Met) {
                "all"
            } else {
                "some"
            });
            if editions != ["2025", "2026"] || !right {
                tally.wrong.push(format!("#{number}: {said:?}"));
            }
        }
    });
    tally.finish();
    assert!(tally.of("all") > 0);
    // The newest edition has none after it.
    let newest = policy_of_all("tech-sme");
    let item = Item {
        horizon: Horizon::NextRound,
        as_of: company(address, 0).as_of,
        until: company(address, 0).as_of,
        parts: vec![Part { lever: 0, granules: 1, entry: None }],
        company: company(address, 0),
        verdict: Verdict::Met,
        margin: None,
    };
    assert_eq!(
        under(&item, newest, &LIBRARY.policies.iter().collect::<Vec<_>>())
            .expect("figures that fit"),
        []
    );
}

/// The newest edition of a programme.
fn policy_of_all(id: &str) -> &'static zice_rules::Policy {
    let own = LIBRARY.policies.iter().filter(|it| it.id == id);
    own.max_by_key(|it| it.edition.clone()).expect("an edition")
}

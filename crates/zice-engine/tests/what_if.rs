//! What if: figures move together as real acts move them, stairs say what the engine
//! says at each end, and what does not fit is not tried.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

use std::{borrow::Cow, fs, path::PathBuf, sync::LazyLock};

use serde_json::{Value, json};
use zice_engine::{
    Engine,
    protocol::{CompanyRequest, Outline, Picture, Scale, Target, Trial, Tried},
    put_over,
};
use zice_policy::Library;
use zice_rules::{Date, Verdict, fraction::Fraction};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::load(&folder("policies")).expect("the policies"));

struct World {
    engine: Engine,
    outlines: Vec<Outline>,
    file: Value,
}

impl World {
    fn new(company: &str, policies: &[&str]) -> Self {
        let mut engine = Engine::default();
        let facts = serde_json::to_string(&LIBRARY.dictionary).expect("JSON");
        engine.facts(&facts).expect("facts.json");
        let wanted = |address: &&str| {
            LIBRARY.policies.iter().find(|it| it.address() == **address).expect("a policy").clone()
        };
        let outlines =
            policies.iter().map(|it| engine.with_policy(wanted(it))).collect::<Vec<Outline>>();
        let path = folder("tests/companies").join(company).with_extension("zice.json");
        let file = fs::read_to_string(path).expect("a company");
        Self { engine, outlines, file: serde_json::from_str(&file).expect("JSON") }
    }

    fn request(&self, file: Value) -> CompanyRequest<'static> {
        CompanyRequest {
            file: Cow::Owned(file),
            today: Date::parse("2026-01-01").expect("a day"),
            policies: self.outlines.iter().map(|it| it.handle).collect(),
            estimated: Vec::new(),
        }
    }

    fn tried(&self, targets: &[(&str, i32, Option<&str>)], at: usize) -> Tried {
        let targets = targets.iter().map(|(fact, year, to)| Target {
            fact: (*fact).to_owned(),
            year: Some(*year),
            to: to.map(str::to_owned),
        });
        let trial = Trial { targets: targets.collect(), at };
        self.engine.what_if(&self.request(self.file.clone()), &trial)
    }

    /// What the company comes to with these answers.
    fn pictures(&self, facts: &Value) -> Vec<Picture> {
        let mut file = self.file.clone();
        put_over(&mut file, facts.as_object().expect("facts"));
        self.engine.state(&self.request(file)).pictures
    }
}

fn value(scale: &Scale, granules: i64) -> String {
    let by = scale.granule.mul(Fraction::whole(granules.into())).unwrap();
    scale.start.add(by).unwrap().to_decimal_or_ratio()
}

#[test]
fn who_hires_an_engineer_has_one_more_employee() {
    let world = World::new("just-short-2025", &["tech-sme@2025"]);
    let tried = world.tried(&[("sme_staff_tech", 2024, Some("17.5"))], 0);
    let expected =
        json!({ "sme_staff_tech": { "2024": "17.5" }, "sme_staff_total": { "2024": "63.5" } });
    assert_eq!(tried.facts, expected);
    assert!(tried.contradictions.is_empty());
    let scale = tried.scale.expect("a scale");
    assert_eq!(scale.amount, Some(200));
    assert_eq!(scale.with.len(), 1);
    // A figure that was set stays where it was set, in either order.
    for targets in [
        [("sme_staff_tech", 2024, Some("17.5")), ("sme_staff_total", 2024, Some("70"))],
        [("sme_staff_total", 2024, Some("70")), ("sme_staff_tech", 2024, Some("17.5"))],
    ] {
        for at in [0, 1] {
            let tried = world.tried(&targets, at);
            assert_eq!(tried.facts["sme_staff_total"]["2024"], "70");
            assert_eq!(tried.facts["sme_staff_tech"]["2024"], "17.5");
        }
    }
    // R&D is cost and less profit; what this company did not give stays unknown.
    let more = world.tried(&[("rd_expense_deduct", 2024, Some("1824148.00"))], 0).facts;
    assert_eq!(more["cost_total"]["2024"], "35655399.65");
    assert_eq!(more["net_profit"]["2024"], "1043217.59");
    assert_eq!(more["rd_expense_hnte"]["2024"], "1897204.38");
    // One fen is what it lacks.
    assert_eq!(world.pictures(&more)[0].verdict, Some(Verdict::Met));
    assert_eq!(world.pictures(&json!({}))[0].verdict, Some(Verdict::NotMet));
}

#[test]
fn an_estimate_that_moves_along_keeps_its_ends() {
    let mut world = World::new("just-short-2025", &["tech-sme@2025"]);
    world.file["facts"]["sme_staff_total"] = json!({ "2024": { "min": "60", "max": "62" } });
    let tried = world.tried(&[("sme_staff_tech", 2024, Some("16.5"))], 0);
    let moved = json!({ "min": "61", "max": "63" });
    assert_eq!(tried.facts["sme_staff_total"]["2024"], moved);
    world.file["facts"]["sme_staff_total"] = Value::Null;
    let tried = world.tried(&[("sme_staff_tech", 2024, Some("16.5"))], 0);
    assert_eq!(tried.facts, json!({ "sme_staff_tech": { "2024": "16.5" } }));
}

#[test]
fn what_does_not_fit_the_other_answers_is_not_tried() {
    let world = World::new("just-short-2025", &["tech-sme@2025"]);
    for to in ["-1", "0.001", "1000000000000000"] {
        let tried = world.tried(&[("total_assets", 2024, Some(to))], 0);
        assert_eq!(tried.facts, json!({}), "{to}");
        assert_eq!(tried.scale.expect("a scale").amount, None, "{to}");
    }
    // Fewer employees than engineers.
    let tried = world.tried(&[("sme_staff_total", 2024, Some("15.49"))], 0);
    assert_eq!(tried.facts, json!({}));
    let scale = tried.scale.expect("a scale");
    assert_eq!(value(&scale, scale.fits.0), "15.5");
    // What the company did not give exactly can't be looked at.
    let tried = world.tried(&[("revenue", 1999, Some("1"))], 0);
    assert!(tried.scale.is_none() && tried.facts == json!({}));
    assert!(world.tried(&[], 0).scale.is_none());
    assert!(world.tried(&[("no_such_fact", 2024, None)], 7).scale.is_none());
}

/// For every figure of some companies: both ends of every step, and the stops.
#[test]
fn stairs_are_what_the_engine_says_at_each_end() {
    let mut seen = 0;
    for (company, policies) in [
        ("just-short-2025", &["tech-sme@2025", "hnte-zj@2024"][..]),
        ("on-the-line-2024", &["tech-sme@2023"]),
        ("three-materials-2025", &["aaa-zj@2025", "tech-sme@2025"]),
    ] {
        let world = World::new(company, policies);
        let figures = world.tried(&[], 0).figures;
        assert!(figures.len() > 5, "{company}");
        for figure in figures {
            let (id, year) = (LIBRARY.dictionary.facts[figure.fact].id.clone(), figure.year);
            let trial = |to: Option<String>| Trial {
                targets: vec![Target { fact: id.clone(), year, to }],
                at: 0,
            };
            let ask = |to| world.engine.what_if(&world.request(world.file.clone()), &trial(to));
            let scale = ask(None).scale.expect("a scale");
            assert_eq!(scale.amount, Some(0), "{id}");
            assert_eq!(value(&scale, 0), figure.own, "{id}");
            assert!(scale.shown.0 >= scale.fits.0 && scale.shown.1 <= scale.fits.1, "{id}");
            assert!(scale.step > 0, "{id}");
            for (at, steps) in scale.stairs.iter().enumerate() {
                for step in steps {
                    for end in [step.from, step.to] {
                        let tried = ask(Some(value(&scale, end)));
                        let picture = world.pictures(&tried.facts).swap_remove(at);
                        let score = picture.score.map(|it| (it.min, it.max));
                        let told = (picture.verdict, score);
                        assert_eq!(told, (Some(step.verdict), step.score), "{id} {step:?}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn stops_lie_on_the_better_side_of_a_change() {
    let world = World::new("just-short-2025", &["tech-sme@2025"]);
    let stops = |fact: &str| -> Vec<String> {
        let scale = world.tried(&[(fact, 2024, None)], 0).scale.expect("a scale");
        scale.stops.iter().map(|it| value(&scale, *it)).collect()
    };
    assert!(stops("rd_expense_deduct").contains(&"1824148".to_owned()));
    let met = World::new("all-met-2023", &["tech-sme@2023"]);
    let scale = met.tried(&[("total_assets", 2022, None)], 0).scale.expect("a scale");
    assert!(scale.stops.iter().any(|it| value(&scale, *it) == "200000000"), "{scale:?}");
    // A step that a person can take: whole people, round sums.
    let scale = |fact: &str| world.tried(&[(fact, 2024, None)], 0).scale.expect("a scale");
    assert_eq!(scale("sme_staff_tech").step % 100, 0);
    assert_eq!(scale("total_assets").step % 1000, 0);
}

#[test]
fn several_programmes_move_what_each_of_them_says() {
    let world = World::new("just-short-2025", &["tech-sme@2025", "hnte-zj@2024"]);
    let tried = world.tried(&[("rd_expense_hnte", 2024, Some("1997204.37"))], 0);
    let moved: Vec<&String> = tried.facts.as_object().expect("facts").keys().collect();
    assert!(moved.len() > 2, "{moved:?}");
    let scale = tried.scale.expect("a scale");
    assert_eq!(scale.stairs.len(), 2);
    assert!(scale.stairs[1].len() > 1);
}

/// Two programmes count R&D each in its own way, and each of the two figures moves the
/// other. What was spent once is counted once.
#[test]
fn figures_that_move_each_other_count_what_was_spent_once() {
    let world = World::new("just-short-2025", &["tech-sme@2025", "hnte-zj@2024"]);
    let (deduct, total) = ("rd_expense_deduct", "rd_expense_hnte");
    let more = "1924147.99";
    let once = world.tried(&[(deduct, 2024, Some(more))], 0);
    let shown = once.facts[total]["2024"].as_str().expect("it moves along").to_owned();
    assert_eq!(shown, "1997204.37");
    // Set to what it shows already: nothing else may move.
    let again = world.tried(&[(deduct, 2024, Some(more)), (total, 2024, Some(&shown))], 1);
    assert_eq!(again.facts, once.facts);
    // The other order, as it is when the first is looked at again.
    let back = world.tried(&[(total, 2024, Some(&shown)), (deduct, 2024, Some(more))], 1);
    assert_eq!(back.facts, once.facts);
    // What stands beside the stairs is what they say there.
    for tried in [&once, &again, &back] {
        let scale = tried.scale.as_ref().expect("a scale");
        let amount = scale.amount.expect("an amount");
        for (at, steps) in scale.stairs.iter().enumerate() {
            let step = steps.iter().find(|it| (it.from..=it.to).contains(&amount));
            let picture = &world.pictures(&tried.facts)[at];
            if let Some(step) = step {
                assert_eq!(picture.verdict, Some(step.verdict));
            }
        }
    }
    // Downwards nothing falls below nought, and nothing falls twice.
    let less =
        world.tried(&[(deduct, 2024, Some("824147.99")), (total, 2024, Some("897204.37"))], 1);
    assert_eq!(less.facts["cost_total"]["2024"], "34655399.64");
    assert_eq!(less.facts["rd_expense_hnte_domestic"]["2024"], "897204.37");
}

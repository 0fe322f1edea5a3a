//! Tests `hnte-zj` on every edge and one step beside it, against results worked
//! out from the policy text by hand. Both the engine and the oracle must agree
//! with them.

mod harness;
mod hnte;
mod oracle;

use std::sync::LazyLock;

use harness::{library, with_assessment};
use hnte::{
    ASSETS, CONVERSIONS, Company, DEBTS, DOMESTIC, FIRST, HIGHTECH, INCOME, Item, MAIN, ONE, RD,
    RESIDENT, REVENUE, STAFF, STANDARDS, Span, TECH,
    reading::{Expected, GATES, SCORES},
    run::{observed, questions},
};
use oracle::sample::Dice;
use zice_policy::Library;
use zice_rules::{Status, Verdict};

static LIBRARY: LazyLock<Library> = LazyLock::new(library);

/// A decimal of yuan, people or percentage points in millionths.
fn micro(text: &str) -> i128 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{rest:0<6}").parse().expect("a decimal of at most six places")
}

fn exactly<const N: usize>(figures: [&str; N]) -> [Span; N] {
    figures.map(|figure| Span::exactly(micro(figure)))
}

fn right(kind: &'static str, granted: hnte::Day) -> Item {
    Item { kind: Some(kind), granted: Some((granted, granted)), ..Item::default() }
}

/// A company that passes every gate, with 68 points at least (23 of 30, 25 of
/// 30, 20, 0) and 80 at most. It does not grow.
fn base() -> Company {
    let mut yearly = [exactly(["10000", "10000", "10000"]); 6];
    yearly[RD] = exactly(["600", "600", "600"]);
    yearly[DOMESTIC] = yearly[RD];
    yearly[DEBTS] = exactly(["0", "0", "0"]);
    yearly[CONVERSIONS] = exactly(["5", "5", "5"]);
    Company {
        as_of: (2024, 7, 1),
        established: Some(((2015, 3, 1), (2015, 3, 1))),
        entity_kind: None,
        yearly,
        last: exactly(["10000", "8000", "6000"]),
        crew: exactly(["100", "20"]),
        yes_no: [Some(true), Some(true), Some(true), Some(false), Some(true)],
        grades: [Some(0); 2],
        mgmt: [Some((6, 6)), Some((6, 6)), Some((4, 4)), Some((4, 4))],
        ip: Some(vec![right("invention", (2020, 5, 1))]),
        ip_complete: None,
    }
}

/// What the engine says about it; asserts that the oracle says the same.
fn said_in(edition: u16, company: &Company) -> Expected {
    let policy = LIBRARY.policy(&format!("hnte-zj@{edition}")).expect("the policy");
    // On an empty tape every figure is written plainly.
    let json = company.json(&mut Dice::from_tape(Vec::new()));
    let said = with_assessment(&LIBRARY, policy, &json, |found| Ok(observed(policy, found)));
    let said = said.unwrap_or_else(|error| panic!("{error}\n{json}"));
    assert_eq!(said, company.reading(edition).expected(), "{json}");
    said
}

fn said(change: impl FnOnce(&mut Company)) -> Expected {
    let mut company = base();
    change(&mut company);
    said_in(2024, &company)
}

fn status(said: &Expected, id: &str) -> Status {
    let at = GATES.iter().chain(&SCORES).chain(&["score"]).position(|other| *other == id);
    said.statuses[at.expect("a criterion")]
}

fn points(said: &Expected, id: &str) -> (u8, u8) {
    said.points[SCORES.iter().position(|other| *other == id).expect("a score")]
}

/// Tests a gate that opens at an amount: just below, on it and just above.
fn opens_at(id: &str, amount: &str, inclusive: bool, put: impl Fn(&mut Company, Span)) {
    for step in [-1, 0, 1] {
        let said = said(|company| put(company, Span::exactly(micro(amount) + step)));
        let opens = step > 0 || (step == 0 && inclusive);
        let expected = if opens { Status::Met } else { Status::NotMet };
        assert_eq!(status(&said, id), expected, "{id}: {amount} and {step} millionths");
    }
}

#[test]
fn the_base_company_has_the_points_counted_by_hand() {
    let said = said(|_| {});
    assert!(GATES.iter().all(|id| status(&said, id) == Status::Met));
    assert_eq!((said.total, said.verdict), ((68, 80), Verdict::NeedsReview));
}

#[test]
fn shares_open_exactly_on_their_limit() {
    opens_at("staff_ratio", "1234.567", true, |company, tech| {
        company.crew[STAFF] = Span::exactly(micro("12345.67"));
        company.crew[TECH] = tech;
    });
    opens_at("rd_domestic", "7407.402", true, |company, domestic| {
        company.yearly[RD] = exactly(["0", "45.67", "12300"]);
        company.yearly[DOMESTIC] = [Span::exactly(0), Span::exactly(0), domestic];
    });
    opens_at("hightech_share", "7407.402", true, |company, hightech| {
        company.last[INCOME] = Span::exactly(micro("12345.67"));
        company.last[HIGHTECH] = hightech;
    });
    opens_at("main_product_share", "6172.835", false, |company, main| {
        company.last[HIGHTECH] = Span::exactly(micro("12345.67"));
        company.last[INCOME] = Span::exactly(micro("20000"));
        company.last[MAIN] = main;
    });
}

#[test]
fn the_share_of_research_goes_by_last_years_revenue() {
    let rows = [
        // Revenue of the three years, and the R&D that is just enough.
        (["12345.67", "0", "0"], "617.2835"),
        (["0", "12000", "345.67"], "617.2835"),
        (["0", "0", "50000000"], "2500000"),
        // 4 % of a millionth more is slightly more than two million.
        (["0", "0", "50000000.000001"], "2000000.000001"),
        (["10012345.66", "0", "50000000.01"], "2400493.8268"),
        (["300000000", "0", "50000000"], "17500000"),
        (["0", "0", "200000000"], "8000000"),
        (["0", "0", "200000000.000001"], "6000000.000001"),
        (["12345.66", "0", "200000000.01"], "6000370.3701"),
        (["0", "999.99", "199999999"], "8000039.9596"),
    ];
    for (revenue, enough) in rows {
        opens_at("rd_ratio", enough, true, |company, rd| {
            company.yearly[REVENUE] = exactly(revenue);
            company.yearly[RD] = [Span::exactly(0), Span::exactly(0), rd];
            company.yearly[DOMESTIC] = company.yearly[RD];
        });
    }
    // Case 16: 3 %, 4 % and 9 % a year, but the sums decide.
    let of = |revenue: [&str; 3], rd: [&str; 3]| {
        let said = said(|company| {
            company.yearly[REVENUE] = exactly(revenue);
            company.yearly[RD] = exactly(rd);
            company.yearly[DOMESTIC] = exactly(rd);
        });
        status(&said, "rd_ratio")
    };
    assert_eq!(of(["1000", "1000", "1000"], ["30", "40", "90"]), Status::Met);
    assert_eq!(of(["3000", "1000", "100"], ["90", "40", "9"]), Status::NotMet);
}

#[test]
fn a_share_of_nothing_is_none() {
    let none = [Span::exactly(0); 3];
    let said = said(|company| {
        company.yearly[REVENUE] = none;
        company.yearly[RD] = none;
        company.yearly[DOMESTIC] = none;
        company.last = none;
        company.crew = [Span::exactly(0); 2];
    });
    for id in ["staff_ratio", "rd_ratio", "rd_domestic", "hightech_share", "main_product_share"] {
        assert_eq!(status(&said, id), Status::NotMet, "{id}");
    }
}

/// The points for both growth rates of these three years.
fn growths(years: [i128; 3], registered: i32) -> [(u8, u8); 2] {
    let said = said(|company| {
        company.established = Some(((registered, 3, 1), (registered, 3, 1)));
        company.yearly[REVENUE] = years.map(Span::exactly);
        company.yearly[DEBTS] = exactly(["777.77", "0", "1000000"]);
        for (at, value) in years.into_iter().enumerate() {
            company.yearly[ASSETS][at] = Span::exactly(company.yearly[DEBTS][at].lo + value);
        }
    });
    [points(&said, "growth_assets"), points(&said, "growth_revenue")]
}

#[test]
fn growth_reaches_a_band_exactly_on_its_limit() {
    let rows = [
        // Three years, two years, and the points at and below them.
        (["12345.67", "12345.67", "12345.67"], "12345.67", (1, 2), (0, 0)),
        (["12345.67", "12962.9535", "13611.101175"], "12962.9535", (3, 4), (1, 2)),
        (["12345.67", "14197.5205", "16327.148575"], "14197.5205", (5, 6), (3, 4)),
        (["12345.67", "15432.0875", "19290.109375"], "15432.0875", (7, 8), (5, 6)),
        (["12345.67", "16666.6545", "22499.983575"], "16666.6545", (9, 10), (7, 8)),
        // Uneven growth: 34 % and 16 %; half lost, then 2.2 times what was
        // left.
        (["10000", "13400", "15544"], "15432.0875", (7, 8), (5, 6)),
        (["10000", "5000", "11000"], "16666.6545", (9, 10), (7, 8)),
    ];
    for (three, two, reached, below) in rows {
        // The lowest band begins above 0; the other bands include their bound.
        let on = if reached == (1, 2) { below } else { reached };
        for (step, expected) in [(-1, below), (0, on), (1, reached)] {
            let [y1, y2, y3] = three.map(micro);
            assert_eq!(growths([y1, y2, y3 + step], 2015), [expected; 2], "{three:?} {step}");
            let (y2, y3) = (micro("12345.67"), micro(two) + step);
            // With 0 in the first year, or without a first year.
            assert_eq!(growths([0, y2, y3], 2015), [expected; 2], "0 to {two} {step}");
            assert_eq!(growths([y1, y2, y3], 2022), [expected; 2], "two years to {two} {step}");
        }
    }
}

#[test]
fn growth_without_a_middle_year_or_from_less_than_nothing() {
    let nothing = [(0, 0); 2];
    assert_eq!(growths([micro("100"), 0, micro("900")], 2015), nothing);
    assert_eq!(growths([0, 0, micro("900")], 2015), nothing);
    // With one year only, or none.
    assert_eq!(growths([micro("100"), micro("200"), micro("900")], 2023), nothing);
    assert_eq!(growths([micro("100"), micro("200"), micro("900")], 2024), nothing);
    let of = |net: [i128; 3]| {
        let said = said(|company| {
            company.yearly[DEBTS] = exactly(["500", "500", "500"]);
            company.yearly[ASSETS] = net.map(|net| Span::exactly((500 + net) * ONE));
        });
        (status(&said, "growth_assets"), points(&said, "growth_assets"))
    };
    assert_eq!(of([-1, 100, 200]), (Status::NeedsReview, (0, 10)));
    assert_eq!(of([100, -1, 200]), (Status::NeedsReview, (0, 10)));
    // Losing everything in the last year is a rate like any other.
    assert_eq!(of([100, 100, -1]), (Status::NotMet, (0, 0)));
    assert_eq!(of([10, 100, -1]), (Status::Met, (9, 10)));
}

#[test]
fn conversions_count_by_their_mean_over_the_years_there_were() {
    let of = |registered: i32, years: [i128; 3]| {
        let said = said(|company| {
            company.established = Some(((registered, 3, 1), (registered, 3, 1)));
            company.yearly[CONVERSIONS] = years.map(|count| Span::exactly(count * ONE));
        });
        (status(&said, "conversion_minimum"), points(&said, "conversion"))
    };
    let bands = [(1, 6), (7, 12), (13, 18), (19, 24), (25, 30)];
    for (mean, band) in (1..).zip(bands) {
        // Three years: a third below the mean is in the band below.
        let below = if mean == 1 { (0, 6) } else { bands[mean as usize - 2] };
        assert_eq!(of(2015, [mean, mean, mean]).1, band);
        assert_eq!(of(2015, [3 * mean - 1, 0, 0]).1, below);
        assert_eq!(of(2015, [0, 3 * mean, 0]), (Status::Met, band));
        // Two years: figures before them do not count.
        assert_eq!(of(2022, [99, 2 * mean, 0]).1, band);
        assert_eq!(of(2022, [99, 2 * mean - 1, 0]).1, below);
        // One year: divided by three at the lowest, by one at the highest.
        assert_eq!(of(2023, [99, 99, mean]).1, (u8::from(mean >= 3), band.1));
    }
    assert_eq!(of(2023, [99, 99, 3]), (Status::Met, (1, 18)));
    assert_eq!(of(2023, [99, 99, 2]), (Status::NeedsReview, (0, 12)));
    assert_eq!(of(2023, [99, 99, 1]), (Status::NeedsReview, (0, 6)));
    assert_eq!(of(2023, [99, 99, 0]), (Status::NotMet, (0, 0)));
    assert_eq!(of(2015, [1, 1, 0]), (Status::NeedsReview, (0, 6)));
    assert_eq!(of(2015, [0, 1, 0]), (Status::NeedsReview, (0, 6)));
    assert_eq!(of(2022, [99, 0, 1]), (Status::NeedsReview, (0, 6)));
    assert_eq!(of(2015, [0, 0, 0]), (Status::NotMet, (0, 0)));
    assert_eq!(of(2024, [9, 9, 9]), (Status::NotMet, (0, 0)));
}

#[test]
fn a_year_is_three_hundred_and_sixty_five_days() {
    let of = |as_of, registered| {
        let said = said(|company| {
            company.as_of = as_of;
            company.established = Some((registered, registered));
        });
        status(&said, "established")
    };
    assert_eq!(of((2023, 3, 1), (2022, 3, 1)), Status::Met);
    assert_eq!(of((2023, 3, 1), (2022, 3, 2)), Status::NotMet);
    // A leap day in between makes it a day earlier.
    assert_eq!(of((2024, 3, 1), (2023, 3, 2)), Status::Met);
    assert_eq!(of((2024, 3, 1), (2023, 3, 3)), Status::NotMet);
    // In a leap year, 365 days lie between its ends; in other years they don't.
    assert_eq!(of((2024, 12, 31), (2024, 1, 1)), Status::Met);
    assert_eq!(of((2023, 12, 31), (2023, 1, 1)), Status::NotMet);
}

/// The wording of 32号 article 2, which does not mention branches.
#[test]
fn a_resident_enterprise_and_not_of_a_kind_that_pays_no_enterprise_tax() {
    let of = |kind: Option<&'static str>, answer: Option<bool>| {
        let said = said(|company| {
            (company.entity_kind, company.yes_no[RESIDENT]) = (kind, answer);
        });
        status(&said, "resident")
    };
    for kind in [None, Some("company"), Some("farmer_cooperative"), Some("public_institution")] {
        assert_eq!(of(kind, Some(true)), Status::Met);
        assert_eq!(of(kind, Some(false)), Status::NotMet);
        assert_eq!(of(kind, None), Status::Unknown);
    }
    for kind in ["partnership", "sole_proprietorship", "individual_business"] {
        assert_eq!(of(Some(kind), Some(false)), Status::NotMet);
        assert_eq!(of(Some(kind), None), Status::NotMet);
    }
    assert_eq!(of(Some("branch"), Some(true)), Status::NeedsReview);
    assert_eq!(of(Some("branch"), Some(false)), Status::NotMet);
    assert_eq!(of(Some("branch"), None), Status::Unknown);
}

/// An earlier right of class II that was used, or that a co-owner uses, is
/// still owned. Whether that will do is for a person to decide, but for a first
/// application of 2023 it will not.
#[test]
fn an_earlier_right_that_was_used_is_for_a_person() {
    let of = |edition: u16, first: bool, change: &dyn Fn(&mut Item)| {
        let mut company = base();
        company.as_of.0 = i32::from(edition);
        company.yes_no[FIRST] = Some(first);
        let year = i32::from(edition);
        let mut old = right("utility_model", (year - 1, 12, 31));
        old.used = Some(true);
        change(&mut old);
        company.ip = Some(vec![old, right("invention", (year, 1, 1))]);
        status(&said_in(edition, &company), "ip_acquired_before")
    };
    let as_it_is = |_: &mut Item| {};
    for (edition, first) in [(2023, false), (2024, false), (2024, true), (2026, true)] {
        let of = |change: &dyn Fn(&mut Item)| of(edition, first, change);
        assert_eq!(of(&as_it_is), Status::NeedsReview);
        let shared = |uses: Option<bool>| {
            of(&|item| (item.owner, item.co_owner_uses) = (Some("co_owned"), uses))
        };
        assert_eq!(shared(None), Status::NeedsReview);
        assert_eq!(shared(Some(true)), Status::NeedsReview);
        assert_eq!(of(&|item| item.used = None), Status::Met);
        assert_eq!(of(&|item| item.owner = Some("person")), Status::NotMet);
        assert_eq!(of(&|item| item.obtained_by = Some("licence")), Status::NotMet);
        assert_eq!(of(&|item| item.main_product = Some(false)), Status::NotMet);
        assert_eq!(of(&|item| item.status = Some("expired")), Status::NotMet);
        assert_eq!(of(&|item| item.kind = Some("trademark")), Status::NotMet);
        let this_year = (i32::from(edition), 1, 1);
        assert_eq!(of(&|item| item.granted = Some((this_year, this_year))), Status::NotMet);
    }
    assert_eq!(of(2023, true, &as_it_is), Status::NotMet);
}

/// Case 24, and the two wordings of 2023.
#[test]
fn a_right_must_stem_from_a_year_before_the_application() {
    let of = |edition: u16, granted, first: Option<bool>, related: bool| {
        let mut company = base();
        company.yes_no[FIRST] = first;
        let mut old = right("software", granted);
        old.main_product = Some(related);
        company.ip = Some(vec![old, right("software", (2024, 2, 1))]);
        status(&said_in(edition, &company), "ip_acquired_before")
    };
    for edition in [2023, 2024] {
        for first in [Some(true), Some(false), None] {
            assert_eq!(of(edition, (2023, 12, 31), first, true), Status::Met);
            assert_eq!(of(edition, (2024, 1, 1), first, true), Status::NotMet);
        }
    }
    for first in [Some(true), Some(false), None] {
        assert_eq!(of(2024, (2023, 12, 31), first, false), Status::NotMet);
    }
    assert_eq!(of(2023, (2023, 12, 31), Some(true), false), Status::Met);
    assert_eq!(of(2023, (2023, 12, 31), Some(false), false), Status::NotMet);
    assert_eq!(of(2023, (2023, 12, 31), None, false), Status::Unknown);
}

/// It is asked only in 2023, and only if all older rights have nothing to do
/// with the main product.
#[test]
fn whether_it_is_a_first_application_is_asked_where_it_matters() {
    let asked = |edition: u16, related: bool| {
        let mut company = base();
        company.yes_no[FIRST] = None;
        let mut old = right("invention", (2020, 1, 1));
        old.main_product = Some(related);
        company.ip = Some(vec![old, right("invention", (2024, 2, 1))]);
        let policy = LIBRARY.policy(&format!("hnte-zj@{edition}")).expect("the policy");
        let json = company.json(&mut Dice::from_tape(Vec::new()));
        with_assessment(&LIBRARY, policy, &json, |found| Ok(questions(&LIBRARY, found)))
            .expect("an assessment")
    };
    assert_eq!(asked(2023, false), ["hnte_first_application"]);
    for (edition, related) in [(2023, true), (2024, false), (2024, true)] {
        assert!(asked(edition, related).is_empty(), "{edition} {related}");
    }
}

/// Cases 9, 10 and 21 to 23.
#[test]
fn which_rights_count() {
    let of = |items: Vec<Item>| {
        let said = said(|company| company.ip = Some(items));
        (points(&said, "ip_count"), points(&said, "ip_obtained"))
    };
    let old = (2020, 1, 1);
    let one = |change: &dyn Fn(&mut Item)| {
        let mut invention = right("invention", old);
        change(&mut invention);
        of(vec![invention]).0
    };
    for kind in ["ic_layout", "defence_patent", "new_drug"] {
        assert_eq!(of(vec![right(kind, old)]).0, (7, 8), "{kind}");
    }
    for kind in ["trademark", "other_copyright"] {
        assert_eq!(of(vec![right(kind, old); 9]), ((0, 0), (0, 0)), "{kind}");
    }
    let by_count = [(0, 0), (1, 2), (1, 2), (3, 4), (3, 4), (5, 6), (5, 6)];
    for (count, expected) in by_count.into_iter().enumerate() {
        assert_eq!(of(vec![right("design", old); count]).0, expected, "{count} designs");
    }
    assert_eq!(one(&|item| item.used = Some(true)), (7, 8));
    let used = Item { used: Some(true), ..right("software", old) };
    assert_eq!(of(vec![used]).0, (0, 0));
    assert_eq!(one(&|item| item.owner = Some("co_owned")), (7, 8));
    let shared = |item: &mut Item| {
        (item.owner, item.co_owner_uses) = (Some("co_owned"), Some(true));
    };
    assert_eq!(one(&shared), (0, 0));
    assert_eq!(one(&|item| item.owner = Some("person")), (0, 0));
    assert_eq!(one(&|item| item.status = Some("notice_and_fee")), (7, 8));
    assert_eq!(one(&|item| item.status = Some("pending")), (0, 0));
    assert_eq!(one(&|item| item.status = Some("expired")), (0, 0));
    assert_eq!(one(&|item| item.disputed = Some(true)), (0, 0));
    assert_eq!(one(&|item| item.main_product = Some(false)), (0, 0));
    assert_eq!(one(&|item| item.foreign = Some(true)), (0, 0));
    assert_eq!(one(&|item| item.obtained_by = Some("licence")), (0, 0));
    assert_eq!(one(&|item| item.granted = Some(((2024, 7, 1), (2024, 7, 1)))), (7, 8));
    assert_eq!(one(&|item| item.granted = Some(((2024, 7, 2), (2024, 7, 2)))), (0, 0));
    assert_eq!(one(&|item| item.granted = None), (7, 8));
    assert_eq!(one(&|item| item.kind = None), (0, 8));
    for way in ["transfer", "gift", "merger"] {
        let bought = Item { obtained_by: Some(way), ..right("invention", old) };
        assert_eq!(of(vec![bought.clone()]).1, (1, 3), "{way}");
        assert_eq!(of(vec![bought, right("software", old)]).1, (1, 6), "{way} and own");
    }
}

#[test]
fn seventy_is_not_enough() {
    // 68 points at least; then slight growth in both, or 5 % in one.
    let grown = |assets: &str, revenue: &str| {
        said(|company| {
            company.yearly[ASSETS][2] = Span::exactly(micro(assets));
            company.yearly[REVENUE][2] = Span::exactly(micro(revenue));
        })
    };
    let seventy = grown("10000.01", "10000.01");
    assert_eq!((seventy.total, seventy.verdict), ((70, 84), Verdict::NeedsReview));
    let more = grown("11000", "10000");
    assert_eq!((more.total, more.verdict), ((71, 84), Verdict::Met));
    // Case 25: everything is full, but nothing was converted.
    let full = said(|company| {
        company.yearly[CONVERSIONS] = [Span::exactly(0); 3];
        company.yearly[ASSETS] = exactly(["10000", "15000", "20000"]);
        company.yearly[REVENUE] = exactly(["6000", "8000", "10000"]);
        company.yearly[REVENUE][2] = Span::exactly(micro("11000"));
    });
    assert_eq!((full.total.1, full.verdict), (70, Verdict::NotMet));
    assert_eq!(status(&full, "score"), Status::NotMet);
    // The rights are capped at 30 points, bonus included.
    let bonus = |answer: bool| said(|company| company.yes_no[STANDARDS] = Some(answer)).total;
    assert_eq!([bonus(false), bonus(true)], [(67, 80), (68, 80)]);
}

#[test]
fn grades_and_points_the_company_gives_itself() {
    let grades = [(7, 8), (5, 6), (3, 4), (1, 2), (0, 0)];
    for (grade, expected) in (0..).zip(grades) {
        let said = said(|company| company.grades = [Some(grade); 2]);
        assert_eq!(points(&said, "ip_advance"), expected);
        assert_eq!(points(&said, "ip_support"), expected);
    }
    let of = |given: Option<(u8, u8)>| {
        let said = said(|company| company.mgmt[0] = given);
        (status(&said, "mgmt_system"), points(&said, "mgmt_system"))
    };
    assert_eq!(of(Some((0, 0))), (Status::NotMet, (0, 0)));
    assert_eq!(of(Some((1, 1))), (Status::Met, (1, 1)));
    assert_eq!(of(Some((2, 5))), (Status::Met, (2, 5)));
    assert_eq!(of(Some((0, 5))), (Status::NeedsReview, (0, 5)));
    assert_eq!(of(Some((0, 6))), (Status::Unknown, (0, 6)));
    assert_eq!(of(None), (Status::Unknown, (0, 6)));
}

//! Reads what the policy text says about a company.

use std::collections::{BTreeMap, BTreeSet};

use super::{Company, Listing, PLAIN, Statement, Violation};
use crate::harness::{
    Said,
    known::{Between, Judged, Ways},
};

/// What matters about the earlier listings, one bit each: any level, AA or
/// above, or AAA; three, two or one year before this one. Listings of this year
/// or later do not count yet.
const A_3: u8 = 1;
const A_2: u8 = 2;
const A_1: u8 = 4;
const AA_3: u8 = 8;
const AA_2: u8 = 16;
const AA_1: u8 = 32;
const AAA_2: u8 = 128;

/// One way in which the listings can have been.
#[derive(Clone, Copy)]
pub(super) struct Listed(u8);

impl Listed {
    fn has(self, bits: u8) -> bool {
        self.0 & bits == bits
    }

    /// 连续公示满二年 at level A or above. A listing lasts two years, so one of
    /// the year before last is enough, or an older one renewed last year.
    fn two_years(self) -> bool {
        self.has(A_2) || self.has(A_1 | A_3)
    }

    /// The same as [`Self::two_years`], at level AA or above.
    fn two_years_aa(self) -> bool {
        self.has(AA_2) || self.has(AA_1 | AA_3)
    }

    /// 继续申报: whether the AAA listing of the year before last is being
    /// renewed.
    fn renews(self) -> bool {
        self.has(AAA_2)
    }
}

impl Listing {
    /// Every set of bits that this listing can mean in the round of `year`.
    fn ways(&self, year: i32) -> Vec<u8> {
        let rows: [(bool, [u8; 3]); 5] = [
            (self.year.may_be_at_most(year - 4), [0; 3]),
            (self.year.may_be(year - 3), [A_3, A_3 | AA_3, A_3 | AA_3]),
            (self.year.may_be(year - 2), [A_2, A_2 | AA_2, A_2 | AA_2 | AAA_2]),
            (self.year.may_be(year - 1), [A_1, A_1 | AA_1, A_1 | AA_1]),
            (self.year.may_be_at_least(year), [0; 3]),
        ];
        let level = |by_level: [u8; 3]| match self.level {
            Some(level) => vec![by_level[level]],
            None => by_level.to_vec(),
        };
        rows.into_iter().filter(|row| row.0).flat_map(|row| level(row.1)).collect()
    }
}

impl Violation {
    /// Whether the violation lies in the window, which begins on 1 January of
    /// the year before last (2021年以来).
    fn in_window(&self, year: i32) -> Ways {
        self.decided.at_least((year - 2, 1, 1))
    }

    /// Whether the violation excludes the company: it was intentional, and not
    /// repaired with the authority's statement.
    fn bars(&self, year: i32) -> Ways {
        let repaired = Ways::answer(self.repaired).and(Ways::answer(self.statement));
        self.in_window(year).and(Ways::answer(self.intentional)).and(not(repaired))
    }
}

impl Statement {
    /// Whether the statement suffices: by a national or provincial issuer, and
    /// complete. A field not read yet may still be there; one that the document
    /// leaves blank is not.
    pub(super) fn suffices(&self) -> Option<bool> {
        let texts = [self.contact, self.phone];
        let lacks = !self.lacks.is_empty() || texts.contains(&Some(""));
        if lacks || self.issuer == Some("city") {
            return Some(false);
        }
        let open = self.issuer.is_none()
            || self.total.is_unknown()
            || self.rank.is_unknown()
            || texts.contains(&None);
        (!open).then_some(true)
    }
}

impl Company {
    /// Art. 5: enterprises and cooperatives qualify; branches and public
    /// institutions on a condition; individual businesses do not.
    fn entity(&self) -> Ways {
        match self.kind {
            None => Ways::answer(None),
            Some("branch") => Ways::answer(self.branch_independent),
            Some("public_institution") => Ways::answer(self.as_enterprise),
            Some(kind) => Ways::only(kind != "individual_business"),
        }
    }

    fn law_abiding(&self) -> Ways {
        let Some(violations) = &self.violations else { return Ways::answer(None) };
        let bars = violations.iter().map(|one| one.bars(self.year()));
        not(bars.fold(Ways::only(false), Ways::or))
    }

    /// Every way in which the listings can have been.
    pub(super) fn listings(&self) -> Vec<Listed> {
        let unknown = [Listing { level: None, year: Between::UNKNOWN }];
        // A list not given can hold anything, so try as many unknown listings
        // as there are bits to set.
        let listings = match &self.history {
            Some(listings) => listings.iter().collect(),
            None => vec![&unknown[0]; 8],
        };
        let mut all = BTreeSet::from([0_u8]);
        for listing in listings {
            let ways = listing.ways(self.year());
            let with = |bits: &u8| ways.iter().map(move |way| bits | way).collect::<Vec<_>>();
            all = all.iter().flat_map(with).collect();
        }
        all.into_iter().map(Listed).collect()
    }

    /// Art. 7, for one way the listings can have been: the conditions that look
    /// at them, which are the system's test and the three routes to AAA.
    pub(super) fn by_listing(&self, listed: Listed) -> (Ways, [Ways; 3]) {
        // The test alone excludes new applicants only; for a renewal a person
        // decides.
        let test = match Ways::answer(self.test_failed) {
            failed if listed.renews() => not(failed).with_instead(Judged::No, Judged::Ask),
            failed => not(failed),
        };
        let statement = self.statement.as_ref().and_then(Statement::suffices);
        // Two county notices ask for the statement from those who skip a level,
        // so this route needs no listing.
        let backbone = Ways::answer(statement);
        let micro_small = Ways::answer(self.micro_small)
            .and(Ways::answer(self.priority_document))
            .and(Ways::only(listed.two_years()));
        (test, [Ways::only(listed.two_years_aa()), backbone, micro_small])
    }

    /// The criteria that look only at facts of their own.
    pub(super) fn alone(&self) -> Vec<(&'static str, Ways)> {
        let mut all = vec![
            ("entity", self.entity()),
            ("operating_years", self.full_years.at_least(2)),
            ("law_abiding", self.law_abiding()),
        ];
        let plain = PLAIN.iter().zip(self.plain);
        all.extend(plain.map(|((id, _), answer)| (*id, Ways::answer(answer))));
        all
    }

    /// Whether both of the last two years certainly ended in a loss.
    fn lost_twice(&self) -> bool {
        let lost = |profit: Between<i128>| profit.hi.is_some_and(|hi| hi < 0);
        self.profit.into_iter().all(lost) && self.certainly_had(self.year() - 2)
    }

    /// Whether liabilities were certainly more than 90 % of assets last year.
    fn in_debt(&self) -> bool {
        let (Some(liabilities), Some(assets)) = (self.liabilities.lo, self.assets.hi) else {
            return false;
        };
        liabilities * 10 > assets * 9 && self.certainly_had(self.year() - 1)
    }

    /// Whether the company certainly existed in this year. Without a founding
    /// day, all years count.
    fn certainly_had(&self, year: i32) -> bool {
        self.established.is_unknown() || self.established.hi.is_some_and(|day| day.0 <= year)
    }

    /// What the report must say.
    pub fn expected(&self) -> Said {
        self.told(false)
    }

    /// What the report may say at most: each criterion as if it had listings of
    /// its own where they are open. A criterion that rests on others can't do
    /// better without looking at the list as a whole.
    pub fn expected_apart(&self) -> Said {
        self.told(true)
    }

    fn told(&self, apart: bool) -> Said {
        let alone = self.alone();
        let gates = alone.iter().fold(Ways::only(true), |all, (_, ways)| all.and(*ways));
        // First each way the listings can have been, then all of them together.
        let (mut test, mut routes) = (Ways::default(), [Ways::default(); 3]);
        let (mut to_aaa, mut verdict) = (Ways::default(), Ways::default());
        for listed in self.listings() {
            let (one_test, one) = self.by_listing(listed);
            let any = one[0].or(one[1]).or(one[2]);
            test = test.besides(one_test);
            for (route, one) in routes.iter_mut().zip(one) {
                *route = route.besides(one);
            }
            to_aaa = to_aaa.besides(any);
            verdict = verdict.besides(gates.and(one_test).and(any));
        }
        let [by_level, backbone, micro_small] = routes;
        if apart {
            to_aaa = by_level.or(backbone).or(micro_small);
            verdict = gates.and(test).and(to_aaa);
        }
        let mut lines = alone;
        lines.extend([
            ("system_test", test),
            ("route_aa_two_years", by_level),
            ("route_backbone", backbone),
            ("route_micro_small", micro_small),
            ("route_to_aaa", to_aaa),
        ]);
        let statuses: BTreeMap<String, _> =
            lines.into_iter().map(|(id, ways)| (id.to_owned(), ways.status())).collect();
        let papers = self.papers(micro_small);
        let papers = papers.into_iter().filter(|paper| paper.1).map(|paper| paper.0.to_owned());
        Said { verdict: verdict.verdict(), statuses, papers: papers.collect(), asked: Vec::new() }
    }

    /// The papers required only in some cases, and whether they are.
    fn papers(&self, micro_small: Ways) -> [(&'static str, bool); 5] {
        // A violation without a day is treated as one in the period.
        let in_window = |one: &Violation| !not(one.in_window(self.year())).certain();
        [
            ("loss_explanation", self.lost_twice()),
            ("debt_explanation", self.in_debt()),
            ("violation_explanation", self.violations.iter().flatten().any(in_window)),
            // Whoever takes this route must file the statement, even before the
            // county bureau has said whether the route is open.
            (
                "backbone_statement",
                self.statement.as_ref().and_then(Statement::suffices) == Some(true),
            ),
            ("priority_document", micro_small.certain()),
        ]
    }

    /// Whether the listings can still turn out differently.
    pub fn listings_are_open(&self) -> bool {
        self.listings().len() > 1
    }
}

/// The opposite of a yes-or-no answer.
fn not(ways: Ways) -> Ways {
    Ways::of(ways.each().map(|way| Judged::from(way == Judged::No)))
}

//! Finds the answers that can turn the verdict.

use std::collections::BTreeSet;

use super::{Company, PLAIN, Statement, reading::Listed};
use crate::harness::known::{Between, Judged, Ways};

/// The facts that the routes and the test look at together with the listings.
const TOGETHER: [&str; 4] =
    ["aaa_system_test_failed", "backbone_statement", "micro_small", "priority_industry_document"];

/// The company with the facts of `TOGETHER` answered, one answer a bit.
fn answered(company: &Company, answers: u8) -> Company {
    let yes = |at: u8| Some(answers & 1 << at != 0);
    let mut company = company.clone();
    company.test_failed = yes(0);
    // Any statement will do here that suffices, or any that doesn't.
    company.statement = Some(Statement {
        issuer: yes(1).map(|yes| if yes { "province" } else { "city" }),
        total: Between::exactly(9),
        rank: Between::exactly(1),
        contact: Some("王"),
        phone: Some("1"),
        lacks: Vec::new(),
    });
    company.micro_small = yes(2);
    company.priority_document = yes(3);
    company
}

impl Company {
    /// The facts whose value alone can turn the verdict in some completion.
    pub fn decisive(&self) -> BTreeSet<&'static str> {
        let alone = self.alone();
        let all = alone.iter().fold(Ways::only(true), |all, (_, ways)| all.and(*ways));
        let rows = self.by_listing_and_answers();
        let together = Ways::of(rows.iter().flatten().copied().flatten());
        let mut found = BTreeSet::new();

        // A condition of its own matters only if everything else can pass.
        for (at, (id, ways)) in alone.iter().enumerate() {
            let others = alone.iter().enumerate().filter(|other| other.0 != at);
            let rest = others.fold(together, |rest, (_, other)| rest.and(other.1));
            let passes = rest.each().any(|way| way != Judged::No);
            if !passes || ways.each().count() < 2 {
                continue;
            }
            match *id {
                "entity" => found.extend(self.entity_facts()),
                "operating_years" => found.extend(["operating_years_full"]),
                "law_abiding" => found.extend(["serious_violation"]),
                id => found.extend(PLAIN.iter().filter(|one| one.0 == id).map(|one| one.1)),
            }
        }

        // Two outcomes differ for the verdict if, with some outcome of all
        // else, the worse of the two pairs differs.
        let differ =
            |one: Judged, other: Judged| all.each().any(|rest| one.min(rest) != other.min(rest));
        for answers in 0..16 {
            let outcomes: Vec<Judged> = rows.iter().filter_map(|row| row[answers]).collect();
            if outcomes.iter().any(|one| differ(*one, outcomes[0])) {
                found.insert("credit_history");
            }
            for (at, fact) in TOGETHER.iter().enumerate() {
                let other = answers ^ 1 << at;
                let turns = |row: &Row| {
                    row[answers].zip(row[other]).is_some_and(|(one, other)| differ(one, other))
                };
                if rows.iter().any(turns) {
                    found.insert(fact);
                }
            }
        }
        found
    }

    /// The facts about the kind of entity that its condition can depend on.
    fn entity_facts(&self) -> Vec<&'static str> {
        let open = |kind, answer: Option<bool>| {
            answer.is_none() && (self.kind.is_none() || self.kind == Some(kind))
        };
        let facts = [
            ("entity_kind", self.kind.is_none()),
            ("branch_independent", open("branch", self.branch_independent)),
            ("institution_as_enterprise", open("public_institution", self.as_enterprise)),
        ];
        facts.into_iter().filter(|fact| fact.1).map(|fact| fact.0).collect()
    }

    /// For each way the listings can turn out: the outcome of test and routes
    /// with each set of answers that is still possible.
    fn by_listing_and_answers(&self) -> Vec<Row> {
        let given = [
            self.test_failed,
            self.statement.as_ref().and_then(Statement::suffices),
            self.micro_small,
            self.priority_document,
        ];
        let possible = |answers: u8| {
            let agrees = |(at, given): (usize, &Option<bool>)| {
                given.is_none_or(|given| given == (answers & 1 << at != 0))
            };
            given.iter().enumerate().all(agrees)
        };
        let completed: Vec<Option<Self>> =
            (0..16).map(|answers| possible(answers).then(|| answered(self, answers))).collect();
        let outcome = |listed: Listed, company: &Self| {
            let (test, [one, two, three]) = company.by_listing(listed);
            let mut ways = test.and(one.or(two).or(three)).each();
            ways.next().expect("one way")
        };
        let row = |listed: Listed| -> Row {
            std::array::from_fn(|at| completed[at].as_ref().map(|one| outcome(listed, one)))
        };
        self.listings().into_iter().map(row).collect()
    }
}

/// An outcome for each set of answers; `None` where it is impossible.
type Row = [Option<Judged>; 16];

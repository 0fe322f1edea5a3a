//! Finds what a company still lacks: the criteria that keep the verdict from
//! being met and can still matter.

use crate::{
    assess::{Status, Verdict},
    formula::{Node, Reference, Walk},
    policy::{Criterion, CriterionKind, Policy, Rule},
    sorted_list,
};

/// How the criteria of a policy depend on each other, worked out once for many
/// companies.
///
/// Gates and scores are missing if they are not met, open, or for a person to
/// judge. Nothing is missing where the verdict is met.
///
/// Criteria that can no longer matter are left out: a way to pass where another
/// way is met, and scores needed only by criteria that are met or left out.
/// Ways to pass that are neither gate nor score are never missing, because none
/// of them has to be taken.
#[derive(Clone, Debug)]
pub struct Missing {
    lines: Vec<Line>,
}

/// What decides whether one criterion can be missing.
#[derive(Clone, Debug)]
struct Line {
    /// Whether it can be missing: it is a gate or a score.
    told: bool,
    /// Whether it matters itself, not only to later criteria.
    own: bool,
    /// Whether it is one of several ways to pass.
    way: bool,
    /// Earlier criteria that it depends on, by position.
    on: Vec<usize>,
}

impl Missing {
    /// Works out the dependencies of a policy.
    pub fn of(policy: &Policy) -> Self {
        let on: Vec<Vec<usize>> = policy.criteria.iter().map(|it| rests_on(policy, it)).collect();
        let lines = policy.criteria.iter().enumerate().map(|(at, criterion)| {
            let below = on.iter().any(|of| of.contains(&at));
            Line {
                told: matches!(criterion.kind, CriterionKind::Gate | CriterionKind::Score),
                own: criterion.kind == CriterionKind::Gate || !below,
                way: criterion.route.is_some(),
                on: on.get(at).cloned().unwrap_or_default(),
            }
        });
        Self { lines: lines.collect() }
    }

    /// Returns the rows that are missing, in rising order. A row is a position
    /// in `statuses`, which holds one status for each criterion; where entries
    /// are judged, all criteria for the first entry, then for the next.
    pub fn rows(&self, verdict: Verdict, statuses: &[Status]) -> Vec<usize> {
        let mut rows = Vec::new();
        if verdict == Verdict::Met || self.lines.is_empty() {
            return rows;
        }
        for (number, round) in statuses.chunks(self.lines.len()).enumerate() {
            let first = number.saturating_mul(self.lines.len());
            let matters = self.matters(round);
            let lines = self.lines.iter().zip(round).zip(matters).enumerate();
            let missing = lines.filter(|(_, ((line, status), matters))| {
                line.told && *matters && is_lacking(**status)
            });
            rows.extend(missing.map(|(at, _)| first.saturating_add(at)));
        }
        rows
    }

    /// Says for each criterion whether it can still matter. It goes from the
    /// last to the first, because criteria depend on earlier ones only.
    fn matters(&self, statuses: &[Status]) -> Vec<bool> {
        let passed = self
            .lines
            .iter()
            .zip(statuses)
            .any(|(line, status)| line.way && *status == Status::Met);
        let mut matters: Vec<bool> =
            self.lines.iter().map(|line| line.own && !(line.way && passed)).collect();
        for (at, (line, status)) in self.lines.iter().zip(statuses).enumerate().rev() {
            if matters.get(at) != Some(&true) || !is_lacking(*status) {
                continue;
            }
            for below in &line.on {
                if let Some(it) = matters.get_mut(*below) {
                    *it = true;
                }
            }
        }
        matters
    }
}

/// Whether a criterion with this status keeps others from being met.
const fn is_lacking(status: Status) -> bool {
    !matches!(status, Status::Met | Status::NotApplicable)
}

/// Returns the earlier criteria that decide this one.
fn rests_on(policy: &Policy, criterion: &Criterion) -> Vec<usize> {
    let mut on = Vec::new();
    policy.visit_criterion(criterion, Walk::All, &mut |node: Node<'_>| {
        if let Some(Reference::Criterion(at)) = node.refers_to() {
            sorted_list::insert(&mut on, at.place());
        }
    });
    if let Rule::Total { of, .. } = &criterion.rule {
        for at in of.iter().flat_map(|part| &part.of) {
            sorted_list::insert(&mut on, at.place());
        }
    }
    on
}

#[cfg(test)]
mod tests {
    use super::{Line, Missing};
    use crate::assess::{Status, Verdict};

    /// Reads statuses from letters: m met, n not met, u unknown, r needs
    /// review, - not applicable.
    fn statuses(letters: &str) -> Vec<Status> {
        letters
            .chars()
            .map(|letter| match letter {
                'm' => Status::Met,
                'n' => Status::NotMet,
                'u' => Status::Unknown,
                'r' => Status::NeedsReview,
                _ => Status::NotApplicable,
            })
            .collect()
    }

    /// A gate, two scores, their total as a way to pass, another way, and a
    /// note.
    fn scored() -> Missing {
        let line = |told, own, way, on: &[usize]| Line { told, own, way, on: on.to_vec() };
        Missing {
            lines: vec![
                line(true, true, false, &[]),
                line(true, false, false, &[]),
                line(true, false, false, &[]),
                line(true, true, true, &[1, 2]),
                line(false, true, true, &[]),
                line(false, true, false, &[]),
            ],
        }
    }

    fn rows(letters: &str) -> Vec<usize> {
        scored().rows(Verdict::NotMet, &statuses(letters))
    }

    #[test]
    fn gates_and_scores_that_are_not_met_open_or_for_a_person_are_missing() {
        assert_eq!(rows("nmmmn-"), [0]);
        assert_eq!(rows("ummmnn"), [0]);
        assert_eq!(rows("rmmmnu"), [0]);
        assert_eq!(rows("unmnnm"), [0, 1, 3]);
        assert_eq!(rows("uuuuuu"), [0, 1, 2, 3]);
    }

    #[test]
    fn parts_of_a_total_that_is_met_do_not_matter() {
        assert_eq!(rows("nnumn-"), [0]);
    }

    #[test]
    fn a_total_and_its_parts_do_not_matter_where_another_way_is_met() {
        assert_eq!(rows("nnnnmm"), [0]);
        assert_eq!(rows("nnnnum"), [0, 1, 2, 3]);
    }

    #[test]
    fn nothing_is_missing_where_the_verdict_is_met_or_nothing_is_judged() {
        assert!(scored().rows(Verdict::Met, &statuses("nnnnnn")).is_empty());
        assert!(scored().rows(Verdict::NotApplicable, &[]).is_empty());
    }

    #[test]
    fn entries_follow_each_other() {
        assert_eq!(rows("nmmmnmmnmnnm"), [0, 7, 9]);
    }
}

//! Changes to levers: more or less of each, other rounds, figures that do not
//! move along.

use zice_rules::{
    Date, Policy,
    fraction::Fraction,
    policy::{Horizon, Lever},
};

use super::change::Changer;

impl Changer<'_> {
    pub(super) fn levers(&mut self, policy: &mut Policy) {
        let facts = policy.tables.facts.clone();
        for lever in &mut policy.levers {
            self.at.clone_from(&lever.id);
            self.lever(lever, &facts);
        }
    }

    /// Figures that the policy does not look at are for other programmes; no
    /// case of this one can notice them.
    /// Nor can one notice a mean that is moved for this round: nobody who starts now
    /// counts in a year that is over.
    fn lever(&mut self, lever: &mut Lever, facts: &[String]) {
        for round in [Horizon::ThisRound, Horizon::NextRound] {
            if lever.rounds.contains(&round) {
                if self.turn(|| format!("{} → –", round.name())) {
                    lever.rounds.retain(|own| *own != round);
                }
            } else if (round == Horizon::NextRound || lever.mean.is_none())
                && self.turn(|| format!("– → {}", round.name()))
            {
                lever.rounds.push(round);
            }
        }
        for at in 0..lever.moves.len() {
            let Some(moved) = lever.moves.get_mut(at).filter(|it| facts.contains(&it.fact)) else {
                continue;
            };
            let (fact, twice) = (moved.fact.clone(), moved.by.mul(Fraction::whole(2)));
            if self.turn(|| format!("{fact} × 2")) {
                moved.by = twice.unwrap_or(moved.by);
            }
            if self.turn(|| format!("{fact} → –")) {
                lever.moves.remove(at);
                return;
            }
        }
        for by in [1, -1] {
            let other = lever.at_most.add(Fraction::whole(by)).unwrap_or(lever.at_most);
            let (most, other_text) = (lever.at_most.floor(), other.floor());
            let once = !lever.sets.is_empty() || lever.starts.is_some();
            if !once && self.turn(|| format!("at_most {most} → {other_text}")) {
                lever.at_most = other;
            }
        }
        if let Some(mean) = lever.mean.as_mut() {
            let other = if mean.periods == 4 { 12 } else { 4 };
            if self.turn(|| format!("{} → {other}", mean.periods)) {
                mean.periods = other;
            }
            for (by, days) in mean.least_days.into_iter().flat_map(|it| [(1, it), (-1, it)]) {
                let other = days.saturating_add_signed(by);
                if self.turn(|| format!("least_days {days} → {other}")) {
                    mean.least_days = Some(other);
                }
            }
        }
        if lever.mean.is_some() && self.turn(|| "mean → –".to_owned()) {
            lever.mean = None;
        }
        if let Some(adds) = lever.adds.as_mut().filter(|it| it.waits.is_some())
            && self.turn(|| "waits → –".to_owned())
        {
            adds.waits = None;
        }
        if let Some(adds) = lever.adds.as_mut().filter(|it| it.year_end)
            && self.turn(|| "year_end = true".to_owned())
        {
            adds.year_end = false;
        }
        if let Some(starts) = lever.starts.as_mut() {
            for days in [1, -1] {
                let other = starts.day.day_number().saturating_add(days);
                let other = Date::from_day_number(other).unwrap_or(starts.day);
                let day = starts.day;
                if self.turn(|| format!("{day} → {other}")) {
                    starts.day = other;
                }
            }
        }
        if !lever.sets.is_empty() && self.turn(|| format!("{} → –", lever.sets.join(" "))) {
            lever.sets.clear();
        }
    }
}

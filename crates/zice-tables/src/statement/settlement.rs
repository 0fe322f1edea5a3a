//! Which of several figures for one place is taken.

use serde_json::Value;
use zice_rules::decimal;

use super::{columns::Column, found::Found, spot::Spot};
use crate::{audit, figure::plain_figure};

/// Takes figures beside which audited ones of the same year have a column only
/// where both are the same. Which of two that differ is meant, or one that was
/// not audited without the other, is asked.
pub fn settle_audited(spots: &mut Vec<Spot<'_>>, columns: &[Column]) {
    let audited = |text: &str| audit::bare(text).1;
    let years: Vec<Option<i32>> =
        columns.iter().filter(|it| audited(&it.head) == Some(true)).map(|it| it.year).collect();
    let mut same = vec![false; spots.len()];
    let mut open = vec![false; spots.len()];
    for (at, spot) in spots.iter().enumerate() {
        let Some((_, head)) = spot.head else { continue };
        let doubted = match audited(head) {
            Some(audited) => !audited,
            None => years.contains(&spot.year),
        };
        if spot.year.is_none() || !doubted {
            continue;
        }
        let partner = spots.iter().position(|it| {
            it.head.is_some_and(|(_, head)| audited(head) == Some(true))
                && (it.row, it.year, it.meaning) == (spot.row, spot.year, spot.meaning)
        });
        let other = partner.and_then(|at| spots.get(at));
        let equal =
            other.is_some_and(|it| figure(it.text) == figure(spot.text) && it.unit == spot.unit);
        for (list, at) in [(&mut same, equal.then_some(at)), (&mut open, (!equal).then_some(at))] {
            if let Some(mark) = at.and_then(|at| list.get_mut(at)) {
                *mark = true;
            }
        }
        if let Some(mark) = partner.filter(|_| !equal).and_then(|at| open.get_mut(at)) {
            *mark = true;
        }
    }
    for (spot, open) in spots.iter_mut().zip(&open) {
        if *open {
            spot.year = None;
        }
    }
    let mut same = same.into_iter();
    spots.retain(|_| !same.next().unwrap_or(false));
}

/// A figure as it can be compared: 3,865.00 is 3865.
fn figure(text: &str) -> String {
    let plain = plain_figure(text);
    decimal::parse(&plain).map_or(plain, |it| it.to_decimal_or_ratio())
}

/// Two figures for one place that are not the same: neither is taken.
pub fn settle_places(found: &mut [Found]) {
    let places: Vec<(usize, String, Option<Value>)> = found
        .iter()
        .filter(|it| !it.asks)
        .map(|it| (it.fact, it.place.clone(), it.value.clone()))
        .collect();
    for one in found.iter_mut().filter(|it| it.value.is_some()) {
        let differs = places.iter().any(|(fact, place, value)| {
            *fact == one.fact && *place == one.place && value.is_some() && *value != one.value
        });
        if differs {
            one.value = None;
        }
    }
}

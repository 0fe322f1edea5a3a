//! Tolerance: how far all figures may move against the company at once.

use zice_rules::{
    Company, Dictionary, Verdict,
    dictionary::Kind,
    fraction::{Fraction, Overflow},
    range::Range,
};

use crate::{
    figure::{Figure, figures},
    probe::Probe,
};

/// Returns the largest share, in thousandths up to 1000, by which all figures
/// may move at once, each to either side, with the verdict unchanged; `None`
/// while the verdict is open, and where there are no figures.
///
/// Figures are amounts, averages of people and rates; whole numbers such as
/// years and conversions, days and rights stay as they are. One evaluation with
/// every figure widened covers all ways in which they may move together.
pub fn tolerance(probe: &mut Probe<'_>, company: &Company, dictionary: &Dictionary) -> Option<u16> {
    let now = probe.verdict()?;
    if !matches!(now, Verdict::Met | Verdict::NotMet | Verdict::NeedsReview) {
        return None;
    }
    let mut all = figures(probe, company, dictionary);
    all.retain(|it| matches!(it.kind, Kind::Money | Kind::Count | Kind::Rate));
    if all.is_empty() {
        return None;
    }
    // Wider ranges hold less, so what fails for a share fails for larger ones. Most
    // companies are close to something, so small shares are tried first.
    let (mut holds, mut fails) = (0_u16, 1001_u16);
    while fails.saturating_sub(holds) > 1 {
        let middle = match fails {
            1001 => holds.saturating_mul(8).clamp(1, 1000),
            _ => holds.midpoint(fails),
        };
        if stays(probe, &all, middle, now) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    Some(holds)
}

fn stays(probe: &mut Probe<'_>, all: &[Figure], thousandths: u16, now: Verdict) -> bool {
    let saved = probe.save();
    let mut fits = true;
    for figure in all {
        match widened(figure.value, thousandths) {
            Ok(range) => probe.set(figure.place, range.into()),
            Err(Overflow) => fits = false,
        }
    }
    let stays = fits && probe.verdict() == Some(now);
    probe.undo(saved);
    stays
}

/// Returns all that a figure can be if it may move by so many thousandths to
/// either side.
///
/// # Errors
/// Fails when an end does not fit into 128 bits.
pub(crate) fn widened(value: Fraction, thousandths: u16) -> Result<Range, Overflow> {
    let share = i128::from(thousandths);
    let part = |of: i128| value.mul(Fraction::new(of, 1000).ok_or(Overflow)?);
    let one = part(1000_i128.saturating_sub(share))?;
    let other = part(1000_i128.saturating_add(share))?;
    Ok(Range::between(Some(one.min(other)), Some(one.max(other))))
}

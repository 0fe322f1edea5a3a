//! 成长性: the growth rates of net assets and of revenue.

use std::cmp::Ordering;

use super::{Span, reading::Reach};

/// Lower bounds of the bands in per cent, and their points.
const BANDS: [(i128, (u8, u8)); 4] = [(35, (9, 10)), (25, (7, 8)), (15, (5, 6)), (5, (3, 4))];

/// Compares `a / b` with `c / d`, both divisors positive, by Euclid's
/// algorithm. Products of amounts this large would overflow.
pub fn compare(mut a: i128, mut b: i128, mut c: i128, mut d: i128) -> Ordering {
    loop {
        let wholes = a.div_euclid(b).cmp(&c.div_euclid(d));
        let (r, s) = (a.rem_euclid(b), c.rem_euclid(d));
        match (wholes, r, s) {
            (Ordering::Equal, 0, _) => return 0.cmp(&s),
            (Ordering::Equal, _, 0) => return Ordering::Greater,
            // Comparing r/b with s/d is comparing d/s with b/r.
            (Ordering::Equal, ..) => (a, b, c, d) = (d, s, b, r),
            _ => return wholes,
        }
    }
}

/// Compares the growth rate with this many per cent. The rate is ½ (Y2/Y1 +
/// Y3/Y2) − 1; without a Y1, or if it is 0, Y3/Y2 − 1.
fn rate(y1: Option<i128>, y2: i128, y3: i128, per_cent: i128) -> Ordering {
    match y1 {
        None | Some(0) => compare(y3, y2, 100 + per_cent, 100),
        // Compares Y2/Y1 with what remains after subtracting Y3/Y2.
        Some(y1) => compare(y2, y1, (200 + 2 * per_cent) * y2 - 100 * y3, 100 * y2),
    }
}

/// The fewest and the most points. A year in which the company did not exist is
/// `None`.
fn points(y1: Option<i128>, y2: Option<i128>, y3: Option<i128>) -> (u8, u8) {
    let (Some(y2), Some(y3)) = (y2, y3) else { return (0, 0) };
    if y2 == 0 {
        return (0, 0);
    }
    if y1.is_some_and(|y1| y1 < 0) || y2 < 0 {
        // No document says what to do in this case.
        return (0, 10);
    }
    let band = BANDS.iter().find(|(per_cent, _)| rate(y1, y2, y3, *per_cent).is_ge());
    match band {
        Some(&(_, points)) => points,
        None if rate(y1, y2, y3, 0).is_gt() => (1, 2),
        None => (0, 0),
    }
}

/// The points that three years can bring, and whether these are all. They need
/// not be: rates can also turn inside a range of the middle year, which is not
/// searched.
pub fn growth(years: [Option<Span>; 3]) -> (Reach, bool) {
    let corners = |at: usize| -> Vec<Option<i128>> {
        years[at].map_or(vec![None], |span| span.corners().into_iter().map(Some).collect())
    };
    let mut all = Vec::new();
    for y1 in corners(0) {
        for y2 in corners(1) {
            all.extend(corners(2).into_iter().map(|y3| points(y1, y2, y3)));
        }
    }
    let reach = all.into_iter().map(|(low, high)| Reach::graded(low, high)).reduce(Reach::or);
    let exact = |span: Option<Span>| span.is_none_or(Span::is_exact);
    let sure = exact(years[1]) && (exact(years[0]) || years[0].is_some_and(|span| span.lo > 0));
    (reach.expect("a corner"), sure || years[2].is_none())
}

//! Writes figures for people. Figures are rounded here only, after they have
//! been compared.

use zice_rules::{
    date::Date,
    decimal::{self, exact_text},
    fraction::Fraction,
    policy::Unit,
    range::{Range, Undefined},
    text::{Lang, Noun},
};

/// The most decimals a percentage is shown with.
const MAX_PLACES: u32 = 12;

/// The counting word that follows a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word<'a> {
    /// No word: the number stands alone.
    None,
    /// 项, for which English has no word.
    Item,
    /// The counting word of a fact.
    Of(&'a Noun),
}

impl Word<'_> {
    fn behind(&self, value: Fraction, lang: Lang) -> &str {
        match self {
            Self::None => "",
            Self::Item => lang.pick("项", ""),
            Self::Of(noun) => noun.of(lang, value),
        }
    }
}

/// Writes a figure with its unit; a count is followed by `word`.
pub(crate) fn value(value: Fraction, unit: Unit, word: Word<'_>, lang: Lang) -> String {
    match unit {
        Unit::Ratio => percent(value, &[]),
        Unit::Yuan => {
            let amount = grouped(value);
            [&amount, lang.pick(" 元", " yuan")].concat()
        }
        Unit::Count => match word.behind(value, lang) {
            "" => grouped(value),
            word => format!("{} {word}", grouped(value)),
        },
        Unit::Points if value == Fraction::ONE => lang.pick("1 分", "1 point").to_owned(),
        Unit::Days if value == Fraction::ONE => lang.pick("1 天", "1 day").to_owned(),
        Unit::Points => format!("{} {}", grouped(value), lang.pick("分", "points")),
        Unit::Days => format!("{} {}", grouped(value), lang.pick("天", "days")),
        Unit::Date => i32::try_from(value.floor())
            .ok()
            .and_then(Date::from_day_number)
            .map_or_else(|| grouped(value), |day| day.to_string()),
        Unit::Year => value.to_decimal_or_ratio(),
        Unit::Times => match hundredth(value) {
            Some(part) => {
                let percent = percent(part, &[]);
                match percent.strip_suffix('%') {
                    Some(number) => [number, lang.pick(" 次", " times")].concat(),
                    None => percent,
                }
            }
            None => value.to_ratio_text(),
        },
    }
}

/// Writes a figure for a text that already contains the counting word.
pub(crate) fn shown(figure: &Range, unit: Unit, lang: Lang) -> String {
    range(figure, unit, Word::None, lang)
        .unwrap_or_else(|| lang.pick("（未知）", "(unknown)").to_owned())
}

/// Writes a figure that may be a range. Returns `None` where nothing is known
/// about it.
pub(crate) fn range(range: &Range, unit: Unit, word: Word<'_>, lang: Lang) -> Option<String> {
    if range.undefined == Undefined::Certainly {
        return None;
    }
    let show = |end: Fraction| value(end, unit, word, lang);
    match (range.lo, range.hi) {
        (Some(lo), Some(hi)) if lo == hi => Some(show(lo)),
        (Some(lo), Some(hi)) => {
            let low = match unit {
                Unit::Yuan | Unit::Count | Unit::Points | Unit::Days => grouped(lo),
                _ => show(lo),
            };
            Some([&low, lang.pick(" 至 ", " to "), &show(hi)].concat())
        }
        (Some(lo), None) if lo.is_zero() => None,
        (Some(lo), None) => Some([lang.pick("不低于 ", "at least "), &show(lo)].concat()),
        (None, Some(hi)) => Some([lang.pick("不高于 ", "at most "), &show(hi)].concat()),
        (None, None) => None,
    }
}

/// Writes a percentage with at least two decimals. It is cut off, never rounded
/// up, so that a figure below a band never looks as if it reached it. It gets
/// more decimals where it would look equal to one of `edges` and is not.
pub(crate) fn percent(value: Fraction, edges: &[Fraction]) -> String {
    let Ok(percent) = value.mul(Fraction::whole(100)) else { return value.to_ratio_text() };
    for places in 2..=MAX_PLACES {
        let Some(scale) = 10_i128.checked_pow(places) else { break };
        let Ok(scaled) = percent.mul(Fraction::whole(scale)) else { break };
        let shown = scaled.floor();
        let exact = Fraction::whole(shown) == scaled;
        let looks_equal = edges.iter().any(|edge| {
            scale
                .checked_mul(100)
                .and_then(|scale| Fraction::new(shown, scale))
                .is_some_and(|shown| shown == *edge)
        });
        if exact || !looks_equal {
            return format!("{}%", decimal::with_point(shown, places as usize));
        }
    }
    value.to_ratio_text()
}

/// Writes an exact limit as a percentage: `25%`, `12.5%`.
pub(crate) fn plain_percent(value: Fraction) -> String {
    value
        .mul(Fraction::whole(100))
        .map_or_else(|_| value.to_ratio_text(), |it| format!("{}%", it.to_decimal_or_ratio()))
}

fn hundredth(value: Fraction) -> Option<Fraction> {
    value.div(Fraction::whole(100)).ok().flatten()
}

/// Whether `value` is shown without rounding, so that "=" is true.
pub(crate) fn is_exact(value: Fraction, unit: Unit) -> bool {
    match unit {
        Unit::Ratio => percent_is_exact(value),
        Unit::Times => hundredth(value).is_some_and(percent_is_exact),
        _ => exact_text(value).is_some(),
    }
}

fn percent_is_exact(value: Fraction) -> bool {
    value.mul(Fraction::whole(10_000)).is_ok_and(|scaled| Fraction::whole(scaled.floor()) == scaled)
}

/// Rounds a gap up to hundredths where its decimal has no end. A smaller amount
/// would not be enough.
pub(crate) fn enough(value: Fraction) -> Fraction {
    let whole = Fraction::whole(100);
    let up = || value.neg().ok()?.mul(whole).ok().map(|it| it.floor().saturating_neg());
    match exact_text(value) {
        Some(_) => value,
        None => up().and_then(|up| Fraction::new(up, 100)).unwrap_or(value),
    }
}

/// Writes a decimal with thousands separators. One without an end is cut off
/// after two decimals, like a percentage.
fn grouped(value: Fraction) -> String {
    let cut = || {
        let hundredths = value.mul(Fraction::whole(100)).ok()?.floor();
        exact_text(Fraction::new(hundredths, 100)?)
    };
    let Some(text) = exact_text(value).or_else(cut) else { return value.to_ratio_text() };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(at);
        if at > 0 && left.checked_rem(3) == Some(0) {
            out.push(',');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(num: i128, den: i128) -> Fraction {
        Fraction::new(num, den).unwrap_or(Fraction::ZERO)
    }

    #[test]
    fn what_is_below_a_band_never_looks_as_if_it_were_on_it() {
        assert_eq!(percent(f(1, 4), &[]), "25.00%");
        assert_eq!(percent(f(5_999, 100_000), &[f(6, 100)]), "5.99%");
        assert_eq!(percent(f(59_999_999, 1_000_000_000), &[f(6, 100)]), "5.99%");
        // It is just above a limit that must not be exceeded.
        assert_eq!(percent(f(500_001, 1_000_000), &[f(1, 2)]), "50.0001%");
        assert_eq!(percent(f(1, 3), &[]), "33.33%");
    }

    #[test]
    fn what_turns_over_is_a_number_of_times_cut_off_like_a_share() {
        for (number, shown, exact) in
            [(f(11, 1), "11.00 次", true), (f(5, 4), "1.25 次", true), (f(5, 3), "1.66 次", false)]
        {
            assert_eq!(value(number, Unit::Times, Word::None, Lang::Zh), shown);
            assert_eq!(is_exact(number, Unit::Times), exact, "{shown}");
        }
    }

    #[test]
    fn one_point_is_one_point() {
        for (number, points, days) in [(0, "0 points", "0 days"), (1, "1 point", "1 day")] {
            assert_eq!(value(f(number, 1), Unit::Points, Word::None, Lang::En), points);
            assert_eq!(value(f(number, 1), Unit::Days, Word::None, Lang::En), days);
        }
        assert_eq!(value(f(1, 1), Unit::Points, Word::None, Lang::Zh), "1 分");
    }

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(grouped(f(1_230_000_050, 100)), "12,300,000.5");
        assert_eq!(grouped(f(-1_000, 1)), "-1,000");
        assert_eq!(grouped(f(999, 1)), "999");
    }

    #[test]
    fn a_figure_without_an_end_is_cut_off_and_what_is_missing_rounded_up() {
        for (number, shown, missing) in [
            (f(16, 3), "5.33", "5.34"),
            (f(2, 3), "0.66", "0.67"),
            (f(-1, 3), "-0.34", "-0.33"),
            (f(1_000_001, 3), "333,333.66", "333,333.67"),
            (f(1, 8), "0.125", "0.125"),
        ] {
            assert_eq!(grouped(number), shown);
            assert_eq!(grouped(enough(number)), missing);
            assert_eq!(is_exact(number, Unit::Count), shown == missing, "{shown}");
        }
    }
}

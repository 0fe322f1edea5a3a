//! Reads and writes exact decimals without a binary float in between.

use crate::fraction::Fraction;

/// Why [`parse`] refused a figure of a company file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// The text is not a decimal number.
    Malformed,
    /// The figure is 10^15 or more, positive or negative.
    TooLarge,
    /// The figure has more than six decimals.
    TooFine,
}

/// Figures of a company file must lie below this bound.
const LIMIT: i128 = 1_000_000_000_000_000;
/// Figures of a company file may have at most this many decimals.
const MAX_DECIMALS: usize = 6;
/// The largest power of ten that fits into 128 bits.
const MAX_POWER: u32 = 38;

/// Reads a figure of a company file, such as `"8100000"`, `"12300000.50"` or
/// `"4.7e6"`.
///
/// Decimals are counted on the value, not on the spelling: `1.0000000` has
/// none.
///
/// # Errors
/// Refuses a text that is no decimal number, and a figure that breaks the
/// bounds of the file format: below 10^15, at most six decimals.
#[inline]
pub fn parse(text: &str) -> Result<Fraction, DecimalError> {
    let parts = Parts::read(text).ok_or(DecimalError::Malformed)?;
    if parts.decimals() > MAX_DECIMALS {
        return Err(DecimalError::TooFine);
    }
    if parts.digits_before_point() > 15 {
        return Err(DecimalError::TooLarge);
    }
    let value = parts.value().ok_or(DecimalError::TooLarge)?;
    if value >= Fraction::whole(LIMIT) || value <= Fraction::whole(LIMIT.saturating_neg()) {
        return Err(DecimalError::TooLarge);
    }
    Ok(value)
}

impl Fraction {
    /// Reads a decimal (`-12.50`, `4.7e6`) or a fraction (`3/50`).
    ///
    /// This is for the literals of compiled policies. Figures of a company file
    /// go through [`parse`], which also checks the bounds of that format. Returns
    /// `None` for what is no number, and for what does not
    /// fit into 128 bits.
    #[inline]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((num, den)) => Self::new(num.parse().ok()?, den.parse().ok()?),
            None => parse_unbounded(text),
        }
    }

    /// Writes the number as a decimal if it has a finite one, else as `p/q` in
    /// lowest terms.
    #[inline]
    pub fn to_decimal_or_ratio(self) -> String {
        exact_text(self).unwrap_or_else(|| self.to_ratio_text())
    }
}

/// Reads any decimal that fits into 128 bits, without the bounds that [`parse`]
/// puts on company files. Returns `None` for everything else.
#[inline]
pub fn parse_unbounded(text: &str) -> Option<Fraction> {
    Parts::read(text)?.value()
}

/// A decimal taken apart. `digits` are the significant digits before and after
/// the point, without leading and trailing zeros. Read as one whole number and
/// multiplied by ten to the power of `exponent`, they give the value.
struct Parts<'a> {
    negative: bool,
    digits: [&'a str; 2],
    exponent: i64,
}

impl<'a> Parts<'a> {
    #[inline]
    fn read(text: &'a str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, power_of_ten(exponent)?),
            None => (rest, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let well_formed = !whole.is_empty()
            && (mantissa.len() == whole.len() || !part.is_empty())
            && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let mut exponent = i64::from(exponent).checked_sub(i64::try_from(part.len()).ok()?)?;
        let mut digits = [whole.trim_start_matches('0'), part];
        if digits[0].is_empty() {
            digits[1] = part.trim_start_matches('0');
        }
        let all = digits[0].len().checked_add(digits[1].len())?;
        digits[1] = digits[1].trim_end_matches('0');
        if digits[1].is_empty() {
            digits[0] = digits[0].trim_end_matches('0');
        }
        let mut parts = Self { negative, digits, exponent: 0 };
        if parts.length() > 0 {
            exponent =
                exponent.checked_add(i64::try_from(all.checked_sub(parts.length())?).ok()?)?;
            parts.exponent = exponent;
        }
        Some(parts)
    }

    /// Counts the significant digits.
    const fn length(&self) -> usize {
        let [whole, part] = self.digits;
        whole.len().saturating_add(part.len())
    }

    #[inline]
    fn decimals(&self) -> usize {
        usize::try_from(self.exponent.saturating_neg()).unwrap_or(0)
    }

    #[inline]
    fn digits_before_point(&self) -> i64 {
        match self.length() {
            0 => 0,
            length => i64::try_from(length).unwrap_or(i64::MAX).saturating_add(self.exponent),
        }
    }

    #[inline]
    fn value(&self) -> Option<Fraction> {
        let [whole, part] = self.digits;
        let mut num = 0_i128;
        for digit in whole.bytes().chain(part.bytes()) {
            let digit = i128::from(digit.wrapping_sub(b'0'));
            num = num.checked_mul(10)?.checked_add(digit)?;
        }
        if self.negative {
            num = num.checked_neg()?;
        }
        let power = u32::try_from(self.exponent.unsigned_abs()).ok()?;
        if power > MAX_POWER {
            return None;
        }
        let scale = 10_i128.checked_pow(power)?;
        if self.exponent < 0 {
            Fraction::new(num, scale)
        } else {
            num.checked_mul(scale).map(Fraction::whole)
        }
    }
}

/// Reads an exponent. One too large for an `i32` becomes the largest or
/// smallest `i32`, so that the figure is refused as too large or too fine.
#[inline]
fn power_of_ten(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let far = if text.starts_with('-') { i32::MIN } else { i32::MAX };
    Some(text.parse().unwrap_or(far))
}

/// Writes a fraction as a decimal in its shortest form: `60`, never `60.00`.
///
/// Returns `None` where the decimal has no end, as in 1/3, or where its digits
/// do not fit into 128 bits.
#[inline]
pub fn exact_text(value: Fraction) -> Option<String> {
    if let Some(text) = short_text(value) {
        return Some(text);
    }
    let (_, den) = value.lowest_terms();
    let mut rest = den;
    let mut twos: u32 = 0;
    let mut fives: u32 = 0;
    while rest.checked_rem(2) == Some(0) {
        rest = rest.checked_div(2)?;
        twos = twos.checked_add(1)?;
    }
    while rest.checked_rem(5) == Some(0) {
        rest = rest.checked_div(5)?;
        fives = fives.checked_add(1)?;
    }
    if rest != 1 {
        return None;
    }
    let places = twos.max(fives);
    let scaled = value.mul(Fraction::whole(10_i128.checked_pow(places)?)).ok()?;
    Some(with_point(scaled.floor(), places as usize))
}

/// Does the same for a short numerator over a power of ten, which nearly all
/// figures are. It is faster, because nothing has to be reduced.
fn short_text(value: Fraction) -> Option<String> {
    let (mut num, mut den) = value.dense()?;
    let mut places = 0_usize;
    while den.checked_rem(10) == Some(0) {
        den = den.checked_div(10)?;
        places = places.checked_add(1)?;
    }
    if den != 1 {
        return None;
    }
    while places > 0 && num.checked_rem(10) == Some(0) {
        num = num.checked_div(10)?;
        places = places.checked_sub(1)?;
    }
    Some(with_point(i128::from(num), places))
}

/// Writes `scaled / 10^places` with exactly `places` decimals: `with_point(-5,
/// 3)` is `-0.005`.
#[inline]
pub fn with_point(scaled: i128, places: usize) -> String {
    let digits = scaled.unsigned_abs().to_string();
    let (whole, part) = match digits.len().checked_sub(places) {
        Some(cut) => digits.split_at_checked(cut).unwrap_or((&digits, "")),
        None => ("", digits.as_str()),
    };
    let mut text = String::with_capacity(digits.len().max(places).saturating_add(3));
    if scaled < 0 {
        text.push('-');
    }
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if places > 0 {
        text.push('.');
        text.extend(core::iter::repeat_n('0', places.saturating_sub(part.len())));
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(input: &str) -> Result<String, DecimalError> {
        parse(input).map(Fraction::to_decimal_or_ratio)
    }

    #[test]
    fn spellings_of_one_figure_are_one_figure() {
        for input in ["4.7e6", "4700000", "4700000.000000000", "0004.7E+6", "47e5"] {
            assert_eq!(text(input), Ok("4700000".to_owned()), "{input}");
        }
        assert_eq!(text("-0.50"), Ok("-0.5".to_owned()));
        assert_eq!(text("-0"), Ok("0".to_owned()));
    }

    #[test]
    fn bounds_of_the_contract_hold_on_the_value() {
        assert_eq!(text("999999999999999.999999"), Ok("999999999999999.999999".to_owned()));
        assert_eq!(text("1000000000000000"), Err(DecimalError::TooLarge));
        assert_eq!(text("1e15"), Err(DecimalError::TooLarge));
        assert_eq!(text("1e999999999"), Err(DecimalError::TooLarge));
        assert_eq!(text("1e99999999999999"), Err(DecimalError::TooLarge));
        assert_eq!(text("1e-99999999999999"), Err(DecimalError::TooFine));
        assert_eq!(text("0e99999999999999"), Ok("0".to_owned()));
        assert_eq!(text("1e-7"), Err(DecimalError::TooFine));
        assert_eq!(text("0.0000001"), Err(DecimalError::TooFine));
        assert_eq!(text("0e99"), Ok("0".to_owned()));
    }

    #[test]
    fn a_text_is_the_same_from_whatever_terms() {
        for num in [-100_200_i128, -5, 0, 1, 3, 10, 120, 1_000_000, 100_200_300] {
            for den in [1_i128, 2, 8, 10, 25, 100, 125, 1_000, 1_000_000] {
                let text =
                    |times: i128| Fraction::new(num * times, den * times).and_then(exact_text);
                let long = text(1 << 70);
                assert!(long.is_some(), "{num}/{den}");
                assert_eq!([text(1), text(10)], [long.clone(), long], "{num}/{den}");
            }
        }
        assert_eq!(
            [with_point(-5, 3), with_point(0, 2), with_point(120, 0)],
            ["-0.005", "0.00", "120"]
        );
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for input in
            ["", "-", ".", "1.", ".5", "1,000", "12 ", "１２", "NaN", "1e", "0x10", "--1", "1_000"]
        {
            assert_eq!(text(input), Err(DecimalError::Malformed), "{input:?}");
        }
    }
}

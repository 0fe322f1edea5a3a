//! Calendar days that compare and subtract like numbers.

#[cfg(feature = "serde")]
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use time::Month;

/// A day of the Gregorian calendar. It has no time of day and no time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(time::Date);

impl Date {
    /// The earliest day the calendar can represent. [`Date::parse`] never gives
    /// a day this early: it accepts the years 1 to 9999 only.
    pub const MIN: Self = Self(time::Date::MIN);

    /// Reads a day written `YYYY-MM-DD`.
    ///
    /// Returns `None` for any other spelling and for days that do not exist,
    /// such as `2023-02-29`.
    #[inline]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shaped = parts.next().is_none() && [year.len(), month.len(), day.len()] == [4, 2, 2];
        if !shaped || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return None;
        }
        Self::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Makes a day from its year (1 to 9999), month (1 to 12) and day of the
    /// month.
    ///
    /// Returns `None` if there is no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        time::Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok().map(Self)
    }

    /// Returns the calendar year, which is also the fiscal year in China.
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// Returns the month, from 1 to 12.
    pub const fn month(self) -> u8 {
        self.0.month() as u8
    }

    /// Returns the day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.0.day()
    }

    /// Returns the Julian day number: tomorrow's is today's plus one.
    pub const fn day_number(self) -> i32 {
        self.0.to_julian_day()
    }

    /// Returns the day with this Julian day number, or `None` if it lies
    /// outside the calendar.
    pub fn from_day_number(number: i32) -> Option<Self> {
        time::Date::from_julian_day(number).ok().map(Self)
    }
}

impl core::fmt::Display for Date {
    #[inline]
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

#[cfg(feature = "serde")]
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a date (YYYY-MM-DD)"))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_that_exist_are_dates() {
        let there = ["2023-02-28", "2024-02-29", "0001-01-01", "9999-12-31"];
        assert!(there.iter().all(|day| Date::parse(day).is_some()));
        let not = [
            "2023-02-29",
            "2023-13-01",
            "2023-00-10",
            "2023-1-01",
            "20230101",
            "2023-01-01 ",
            "-001-01-01",
            "2023-01-",
            "0000-01-01",
            "2023-01-01-",
        ];
        assert!(not.iter().all(|day| Date::parse(day).is_none()));
    }

    #[test]
    fn days_count_through_leap_years() {
        let day = |text| Date::parse(text).map_or(0, Date::day_number);
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
        assert_eq!(day("2023-08-01") - day("2022-08-01"), 365);
        assert_eq!(
            Date::from_day_number(day("2024-02-29")).map(|d| d.to_string()).as_deref(),
            Some("2024-02-29")
        );
    }
}

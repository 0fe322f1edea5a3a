//! Reads the clock. The engine itself has none: every day is given to it.

use std::time::SystemTime;

use jiff::ZonedDateTime;
use zice_rules::{Date, Lang};

use crate::error::Error;

/// Today's date in the time zone of this machine.
pub fn today(lang: Lang) -> Result<Date, Error> {
    ZonedDateTime::try_from(SystemTime::now())
        .ok()
        .map(|now| now.date())
        .and_then(|day| {
            let (month, day_of_month) = (day.month().try_into().ok()?, day.day().try_into().ok()?);
            Date::from_ymd(day.year().into(), month, day_of_month)
        })
        .ok_or_else(|| {
            let message = lang.pick(
                "本机日期不可用，请用 --as-of 写明申报日",
                "the clock of this machine is unusable: give the day with --as-of",
            );
            Error::Input(message.to_owned())
        })
}

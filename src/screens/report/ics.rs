//! Dates as a calendar file (RFC 5545).
//!
//! Written here because no crate is as small: `icalendar` brings chrono and
//! uuid along, more than the whole report, for the five rules below.

use zice_rules::Date;

/// Something that lasts from one day to another, both included.
pub struct Event {
    /// Stays the same, so that a calendar that takes the file twice has it
    /// once.
    pub uid: String,
    pub title: String,
    pub note: String,
    pub from: Date,
    pub to: Date,
}

/// Octets of a line, without its end.
const LINE: usize = 75;

/// The file; `stamp` is the day it is made.
pub fn file(events: &[Event], stamp: Date) -> String {
    let mut out = String::new();
    let mut line = |parts: &[&str]| fold(&mut out, &parts.concat());
    let stamp = compact(stamp);
    line(&["BEGIN:VCALENDAR"]);
    line(&["VERSION:2.0"]);
    line(&["PRODID:-//Zice//Zice//ZH"]);
    for event in events {
        // The end is the day after the last one.
        let after = Date::from_day_number(event.to.day_number() + 1).unwrap_or(event.to);
        let title = escaped(&event.title);
        line(&["BEGIN:VEVENT"]);
        line(&["UID:", &event.uid]);
        line(&["DTSTAMP:", &stamp, "T000000Z"]);
        line(&["DTSTART;VALUE=DATE:", &compact(event.from)]);
        line(&["DTEND;VALUE=DATE:", &compact(after)]);
        line(&["SUMMARY:", &title]);
        line(&["DESCRIPTION:", &escaped(&event.note)]);
        line(&["TRANSP:TRANSPARENT"]);
        // A week before the last day begins.
        line(&["BEGIN:VALARM"]);
        line(&["ACTION:DISPLAY"]);
        line(&["DESCRIPTION:", &title]);
        line(&["TRIGGER;RELATED=END:-P8D"]);
        line(&["END:VALARM"]);
        line(&["END:VEVENT"]);
    }
    line(&["END:VCALENDAR"]);
    out
}

fn compact(day: Date) -> String {
    day.to_string().replace("-", "")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_ascii_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line; what is too long goes on behind a blank on the next.
fn fold(out: &mut String, line: &str) {
    let mut room = LINE;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    fn one(title: &str, note: &str) -> String {
        let (from, to) = (day("2024-12-30"), day("2024-12-31"));
        let (title, note) = (title.to_owned(), note.to_owned());
        file(&[Event { uid: "a@zice".to_owned(), title, note, from, to }], day("2024-03-01"))
    }

    #[test]
    fn an_event_ends_on_the_day_after_its_last_and_reminds_a_week_before_that() {
        let text = one("申报", "");
        for line in [
            "DTSTAMP:20240301T000000Z",
            "DTSTART;VALUE=DATE:20241230",
            "DTEND;VALUE=DATE:20250101",
            "TRIGGER;RELATED=END:-P8D",
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }

    #[test]
    fn signs_that_mean_something_are_escaped_and_no_text_ends_its_line() {
        let text = one("a,b;c\\d\r\nEND:VCALENDAR", "");
        assert!(text.contains("SUMMARY:a\\,b\\;c\\\\d\\nEND:VCALENDAR\r\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1);
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_torn() {
        for length in 60..140 {
            let note = "长a".repeat(length);
            let text = one("", &note);
            assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{length}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            assert!(text.replace("\r\n ", "").contains(&note), "{length}");
        }
    }
}

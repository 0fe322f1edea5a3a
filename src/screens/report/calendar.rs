//! Dates of the round, and what is still ahead as a calendar file.

use yew::prelude::*;
use zice_report::DayState;
use zice_rules::Date;

use crate::{
    browser::file,
    screens::report::{
        Told, ics,
        parts::{cited, confidence},
        section,
    },
    ui::dom::{QUIET, attrs, button, group, line, maybe},
    words,
};

/// Dates of the round.
pub fn calendar(told: &Told) -> Html {
    let (lang, report) = (told.lang, told.report);
    let dates = report.calendar.iter().map(|entry| {
        let state = match entry.state {
            DayState::Past => &words::STATE_PAST,
            DayState::Open => &words::STATE_OPEN,
            DayState::Future => &words::STATE_FUTURE,
        };
        let (from, to) = match &entry.from {
            Some(from) => (from.as_str(), words::TO.get(lang)),
            None => ("", ""),
        };
        let left = entry.days_left.filter(|_| entry.state != DayState::Past);
        let left = left.map_or_else(String::new, |days| {
            [words::COMMA.get(lang), &words::count(&words::DAYS_LEFT, lang, days)].concat()
        });
        let words = [
            from,
            to,
            &entry.date,
            " ",
            &entry.what,
            words::BRACKET.get(lang),
            state.get(lang),
            &left,
            words::SEMICOLON.get(lang),
            confidence(entry.confidence).get(lang),
            words::BRACKET_END.get(lang),
        ];
        line("li", "", &words)
    });
    maybe(!report.calendar.is_empty(), || {
        let ahead = ahead(told);
        let list = group("ul", "", dates.collect());
        let add = maybe(!ahead.is_empty(), || {
            let name = [told.report.company.as_deref().unwrap_or(""), "-", &report.policy.id];
            let name = name.concat();
            let stamp = Date::parse(&report.as_of).unwrap_or(Date::MIN);
            let save = Callback::from(move |_: MouseEvent| {
                file::save(&name, ".ics", &ics::file(&ahead, stamp));
            });
            let class = [QUIET, " zice-screen-only"].concat();
            let attrs = attrs! { "type": "button", "class": &class, "data-zice-ics": "true" };
            button(attrs, words::ADD_TO_CALENDAR.get(lang), save)
        });
        section(&words::CALENDAR, lang, "", vec![list, add])
    })
}

/// What is not past.
fn ahead(told: &Told) -> Vec<ics::Event> {
    let (lang, policy) = (told.lang, told.policy);
    let mut events = Vec::new();
    // The report has them in the order of the policy.
    for (entry, milestone) in told.report.calendar.iter().zip(&policy.calendar) {
        if entry.state != DayState::Past {
            let sources = cited(&milestone.cites, lang);
            let sure = confidence(entry.confidence).get(lang);
            events.push(ics::Event {
                uid: [&policy.id, "-", &policy.edition, "-", &milestone.id, "@zice"].concat(),
                title: [policy.title.get(lang), words::COLON.get(lang), &entry.what].concat(),
                note: [
                    sources.as_str(),
                    words::BRACKET.get(lang),
                    sure,
                    words::BRACKET_END.get(lang),
                    "\n",
                    words::REFERENCE_ONLY.get(lang),
                ]
                .concat(),
                from: milestone.from.unwrap_or(milestone.date),
                to: milestone.date,
            });
        }
    }
    events
}

//! The day of application, on the two screens that ask for it.

use yew::prelude::*;
use zice_rules::dictionary::Kind;

use crate::{
    page::{
        Shared,
        path::{DAY, Path},
    },
    parts::field::Slot,
    ui::dom::{attrs, group, line, tag, text},
    words,
};

/// The day of application, which decides what "last year" is and which edition
/// of the rules is taken.
pub fn day_of_application(session: &Shared) -> Html {
    let lang = session.view.lang;
    let help = "zice-as_of-help";
    let place = Path::member(DAY);
    let slot = Slot {
        label: words::AS_OF.get(lang),
        kind: Kind::Date,
        help,
        ..Slot::text(session, &place)
    };
    let problem = session.results.problems.iter().find(|it| it.path == DAY);
    let problem = problem.filter(|it| session.is_told(it));
    let wrong = problem.map_or_else(Html::default, |problem| {
        let what = [
            words::ERROR.get(lang),
            problem.text.get(lang),
            // What goes on meanwhile.
            words::AS_OF_TODAY.get(lang),
        ];
        line("strong", "zice-error", &what)
    });
    let last_year = session.day().year().saturating_sub(1).to_string();
    let last_year = words::fill(&words::AS_OF_HELP, lang, &last_year);
    let help = tag("p", attrs! { "id": help, "class": "zice-help" }, vec![text(&last_year), wrong]);
    group("div", "", vec![slot.show(), help])
}

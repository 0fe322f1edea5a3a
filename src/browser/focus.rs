//! The focus: where in the page it goes, and how it gets there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    browser::ids::{element_id, entry_id, question_id, row_id},
    page::{Focus, path::Path},
};

/// Gives the focus to what is to have it, where that is shown.
pub fn give(mount: &Element, focus: &Focus) {
    let mut selectors = selectors(focus).into_iter();
    let found = selectors.find_map(|it| mount.query_selector(&it).ok().flatten());
    if let Some(found) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        found.focus().ok();
        // With a new screen the page begins anew, from the steps and the result on.
        if found.has_attribute("data-zice-heading") {
            mount.scroll_into_view();
        }
    }
}

/// The selectors of what takes the focus: the first that names something counts.
fn selectors(focus: &Focus) -> Vec<String> {
    let heading = "[data-zice-heading]";
    let one = match focus {
        Focus::Heading => heading.to_owned(),
        Focus::Kept => return vec!["[data-zice-kept]".to_owned(), heading.to_owned()],
        Focus::Halted => "#zice-halted".to_owned(),
        Focus::Moved => "#zice-moved".to_owned(),
        Focus::Question(fact) => within(fact, ""),
        Focus::FirstField(fact) => within(fact, " input"),
        Focus::Fields(fact) => within(fact, " input,select"),
        Focus::TakeBack(fact) => within(fact, " [role=status] button"),
        Focus::AddButton(fact) => within(fact, " [data-zice-add]"),
        Focus::PasteButton(fact) => within(fact, " [data-zice-paste]"),
        Focus::PasteField(fact) => within(fact, " textarea"),
        Focus::PastePanel(fact) => within(fact, " .zice-paste button"),
        Focus::Field(place) => ["#", &element_id(place)].concat(),
        Focus::End(place, end) => ["#", &element_id(place), "-", end.name()].concat(),
        Focus::Mistake(place) => return mistake(place),
        Focus::NotStated(place) => ["#", &element_id(place), "-missing"].concat(),
        Focus::Entry(entry) => {
            let id = entry_id(entry);
            ["#", &id, " input, #", &id, " select"].concat()
        }
        Focus::Row(entry) => ["#", &row_id(entry), " button"].concat(),
        Focus::Element(id) => ["#", id].concat(),
    };
    vec![one]
}

/// Something within the question about a fact.
fn within(fact: &str, what: &str) -> String {
    ["#", &question_id(fact), what].concat()
}

/// The field for what stands at a place, else something of its question.
fn mistake(place: &Path) -> Vec<String> {
    let field = ["#", &element_id(place)].concat();
    let question = place.fact_id().map(|fact| {
        let id = question_id(fact);
        ["#", &id, " input, #", &id, " button"].concat()
    });
    [Some(field), question].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use crate::page::path::{DAY, End};

    use super::*;

    #[test]
    fn everything_that_takes_the_focus_has_a_selector() {
        let fact = || "ip".to_owned();
        let kind = || Path::fact("ip").entry(1).field("kind");
        let revenue = || Path::fact("revenue").year(2022);
        for (focus, wanted) in [
            (Focus::Heading, "[data-zice-heading]"),
            (Focus::Kept, "[data-zice-kept]|[data-zice-heading]"),
            (Focus::Halted, "#zice-halted"),
            (Focus::Moved, "#zice-moved"),
            (Focus::Question(fact()), "#zice-ip"),
            (Focus::FirstField(fact()), "#zice-ip input"),
            (Focus::Fields(fact()), "#zice-ip input,select"),
            (Focus::TakeBack(fact()), "#zice-ip [role=status] button"),
            (Focus::AddButton(fact()), "#zice-ip [data-zice-add]"),
            (Focus::PasteButton(fact()), "#zice-ip [data-zice-paste]"),
            (Focus::PasteField(fact()), "#zice-ip textarea"),
            (Focus::PastePanel(fact()), "#zice-ip .zice-paste button"),
            (Focus::Field(kind()), "#zice-ip-1-kind"),
            (Focus::Field(Path::fact("ratio")), "#zice-ratio-value"),
            (Focus::End(revenue(), End::Min), "#zice-revenue-2022-min"),
            (Focus::End(Path::fact("ratio"), End::Max), "#zice-ratio-value-max"),
            (Focus::Mistake(Path::member(DAY)), "#zice-as_of"),
            (Focus::Mistake(kind()), "#zice-ip-1-kind|#zice-ip input, #zice-ip button"),
            (Focus::NotStated(Path::fact("paper").field("date")), "#zice-paper-date-missing"),
            (
                Focus::Entry(Path::fact("ip").entry(1)),
                "#zice-ip-1-entry input, #zice-ip-1-entry select",
            ),
            (Focus::Row(Path::fact("ip").entry(1)), "#zice-ip-1-row button"),
            (Focus::Element("zice-x".to_owned()), "#zice-x"),
        ] {
            assert_eq!(selectors(&focus).join("|"), wanted);
        }
    }
}

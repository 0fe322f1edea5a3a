//! The ids of elements that ask for what stands in the company file, and show it.

use crate::page::path::Path;

/// The id of the element that asks for what stands at a place.
pub fn element_id(place: &Path) -> String {
    let fact = place.fact_id();
    let mut id = String::from("zice");
    let mut count = 0;
    for step in place.steps().skip(usize::from(fact.is_some())) {
        id.push('-');
        id.push_str(step);
        count += 1;
    }
    // A fact's own name is the id of its question.
    if count == 1 && fact.is_some() {
        id.push_str("-value");
    }
    id
}

/// The id of the element that holds the question about a fact.
pub fn question_id(fact: &str) -> String {
    ["zice-", fact].concat()
}

/// The id of the row that shows an entry of a list.
pub fn row_id(entry: &Path) -> String {
    [&element_id(entry), "-row"].concat()
}

/// The id of the element that holds the fields of an entry of a list.
pub fn entry_id(entry: &Path) -> String {
    [&element_id(entry), "-entry"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_an_element_of_its_own() {
        for (place, id) in [
            ("name", "zice-name"),
            ("facts.established_on", "zice-established_on-value"),
            ("facts.revenue.2022", "zice-revenue-2022"),
            ("facts.ip[0].kind", "zice-ip-0-kind"),
        ] {
            assert_eq!(element_id(&place.into()), id);
        }
    }
}

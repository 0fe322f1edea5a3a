//! Which policies are asked, and in which edition.

use zice_rules::{Date, Lang, Policy};

use crate::{error::Error, printable::printable};

/// The policies of one run, resolved except for the day of application.
#[derive(Debug)]
pub struct Selection<'a> {
    /// What was asked for, in that order: the editions to choose from, in
    /// rising order of their years. Never empty inside.
    requests: Vec<Vec<&'a Policy>>,
    /// Whether exactly one policy was named.
    pub single: bool,
}

impl<'a> Selection<'a> {
    /// Resolves what was typed: `id@edition`, or `id` for the edition of the
    /// day. Nothing typed asks every programme.
    pub fn new(policies: &'a [Policy], typed: &[String], lang: Lang) -> Result<Self, Error> {
        let mut requests = Vec::new();
        if typed.is_empty() {
            let mut ids: Vec<&str> = policies.iter().map(|policy| policy.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            requests.extend(ids.into_iter().map(|id| editions(policies, |policy| policy.id == id)));
        }
        for address in typed {
            let found = editions(policies, |policy| match address.split_once('@') {
                Some((id, edition)) => policy.id == id && policy.edition == edition,
                None => policy.id == *address,
            });
            if found.is_empty() {
                return Err(unknown(policies, address, lang));
            }
            requests.push(found);
        }
        Ok(Self { requests, single: typed.len() == 1 })
    }

    /// The policies for an application on this day: of every programme the
    /// newest edition whose year is not after it, else the oldest.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &'a Policy> {
        self.requests.iter().filter_map(move |editions| {
            let newest = editions.iter().rev().find(|policy| policy.window.year <= day.year());
            newest.or_else(|| editions.first()).copied()
        })
    }
}

/// The policies that fit, in rising order of their years.
fn editions(policies: &[Policy], fits: impl Fn(&Policy) -> bool) -> Vec<&Policy> {
    let mut found: Vec<&Policy> = policies.iter().filter(|policy| fits(policy)).collect();
    found.sort_by_key(|policy| (policy.window.year, policy.edition.as_str()));
    found
}

/// No such policy, and which there are.
pub fn unknown(policies: &[Policy], address: &str, lang: Lang) -> Error {
    let known: Vec<String> = policies.iter().map(Policy::address).collect();
    let (address, known) = (printable(address, 80), known.join(", "));
    Error::Input(match lang {
        Lang::Zh => format!("没有政策 {address}；现有：{known}"),
        Lang::En => format!("no policy {address}; there are: {known}"),
    })
}

#[cfg(test)]
mod tests {
    use zice_rules::{Date, Lang, Policy};

    use super::Selection;

    /// Some policy of the product under other addresses.
    fn policies(addresses: &[(&str, i32)]) -> Vec<Policy> {
        let library = crate::library::carried(Lang::Zh).expect("the carried policies are right");
        let model = library.policies.first().expect("a policy is carried");
        let with = |(id, year): &(&str, i32)| {
            let mut policy = model.clone();
            policy.id = (*id).to_owned();
            policy.edition = year.to_string();
            policy.window.year = *year;
            policy
        };
        addresses.iter().map(with).collect()
    }

    fn chosen(policies: &[Policy], typed: &[&str], day: &str) -> Vec<String> {
        let typed: Vec<String> = typed.iter().map(|&it| it.to_owned()).collect();
        let selection = Selection::new(policies, &typed, Lang::Zh).expect("known policies");
        let day = Date::parse(day).expect("a date");
        selection.on(day).map(Policy::address).collect()
    }

    #[test]
    fn without_an_edition_the_newest_that_is_not_after_the_day_counts() {
        let all = policies(&[("b", 2025), ("b", 2021), ("b", 2023)]);
        assert_eq!(chosen(&all, &["b"], "2024-12-31"), ["b@2023"]);
        assert_eq!(chosen(&all, &["b"], "2025-01-01"), ["b@2025"]);
        assert_eq!(chosen(&all, &["b"], "2099-01-01"), ["b@2025"]);
    }

    #[test]
    fn before_the_first_edition_the_oldest_counts() {
        let all = policies(&[("b", 2025), ("b", 2023)]);
        assert_eq!(chosen(&all, &["b"], "2019-01-01"), ["b@2023"]);
    }

    #[test]
    fn a_named_edition_counts_whatever_the_day() {
        let all = policies(&[("b", 2025), ("b", 2023)]);
        assert_eq!(chosen(&all, &["b@2025"], "2019-01-01"), ["b@2025"]);
    }

    #[test]
    fn nothing_named_asks_every_programme_in_one_edition_each() {
        let all = policies(&[("b", 2023), ("b", 2025), ("a", 2030)]);
        assert_eq!(chosen(&all, &[], "2024-06-01"), ["a@2030", "b@2023"]);
    }

    #[test]
    fn several_policies_answer_in_the_order_they_were_named() {
        let all = policies(&[("a", 2023), ("b", 2023)]);
        assert_eq!(chosen(&all, &["b", "a"], "2024-06-01"), ["b@2023", "a@2023"]);
    }

    #[test]
    fn an_unknown_programme_or_edition_is_named_beside_what_there_is() {
        let all = policies(&[("a", 2023), ("b", 2023)]);
        for typed in ["c", "a@2022", "a@", "@2023", ""] {
            let error = Selection::new(&all, &[typed.to_owned()], Lang::Zh).expect_err(typed);
            let text = format!("{error:?}");
            assert!(text.contains("a@2023, b@2023") && text.contains(typed), "{text}");
        }
    }
}

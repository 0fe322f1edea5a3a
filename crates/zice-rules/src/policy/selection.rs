//! Chooses the policies that a run assesses, and their editions.

use super::Policy;
use crate::{
    date::Date,
    sorted_list,
    text::{Lang, spelled_out},
};

/// Returns the position of the edition that applies on a day: the newest whose
/// year is not after the day's, else the oldest. `years` are those of the
/// editions and must rise. Returns `None` if there are none.
pub fn edition_on(years: impl IntoIterator<Item = i32>, day: Date) -> Option<usize> {
    let mut years = years.into_iter().enumerate();
    let (oldest, _) = years.next()?;
    let begun = years.take_while(|(_, year)| *year <= day.year());
    Some(begun.last().map_or(oldest, |(place, _)| place))
}

/// Anything that names an edition of a programme: a policy, or its line in a
/// list.
pub trait Edition {
    /// Returns the id of the programme, such as `tech-sme`.
    fn id(&self) -> &str;
    /// Returns the name of the edition, such as `2023`.
    fn edition(&self) -> &str;
    /// Returns the calendar year of its round.
    fn year(&self) -> i32;
}

impl Edition for Policy {
    fn id(&self) -> &str {
        &self.id
    }

    fn edition(&self) -> &str {
        &self.edition
    }

    fn year(&self) -> i32 {
        self.window.year
    }
}

/// The policies of one run. Only the day of application is still needed to
/// choose their editions.
#[derive(Debug)]
pub struct Selection<'a, E> {
    /// The requests in the order they were made: for each the editions to
    /// choose from, by rising year and never empty.
    requests: Vec<Vec<&'a E>>,
    /// Whether exactly one policy was requested.
    pub single: bool,
}

impl<'a, E: Edition> Selection<'a, E> {
    /// Looks up what was typed: `id@edition`, or `id` for the edition of the
    /// day. If nothing was typed, every programme is requested.
    ///
    /// # Errors
    /// Returns a message about the first request that matches no edition.
    pub fn new(editions: &'a [E], typed: &[String], lang: Lang) -> Result<Self, String> {
        let mut requests = Vec::new();
        if typed.is_empty() {
            let mut ids: Vec<&str> = Vec::new();
            for one in editions {
                sorted_list::insert(&mut ids, one.id());
            }
            requests.extend(ids.into_iter().map(|id| in_order(editions, |one| one.id() == id)));
        }
        for address in typed {
            let found = in_order(editions, |one| match address.split_once('@') {
                Some((id, edition)) => one.id() == id && one.edition() == edition,
                None => one.id() == *address,
            });
            if found.is_empty() {
                return Err(unknown(editions, address, lang));
            }
            requests.push(found);
        }
        Ok(Self { requests, single: typed.len() == 1 })
    }

    /// Returns the policies for an application on this day; see [`edition_on`].
    pub fn on(&self, day: Date) -> impl Iterator<Item = &'a E> {
        self.requests.iter().filter_map(move |editions| {
            let place = edition_on(editions.iter().map(|one| one.year()), day)?;
            editions.get(place).copied()
        })
    }
}

/// Returns the editions that fit, by rising year.
fn in_order<E: Edition>(editions: &[E], fits: impl Fn(&E) -> bool) -> Vec<&E> {
    let mut found: Vec<&E> = Vec::new();
    for one in editions.iter().filter(|one| fits(one)) {
        let key = (one.year(), one.edition());
        // Equal keys keep their order. The engine has no general sort.
        let place = found.iter().take_while(|it| (it.year(), it.edition()) <= key).count();
        found.insert(place, one);
    }
    found
}

/// Writes the message that there is no such policy, with a list of those there
/// are.
pub fn unknown<E: Edition>(editions: &[E], address: &str, lang: Lang) -> String {
    let known: Vec<String> =
        editions.iter().map(|one| format!("{}@{}", one.id(), one.edition())).collect();
    let (address, known) = (spelled_out(address, 80), known.join(", "));
    match lang {
        Lang::Zh => format!("没有政策 {address}；现有：{known}"),
        Lang::En => format!("no policy {address}; there are: {known}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Edition, Selection};
    use crate::{date::Date, text::Lang};

    struct Named(&'static str, String);

    impl Edition for Named {
        fn id(&self) -> &str {
            self.0
        }

        fn edition(&self) -> &str {
            &self.1
        }

        fn year(&self) -> i32 {
            self.1.parse().unwrap_or_default()
        }
    }

    fn policies(addresses: &[(&'static str, i32)]) -> Vec<Named> {
        addresses.iter().map(|(id, year)| Named(id, year.to_string())).collect()
    }

    fn chosen(policies: &[Named], typed: &[&str], day: &str) -> Vec<String> {
        let typed: Vec<String> = typed.iter().map(|&it| it.to_owned()).collect();
        let (Ok(selection), Some(day)) =
            (Selection::new(policies, &typed, Lang::Zh), Date::parse(day))
        else {
            return Vec::new();
        };
        selection.on(day).map(|one| format!("{}@{}", one.0, one.1)).collect()
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
            let text =
                Selection::new(&all, &[typed.to_owned()], Lang::Zh).err().unwrap_or_default();
            assert!(text.contains("a@2023, b@2023") && text.contains(typed), "{text}");
        }
    }
}

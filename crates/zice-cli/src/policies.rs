//! `zice policies`: lists the policies that can be asked.

use std::path::Path;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;
use zice_rules::{Date, Lang, Policy, policy::Window};

use crate::{Outcome, args::PoliciesArgs, error::Error, library, output::Output};

/// One policy in the JSON list.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    id: &'a str,
    edition: &'a str,
    title: &'a str,
    /// The calendar year of the application round.
    year: i32,
    opens: Option<Date>,
    closes: Option<Date>,
    digest: &'a str,
}

/// Runs `zice policies`.
pub fn run(args: &PoliciesArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let library = library::load(folder, lang)?;
    let mut output = Output::open();
    if args.json {
        let entries: Vec<Entry<'_>> = library
            .policies
            .iter()
            .map(|policy| Entry {
                id: &policy.id,
                edition: &policy.edition,
                title: policy.title.get(lang),
                year: policy.window.year,
                opens: policy.window.opens,
                closes: policy.window.closes,
                digest: &policy.digest,
            })
            .collect();
        output.json(&entries)?;
    } else {
        let rows: Vec<[String; 4]> =
            library.policies.iter().map(|policy| row(policy, lang)).collect();
        output.text(&table(&rows))?;
    }
    output.flush()?;
    Ok(Outcome::Done)
}

fn row(policy: &Policy, lang: Lang) -> [String; 4] {
    let title = policy.title.get(lang).to_owned();
    [policy.address(), title, window(&policy.window), policy.digest.clone()]
}

/// The first and last day for applications, as far as the sources give them.
fn window(window: &Window) -> String {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    match (window.opens, window.closes) {
        (None, None) => "—".to_owned(),
        (opens, closes) => format!("{}–{}", day(opens), day(closes)),
    }
}

/// Aligns columns; Chinese characters count as two cells.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use zice_rules::{Date, policy::Window};

    use super::{table, window};

    #[test]
    fn columns_stand_below_each_other_in_chinese_and_english() {
        let rows = [["科技".to_owned(), "x".to_owned()], ["abcdef".to_owned(), "y".to_owned()]];
        assert_eq!(table(&rows), "科技    x\nabcdef  y\n");
    }

    #[test]
    fn a_window_shows_the_ends_that_are_known() {
        let day = |text| Date::parse(text);
        let shown = |opens, closes| window(&Window { opens, closes, year: 2023 });
        assert_eq!(shown(None, None), "—");
        assert_eq!(shown(None, day("2023-09-15")), "–2023-09-15");
        assert_eq!(shown(day("2023-01-01"), day("2023-09-15")), "2023-01-01–2023-09-15");
    }
}

//! `zice diff`: tells in words what changed between two editions.

use std::path::Path;

use zice_policy::{Change, Difference, difference};
use zice_rules::{Lang, Policy, policy::unknown};

use crate::{Outcome, args::DiffArgs, error::Error, library, output::Output};

/// Runs `zice diff`.
pub fn run(args: &DiffArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let library = library::load(folder, lang)?;
    let find = |address: &String| -> Result<&Policy, Error> {
        let found = library.policy(address);
        found.ok_or_else(|| Error::Input(unknown(&library.policies, address, lang)))
    };
    let (first, second) = (find(&args.first)?, find(&args.second)?);
    if first.id != second.id {
        let (a, b) = (&first.id, &second.id);
        return Err(Error::Input(match lang {
            Lang::Zh => format!("{a} 和 {b} 不是同一个项目，不能比较版本"),
            Lang::En => format!("{a} and {b} are not editions of one programme"),
        }));
    }
    let found = difference(first, second, &library.dictionary, lang);
    let mut output = Output::open();
    let head = format!("{} → {}", first.address(), second.address());
    output.text(&match (lang, found.len()) {
        (Lang::Zh, 0) => format!("{head}：没有不同\n"),
        (Lang::En, 0) => format!("{head}: no difference\n"),
        (Lang::Zh, count) => format!("{head}：{count} 处不同\n"),
        (Lang::En, count) => format!("{head}: differences: {count}\n"),
    })?;
    for one in &found {
        output.text(&told(one, lang))?;
    }
    output.flush()?;
    Ok(Outcome::Done)
}

/// Renders a difference as lines of text.
fn told(one: &Difference, lang: Lang) -> String {
    let (mark, word) = match one.change {
        Change::Added => ("+", lang.pick("新增", "added")),
        Change::Removed => ("-", lang.pick("删去", "removed")),
        Change::Changed => ("~", lang.pick("改动", "changed")),
    };
    let id = if one.id.is_empty() { String::new() } else { format!(" ({})", one.id) };
    let colon = lang.pick("：", ": ");
    let mut text = format!("\n{mark} {word}{}{}{id}", lang.pick("", " "), one.section.get(lang));
    if !one.title.is_empty() {
        text.push_str(colon);
        text.push_str(&one.title);
    }
    text.push('\n');
    for detail in &one.details {
        let aspect = detail.aspect.get(lang);
        match one.change {
            Change::Changed => {
                let none = lang.pick("（无）", "(none)");
                let or_none =
                    |text: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
                text.push_str(&format!("    {aspect}{}\n", colon.trim_end()));
                text.push_str(&format!("      - {}\n", or_none(&detail.before)));
                text.push_str(&format!("      + {}\n", or_none(&detail.after)));
            }
            Change::Added => text.push_str(&format!("    {aspect}{colon}{}\n", detail.after)),
            Change::Removed => text.push_str(&format!("    {aspect}{colon}{}\n", detail.before)),
        }
    }
    text
}

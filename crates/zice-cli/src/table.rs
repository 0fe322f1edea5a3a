//! `zice table`: reads a saved table and writes what it says as facts of a
//! company file.

use std::path::Path;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use zice_rules::{Date, Lang, dictionary::Kind};
use zice_tables::{
    cell::Own,
    figure::Unit,
    rows,
    sheet::{self, Wanted},
    tidied,
};

use crate::{
    Outcome,
    args::{TableArgs, UnitArg},
    clock,
    error::Error,
    input::Input,
    library,
    output::Output,
};

/// Reads the table and writes `zice.table/1`.
pub fn run(args: &TableArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let dictionary = library::dictionary(folder, lang)?;
    if let Some(list) = &args.list
        && dictionary.fact(list).is_none_or(|fact| fact.kind != Kind::List)
    {
        let lists = dictionary.facts.iter().filter(|fact| fact.kind == Kind::List);
        let known: Vec<&str> = lists.map(|fact| fact.id.as_str()).collect();
        let what = lang.pick("没有这个清单，可选", "no such list; there are");
        return Err(Error::Input(format!("--list {list}: {what} {}", known.join(", "))));
    }
    let as_of: Date = args.as_of.map_or_else(|| clock::today(lang), Ok)?;
    let input = Input::open(&args.file, lang)?;
    let name = input.name.clone();
    let bytes = input.whole()?;
    let no_table = |what: &str| Error::Input(format!("{name}: {what}"));
    let text = decoded(&bytes).ok_or_else(|| {
        no_table(lang.pick(
            "不是文本表格（UTF-8、GB18030 或 UTF-16）；Excel 文件请另存为 CSV 或制表符分隔的文本",
            "no text table (UTF-8, GB18030 or UTF-16); save an Excel file as CSV or text first",
        ))
    })?;
    let rows = cells(&text);
    if rows.is_empty() {
        return Err(no_table(lang.pick("表格是空的", "the table is empty")));
    }
    let wanted =
        Wanted { list: args.list.as_deref(), figures: args.figures, year: as_of.year() - 1 };
    let unit = match args.unit {
        UnitArg::Yuan => Unit::Yuan,
        UnitArg::TenThousand => Unit::TenThousand,
    };
    let own = Own { name: args.name.as_deref().unwrap_or(""), unit, day: Some(as_of) };
    let sheet = sheet::read(rows, &dictionary, wanted, &own);
    let mut output = Output::open();
    output.json(&sheet.to_json())?;
    output.flush()?;
    Ok(Outcome::Done)
}

/// Decodes a file, whatever its encoding; `None` if it is not text.
fn decoded(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            UTF_16LE.decode_without_bom_handling_and_without_replacement(rest)?
        }
        [0xfe, 0xff, rest @ ..] => {
            UTF_16BE.decode_without_bom_handling_and_without_replacement(rest)?
        }
        _ if bytes.contains(&0) => {
            // UTF-16 without a byte order mark: ASCII characters have a zero
            // byte after them (little endian) or before them.
            let noughts =
                |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
            let encoding = if noughts(1) > noughts(0) { UTF_16LE } else { UTF_16BE };
            encoding.decode_without_bom_handling_and_without_replacement(bytes)?
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes)?,
        },
    };
    let binary =
        |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{1a}');
    (!text.contains(binary)).then(|| text.into_owned())
}

/// Splits a text into cells. A text with tabs is what spreadsheets copy or save
/// as text, and is split exactly as the page does. Any other text is CSV, split
/// by the `csv` crate: quotes inside a cell are doubled, and rows may differ in
/// length.
fn cells(text: &str) -> Vec<Vec<String>> {
    if text.contains('\t') {
        return rows(text);
    }
    let count =
        |separator: char| text.lines().take(50).filter(|line| line.contains(separator)).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records = reader.records().filter_map(Result::ok);
    tidied(records.map(|record| record.iter().map(str::to_owned).collect()).collect())
}

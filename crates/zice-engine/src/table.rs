//! Tables that were pasted, handed to `zice-tables` with the fact they are for.

use zice_rules::Dictionary;
use zice_tables::{
    figure::Unit,
    fill::{Fill, fill, keys, of_statement},
    list::{self, Reading},
    rows, unit,
};

use crate::protocol::{BlockReply, BlockRequest, ListRequest};

/// Reads a table as entries of a list.
pub fn read_list(dictionary: &Dictionary, request: &ListRequest<'_>) -> Reading {
    dictionary.facts.get(request.fact).map_or_else(Reading::default, |fact| {
        list::read(&request.text, fact, &request.context.own(), &request.said)
    })
}

/// Finds the ways to understand a block of figures. A unit that the user says goes
/// in place of the words of one that nobody knows; what else stands in that row, such as
/// whose figures they are and of which year, counts as before.
pub fn read_block(dictionary: &Dictionary, request: &BlockRequest<'_>) -> BlockReply {
    let mut rows = rows(&request.text);
    let odd = |row: &[String]| unit::of_row(row).filter(|it| it.name.is_none()).map(|it| it.text);
    let first = |rows: &[Vec<String>]| rows.iter().find_map(|row| odd(row));
    if let Some(words) = first(&rows).filter(|words| request.unit_said && !words.is_empty()) {
        let said = match request.context.unit {
            Unit::TenThousand => "万元",
            Unit::Yuan => "元",
        };
        for row in rows.iter_mut().filter(|row| odd(row).as_ref() == Some(&words)) {
            row.iter_mut().for_each(|cell| *cell = cell.replacen(&words, said, 1));
        }
    }
    let odd_unit = first(&rows);
    BlockReply { fills: fills(dictionary, request, rows), odd_unit }
}

fn fills(dictionary: &Dictionary, it: &BlockRequest<'_>, rows: Vec<Vec<String>>) -> Vec<Fill> {
    let Some(fact) = dictionary.facts.get(it.fact) else { return Vec::new() };
    let own = it.context.own();
    if fact.yearly && fact.sides.is_empty() {
        let said = of_statement(&rows, dictionary, it.fact, &it.years, it.base, &own);
        if let Some(fill) = said {
            return if fill.is_empty() { Vec::new() } else { vec![fill] };
        }
    }
    if it.named_only {
        return Vec::new();
    }
    let keys = keys(fact, &it.fields, &it.years);
    let start = keys.start(&it.cell);
    fill(rows, &keys, start, own.unit)
}

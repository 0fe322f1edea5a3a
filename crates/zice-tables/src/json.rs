//! What was read in a table, written as JSON and read back: the page gets it from
//! its engine, and sends what the user said of it.

use serde_json::Value;
use zice_rules::{
    json::{Read, Reader, at, named},
    read_members,
};

use crate::{
    cell::Cell,
    figure::Unit,
    fill::Filled,
    list::{Column, Question, Reading, Row, Said},
};

read_members! {
    Column {
        head, field, ignored, other, twice, odd_unit, asks, order, concerns;
        spellings, remarks, looks_like, granted,
    }
    Row { texts, cells, entry, ends, against, again, like, sum }
    Reading { columns, rows, above, count, marked, questions; unit }
    Filled { place, text, value, looks_like }
}

impl Read for Unit {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value.and_then(Value::as_str) {
            Some("Yuan") => Self::Yuan,
            Some("TenThousand") => Self::TenThousand,
            _ => reader.instead(Self::Yuan),
        }
    }
}

impl Read for Cell {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value.and_then(Value::as_str) {
            Some("Nothing") => return Self::Nothing,
            Some("Unclear") => return Self::Unclear,
            Some("Asks") => return Self::Asks,
            _ => {}
        }
        match named(value) {
            ("Is", Some(value)) => Self::Is(value.clone()),
            _ => reader.instead(Self::Unclear),
        }
    }
}

impl Read for Said {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let (name, inner) = named(value);
        let [first, second, third] = [0, 1, 2].map(|place| at(inner, place));
        match name {
            "Field" => Self::Field(Read::read(first, reader), Read::read(second, reader)),
            "Ignored" => Self::Ignored(Read::read(inner, reader)),
            "Open" => Self::Open(Read::read(inner, reader)),
            "Order" => Self::Order(Read::read(first, reader), Read::read(second, reader)),
            "Us" => Self::Us(Read::read(inner, reader)),
            "Unit" => Self::Unit(Read::read(inner, reader)),
            "All" => Self::All(Read::read(first, reader), Read::read(second, reader)),
            "Cell" => Self::Cell(
                Read::read(first, reader),
                Read::read(second, reader),
                Read::read(third, reader),
            ),
            _ => reader.instead(Self::Us(false)),
        }
    }
}

impl Read for Question {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let (name, inner) = named(value);
        let members = reader.members(inner);
        match name {
            "Owner" => Self::Owner {
                column: Read::member(members, "column", reader),
                name: Read::member(members, "name", reader),
            },
            "All" => Self::All { field: Read::member(members, "field", reader) },
            "Unit" => Self::Unit { text: Read::member(members, "text", reader) },
            "Days" => Self::Days { column: Read::member(members, "column", reader) },
            _ => reader.instead(Self::Unit { text: None }),
        }
    }
}

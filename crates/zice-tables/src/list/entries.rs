//! What is known of a whole list before its rows become entries: the words by
//! which texts speak of its fields, and what its titles say of all rows.

use serde_json::json;
use zice_rules::{
    dictionary::{Fact, Field, Kind},
    text::spelling,
};

use super::reading::{Reading, Row, Said};
use crate::{
    cell::{Cell, Own, Reader},
    mention::Mentions,
    words,
};

/// How rows of a list become entries.
pub struct Entries<'a> {
    pub(super) fact: &'a Fact,
    pub(crate) own: Own<'a>,
    pub(super) said: &'a [Said],
    /// The kind that heads and titles name for all rows.
    pub(crate) kind: Option<&'a str>,
    /// By field, the words by which texts speak of it.
    pub(super) mentions: Vec<Mentions<'a>>,
    /// What titles say of all rows beyond that.
    pub(super) titled: Remarks,
}

/// What words around rows say of them: 已失效专利, 受让专利, 与高校共有专利.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// Fields that may be otherwise than their defaults.
    pub(super) about: Vec<usize>,
    /// Those of which nothing else is said: a cell that says the default is in
    /// doubt too.
    pub(super) against: Vec<usize>,
}

impl Remarks {
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.about.extend(&other.about);
        self.against.extend(&other.against);
        self
    }

    /// Whether they are about this field.
    pub fn is_about(&self, field: Option<usize>) -> bool {
        field.is_some_and(|field| self.about.contains(&field))
    }
}

impl<'a> Entries<'a> {
    /// For a table with these titles and heads.
    pub fn of(
        fact: &'a Fact,
        own: &Own<'a>,
        titles: &[&str],
        heads: &[&str],
        said: &'a [Said],
    ) -> Self {
        let kind = fact.fields.iter().find(|field| field.id == "kind");
        let kind = kind.and_then(|kind| kind_of(kind, &[titles, heads].concat()));
        let mentions = fact.fields.iter().map(|field| Mentions::of(field, own)).collect();
        let mut entries =
            Self { fact, own: *own, said, kind, mentions, titled: Remarks::default() };
        let said = titles.iter().map(|title| entries.remarks(title));
        entries.titled = said.fold(Remarks::default(), |sum, one| sum.and(&one));
        let others = names_others(titles, own.name)
            || entries.field("owner").is_some_and(|(_, owner)| {
                titles.iter().any(|title| is_of_other(owner, title, own))
            });
        if let Some((owner, _)) = entries.field("owner").filter(|_| others) {
            entries.titled.about.push(owner);
            entries.titled.against.push(owner);
        }
        entries
    }

    /// What a title, a line between rows or a note says of rows: it holds a word
    /// for a right that is over or not granted yet, that came from others, that
    /// others have a part in. The company's own name says nothing.
    pub(crate) fn remarks(&self, text: &str) -> Remarks {
        let (mut spelled, name) = (spelling(text), spelling(self.own.name));
        if !name.is_empty() {
            spelled = spelled.replace(&name, "");
        }
        let mut remarks = Remarks::default();
        for (at, mentions) in self.mentions.iter().enumerate() {
            let Some(default) = mentions.default() else { continue };
            if mentions.names_other(&spelled, default) {
                remarks.about.push(at);
                // 授权专利和失效专利 speaks of both.
                if !mentions.names_it(&spelled, default) {
                    remarks.against.push(at);
                }
            }
        }
        remarks
    }

    pub(crate) fn field(&self, id: &str) -> Option<(usize, &'a Field)> {
        self.fact.fields.iter().enumerate().find(|(_, field)| field.id == id)
    }

    /// What is said in cells that were not understood, and in brackets behind a
    /// name or number: 一种涂料（已转让）.
    pub(crate) fn remarks_in_cells(&self, reading: &Reading, row: &Row) -> Vec<(usize, String)> {
        let mut remarks = Vec::new();
        for (at, column, text) in reading.filled(row) {
            let field = column.field.and_then(|field| self.fact.fields.get(field));
            let Some(field) = field else { continue };
            if field.kind == Kind::Text {
                let closed = text.trim_end().strip_suffix(['）', ')']);
                let open = closed.and_then(|it| it.rsplit_once(['（', '(']));
                remarks.extend(open.map(|(_, remark)| (at, spelling(remark))));
            } else if matches!(row.cells.get(at), Some(Cell::Unclear)) {
                remarks.push((at, spelling(text)));
            }
        }
        remarks
    }

    /// The cells that hold the right's own number: not that of a right it is
    /// related to, nor one whose priority it claims.
    pub(crate) fn numbers<'r>(&self, reading: &Reading, row: &'r Row) -> Vec<&'r str> {
        let number = self.field("number").map(|(at, _)| at);
        let columns = reading.columns.iter().zip(&row.texts);
        let own = columns.filter(|(column, _)| {
            let head = column.spellings.first().map_or("", String::as_str);
            let another = words::OTHERS_NUMBER.iter().any(|word| head.contains(word));
            !another
                && (column.field.is_some() && column.field == number
                    || words::OWN_NUMBER.iter().any(|word| head.contains(word))
                    || head.is_empty())
        });
        own.map(|(_, text)| text.as_str()).collect()
    }

    /// What the user said to the table.
    pub(crate) const fn said(&self) -> &[Said] {
        self.said
    }
}

/// Whether a title names as the owner somebody who is not the company: 权利人：张三.
fn is_of_other(owner: &Field, title: &str, own: &Own<'_>) -> bool {
    let Some((label, named)) = title.split_once([':', '：']) else { return false };
    let (label, named) = (spelling(label), named.trim());
    let company = owner.default.as_deref().map(|it| json!(it));
    let said = Reader::new(owner, "", own).read(named);
    let own = matches!(said, Cell::Is(value) if Some(&value) == company.as_ref());
    !named.is_empty() && owner.names().contains(&label) && !own
}

/// Whether titles name a company or institute that is not the one whose name is
/// known.
fn names_others(titles: &[&str], name: &str) -> bool {
    let name = spelling(name);
    let others = |title: &&str| {
        let title = spelling(title).replace(&name, "");
        words::OTHERS.iter().any(|word| title.contains(word))
    };
    !name.is_empty() && titles.iter().any(others)
}

/// The one kind that titles and heads name: 软件著作权登记号. A title that
/// names other things beside it (专利和软件著作权) names none.
fn kind_of<'a>(field: &'a Field, titles: &[&str]) -> Option<&'a str> {
    let mut found = None;
    for title in titles {
        let spelled = spelling(title);
        let mut best: Option<(String, &str)> = None;
        for choice in &field.values {
            for name in choice.names().into_iter().filter(|name| name.chars().count() > 2) {
                let longer = best.as_ref().is_none_or(|(other, _)| name.len() > other.len());
                if longer && spelled.contains(&name) && !name.is_ascii() {
                    best = Some((name, choice.id.as_str()));
                }
            }
        }
        let Some((name, id)) = best else { continue };
        let rest = spelled.replacen(&name, "", 1);
        let others = [
            "产品",
            "专利",
            "知识产权",
            "著作权",
            "商标",
            "新型",
            "外观",
            "发明",
            "和",
            "与",
            "及",
        ];
        if others.iter().any(|word| rest.contains(word)) {
            return None;
        }
        if found.is_some_and(|other| other != id) {
            return None;
        }
        found = Some(id);
    }
    found
}

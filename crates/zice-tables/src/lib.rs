//! Tables as companies have them, read as facts of a company file: lists of
//! rights as data bases write them, statements as accounting programs print
//! them, forms with a label beside every figure.
//!
//! Pure: no clock, no I/O, no web. The text comes in, and what else has to be
//! known: the company's name, what amounts are in, the year that is asked.
//!
//! # What must hold
//!
//! Nothing that stands in a table and was not understood makes a company look
//! better than its table says. Hence:
//!
//! - A cell that was not understood is `null` in its entry, which is unknown
//!   and takes no default. So is an empty cell in a column that is there; only
//!   a text may just be missing.
//! - A column that was not recognised may be about any field that has no
//!   column of its own; such fields are `null` in every row. It is about none
//!   where it is certainly something else: its head is among
//!   [known other heads](words), or everything in it is empty, numbers, numbers
//!   of rights or names of products. A column of days is only about days, one
//!   in which every cell can be read as some fields only about those.
//! - Where something else in the table speaks against what a column says
//!   (实际权利人 beside 专利权人, 系受让取得 in a remark, a section 已失效专利), the field
//!   is `null`, unless the worse is what its own column says.
//! - One right in several rows is one entry, by any of its numbers; what the rows
//!   do not agree on is `null`. Rows of one name that no number tells apart count
//!   once.
//! - The day of an announcement is that of a grant only where it can be no other.
//! - `status` takes no default. Without a column for it, a grant day or the
//!   number of a granted right says that there is a right; of several statuses
//!   the worse counts.
//! - Who owns a right is compared with the company's name; nobody else is
//!   known, neither as a shareholder nor as a stranger.
//! - An amount is taken in the unit that its line, its column or the table
//!   names. A unit that is there and not known takes none.
//! - A figure belongs to a fiscal year that its head, the date of the statement
//!   or the year before the application says; a month or a plan is no year.
//! - What would be asked of somebody who types is asked of somebody who pastes:
//!   there is one reader of figures and days ([`figure`]).
//!
//! # What to use
//!
//! - [`rows`] parts a text of the clipboard into rows and cells, [`tidied`]
//!   takes rows that somebody else has parted.
//! - [`list::read`] reads a list of one fact: a [`list::Reading`] has its
//!   columns, rows and cells ([`cell::Cell`]: `Nothing`, `Is`, `Unclear`,
//!   `Asks`), the entries that come of it, and [`list::Question`]s that are
//!   asked once for the whole table: whether the owner that most rows name is
//!   the company, the kind of all rows, the unit, how days are read. What the
//!   user says goes back in as [`list::Said`], all of it each time, the last
//!   word counting; a single cell may be answered too (`Said::Cell`).
//! - [`statement::read`] finds figures of many facts in a statement or form.
//!   Each [`statement::Found`] has its place and value, or no value where it
//!   has to be asked; `asks` marks look-alikes.
//! - [`fill::fill`] offers ways to take a block of figures for one fact that
//!   has no heads.
//! - [`sheet::read`] does all of it for a file and writes `zice.table/1`.
//!
//! What facts, fields and choices are called stands in the dictionary. Words
//! of the language (yes, no, 合计) are [`words`], signs of offices [`right`].

#![cfg_attr(
    test,
    allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)
)]

mod audit;
pub mod cell;
mod day;
pub mod figure;
pub mod fill;
mod json;
pub mod label;
pub mod list;
mod mention;
pub mod owner;
pub mod period;
pub mod right;
mod rows;
pub mod sheet;
mod signs;
pub mod statement;
pub mod unit;
pub mod words;

pub use rows::{rows, tidied};

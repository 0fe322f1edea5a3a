//! The engine of Zice 申报自测: decides whether a company passes a public
//! programme, as far as its answers tell.
//!
//! A company file is read against the fact [`dictionary`], a [`policy`] is
//! linked to the same dictionary, and [`assess()`] brings the two together:
//!
//! ```text
//! company file → Company ┐
//!                        ├→ Assessment
//! policy JSON  → Policy  ┘
//! ```
//!
//! Policies and dictionary are JSON that the crate `zice-policy` compiles from
//! the files of the authors. The policy of this example asks for R&D expenses
//! of at least 6 % of revenue:
//!
//! ```
//! use zice_rules::{Company, Date, Dictionary, Error, Policy, Verdict, assess};
//!
//! # const FACTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/facts.json"));
//! # const POLICY: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/policy.json"));
//! let dictionary = Dictionary::from_json(FACTS)?;
//! let policy = Policy::from_json(POLICY, &dictionary)?;
//! let day = Date::parse("2031-06-01").unwrap();
//!
//! // Only the revenue is known: what is worth asking next?
//! let file = r#"{ "schema": "zice.company/1", "facts": { "revenue": { "2030": 4700000 } } }"#;
//! let (company, problems) = Company::from_json(file, &dictionary, day)?;
//! assert!(problems.is_empty());
//! let assessment = assess(&policy, &company)?;
//! assert_eq!(assessment.verdict(), Verdict::Undecided);
//! let next = assessment.questions()?[0].fact;
//! assert_eq!(dictionary.facts[next].id, "rd_expense");
//!
//! // Figures are exact: 6 % is at least 6 %.
//! let file = r#"{ "schema": "zice.company/1",
//!     "facts": { "revenue": { "2030": 4700000 }, "rd_expense": { "2030": 282000 } } }"#;
//! let (company, _) = Company::from_json(file, &dictionary, day)?;
//! assert_eq!(assess(&policy, &company)?.verdict(), Verdict::Met);
//! # Ok::<(), Error>(())
//! ```
//!
//! A [`Batch`] assesses many companies; the crate `zice-report` puts an
//! assessment into words.
//!
//! # Features
//!
//! The first two are on by default.
//!
//! - `arbitrary_precision`: numbers in JSON keep the decimal text they were
//!   written with. Without this feature the JSON parser rounds a number with
//!   decimals, so the engine refuses it; write it as text instead (`"0.1"`).
//! - `serde`: policies and dictionaries can be written, and dictionaries can be
//!   read from formats other than JSON. The compiler of policies needs this.
//! - `schema`: types that occur in reports implement `schemars::JsonSchema`.
//!
//! # Invariants
//!
//! - Pure: no clock, no I/O, no web. The caller passes in the day of
//!   application.
//! - Exact: every number is a [`fraction::Fraction`]; no binary float exists.
//! - Unknown is not no: see [`range`], [`truth`] and [`points`].
//! - No policy in the code: no limit, date, clause or rule text of any
//!   programme.
//! - No panic on any input: what cannot be done is an [`Error`] or a
//!   [`company::Problem`].

// A text for people never shows Rust's own way of writing a value.
#![cfg_attr(not(test), deny(clippy::use_debug))]

pub mod assess;
pub mod batch;
pub mod company;
pub mod dictionary;
mod digits;
pub mod doubt;
mod error;
pub mod formula;
mod interview;
pub mod json;
pub mod missing;
pub mod moment;
pub mod parse;
pub mod place;
pub mod policy;
pub mod program;
mod sorted_list;
pub mod text;
mod unit;

pub use zice_exact::{date, decimal, fraction, points, range, truth};

pub use assess::{Assessment, Status, Verdict, assess};
pub use batch::Batch;
pub use company::Company;
pub use date::Date;
pub use dictionary::{Dictionary, Names, names};
pub use error::Error;
pub use policy::Policy;
pub use text::{Lang, Noun, Text};

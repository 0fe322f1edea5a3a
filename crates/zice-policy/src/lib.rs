//! Reads, checks and compiles the policy files of Zice.
//!
//! Authors write TOML in the words of the notice (`policies/`). This crate
//! turns a folder of them into [`Policy`](zice_rules::Policy)s that the engine
//! loads, reports mistakes by file, line and column, runs the golden cases that
//! lie beside each policy, and writes the JSON the browser loads. The command
//! line and the build use it; the wasm program does not contain it.

pub mod bundle;
mod check;
mod company_schema;
mod company_types;
mod compile;
mod difference;
mod doubt;
mod edition;
mod error;
mod exact_json;
mod formula;
mod golden_case;
mod library;
mod limit;
mod lint;
mod lower;
mod mutate;
mod open_points;
mod policy_file;
mod report_schema;
mod report_types;
pub mod tree;
mod wording;

pub use check::Check;
pub use company_schema::company_schema;
pub use company_types::company_types;
pub use difference::{Bilingual, Change, Detail, Difference, difference};
pub use error::{Diagnostic, Error, SourceFile};
pub use library::Library;
pub use mutate::{Mutation, MutationLock};
pub use open_points::open_points;
pub use report_schema::report_schema;
pub use report_types::report_types;

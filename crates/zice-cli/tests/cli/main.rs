//! Tests the built `zice` the way people and scripts use it.

mod advise;
mod assess;
mod books;
mod brief;
mod check;
mod companies;
mod diff;
mod hostile;
mod invented;
mod jsonl;
mod policies;
mod programmes;
mod refusals;
mod run;
mod table;

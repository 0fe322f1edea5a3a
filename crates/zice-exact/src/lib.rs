//! Exact numbers that may be unknown, and programs that compute with them.
//!
//! This crate knows nothing of companies, policies or texts. It provides the
//! five kinds of value that an assessment is made of, and the [`program`] that
//! computes with them:
//!
//! - [`fraction::Fraction`]: an exact number; no binary float exists here.
//! - [`range::Range`]: every value a quantity can still take.
//! - [`truth::Truth`]: yes, no, or not known yet.
//! - [`points::PointSet`]: the points that are still possible.
//! - [`date::Date`]: a calendar day; it counts days, so days compare like
//!   numbers.
//!
//! ```
//! use zice_exact::{fraction::Fraction, range::Range, truth::Truth};
//!
//! let rd = Range::exact(Fraction::whole(282_000));
//! let revenue = Range::exact(Fraction::whole(4_700_000));
//! let limit = Range::exact(Fraction::new(6, 100).unwrap());
//! assert_eq!(rd.div(&revenue).unwrap().at_least(&limit), Truth::True);
//! // Revenue was not given: it lies anywhere from zero upwards.
//! let unknown = Range::between(Some(Fraction::ZERO), None);
//! assert_eq!(rd.div(&unknown).unwrap().at_least(&limit), Truth::Unknown);
//! ```

pub mod date;
pub mod decimal;
pub mod fraction;
pub mod points;
pub mod program;
pub mod range;
pub mod truth;

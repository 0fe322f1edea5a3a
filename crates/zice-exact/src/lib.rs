//! Exact figures that may be unknown, and programs over them.
//!
//! This crate knows nothing of companies, policies or texts. It has the five
//! kinds of value that an assessment is made of, and the [`program`] that
//! works on them:
//!
//! - [`fraction::Fraction`]: an exact number; no binary float exists here.
//! - [`range::Range`]: every value a quantity can still take.
//! - [`truth::Truth`]: yes, no, or not known yet.
//! - [`points::PointSet`]: the points that are still possible.
//! - [`date::Date`]: a day, counted so that days compare like numbers.
//!
//! ```
//! use zice_exact::{fraction::Fraction, range::Range, truth::Truth};
//!
//! let rd = Range::exact(Fraction::whole(282_000));
//! let revenue = Range::exact(Fraction::whole(4_700_000));
//! let limit = Range::exact(Fraction::new(6, 100).unwrap());
//! assert_eq!(rd.div(&revenue).unwrap().at_least(&limit), Truth::True);
//! // Nothing said about revenue: from nought to no end.
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

//! Indices into the tables of a policy. Each table has a type of its own, so
//! that no index is used with the wrong table.

#[cfg(feature = "serde")]
use serde::Serialize;
use serde_json::Value;

use crate::json::{Read, Reader, whole};

macro_rules! places {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(Serialize))]
        #[cfg_attr(feature = "serde", serde(transparent))]
        pub struct $name(u16);

        impl $name {
            /// Makes an index. Linking the policy checks that it exists in its
            /// table.
            pub const fn new(place: u16) -> Self {
                Self(place)
            }

            /// Returns the index as a number.
            pub const fn place(self) -> usize {
                self.0 as usize
            }
        }

        impl Read for $name {
            fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
                Self::new(whole(value, reader))
            }
        }
    )*};
}

places! {
    /// Index of a condition in [`Formulas`](crate::formula::Formulas).
    ConditionAt
    /// Index of a number in [`Formulas`](crate::formula::Formulas).
    NumberAt
    /// Index of a fact in [`Tables::facts`](crate::program::Tables::facts).
    FactAt
    /// Index of a field in [`Tables::fields`](crate::program::Tables::fields).
    FieldAt
    /// Index of a set of choices in
    /// [`Tables::choices`](crate::program::Tables::choices).
    ChoicesAt
    /// Index of a criterion in
    /// [`Policy::criteria`](crate::policy::Policy::criteria).
    CriterionAt
    /// Index of a paper to prepare in
    /// [`Policy::papers`](crate::policy::Policy::papers).
    PaperAt
    /// Index of a cited source in
    /// [`Policy::sources`](crate::policy::Policy::sources).
    SourceAt
}

//! Indices into the tables of a policy. Each table has a type of its own, so
//! that no index is used with the wrong table.

#[cfg(feature = "serde")]
use serde::Serialize;

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
    )*};
}

places! {
    /// Index of a condition in [`Formulas`](crate::formula::Formulas).
    ConditionAt
    /// Index of a number in [`Formulas`](crate::formula::Formulas).
    NumberAt
    /// Index of a fact in [`Tables::facts`](crate::policy::Tables::facts).
    FactAt
    /// Index of a field in [`Tables::fields`](crate::policy::Tables::fields).
    FieldAt
    /// Index of a set of choices in
    /// [`Tables::choices`](crate::policy::Tables::choices).
    ChoicesAt
    /// Index of a criterion in
    /// [`Policy::criteria`](crate::policy::Policy::criteria).
    CriterionAt
    /// Index of a document to prepare in
    /// [`Policy::evidence`](crate::policy::Policy::evidence).
    PaperAt
    /// Index of a cited source in
    /// [`Policy::sources`](crate::policy::Policy::sources).
    SourceAt
}

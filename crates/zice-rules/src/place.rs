//! Places in the tables of a policy, a type each, so that none is taken for
//! another.

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
            /// A place. That something of this kind stands there is checked
            /// when the policy is linked.
            pub const fn new(place: u16) -> Self {
                Self(place)
            }

            /// The place in its table.
            pub const fn place(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

places! {
    /// The place of a condition in [`Formulas`](crate::formula::Formulas).
    ConditionAt
    /// The place of a number in [`Formulas`](crate::formula::Formulas).
    NumberAt
    /// The place of a fact in [`Tables::facts`](crate::policy::Tables::facts).
    FactAt
    /// The place of a field in [`Tables::fields`](crate::policy::Tables::fields).
    FieldAt
    /// The place of a set of choices in
    /// [`Tables::choices`](crate::policy::Tables::choices).
    ChoicesAt
    /// The place of a criterion in
    /// [`Policy::criteria`](crate::policy::Policy::criteria).
    CriterionAt
    /// The place of a paper in [`Policy::evidence`](crate::policy::Policy::evidence).
    PaperAt
    /// The place of a document in [`Policy::sources`](crate::policy::Policy::sources).
    SourceAt
}

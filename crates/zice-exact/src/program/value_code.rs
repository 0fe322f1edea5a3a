//! How values are written in the text of a program: whole numbers, indices,
//! fractions, texts and lists of them, and the macros for enums and structs.

use super::{
    code::{Code, Reader, Writer},
    node::{ColumnId, ListId, MaskId, MaskNode, NumberId, OutcomeId, TruthId},
};
use crate::fraction::Fraction;

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl Code for $type {
            fn write(&self, to: &mut Writer) {
                to.number(self);
            }

            #[inline]
            fn read(from: &mut Reader<'_>) -> Self {
                from.whole()
            }
        }
    )*};
}

whole! { u8 i8 u16 }

/// A condition on the entries of a list; the list is written first.
impl Code for (ListId, MaskNode) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        (Code::read(from), Code::read(from))
    }
}

macro_rules! index {
    ($($name:ident $table:ident)*) => {$(
        impl Code for $name {
            fn write(&self, to: &mut Writer) {
                let back = to.cursors.$table.back(self.0);
                to.number(back);
            }

            #[inline]
            fn read(from: &mut Reader<'_>) -> Self {
                Self(from.index(|cursors| &mut cursors.$table))
            }
        }
    )*};
}

index! {
    TruthId truths
    NumberId numbers
    MaskId masks
    ColumnId columns
    OutcomeId outcomes
    ListId lists
}

impl Code for bool {
    fn write(&self, to: &mut Writer) {
        to.letter(if *self { b'y' } else { b'n' });
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        let yes = from.takes(b'y');
        if !yes && !from.takes(b'n') {
            from.mistake();
        }
        yes
    }
}

impl Code for Fraction {
    fn write(&self, to: &mut Writer) {
        to.number(self.to_ratio_text());
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        Self::parse(from.figure()).unwrap_or_else(|| {
            from.mistake();
            Self::ZERO
        })
    }
}

/// A string of digits, such as the code of a region. Other text cannot be read
/// back.
impl Code for String {
    fn write(&self, to: &mut Writer) {
        to.number(self);
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        from.figure().to_owned()
    }
}

impl<T: Code> Code for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            Some(it) => it.write(to),
            None => to.letter(b'_'),
        }
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        if from.takes(b'_') { None } else { Some(T::read(from)) }
    }
}

/// A pair; two equal values are written once.
impl<T: Code + Clone + PartialEq> Code for [T; 2] {
    fn write(&self, to: &mut Writer) {
        let [first, second] = self;
        first.write(to);
        if first != second {
            to.letter(b':');
            second.write(to);
        }
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        let first = T::read(from);
        let second = if from.takes(b':') { T::read(from) } else { first.clone() };
        [first, second]
    }
}

impl<T: Code> Code for Vec<T> {
    fn write(&self, to: &mut Writer) {
        self.iter().for_each(|it| it.write(to));
        to.letter(b';');
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        let mut all = Self::new();
        while from.is_sound() && !from.takes(b';') {
            all.push(T::read(from));
        }
        all
    }
}

impl<T: Code + Clone> Code for Box<[T]> {
    fn write(&self, to: &mut Writer) {
        self.to_vec().write(to);
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        Vec::read(from).into_boxed_slice()
    }
}

/// Implements [`Code`](crate::program::Code) for enums: each variant is written
/// as its letter and its fields. The first variant stands in for what cannot be
/// read.
///
/// It is exported so that crates with tables of their own write them the same
/// way.
#[macro_export]
macro_rules! letters {
    ($($type:ident {
        $first:literal $instead:ident $(($($inner:ident),*))?
        $(, $letter:literal $variant:ident $(($($part:ident),*))?)* $(,)?
    })*) => {$(
        impl $crate::program::Code for $type {
            fn write(&self, to: &mut $crate::program::Writer) {
                match self {
                    Self::$instead $(($($inner),*))? => {
                        to.letter($first);
                        $($($inner.write(to);)*)?
                    }
                    $(Self::$variant $(($($part),*))? => {
                        to.letter($letter);
                        $($($part.write(to);)*)?
                    })*
                }
            }

            #[inline]
            fn read(from: &mut $crate::program::Reader<'_>) -> Self {
                let letter = from.letter();
                match letter {
                    $($letter => {
                        $($(let $part = $crate::program::Code::read(from);)*)?
                        Self::$variant $(($($part),*))?
                    })*
                    _ => {
                        if letter != $first {
                            from.mistake();
                        }
                        $($(let $inner = $crate::program::Code::read(from);)*)?
                        Self::$instead $(($($inner),*))?
                    }
                }
            }
        }
    )*};
}

/// Implements [`Code`](crate::program::Code) for structs: members are written
/// in the order given.
#[macro_export]
macro_rules! members {
    ($($type:ident { $($member:ident),* $(,)? })*) => {$(
        impl $crate::program::Code for $type {
            fn write(&self, to: &mut $crate::program::Writer) {
                $(self.$member.write(to);)*
            }

            #[inline]
            fn read(from: &mut $crate::program::Reader<'_>) -> Self {
                $(let $member = $crate::program::Code::read(from);)*
                Self { $($member),* }
            }
        }
    )*};
}

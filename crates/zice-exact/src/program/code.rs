//! Programs as text: what the compiler of policies writes, and a policy is
//! linked with.
//!
//! A letter says what follows, and numbers follow it: `>3 4` is "number 3 is
//! above number 4". Two numbers are kept apart by a space, everything else
//! stands close together. What a letter means depends on where it stands; the
//! tables are in [`super::node`] beside the nodes.
//!
//! A text is checked while it is read: an index names a node that came before,
//! so whatever could be read can be evaluated in one pass. Reading is done once
//! a policy: it is kept small (`inline(never)`) rather than fast.

use core::fmt::Display;

use super::node::{ColumnId, ListId, MaskId, NumberId, OutcomeId, TruthId};
use crate::fraction::Fraction;

/// Writes the text of a program.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a letter.
    pub fn letter(&mut self, letter: u8) {
        self.text.push(char::from(letter));
    }

    /// Writes a number, apart from the one before it.
    pub fn number(&mut self, number: impl Display) {
        let number = number.to_string();
        let digit = |end: Option<u8>| end.is_some_and(|it| it.is_ascii_digit());
        if digit(self.text.bytes().last()) && digit(number.bytes().next()) {
            self.text.push(' ');
        }
        self.text.push_str(&number);
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Reads the text of a program.
///
/// Reading goes on after a mistake, with something in place of what is wrong;
/// [`Reader::is_sound`] says in the end whether there was one.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a str,
    sound: bool,
    /// How many nodes of each table there are so far.
    pub(super) known: Known,
}

/// How many nodes of each table were read.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub truths: usize,
    pub numbers: usize,
    pub masks: usize,
    pub columns: usize,
    pub outcomes: usize,
    pub lists: usize,
}

impl<'a> Reader<'a> {
    /// Begins at the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, sound: true, known: Known::default() }
    }

    /// Whether everything could be read so far.
    pub const fn is_sound(&self) -> bool {
        self.sound
    }

    /// Whether nothing is left.
    pub const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Something was wrong.
    pub const fn mistake(&mut self) {
        self.sound = false;
    }

    /// The next letter; a full stop where the text ends.
    #[inline(never)]
    pub fn letter(&mut self) -> u8 {
        let letter = self.rest.bytes().next().unwrap_or(b'.');
        self.rest = self.rest.get(1..).unwrap_or("");
        letter
    }

    /// Takes a letter if it comes next.
    #[inline(never)]
    pub fn takes(&mut self, letter: u8) -> bool {
        let rest = self.rest.strip_prefix(char::from(letter));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The digits, sign and stroke that come next.
    pub fn figure(&mut self) -> &'a str {
        let rest = self.rest.strip_prefix(' ').unwrap_or(self.rest);
        let part = |(at, byte): (usize, u8)| match byte {
            b'0'..=b'9' | b'/' => true,
            b'-' => at == 0,
            _ => false,
        };
        let end = rest.bytes().enumerate().position(|it| !part(it)).unwrap_or(rest.len());
        let (figure, rest) = rest.split_at_checked(end).unwrap_or(("", ""));
        self.rest = rest;
        figure
    }

    /// A whole number.
    #[inline(never)]
    fn integer(&mut self) -> i32 {
        self.figure().parse().unwrap_or_else(|_| {
            self.mistake();
            0
        })
    }

    /// A whole number that fits.
    fn whole<T: TryFrom<i32> + Default>(&mut self) -> T {
        T::try_from(self.integer()).unwrap_or_else(|_| {
            self.mistake();
            T::default()
        })
    }

    /// An index of which there are so many.
    #[inline(never)]
    fn index(&mut self, length: usize) -> u16 {
        let at = self.whole::<u16>();
        self.sound &= usize::from(at) < length;
        at
    }
}

/// What can be part of the text of a program.
pub trait Code: Sized {
    /// Writes it.
    fn write(&self, to: &mut Writer);
    /// Reads what [`Code::write`] wrote.
    fn read(from: &mut Reader<'_>) -> Self;
}

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl Code for $type {
            fn write(&self, to: &mut Writer) {
                to.number(self);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                from.whole()
            }
        }
    )*};
}

whole! { u8 i8 u16 }

/// A condition of the entries of a list, after its list.
impl Code for (ListId, super::node::MaskNode) {
    fn write(&self, to: &mut Writer) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        (Code::read(from), Code::read(from))
    }
}

macro_rules! index {
    ($($name:ident $table:ident)*) => {$(
        impl Code for $name {
            fn write(&self, to: &mut Writer) {
                to.number(self.0);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self(from.index(from.known.$table))
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

    fn read(from: &mut Reader<'_>) -> Self {
        Self::parse(from.figure()).unwrap_or_else(|| {
            from.mistake();
            Self::ZERO
        })
    }
}

/// Digits, such as the code of a region.
impl Code for String {
    fn write(&self, to: &mut Writer) {
        to.number(self);
    }

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

    fn read(from: &mut Reader<'_>) -> Self {
        if from.takes(b'_') { None } else { Some(T::read(from)) }
    }
}

/// A pair of equals is written once.
impl<T: Code + Clone + PartialEq> Code for [T; 2] {
    fn write(&self, to: &mut Writer) {
        let [first, second] = self;
        first.write(to);
        if first != second {
            to.letter(b':');
            second.write(to);
        }
    }

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

    fn read(from: &mut Reader<'_>) -> Self {
        Vec::read(from).into_boxed_slice()
    }
}

/// Variants by their letters; the first stands in for what can't be read.
///
/// Public so that crates which add tables of their own write them the same way.
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

/// Structs member by member.
#[macro_export]
macro_rules! members {
    ($($type:ident { $($member:ident),* $(,)? })*) => {$(
        impl $crate::program::Code for $type {
            fn write(&self, to: &mut $crate::program::Writer) {
                $(self.$member.write(to);)*
            }

            fn read(from: &mut $crate::program::Reader<'_>) -> Self {
                $(let $member = $crate::program::Code::read(from);)*
                Self { $($member),* }
            }
        }
    )*};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Program, Scratch};

    fn is_program(text: &str) -> bool {
        let mut from = Reader::new(text);
        let program = Program::read(&mut from);
        let sound = from.is_sound() && from.is_at_end();
        if sound {
            // Whatever could be read can be evaluated.
            _ = Scratch::new(&program).run(&program, &crate::program::Row::default());
        }
        sound
    }

    #[test]
    fn a_text_is_a_program_only_if_every_index_names_what_came_before() {
        // Slot 0 is at least 3/50; that is the one criterion, and the verdict.
        let text = "Ns0Nc3/50Tg0 1On;n_h0n=0";
        assert!(is_program(text));
        for wrong in [
            "",
            "=0",
            "Ns0Nc3/50Tg0 2On;n_h0n=0",
            "Tg0 1Ns0Nc3/50On;n_h0n=0",
            "Ns0Nc3/50Tg0 1On;n_h1n=0",
            "Ns0Nc3/50Tg0 1On;n_h0n=1",
            "Ns0Nc3/0Tg0 1On;n_h0n=0",
            "Ns0Nc3/50Tg0 -1On;n_h0n=0",
            "Ns0Nc3/50Tg0 99999On;n_h0n=0",
            "Ns0Nc3/50Tz0 1On;n_h0n=0",
            "Xs0Nc3/50Tg0 1On;n_h0n=0",
            "Ns0Nc3/50Tg0 1On;n_h0n=0 ",
        ] {
            assert!(!is_program(wrong), "{wrong}");
        }
        for end in 0..text.len() {
            assert!(!is_program(text.get(..end).unwrap_or("")), "cut at {end}");
        }
    }

    /// Any byte may be any other: it is refused, or evaluated without a panic.
    #[test]
    fn a_text_with_a_byte_changed_is_read_or_refused() {
        let text = "L0Ns0Nc3/50C s0M0g e0o1N#0 0T&1;Tg0 1:2On;n_p0:1y1ny;On;nyt0;;_3_|tp0w=0:1";
        for at in 0..text.len() {
            for byte in b' '..=b'~' {
                let mut bytes = text.as_bytes().to_vec();
                if let Some(changed) = bytes.get_mut(at) {
                    *changed = byte;
                }
                is_program(&String::from_utf8(bytes).unwrap_or_default());
            }
        }
    }
}

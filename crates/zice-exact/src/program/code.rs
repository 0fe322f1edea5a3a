//! Programs as text: what the compiler of policies writes, and a policy is
//! linked with.
//!
//! A letter says what follows, and numbers follow it: `g2 1` is "the number
//! before the last one is at least the last one". Two numbers are kept apart by
//! a space, everything else stands close together. What a letter means depends
//! on where it stands; the letters of nodes are in [`super::written`].
//!
//! An index is written as how far back it is from the [cursor](Cursor) of its
//! table, because small numbers that come again and again make a small file.
//!
//! A text is checked while it is read: an index names a node that came before,
//! so whatever could be read can be evaluated in one pass. Reading is done once
//! a policy: it is marked `inline`, so that it is compiled where it is used,
//! for size, and not with the rest of this crate, for speed.

use core::fmt::Display;

use super::node::{ColumnId, ListId, MaskId, NumberId, OutcomeId, TruthId};
use crate::fraction::Fraction;

/// From where indices of a table are counted back: from its end while the
/// program is written. What is written after it may refer to any node, most
/// often to one after another: there the cursor follows behind the last index.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cursor {
    at: u16,
    /// How many nodes the table has.
    length: u16,
    follows: bool,
}

impl Cursor {
    /// The table has one node more; whether it has a place for it.
    #[inline]
    pub(super) fn push(&mut self) -> bool {
        self.length = self.length.saturating_add(1);
        self.at = self.length;
        self.length < u16::MAX
    }

    /// How far back an index is, and on to the next.
    fn back(&mut self, index: u16) -> i32 {
        let back = i32::from(self.at).saturating_sub(i32::from(index));
        self.follow(index);
        back
    }

    /// The index that is so far back, if there is such a node.
    #[inline]
    fn index(&mut self, back: i32) -> Option<u16> {
        let index = u16::try_from(i32::from(self.at).checked_sub(back)?).ok()?;
        self.follow(index);
        (index < self.length).then_some(index)
    }

    #[inline]
    const fn follow(&mut self, index: u16) {
        if self.follows {
            self.at = index.saturating_add(1);
        }
    }
}

/// The cursors of all tables.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursors {
    pub truths: Cursor,
    pub numbers: Cursor,
    pub masks: Cursor,
    pub columns: Cursor,
    pub outcomes: Cursor,
    pub lists: Cursor,
}

impl Cursors {
    /// From here on nodes are referred to from the first one on.
    #[inline]
    fn rewind(&mut self) {
        let Self { truths, numbers, masks, columns, outcomes, lists } = self;
        for cursor in [truths, numbers, masks, columns, outcomes, lists] {
            (cursor.at, cursor.follows) = (0, true);
        }
    }
}

/// Writes the text of a program.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    text: String,
    pub(super) cursors: Cursors,
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

    /// The program is written: what follows refers to its nodes.
    pub fn rewind(&mut self) {
        self.cursors.rewind();
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
    pub(super) cursors: Cursors,
}

impl<'a> Reader<'a> {
    /// Begins at the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, sound: true, cursors: Cursors::default() }
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
    #[inline]
    pub fn letter(&mut self) -> u8 {
        let letter = self.rest.bytes().next().unwrap_or(b'.');
        self.rest = self.rest.get(1..).unwrap_or("");
        letter
    }

    /// Takes a letter if it comes next.
    #[inline]
    pub fn takes(&mut self, letter: u8) -> bool {
        let rest = self.rest.strip_prefix(char::from(letter));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The digits, sign and stroke that come next.
    #[inline]
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
    #[inline]
    fn integer(&mut self) -> i32 {
        self.figure().parse().unwrap_or_else(|_| {
            self.mistake();
            0
        })
    }

    /// A whole number that fits.
    #[inline]
    fn whole<T: TryFrom<i32> + Default>(&mut self) -> T {
        T::try_from(self.integer()).unwrap_or_else(|_| {
            self.mistake();
            T::default()
        })
    }

    /// An index into the table of a cursor.
    #[inline]
    fn index(&mut self, cursor: impl FnOnce(&mut Cursors) -> &mut Cursor) -> u16 {
        let back = self.integer();
        let index = cursor(&mut self.cursors).index(back);
        index.unwrap_or_else(|| {
            self.mistake();
            0
        })
    }

    /// The program is read: what follows refers to its nodes.
    #[inline]
    pub fn rewind(&mut self) {
        self.cursors.rewind();
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

            #[inline]
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

/// Digits, such as the code of a region.
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

/// Structs member by member.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{
        Basis, Builder, ColumnNode, Decision, Lens, MaskNode, NumberNode, Operand, OutcomeNode,
        Part, Program, Scratch, Step, TruthNode,
    };

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
        let text = "Ns0Nc3/50Tg2 1On;n_h1n=1";
        assert!(is_program(text));
        for wrong in [
            "",
            "=1",
            "Ns0Nc3/50Tg2 0On;n_h1n=1",
            "Tg2 1Ns0Nc3/50On;n_h1n=1",
            "Ns0Nc3/50Tg2 1On;n_h0n=1",
            "Ns0Nc3/50Tg2 1On;n_h1n=0",
            "Ns0Nc3/0Tg2 1On;n_h1n=1",
            "Ns0Nc3/50Tg2 -1On;n_h1n=1",
            "Ns0Nc3/50Tg2 99999On;n_h1n=1",
            "Ns0Nc3/50Tz2 1On;n_h1n=1",
            "Xs0Nc3/50Tg2 1On;n_h1n=1",
            "Ns0Nc3/50Tg2 1On;n_h1n=1 ",
        ] {
            assert!(!is_program(wrong), "{wrong}");
        }
        for end in 0..text.len() {
            assert!(!is_program(text.get(..end).unwrap_or("")), "cut at {end}");
        }
    }

    /// A program with a node of every table, and of both orders of evaluation.
    fn whole() -> String {
        let mut build = Builder::new();
        let list = build.list(false);
        let (entry, slot) = (build.number(NumberNode::Entry(0)), build.number(NumberNode::Slot(0)));
        let column = build.column(ColumnNode::Slot(0));
        let late = MaskNode::Above(Operand::Each(column), Operand::One(slot));
        let late = build.mask(list, late);
        let count = build.number(NumberNode::Count(list, late));
        let steps = Box::new([Step { from: Fraction::ONE, above: true, points: [1, 2] }]);
        let outcome = |decision| OutcomeNode {
            open: false,
            review: Box::new([]),
            judged: true,
            out_of: Some(5),
            decision,
        };
        let points = Decision::Points(Box::new([Basis { value: [count, entry], steps }]));
        let points = build.outcome(outcome(points));
        let met = Lens::BOTH.map(|lens| build.truth(TruthNode::Met(points, lens)));
        let all = build.truth(TruthNode::All(Box::new(met)));
        let parts = Box::new([Part { of: Box::new([points]), cap: Some(3) }]);
        build.outcome(outcome(Decision::Total { parts, from: 1, also: Some([all, all]) }));
        build.end_of_verdict();
        build.number(NumberNode::Mean(Box::new([slot, count])));
        build.finish(met).finish()
    }

    /// Any byte may be any other: it is refused, or evaluated without a panic.
    #[test]
    fn a_text_with_a_byte_changed_is_read_or_refused() {
        let text = whole();
        assert!(is_program(&text), "{text}");
        let mut read = 0;
        for at in 0..text.len() {
            for byte in b' '..=b'~' {
                let mut bytes = text.as_bytes().to_vec();
                if let Some(changed) = bytes.get_mut(at) {
                    *changed = byte;
                }
                read += u32::from(is_program(&String::from_utf8(bytes).unwrap_or_default()));
            }
        }
        assert!(read > 200, "{read} of the changed texts are programs too");
    }
}

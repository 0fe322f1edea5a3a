//! Programs as text: the compiler of policies writes it, linking a policy reads
//! it.
//!
//! A letter says what follows, and numbers follow it: `g2 1` means "the number
//! before the last one is at least the last one". A space separates two
//! numbers; nothing else is separated. What a letter means depends on where it
//! stands. The letters of nodes are in [`super::node_code`].
//!
//! An index is written as its distance back from the [cursor](Cursor) of its
//! table. Small numbers that repeat make a small file.
//!
//! The text is checked while it is read: an index must name a node that came
//! before, so whatever was read can be evaluated in one pass. Reading happens
//! once for each policy. Its functions are marked `inline`, so that they are
//! compiled into the crates that call them, which optimise for size; this crate
//! is optimised for speed.

use core::fmt::Display;

/// The place from which indices of a table are counted back.
///
/// While the program is written, that is the end of the table. Text after the
/// program may refer to any node, most often to one after another, so there the
/// cursor moves to just behind the last index.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cursor {
    at: u16,
    /// Number of nodes in the table.
    length: u16,
    follows: bool,
}

impl Cursor {
    /// Counts a new node of the table. Returns whether the table still has room
    /// for it.
    #[inline]
    pub(super) fn push(&mut self) -> bool {
        self.length = self.length.saturating_add(1);
        self.at = self.length;
        self.length < u16::MAX
    }

    /// Returns how far back an index is, and moves the cursor if it follows.
    pub(super) fn back(&mut self, index: u16) -> i32 {
        let back = i32::from(self.at).saturating_sub(i32::from(index));
        self.follow(index);
        back
    }

    /// Returns the index that is `back` places before the cursor, if there is
    /// such a node, and moves the cursor if it follows.
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

/// One cursor for each table of nodes.
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
    /// Ends the program: from here on indices are counted from the first node,
    /// and the cursors follow.
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
    /// Starts an empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a letter, which must be ASCII.
    pub fn letter(&mut self, letter: u8) {
        self.text.push(char::from(letter));
    }

    /// Writes a number, with a space before it where it would run into another.
    pub fn number(&mut self, number: impl Display) {
        let number = number.to_string();
        let digit = |end: Option<u8>| end.is_some_and(|it| it.is_ascii_digit());
        if digit(self.text.bytes().last()) && digit(number.bytes().next()) {
            self.text.push(' ');
        }
        self.text.push_str(&number);
    }

    /// Ends the program: what is written from here on may refer to any of its
    /// nodes.
    pub fn rewind(&mut self) {
        self.cursors.rewind();
    }

    /// Returns the text that was written, ready to be kept in a compiled
    /// policy.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Reads the text of a program.
///
/// Reading goes on after a mistake, with a stand-in for what is wrong. Ask
/// [`Reader::is_sound`] at the end whether there was one.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a str,
    sound: bool,
    pub(super) cursors: Cursors,
}

impl<'a> Reader<'a> {
    /// Starts reading at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, sound: true, cursors: Cursors::default() }
    }

    /// Whether no mistake has been found so far.
    pub const fn is_sound(&self) -> bool {
        self.sound
    }

    /// Whether the whole text has been read.
    pub const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Records a mistake; from now on [`Self::is_sound`] is false.
    pub const fn mistake(&mut self) {
        self.sound = false;
    }

    /// Reads the next letter; a full stop, which no node uses, where the text
    /// ends.
    #[inline]
    pub fn letter(&mut self) -> u8 {
        let letter = self.rest.bytes().next().unwrap_or(b'.');
        self.rest = self.rest.get(1..).unwrap_or("");
        letter
    }

    /// Reads `letter` if it comes next. Returns whether it did.
    #[inline]
    pub fn takes(&mut self, letter: u8) -> bool {
        let rest = self.rest.strip_prefix(char::from(letter));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads the digits, sign and stroke of a number. The result is empty if no
    /// number comes next.
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

    /// Reads a whole number; 0 and a mistake if there is none.
    #[inline]
    fn integer(&mut self) -> i32 {
        self.figure().parse().unwrap_or_else(|_| {
            self.mistake();
            0
        })
    }

    /// Reads a whole number of type `T`; its default and a mistake if it does
    /// not fit.
    #[inline]
    pub(super) fn whole<T: TryFrom<i32> + Default>(&mut self) -> T {
        T::try_from(self.integer()).unwrap_or_else(|_| {
            self.mistake();
            T::default()
        })
    }

    /// Reads an index into the table of a cursor; 0 and a mistake if no node is
    /// there.
    #[inline]
    pub(super) fn index(&mut self, cursor: impl FnOnce(&mut Cursors) -> &mut Cursor) -> u16 {
        let back = self.integer();
        let index = cursor(&mut self.cursors).index(back);
        index.unwrap_or_else(|| {
            self.mistake();
            0
        })
    }

    /// Ends the program: what is read from here on may refer to any of its
    /// nodes.
    #[inline]
    pub fn rewind(&mut self) {
        self.cursors.rewind();
    }
}

/// A type that can be part of the text of a program.
pub trait Code: Sized {
    /// Writes the value to the text.
    fn write(&self, to: &mut Writer);
    /// Reads what [`Code::write`] wrote. If something else comes next, it
    /// records a mistake in the reader and returns a stand-in.
    fn read(from: &mut Reader<'_>) -> Self;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fraction::Fraction;
    use crate::program::{
        Basis, Builder, ColumnNode, Decision, Lens, MaskNode, NumberNode, Operand, OutcomeNode,
        Part, Program, Scratch, Step, TruthNode,
    };

    fn is_program(text: &str) -> bool {
        let mut from = Reader::new(text);
        let program = Program::read(&mut from);
        let sound = from.is_sound() && from.is_at_end();
        if sound {
            // Evaluating a program that was read must not panic.
            _ = Scratch::new(&program).run(&program, &crate::program::Row::default());
        }
        sound
    }

    #[test]
    fn a_text_is_a_program_only_if_every_index_names_what_came_before() {
        // Slot 0 is at least 3/50: that is the only criterion, and the verdict.
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

    /// Writes a program with a node in every table, evaluated once or for each
    /// entry.
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

    /// Replaces each byte by every other one: the text is refused, or it
    /// evaluates without a panic.
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

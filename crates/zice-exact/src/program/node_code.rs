//! Writes nodes as text, and reads a program from text.

use std::sync::OnceLock;

use super::{
    Program, Turn,
    code::{Code, Reader, Writer},
    node::{
        Basis, ColumnNode, Decision, Lens, MaskId, MaskNode, NumberId, NumberNode, Operand,
        OutcomeId, OutcomeNode, Part, Step, TruthId, TruthNode,
    },
    value::Operation,
};
use crate::{letters, members};

letters! {
    Lens { b'w' Worst, b'b' Best }
    Operation {
        b'+' Plus, b'-' Minus, b'*' Times, b'/' Over, b'x' Larger, b'm' Smaller,
    }
    Operand { b'o' One(at), b'e' Each(at) }
    TruthNode {
        b'c' Constant(value), b's' Slot(at), b'e' Entry(at), b'g' AtLeast(a, b), b'a' Above(a, b),
        b'!' Not(at), b'&' All(of), b'|' Any(of), b'k' Certain(at), b'r' Review(at, lens),
        b'p' Met(at, lens),
    }
    NumberNode {
        b'c' Constant(value), b's' Slot(at), b'e' Entry(at), b'y' Year(at),
        b'2' Pair(operation, a, b), b'?' If(when, a, b), b'+' Sum(of), b'~' Mean(of),
        b'#' Count(list, mask), b'p' Points(at, lens),
    }
    MaskNode {
        b's' Slot(at), b'v' Every(at), b'g' AtLeast(a, b), b'a' Above(a, b), b'!' Not(at),
        b'&' All(of), b'|' Any(of), b'k' Certain(at), b'r' Review(at, lens),
    }
    ColumnNode { b's' Slot(at), b'y' Year(at), b'2' Pair(operation, a, b), b'?' If(when, a, b) }
}

members! {
    Step { from, above, points }
    Basis { value, steps }
    Part { of, cap }
    OutcomeNode { open, review, judged, out_of, decision }
}

impl Code for Decision {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Holds { when, otherwise } => {
                to.letter(b'h');
                when.write(to);
                otherwise.write(to);
            }
            Self::Points(bases) => {
                to.letter(b'p');
                bases.write(to);
            }
            Self::Total { parts, from, also } => {
                to.letter(b't');
                parts.write(to);
                from.write(to);
                also.write(to);
            }
        }
    }

    #[inline]
    fn read(from: &mut Reader<'_>) -> Self {
        match from.letter() {
            b'p' => Self::Points(Code::read(from)),
            b't' => Self::Total {
                parts: Code::read(from),
                from: Code::read(from),
                also: Code::read(from),
            },
            letter => {
                if letter != b'h' {
                    from.mistake();
                }
                Self::Holds { when: Code::read(from), otherwise: Code::read(from) }
            }
        }
    }
}

/// Letters of the parts of a program, in the order of evaluation. A capital
/// marks a node that is evaluated once for each company, a small letter one
/// that is evaluated for each entry that is judged.
pub(super) const TRUTH: [u8; 2] = *b"Tt";
pub(super) const NUMBER: [u8; 2] = *b"Nn";
pub(super) const MASK: [u8; 2] = *b"Mm";
pub(super) const OUTCOME: [u8; 2] = *b"Oo";
pub(super) const COLUMN: u8 = b'C';
/// A list whose entries are counted; it is followed by whether it is a single
/// object.
pub(super) const LIST: u8 = b'L';
/// The end of the part that the verdict needs.
pub(super) const END_OF_VERDICT: u8 = b'|';
/// The verdict, which ends the program.
pub(super) const VERDICT: u8 = b'=';

impl Program {
    /// Reads what a [`Builder`] wrote, up to and including the verdict.
    /// Mistakes are recorded in the reader.
    ///
    /// [`Builder`]: super::Builder
    #[inline]
    pub fn read(from: &mut Reader<'_>) -> Self {
        let mut program = Self {
            truths: Vec::new(),
            numbers: Vec::new(),
            masks: Vec::new(),
            columns: Vec::new(),
            outcomes: Vec::new(),
            lists: Vec::new(),
            shared: Vec::new(),
            entry: Vec::new(),
            needed: [usize::MAX; 2],
            verdict: [TruthId(0); 2],
            depends: OnceLock::new(),
        };
        while from.is_sound() {
            let letter = from.letter();
            if letter == VERDICT {
                program.verdict = Code::read(from);
                break;
            }
            program.part(letter, from);
        }
        program
    }

    /// Reads a node into its table. Nodes that need work also join the order of
    /// evaluation; constants, columns and lists do not.
    #[inline]
    fn part(&mut self, letter: u8, from: &mut Reader<'_>) {
        let turns = if letter.is_ascii_lowercase() { &mut self.entry } else { &mut self.shared };
        let fits;
        if TRUTH.contains(&letter) {
            let node = TruthNode::read(from);
            if !matches!(node, TruthNode::Constant(_)) {
                turns.push(Turn::Truth(TruthId(short(self.truths.len()))));
            }
            self.truths.push(node);
            fits = from.cursors.truths.push();
        } else if NUMBER.contains(&letter) {
            let node = NumberNode::read(from);
            if !matches!(node, NumberNode::Constant(_)) {
                turns.push(Turn::Number(NumberId(short(self.numbers.len()))));
            }
            self.numbers.push(node);
            fits = from.cursors.numbers.push();
        } else if MASK.contains(&letter) {
            let mask = Code::read(from);
            turns.push(Turn::Mask(MaskId(short(self.masks.len()))));
            self.masks.push(mask);
            fits = from.cursors.masks.push();
        } else if OUTCOME.contains(&letter) {
            let node = OutcomeNode::read(from);
            turns.push(Turn::Outcome(OutcomeId(short(self.outcomes.len()))));
            self.outcomes.push(node);
            fits = from.cursors.outcomes.push();
        } else if letter == COLUMN {
            self.columns.push(ColumnNode::read(from));
            fits = from.cursors.columns.push();
        } else if letter == LIST {
            self.lists.push(Code::read(from));
            fits = from.cursors.lists.push();
        } else {
            self.needed = [self.shared.len(), self.entry.len()];
            fits = letter == END_OF_VERDICT;
        }
        if !fits {
            from.mistake();
        }
    }
}

/// Makes an index of a place in a table. One that does not fit has already been
/// refused.
#[inline]
fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

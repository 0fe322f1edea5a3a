//! Which functions stay in the first part, and which move.

use super::survey::Survey;
use crate::panics;
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of each function.
pub struct Plan {
    /// Whether a function moves to the second part. Imported ones stay.
    pub moves: Vec<bool>,
    /// The functions by which the first part enters the second.
    pub entries: Vec<usize>,
}

impl Plan {
    /// Everything stays that can be reached without going through one of the
    /// functions with the names of `entries`.
    ///
    /// A function is reached by a call, or by its place in the table once that
    /// number is in a function that stays, or in a piece of data that one of
    /// those knows the address of. So that numbers of places are not taken for
    /// others, the linker begins the table at an unusual one
    /// (`.cargo/config.toml`); one that is taken for it by mistake only keeps
    /// more in the first part. A piece of data begins at an address that
    /// something knows. That can also be the middle of an array, whose other
    /// half is reached from its beginning: so only what begins like the methods
    /// of a trait is a piece by itself, and anything else belongs to those
    /// before it too.
    pub fn new(survey: &Survey<'_>, entries: &[&str]) -> Result<Plan> {
        let mut found = Vec::new();
        for entry in entries {
            let before = found.len();
            let names = survey.names.iter().enumerate();
            let named = names.filter(|(_, name)| panics::plain(name) == *entry);
            found.extend(named.map(|(function, _)| function));
            ensure!(found.len() > before, "no function is named {entry}: was it inlined?");
        }
        found.sort_unstable();
        found.dedup();
        let mut reach = Reach::new(survey, &found);
        let exported = survey.exports.iter().filter(|it| it.kind == wasmparser::ExternalKind::Func);
        for export in exported {
            reach.function(usize::try_from(export.index)?);
        }
        reach.waiting.extend(survey.start);
        reach.statics();
        reach.run();
        let moves = (0..survey.functions.len())
            .map(|function| function >= survey.imported && !reach.stays.contains(&function));
        Ok(Plan { moves: moves.collect(), entries: found })
    }
}

/// What has been reached so far.
struct Reach<'a> {
    survey: &'a Survey<'a>,
    entries: &'a [usize],
    stays: BTreeSet<usize>,
    waiting: Vec<usize>,
    slots: BTreeMap<u32, usize>,
    /// Functions whose place stands in a piece of data, by the address of the
    /// piece.
    pieces: BTreeMap<u32, Vec<usize>>,
    /// Addresses that stand in data themselves.
    known: BTreeSet<u32>,
}

/// Whether data begins here as the table of a trait's methods does: what drops
/// the value, or nothing; its size and its alignment.
fn is_vtable(start: u32, at: &BTreeMap<u32, u32>, slots: &BTreeMap<u32, usize>) -> bool {
    let word = |by: u32| start.checked_add(by).and_then(|place| at.get(&place)).copied();
    let [Some(drop), Some(size), Some(align)] = [0, 4, 8].map(word) else { return false };
    start.is_multiple_of(4)
        && (drop == 0 || slots.contains_key(&drop))
        && align.is_power_of_two()
        && align <= 16
        && size < 1 << 16
        && size.is_multiple_of(align)
}

impl<'a> Reach<'a> {
    fn new(survey: &'a Survey<'a>, entries: &'a [usize]) -> Reach<'a> {
        let slots: BTreeMap<u32, usize> = survey.slots.iter().copied().collect();
        // A piece of data begins where something knows its address.
        let words = survey.data.words();
        let inside = |number: &u32| survey.data.has(*number);
        let known: BTreeSet<u32> = words.iter().map(|(_, word)| *word).filter(inside).collect();
        let numbers = survey.bodies.iter().flat_map(|body| &body.numbers).copied();
        let starts: BTreeSet<u32> = numbers.filter(inside).chain(known.iter().copied()).collect();
        let mut pieces: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let at: BTreeMap<u32, u32> = words.iter().copied().collect();
        for &(address, word) in &words {
            let Some(function) = slots.get(&word) else { continue };
            // What does not begin like a vtable may be the middle of something
            // larger, which is known by its beginning.
            let before = starts.range(..=address).rev().copied();
            let mut known = false;
            for start in before {
                known = true;
                pieces.entry(start).or_default().push(*function);
                if is_vtable(start, &at, &slots) {
                    break;
                }
            }
            if !known {
                pieces.entry(0).or_default().push(*function);
            }
        }
        let (stays, waiting) = (BTreeSet::new(), Vec::new());
        Reach { survey, entries, stays, waiting, slots, pieces, known }
    }

    fn function(&mut self, function: usize) {
        if !self.entries.contains(&function) && self.stays.insert(function) {
            self.waiting.push(function);
        }
    }

    /// Whoever knows of a number may call what it leads to.
    fn number(&mut self, number: u32) {
        if let Some(function) = self.slots.get(&number) {
            self.function(*function);
        }
        for function in self.pieces.remove(&number).unwrap_or_default() {
            self.function(function);
        }
    }

    /// What data knows of may be used by anything; what nothing knows of too.
    fn statics(&mut self) {
        self.number(0);
        for address in std::mem::take(&mut self.known) {
            self.number(address);
        }
    }

    fn run(&mut self) {
        let survey = self.survey;
        while let Some(function) = self.waiting.pop() {
            self.stays.insert(function);
            let Some(body) = survey.body(function) else { continue };
            for function in &body.calls {
                self.function(*function);
            }
            for number in &body.numbers {
                self.number(*number);
            }
        }
    }
}

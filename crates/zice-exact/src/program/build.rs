//! Builds a program: nodes in the order of evaluation, each of them once.

use super::{
    Program,
    code::{Code, Cursor, Cursors, Reader, Writer},
    node::{
        ColumnId, ColumnNode, Decision, ListId, MaskId, MaskNode, NumberId, NumberNode, Operand,
        OutcomeId, OutcomeNode, TruthId, TruthNode,
    },
    node_code,
};

/// Puts a program together from the inside out.
///
/// A node can only name nodes that were added before it, so every program can
/// be evaluated in one pass. Adding a node that equals an earlier one returns
/// the earlier one's index.
#[derive(Debug, Default)]
pub struct Builder {
    truths: Vec<(TruthNode, bool)>,
    numbers: Vec<(NumberNode, bool)>,
    masks: Vec<((ListId, MaskNode), bool)>,
    columns: Vec<(ColumnNode, bool)>,
    outcomes: Vec<(OutcomeNode, bool)>,
    lists: usize,
    text: Writer,
}

/// Finds a node in its table, or adds it there and writes it to the text.
/// Returns its index.
///
/// Tables have some hundred nodes. If one outgrows its index, every further
/// node gets the last index, and reading the program refuses it.
fn place<T: PartialEq + Code>(
    table: &mut Vec<(T, bool)>,
    node: T,
    entry: bool,
    text: &mut Writer,
    cursor: fn(&mut Cursors) -> &mut Cursor,
    [once, each]: [u8; 2],
) -> u16 {
    let found = table.iter().position(|(known, _)| *known == node);
    let at = found.unwrap_or(table.len());
    if found.is_none() {
        text.letter(if entry { each } else { once });
        node.write(text);
        cursor(&mut text.cursors).push();
        table.push((node, entry));
    }
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn is_entry<T>(table: &[(T, bool)], at: usize) -> bool {
    table.get(at).is_some_and(|(_, entry)| *entry)
}

impl Builder {
    /// Starts an empty program. Nodes are added from the leaves up.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a list whose entries are counted. A `single` list is one object, so
    /// it never has more than one entry.
    pub fn list(&mut self, single: bool) -> ListId {
        let at = u16::try_from(self.lists).unwrap_or(u16::MAX);
        self.lists = self.lists.saturating_add(1);
        self.text.letter(node_code::LIST);
        single.write(&mut self.text);
        self.text.cursors.lists.push();
        ListId(at)
    }

    /// Ends the part that the verdict needs. Nodes added from here on are for
    /// reports and are evaluated by [`Scratch::run_rest`] only.
    ///
    /// [`Scratch::run_rest`]: super::Scratch::run_rest
    pub fn end_of_verdict(&mut self) {
        self.text.letter(node_code::END_OF_VERDICT);
    }

    /// Whether a condition depends on the entry that is being judged.
    fn truth_is_entry(&self, at: TruthId) -> bool {
        is_entry(&self.truths, at.at())
    }

    fn number_is_entry(&self, at: NumberId) -> bool {
        is_entry(&self.numbers, at.at())
    }

    fn operand_is_entry(&self, operand: Operand) -> bool {
        match operand {
            Operand::One(at) => self.number_is_entry(at),
            Operand::Each(at) => is_entry(&self.columns, at.at()),
        }
    }

    /// Adds a condition on the company or on the entry that is judged.
    pub fn truth(&mut self, node: TruthNode) -> TruthId {
        let entry = match &node {
            TruthNode::Entry(_) => true,
            TruthNode::Constant(_) | TruthNode::Slot(_) => false,
            TruthNode::AtLeast(a, b) | TruthNode::Above(a, b) => {
                self.number_is_entry(*a) || self.number_is_entry(*b)
            }
            TruthNode::Not(a) | TruthNode::Certain(a) | TruthNode::Review(a, _) => {
                self.truth_is_entry(*a)
            }
            TruthNode::All(of) | TruthNode::Any(of) => of.iter().any(|a| self.truth_is_entry(*a)),
            TruthNode::Met(at, _) => is_entry(&self.outcomes, at.at()),
        };
        TruthId(place(
            &mut self.truths,
            node,
            entry,
            &mut self.text,
            |it| &mut it.truths,
            node_code::TRUTH,
        ))
    }

    /// Adds a number of the company or of the entry that is judged.
    pub fn number(&mut self, node: NumberNode) -> NumberId {
        let entry = match &node {
            NumberNode::Entry(_) => true,
            NumberNode::Constant(_) | NumberNode::Slot(_) => false,
            NumberNode::Year(a) => self.number_is_entry(*a),
            NumberNode::Pair(_, a, b) => self.number_is_entry(*a) || self.number_is_entry(*b),
            NumberNode::If(when, a, b) => {
                self.truth_is_entry(*when) || self.number_is_entry(*a) || self.number_is_entry(*b)
            }
            NumberNode::Sum(of) | NumberNode::Mean(of) => {
                of.iter().any(|a| self.number_is_entry(*a))
            }
            NumberNode::Count(_, mask) => is_entry(&self.masks, mask.at()),
            NumberNode::Points(at, _) => is_entry(&self.outcomes, at.at()),
        };
        NumberId(place(
            &mut self.numbers,
            node,
            entry,
            &mut self.text,
            |it| &mut it.numbers,
            node_code::NUMBER,
        ))
    }

    /// Adds a condition on each entry of a list.
    pub fn mask(&mut self, list: ListId, node: MaskNode) -> MaskId {
        let entry = match &node {
            MaskNode::Slot(_) => false,
            MaskNode::Every(truth) => self.truth_is_entry(*truth),
            MaskNode::AtLeast(a, b) | MaskNode::Above(a, b) => {
                self.operand_is_entry(*a) || self.operand_is_entry(*b)
            }
            MaskNode::Not(a) | MaskNode::Certain(a) | MaskNode::Review(a, _) => {
                is_entry(&self.masks, a.at())
            }
            MaskNode::All(of) | MaskNode::Any(of) => {
                of.iter().any(|a| is_entry(&self.masks, a.at()))
            }
        };
        MaskId(place(
            &mut self.masks,
            (list, node),
            entry,
            &mut self.text,
            |it| &mut it.masks,
            node_code::MASK,
        ))
    }

    /// Adds a number of each entry of a list. It has no register: it is
    /// calculated wherever it is compared.
    pub fn column(&mut self, node: ColumnNode) -> ColumnId {
        let entry = match &node {
            ColumnNode::Slot(_) => false,
            ColumnNode::Year(a) => self.operand_is_entry(*a),
            ColumnNode::Pair(_, a, b) => self.operand_is_entry(*a) || self.operand_is_entry(*b),
            ColumnNode::If(when, a, b) => {
                is_entry(&self.masks, when.at())
                    || self.operand_is_entry(*a)
                    || self.operand_is_entry(*b)
            }
        };
        ColumnId(place(
            &mut self.columns,
            node,
            entry,
            &mut self.text,
            |it| &mut it.columns,
            [node_code::COLUMN; 2],
        ))
    }

    /// Adds the next criterion. Unlike other nodes, equal criteria are not
    /// merged.
    pub fn outcome(&mut self, node: OutcomeNode) -> OutcomeId {
        let mut entry = node.review.iter().any(|at| self.truth_is_entry(*at));
        entry |= match &node.decision {
            Decision::Holds { when, .. } => when.iter().any(|at| self.truth_is_entry(*at)),
            Decision::Points(bases) => {
                bases.iter().flat_map(|basis| basis.value).any(|at| self.number_is_entry(at))
            }
            Decision::Total { parts, also, .. } => {
                parts.iter().flat_map(|part| &part.of).any(|at| is_entry(&self.outcomes, at.at()))
                    || also.iter().flatten().any(|at| self.truth_is_entry(*at))
            }
        };
        let at = OutcomeId(u16::try_from(self.outcomes.len()).unwrap_or(u16::MAX));
        let [once, each] = node_code::OUTCOME;
        self.text.letter(if entry { each } else { once });
        node.write(&mut self.text);
        self.text.cursors.outcomes.push();
        self.outcomes.push((node, entry));
        at
    }

    /// Ends the program with its verdict under the worst and the best lens, and
    /// returns the writer of its text. [`Program::read`] reads that text.
    pub fn finish(mut self, verdict: [TruthId; 2]) -> Writer {
        self.text.letter(node_code::VERDICT);
        verdict.write(&mut self.text);
        self.text
    }

    /// Ends the program like [`Self::finish`] and reads it back. Returns `None`
    /// if a table outgrew its index, or if a node named one that was not added
    /// before.
    pub fn build(self, verdict: [TruthId; 2]) -> Option<Program> {
        let text = self.finish(verdict).finish();
        let mut from = Reader::new(&text);
        let program = Program::read(&mut from);
        from.is_sound().then_some(program)
    }
}

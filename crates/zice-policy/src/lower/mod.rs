//! Lowers formulas into a program. Each formula becomes two nodes, one for each
//! lens (worst and best case), or a single one where both see the same.

mod list;

use zice_exact::program::{
    Basis, Builder, Decision, Lens, ListId, NumberId, NumberNode, Operation, OutcomeId,
    OutcomeNode, Part, Step, TruthId, TruthNode,
};
use zice_rules::{
    Dictionary, Error, Policy,
    doubt::Doubts,
    formula::{
        Comparison, Condition, ConditionAt, Formula, FormulaAt, Formulas, Node, Number, NumberAt,
        Reference,
    },
    fraction::Fraction,
    place::{ChoicesAt, CriterionAt, FactAt},
    policy::{self, Criterion, Judged, Measure, Rule},
    program::{CellSlot, Links, ListSlots, NumberSlot, Place, Slots, TruthSlot, code},
};

/// Compiles the formulas of a policy into its program and links it.
///
/// # Errors
/// Fails if [`Policy::link`] refuses the program.
pub(crate) fn policy(policy: &mut Policy, dictionary: &Dictionary) -> Result<(), Error> {
    policy.resolve(dictionary)?;
    policy.code = code_of_policy(policy);
    policy.link(dictionary)
}

/// Compiles the formulas of the doubt rules into their program and links it.
///
/// # Errors
/// Fails if [`Doubts::link`] refuses the program.
pub(crate) fn doubts(doubts: &mut Doubts, dictionary: &Dictionary) -> Result<(), Error> {
    doubts.resolve(dictionary)?;
    doubts.code = if doubts.is_empty() { String::new() } else { code_of_doubts(doubts) };
    doubts.link(dictionary)
}

fn code_of_policy(policy: &Policy) -> String {
    let mut lowering = Lowering::new(&policy.formulas, &policy.links, &policy.judged);
    for (at, criterion) in policy.criteria.iter().enumerate() {
        let node = lowering.criterion(at, criterion);
        lowering.builder.outcome(node);
    }
    let verdict = lowering.truth(policy.verdict);
    lowering.builder.end_of_verdict();
    let notes: Vec<ConditionAt> = policy.entry_notes.iter().map(|note| note.when).collect();
    policy.roots_of_reports(&mut |root| match root {
        FormulaAt::Condition(at) if notes.contains(&at) => {}
        FormulaAt::Condition(at) => drop(lowering.truth(at)),
        FormulaAt::Number(at) => drop(lowering.number(at)),
    });
    for note in &policy.entry_notes {
        let list = lowering.list(note.list);
        lowering.mask(list, note.when);
    }
    lowering.finish(verdict)
}

/// The program of the doubt rules. They decide nothing, so its verdict is a
/// condition that never holds.
fn code_of_doubts(doubts: &Doubts) -> String {
    let mut lowering = Lowering::new(&doubts.formulas, &doubts.links, &[]);
    for rule in &doubts.rules {
        lowering.truth(rule.when);
        for (number, _) in &rule.shown {
            lowering.number(*number);
        }
        for suggest in &rule.suggest {
            lowering.number(suggest.to);
            if let Some(when) = suggest.when {
                lowering.truth(when);
            }
        }
    }
    let never = lowering.builder.truth(TruthNode::Constant(false));
    lowering.finish([never; 2])
}

struct Lowering<'p> {
    formulas: &'p Formulas,
    links: &'p Links,
    /// For each criterion, what of it a person must judge.
    judgements: &'p [Judged],
    builder: Builder,
    slots: Slots,
    places: Vec<Place>,
    /// For each formula, whether a person has to judge something in it. If not,
    /// both lenses see the same and share one node.
    judged: Vec<bool>,
    /// For each formula, whether it looks at a field of an entry other than
    /// through a count of its own.
    of_entry: Vec<bool>,
}

impl<'p> Lowering<'p> {
    fn new(formulas: &'p Formulas, links: &'p Links, judgements: &'p [Judged]) -> Self {
        let places = vec![Place::default(); formulas.all().len()];
        let (builder, slots) = (Builder::new(), Slots::default());
        let (judged, of_entry) = (Vec::new(), Vec::new());
        let mut lowering =
            Self { formulas, links, judgements, builder, slots, places, judged, of_entry };
        for formula in formulas.all() {
            lowering.look_at(formula);
        }
        lowering
    }

    fn finish(self, verdict: [TruthId; 2]) -> String {
        code(&self.slots, self.builder, verdict, &self.places)
    }

    /// Whether a person must judge anything in a criterion.
    fn is_judged(&self, at: CriterionAt) -> bool {
        self.judgements.get(at.place()) != Some(&Judged::Nothing)
    }

    fn look_at(&mut self, formula: &Formula) {
        let node = formula.node();
        let by_itself =
            matches!(node, Node::Condition(Condition::Review(_)) | Node::Number(Number::Graded(_)));
        let (mut judged, mut of_entry) = match node.refers_to() {
            Some(Reference::Criterion(at)) => (self.is_judged(at), false),
            Some(Reference::Field(_)) => (by_itself, true),
            Some(Reference::Choices(at)) => (by_itself, self.is_of_field(at)),
            Some(
                Reference::Fact(_)
                | Reference::Years(..)
                | Reference::Figure(_)
                | Reference::List(_)
                | Reference::Year(_),
            )
            | None => (by_itself, false),
        };
        let counts = matches!(node, Node::Number(Number::Count(..)));
        node.parts(&mut |part| {
            judged |= self.judged.get(part.place()) == Some(&true);
            of_entry |= !counts && self.of_entry.get(part.place()) == Some(&true);
        });
        self.judged.push(judged);
        self.of_entry.push(of_entry);
    }

    /// Whether a set of choices belongs to a field of an entry.
    fn is_of_field(&self, choices: ChoicesAt) -> bool {
        let link = self.links.choices.get(choices.place());
        link.is_some_and(|link| link.field.is_some())
    }

    fn is_of_entry(&self, place: usize) -> bool {
        self.of_entry.get(place) == Some(&true)
    }

    fn criterion(&mut self, at: usize, criterion: &Criterion) -> OutcomeNode {
        let review = criterion.review.iter().map(|case| {
            let [worst, _] = self.truth(case.when);
            worst
        });
        let review = review.collect();
        let decision = match &criterion.rule {
            Rule::Holds { when, .. } => Decision::Holds {
                when: self.truth(*when),
                otherwise: criterion.otherwise.is_some(),
            },
            Rule::Points { best_of, .. } => {
                Decision::Points(best_of.iter().map(|basis| self.basis(basis)).collect())
            }
            Rule::Total { of, also, .. } => Decision::Total {
                parts: of
                    .iter()
                    .map(|part| Part {
                        of: part.of.iter().map(|at| outcome(*at)).collect(),
                        cap: part.cap,
                    })
                    .collect(),
                from: criterion.passes_from().unwrap_or(u8::MAX),
                also: also.map(|also| self.truth(also)),
            },
        };
        OutcomeNode {
            open: criterion.is_open(),
            review,
            judged: self.judgements.get(at) != Some(&Judged::Nothing),
            out_of: criterion.out_of(),
            decision,
        }
    }

    /// Lowers a basis. A condition becomes the number 1 where it holds and 0
    /// otherwise, with a single step at 1.
    fn basis(&mut self, basis: &policy::Basis) -> Basis {
        match &basis.measure {
            Measure::Banded(banded) => {
                Basis { value: self.number(banded.value), steps: banded.steps() }
            }
            Measure::Condition(points) => {
                let when = self.truth(points.when);
                let one = self.builder.number(NumberNode::Constant(Fraction::ONE));
                let nought = self.builder.number(NumberNode::Constant(Fraction::ZERO));
                let value = when.map(|it| self.builder.number(NumberNode::If(it, one, nought)));
                let points = [points.min, points.max];
                let step = Step { from: Fraction::ONE, above: false, points };
                Basis { value, steps: Box::new([step]) }
            }
        }
    }

    fn truth_slot(&mut self, slot: TruthSlot) -> [TruthId; 2] {
        let at = place(&mut self.slots.truths, slot);
        [self.builder.truth(TruthNode::Slot(at)); 2]
    }

    fn number_slot(&mut self, slot: NumberSlot) -> NumberId {
        let at = place(&mut self.slots.numbers, slot);
        self.builder.number(NumberNode::Slot(at))
    }

    /// Lowers a condition once; returns its nodes under both lenses.
    fn truth(&mut self, at: ConditionAt) -> [TruthId; 2] {
        if let Some(known) = self.places[at.place()].truth {
            return known;
        }
        let made = self.new_truth(self.formulas.condition(at));
        self.places[at.place()].truth = Some(made);
        made
    }

    fn new_truth(&mut self, condition: &'p Condition) -> [TruthId; 2] {
        let nodes = match condition {
            Condition::Constant(value) => both(|_| TruthNode::Constant(*value)),
            Condition::Fact(at) => return self.truth_slot(TruthSlot::Fact(*at)),
            Condition::Given(at) => return self.truth_slot(TruthSlot::Given(*at)),
            Condition::HasYear(year) => return self.truth_slot(TruthSlot::HasYear(*year)),
            Condition::Within(at, digits) => {
                return self.truth_slot(TruthSlot::Within(*at, digits.clone()));
            }
            Condition::OneOf(at) if !self.is_of_field(*at) => {
                return self.truth_slot(TruthSlot::OneOf(*at));
            }
            Condition::OneOf(at) => self.entry_cell(CellSlot::OneOf(*at)),
            Condition::Field(at) => self.entry_cell(CellSlot::Field(*at)),
            Condition::GivenField(at) => self.entry_cell(CellSlot::Given(*at)),
            Condition::Compare(comparison, left, right) => {
                let (left, right) = (self.number(*left), self.number(*right));
                return self.compared(*comparison, left, right);
            }
            Condition::Not(inner) => {
                let [worst, best] = self.truth(*inner);
                [TruthNode::Not(best), TruthNode::Not(worst)]
            }
            Condition::All(parts) => {
                let parts = self.truths(parts);
                both(|lens| TruthNode::All(parts.iter().map(|it| lens.of(*it)).collect()))
            }
            Condition::Any(parts) => {
                let parts = self.truths(parts);
                both(|lens| TruthNode::Any(parts.iter().map(|it| lens.of(*it)).collect()))
            }
            Condition::Certain(inner) => self.truth(*inner).map(TruthNode::Certain),
            Condition::Review(inner) => {
                let [worst, best] = self.truth(*inner);
                [TruthNode::Review(worst, Lens::Worst), TruthNode::Review(best, Lens::Best)]
            }
            Condition::Criterion(at) => {
                let judged = self.is_judged(*at);
                let at = outcome(*at);
                [
                    TruthNode::Met(at, Lens::Worst),
                    TruthNode::Met(at, if judged { Lens::Best } else { Lens::Worst }),
                ]
            }
        };
        nodes.map(|node| self.builder.truth(node))
    }

    fn entry_cell(&mut self, slot: CellSlot) -> [TruthNode; 2] {
        let at = place(&mut self.slots.entry_cells, slot);
        both(|_| TruthNode::Entry(at))
    }

    fn truths(&mut self, parts: &[ConditionAt]) -> Vec<[TruthId; 2]> {
        parts.iter().map(|part| self.truth(*part)).collect()
    }

    /// Lowers a comparison. The side that should be smaller is seen through the
    /// other lens, because there more is worse. An equation asks for both
    /// directions.
    fn compared(
        &mut self,
        comparison: Comparison,
        left: [NumberId; 2],
        right: [NumberId; 2],
    ) -> [TruthId; 2] {
        Lens::BOTH.map(|lens| {
            let parts = sides(comparison).iter().map(|(strict, turned)| {
                let (greater, smaller) = if *turned { (right, left) } else { (left, right) };
                let (greater, smaller) = (lens.of(greater), lens.flipped().of(smaller));
                self.builder.truth(match strict {
                    true => TruthNode::Above(greater, smaller),
                    false => TruthNode::AtLeast(greater, smaller),
                })
            });
            let parts: Box<[TruthId]> = parts.collect();
            match *parts {
                [one] => one,
                _ => self.builder.truth(TruthNode::All(parts)),
            }
        })
    }

    /// Lowers a number once; returns its nodes under both lenses.
    fn number(&mut self, at: NumberAt) -> [NumberId; 2] {
        if let Some(known) = self.places[at.place()].number {
            return known;
        }
        let made = self.new_number(self.formulas.number(at));
        self.places[at.place()].number = Some(made);
        made
    }

    fn new_number(&mut self, number: &'p Number) -> [NumberId; 2] {
        let nodes = match number {
            Number::Constant(value) => both(|_| NumberNode::Constant(*value)),
            Number::Fact(at) => return [self.number_slot(NumberSlot::Fact(*at)); 2],
            Number::Yearly(at, year) => return [self.number_slot(NumberSlot::Year(*at, *year)); 2],
            Number::Graded(at) => {
                return Lens::BOTH.map(|lens| self.number_slot(NumberSlot::Graded(*at, lens)));
            }
            Number::Cell(cell) => return [self.number_slot(NumberSlot::Cell(*cell)); 2],
            Number::AsOf => return [self.number_slot(NumberSlot::AsOf); 2],
            Number::SumYears(at, from, to) => {
                let years = self.years(*at, *from, *to);
                both(|_| NumberNode::Sum(years.clone()))
            }
            Number::MeanYears(at, from, to) => {
                let years = self.years(*at, *from, *to);
                both(|_| NumberNode::Mean(years.clone()))
            }
            Number::Field(at) => {
                let at = place(&mut self.slots.entry_numbers, *at);
                both(|_| NumberNode::Entry(at))
            }
            Number::YearOf(day) => self.number(*day).map(NumberNode::Year),
            Number::Minus(left, right) => self.turned(Operation::Minus, *left, *right),
            Number::Over(left, right) => self.turned(Operation::Over, *left, *right),
            Number::Times(left, right) => {
                let (left, right) = (self.number(*left), self.number(*right));
                both(|lens| NumberNode::Pair(Operation::Times, lens.of(left), lens.of(right)))
            }
            Number::Sum(parts) => return self.in_pairs(Operation::Plus, parts),
            Number::Max(parts) => return self.in_pairs(Operation::Larger, parts),
            Number::Min(parts) => return self.in_pairs(Operation::Smaller, parts),
            Number::If(when, then, otherwise) => {
                let when = self.truth(*when);
                let (then, otherwise) = (self.number(*then), self.number(*otherwise));
                both(|lens| NumberNode::If(lens.of(when), lens.of(then), lens.of(otherwise)))
            }
            Number::Count(at, condition) => {
                let list = self.list(*at);
                self.mask(list, *condition).map(|mask| NumberNode::Count(list, mask))
            }
            Number::Points(at) => {
                let judged = self.is_judged(*at);
                let at = outcome(*at);
                let best = if judged { Lens::Best } else { Lens::Worst };
                [NumberNode::Points(at, Lens::Worst), NumberNode::Points(at, best)]
            }
        };
        nodes.map(|node| self.builder.number(node))
    }

    /// Lowers a difference or quotient: the second number is seen through the
    /// other lens, because more of it makes the result smaller.
    fn turned(&mut self, operation: Operation, left: NumberAt, right: NumberAt) -> [NumberNode; 2] {
        let (left, right) = (self.number(left), self.number(right));
        both(|lens| NumberNode::Pair(operation, lens.of(left), lens.flipped().of(right)))
    }

    /// Combines the parts in pairs, from the first to the last.
    fn in_pairs(&mut self, operation: Operation, parts: &[NumberAt]) -> [NumberId; 2] {
        let mut all: Option<[NumberId; 2]> = None;
        for part in parts {
            let part = self.number(*part);
            all = Some(match all {
                Some(all) => Lens::BOTH.map(|lens| {
                    self.builder.number(NumberNode::Pair(operation, lens.of(all), lens.of(part)))
                }),
                None => part,
            });
        }
        all.unwrap_or_else(|| match operation {
            Operation::Plus => [self.builder.number(NumberNode::Constant(Fraction::ZERO)); 2],
            _ => [self.undefined(); 2],
        })
    }

    /// A number without a value: 1 divided by 0.
    fn undefined(&mut self) -> NumberId {
        let one = self.builder.number(NumberNode::Constant(Fraction::ONE));
        let nought = self.builder.number(NumberNode::Constant(Fraction::ZERO));
        self.builder.number(NumberNode::Pair(Operation::Over, one, nought))
    }

    /// The yearly figures of a fact, newest first.
    fn years(&mut self, fact: FactAt, from: i8, to: i8) -> Box<[NumberId]> {
        (from..=to).rev().map(|year| self.number_slot(NumberSlot::Year(fact, year))).collect()
    }

    fn list(&mut self, fact: FactAt) -> ListId {
        let lists = &mut self.slots.lists;
        if let Some(at) = lists.iter().position(|list| list.fact == fact) {
            return ListId(u16::try_from(at).unwrap_or(u16::MAX));
        }
        lists.push(ListSlots { fact, cells: Vec::new(), numbers: Vec::new() });
        self.builder.list(self.links.single.get(fact.place()) == Some(&true))
    }
}

/// The index of a slot in its table, adding it if it is new.
fn place<T: PartialEq>(table: &mut Vec<T>, slot: T) -> u16 {
    let at = table.iter().position(|known| *known == slot).unwrap_or_else(|| {
        table.push(slot);
        table.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// The outcome register of a criterion.
fn outcome(at: CriterionAt) -> OutcomeId {
    OutcomeId(u16::try_from(at.place()).unwrap_or(u16::MAX))
}

fn both<T>(make: impl FnMut(Lens) -> T) -> [T; 2] {
    Lens::BOTH.map(make)
}

/// A comparison as one or two of "at least" and "above". Each pair says whether
/// it is strict, and whether its right side is the one that must be greater.
const fn sides(comparison: Comparison) -> &'static [(bool, bool)] {
    match comparison {
        Comparison::AtLeast => &[(false, false)],
        Comparison::Above => &[(true, false)],
        Comparison::AtMost => &[(false, true)],
        Comparison::Below => &[(true, true)],
        Comparison::Equal => &[(false, false), (false, true)],
    }
}

//! What if: what the company's figures would be, and the stairs of verdict and points
//! along the one that is looked at.

use serde_json::{Map, Value, json};
use zice_advice::{Movable, Moved, Probe, Stairs, movables, place_of, span, stairs_along};
use zice_rules::{
    Batch, Company, Dictionary, Policy, Verdict,
    company::{Answer, ProblemKind},
    fraction::{Fraction, Overflow},
    range::Range,
};

use crate::protocol::{CompanyRequest, Scale, Stair, Target, Trial, Tried, Tryable};

/// A figure, by the position of its fact and its year.
type Key = (usize, Option<i32>);

/// Tells what comes of a trial under the policies of a request.
pub fn what_if(
    dictionary: &Dictionary,
    policies: &[&Policy],
    request: &CompanyRequest<'_>,
    trial: &Trial,
) -> Tried {
    let (company, _) = Company::from_value(&request.file, dictionary, request.today);
    let batches: Vec<Batch<'_>> = policies.iter().filter_map(|it| Batch::new(it).ok()).collect();
    let desk = Desk::new(dictionary, &batches, &company, &trial.targets);
    let looked = trial.targets.get(trial.at).and_then(|it| desk.key(it));
    let position = looked.and_then(|key| desk.movables.iter().position(|(own, _)| *own == key));
    let scale = position.and_then(|at| desk.scale(&batches, request, at).ok()?);
    // What does not fit the other answers is not tried.
    let without = looked.filter(|_| scale.as_ref().is_some_and(|it| it.amount.is_none()));
    let fits = desk.fits(without).unwrap_or(false);
    let facts = if fits { desk.facts(without).unwrap_or_default() } else { Map::new() };
    let mut file = request.file.clone().into_owned();
    put_over(&mut file, &facts);
    let (_, problems) = Company::from_value(&file, dictionary, request.today);
    let contradictions = problems.into_iter().filter_map(|it| match it.kind {
        ProblemKind::Contradiction(text) => Some(text),
        _ => None,
    });
    let figures = desk.movables.iter().filter_map(|((fact, year), it)| {
        let now = desk.now((*fact, *year), without).ok()??;
        let own = it.figure.value.to_decimal_or_ratio();
        Some(Tryable { fact: *fact, year: *year, own, now: written(&now)?.as_str()?.to_owned() })
    });
    Tried {
        figures: figures.collect(),
        facts: Value::Object(facts),
        contradictions: contradictions.collect(),
        scale,
    }
}

/// Puts answers in place of those of a company file. Figures by year replace those of
/// the years they name; any other answer is replaced whole.
pub fn put_over(file: &mut Value, facts: &Map<String, Value>) {
    let Some(file) = file.as_object_mut() else { return };
    let own = file.entry("facts").or_insert_with(|| json!({}));
    if !own.is_object() {
        *own = json!({});
    }
    let Some(own) = own.as_object_mut() else { return };
    for (id, value) in facts {
        match (own.get_mut(id), value) {
            (Some(Value::Object(years)), Value::Object(then))
                if by_year(years) && by_year(then) =>
            {
                years.extend(then.clone());
            }
            _ => {
                own.insert(id.clone(), value.clone());
            }
        }
    }
}

/// Whether these members are figures by year.
fn by_year(members: &Map<String, Value>) -> bool {
    members.keys().all(|key| key.len() == 4 && key.bytes().all(|it| it.is_ascii_digit()))
}

/// A figure as a company file has it.
fn written(range: &Range) -> Option<Value> {
    if let Some(exact) = range.as_exact() {
        return Some(json!(exact.to_decimal_or_ratio()));
    }
    let ends = [("min", range.lo), ("max", range.hi)];
    let ends = ends
        .into_iter()
        .filter_map(|(name, end)| end.map(|it| (name.to_owned(), json!(it.to_decimal_or_ratio()))));
    let ends: Map<String, Value> = ends.collect();
    (!ends.is_empty()).then_some(Value::Object(ends))
}

/// Adds to what moves with a figure what that in turn moves: R&D as one programme counts
/// it moves R&D as another one does, and so the debts that go with it.
fn follow_on(all: &mut [(Key, Movable)], dictionary: &Dictionary) {
    let known: Vec<(Key, Vec<(String, Fraction)>)> =
        all.iter().map(|(key, it)| (*key, it.with.clone())).collect();
    for (key, own) in all {
        for (fact, by) in own.with.clone() {
            let key = dictionary.position(&fact).map(|it| (it, key.1));
            let next = known.iter().find(|(other, _)| Some(*other) == key);
            for (fact, share) in next.into_iter().flat_map(|(_, with)| with) {
                let is_new = *fact != own.figure.fact && own.with.iter().all(|(it, _)| it != fact);
                if let Ok(by) = by.mul(*share)
                    && is_new
                {
                    own.with.push((fact.clone(), by));
                }
            }
        }
    }
}

/// The figures of a company that may be tried otherwise, and those that are.
struct Desk<'a> {
    dictionary: &'a Dictionary,
    company: &'a Company,
    /// Each figure once, with all that the policies move with it.
    movables: Vec<(Key, Movable)>,
    /// The figures that are tried, and what.
    targets: Vec<(Key, Fraction)>,
}

impl<'a> Desk<'a> {
    fn new(
        dictionary: &'a Dictionary,
        batches: &[Batch<'_>],
        company: &'a Company,
        targets: &[Target],
    ) -> Self {
        let mut all: Vec<(Key, Movable)> = Vec::new();
        for batch in batches {
            for one in movables(&Probe::new(batch, company), company, dictionary) {
                let Some(fact) = dictionary.position(&one.figure.fact) else { continue };
                let key = (fact, one.figure.year);
                let Some((_, own)) = all.iter_mut().find(|(own, _)| *own == key) else {
                    all.push((key, one));
                    continue;
                };
                for (fact, by) in one.with {
                    if own.with.iter().all(|(own, _)| *own != fact) {
                        own.with.push((fact, by));
                    }
                }
            }
        }
        follow_on(&mut all, dictionary);
        let mut desk = Self { dictionary, company, movables: all, targets: Vec::new() };
        for target in targets {
            let to = target.to.as_deref().and_then(Fraction::parse);
            let known = desk.key(target).filter(|key| desk.movable(*key).is_some());
            desk.targets.extend(known.zip(to));
        }
        desk
    }

    fn key(&self, target: &Target) -> Option<Key> {
        Some((self.dictionary.position(&target.fact)?, target.year))
    }

    fn movable(&self, key: Key) -> Option<&Movable> {
        self.movables.iter().find(|(own, _)| *own == key).map(|(_, it)| it)
    }

    fn id(&self, fact: usize) -> &str {
        self.dictionary.facts.get(fact).map_or("", |it| &it.id)
    }

    /// The figure as the company gave it; an estimate has two ends.
    fn own(&self, (fact, year): Key) -> Option<Range> {
        match (self.company.answers.get(fact)?, year) {
            (Answer::Number(range), None) => Some(*range),
            (Answer::Yearly { years, .. }, Some(year)) => {
                years.iter().find(|(own, _)| *own == year).map(|(_, range)| *range)
            }
            _ => None,
        }
    }

    /// What is tried of a figure; nothing for one that stays, or moves with others.
    fn target(&self, key: Key, without: Option<Key>) -> Option<Fraction> {
        let target = self.targets.iter().find(|(own, _)| *own == key && without != Some(key));
        target.map(|(_, to)| *to)
    }

    /// The figure in the trial; without what is tried of one of them.
    ///
    /// Targets follow one another: each moves what goes with it by as much as it moves
    /// itself from where the ones before it have brought it, so nothing is moved twice.
    /// One that was set already stays where it was set.
    fn now(&self, key: Key, without: Option<Key>) -> Result<Option<Range>, Overflow> {
        let targets: Vec<&(Key, Fraction)> =
            self.targets.iter().filter(|(own, _)| without != Some(*own)).collect();
        let mut now: Vec<(Key, Range)> = Vec::new();
        for (done, (target, to)) in targets.iter().enumerate() {
            let Some(movable) = self.movable(*target) else { continue };
            let stood = now.iter().find(|(own, _)| own == target).and_then(|(_, it)| it.as_exact());
            let by = to.sub(stood.unwrap_or(movable.figure.value))?;
            for (fact, share) in &movable.with {
                let Some(other) = self.dictionary.position(fact).map(|it| (it, target.1)) else {
                    continue;
                };
                let is_set = targets.iter().take(done).any(|(own, _)| *own == other);
                let Some(range) = self.standing(&now, other).filter(|_| !is_set) else { continue };
                let moved = range.add(&Range::exact(by.mul(*share)?))?;
                now.retain(|(own, _)| *own != other);
                now.push((other, moved));
            }
            now.retain(|(own, _)| own != target);
            now.push((*target, Range::exact(*to)));
        }
        Ok(self.standing(&now, key))
    }

    /// Where a figure stands among those that were moved, or as the company gave it.
    fn standing(&self, now: &[(Key, Range)], key: Key) -> Option<Range> {
        now.iter().find(|(own, _)| *own == key).map(|(_, it)| *it).or_else(|| self.own(key))
    }

    /// Whether everything that moves is still a value of its fact.
    fn fits(&self, without: Option<Key>) -> Result<bool, Overflow> {
        for key in self.touched() {
            let Some(domain) = self.dictionary.facts.get(key.0).map(|it| it.domain()) else {
                continue;
            };
            let Some(now) = self.now(key, without)? else { continue };
            let low = domain.lower().zip(now.lo).is_some_and(|(least, it)| it < least);
            let high = domain.max.zip(now.hi).is_some_and(|(most, it)| it > most);
            if low || high {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The answers that are otherwise, as facts of a company file.
    fn facts(&self, without: Option<Key>) -> Result<Map<String, Value>, Overflow> {
        let mut facts = Map::new();
        for key in self.touched() {
            let (own, now) = (self.own(key), self.now(key, without)?);
            let Some(value) = now.filter(|_| own != now).as_ref().and_then(written) else {
                continue;
            };
            match key.1 {
                None => facts.insert(self.id(key.0).to_owned(), value),
                Some(year) => {
                    let years = facts.entry(self.id(key.0)).or_insert_with(|| json!({}));
                    years.as_object_mut().and_then(|it| it.insert(year.to_string(), value))
                }
            };
        }
        Ok(facts)
    }

    /// The figures that are tried, and those that move with them.
    fn touched(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for (key, _) in &self.targets {
            let with = self.movable(*key).into_iter().flat_map(|it| &it.with);
            let with = with.filter_map(|(fact, _)| Some((self.dictionary.position(fact)?, key.1)));
            for key in core::iter::once(*key).chain(with) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// The figures of the year of one that is looked at, before it is tried otherwise
    /// itself, and how far a granule of it moves each.
    fn moved(&self, key: Key, movable: &Movable) -> Result<Vec<(Key, Range, Fraction)>, Overflow> {
        let mut all = Vec::new();
        for fact in 0..self.dictionary.facts.len() {
            let one = (fact, key.1);
            let Some(value) = self.now(one, Some(key))? else { continue };
            let share = movable.with.iter().find(|(own, _)| own == self.id(fact));
            let share = share.filter(|_| self.target(one, Some(key)).is_none());
            let by = match share {
                _ if one == key => movable.figure.granule,
                Some((_, by)) => by.mul(movable.figure.granule)?,
                None => Fraction::ZERO,
            };
            all.push((one, value, by));
        }
        Ok(all)
    }

    fn scale(
        &self,
        batches: &[Batch<'_>],
        request: &CompanyRequest<'_>,
        at: usize,
    ) -> Result<Option<Scale>, Overflow> {
        let Some((key, movable)) = self.movables.get(at) else { return Ok(None) };
        let granule = movable.figure.granule;
        let all = self.moved(*key, movable)?;
        let start = all.iter().find(|(own, ..)| own == key).and_then(|(_, it, _)| it.as_exact());
        let Some(start) = start else { return Ok(None) };
        let moved = all.iter().map(|((fact, _), value, by)| Moved {
            fact: self.id(*fact),
            value: *value,
            by: *by,
        });
        let moved: Vec<Moved<'_>> = moved.collect();
        let fits = span(&moved, self.dictionary)?;
        let amount = match self.target(*key, None) {
            Some(to) => to.sub(start)?.div(granule)?,
            None => Some(Fraction::ZERO),
        };
        let whole = amount.filter(|it| Fraction::whole(it.floor()) == *it).map(Fraction::floor);
        let amount = whole.filter(|it| (fits.0..=fits.1).contains(it));

        let mut file = request.file.clone().into_owned();
        put_over(&mut file, &self.facts(Some(*key))?);
        let (then, _) = Company::from_value(&file, self.dictionary, request.today);
        let moved: Vec<&(Key, Range, Fraction)> =
            all.iter().filter(|(.., by)| !by.is_zero()).collect();
        let stairs = batches.iter().map(|batch| self.stairs(batch, &then, (*key, &moved), fits));
        let stairs: Vec<Stairs> = stairs.map(Option::unwrap_or_default).collect();
        let stops = stops(&stairs);
        let worth = start.div(granule)?.map_or(0, Fraction::floor);
        let shown = shown(worth, fits, &stops);
        let with = moved.iter().filter(|(own, ..)| own != key).map(|((fact, _), ..)| *fact);
        Ok(Some(Scale {
            figure: at,
            start,
            granule,
            amount: amount.and_then(small),
            fits: (small(fits.0).unwrap_or(i64::MIN), small(fits.1).unwrap_or(i64::MAX)),
            shown: (small(shown.0).unwrap_or(0), small(shown.1).unwrap_or(0)),
            step: small(step(shown, granule)).unwrap_or(1),
            stops: stops.into_iter().filter_map(small).collect(),
            stairs: stairs.into_iter().map(told).collect(),
            with: with.collect(),
        }))
    }

    /// The stairs of a policy along the figure that is looked at; nothing where it does
    /// not look at it, or where they are not known exactly over the whole span.
    fn stairs(
        &self,
        batch: &Batch<'_>,
        then: &Company,
        (key, moved): (Key, &[&(Key, Range, Fraction)]),
        fits: (i128, i128),
    ) -> Option<Stairs> {
        let mut probe = Probe::new(batch, then);
        let all = movables(&probe, then, self.dictionary);
        let id = self.id(key.0);
        let own = all.into_iter().find(|it| it.figure.fact == id && it.figure.year == key.1)?;
        let mut moves = Vec::new();
        for ((fact, year), _, by) in moved {
            let place = place_of(&probe, then, self.dictionary, (self.id(*fact), *year));
            moves.extend(place.map(|place| (place, *by)));
        }
        // A span so wide that a figure no longer fits is cut to where figures lie.
        let narrow = NARROW.min(fits.1);
        let spans = [fits, (fits.0.max(narrow.saturating_neg()), narrow)];
        spans.into_iter().find_map(|it| stairs_along(&mut probe, &own.figure, &moves, it))
    }
}

/// A thousand million yuan in fen.
const NARROW: i128 = 100_000_000_000;

fn small(amount: i128) -> Option<i64> {
    amount.try_into().ok()
}

fn told(stairs: Stairs) -> Vec<Stair> {
    let tell = |step: zice_advice::Step| {
        let score = step.score.map(|it| (it.min, it.max));
        Some(Stair { from: small(step.from)?, to: small(step.to)?, verdict: step.verdict, score })
    };
    // One that does not fit leaves none: stairs with a gap would say too much.
    stairs.steps.into_iter().map(tell).collect::<Option<Vec<Stair>>>().unwrap_or_default()
}

/// The amounts next to which something changes, on the better side of each change.
fn stops(stairs: &[Stairs]) -> Vec<i128> {
    let mut stops: Vec<i128> = Vec::new();
    for stairs in stairs {
        for two in stairs.steps.windows(2) {
            let [before, after] = two else { continue };
            let stop = if worth(before) > worth(after) { before.to } else { after.from };
            if !stops.contains(&stop) {
                let place = stops.iter().filter(|other| **other < stop).count();
                stops.insert(place, stop);
            }
        }
    }
    stops
}

/// How good a step is: its verdict first, then its points.
fn worth(step: &zice_advice::Step) -> (u8, u8, u8) {
    let verdict = match step.verdict {
        Verdict::Met => 3,
        Verdict::NeedsReview => 2,
        Verdict::Undecided | Verdict::Hint | Verdict::NotApplicable => 1,
        Verdict::NotMet => 0,
    };
    let score = step.score.map_or((0, 0), |it| (it.min, it.max));
    (verdict, score.0, score.1)
}

/// What is worth a look of what fits: from nothing to twice the figure, and a quarter
/// more than the second stop above it.
fn shown(start: i128, fits: (i128, i128), stops: &[i128]) -> (i128, i128) {
    let least = start.saturating_abs().saturating_neg().max(fits.0);
    let above: Vec<i128> = stops.iter().copied().filter(|it| *it > 0).take(2).collect();
    let far = above.last().map_or(0, |it| it.saturating_add(it.checked_div(4).unwrap_or(0)));
    let most = start.saturating_abs().max(far).max(MARKS).min(fits.1);
    (least, most)
}

/// As many marks a scale has at least.
const MARKS: i128 = 100;

/// The step between the marks of a scale: 1, 2 or 5 with noughts, and a whole unit
/// where units are counted.
fn step(shown: (i128, i128), granule: Fraction) -> i128 {
    let wide = shown.1.saturating_sub(shown.0).checked_div(MARKS).unwrap_or(1);
    let mut step: i128 = 1;
    while step.saturating_mul(10) <= wide {
        step = step.saturating_mul(10);
    }
    let times = [5, 2].into_iter().find(|it| step.saturating_mul(*it) <= wide).unwrap_or(1);
    let step = step.saturating_mul(times);
    // A unit is as many granules.
    let unit = Fraction::ONE.div(granule).ok().flatten().map_or(1, Fraction::floor);
    if step < unit && shown.1.saturating_sub(shown.0) >= unit.saturating_mul(5) {
        unit
    } else {
        step
    }
}

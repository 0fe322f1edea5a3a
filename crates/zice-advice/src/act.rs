//! Levers, as far as one company can use them.

use serde_json::{Map, Value as Json};
use zice_rules::{
    Batch, Company, Date, Dictionary,
    company::{Answer, Entry, SCHEMA},
    fraction::{Fraction, Overflow},
    policy::{Adds, Horizon, Lever},
    program::NumberSlot,
    range::Range,
};

use crate::advise::{Item, Part};

/// A lever that a company can use in a round, with what it changes there.
#[derive(Clone, Debug)]
pub struct Act<'p> {
    /// The lever.
    pub lever: &'p Lever,
    /// The most granules.
    pub most: i128,
    /// Figures that move: position of the fact, fiscal year, change a granule,
    /// slot of the program if the policy looks at it.
    pub moves: Vec<(usize, i32, Fraction, Option<usize>)>,
    /// The list that grows, by position, and its new entry.
    pub entry: Option<(usize, Entry)>,
    /// Entries of a list that wait and can be finished, one a granule.
    pub waiting: Option<Waiting>,
    /// Facts that become true, by position.
    pub sets: Vec<usize>,
    /// The entry that keeps to a day: position of the list, the entry, and the
    /// field.
    pub starts: Option<(usize, usize, usize)>,
}

/// Entries that wait, such as applications for patents, and say the same but for
/// their names.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The list, by position.
    pub list: usize,
    /// The entries, by position.
    pub entries: Vec<usize>,
    /// What a finished entry says, by position of the field.
    pub then: Vec<(usize, Answer)>,
}

/// When a company asks for advice, and for which round.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// The round.
    pub horizon: Horizon,
    /// The day of asking: acts begin on it.
    pub today: Date,
}

/// A lever, or the facts that must be answered before it can be used.
type Usable<'p> = Result<Act<'p>, Vec<usize>>;

impl<'p> Act<'p> {
    /// Returns what a company can do in a round, and the facts that must be
    /// answered before more can be said. `then` is the company as it stands in
    /// that round.
    pub(crate) fn all(
        batch: &Batch<'p>,
        then: &Company,
        dictionary: &Dictionary,
        when: When,
    ) -> (Vec<Self>, Vec<usize>) {
        let (mut acts, mut asks) = (Vec::new(), Vec::new());
        for lever in &batch.policy().levers {
            if !lever.rounds.contains(&when.horizon) {
                continue;
            }
            for entry in entries(lever, then, dictionary) {
                match Self::of(lever, batch, then, dictionary, when, entry) {
                    Ok(act) if act.is_idle(then) => {}
                    Ok(act) => acts.push(act),
                    Err(facts) => asks.extend(facts),
                }
            }
        }
        (acts, asks)
    }

    /// Returns what a company can do with one lever in a round; `None` if it
    /// cannot use it, or what it is about is not known. `then` is the company as
    /// it stands in that round, `entry` the entry that it is about.
    pub(crate) fn usable(
        lever: &'p Lever,
        batch: &Batch<'_>,
        then: &Company,
        dictionary: &Dictionary,
        when: When,
        entry: Option<usize>,
    ) -> Option<Self> {
        if !lever.rounds.contains(&when.horizon) {
            return None;
        }
        let act = Self::of(lever, batch, then, dictionary, when, entry).ok()?;
        (!act.is_idle(then)).then_some(act)
    }

    /// Returns what the figure that it is about is now, and how far one granule
    /// moves it.
    pub(crate) fn about(&self, then: &Company) -> Option<(Fraction, Fraction)> {
        let (fact, year, by, _) = self.moves.first()?;
        Some((figure(then, *fact, *year)?.as_exact()?, *by))
    }

    fn of(
        lever: &'p Lever,
        batch: &Batch<'_>,
        then: &Company,
        dictionary: &Dictionary,
        when: When,
        of_entry: Option<usize>,
    ) -> Usable<'p> {
        let year = then.as_of.year().saturating_sub(1);
        let mut act = Self {
            lever,
            most: lever.at_most.floor(),
            moves: Vec::new(),
            entry: None,
            waiting: None,
            sets: Vec::new(),
            starts: None,
        };
        let share = share(lever, year, when.today);
        if share.is_zero() {
            return Ok(Self { most: 0, ..act });
        }
        for (number, moved) in lever.moves.iter().enumerate() {
            let by = moved.by.mul(share).map_err(|_| Vec::new())?;
            let fact = dictionary.position(&moved.fact).ok_or_else(Vec::new)?;
            let known = figure(then, fact, year).and_then(|it| it.as_exact());
            // What the act is about must be known; what it drags along may not.
            if number == 0 && known.is_none() {
                return Err(vec![fact]);
            }
            // What is not known stays as unknown as it was.
            let given = figure(then, fact, year).is_some();
            act.moves.push((fact, year, by, slot(batch, fact).filter(|_| given)));
        }
        for id in &lever.sets {
            let fact = dictionary.position(id).ok_or_else(Vec::new)?;
            if !matches!(then.answers.get(fact), Some(Answer::Bool(_))) {
                return Err(vec![fact]);
            }
            act.sets.push(fact);
        }
        if let Some(adds) = &lever.adds {
            let list = dictionary.position(&adds.list).ok_or_else(Vec::new)?;
            if !matches!(then.answers.get(list), Some(Answer::List(_))) {
                return Err(vec![list]);
            }
            let entry = entry(lever, then, dictionary, list, when.horizon).ok_or_else(Vec::new)?;
            if adds.waits.is_none() {
                act.entry = Some((list, entry));
            } else if let Some(first) = of_entry {
                let waiting = waiting(adds, then, dictionary, list, (first, &entry));
                let waiting = waiting.ok_or_else(Vec::new)?;
                act.most = act.most.min(i128::try_from(waiting.entries.len()).unwrap_or(0));
                act.waiting = Some(waiting);
            }
        }
        if let Some(starts) = &lever.starts {
            let list = dictionary.position(&starts.list).ok_or_else(Vec::new)?;
            let at = of_entry.ok_or_else(Vec::new)?;
            let (field, day) =
                day(then, dictionary, list, at, &starts.field).ok_or_else(Vec::new)?;
            let Some(day) = day else { return Err(vec![list]) };
            // A day that has come can't be changed, nor one that is kept to.
            if day > starts.day && then.as_of <= starts.day {
                act.starts = Some((list, at, field));
            }
        }
        Ok(act)
    }

    /// Whether there is nothing left to do.
    fn is_idle(&self, then: &Company) -> bool {
        self.most < 1
            || (self.moves.is_empty()
                && self.entry.is_none()
                && self.waiting.is_none()
                && self.sets.is_empty()
                && self.starts.is_none())
            || !self.sets.is_empty()
                && self.sets.iter().all(|at| then.answers.get(*at) == Some(&Answer::Bool(true)))
    }

    /// Returns how much of what is possible an amount is, in thousandths: of the
    /// figure itself, where it moves one.
    pub(crate) fn size(&self, then: &Company, granules: i128) -> i128 {
        let moved = self.about(then).and_then(|(now, by)| {
            let by = by.mul(Fraction::whole(granules.saturating_mul(1000))).ok()?;
            Some(by.div(now).ok()??.floor())
        });
        let share = || granules.saturating_mul(1000).checked_div(self.most).unwrap_or_default();
        moved.unwrap_or_else(share)
    }

    /// Whether it moves figures, and so can be taken in ranges of granules.
    pub(crate) const fn is_figure(&self) -> bool {
        !self.moves.is_empty()
    }

    /// Does it to a company, so many granules.
    ///
    /// # Errors
    /// Fails when a figure does not fit into 128 bits.
    pub(crate) fn apply(&self, to: &mut Company, granules: i128) -> Result<(), Overflow> {
        for (fact, year, by, _) in &self.moves {
            let by = by.mul(Fraction::whole(granules))?;
            let Some(Answer::Yearly { years, .. }) = to.answers.get_mut(*fact) else { continue };
            if let Some((_, range)) = years.iter_mut().find(|(own, _)| own == year) {
                *range = range.add(&Range::exact(by))?;
            }
        }
        if let Some((list, entry)) = &self.entry
            && let Some(Answer::List(entries)) = to.answers.get_mut(*list)
        {
            entries.extend((0..granules).map(|_| entry.clone()));
        }
        if let Some(waiting) = &self.waiting
            && let Some(Answer::List(entries)) = to.answers.get_mut(waiting.list)
        {
            let many = usize::try_from(granules).unwrap_or_default();
            for at in waiting.entries.iter().take(many) {
                let Some(own) = entries.get_mut(*at) else { continue };
                for (field, answer) in &waiting.then {
                    own.set(*field, answer.clone());
                }
            }
        }
        if let (Some((list, entry, field)), Some(starts)) = (self.starts, &self.lever.starts)
            && let Some(Answer::List(entries)) = to.answers.get_mut(list).filter(|_| granules > 0)
            && let Some(answer) = entries.get_mut(entry).and_then(|it| it.fields.get_mut(field))
        {
            let day = Fraction::whole(i128::from(starts.day.day_number()));
            *answer = Answer::Number(Range::exact(day));
        }
        for fact in &self.sets {
            if let Some(answer) = to.answers.get_mut(*fact).filter(|_| granules > 0) {
                *answer = Answer::Bool(true);
            }
        }
        Ok(())
    }
}

/// Returns the figure of a fact in a year, if one is given.
pub(crate) fn figure(company: &Company, fact: usize, year: i32) -> Option<Range> {
    match company.answers.get(fact)? {
        Answer::Yearly { years, .. } => {
            years.iter().find(|(own, _)| *own == year).map(|(_, range)| *range)
        }
        _ => None,
    }
}

/// Returns the slot of last year's figure of a fact.
pub(crate) fn slot(batch: &Batch<'_>, fact: usize) -> Option<usize> {
    let facts = &batch.policy().links.facts;
    batch.slots().numbers.iter().position(|slot| match slot {
        NumberSlot::Year(at, -1) => facts.get(at.place()) == Some(&fact),
        _ => false,
    })
}

/// Returns how far one granule moves figures: of a mean of the year, the share in
/// which somebody counts who starts on the day of asking; else the whole.
fn share(lever: &Lever, year: i32, today: Date) -> Fraction {
    let Some(mean) = &lever.mean else { return Fraction::ONE };
    let first = start(year, today);
    if first.year() == year { mean.share(first) } else { Fraction::ZERO }
}

/// Returns the day on which people start: the day of asking, or the first of the
/// year.
fn start(year: i32, today: Date) -> Date {
    Date::from_ymd(year, 1, 1).map_or(today, |it| it.max(today))
}

/// Returns the entries of a list, by position, that a part finishes; none for a
/// part that does anything else.
pub fn finished(
    lever: &Lever,
    then: &Company,
    dictionary: &Dictionary,
    horizon: Horizon,
    part: Part,
) -> Vec<usize> {
    let waiting = || {
        let adds = lever.adds.as_ref().filter(|it| it.waits.is_some())?;
        let list = dictionary.position(&adds.list)?;
        let entry = entry(lever, then, dictionary, list, horizon)?;
        waiting(adds, then, dictionary, list, (part.entry?, &entry))
    };
    let many = usize::try_from(part.granules).unwrap_or_default();
    waiting().map_or_else(Vec::new, |it| it.entries.into_iter().take(many).collect())
}

/// Returns the entries that say what a lever is about, wait, and say the same as one
/// of them but for texts.
fn waiting(
    adds: &Adds,
    then: &Company,
    dictionary: &Dictionary,
    list: usize,
    (first, finished): (usize, &Entry),
) -> Option<Waiting> {
    let Answer::List(entries) = then.answers.get(list)? else { return None };
    let fields = &dictionary.facts.get(list)?.fields;
    let at = |id: &String| fields.iter().position(|it| it.id == *id);
    let own = entries.get(first)?;
    let same = entries.iter().enumerate().filter(|(_, it)| alike(own, it));
    let entries = same.map(|(at, _)| at).collect();
    let told = adds.waits.iter().map(|(id, _)| id).chain(&adds.dated);
    let then =
        told.filter_map(|id| at(id).and_then(|at| Some((at, finished.fields.get(at)?.clone()))));
    Some(Waiting { list, entries, then: then.collect() })
}

/// Whether two entries say the same but for texts.
fn alike(one: &Entry, other: &Entry) -> bool {
    let is_text = |answer: &Answer| matches!(answer, Answer::Text(_) | Answer::Unknown);
    let pairs = one.fields.iter().zip(&other.fields);
    pairs.into_iter().all(|(a, b)| a == b || (is_text(a) && is_text(b)))
}

/// Whether an entry says what a lever is about, and waits.
fn waits(adds: &Adds, entry: &Entry, dictionary: &Dictionary) -> bool {
    let Some(fact) = dictionary.fact(&adds.list) else { return false };
    let says = |(id, value): &(String, String)| {
        let at = fact.fields.iter().position(|it| it.id == *id)?;
        let choice = fact.fields.get(at)?.values.iter().position(|it| it.id == *value)?;
        Some(entry.fields.get(at)? == &Answer::Choice(u8::try_from(choice).ok()?))
    };
    adds.says.iter().chain(&adds.waits).all(|it| says(it).unwrap_or(false))
}

/// Returns what a lever can be about: each entry that is judged, the first of the
/// entries that wait and say the same, or the company.
fn entries(lever: &Lever, then: &Company, dictionary: &Dictionary) -> Vec<Option<usize>> {
    if let Some(adds) = lever.adds.as_ref().filter(|it| it.waits.is_some()) {
        let list = dictionary.position(&adds.list);
        let Some(Answer::List(own)) = list.and_then(|at| then.answers.get(at)) else {
            return vec![None];
        };
        let mut firsts: Vec<usize> = Vec::new();
        let waiting = own.iter().enumerate().filter(|(_, it)| waits(adds, it, dictionary));
        for (at, entry) in waiting {
            let known = |first: &usize| own.get(*first).is_some_and(|it| alike(it, entry));
            if !firsts.iter().any(known) {
                firsts.push(at);
            }
        }
        return firsts.into_iter().map(Some).collect();
    }
    let Some(starts) = &lever.starts else { return vec![None] };
    let list = dictionary.position(&starts.list);
    match list.and_then(|at| then.answers.get(at)) {
        Some(Answer::List(entries)) => (0..entries.len()).map(Some).collect(),
        _ => Vec::new(),
    }
}

/// Returns the position of a field, and the day that an entry says there if it
/// is known.
fn day(
    then: &Company,
    dictionary: &Dictionary,
    list: usize,
    entry: usize,
    field: &str,
) -> Option<(usize, Option<Date>)> {
    let Answer::List(entries) = then.answers.get(list)? else { return None };
    let at = dictionary.facts.get(list)?.fields.iter().position(|it| it.id == field)?;
    let Answer::Number(range) = entries.get(entry)?.fields.get(at)? else {
        return Some((at, None));
    };
    let day = range.as_exact().and_then(|it| i32::try_from(it.floor()).ok());
    Some((at, day.and_then(Date::from_day_number)))
}

/// Reads the entry that a lever adds, as a company file would say it.
fn entry(
    lever: &Lever,
    then: &Company,
    dictionary: &Dictionary,
    list: usize,
    horizon: Horizon,
) -> Option<Entry> {
    let facts: Map<String, Json> =
        [(lever.adds.as_ref()?.list.clone(), Json::from(vec![added(lever, then, horizon)?]))]
            .into_iter()
            .collect();
    let members = [
        ("schema".to_owned(), Json::from(SCHEMA)),
        ("as_of".to_owned(), Json::from(then.as_of.to_string())),
        ("facts".to_owned(), Json::from(facts)),
    ];
    let file = Json::from(members.into_iter().collect::<Map<String, Json>>());
    let (mini, problems) = Company::from_value(&file, dictionary, then.as_of);
    match mini.answers.get(list)? {
        Answer::List(entries) if problems.is_empty() => entries.first().cloned(),
        _ => None,
    }
}

/// Returns the day that a lever dates its entry on in a round of the company `then`:
/// the day of application, or the end of the year before it where rights of an
/// earlier year are asked for.
fn dated(adds: &Adds, then: &Company, horizon: Horizon) -> Date {
    let ends = adds.year_end && horizon == Horizon::NextRound;
    year_end(then).filter(|_| ends).unwrap_or(then.as_of)
}

/// Returns the last day of the year that a round looks back on.
fn year_end(then: &Company) -> Option<Date> {
    Date::from_ymd(then.as_of.year().saturating_sub(1), 12, 31)
}

/// Returns the last day on which an act of an item still counts: the day that is
/// kept to; the day of asking, `today`, for what has to begin at once; for figures,
/// and for rights of an earlier year, the end of that year; for people who are
/// hired, the last day on which as many are enough; else the last day of
/// application.
pub fn last_day(lever: &Lever, item: &Item, today: Date) -> Date {
    if let Some(starts) = &lever.starts {
        return starts.day;
    }
    if lever.at_once {
        return today;
    }
    let year = item.as_of.year().saturating_sub(1);
    if let Some(mean) = &lever.mean {
        return mean.last_alike(start(year, today));
    }
    match &lever.adds {
        Some(adds) if adds.year_end && item.horizon == Horizon::NextRound => {
            dated(adds, &item.company, item.horizon)
        }
        None if !lever.moves.is_empty() => year_end(&item.company).unwrap_or(item.until),
        _ => item.until,
    }
}

/// Writes the entry that a lever adds to a list, as a company file says it; a
/// finished entry says the same. `None` if it adds none.
pub fn added(lever: &Lever, then: &Company, horizon: Horizon) -> Option<Json> {
    let adds = lever.adds.as_ref()?;
    let says = adds.says.iter().map(|(field, value)| (field.clone(), Json::from(value.clone())));
    let day = dated(adds, then, horizon).to_string();
    let dated = adds.dated.iter().map(|field| (field.clone(), Json::from(day.clone())));
    Some(says.chain(dated).collect::<Map<String, Json>>().into())
}

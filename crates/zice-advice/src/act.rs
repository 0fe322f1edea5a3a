//! Levers, as far as one company can use them.

use serde_json::{Map, Value as Json};
use zice_rules::{
    Batch, Company, Date, Dictionary,
    company::{Answer, Entry, SCHEMA},
    fraction::{Fraction, Overflow},
    policy::{Horizon, Lever},
    program::NumberSlot,
    range::Range,
};

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
    /// Facts that become true, by position.
    pub sets: Vec<usize>,
    /// The entry that keeps to a day: position of the list, the entry, and the
    /// field.
    pub starts: Option<(usize, usize, usize)>,
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
        horizon: Horizon,
    ) -> (Vec<Self>, Vec<usize>) {
        let (mut acts, mut asks) = (Vec::new(), Vec::new());
        for lever in &batch.policy().levers {
            if !lever.rounds.contains(&horizon) {
                continue;
            }
            for entry in entries(lever, then, dictionary) {
                match Self::of(lever, batch, then, dictionary, horizon, entry) {
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
        horizon: Horizon,
        entry: Option<usize>,
    ) -> Option<Self> {
        if !lever.rounds.contains(&horizon) {
            return None;
        }
        let act = Self::of(lever, batch, then, dictionary, horizon, entry).ok()?;
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
        horizon: Horizon,
        of_entry: Option<usize>,
    ) -> Usable<'p> {
        let year = then.as_of.year().saturating_sub(1);
        let mut act = Self {
            lever,
            most: lever.at_most.floor(),
            moves: Vec::new(),
            entry: None,
            sets: Vec::new(),
            starts: None,
        };
        for (number, moved) in lever.moves.iter().enumerate() {
            let fact = dictionary.position(&moved.fact).ok_or_else(Vec::new)?;
            let known = figure(then, fact, year).and_then(|it| it.as_exact());
            // What the act is about must be known; what it drags along may not.
            if number == 0 && known.is_none() {
                return Err(vec![fact]);
            }
            // What is not known stays as unknown as it was.
            let given = figure(then, fact, year).is_some();
            act.moves.push((fact, year, moved.by, slot(batch, fact).filter(|_| given)));
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
            let entry = entry(lever, then, dictionary, list, horizon).ok_or_else(Vec::new)?;
            act.entry = Some((list, entry));
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

/// Returns what a lever can be about: each entry that is judged, or the company.
fn entries(lever: &Lever, then: &Company, dictionary: &Dictionary) -> Vec<Option<usize>> {
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

/// Returns the last day on which a lever still counts in a round of the company
/// `then`: the day that is kept to; for figures, and for rights of an earlier year, the end of the year
/// before; else the day of application.
pub fn last_day(lever: &Lever, then: &Company, horizon: Horizon) -> Date {
    if let Some(starts) = &lever.starts {
        return starts.day;
    }
    let year_end = lever.adds.as_ref().map_or(!lever.moves.is_empty(), |it| it.year_end);
    let end = Date::from_ymd(then.as_of.year().saturating_sub(1), 12, 31);
    end.filter(|_| year_end && horizon == Horizon::NextRound).unwrap_or(then.as_of)
}

/// Writes the entry that a lever adds to a list, as a company file says it;
/// `None` if it adds none.
pub fn added(lever: &Lever, then: &Company, horizon: Horizon) -> Option<Json> {
    let adds = lever.adds.as_ref()?;
    let says = adds.says.iter().map(|(field, value)| (field.clone(), Json::from(value.clone())));
    let day = last_day(lever, then, horizon).to_string();
    let dated = adds.dated.iter().map(|field| (field.clone(), Json::from(day.clone())));
    Some(says.chain(dated).collect::<Map<String, Json>>().into())
}

//! The smallest sets of acts with which a company passes.

use zice_rules::{
    Assessment, Batch, Company, Date, Dictionary, Error, Status, Verdict, assess, company::Answer,
    doubt::Raised, missing::Missing, policy::Horizon, range::Range,
};

use crate::{
    act::{Act, When},
    boxes::{Goal, Search},
    probe::Probe,
    round::{closes, round},
    tolerance::tolerance,
};

/// How to look for advice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Share by which every figure may still move against the company, in
    /// thousandths.
    pub cushion: u16,
}

/// The largest cushion that may be asked for, in thousandths.
const MOST_CUSHION: u16 = 500;

impl Options {
    /// Reads a cushion as people write it, `5%` or `2.5`: a percentage from 0 to
    /// 50 with at most one decimal. The result is in thousandths.
    pub fn cushion(text: &str) -> Option<u16> {
        let number = text.strip_suffix('%').unwrap_or(text);
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if part.len() != 1 || !digits(whole) || !digits(part) {
            return None;
        }
        let share = whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(part.parse().ok()?)?;
        (share <= MOST_CUSHION).then_some(share)
    }
}

/// What is advised for both rounds.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// Sets of acts, for this round and then for the next; of each, fewest acts
    /// first.
    pub items: Vec<Item>,
    /// Why a round has none.
    pub none: Vec<NoAdvice>,
    /// Whether a search stopped before it had seen everything. What it found
    /// still holds.
    pub stopped: bool,
    /// How often the program was evaluated.
    pub evaluations: u64,
}

/// A set of acts after which the company passes: without one of them, or with
/// less of one, it does not.
#[derive(Clone, Debug)]
pub struct Item {
    /// The round.
    pub horizon: Horizon,
    /// The day of application.
    pub as_of: Date,
    /// The last day of application in that round on which the same acts, done by
    /// then, still do; the day of application where none is known.
    pub until: Date,
    /// The acts; none where time alone is enough.
    pub parts: Vec<Part>,
    /// The company after them.
    pub company: Company,
    /// What it comes to: met, or needs review where experts decide the rest.
    pub verdict: Verdict,
    /// Share by which all figures may then move at once, in thousandths.
    pub margin: Option<u16>,
}

/// An act, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Position among the levers of the policy.
    pub lever: usize,
    /// How many granules.
    pub granules: i128,
    /// The entry that it is about, for a lever that is about one; of several that
    /// wait and say the same, the first.
    pub entry: Option<usize>,
}

/// Why there is no advice for a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAdvice {
    /// The round.
    pub horizon: Horizon,
    /// The reason.
    pub because: Because,
    /// Rows of the report that still fail where everything is done.
    pub rows: Vec<usize>,
    /// Facts to be answered first, by position.
    pub asks: Vec<usize>,
    /// What was tried, every act as far as its lever is looked at: a bound of
    /// the search, and no rule. “Even with 100 people more it is not enough.”
    pub tried: Vec<Part>,
}

impl NoAdvice {
    const fn new(horizon: Horizon, because: Because, asks: Vec<usize>) -> Self {
        Self { horizon, because, rows: Vec::new(), asks, tried: Vec::new() }
    }
}

/// A reason for no advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// No lawful act is enough.
    Levers,
    /// The round has closed.
    Closed(Date),
    /// Acts would be enough by the rules alone, but every company after them is one
    /// that raises doubts, such as R&D above revenue.
    Implausible,
    /// Answers are doubtful.
    Doubts,
    /// Answers contradict each other.
    Contradiction,
    /// An answer is needed first.
    Unknown,
}

/// Finds all irreducible sets of up to three acts with which a company passes,
/// for this round and the next; see [`Item`].
///
/// There is none for a company that passes, nor for a hint. Where a person
/// decides the rest, the goal is that nothing else is left to decide. What is
/// returned was assessed as a whole: the changed company passes, and with one
/// granule less of an act, or without it, does not.
///
/// # Errors
/// Fails when a figure does not fit into 128 bits.
pub fn advise(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
    options: Options,
) -> Result<Advice, Error> {
    let mut advice = Advice::default();
    let now = assess(batch.policy(), company)?.verdict();
    let passes = matches!(now, Verdict::Met | Verdict::NeedsReview);
    if matches!(now, Verdict::Hint | Verdict::NotApplicable) || (passes && options.cushion == 0) {
        return Ok(advice);
    }
    let refused = refused(batch, company, dictionary);
    for horizon in [Horizon::ThisRound, Horizon::NextRound] {
        if let Some((because, asks)) = &refused {
            advice.none.push(NoAdvice::new(horizon, *because, asks.clone()));
            continue;
        }
        if horizon == Horizon::ThisRound
            && let Err(day) = closes(&batch.policy().window, company.as_of)
        {
            let rows = failing(&assess(batch.policy(), company)?);
            let none = NoAdvice::new(horizon, Because::Closed(day), Vec::new());
            advice.none.push(NoAdvice { rows, ..none });
            continue;
        }
        one_round(batch, company, dictionary, options, horizon, &mut advice)?;
    }
    Ok(advice)
}

/// Why nothing may be advised whatever the rules say.
fn refused(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
) -> Option<(Because, Vec<usize>)> {
    if company.contradicts_itself(dictionary) {
        return Some((Because::Contradiction, Vec::new()));
    }
    let asks = doubted(batch, company, dictionary);
    (!asks.is_empty()).then_some((Because::Doubts, asks))
}

/// The facts in open doubt that the policy looks at.
fn doubted(batch: &Batch<'_>, company: &Company, dictionary: &Dictionary) -> Vec<usize> {
    asked_by(batch, company, dictionary, |it| it.is_confirmed(company))
}

/// The facts in doubt once last year's figures stand for the running year too. A
/// doubt that the user has answered of last year stays answered where the same
/// figures were carried forward.
fn doubted_then(
    batch: &Batch<'_>,
    company: &Company,
    then: &Company,
    dictionary: &Dictionary,
) -> Vec<usize> {
    let before = dictionary.doubts_about(company);
    let answered = |code: &str, year: Option<i32>| {
        before.iter().any(|it| it.doubt.code == code && it.year == year && it.is_confirmed(company))
    };
    asked_by(batch, then, dictionary, |it| {
        let earlier = it.year.map(|year| year.saturating_sub(1));
        it.is_confirmed(then)
            || (answered(&it.doubt.code, earlier)
                && it.facts.iter().all(|(fact, _)| is_carried(company, then, *fact)))
    })
}

/// Whether the running year has the figure of last year.
fn is_carried(company: &Company, then: &Company, fact: usize) -> bool {
    let running = company.as_of.year();
    let of = |company: &Company, year: i32| match company.answers.get(fact) {
        Some(Answer::Yearly { years, .. }) => {
            years.iter().find(|(own, _)| *own == year).map(|(_, value)| *value)
        }
        _ => None,
    };
    of(then, running) == of(company, running.saturating_sub(1))
}

/// The facts of doubts that concern the policy and were not answered.
fn asked_by(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
    is_answered: impl Fn(&Raised<'_>) -> bool,
) -> Vec<usize> {
    let raised = dictionary.doubts_about(company);
    let open = raised.iter().filter(|it| it.concerns(batch.policy(), company) && !is_answered(it));
    let mut asks: Vec<usize> = open.flat_map(|it| it.facts.iter().map(|(fact, _)| *fact)).collect();
    asks.sort_unstable();
    asks.dedup();
    asks
}

fn one_round(
    batch: &Batch<'_>,
    company: &Company,
    dictionary: &Dictionary,
    options: Options,
    horizon: Horizon,
    advice: &mut Advice,
) -> Result<(), Error> {
    let then = round(batch.policy(), company, dictionary, horizon);
    if then.contradicts_itself(dictionary) {
        advice.none.push(carried(company, &then, dictionary, horizon));
        return Ok(());
    }
    // What is doubtful once last year's figures stand beside those of this year.
    let asks = match horizon {
        Horizon::ThisRound => Vec::new(),
        Horizon::NextRound => doubted_then(batch, company, &then, dictionary),
    };
    if !asks.is_empty() {
        advice.none.push(NoAdvice::new(horizon, Because::Doubts, asks));
        return Ok(());
    }
    let when = When { horizon, today: company.as_of };
    let (acts, asks) = Act::all(batch, &then, dictionary, when);
    let mut found = Vec::new();
    let mut search = Search::new(batch, &then, &acts, dictionary, options.cushion);
    for goal in [Goal::Met, Goal::Best] {
        found = search.all(goal);
        advice.stopped |= search.stopped();
        if !found.is_empty() {
            break;
        }
    }
    advice.evaluations = advice.evaluations.saturating_add(search.evaluations());
    // Fewest acts first, then the smallest, then those that are done soonest.
    found.sort_by_cached_key(|granules| {
        let own = || acts.iter().zip(granules).filter(|(_, granules)| **granules > 0);
        let size = own().map(|(act, granules)| act.size(&then, *granules)).sum::<i128>();
        let lead = own().map(|(act, _)| act.lever.lead_days.unwrap_or(0)).max();
        (own().count(), size, lead)
    });
    let before = advice.items.len();
    let mut doubted = Vec::new();
    for granules in &found {
        let Some(item) = item(batch, &then, dictionary, &acts, granules, when)? else { continue };
        // What was answered before, or was there before, is no matter of the acts.
        let doubts = asked_by(batch, &item.company, dictionary, |it| {
            it.is_confirmed(company) || raised_before(it, &then, dictionary)
        });
        if doubts.is_empty() {
            advice.items.push(item);
        }
        doubted.extend(doubts);
    }
    if advice.items.len() > before {
        return Ok(());
    }
    doubted.sort_unstable();
    doubted.dedup();
    advice.none.push(if doubted.is_empty() {
        none(batch, &then, dictionary, &acts, asks, horizon)?
    } else {
        NoAdvice::new(horizon, Because::Implausible, doubted)
    });
    Ok(())
}

/// Whether the same rule doubts the same year of the company without any act.
fn raised_before(raised: &Raised<'_>, then: &Company, dictionary: &Dictionary) -> bool {
    let before = dictionary.doubts_about(then);
    before.iter().any(|it| it.doubt.code == raised.doubt.code && it.year == raised.year)
}

/// Figures that are carried forward contradict one of the running year that is
/// given already: those of the running year are needed first.
fn carried(
    company: &Company,
    then: &Company,
    dictionary: &Dictionary,
    horizon: Horizon,
) -> NoAdvice {
    let moved = |id: &String| {
        let at = dictionary.position(id)?;
        (company.answers.get(at) != then.answers.get(at)).then_some(at)
    };
    let pairs = dictionary.contradictions.iter().flat_map(|it| [&it.less, &it.more]);
    let mut asks: Vec<usize> = pairs.flatten().filter_map(moved).collect();
    // Only what stands in the way: without it nothing contradicts.
    asks.retain(|at| {
        let mut without = then.clone();
        if let (Some(place), Some(own)) = (without.answers.get_mut(*at), company.answers.get(*at)) {
            place.clone_from(own);
        }
        !without.contradicts_itself(dictionary)
    });
    asks.sort_unstable();
    asks.dedup();
    NoAdvice::new(horizon, Because::Unknown, asks)
}

/// Applies a set, and assesses it, each smaller neighbour and each part left
/// out. `None` if it does not hold.
fn item(
    batch: &Batch<'_>,
    then: &Company,
    dictionary: &Dictionary,
    acts: &[Act<'_>],
    granules: &[i128],
    when: When,
) -> Result<Option<Item>, Error> {
    let Some(company) = applied(then, acts, granules) else { return Ok(None) };
    if company.contradicts_itself(dictionary) {
        return Ok(None);
    }
    let verdict = assess(batch.policy(), &company)?.verdict();
    if !matches!(verdict, Verdict::Met | Verdict::NeedsReview) {
        return Ok(None);
    }
    let parts = parts(batch, acts, granules);
    let mut probe = Probe::new(batch, &company);
    let margin = tolerance(&mut probe, &company, dictionary);
    let until = until(batch, then, dictionary, &parts, verdict, when)?;
    let (horizon, as_of) = (when.horizon, company.as_of);
    Ok(Some(Item { horizon, as_of, until, parts, company, verdict, margin }))
}

/// Returns the last day of the window, if the same acts, done by then, come to the
/// same for who applies on it; else the day of application.
fn until(
    batch: &Batch<'_>,
    then: &Company,
    dictionary: &Dictionary,
    parts: &[Part],
    verdict: Verdict,
    when: When,
) -> Result<Date, Error> {
    let Ok(Some(last)) = closes(&batch.policy().window, then.as_of) else { return Ok(then.as_of) };
    let late = Company { as_of: last, ..then.clone() };
    let mut company = late.clone();
    for part in parts {
        let lever = batch.policy().levers.get(part.lever);
        let act =
            lever.and_then(|lever| Act::usable(lever, batch, &late, dictionary, when, part.entry));
        let done = act.and_then(|act| applied(&company, &[act], &[part.granules]));
        let Some(done) = done else { return Ok(then.as_of) };
        company = done;
    }
    let same = assess(batch.policy(), &company)?.verdict() == verdict;
    Ok(if same { last } else { then.as_of })
}

/// Names the acts that are done, with their amounts.
fn parts(batch: &Batch<'_>, acts: &[Act<'_>], granules: &[i128]) -> Vec<Part> {
    let levers = &batch.policy().levers;
    let done = acts.iter().zip(granules).filter(|(_, granules)| **granules > 0);
    let part = |(act, granules): (&Act<'_>, &i128)| {
        let lever = levers.iter().position(|it| it.id == act.lever.id)?;
        let waits = act.waiting.as_ref().and_then(|it| it.entries.first().copied());
        let entry = act.starts.map(|(_, entry, _)| entry).or(waits);
        Some(Part { lever, granules: *granules, entry })
    };
    done.filter_map(part).collect()
}

/// Does acts to a company. `None` where a figure does not fit.
pub(crate) fn applied(then: &Company, acts: &[Act<'_>], granules: &[i128]) -> Option<Company> {
    let mut company = then.clone();
    for (act, granules) in acts.iter().zip(granules) {
        act.apply(&mut company, *granules).ok()?;
    }
    Some(company)
}

/// Returns a company whose figures may be anything from where they stand to where
/// every act at its bound brings them: the bound itself may be too much, such as more
/// staff than is allowed. Those of the facts that are asked for have no upper end.
fn opened(then: &Company, most: &Company, asks: &[usize]) -> Company {
    let mut open = most.clone();
    for (own, before) in open.answers.iter_mut().zip(&then.answers) {
        let (Answer::Yearly { years: own, .. }, Answer::Yearly { years: before, .. }) =
            (own, before)
        else {
            continue;
        };
        for ((_, own), (_, before)) in own.iter_mut().zip(before) {
            let lo = own.lo.zip(before.lo).map(|(a, b)| a.min(b));
            let hi = own.hi.zip(before.hi).map(|(a, b)| a.max(b));
            *own = Range { lo, hi, ..*own };
        }
    }
    for at in asks {
        if let Some(Answer::Yearly { years, .. }) = open.answers.get_mut(*at) {
            for (_, range) in years {
                *range = Range { hi: None, ..*range };
            }
        }
    }
    open
}

/// Returns the fact to ask for: where it is known how long another one holds, the
/// day on which that ends, unless it is given.
fn until_when(fact: usize, then: &Company, dictionary: &Dictionary) -> usize {
    let says = dictionary.facts.get(fact).and_then(|it| it.next_round.as_ref());
    let until = says.and_then(|it| dictionary.position(it.until.as_ref()?));
    let open = |at: &usize| match then.answers.get(*at) {
        Some(Answer::Number(range)) => range.as_exact().is_none(),
        _ => false,
    };
    until.filter(open).unwrap_or(fact)
}

/// Returns the rows that certainly keep a company from passing: what is not answered
/// fails nothing.
fn failing(assessment: &Assessment<'_>) -> Vec<usize> {
    let rows = 0..assessment.rows();
    let statuses: Vec<_> = rows.map(|row| assessment.status(row)).collect();
    let rows = Missing::of(assessment.policy).rows(assessment.verdict(), &statuses);
    let fails = |row: &usize| match statuses.get(*row) {
        Some(Status::NotMet) => true,
        Some(Status::Unknown) | None => false,
        Some(_) => assessment.verdict() != Verdict::NotMet,
    };
    rows.into_iter().filter(fails).collect()
}

/// Says why a round has no advice: what fails where everything is done.
fn none(
    batch: &Batch<'_>,
    then: &Company,
    dictionary: &Dictionary,
    acts: &[Act<'_>],
    mut asks: Vec<usize>,
    horizon: Horizon,
) -> Result<NoAdvice, Error> {
    let most: Vec<i128> = acts.iter().map(|act| act.most).collect();
    let company = applied(then, acts, &most).unwrap_or_else(|| then.clone());
    let ceiling = assess(batch.policy(), &company)?;
    let rows = failing(&ceiling);
    // Answers that an act waits for are no way where everything else fails for good.
    if ceiling.verdict() == Verdict::NotMet && !asks.is_empty() {
        let open = opened(then, &company, &asks);
        if assess(batch.policy(), &open)?.verdict() == Verdict::NotMet {
            asks.clear();
        }
    }
    if ceiling.verdict() == Verdict::Undecided {
        // The most decisive answer comes first.
        let questions = ceiling.questions()?;
        let asked = questions.iter().map(|question| until_when(question.fact, then, dictionary));
        asks.splice(0..0, asked);
    }
    asks.retain(|fact| dictionary.facts.get(*fact).is_some());
    let mut seen = Vec::new();
    asks.retain(|fact| {
        !seen.contains(fact) && {
            seen.push(*fact);
            true
        }
    });
    let because = if asks.is_empty() { Because::Levers } else { Because::Unknown };
    let tried = parts(batch, acts, &most);
    Ok(NoAdvice { horizon, because, rows, asks, tried })
}

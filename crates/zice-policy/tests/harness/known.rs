//! Computes with what is known, and with the ways a condition can still come
//! out.

/// The outcome of a condition once everything is answered; `Ask` leaves it to a
/// person. "All of" is the least of its parts, "one of" the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judged {
    No,
    Ask,
    Yes,
}

impl From<bool> for Judged {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

const EVERY: [Judged; 3] = [Judged::No, Judged::Ask, Judged::Yes];

/// The set of outcomes that are still possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways(u8);

impl Ways {
    pub fn only(judged: impl Into<Judged>) -> Self {
        Self(1 << judged.into() as u8)
    }

    pub fn of(ways: impl IntoIterator<Item = Judged>) -> Self {
        ways.into_iter().fold(Self::default(), |all, way| Self(all.0 | 1 << way as u8))
    }

    /// The outcomes of a condition that may hold, may fail, or both.
    pub fn between(may_hold: bool, may_fail: bool) -> Self {
        let ways = [(may_hold, Judged::Yes), (may_fail, Judged::No)];
        Self::of(ways.into_iter().filter_map(|(may, way)| may.then_some(way)))
    }

    pub fn answer(answer: Option<bool>) -> Self {
        answer.map_or(Self::of([Judged::No, Judged::Yes]), Self::only)
    }

    pub fn each(self) -> impl Iterator<Item = Judged> {
        EVERY.into_iter().filter(move |way| self.0 & 1 << *way as u8 != 0)
    }

    /// The outcomes that one or the other leaves open.
    pub fn besides(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn with(self, other: Self, join: fn(Judged, Judged) -> Judged) -> Self {
        Self::of(self.each().flat_map(|one| other.each().map(move |two| join(one, two))))
    }

    /// The outcomes of "both hold". The two must not depend on the same answer.
    pub fn and(self, other: Self) -> Self {
        self.with(other, Judged::min)
    }

    /// The outcomes of "one holds". The two must not depend on the same answer.
    pub fn or(self, other: Self) -> Self {
        self.with(other, Judged::max)
    }

    /// Replaces one outcome by another.
    pub fn with_instead(self, of: Judged, other: Judged) -> Self {
        Self::of(self.each().map(|way| if way == of { other } else { way }))
    }

    /// Whether the condition certainly holds.
    pub fn certain(self) -> bool {
        self == Self::only(Judged::Yes)
    }

    fn word(self, open: &'static str) -> &'static str {
        let mut ways = self.each();
        match (ways.next(), ways.next()) {
            (Some(Judged::Yes), None) => "met",
            (Some(Judged::Ask), None) => "needs_review",
            (Some(Judged::No), None) => "not_met",
            _ => open,
        }
    }

    pub fn status(self) -> &'static str {
        self.word("unknown")
    }

    pub fn verdict(self) -> &'static str {
        self.word("undecided")
    }
}

/// What is known of a number or day: it lies between the two ends, inclusive. A
/// missing end is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between<T> {
    pub lo: Option<T>,
    pub hi: Option<T>,
}

impl<T: Copy + Ord> Between<T> {
    pub const UNKNOWN: Self = Self { lo: None, hi: None };

    pub const fn exactly(value: T) -> Self {
        Self { lo: Some(value), hi: Some(value) }
    }

    pub fn is_unknown(self) -> bool {
        self.lo.is_none() && self.hi.is_none()
    }

    pub fn ends(self) -> impl Iterator<Item = T> {
        self.lo.into_iter().chain(self.hi)
    }

    pub fn may_be_at_least(self, limit: T) -> bool {
        self.hi.is_none_or(|hi| hi >= limit)
    }

    pub fn may_be_at_most(self, limit: T) -> bool {
        self.lo.is_none_or(|lo| lo <= limit)
    }

    pub fn may_be_below(self, limit: T) -> bool {
        self.lo.is_none_or(|lo| lo < limit)
    }

    pub fn may_be_above(self, limit: T) -> bool {
        self.hi.is_none_or(|hi| hi > limit)
    }

    pub fn may_be(self, value: T) -> bool {
        self.may_be_at_least(value) && self.may_be_at_most(value)
    }

    pub fn at_least(self, limit: T) -> Ways {
        Ways::between(self.may_be_at_least(limit), self.may_be_below(limit))
    }
}

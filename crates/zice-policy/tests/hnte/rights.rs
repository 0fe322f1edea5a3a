//! 知识产权: which rights may be used, and what they bring.

use super::{Company, Day, FIRST, Item, reading::Reach};

const CLASS_ONE: [&str; 7] = [
    "invention",
    "defence_patent",
    "plant_variety",
    "crop_variety",
    "new_drug",
    "tcm_protected",
    "ic_layout",
];
const CLASS_TWO: [&str; 3] = ["utility_model", "design", "software"];

/// The number of rights of each sort. All but the last two count only rights
/// that may be used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub class_one: u8,
    pub class_two: u8,
    pub own: u8,
    /// Rights that were bought, given or merged.
    pub acquired: u8,
    /// Rights from a year before the application.
    pub before: u8,
    /// Such rights, whether or not they relate to the main product.
    pub before_any: u8,
    /// Rights of class II owned from an earlier year, even if already used or
    /// used by someone else.
    pub before_owned: u8,
}

impl Count {
    fn zip(self, other: Self, with: impl Fn(u8, u8) -> u8) -> Self {
        Self {
            class_one: with(self.class_one, other.class_one),
            class_two: with(self.class_two, other.class_two),
            own: with(self.own, other.own),
            acquired: with(self.acquired, other.acquired),
            before: with(self.before, other.before),
            before_any: with(self.before_any, other.before_any),
            before_owned: with(self.before_owned, other.before_owned),
        }
    }

    const fn total(&self) -> u8 {
        self.class_one + self.class_two
    }
}

/// 195号: class I brings 7 to 8 points; of class II, five rights bring 5 to 6,
/// three 3 to 4, and one 1 to 2.
const fn quantity(count: Count) -> (u8, u8) {
    match (count.class_one, count.class_two) {
        (1.., _) => (7, 8),
        (0, 5..) => (5, 6),
        (0, 3..) => (3, 4),
        (0, 1..) => (1, 2),
        (0, 0) => (0, 0),
    }
}

/// 195号: own research brings up to 6 points, acquired rights alone up to 3.
const fn way(count: Count) -> (u8, u8) {
    match (count.own, count.acquired) {
        (1.., _) => (1, 6),
        (0, 1..) => (1, 3),
        (0, 0) => (0, 0),
    }
}

impl Item {
    /// The counts of this right if it has this kind and was granted on this
    /// day.
    fn count(&self, as_of: Day, kind: &str, granted: Day) -> Count {
        let one = CLASS_ONE.contains(&kind);
        let two = CLASS_TWO.contains(&kind) && self.used != Some(true);
        let by = self.obtained_by.unwrap_or("own");
        let owned = match self.owner.unwrap_or("company") {
            "company" => true,
            "co_owned" => self.co_owner_uses != Some(true),
            _ => false,
        };
        let valid = matches!(self.status.unwrap_or("granted"), "granted" | "notice_and_fee")
            && matches!(by, "own" | "transfer" | "gift" | "merger")
            && self.disputed != Some(true)
            && self.foreign != Some(true)
            && granted <= as_of;
        // Everything that is asked, except for the relation to the main
        // product.
        let sound = valid && owned && (one || two);
        let related = self.main_product != Some(false);
        let usable = sound && related;
        let held = matches!(self.owner, None | Some("company" | "co_owned"));
        let before = granted.0 < as_of.0;
        Count {
            class_one: u8::from(usable && one),
            class_two: u8::from(usable && two),
            own: u8::from(usable && by == "own"),
            acquired: u8::from(usable && by != "own"),
            before: u8::from(usable && before),
            before_any: u8::from(sound && before),
            before_owned: u8::from(valid && held && related && before && CLASS_TWO.contains(&kind)),
        }
    }

    /// Every way in which the unknown fields can turn out, except kind and day.
    fn ways(&self) -> Vec<Self> {
        let mut ways = vec![self.clone()];
        let mut either = |field: &str, options: &[fn(&mut Self)]| {
            if self.nulls.contains(&field) {
                let with = |one: &Self, set: &fn(&mut Self)| {
                    let mut one = one.clone();
                    set(&mut one);
                    one
                };
                ways =
                    ways.iter().flat_map(|one| options.iter().map(|set| with(one, set))).collect();
            }
        };
        either("status", &[|it| it.status = Some("granted"), |it| it.status = Some("pending")]);
        either(
            "obtained_by",
            &[
                |it| it.obtained_by = Some("own"),
                |it| it.obtained_by = Some("gift"),
                |it| it.obtained_by = Some("licence"),
            ],
        );
        either(
            "owner",
            &[
                |it| it.owner = Some("company"),
                |it| it.owner = Some("co_owned"),
                |it| it.owner = Some("person"),
            ],
        );
        either("disputed", &[|it| it.disputed = Some(true), |it| it.disputed = Some(false)]);
        either(
            "main_product",
            &[|it| it.main_product = Some(true), |it| it.main_product = Some(false)],
        );
        either("used_for_hnte", &[|it| it.used = Some(true), |it| it.used = Some(false)]);
        either(
            "co_owner_uses",
            &[|it| it.co_owner_uses = Some(true), |it| it.co_owner_uses = Some(false)],
        );
        either("foreign", &[|it| it.foreign = Some(true), |it| it.foreign = Some(false)]);
        ways
    }

    /// The lowest and the highest counts.
    fn counts(&self, as_of: Day) -> [Count; 2] {
        let kinds = self.kind.filter(|_| !self.nulls.contains(&"kind"));
        let kinds = kinds.map_or(vec!["invention", "software", "trademark"], |kind| vec![kind]);
        let (year, old) = (as_of.0, (as_of.0 - 1, 12, 31));
        let days = match self.granted {
            // A day said to be unknown may be any day.
            _ if self.nulls.contains(&"granted_on") => vec![old, as_of, (year + 1, 1, 1)],
            // A missing day means granted; only the year stays open.
            None => vec![old, as_of],
            Some((first, last)) => {
                let turns = [old, (year, 1, 1), as_of, (year + 1, 1, 1)];
                let inner = turns.into_iter().filter(|day| (first..=last).contains(day));
                inner.chain([first, last]).collect()
            }
        };
        let ways = self.ways();
        let all = ways.iter().flat_map(|way| {
            kinds
                .iter()
                .flat_map(|kind| days.iter().map(|day| way.count(as_of, kind, *day)))
                .collect::<Vec<Count>>()
        });
        let all: Vec<Count> = all.collect();
        let fold = |with: fn(u8, u8) -> u8| {
            all.iter().copied().reduce(|a, b| a.zip(b, with)).expect("at least one way")
        };
        [fold(u8::min), fold(u8::max)]
    }
}

/// The outcomes of the criteria on rights.
pub struct Rights {
    pub owned: Reach,
    pub acquired_before: Reach,
    pub quantity: Reach,
    pub way: Reach,
}

impl Rights {
    /// In 2023 only renewals were asked about the relation to the main product;
    /// first applicants were asked about the rights they file.
    pub fn of(company: &Company, edition: u16) -> Self {
        let [mut least, mut most] = [Count::default(); 2];
        for item in company.ip.iter().flatten() {
            let [low, high] = item.counts(company.as_of);
            least = least.zip(low, |a, b| a + b);
            most = most.zip(high, |a, b| a + b);
        }
        if company.ip.is_none() || company.ip_complete == Some(false) {
            let more = Count::default().zip(Count::default(), |_, _| 5);
            most = most.zip(more, |a, b| a + b);
        }
        let first = if edition == 2023 { company.yes_no[FIRST] } else { Some(false) };
        // Strict experts want a right that may be used; generous ones accept
        // one that is owned.
        let strict = |count: Count, first: bool| {
            u8::from(count.before > 0 || (first && count.before_any > 0))
        };
        let kind = |count: Count, first: bool| {
            strict(count, first).max(u8::from(!first && count.before_owned > 0))
        };
        let firsts = first.map_or(vec![false, true], |first| vec![first]);
        let ends = |of: &dyn Fn(Count, bool) -> u8| {
            let low = firsts.iter().map(|first| of(least, *first)).min().expect("a way");
            let high = firsts.iter().map(|first| of(most, *first)).max().expect("a way");
            (low, high)
        };
        let gate = |low, high| Reach { low: (low, high), high: (low, high) };
        let scored = |points: fn(Count) -> (u8, u8)| {
            let (low, high) = (points(least), points(most));
            Reach { low: (low.0, high.0), high: (low.1, high.1) }
        };
        Self {
            owned: gate(least.total().min(1), most.total().min(1)),
            acquired_before: Reach { low: ends(&strict), high: ends(&kind) },
            quantity: scored(quantity),
            way: scored(way),
        }
    }
}

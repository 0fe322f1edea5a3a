//! Doubts: answers that can be right but rarely are, such as revenue in yuan
//! where 万元 was meant.
//!
//! The rules are part of the dictionary, beside the facts they concern. A doubt
//! is raised only where its condition certainly holds. It is shown to the user
//! and changes nothing that a policy says.

use zice_exact::program::{Row, Scratch};

pub use crate::dictionary::{Doubt, Doubts, Suggest};

use crate::{
    company::{Answer, Company, Confirmed, Facts},
    date::Date,
    decimal,
    dictionary::Dictionary,
    formula::{ConditionAt, NumberAt},
    fraction::Fraction,
    policy::Policy,
    program::{Compiled, Lens, Links, Registers},
    range::Range,
    truth::Truth,
};

/// A doubt that was raised about a company.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Raised<'a> {
    /// The rule of the dictionary that raised it.
    pub doubt: &'a Doubt,
    /// The fiscal year it concerns, if it concerns one.
    pub year: Option<i32>,
    /// The facts it rests on, by position in the dictionary, each with its
    /// fiscal years. The first fact is where a form shows the doubt.
    pub facts: Vec<(usize, Vec<i32>)>,
    /// The figures in its text, in the order of the rule.
    pub shown: Vec<Range>,
    /// The change that would remove it.
    pub suggest: Option<Suggestion>,
}

/// A proposed change of one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Position of the fact in the dictionary.
    pub fact: usize,
    /// Fiscal year of the figure; `None` for a fact without years.
    pub year: Option<i32>,
    /// The figure to change it to.
    pub to: Fraction,
}

impl Dictionary {
    /// Returns the doubts about a company, in the order of the rules. There are
    /// none if the dictionary was not linked.
    pub fn doubts_about(&self, company: &Company) -> Vec<Raised<'_>> {
        let mut raised = Vec::new();
        self.each_held(company, &mut |rule, then| raised.push(self.raised(rule, then)));
        raised
    }

    /// Visits every rule that holds. It passes along the company as seen in the
    /// year for which the rule holds.
    fn each_held<'a>(&'a self, company: &Company, see: &mut dyn FnMut(&'a Doubt, &View<'_>)) {
        let Some(compiled) = self.doubts.program.as_deref() else { return };
        let mut views = Vec::new();
        for rule in &self.doubts.rules {
            for back in 0..rule.years {
                if views.len() <= usize::from(back) {
                    let day = years_ago(company.as_of, back);
                    views.push(View::of(&self.doubts.links, compiled, company, day));
                }
                if let Some(view) = views.get(usize::from(back))
                    && view.certainly(rule.when)
                {
                    see(rule, view);
                }
            }
        }
    }

    /// Describes a rule that holds; `then` is the company as seen in that year.
    fn raised<'a>(&'a self, rule: &'a Doubt, then: &View<'_>) -> Raised<'a> {
        let this = then.as_of.year();
        let years = |years: &[i8]| {
            years.iter().map(|year| this.saturating_add(i32::from(*year))).collect::<Vec<i32>>()
        };
        let facts = rule.facts.iter();
        Raised {
            doubt: rule,
            year: rule.year.map(|year| this.saturating_add(i32::from(year))),
            facts: facts.filter_map(|(id, at)| Some((self.position(id)?, years(at)))).collect(),
            shown: rule.shown.iter().map(|(number, _)| then.value(*number)).collect(),
            suggest: self.suggestion(rule, then),
        }
    }

    /// Finds the change that removes this doubt and leaves the fewest others;
    /// the first of several.
    fn suggestion(&self, rule: &Doubt, then: &View<'_>) -> Option<Suggestion> {
        let mut best: Option<(usize, Suggestion)> = None;
        for suggest in &rule.suggest {
            let Some((change, changed)) = self.change(suggest, then) else { continue };
            let view = View::of(&self.doubts.links, then.compiled, &changed, then.as_of);
            if view.certainly(rule.when) || changed.contradicts_itself(self) {
                continue;
            }
            let mut left = 0_usize;
            self.each_held(&changed, &mut |_, _| left = left.saturating_add(1));
            if best.as_ref().is_none_or(|(fewest, _)| left < *fewest) {
                best = Some((left, change));
            }
        }
        best.map(|(_, change)| change)
    }

    /// Applies a proposed change. Returns `None` if its condition does not
    /// hold, its figure is not known or not allowed, or the figure it replaces
    /// was not given.
    fn change(&self, suggest: &Suggest, then: &View<'_>) -> Option<(Suggestion, Company)> {
        if suggest.when.is_some_and(|when| !then.certainly(when)) {
            return None;
        }
        let to = then.value(suggest.to).as_exact()?;
        let fact = self.position(&suggest.fact)?;
        let domain = self.facts.get(fact)?.domain();
        let fits = domain.lower().is_none_or(|min| to >= min)
            && domain.max.is_none_or(|max| to <= max)
            && decimal::parse(&to.to_decimal_or_ratio()).is_ok();
        let year = suggest.year.map(|year| then.as_of.year().saturating_add(i32::from(year)));
        let mut changed = then.company.clone();
        match (changed.answers.get_mut(fact)?, year) {
            (Answer::Yearly { years, .. }, Some(year)) => {
                let (_, figure) = years.iter_mut().find(|(given, _)| *given == year)?;
                *figure = Range::exact(to);
            }
            (Answer::Number(figure), None) => *figure = Range::exact(to),
            _ => return None,
        }
        fits.then_some((Suggestion { fact, year, to }, changed))
    }
}

/// Returns the day of application as of so many years ago: the day itself for
/// 0, else January 1 of that year.
fn years_ago(day: Date, years: u8) -> Date {
    match years {
        0 => day,
        _ => Date::from_ymd(day.year().saturating_sub(i32::from(years)), 1, 1).unwrap_or(Date::MIN),
    }
}

/// A company seen from one year, with the registers of the rules.
struct View<'a> {
    compiled: &'a Compiled,
    company: &'a Company,
    as_of: Date,
    row: Row,
    scratch: Scratch,
}

impl<'a> View<'a> {
    fn of(links: &Links, compiled: &'a Compiled, company: &'a Company, as_of: Date) -> Self {
        let row = compiled.bind(Facts { links, company, as_of }, None);
        let mut scratch = compiled.scratch();
        // A figure that does not fit is no reason for doubt.
        let _doubtless = scratch.run(&compiled.program, &row);
        Self { compiled, company, as_of, row, scratch }
    }

    const fn registers(&self) -> Registers<'_> {
        let (compiled, row, scratch) = (self.compiled, &self.row, &self.scratch);
        Registers { compiled, row, scratch, inside: None }
    }

    /// Whether a condition certainly holds.
    fn certainly(&self, when: ConditionAt) -> bool {
        self.registers().truth(when, Lens::Worst) == Ok(Truth::True)
    }

    fn value(&self, number: NumberAt) -> Range {
        self.registers().number(number, Lens::Worst).unwrap_or(Range::ANY)
    }
}

impl Raised<'_> {
    /// Writes its figures into one text. An earlier answer to the doubt still
    /// applies if this text has not changed.
    pub fn figures(&self) -> String {
        let end =
            |end: Option<Fraction>| end.map_or_else(String::new, Fraction::to_decimal_or_ratio);
        let figure = |it: &Range| match it.as_exact() {
            Some(value) => value.to_decimal_or_ratio(),
            None => [&end(it.lo), "~", &end(it.hi)].concat(),
        };
        self.shown.iter().map(figure).collect::<Vec<String>>().join(" ")
    }

    /// Whether the user has answered this doubt, and its figures are still those
    /// of the answer.
    pub fn is_confirmed(&self, company: &Company) -> bool {
        let same = |it: &&Confirmed| it.code == self.doubt.code && it.year == self.year;
        let mut answers = company.confirmed.iter().filter(same).peekable();
        answers.peek().is_some() && {
            let figures = self.figures();
            answers.any(|it| it.figures == figures)
        }
    }

    /// Whether a policy uses any of its figures.
    pub fn concerns(&self, policy: &Policy, company: &Company) -> bool {
        let year = company.as_of.year();
        self.facts.iter().any(|(fact, years)| policy.looks_at(*fact, years, year))
    }
}

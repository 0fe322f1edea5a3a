//! Rules that raise doubts, beside the facts they concern.

use std::sync::Arc;

#[cfg(feature = "serde")]
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Dictionary;
use crate::{
    error::Error,
    formula::{ConditionAt, FormulaAt, Formulas, NumberAt},
    json::{Read, Reader},
    program::{Compiled, Links, Tables},
    read_members,
    text::Text,
    unit::Unit,
};

/// The doubts that a dictionary defines.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// What the formulas refer to, by id.
    pub tables: Tables,
    /// The formulas of all rules.
    pub formulas: Formulas,
    /// The program compiled from the formulas, as text; see
    /// [`crate::program::code`].
    pub code: String,
    /// The rules, in the order in which doubts are shown.
    pub rules: Vec<Doubt>,
    /// Positions of what the tables name; filled by [`Doubts::link`].
    pub links: Links,
    /// The program of the formulas; read by [`Doubts::link`].
    pub(crate) program: Option<Arc<Compiled>>,
}

/// A rule that raises a doubt.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Doubt {
    /// Id of the doubt, unique within the dictionary.
    pub code: String,
    /// The fiscal year it concerns, as an offset from the year of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub year: Option<i8>,
    /// The number of years the rule is applied to: the last one, the one before
    /// it, and so on, each time as if that year were the last.
    pub years: u8,
    /// Ids of the facts it rests on, each with its fiscal years as offsets from
    /// the year of application. The first fact is where a form shows the doubt.
    pub facts: Vec<(String, Vec<i8>)>,
    /// The condition under which it is raised.
    pub when: ConditionAt,
    /// The text of the doubt; `{0}` stands for the first figure of `shown`.
    pub text: Text,
    /// The figures in the text, with their units.
    pub shown: Vec<(NumberAt, Unit)>,
    /// Figures that were probably meant. The one that leaves the fewest doubts
    /// is proposed.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub suggest: Vec<Suggest>,
}

/// A figure that would remove a doubt.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Suggest {
    /// Id of the fact to change.
    pub fact: String,
    /// Its fiscal year, as an offset from the year of application.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub year: Option<i8>,
    /// The figure to change it to.
    pub to: NumberAt,
    /// The condition under which it is proposed; `None` for always.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub when: Option<ConditionAt>,
}

#[cfg(feature = "serde")]
impl Serialize for Doubts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Members<'a> {
            tables: &'a Tables,
            formulas: &'a Formulas,
            code: &'a str,
            rules: &'a [Doubt],
        }
        let Self { tables, formulas, code, rules, .. } = self;
        Members { tables, formulas, code, rules }.serialize(serializer)
    }
}

impl Doubts {
    /// Makes rules over these tables. They must still be compiled and linked.
    pub fn new(tables: Tables, formulas: Formulas, rules: Vec<Doubt>) -> Self {
        Self { tables, formulas, rules, ..Self::default() }
    }

    /// Whether there are no rules.
    pub const fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Links the rules to their dictionary and reads the program.
    ///
    /// # Errors
    /// Fails when a name is unknown, an index points nowhere, or the program
    /// does not belong to these formulas.
    pub fn link(&mut self, dictionary: &Dictionary) -> Result<(), Error> {
        self.resolve(dictionary)?;
        if self.is_empty() {
            return Ok(());
        }
        let program = Compiled::read(&self.code, self.formulas.all().len(), &self.tables);
        self.program = Some(Arc::new(program.ok_or_else(|| Error::policy("doubt".to_owned()))?));
        Ok(())
    }

    /// Does the part of [`Doubts::link`] that needs no program.
    ///
    /// # Errors
    /// Fails when a name is unknown or an index points nowhere.
    pub fn resolve(&mut self, dictionary: &Dictionary) -> Result<(), Error> {
        self.links = dictionary.links(&self.tables).map_err(Error::policy)?;
        let named = self.rules.iter().flat_map(|rule| &rule.facts).map(|(id, _)| id);
        let changed = self.rules.iter().flat_map(|rule| &rule.suggest).map(|it| &it.fact);
        if let Some(id) = named.chain(changed).find(|id| dictionary.position(id).is_none()) {
            return Err(Error::policy(id.clone()));
        }
        let mut sound = self.formulas.is_sound();
        self.roots(&mut |at| sound &= self.formulas.holds(at));
        for formula in self.formulas.all() {
            sound &= self.tables.have(formula.node());
        }
        if sound { Ok(()) } else { Err(Error::policy("doubt".to_owned())) }
    }

    /// Visits the index of every formula that is not a part of another one.
    pub(crate) fn roots(&self, see: &mut dyn FnMut(FormulaAt)) {
        for rule in &self.rules {
            see(FormulaAt::Condition(rule.when));
            rule.shown.iter().for_each(|(number, _)| see(FormulaAt::Number(*number)));
            for suggest in &rule.suggest {
                see(FormulaAt::Number(suggest.to));
                if let Some(when) = suggest.when {
                    see(FormulaAt::Condition(when));
                }
            }
        }
    }
}

read_members! {
    Doubt { code, year, years, facts, when, text, shown, suggest }
    Suggest { fact, year, to, when }
}

impl Read for Doubts {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        // A dictionary without doubts is no mistake.
        let Some(value) = value else { return Self::default() };
        let members = reader.members(Some(value));
        Self {
            tables: Read::member(members, "tables", reader),
            rules: Read::member(members, "rules", reader),
            formulas: Read::member(members, "formulas", reader),
            code: Read::member(members, "code", reader),
            links: Links::default(),
            program: None,
        }
    }
}

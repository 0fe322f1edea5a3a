//! Checks the names by which users' own tables call things: each must mean one
//! thing only, add something new, and not be listed both as an alias and as a
//! look-alike.

use std::collections::{BTreeMap, BTreeSet};

use zice_rules::{
    Dictionary,
    dictionary::{Choice, Fact, Field, Kind, OWN_NAME},
    names::{Addend, Columns, Implied, UNKNOWN},
    text::{spelling, unnumbered},
};

use super::Lint;

/// The words in table cells that mean yes, no or "ask" for a yes-or-no fact or
/// field.
struct Words<'a> {
    owner: &'a str,
    kind: Kind,
    yes: &'a [String],
    no: &'a [String],
    ask: &'a [String],
}

impl Lint<'_> {
    pub(super) fn names_in_tables(&mut self, dictionary: &Dictionary) {
        self.columns(&dictionary.columns);
        let facts = dictionary.facts.iter();
        self.one_owner("facts", facts.map(|fact| (fact.id.as_str(), fact.names())));
        for fact in &dictionary.facts {
            let own = Fact { aliases: Vec::new(), ..fact.clone() }.names();
            self.names_of(own, &fact.aliases, &fact.ask);
            self.words(&Words {
                owner: &fact.id,
                kind: fact.kind,
                yes: &fact.yes_words,
                no: &fact.no_words,
                ask: &fact.ask_words,
            });
            self.parts(fact);
            self.names_of_choices(&fact.id, &fact.values, None);
            for field in &fact.fields {
                let own = Field { aliases: Vec::new(), ..field.clone() }.names();
                self.names_of(own, &field.aliases, &field.ask);
                self.words(&Words {
                    owner: &field.id,
                    kind: field.kind,
                    yes: &field.yes_words,
                    no: &field.no_words,
                    ask: &field.ask_words,
                });
                self.names_of_choices(&field.id, &field.values, Some((fact, field)));
            }
            let sides = fact.sides.iter().map(|side| (side.id.as_str(), side.names()));
            let columns = fact.fields.iter().map(|field| (field.id.as_str(), field.names()));
            self.one_owner(&fact.id, columns.chain(sides));
            self.names_of_choices(&fact.id, &fact.sides, None);
        }
    }

    /// Reports a name that two facts, two fields of one fact or two choices of
    /// one field share.
    fn one_owner<'b>(&mut self, owner: &str, named: impl Iterator<Item = (&'b str, Vec<String>)>) {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (id, names) in named {
            for name in names {
                if let Some(other) = seen.insert(name.clone(), id)
                    && other != id
                {
                    let message = format!(
                        "{owner}：{other} 和 {id} 都叫“{name}”，应写进双方的 ask / one name for both: it belongs to `ask` of both"
                    );
                    self.report_at(id, message);
                }
            }
        }
    }

    /// Reports aliases that repeat a name the thing already has, and names that
    /// are both an alias and a look-alike to ask about.
    fn names_of(&mut self, mut own: Vec<String>, aliases: &[String], ask: &[String]) {
        for alias in aliases.iter().filter(|alias| *alias != OWN_NAME) {
            let name = self.name(alias);
            if own.contains(&name) {
                let message = format!("“{alias}”已经是它的名称 / it goes by this already");
                self.report_at(alias, message);
            }
            own.push(name);
        }
        let mut seen = BTreeSet::new();
        for look_alike in ask {
            let name = self.name(look_alike);
            if aliases.iter().any(|alias| spelling(alias) == name) {
                let message =
                    format!("“{look_alike}”既可直接取数又要先问 / both an alias and to be asked");
                self.report_at(look_alike, message);
            }
            if !seen.insert(name) {
                self.report_at(look_alike, format!("“{look_alike}”写了两次 / written twice"));
            }
        }
    }

    /// The normalized spelling of a name. Reports a name that is empty or
    /// begins with a line number.
    fn name(&mut self, name: &str) -> String {
        let spelled = spelling(name);
        if spelled.is_empty() {
            self.report_at(name, format!("“{name}”是空的名称 / an empty name"));
        }
        if unnumbered(name) != name.trim() {
            let message = format!("“{name}”不要写序号 / leave the number of the line out");
            self.report_at(name, message);
        }
        spelled
    }

    fn names_of_choices(
        &mut self,
        owner: &str,
        values: &[Choice],
        within: Option<(&Fact, &Field)>,
    ) {
        self.one_owner(owner, values.iter().map(|choice| (choice.id.as_str(), choice.names())));
        for choice in values {
            let own = Choice { aliases: Vec::new(), ..choice.clone() };
            self.names_of(own.names(), &choice.aliases, &choice.ask);
            let others = values.iter().filter(|other| other.id != choice.id);
            let others: Vec<String> = others.flat_map(Choice::names).collect();
            for look_alike in choice.ask.iter().filter(|it| others.contains(&spelling(it))) {
                let message =
                    format!("“{look_alike}”是另一选项的名称 / the name of another choice");
                self.report_at(look_alike, message);
            }
            let mut own = Choice { implies: Vec::new(), ..choice.clone() }.names();
            for implied in &choice.implies {
                self.names_of(own.clone(), &implied.aliases, &choice.ask);
                own.extend(implied.aliases.iter().map(|alias| spelling(alias)));
                self.implied(&choice.id, implied, within);
            }
        }
    }

    /// Reports a name that implies a value of another field which that field
    /// can't have.
    fn implied(&mut self, choice: &str, implied: &Implied, within: Option<(&Fact, &Field)>) {
        let Implied { aliases, field, value } = implied;
        let other = within.and_then(|(fact, own)| {
            fact.fields.iter().find(|it| it.id == *field && it.id != own.id)
        });
        let fits = other.is_some_and(|other| match other.kind {
            _ if value == UNKNOWN => true,
            Kind::Enum => other.values.iter().any(|it| it.id == *value),
            Kind::Bool => matches!(value.as_str(), "true" | "false"),
            _ => false,
        });
        if !fits || aliases.is_empty() {
            let message =
                format!("{choice}：implies 的字段或取值不对 / implies {field} = {value}: unknown");
            self.report_at(choice, message);
        }
    }

    /// Reports a word that stands twice, and words for anything but a
    /// yes-or-no.
    fn words(&mut self, Words { owner, kind, yes, no, ask }: &Words<'_>) {
        let mut seen = BTreeSet::new();
        for word in yes.iter().chain(*no).chain(*ask) {
            let name = self.name(word);
            if !seen.insert(name) {
                let message = format!("“{word}”写了两次 / written twice");
                self.report_at(word, message);
            }
        }
        if *kind != Kind::Bool && !seen.is_empty() {
            let message = format!("{owner}：只有是非题有 yes_words / only for a yes-or-no");
            self.report_at(owner, message);
        }
    }

    /// Checks the table lines that add up to a fact: only a figure has such
    /// parts, each name stands once, and at least one part is required.
    fn parts(&mut self, fact: &Fact) {
        let Fact { id, parts, .. } = fact;
        let is_figure = fact.kind.is_number() && fact.kind != Kind::Date;
        if !parts.is_empty() && (!is_figure || parts.iter().all(|part| part.optional)) {
            let message = format!("{id}：part 用不上 / no sum can come of these parts");
            self.report_at(id, message);
        }
        let mut seen: BTreeSet<String> = fact.names().into_iter().collect();
        for Addend { aliases, within, .. } in parts {
            if aliases.is_empty() {
                self.report_at(id, format!("{id}：part 没有名称 / a part without a name"));
            }
            for alias in aliases.iter().chain(within) {
                let name = self.name(alias);
                if !seen.insert(name) {
                    let message = format!("“{alias}”写了两次 / written twice");
                    self.report_at(alias, message);
                }
            }
        }
    }

    /// Reports a year column's heading that stands twice: it could mean two
    /// years.
    fn columns(&mut self, columns: &Columns) {
        let Columns { this_period, last_period, closing, opening } = columns;
        let mut seen = BTreeSet::new();
        for word in this_period.iter().chain(last_period).chain(closing).chain(opening) {
            let name = self.name(word);
            if !seen.insert(name) {
                self.report_at(word, format!("“{word}”写了两次 / written twice"));
            }
        }
    }
}

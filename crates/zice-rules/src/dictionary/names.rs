//! Names of facts, fields and choices in people's own tables.
//!
//! Authors write these names beside each fact (`policies/facts.toml`). Only
//! reading tables needs them, so for the browser they are a separate file:
//! [`Names::of`] takes them out of a dictionary, [`Names::add_to`] puts them
//! back. [`Dictionary::from_json`] reads a dictionary without them.

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

#[cfg(feature = "serde")]
use super::is_default;
use super::{Choice, Dictionary, Fact, Field};
use crate::{error::Error, json::read};

/// Name of the format of names that this engine reads.
pub const SCHEMA: &str = "zice.names/1";

/// The value of [`Implied::value`] for a name that leaves another field open,
/// whatever else its row says: 发明专利（授权通知） is not a grant yet, but the fee may
/// have been paid.
pub const UNKNOWN: &str = "null";

/// Names of the columns of a financial statement, by the year they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct Columns {
    /// Flows of the last fiscal year (本年累计金额, 本期金额).
    pub this_period: Vec<String>,
    /// Flows of the year before it (上期金额, 上年金额).
    pub last_period: Vec<String>,
    /// Balances at the end of the last fiscal year (期末余额).
    pub closing: Vec<String>,
    /// Balances at its beginning, which is the end of the year before it
    /// (年初余额).
    pub opening: Vec<String>,
}

/// A line of a statement that is one addend of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Addend {
    /// Names of the line in statements.
    pub aliases: Vec<String>,
    /// Whether the line is subtracted from the sum rather than added.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub minus: bool,
    /// Whether statements may rightly lack the line. Without a line that is not
    /// optional there is no sum.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub optional: bool,
    /// Names of lines that show where the amount is when it has no line of its
    /// own: it is then part of another addend (其中：研究费用, under 管理费用). Where one
    /// of these lines is present, this one may be missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub within: Vec<String>,
}

/// Names of a choice that also say something about another field: 发明申请 is an
/// invention, and it is pending.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Implied {
    /// Names of the choice, in addition to its `aliases`.
    pub aliases: Vec<String>,
    /// Id of the other field of the entry.
    pub field: String,
    /// Its value: the id of a choice, `true` or `false`, or [`UNKNOWN`].
    pub value: String,
}

/// All names of a dictionary, separate from it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Names {
    /// Name of the format, always [`SCHEMA`].
    pub schema: String,
    /// Names of the columns of financial statements.
    pub columns: Columns,
    /// Names of facts; facts without names are left out.
    pub facts: Vec<Named>,
}

/// The names of one fact, field, choice or side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Named {
    /// Id of the thing they name.
    pub id: String,
    /// Names whose value may be taken.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub aliases: Vec<String>,
    /// Names that look like it but mean something else.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub ask: Vec<String>,
    /// Lines of a statement that add up to it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub parts: Vec<Addend>,
    /// Cell texts that mean yes, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub yes_words: Vec<String>,
    /// Cell texts that mean no, besides the usual ones.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub no_words: Vec<String>,
    /// Cell texts that mean neither by themselves.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub ask_words: Vec<String>,
    /// Names of a choice that also say something about another field.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub implies: Vec<Implied>,
    /// Names of the choices of a fact or field.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub values: Vec<Self>,
    /// Names of the fields of a list or object.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub fields: Vec<Self>,
    /// Names of the sides of a yearly object.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub sides: Vec<Self>,
}

impl Names {
    /// Copies the names out of a dictionary.
    pub fn of(dictionary: &Dictionary) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            columns: dictionary.columns.clone(),
            facts: some(dictionary.facts.iter().map(of_fact)),
        }
    }

    /// Reads compiled names.
    ///
    /// # Errors
    /// Fails when the JSON does not hold names of this format.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let value = serde_json::from_str(json).map_err(Error::json)?;
        let names: Self = read(&value).map_err(|member| Error::policy(member.to_owned()))?;
        if names.schema != SCHEMA {
            return Err(Error::policy(format!("schema {}", names.schema)));
        }
        Ok(names)
    }

    /// Puts the names into a dictionary that has none.
    ///
    /// # Errors
    /// Fails when a name belongs to something the dictionary does not contain:
    /// the two were made from different facts. The dictionary may then hold
    /// some of the names.
    pub fn add_to(self, dictionary: &mut Dictionary) -> Result<(), Error> {
        dictionary.columns = self.columns;
        for named in self.facts {
            let fact = dictionary.facts.iter_mut().find(|fact| fact.id == named.id);
            let fact = fact.ok_or_else(|| unknown(&named.id))?;
            (fact.aliases, fact.ask, fact.parts) = (named.aliases, named.ask, named.parts);
            (fact.yes_words, fact.no_words) = (named.yes_words, named.no_words);
            fact.ask_words = named.ask_words;
            add_choices(named.values, &mut fact.values)?;
            add_choices(named.sides, &mut fact.sides)?;
            for named in named.fields {
                let field = fact.fields.iter_mut().find(|field| field.id == named.id);
                let field = field.ok_or_else(|| unknown(&named.id))?;
                (field.aliases, field.ask) = (named.aliases, named.ask);
                (field.yes_words, field.no_words) = (named.yes_words, named.no_words);
                field.ask_words = named.ask_words;
                add_choices(named.values, &mut field.values)?;
            }
        }
        Ok(())
    }
}

impl Dictionary {
    /// Removes the names, for those who read no tables.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.columns = Columns::default();
        for fact in &mut self.facts {
            fact.aliases.clear();
            fact.ask.clear();
            fact.parts.clear();
            fact.yes_words.clear();
            fact.no_words.clear();
            fact.ask_words.clear();
            fact.values.iter_mut().chain(&mut fact.sides).for_each(Choice::forget_names);
            for field in &mut fact.fields {
                field.aliases.clear();
                field.ask.clear();
                field.yes_words.clear();
                field.no_words.clear();
                field.ask_words.clear();
                field.values.iter_mut().for_each(Choice::forget_names);
            }
        }
        self
    }
}

impl Choice {
    fn forget_names(&mut self) {
        self.aliases.clear();
        self.ask.clear();
        self.implies.clear();
    }
}

fn unknown(id: &str) -> Error {
    Error::policy(format!("names of {id:?}"))
}

fn add_choices(names: Vec<Named>, choices: &mut [Choice]) -> Result<(), Error> {
    for named in names {
        let choice = choices.iter_mut().find(|choice| choice.id == named.id);
        let choice = choice.ok_or_else(|| unknown(&named.id))?;
        (choice.aliases, choice.ask, choice.implies) = (named.aliases, named.ask, named.implies);
    }
    Ok(())
}

fn of_fact(fact: &Fact) -> Named {
    Named {
        id: fact.id.clone(),
        aliases: fact.aliases.clone(),
        ask: fact.ask.clone(),
        parts: fact.parts.clone(),
        yes_words: fact.yes_words.clone(),
        no_words: fact.no_words.clone(),
        ask_words: fact.ask_words.clone(),
        values: some(fact.values.iter().map(of_choice)),
        fields: some(fact.fields.iter().map(of_field)),
        sides: some(fact.sides.iter().map(of_choice)),
        ..Named::default()
    }
}

fn of_field(field: &Field) -> Named {
    Named {
        id: field.id.clone(),
        aliases: field.aliases.clone(),
        ask: field.ask.clone(),
        yes_words: field.yes_words.clone(),
        no_words: field.no_words.clone(),
        ask_words: field.ask_words.clone(),
        values: some(field.values.iter().map(of_choice)),
        ..Named::default()
    }
}

fn of_choice(choice: &Choice) -> Named {
    Named {
        id: choice.id.clone(),
        aliases: choice.aliases.clone(),
        ask: choice.ask.clone(),
        implies: choice.implies.clone(),
        ..Named::default()
    }
}

/// Keeps those that have any names.
fn some(names: impl Iterator<Item = Named>) -> Vec<Named> {
    names.filter(|named| Named { id: String::new(), ..named.clone() } != Named::default()).collect()
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test ends where what it needs is not there")]
mod tests {
    use super::Names;
    use crate::Dictionary;

    const FACTS: &str = r#"{
        "schema": "zice.facts/1",
        "columns": { "this_period": ["本期金额"], "closing": ["期末余额"] },
        "topic": [],
        "fact": [
            {
                "id": "cost", "name": "成本", "type": "money", "topic": "",
                "short": { "zh": "", "en": "" }, "question": { "zh": "", "en": "" },
                "definition": { "zh": "", "en": "" },
                "aliases": ["成本费用"], "ask": ["营业总成本"],
                "part": [{ "aliases": ["营业成本"] }, { "aliases": ["投资收益"], "minus": true, "optional": true }]
            },
            {
                "id": "ip", "name": "知识产权", "type": "list", "topic": "",
                "short": { "zh": "", "en": "" }, "question": { "zh": "", "en": "" },
                "definition": { "zh": "", "en": "" },
                "fields": [
                    {
                        "id": "kind", "name": "类别", "type": "enum", "label": { "zh": "", "en": "" },
                        "values": [{
                            "id": "invention", "name": "发明专利", "zh": "发明专利", "en": "Invention",
                            "aliases": ["发明"], "ask": ["专利"],
                            "implies": [{ "aliases": ["发明申请"], "field": "status", "value": "pending" }]
                        }]
                    },
                    {
                        "id": "foreign", "name": "境外", "type": "bool", "label": { "zh": "", "en": "" },
                        "aliases": ["国别"], "ask": ["地区"], "yes_words": ["US"], "no_words": ["CN"],
                        "ask_words": ["WO"]
                    }
                ]
            }
        ]
    }"#;

    fn whole() -> Dictionary {
        serde_json::from_str(FACTS).expect("a dictionary")
    }

    fn text(dictionary: &Dictionary) -> String {
        serde_json::to_string(dictionary).expect("JSON")
    }

    #[test]
    fn names_are_taken_out_and_put_back() {
        let whole = whole();
        let plain = text(&whole.clone().without_names());
        let mut plain = Dictionary::from_json(&plain).expect("a dictionary");
        assert!(
            ["aliases", "ask", "words", "part", "implies", "columns"]
                .iter()
                .all(|member| !text(&plain).contains(member))
        );
        let written = serde_json::to_string(&Names::of(&whole)).expect("JSON");
        let names = Names::from_json(&written).expect("names");
        names.add_to(&mut plain).expect("names of this dictionary");
        assert_eq!(text(&plain), text(&whole));
        assert!(text(&whole).contains("发明申请") && text(&whole).contains("本期金额"));
    }

    #[test]
    fn names_of_another_dictionary_are_refused() {
        let mut whole = whole();
        let names = Names::of(&whole);
        let ip = whole.facts.pop().expect("a fact");
        assert!(names.clone().add_to(&mut whole).is_err(), "no such fact");
        let mut other = ip;
        other.fields.pop();
        whole.facts.push(other);
        assert!(names.add_to(&mut whole).is_err(), "no such field");
        assert!(Names::from_json(r#"{"schema":"zice.names/9","columns":{},"facts":[]}"#).is_err());
        assert!(
            Names::from_json(r#"{"schema":"zice.names/1","columns":{},"facts":[{}]}"#).is_err()
        );
    }

    #[test]
    fn a_choice_goes_by_the_names_that_say_more_too() {
        let whole = whole();
        let kind = whole.fact("ip").and_then(|ip| ip.fields.first()).expect("a field");
        let names = kind.values.first().expect("a choice").names();
        assert_eq!(names, ["invention", "发明专利", "发明", "发明申请"]);
        assert_eq!(whole.fact("cost").expect("a fact").names(), ["cost", "成本", "成本费用"]);
        assert_eq!(whole.fact("cost").expect("a fact").look_alikes(), ["营业总成本"]);
    }
}

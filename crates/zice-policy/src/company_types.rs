//! Writes the facts of a company file as TypeScript, made from the dictionary.

use std::fmt::Write as _;

use zice_rules::{
    Dictionary, Text,
    dictionary::{Answers, Choice, Domain, Fact, Field, Kind},
};

/// Returns the interface `Facts` and one interface for the entries of each list
/// or object.
///
/// The types `Figure`, `Estimated` and `ByYear` are written by hand in
/// `www/npm/zice.d.ts`.
pub fn company_types(dictionary: &Dictionary) -> String {
    let mut text = String::from(
        "/** What is known about a company; what is absent or `null` is not known. */\n\
         export interface Facts {\n",
    );
    for fact in &dictionary.facts {
        comment(&mut text, &fact.short, fact.answers.as_ref(), "");
        member(&mut text, &fact.id, &whole_fact(fact));
    }
    // Facts of other versions are kept and named in a warning, so the type
    // allows them.
    text.push_str("  [fact: string]: unknown;\n}\n");
    for fact in dictionary.facts.iter().filter(|fact| !fact.fields.is_empty()) {
        let _ = write!(
            text,
            "\n/** An entry of `{}`. */\nexport interface {} {{\n",
            fact.id,
            entry(fact)
        );
        for field in &fact.fields {
            // Only an absent field takes its default; `null` means "unknown".
            let taken = match (&field.default, &field.assumed_past) {
                (Some(default), _) => format!("; where absent: {default}"),
                (None, Some(_)) => "; where absent: by the day of application".to_owned(),
                _ => String::new(),
            };
            comment(&mut text, &field.label, field.answers.as_ref(), &taken);
            member(&mut text, &field.id, &field_type(field));
        }
        text.push_str("}\n");
    }
    text
}

/// Writes the comment above a member: its name, what `true` and `false` mean
/// for a yes-or-no, and its default. The meanings matter because a fact may be
/// named after something bad while `true` is the good answer.
fn comment(text: &mut String, name: &Text, answers: Option<&Answers>, taken: &str) {
    let mut words = format!("{} / {}", name.zh, name.en);
    if let Some(Answers { yes, no }) = answers {
        let _ = write!(words, "; true: {} / {}; false: {} / {}", yes.zh, yes.en, no.zh, no.en);
    }
    words.push_str(taken);
    // A text of the dictionary must not end the comment early.
    let words = words.replace("*/", "* /");
    let _ = writeln!(text, "  /** {words} */");
}

fn member(text: &mut String, id: &str, of: &str) {
    let _ = writeln!(text, "  {id}?: {of} | null;");
}

/// The interface name of a fact's entries: `serious_violation` →
/// `SeriousViolationEntry`.
fn entry(fact: &Fact) -> String {
    let mut name = String::new();
    for word in fact.id.split('_') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    name + "Entry"
}

fn whole_fact(fact: &Fact) -> String {
    match fact.kind {
        Kind::List => format!("{}[]", entry(fact)),
        Kind::Object if fact.yearly => {
            let sides: Vec<String> = fact
                .sides
                .iter()
                .map(|side| format!("{}?: {} | null", side.id, entry(fact)))
                .collect();
            format!("ByYear<{{ {} }}>", sides.join("; "))
        }
        Kind::Object => entry(fact),
        _ if fact.bare => {
            let figure = scalar(&fact.domain());
            format!("ByYear<{figure}> | {figure}")
        }
        _ if fact.yearly => format!("ByYear<{}>", scalar(&fact.domain())),
        _ => scalar(&fact.domain()),
    }
}

fn field_type(field: &Field) -> String {
    scalar(&field.domain())
}

fn scalar(domain: &Domain<'_>) -> String {
    match domain.kind {
        Kind::Bool => "boolean".to_owned(),
        Kind::Enum => union(domain.values).join(" | "),
        Kind::EnumList => {
            let mut choices = union(domain.values);
            // A choice that is a year may also be written as a number.
            let years = domain.values.iter().filter(|choice| choice.id.parse::<u16>().is_ok());
            choices.extend(years.map(|choice| choice.id.clone()));
            format!("({})[]", choices.join(" | "))
        }
        Kind::Text | Kind::List | Kind::Object => "string".to_owned(),
        Kind::Date => "Estimated<string>".to_owned(),
        _ => "Estimated<Figure>".to_owned(),
    }
}

fn union(values: &[Choice]) -> Vec<String> {
    values.iter().map(|choice| format!("{:?}", choice.id)).collect()
}

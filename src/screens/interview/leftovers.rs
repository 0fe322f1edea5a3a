//! What a table says and nobody understood, beside the means to say what it is:
//! once for all rows, in a cell of the preview, in the row of an entry.

use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use zice_rules::{
    Lang,
    dictionary::{Fact, Field, Kind},
    text::printable,
};
use zice_tables::{
    figure::Unit,
    list::{Column, Question, Row, Said},
};

use crate::{
    page::{
        Action, Draft, Focus, Shared, Step,
        path::{Path, plain_text},
    },
    parts::answer::of_field,
    screens::interview::paste::clipped,
    ui::dom::{attrs, changing, foreign, group, keyed, line, maybe, tag, text},
    words,
};

/// A word of a select, what it says, and whether that is said already.
type Choice<'a> = (String, &'a str, bool);

fn select(label: &str, none: &str, options: Vec<Choice<'_>>, said: Callback<String>) -> Html {
    let any = options.iter().any(|(.., selected)| *selected);
    let option = |value: &str, words: &str, selected: bool| {
        let selected = if selected { "selected" } else { "" };
        tag("option", attrs! { "value": value, "selected": selected }, vec![text(words)])
    };
    let mut all = vec![option("", none, !any)];
    all.extend(options.iter().map(|(value, words, selected)| option(value, words, *selected)));
    let onchange = Callback::from(move |event: Event| {
        said.emit(event.target_unchecked_into::<HtmlInputElement>().value());
    });
    changing("select", attrs! { "aria-label": label }, all, onchange)
}

/// The units that money is typed in.
pub fn units(lang: Lang) -> impl Iterator<Item = (Unit, &'static str)> {
    let units = [(Unit::Yuan, &words::YUAN), (Unit::TenThousand, &words::TEN_THOUSAND_YUAN)];
    units.into_iter().map(move |(unit, word)| (unit, word.get(lang)))
}

/// Whether a field is answered by choosing.
fn is_choice(field: &Field) -> bool {
    matches!(field.kind, Kind::Enum | Kind::Bool)
}

/// The choices of a field.
fn choices<'a>(field: &'a Field, given: Option<&Value>, lang: Lang) -> Vec<Choice<'a>> {
    let given = plain_text(given);
    if field.kind == Kind::Bool {
        return [true, false]
            .map(|yes| {
                let word = if yes { &words::YES } else { &words::NO };
                let words = field.answers.as_ref().map(|it| it.said(yes).get(lang));
                (yes.to_string(), words.unwrap_or(word.get(lang)), given == yes.to_string())
            })
            .into();
    }
    let choices = field.values.iter();
    choices.map(|it| (it.id.clone(), it.label(lang), given == it.id)).collect()
}

fn chosen(kind: Kind, word: &str) -> Value {
    match word {
        "" => Value::Null,
        yes if kind == Kind::Bool => Value::Bool(yes == "true"),
        other => Value::String(other.to_owned()),
    }
}

/// What is asked once for all rows. What was answered can be answered anew.
pub fn asked_once(session: &Shared, fact: &Fact, draft: &Draft) -> Html {
    let asked = draft.asked.iter().enumerate().filter_map(|(at, question)| {
        let open = draft.reading.questions.contains(question);
        let (words, options) = question_of(session, fact, draft, question)?;
        if !open && !options.iter().any(|(.., selected)| *selected) {
            return None;
        }
        let (dispatcher, question) = (session.dispatcher(), question.clone());
        let kind = match question {
            Question::All { field } => fact.fields.get(field)?.kind,
            _ => Kind::Bool,
        };
        let said = Callback::from(move |word: String| {
            let said = match &question {
                _ if word.is_empty() => return,
                Question::Owner { .. } => Said::Us(word == "true"),
                Question::All { field } => Said::All(*field, chosen(kind, &word)),
                _ if word == Unit::Yuan.name() => Said::Unit(Unit::Yuan),
                _ => Said::Unit(Unit::TenThousand),
            };
            dispatcher.dispatch(Action::Paste(Step::Say(said)));
        });
        let choose = words::CHOOSE_ONE.get(session.view.lang);
        let children = vec![text(&words), text(" "), select(&words, choose, options, said)];
        let key = ["q", &at.to_string(), "/", &draft.turn.to_string()].concat();
        Some(keyed(key, group("p", "zice-question-once", children)))
    });
    group("div", "", asked.collect())
}

/// A question in words, with what can be answered to it.
fn question_of<'a>(
    session: &'a Shared,
    fact: &'a Fact,
    draft: &Draft,
    question: &Question,
) -> Option<(String, Vec<Choice<'a>>)> {
    let lang = session.view.lang;
    let said = |of: &dyn Fn(&Said) -> bool| draft.said.iter().rev().find(|it| of(it));
    Some(match question {
        Question::Owner { name, .. } => {
            let us = match said(&|it| matches!(it, Said::Us(_))) {
                Some(Said::Us(us)) => Some(*us),
                _ => None,
            };
            let words = words::fill(&words::IS_IT_US, lang, &printable(&clipped(name)));
            let option = |yes: bool, word: &'static words::Word| {
                (yes.to_string(), word.get(lang), us == Some(yes))
            };
            (words, vec![option(true, &words::IT_IS), option(false, &words::IT_IS_NOT)])
        }
        Question::All { field } => {
            let all = said(&|it| matches!(it, Said::All(of, _) if of == field));
            let given = match all {
                Some(Said::All(_, value)) => Some(value),
                _ => None,
            };
            let field = fact.fields.get(*field)?;
            let words = words::fill(&words::ALL_ROWS, lang, field.label.get(lang));
            (words, choices(field, given, lang))
        }
        Question::Unit { text } => {
            let given = match said(&|it| matches!(it, Said::Unit(_))) {
                Some(Said::Unit(unit)) => Some(*unit),
                _ => None,
            };
            let odd = draft.reading.columns.iter().find(|it| it.odd_unit);
            let named = text.as_ref().or(odd.map(|it| &it.head));
            let words = match named {
                Some(named) => words::fill(&words::UNIT_UNCLEAR, lang, &printable(&clipped(named))),
                None => words::fill(&words::UNIT_MISSING, lang, session.view.unit.name()),
            };
            let options = units(lang);
            let options =
                options.map(|(unit, word)| (unit.name().to_owned(), word, given == Some(unit)));
            (words, options.collect())
        }
        // Asked at the head of its column.
        Question::Days { .. } => return None,
    })
}

/// A cell of the preview that was not understood, or in which nothing stands.
pub fn in_cell(
    session: &Shared,
    fact: &Fact,
    draft: &Draft,
    (row, row_at): (&Row, usize),
    (column, column_at): (&Column, usize),
    original: &str,
) -> (&'static str, Vec<Html>) {
    let lang = session.view.lang;
    let field_at = column.field.unwrap_or(usize::MAX);
    let Some(field) = fact.fields.get(field_at) else { return ("", Vec::new()) };
    let value = row.entry.as_ref().and_then(|entry| entry.get(&field.id));
    let mut shown = vec![foreign(&clipped(original))];
    let unknown = value.is_some_and(Value::is_null);
    if !unknown && original.is_empty() {
        return ("", shown);
    }
    let class = if unknown { "zice-marked" } else { "" };
    let doubted = row.against.iter().any(|(of, _)| *of == field_at);
    let mark = match original.is_empty() {
        true => &words::EMPTY_CELL,
        false if doubted => &words::SAID_OTHERWISE,
        false => &words::NOT_READ,
    };
    shown.push(maybe(unknown, || line("p", "zice-error", &[mark.get(lang)])));
    for said in draft.reading.against(row, field_at) {
        shown.push(group("p", "zice-help", vec![foreign(&clipped(&said))]));
    }
    let choice = is_choice(field) && !column.twice;
    shown.push(maybe(choice, || {
        let dispatcher = session.dispatcher();
        let kind = field.kind;
        let said = Callback::from(move |word: String| {
            let said = Said::Cell(row_at, field_at, chosen(kind, &word));
            dispatcher.dispatch(Action::Paste(Step::Say(said)));
        });
        let (row, column) = ((row_at + 1).to_string(), column_at.to_string());
        let label = [words::ROW.get(lang), " ", &row, " ", field.label.get(lang)].concat();
        let key = [&column, "/", &draft.turn.to_string()].concat();
        let none = words::NOT_SURE.get(lang);
        keyed(key, select(&label, none, choices(field, value, lang), said))
    }));
    if !choice && !unknown {
        shown.push(text(&value.map(|it| of_field(field, it, lang)).unwrap_or_default()));
    }
    (class, shown)
}

/// What the table said where an entry has nothing, beside a choice; once that
/// is made, something else takes the focus.
pub fn beside(session: &Shared, field: &Field, place: &Path, at: usize, then: Focus) -> Html {
    let lang = session.view.lang;
    let choice = maybe(is_choice(field), || {
        let (dispatcher, place) = (session.dispatcher(), place.clone());
        let kind = field.kind;
        let said = Callback::from(move |word: String| {
            let press = Action::Press(place.clone(), chosen(kind, &word), then.clone());
            dispatcher.dispatch(press);
        });
        let label = [&(at + 1).to_string(), " ", field.label.get(lang)].concat();
        select(&label, words::NOT_SURE.get(lang), choices(field, None, lang), said)
    });
    group("span", "zice-unread", vec![said(session, place), choice])
}

/// What the table said at a place, in words.
pub fn said(session: &Shared, place: &Path) -> Html {
    let lang = session.view.lang;
    let Some(words) = session.leftover(place) else { return Html::default() };
    let said = match words {
        "" => words::TABLE_SAYS_NOTHING.get(lang).to_owned(),
        _ => words::fill(&words::TABLE_SAYS, lang, &printable(&clipped(words))),
    };
    line("span", "zice-help", &[&said])
}

//! What the user has said, and what follows from it.
//!
//! The answers are kept as the company file itself, as they were typed: what
//! can't be used is shown beside its question and is still there. Transitions
//! are pure, so they are tested natively.

use std::rc::Rc;

use serde_json::{Map, Value, json};
use yew::{Callback, Reducible, UseReducerHandle};
use zice_rules::{
    Company, Date, Lang, Policy, Report, assess,
    company::{self, Problem},
};

use crate::{
    catalogue::Catalogue,
    picture::Picture,
    place,
    topics::{self, Asked, Topic},
    typed::plain_day,
    words::Word,
};

/// Where the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Programme cards.
    Choose,
    /// One topic of the interview (position among the asked topics).
    Topic(usize),
    /// The report.
    Report,
}

/// What was said about the last file.
#[derive(Clone)]
pub enum Message {
    /// Its name.
    Opened(String),
    /// What is wrong with it, in words and in detail.
    Refused(&'static Word, String),
}

/// The state of the page.
#[derive(Clone)]
pub struct Session {
    pub catalogue: Rc<Catalogue>,
    /// Positions of the chosen programmes, in the order of the catalogue.
    pub chosen: Vec<usize>,
    /// Positions of the policies in use: of each chosen programme the edition
    /// of the day.
    policies: Vec<usize>,
    /// What they ask, by topic, in the order of the dictionary.
    pub topics: Rc<Vec<Topic>>,
    /// The year of application those are for.
    year: i32,
    pub screen: Screen,
    pub lang: Lang,
    /// The day it is, when the company file names none.
    pub today: Date,
    /// The company file, with everything in it that the page does not know.
    pub file: Value,
    /// Rises when fields must start afresh: a file was opened, an answer
    /// copied, entries of a list moved.
    pub fresh: u32,
    /// Facts that were folded away when the topic was opened.
    pub folded: Vec<usize>,
    /// Places where a range is asked for.
    pub ranges: Vec<String>,
    /// A list entry that was deleted: place of the list, position, entry.
    pub deleted: Option<(String, usize, Value)>,
    pub message: Option<Message>,
    /// What takes the focus, and how often that has changed.
    pub focus: (u32, String),
    /// Rises with every assessment.
    pub assessed: u32,
    pub problems: Vec<Problem>,
    /// The number of answers given, for the host.
    pub answered: usize,
    /// What each policy in use says.
    pub pictures: Vec<Picture>,
    /// Facts that can still change any verdict.
    pub open: Vec<usize>,
}

/// What the user does.
#[derive(Clone)]
pub enum Action {
    /// Ticks a programme, or takes the tick away.
    Choose(usize),
    Go(Screen),
    Language(Lang),
    /// Sets what stands at a place of the company file; `null` takes it back.
    Set(String, Value),
    /// The same by a button that is gone afterwards: what the selector names
    /// then takes the focus, and fields start afresh.
    Press(String, Value, String),
    /// Asks for a range instead of one figure, or the other way round.
    Range(String),
    /// Adds an entry to the list at this place.
    Add(String),
    /// Takes an entry out of a list.
    Delete(String, usize),
    /// Puts it back.
    Undo,
    /// Opens a company file that was read already.
    Open(String, Map<String, Value>),
    /// Tells why a file was not opened.
    Refuse(&'static Word, String),
}

/// The session, as every part of the page gets it.
pub type Shared = UseReducerHandle<Session>;

/// A callback that does one thing.
pub fn act<E: 'static>(session: &Shared, action: Action) -> Callback<E> {
    let dispatcher = session.dispatcher();
    Callback::from(move |_: E| dispatcher.dispatch(action.clone()))
}

impl Session {
    pub fn new(catalogue: Rc<Catalogue>, lang: Lang, today: Date) -> Self {
        // Where there is nothing to choose from, it is chosen.
        let chosen = if catalogue.programmes.len() == 1 { vec![0] } else { Vec::new() };
        let file = json!({
            "schema": company::SCHEMA, "as_of": today.to_string(), "facts": {},
        });
        let mut session = Self {
            catalogue,
            chosen,
            policies: Vec::new(),
            topics: Rc::default(),
            year: 0,
            screen: Screen::Choose,
            lang,
            today,
            file,
            fresh: 0,
            folded: Vec::new(),
            ranges: Vec::new(),
            deleted: None,
            message: None,
            focus: (0, String::new()),
            assessed: 0,
            problems: Vec::new(),
            answered: 0,
            pictures: Vec::new(),
            open: Vec::new(),
        };
        session.refresh();
        session
    }

    /// What stands at a place of the company file.
    pub fn at(&self, place: &str) -> Option<&Value> {
        place::get(&self.file, place)
    }

    /// The answer to a fact.
    pub fn answer(&self, id: &str) -> Option<&Value> {
        self.file.get("facts").and_then(|facts| facts.get(id)).filter(|value| !value.is_null())
    }

    /// The name of the company, or nothing.
    pub fn name(&self) -> &str {
        self.at("name").and_then(Value::as_str).unwrap_or("")
    }

    /// The day of application; the day it is where that can't be used.
    pub fn day(&self) -> Date {
        self.at("as_of").and_then(Value::as_str).and_then(Date::parse).unwrap_or(self.today)
    }

    /// The policies in use.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().filter_map(|at| self.catalogue.policies.get(*at))
    }

    /// The reports, as the command line would write them; nothing in place of
    /// one whose figures are too large to calculate with.
    pub fn reports(&self) -> Vec<(&Policy, Option<Report>)> {
        let (company, _) = self.company();
        let report = |policy| {
            let assessment = assess(policy, &company).ok()?;
            Report::new(&assessment, &self.catalogue.dictionary, self.lang).ok()
        };
        self.policies().map(|policy| (policy, report(policy))).collect()
    }

    /// Whether anything was answered to a question.
    pub fn is_answered(&self, fact: usize) -> bool {
        self.catalogue.dictionary.facts.get(fact).is_some_and(|fact| {
            match (self.answer(&fact.id), fact.yearly) {
                (None, _) => false,
                (Some(Value::Object(years)), true) => years.values().any(|year| !year.is_null()),
                _ => true,
            }
        })
    }

    /// What is wrong with the answer to a fact.
    pub fn problems_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Problem> {
        self.problems.iter().filter(move |problem| problem.fact.as_deref() == Some(id))
    }

    /// The policies in use that look at a field.
    pub fn uses_field(&self, fact: usize, field: usize) -> bool {
        self.policies().any(|policy| policy.uses_field(fact, field))
    }

    /// The company the file describes, and what is wrong with it.
    pub fn company(&self) -> (Company, Vec<Problem>) {
        Company::from_value(&self.file, &self.catalogue.dictionary, self.today)
    }

    /// Assesses anew.
    fn refresh(&mut self) {
        self.assessed += 1;
        self.choose_editions();
        let (company, problems) = self.company();
        self.problems = problems;
        self.answered = crate::picture::answered(&company);
        let pictures = self.policies().map(|policy| Picture::new(policy, &company)).collect();
        self.pictures = pictures;
        self.open.clear();
        for fact in self.pictures.iter().flat_map(|picture| &picture.open) {
            if !self.open.contains(fact) {
                self.open.push(*fact);
            }
        }
    }

    /// Which policies are in use follows the day of application.
    fn choose_editions(&mut self) {
        let day = self.day();
        let edition = |programme: &usize| self.catalogue.edition(*programme, day);
        let policies: Vec<usize> = self.chosen.iter().filter_map(edition).collect();
        if policies != self.policies || day.year() != self.year {
            self.policies = policies;
            self.year = day.year();
            let policies: Vec<&Policy> = self.policies().collect();
            self.topics = topics::ask(&self.catalogue.dictionary, &policies, self.year).into();
        }
        if let Screen::Topic(at) = self.screen {
            self.screen = Screen::Topic(at.min(self.topics.len().saturating_sub(1)));
        }
    }

    /// Questions that can't change any verdict any more and have no answer.
    fn fold(&mut self) {
        let questions = self.topics.iter().flat_map(|topic| &topic.asked);
        self.folded = questions
            .filter(|asked| !self.open.contains(&asked.fact) && !self.is_answered(asked.fact))
            // What tells since when there are years is always worth asking.
            .filter(|asked| !self.is_background(asked))
            .map(|asked| asked.fact)
            .collect();
    }

    /// Facts that no open condition waits for but that can speak up: they are
    /// offered for as long as a verdict they could speak about is open.
    fn is_background(&self, asked: &Asked) -> bool {
        let policies: Vec<&Policy> = self.policies().collect();
        asked.by.iter().any(|at| {
            let undecided = self.pictures.get(*at).is_some_and(Picture::is_undecided);
            undecided && policies.get(*at).is_some_and(|policy| !policy.waits_for(asked.fact))
        })
    }

    fn focus(&mut self, selector: String) {
        self.focus = (self.focus.0 + 1, selector);
    }

    fn put(&mut self, place: &str, value: Value) {
        match (place, &value) {
            // A day that was wiped out is not today: it is said to be missing.
            ("as_of", Value::Null) => place::put(&mut self.file, place, json!("")),
            _ => place::put(&mut self.file, place, value),
        }
        if self.file.get("facts").is_none_or(Value::is_null) {
            place::put(&mut self.file, "facts", json!({}));
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Choose(programme) => match self.chosen.binary_search(&programme) {
                Ok(at) => drop(self.chosen.remove(at)),
                Err(at) => self.chosen.insert(at, programme),
            },
            Action::Go(Screen::Topic(_)) if self.policies.is_empty() => {}
            Action::Go(screen) => {
                self.screen = screen;
                if matches!(self.message, Some(Message::Refused(..))) {
                    self.message = None;
                }
                self.focus("[data-zice-heading]".to_owned());
            }
            Action::Language(lang) => self.lang = lang,
            Action::Set(place, value) => {
                let day = place == "as_of";
                let value = match value.as_str().filter(|_| day) {
                    Some(typed) => json!(plain_day(typed)),
                    None => value,
                };
                self.put(&place, value);
            }
            Action::Press(place, value, selector) => {
                self.put(&place, value);
                self.fresh += 1;
                self.focus(selector);
            }
            Action::Range(place) => self.turn_range(place),
            Action::Add(list) => {
                let entries = self.at(&list).and_then(Value::as_array);
                let mut entries = entries.cloned().unwrap_or_default();
                let entry = place::entry_id(&list, entries.len());
                entries.push(json!({}));
                self.put(&list, Value::Array(entries));
                self.focus(format!("#{entry} input, #{entry} select"));
            }
            Action::Delete(list, at) => {
                let entries = self.at(&list).and_then(Value::as_array).cloned();
                if let Some(mut entries) = entries.filter(|entries| at < entries.len()) {
                    let entry = entries.remove(at);
                    // `[]` says that there is none: only its own button does.
                    let none = entries.is_empty();
                    self.put(&list, if none { Value::Null } else { Value::Array(entries) });
                    self.fresh += 1;
                    self.focus(format!("#{} [role=status] button", place::question_id(&list)));
                    self.deleted = Some((list, at, entry));
                }
            }
            Action::Undo => {
                if let Some((list, at, entry)) = self.deleted.take() {
                    let entries = self.at(&list).and_then(Value::as_array);
                    let mut entries = entries.cloned().unwrap_or_default();
                    entries.insert(at.min(entries.len()), entry);
                    self.put(&list, Value::Array(entries));
                    self.fresh += 1;
                    self.focus(format!("#{} [data-zice-add]", place::question_id(&list)));
                }
            }
            Action::Open(name, members) => {
                self.file = Value::Object(members);
                for (member, value) in
                    [("as_of", json!(self.today.to_string())), ("facts", json!({}))]
                {
                    if self.at(member).is_none() {
                        self.put(member, value);
                    }
                }
                self.deleted = None;
                self.ranges.clear();
                self.fresh += 1;
                self.message = Some(Message::Opened(name));
            }
            Action::Refuse(what, detail) => self.message = Some(Message::Refused(what, detail)),
        }
    }

    /// One figure becomes the range that says the same. A range becomes one
    /// figure only where it is one.
    fn turn_range(&mut self, place: String) {
        let value = self.at(&place).cloned().unwrap_or_default();
        if value.is_object() || self.ranges.contains(&place) {
            self.ranges.retain(|other| *other != place);
            let [least, most] = ["min", "max"].map(|end| value.get(end));
            let one = least.filter(|least| most == Some(least));
            self.put(&place, one.cloned().unwrap_or_default());
        } else {
            if !value.is_null() {
                self.put(&place, json!({ "min": value, "max": value }));
            }
            self.ranges.push(place);
        }
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        let moves = matches!(action, Action::Go(_) | Action::Open(..));
        let counts = match &action {
            Action::Go(_) | Action::Language(_) | Action::Refuse(..) => false,
            Action::Set(place, _) => place != "name",
            _ => true,
        };
        next.apply(action);
        if counts {
            next.refresh();
        }
        if moves {
            next.fold();
        }
        next.into()
    }
}

#[cfg(test)]
mod tests {
    use zice_rules::Dictionary;

    use super::*;

    fn session() -> Rc<Session> {
        let dictionary = Dictionary::from_json(r#"{"schema":"zice.facts/1","topic":[],"fact":[]}"#);
        let catalogue = Catalogue::new(dictionary.expect("a dictionary"), Vec::new());
        Rc::new(Session::new(catalogue.into(), Lang::Zh, Date::MIN))
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> Rc<Session> {
        actions.into_iter().fold(session(), Session::reduce)
    }

    fn set(place: &str, value: Value) -> Action {
        Action::Set(place.to_owned(), value)
    }

    #[test]
    fn a_figure_and_a_range_turn_into_each_other_as_far_as_they_say_the_same() {
        let place = || "facts.revenue.2022".to_owned();
        let turn = || Action::Range(place());
        let range = after([set(&place(), json!("5")), turn()]);
        assert_eq!(range.answer("revenue"), Some(&json!({ "2022": { "min": "5", "max": "5" } })));
        let back = Session::reduce(range, turn());
        assert_eq!(back.answer("revenue"), Some(&json!({ "2022": "5" })));
        assert!(back.ranges.is_empty());
        let wider = after([turn(), set("facts.revenue.2022.max", json!("6")), turn()]);
        assert_eq!(wider.answer("revenue"), None, "at most six is not six");
        // A range that was wiped out is still asked for as one.
        let empty = after([turn(), set("facts.revenue.2022.max", Value::Null)]);
        assert_eq!(empty.ranges, [place()]);
    }

    #[test]
    fn entries_are_added_deleted_and_put_back_and_the_focus_follows() {
        let list = || "facts.ip".to_owned();
        let two = after([
            Action::Add(list()),
            Action::Add(list()),
            set("facts.ip[1].kind", json!("design")),
        ]);
        assert_eq!(two.answer("ip"), Some(&json!([{}, { "kind": "design" }])));
        assert_eq!(two.focus.1, "#zice-ip-1-entry input, #zice-ip-1-entry select");
        let one = Session::reduce(two, Action::Delete(list(), 1));
        assert_eq!(one.answer("ip"), Some(&json!([{}])));
        assert_eq!(one.focus.1, "#zice-ip [role=status] button");
        let both = Session::reduce(one, Action::Undo);
        assert_eq!(both.answer("ip"), Some(&json!([{}, { "kind": "design" }])));
        let gone = Session::reduce(both, Action::Delete(list(), 7));
        assert_eq!(gone.answer("ip").and_then(Value::as_array).map(Vec::len), Some(2));
    }

    #[test]
    fn with_the_last_entry_the_answer_goes_and_comes_back() {
        let list = || "facts.ip".to_owned();
        let none = after([
            Action::Add(list()),
            set("facts.ip[0].kind", json!("design")),
            Action::Delete(list(), 0),
        ]);
        assert_eq!(none.answer("ip"), None, "not `[]`, which says that there is none at all");
        assert_eq!(none.file.get("facts"), Some(&json!({})));
        let back = Session::reduce(none, Action::Undo);
        assert_eq!(back.answer("ip"), Some(&json!([{ "kind": "design" }])));
        let said = after([Action::Press(list(), json!([]), String::new())]);
        assert!(place::is_none_held(said.answer("ip")));
    }

    #[test]
    fn what_was_said_of_a_refused_file_goes_with_the_screen() {
        let refuse = || Action::Refuse(&crate::words::FILE_OTHER, String::new());
        assert!(after([refuse()]).message.is_some());
        assert!(after([refuse(), Action::Go(Screen::Report)]).message.is_none());
        let opened = [refuse(), Action::Open("a.json".to_owned(), Map::new())];
        assert!(matches!(after(opened).message, Some(Message::Opened(_))));
    }

    #[test]
    fn the_file_always_has_facts_and_a_day_that_was_wiped_out_is_not_today() {
        let session = after([
            set("facts.region", json!("330500")),
            set("facts.region", Value::Null),
            set("as_of", Value::Null),
        ]);
        assert_eq!(session.file.get("facts"), Some(&json!({})));
        assert_eq!(session.file.get("as_of"), Some(&json!("")));
        assert!(session.problems.iter().any(|problem| problem.path == "as_of"));
    }

    #[test]
    fn nothing_starts_without_a_programme() {
        assert_eq!(after([Action::Go(Screen::Topic(0))]).screen, Screen::Choose);
    }
}

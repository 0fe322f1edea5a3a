//! What the user has said, and what follows from it.
//!
//! The answers are kept as the company file itself, figure by figure as they
//! were typed: what can't be used is shown beside its question and is still
//! there. Transitions are pure, so they are tested natively.

use std::rc::Rc;

use serde_json::{Map, Value, json};
use yew::Reducible;
use zice_rules::{
    Assessment, Company, Date, Lang, Policy, Report, assess,
    assess::{Points, Status},
    company::{self, Answer, Problem},
};

use crate::catalogue::Catalogue;

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

/// One question of the interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Position in the dictionary.
    pub fact: usize,
    /// Fiscal years, newest first; empty for facts without years.
    pub years: Vec<i32>,
}

/// What the assessment says, ready for the live picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// `met`, `not_met`, `undecided`, `needs_review`; nothing when figures
    /// are too large to calculate with.
    pub verdict: Option<&'static str>,
    /// Points of the total: fewest, most, most there are, least that pass.
    pub score: Option<(u8, u8, u8, u8)>,
    /// Criteria by position: status.
    pub statuses: Vec<&'static str>,
    /// Facts that can still change the verdict, most decisive first.
    pub open: Vec<usize>,
}

/// The state of the page.
#[derive(Clone)]
pub struct Session {
    pub catalogue: Rc<Catalogue>,
    /// Position of the chosen policy.
    pub policy: usize,
    pub screen: Screen,
    pub lang: Lang,
    /// The day it is, when the company file names none.
    pub today: Date,
    /// Everything of the company file beside name, day and facts, kept.
    other: Map<String, Value>,
    pub name: String,
    /// The day of application as typed.
    pub as_of: String,
    pub facts: Map<String, Value>,
    /// Rises when a file is opened: fields start afresh.
    pub generation: u32,
    /// Facts that were folded away when the topic was opened.
    pub folded: Vec<usize>,
    /// Rises when entries of a list move: they start afresh.
    pub entries: u32,
    /// A list entry that was deleted: fact, place, entry.
    pub deleted: Option<(String, usize, Value)>,
    pub problems: Vec<Problem>,
    pub picture: Picture,
}

/// What the user does.
pub enum Action {
    Choose(usize),
    Go(Screen),
    Language(Lang),
    Name(String),
    AsOf(String),
    /// Sets a fact; `null` takes the answer back.
    Answer(String, Value),
    /// Sets one fiscal year of a fact.
    AnswerYear(String, i32, Value),
    /// Takes an entry out of a list.
    Delete(String, usize),
    /// Puts it back.
    Undo,
    /// Opens a company file that was read already.
    Open(Map<String, Value>),
}

impl Session {
    pub fn new(catalogue: Rc<Catalogue>, lang: Lang, today: Date) -> Self {
        let mut session = Self {
            catalogue,
            policy: 0,
            screen: Screen::Choose,
            lang,
            today,
            other: Map::new(),
            name: String::new(),
            as_of: today.to_string(),
            facts: Map::new(),
            generation: 0,
            folded: Vec::new(),
            entries: 0,
            deleted: None,
            problems: Vec::new(),
            picture: Picture::default(),
        };
        session.refresh();
        session
    }

    pub fn policy(&self) -> Option<&Policy> {
        self.catalogue.policies.get(self.policy)
    }

    /// The company file as it stands.
    pub fn company_file(&self) -> Value {
        let mut file = self.other.clone();
        file.insert("schema".to_owned(), json!(company::SCHEMA));
        if self.name.is_empty() {
            file.remove("name");
        } else {
            file.insert("name".to_owned(), json!(self.name));
        }
        file.insert("as_of".to_owned(), json!(self.as_of));
        file.insert("facts".to_owned(), Value::Object(self.facts.clone()));
        Value::Object(file)
    }

    pub fn company(&self) -> (Company, Vec<Problem>) {
        Company::from_value(&self.company_file(), &self.catalogue.dictionary, self.today)
    }

    /// The report, as the command line would write it.
    pub fn report(&self) -> Option<Report> {
        let (company, _) = self.company();
        let assessment = assess(self.policy()?, &company).ok()?;
        Report::new(&assessment, &self.catalogue.dictionary, self.lang).ok()
    }

    /// What the chosen policy asks, by topic, in the order of the dictionary.
    pub fn topics(&self) -> Vec<(usize, Vec<Asked>)> {
        let Some(policy) = self.policy() else { return Vec::new() };
        let year = Date::parse(&self.as_of).unwrap_or(self.today).year();
        let dictionary = &self.catalogue.dictionary;
        let mut topics: Vec<(usize, Vec<Asked>)> = Vec::new();
        for (at, topic) in dictionary.topics.iter().enumerate() {
            let mut asked = Vec::new();
            for fact in policy.asks() {
                if dictionary.facts.get(fact).is_some_and(|it| it.topic == topic.id) {
                    let years = policy.years_of(fact);
                    let years =
                        years.iter().rev().map(|offset| year + i32::from(*offset)).collect();
                    asked.push(Asked { fact, years });
                }
            }
            if !asked.is_empty() {
                topics.push((at, asked));
            }
        }
        topics
    }

    /// Whether anything was answered to a question.
    pub fn is_answered(&self, fact: usize) -> bool {
        let id = self.catalogue.dictionary.facts.get(fact).map(|fact| fact.id.as_str());
        id.and_then(|id| self.facts.get(id)).is_some_and(|value| match value {
            Value::Null => false,
            Value::Object(years) => years.values().any(|year| !year.is_null()),
            _ => true,
        })
    }

    /// What is wrong with the answer to a fact.
    pub fn problems_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Problem> {
        self.problems.iter().filter(move |problem| problem.fact.as_deref() == Some(id))
    }

    /// Assesses anew.
    fn refresh(&mut self) {
        let (company, problems) = self.company();
        self.problems = problems;
        self.picture = self
            .policy()
            .and_then(|policy| assess(policy, &company).ok())
            .map(|assessment| self.draw(&assessment))
            .unwrap_or_default();
    }

    fn draw(&self, assessment: &Assessment<'_>) -> Picture {
        let Some(policy) = self.policy() else { return Picture::default() };
        let questions = assessment.questions().unwrap_or_default();
        let total = policy.criteria.iter().position(|one| one.passes_from().is_some());
        let score = total.and_then(|at| {
            let criterion = policy.criteria.get(at)?;
            let Points { min, max } = assessment.points(at)?;
            Some((min, max, criterion.out_of()?, criterion.passes_from()?))
        });
        Picture {
            verdict: Some(assessment.verdict().name()),
            score,
            statuses: (0..policy.criteria.len())
                .map(|at| Status::name(assessment.status(at)))
                .collect(),
            open: questions.iter().map(|question| question.fact).collect(),
        }
    }

    /// Questions that can't change the verdict any more and have no answer.
    fn fold(&mut self) {
        self.folded = self
            .topics()
            .iter()
            .flat_map(|(_, asked)| asked)
            .map(|asked| asked.fact)
            .filter(|fact| !self.picture.open.contains(fact) && !self.is_answered(*fact))
            // What tells since when there are years is always worth asking.
            .filter(|fact| !self.is_background(*fact))
            .collect();
    }

    /// Facts that no open condition waits for but that can speak up: they are
    /// offered for as long as the verdict is open.
    fn is_background(&self, fact: usize) -> bool {
        self.picture.verdict == Some("undecided")
            && self.policy().is_some_and(|policy| !policy.waits_for(fact))
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Choose(policy) => {
                self.policy = policy;
                self.screen = Screen::Topic(0);
            }
            Action::Go(screen) => self.screen = screen,
            Action::Language(lang) => {
                self.lang = lang;
                self.generation += 1;
            }
            Action::Name(name) => self.name = name,
            Action::AsOf(as_of) => self.as_of = plain_day(&as_of),
            Action::Answer(id, value) => {
                if value.is_null() {
                    self.facts.remove(&id);
                } else {
                    self.facts.insert(id, value);
                }
            }
            Action::AnswerYear(id, year, value) => {
                let entry = self.facts.entry(id.clone()).or_insert_with(|| json!({}));
                if !entry.is_object() {
                    *entry = json!({});
                }
                if let Some(years) = entry.as_object_mut() {
                    if value.is_null() {
                        years.remove(&year.to_string());
                    } else {
                        years.insert(year.to_string(), value);
                    }
                    if years.is_empty() {
                        self.facts.remove(&id);
                    }
                }
            }
            Action::Delete(id, at) => {
                if let Some(entries) = self.facts.get_mut(&id).and_then(Value::as_array_mut)
                    && at < entries.len()
                {
                    let entry = entries.remove(at);
                    self.entries += 1;
                    self.deleted = Some((id, at, entry));
                }
            }
            Action::Undo => {
                if let Some((id, at, entry)) = self.deleted.take() {
                    let list = self.facts.entry(id).or_insert_with(|| json!([]));
                    if let Some(entries) = list.as_array_mut() {
                        entries.insert(at.min(entries.len()), entry);
                        self.entries += 1;
                    }
                }
            }
            Action::Open(mut file) => {
                let text = |value: Option<Value>| match value {
                    Some(Value::String(text)) => Some(text),
                    _ => None,
                };
                self.name = text(file.remove("name")).unwrap_or_default();
                self.as_of = text(file.remove("as_of")).unwrap_or_else(|| self.today.to_string());
                self.facts = match file.remove("facts") {
                    Some(Value::Object(facts)) => facts,
                    _ => Map::new(),
                };
                file.remove("schema");
                self.other = file;
                self.deleted = None;
                self.generation += 1;
            }
        }
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        let moves = matches!(action, Action::Choose(_) | Action::Go(_) | Action::Open(_));
        let counts = !matches!(action, Action::Go(_) | Action::Language(_) | Action::Name(_));
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

impl PartialEq for Session {
    /// Every action makes a new session; two are the same only if they are
    /// one.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The members of a company file; of another text, what is wrong with it.
pub fn open(text: &str) -> Result<Map<String, Value>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = match serde_json::from_str(text) {
        Ok(Value::Object(file)) => file,
        Ok(_) => return Err("{ … }".to_owned()),
        Err(error) => return Err(error.to_string()),
    };
    if file.get("schema").and_then(Value::as_str) != Some(company::SCHEMA) {
        return Err(format!("schema ≠ {}", company::SCHEMA));
    }
    // What the page can't show in its fields it must not take over: it would
    // be lost with the next save.
    let fits = |name: &str, fits: fn(&Value) -> bool| {
        file.get(name).is_none_or(|value| value.is_null() || fits(value))
    };
    for (name, fits) in [
        ("name", fits("name", Value::is_string)),
        ("as_of", fits("as_of", Value::is_string)),
        ("facts", fits("facts", Value::is_object)),
    ] {
        if !fits {
            return Err(name.to_owned());
        }
    }
    Ok(file)
}

/// A day as it goes into the company file: `2021年5月1日`, `2021/5/1` and
/// `2021.5.1` are `2021-05-01`. What is no day stays as it was typed.
pub fn plain_day(typed: &str) -> String {
    let half = half_width(typed);
    let text = half.trim().trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day]
            if year.len() == 4
                && [year, month, day].iter().all(|part| {
                    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
                })
                && month.len() <= 2
                && day.len() <= 2 =>
        {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => half.trim().to_owned(),
    }
}

/// Full-width signs as the plain ones.
fn half_width(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '。' => '.',
            other => other,
        })
        .collect()
}

/// A figure as it goes into the company file: full-width digits made plain,
/// spaces and thousands separators taken out. What is no figure stays as it
/// was typed, for the engine to name.
pub fn plain_figure(typed: &str) -> String {
    let half = half_width(typed.trim());
    let (whole, part) = half.split_once('.').unwrap_or((&half, ""));
    let groups: Vec<&str> = whole.trim_start_matches('-').split([',', ' ']).collect();
    let grouped = groups.len() > 1
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()))
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
        && part.bytes().all(|byte| byte.is_ascii_digit());
    if grouped { half.replace([',', ' '], "") } else { half }
}

/// Whether the answer to a list says that there is none.
pub fn is_none_held(answer: Option<&Value>) -> bool {
    answer.and_then(Value::as_array).is_some_and(Vec::is_empty)
}

/// The number of answers given, for the host.
pub fn answered(company: &Company) -> usize {
    company
        .answers
        .iter()
        .filter(|answer| match answer {
            Answer::Unknown => false,
            Answer::Number(range) => range.as_exact().is_some(),
            Answer::Yearly { years, .. } => !years.is_empty(),
            _ => true,
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (typed, plain) in [
            ("12,300,000.50", "12300000.50"),
            ("１２３．５", "123.5"),
            ("1 234 567", "1234567"),
            (" 42 ", "42"),
            ("-1,000", "-1000"),
        ] {
            assert_eq!(plain_figure(typed), plain, "{typed}");
        }
    }

    #[test]
    fn what_is_ambiguous_is_left_for_the_engine_to_refuse() {
        for typed in ["1,5", "12,34", "1,2345", "12万", "abc", "1,000,00"] {
            assert!(zice_rules::decimal::parse(&plain_figure(typed)).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_file_that_is_no_company_file_is_named_and_changes_nothing() {
        let file = |rest: &str| open(&format!("{{\"schema\":\"zice.company/1\"{rest}}}"));
        for text in ["{", "[]", "{\"schema\":\"other\"}"] {
            assert!(open(text).is_err(), "{text}");
        }
        for rest in [",\"facts\":[]", ",\"facts\":\"a\"", ",\"name\":1", ",\"as_of\":2023"] {
            assert!(file(rest).is_err(), "{rest}");
        }
        assert!(file(",\"facts\":null").is_ok());
        assert!(open("\u{feff}{\"schema\":\"zice.company/1\"}").is_ok());
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "2021-05-01",
            "2021年5月1日",
            "2021/5/1",
            "2021.05.1",
            "２０２１－０５－０１",
            " 2021-5-1 ",
        ] {
            assert_eq!(plain_day(typed), "2021-05-01", "{typed}");
        }
        for typed in ["21-5-1", "2021-05", "5/1/2021", "abc", "2021-13-01x"] {
            assert!(Date::parse(&plain_day(typed)).is_none(), "{typed}");
        }
    }
}

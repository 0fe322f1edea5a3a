//! What running text and heads say of a field: a remark (系受让取得), a note, a
//! title, the head of a column that stands for no field (实际权利人).

use serde_json::{Value, json};
use zice_rules::{
    dictionary::{Field, Kind},
    text::spelling,
};

use crate::{
    cell::{Cell, Own, Reader},
    words,
};

/// What stands before a word that is denied: 未转让, 不存在纠纷.
const DENIED: [&str; 7] = ["无", "未", "不", "没", "非", "未曾", "不再"];

/// What may stand between that and the word: 未被宣告无效, 不存在权属纠纷.
const BETWEEN: [&str; 13] = [
    "有",
    "是",
    "被",
    "宣告",
    "发生",
    "存在",
    "出现",
    "涉及",
    "办理",
    "任何",
    "专利权",
    "专利",
    "权属",
];

/// Whether what begins at `from` is denied; 有无争议 only asks.
fn is_denied(spelled: &str, from: usize) -> bool {
    let mut before = spelled.get(..from).unwrap_or("");
    loop {
        if DENIED.iter().any(|no| before.ends_with(no)) {
            return !before.ends_with("有无");
        }
        let Some(rest) = BETWEEN.iter().find_map(|word| before.strip_suffix(word)) else {
            return false;
        };
        before = rest;
    }
}

/// Whether a head denies a word: 是否无争议, 未转让.
fn denies(head: &str, word: &str) -> bool {
    head.match_indices(word).any(|(from, _)| is_denied(head, from))
}

/// Whether a head denies one of these words: yes below it is what no is below
/// the word alone.
pub fn denies_any(head: &str, all: &[&str]) -> bool {
    all.iter().any(|word| denies(head, word))
}

/// What is only asked in front of the name of a field: 是否有争议.
const ASKED: [&str; 7] = ["是否存在", "是否有", "是否已", "是否", "有无", "有", "已"];

/// The words by which texts speak of a field.
pub struct Mentions<'a> {
    field: &'a Field,
    reader: Reader<'a>,
    /// The names of the field, as heads hold them.
    names: Vec<String>,
    /// Words for what it can be.
    words: Vec<(String, Value)>,
    /// What it is where nothing is said, if it has a default.
    default: Option<Value>,
}

/// A column that stands for no field, or a cell that was not understood.
#[derive(Clone, Copy)]
pub struct Beside<'r> {
    /// The spellings of the head.
    pub head: &'r [String],
    /// The field whose look-alike the head is in the dictionary.
    pub looks_like: bool,
    pub text: &'r str,
}

/// A word found in a text.
struct Said<'w> {
    from: usize,
    to: usize,
    value: &'w Value,
    denied: bool,
}

fn is_neutral(word: &str) -> bool {
    words::is_one_of(word, words::NEUTRAL)
}

fn is_word(name: &str) -> bool {
    !name.is_ascii() && name.chars().count() > 1
}

impl<'a> Mentions<'a> {
    /// Collects the words by which cells and remarks speak of a field.
    pub fn of(field: &'a Field, own: &Own<'a>) -> Self {
        let mut names: Vec<String> =
            field.names().into_iter().filter(|name| is_word(name)).collect();
        let mut found: Vec<(String, Value)> = Vec::new();
        for choice in &field.values {
            // What is not a kind is often called like one: 软件, 发明.
            let least = if field.id == "kind" { 4 } else { 2 };
            let names = choice.names().into_iter().filter(|name| name.chars().count() >= least);
            found.extend(names.map(|name| (name, json!(choice.id))));
            // What only looks like it is none of what there is.
            if field.id != "kind" {
                let asked = choice.look_alikes().into_iter();
                found.extend(asked.filter(|it| !is_neutral(it)).map(|name| (name, Value::Null)));
            }
        }
        if matches!(field.kind, Kind::Enum | Kind::Bool) {
            names.extend(field.look_alikes().into_iter().filter(|name| is_word(name)));
        }
        found.extend(field.ask_words.iter().map(|word| (spelling(word), Value::Null)));
        if field.kind == Kind::Bool {
            for (list, value) in [(&field.yes_words, true), (&field.no_words, false)] {
                found.extend(list.iter().map(|word| (spelling(word), json!(value))));
            }
            for name in &mut names {
                let bare = ASKED.iter().find_map(|asked| name.strip_prefix(asked));
                if let Some(bare) = bare.filter(|it| is_word(it)) {
                    *name = bare.to_owned();
                }
            }
            found.extend(names.iter().map(|name| (name.clone(), json!(true))));
        }
        found.retain(|(word, _)| is_word(word));
        let default = field.default.as_deref().map(|text| match text {
            "true" | "false" if field.kind == Kind::Bool => json!(text == "true"),
            text => json!(text),
        });
        Self { field, reader: Reader::new(field, "", own), names, words: found, default }
    }

    /// What the field is where nothing is said of it.
    pub const fn default(&self) -> Option<&Value> {
        self.default.as_ref()
    }

    /// The words for what the field can be that a text holds; of two that
    /// overlap the longer one.
    fn said(&self, spelled: &str) -> Vec<Said<'_>> {
        let mut all = Vec::new();
        if spelled.is_ascii() {
            return all;
        }
        for (word, value) in &self.words {
            for (from, _) in spelled.match_indices(word.as_str()) {
                let denied = is_denied(spelled, from);
                all.push(Said { from, to: from + word.len(), value, denied });
            }
        }
        let spans: Vec<(usize, usize)> = all.iter().map(|it| (it.from, it.to)).collect();
        let within = |it: &Said<'_>| {
            let wider = |(from, to): &(usize, usize)| {
                *from <= it.from && it.to <= *to && to - from > it.to - it.from
            };
            spans.iter().any(wider)
        };
        all.retain(|it| !within(it));
        all
    }

    /// Whether a text names something else than this.
    pub fn names_other(&self, spelled: &str, found: &Value) -> bool {
        self.said(spelled).iter().any(|it| (it.value == found) == it.denied)
    }

    /// Whether a text names this.
    pub fn names_it(&self, spelled: &str, found: &Value) -> bool {
        self.said(spelled).iter().any(|it| it.value == found && !it.denied)
    }

    /// Whether a head holds a name of the field, or a word for what it can be.
    pub fn is_spoken_of(&self, head: &[String]) -> bool {
        let words = self.names.iter().chain(self.words.iter().map(|(word, _)| word));
        let told = matches!(self.field.kind, Kind::Enum | Kind::Bool);
        told && words.into_iter().any(|word| head.iter().any(|head| head.contains(word.as_str())))
    }

    /// Whether a head holds a word for something else than the default, or of a
    /// yes-or-no whose default is no its name.
    pub fn is_other_in(&self, head: &[String]) -> bool {
        let other = |it: &Said<'_>| Some(it.value) != self.default.as_ref() && !it.denied;
        head.iter().any(|head| self.said(head).iter().any(other))
    }

    /// Whether a head denies something else than the default.
    pub fn is_denied_in(&self, head: &[String]) -> bool {
        let denied = |it: &Said<'_>| Some(it.value) != self.default.as_ref() && it.denied;
        head.iter().any(|head| self.said(head).iter().any(denied))
    }

    /// Whether the head of a column speaks of the field, and a cell below it of
    /// something else than what it is where nothing is said.
    pub fn is_doubted_by(&self, head: &[String], text: &str) -> bool {
        let beside = Beside { head, looks_like: false, text };
        self.is_spoken_of(head) && self.default().is_some_and(|it| self.is_against(it, beside))
    }

    /// Whether what stands in another column speaks against what was found in
    /// the field's own.
    pub fn is_against(&self, found: &Value, beside: Beside<'_>) -> bool {
        let spelled = spelling(beside.text);
        let is = |list: &[&str]| words::is_one_of(&spelled, list);
        let holds = |word: &String| beside.head.iter().any(|head| head.contains(word.as_str()));
        let said = beside.head.iter().flat_map(|head| self.said(head));
        if let Some(word) = said.into_iter().find(|word| word.denied) {
            // 是否无争议: 否, 非自主研发: 是
            return !is(if word.value == found { words::NO } else { words::YES });
        }
        let date = self.field.kind == Kind::Date;
        // 公开（公告）日 looks like the day of a grant and is another.
        let named = self.names.iter().any(holds);
        let same = if date { named && !beside.looks_like } else { named || beside.looks_like };
        if same {
            return match self.reader.read(beside.text) {
                Cell::Is(value) => value != *found,
                Cell::Nothing => false,
                // Nobody is meant: 实际权利人: 无.
                _ if is(words::NO) && self.field.kind == Kind::Enum => false,
                // 企业类型 is no kind of right.
                _ => self.field.id != "kind",
            };
        }
        if matches!(self.field.kind, Kind::Enum | Kind::Bool) && self.field.id != "kind" {
            let named = self.words.iter().filter(|(word, _)| holds(word));
            let (it, other): (Vec<_>, Vec<_>) = named.partition(|(_, value)| value == found);
            if is(words::NO) {
                return !it.is_empty();
            }
            if !other.is_empty() {
                return self.reader.read(beside.text) != Cell::Is(found.clone());
            }
        }
        self.names_other(&spelled, found)
    }
}

/// Whether a text holds one of these words and does not deny it.
pub fn says(spelled: &str, all: &[&str]) -> bool {
    all.iter().any(|word| spelled.match_indices(word).any(|(from, _)| !is_denied(spelled, from)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use zice_rules::Dictionary;

    use super::Mentions;
    use crate::cell::Own;

    #[test]
    fn denials_and_longer_words_are_seen() {
        let text = include_str!("../../../policies/facts.toml");
        let dictionary: Dictionary = toml::from_str(text).expect("the dictionary");
        let fact = dictionary.fact("ip").expect("the list of rights");
        let field = |id: &str| fact.fields.iter().find(|it| it.id == id).expect("a field");
        let own = Own::default();
        let mentions = Mentions::of(field("obtained_by"), &own);
        for (text, other) in [
            ("系受让取得", true),
            ("未转让", false),
            ("自主研发", false),
            ("非自主研发", true),
            ("吸收合并", true),
        ] {
            assert_eq!(mentions.names_other(text, &json!("own")), other, "{text}");
        }
        let mentions = Mentions::of(field("disputed"), &own);
        for (text, other) in [("存在权属纠纷", true), ("不存在权属纠纷", false), ("无争议", false)]
        {
            assert_eq!(mentions.names_other(text, &json!(false)), other, "{text}");
        }
        for (head, other) in [
            ("是否有争议", true),
            ("无权属争议", false),
            ("不存在任何纠纷", false),
            ("权属", false),
        ] {
            assert_eq!(mentions.is_other_in(&[head.to_owned()]), other, "{head}");
        }
        let mentions = Mentions::of(field("kind"), &own);
        assert!(!mentions.names_other("国防发明专利", &json!("defence_patent")));
        assert_eq!(mentions.default(), None);
    }
}

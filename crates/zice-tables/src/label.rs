//! What a line of a statement or form is called: its number, 减： and other
//! marks taken off, and which fact, part of one or look-alike that is.

use zice_rules::{Dictionary, text::spelling};

use crate::{signs, unit, words};

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A fact, by position.
    Fact(usize),
    /// A part of a fact's sum, by the positions of both.
    Part(usize, usize),
    /// A line that shows that a part of a fact's sum is in another one.
    Within(usize, usize),
    /// A field of an object, by the positions of both.
    Field(usize, usize),
    /// It looks like the fact and is something else, or may be.
    Asks(usize),
}

/// All names that lines go by.
pub struct Book {
    names: Vec<(String, Meaning)>,
    columns: [Vec<String>; 2],
    sides: Vec<(String, usize, usize)>,
    /// Names that two facts share which are counted differently: the form
    /// decides which is meant.
    shared: Vec<(String, usize)>,
}

/// A line's name, in the spellings it is looked for by.
pub struct Label {
    tried: Vec<String>,
}

impl Book {
    /// The names of all facts that can stand in a statement or form.
    pub fn of(dictionary: &Dictionary) -> Self {
        let (mut names, mut sides, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        for (at, fact) in dictionary.facts.iter().enumerate() {
            names.extend(fact.names().into_iter().map(|name| (name, Meaning::Fact(at))));
            names.extend(fact.look_alikes().into_iter().map(|name| (name, Meaning::Asks(at))));
            // A yes-or-no is called by what is bad where yes means that there
            // was none: 是 behind that name would be read the wrong way round.
            let named = fact.kind != zice_rules::dictionary::Kind::Bool;
            let mut twins = dictionary.twins.iter();
            if named && twins.any(|twin| twin.one == fact.id || twin.other == fact.id) {
                let short = spelling(&fact.short.zh);
                shared.push(([&short, "数"].concat(), at));
                shared.push((short, at));
            }
            for (part, addend) in fact.parts.iter().enumerate() {
                let spelled = addend.aliases.iter().map(|it| spelling(it));
                names.extend(spelled.map(|name| (name, Meaning::Part(at, part))));
                let spelled = addend.within.iter().map(|it| spelling(it));
                names.extend(spelled.map(|name| (name, Meaning::Within(at, part))));
            }
            for (side_at, side) in fact.sides.iter().enumerate() {
                sides.extend(side.names().into_iter().map(|name| (name, at, side_at)));
            }
            if fact.kind == zice_rules::dictionary::Kind::Object {
                for (field_at, field) in fact.fields.iter().enumerate() {
                    let field_names = field.names().into_iter();
                    names.extend(field_names.map(|name| (name, Meaning::Field(at, field_at))));
                }
            }
        }
        let columns = &dictionary.columns;
        let both = |one: &[String], other: &[String]| {
            one.iter().chain(other).map(|it| spelling(it)).collect::<Vec<String>>()
        };
        let columns = [
            both(&columns.this_period, &columns.closing),
            both(&columns.last_period, &columns.opening),
        ];
        Self { names, columns, sides, shared }
    }

    /// What a line stands for. The first spelling that is known decides, and a
    /// look-alike only where no fact goes by it.
    pub fn find(&self, text: &str) -> Vec<Meaning> {
        for spelled in &Label::of(text).tried {
            let found = self.names.iter().filter(|(name, _)| name == spelled).map(|(_, it)| *it);
            let found: Vec<Meaning> = found.collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.of_several_years(text)
    }

    /// 近三年销售收入 looks like a fact, and is that of more than one year.
    fn of_several_years(&self, text: &str) -> Vec<Meaning> {
        let mut found = Vec::new();
        for spelled in Label::of(text).tried {
            let word = words::SEVERAL_YEARS.iter().find(|word| spelled.contains(**word));
            let Some(rest) = word.map(|word| spelled.replacen(word, "", 1)) else { continue };
            for (_, meaning) in self.names.iter().filter(|(name, _)| *name == rest) {
                let (Meaning::Fact(at) | Meaning::Asks(at)) = *meaning else { continue };
                if !found.contains(&Meaning::Asks(at)) {
                    found.push(Meaning::Asks(at));
                }
            }
        }
        found
    }

    /// The fact that a name means which several share, in the form of a
    /// programme whose facts begin so (`sme_`).
    pub fn in_form(&self, text: &str, form: &str, dictionary: &Dictionary) -> Option<usize> {
        let tried = Label::of(text).tried;
        let mut facts = self.shared.iter().filter(|(name, _)| tried.contains(name));
        let id = |at: usize| dictionary.facts.get(at).is_some_and(|it| it.id.starts_with(form));
        facts.find(|(_, at)| id(*at)).map(|(_, at)| *at)
    }

    /// Whether a spelled head says this year (0) or the year before (1).
    pub fn period(&self, spelled: &str) -> Option<usize> {
        let shorter = ["金额", "余额", "数"].iter().find_map(|end| spelled.strip_suffix(end));
        self.columns.iter().position(|words| {
            words.iter().any(|word| {
                let bare = ["金额", "余额", "数"].iter().find_map(|end| word.strip_suffix(end));
                word == spelled
                    || shorter.is_some_and(|it| it == word || bare == Some(it))
                    || bare == Some(spelled)
            })
        })
    }

    /// The side of a fact that a head names: fact and side.
    pub fn side(&self, head: &str) -> Option<(usize, usize)> {
        let spelled = spelling(unit::in_head(head).0);
        let found = self.sides.iter().find(|(name, ..)| *name == spelled);
        found.map(|(_, fact, side)| (*fact, *side))
    }
}

impl Label {
    /// The spellings of a line's name, the fullest first.
    pub fn of(text: &str) -> Self {
        let plain = signs::plain(text);
        let mut tried = Vec::new();
        let mut add = |text: &str| {
            let spelled = spelling(text);
            if !spelled.is_empty() && !tried.contains(&spelled) {
                tried.push(spelled);
            }
        };
        add(&plain);
        let bare = without_number(&plain);
        add(bare);
        add(&without_brackets(bare));
        let added = ["减:", "加:", "减：", "加：", "减 ", "加 "];
        if let Some(rest) = added.iter().find_map(|mark| bare.strip_prefix(mark)) {
            add(rest);
            add(&without_brackets(rest));
        }
        Self { tried }
    }
}

/// A name without what counts the lines: 一、, （一）, 1., ①, *.
fn without_number(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '*' | '#' | '△' | '▲' | '☆' | '·' | '①'..='⑳')
        });
        let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(c);
        let number = rest.trim_start_matches(digit);
        if number.len() < rest.len() {
            let point = number.strip_prefix(['、', '.', ')', ':', ',']);
            // 3.5 is no number of a line.
            if let Some(after) = point.filter(|it| !it.starts_with(|c: char| c.is_ascii_digit())) {
                rest = after;
            }
        }
        if let Some(inner) = rest.strip_prefix('(')
            && let Some((number, after)) = inner.split_once(')')
            && !number.is_empty()
            && number.chars().all(digit)
        {
            rest = after;
        }
        if rest == before {
            return rest;
        }
    }
}

/// A name without brackets that change nothing about it: units, the numbers of
/// other lines, how a loss is written. Any other remark may make it something
/// else and stays.
fn without_brackets(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('(') {
        let (inner, behind) = split_closed(after);
        plain.push_str(before);
        if !is_harmless(inner) {
            plain.push_str(&["(", inner, ")"].concat());
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

/// What stands before the bracket that closes, and what behind it.
fn split_closed(text: &str) -> (&str, &str) {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' if depth == 0 => {
                return (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (text, "")
}

fn is_harmless(inner: &str) -> bool {
    let spelled = spelling(inner);
    let formula = |c: char| c.is_ascii_digit() || "+-*/=%×÷~、,. 行至()第".contains(c);
    spelled.is_empty()
        || unit::is_letters(inner)
        || unit::money(inner.trim_start_matches("单位").trim_start_matches([':', ' '])).is_some()
        || words::is_one_of(&spelled, words::COUNT)
        || spelled.ends_with("填列")
        || inner.chars().all(formula)
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn numbers_and_marks_of_a_line_are_taken_off() {
        for (text, name) in [
            ("一、营业收入", "营业收入"),
            ("资产      总计", "资产总计"),
            ("三、利润总额（亏损总额以“-”号填列）", "利润总额"),
            ("四、净利润（净亏损以“－”号填列）", "净利润"),
            ("减：营业成本", "营业成本"),
            ("（二）直接投入费用（8+9+10）", "直接投入费用"),
            ("三、年度研发费用小计(2+36×80%+38)", "年度研发费用小计"),
            ("十、销售（营业）收入（万元）", "销售营业收入"),
            ("1. 职工总数（人）", "职工总数"),
            ("*  总资产(单位：元)", "总资产"),
            ("① 销售费用", "销售费用"),
        ] {
            assert!(Label::of(text).tried.iter().any(|it| it == name), "{text}");
        }
        for (text, name) in [
            ("其中：研发费用", "研发费用"),
            ("研发费用（高企口径）", "研发费用"),
            ("资产总额（填写平均值）", "资产总额"),
            ("营业收入（不含税）", "营业收入"),
        ] {
            assert!(Label::of(text).tried.iter().all(|it| it != name), "{text}");
        }
    }
}

//! Checks how the dictionary's questions are worded: years named, answers in
//! words, nothing asked in the negative.

use zice_rules::{
    Dictionary, Noun, Text,
    dictionary::{Answers, Choice, Fact, Field, Kind},
    moment::{self, Moment},
};

/// The most characters a Chinese line of help may have; longer ones are not
/// read.
const HELP: usize = 24;

/// Beginnings of questions to which "yes" means "no": 是否没有重大事故？
const NEGATED: &[&str] = &[
    "是否没",
    "是否未",
    "是否不",
    "是否无",
    "是不是没",
    "是不是未",
    "是不是不",
    "是不是无",
    "有没有不",
    "有没有未",
];

/// Question words that only look like a negation.
const ASKING: &[&str] = &["是不是", "有没有", "能不能", "要不要", "会不会", "够不够", "好不好"];

/// Lists what is wrong: the text it is wrong in, and the message.
pub(crate) fn faults(dictionary: &Dictionary) -> Vec<(String, String)> {
    let mut found = Faults(Vec::new());
    for topic in &dictionary.topics {
        found.undated(&topic.title);
    }
    for fact in &dictionary.facts {
        found.fact(dictionary, fact);
    }
    for twin in &dictionary.twins {
        found.dated(&twin.note);
    }
    for rule in &dictionary.contradictions {
        found.undated(&rule.text);
    }
    found.0
}

struct Faults(Vec<(String, String)>);

impl Faults {
    fn add(&mut self, at: &str, why: &str) {
        self.0.push((at.to_owned(), format!("{at}：{why}")));
    }

    fn fact(&mut self, dictionary: &Dictionary, fact: &Fact) {
        let dated = [Some(&fact.question), fact.help.as_ref(), Some(&fact.definition)];
        for text in dated.into_iter().chain([fact.found_in.as_ref()]).flatten() {
            self.dated(text);
        }
        let undated = [Some(&fact.short), fact.apart.as_ref(), fact.item.as_ref()];
        for text in undated.into_iter().flatten() {
            self.undated(text);
        }
        self.noun(fact.unit.as_ref());
        self.choices(&fact.values);
        self.choices(&fact.sides);
        self.answers(&fact.id, fact.kind, fact.answers.as_ref());
        if let Some(help) = &fact.help
            && help.zh.chars().count() > HELP
        {
            self.add(&help.zh, &format!("提示超过 {HELP} 个字 / the line of help is too long"));
        }
        if fact.kind == Kind::Bool {
            self.not_negated(&fact.question.zh);
            self.not_a_negation(&fact.short.zh);
        }
        let same =
            |other: &&Fact| other.short.zh == fact.short.zh || other.short.en == fact.short.en;
        if fact.apart.is_none() && dictionary.facts.iter().filter(same).count() > 1 {
            let why = "几个指标同名，要用 apart 区分 / several are called so: apart is missing";
            self.add(&fact.short.zh, &format!("{why} ({})", fact.id));
        }
        for field in &fact.fields {
            self.field(field);
        }
    }

    fn field(&mut self, field: &Field) {
        self.undated(&field.label);
        if let Some(help) = &field.help {
            self.dated(help);
        }
        self.noun(field.unit.as_ref());
        self.choices(&field.values);
        self.answers(&field.id, field.kind, field.answers.as_ref());
        if field.kind == Kind::Bool {
            self.not_negated(&field.label.zh);
            self.not_a_negation(&field.label.zh);
        }
    }

    fn noun(&mut self, noun: Option<&Noun>) {
        for en in noun.into_iter().flat_map(|noun| [&noun.en, &noun.one]) {
            let zh = noun.map_or_else(String::new, |noun| noun.zh.clone());
            self.undated(&Text { zh, en: en.clone() });
        }
    }

    fn choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.undated(&Text { zh: choice.zh.clone(), en: choice.en.clone() });
        }
    }

    /// Requires two different answers for a yes-or-no, and none for anything
    /// else.
    fn answers(&mut self, id: &str, kind: Kind, answers: Option<&Answers>) {
        match (kind, answers) {
            (Kind::Bool, None) => self.add(id, "是非题要写 answers / the words for yes and no"),
            (Kind::Bool, Some(answers)) => {
                self.undated(&answers.yes);
                self.undated(&answers.no);
                if answers.yes.zh == answers.no.zh || answers.yes.en == answers.no.en {
                    self.add(&answers.yes.zh, "两个回答一样 / both answers read the same");
                }
            }
            (_, Some(_)) => self.add(id, "只有是非题才有 answers / answers without a question"),
            (_, None) => {}
        }
    }

    fn not_negated(&mut self, question: &str) {
        let clauses = question.split(['？', '，', '、', '；', '：', '。']);
        let negates = |clause: &str| {
            let plain = ASKING.iter().fold(clause.to_owned(), |it, word| it.replace(word, ""));
            clause.ends_with('吗') && plain.contains(['没', '未', '不'])
        };
        if NEGATED.iter().any(|word| question.contains(word)) || clauses.into_iter().any(negates) {
            self.add(question, "不要反着问 / asked in the negative");
        }
    }

    /// Reports a name that is a negation: “无重大事故：有” would be a double
    /// one.
    fn not_a_negation(&mut self, name: &str) {
        let name_alone = name.split('（').next().unwrap_or(name);
        if name_alone.split(['、', '，']).any(|part| part.starts_with(['无', '没', '未', '不']))
        {
            self.add(name, "名称不要用否定 / a name that is a negation");
        }
    }

    /// Checks the placeholders for years and days in a text that is shown with
    /// a day of application: well written, and the same in both languages.
    fn dated(&mut self, text: &Text) {
        let said = [&text.zh, &text.en].map(|text| moments(text));
        if said.iter().any(|it| it.is_none()) {
            let why = "花括号里只能写 年、年-1、日、日-365 这样的 / unknown placeholder";
            self.add(&text.zh, why);
        } else if said[0] != said[1] {
            self.add(&text.zh, "两种语言里的年和日不一样 / the languages differ in years or days");
        }
    }

    /// Reports placeholders in a text that is also shown without a day of
    /// application.
    fn undated(&mut self, text: &Text) {
        if [&text.zh, &text.en].iter().any(|text| text.contains(['{', '}'])) {
            self.add(&text.zh, "这里不能写占位符 / no placeholder in here");
        }
    }
}

/// The years and days in a text, sorted; `None` if a brace is not a
/// placeholder.
fn moments(text: &str) -> Option<Vec<String>> {
    // Compare with how the placeholder would be written back, so that `{年-0}`
    // is refused.
    let plain = moment::filled(text, |moment| format!("\u{1}{moment}\u{2}"));
    let mut found = Vec::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once('\u{1}') {
        if before.contains(['{', '}']) {
            return None;
        }
        let (moment, after) = after.split_once('\u{2}')?;
        if !text.contains(moment) {
            return None;
        }
        found.push(moment.to_owned());
        rest = after;
    }
    found.sort();
    (!rest.contains(['{', '}'])).then_some(found)
}

/// A text whose placeholders are written relative to the day of application,
/// for places where that day is unknown.
pub(crate) fn without_day(text: &str, of_year: &str, of_day: &str, days: &str) -> String {
    moment::filled(text, |moment| match moment {
        Moment::Year(0) => of_year.to_owned(),
        Moment::Year(before) => format!("({of_year} − {before})"),
        Moment::Day(0) => of_day.to_owned(),
        Moment::Day(before) => format!("({of_day} − {before} {days})"),
    })
}

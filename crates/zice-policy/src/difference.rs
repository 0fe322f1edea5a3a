//! Tells in words what changed between two editions of a programme.

use zice_rules::{
    Date, Dictionary, Lang, Policy, Text,
    formula::ConditionAt,
    place::CriterionAt,
    policy::{
        Basis, Caution, Cite, Criterion, EntryNote, Indicator, Measure, Milestone, Paper, Rule,
        Statement, bound_text,
    },
};

use crate::formula::Printer;

/// The way something differs between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only the second edition has it.
    Added,
    /// Only the first edition has it.
    Removed,
    /// Both editions have it, but it reads differently.
    Changed,
}

/// One thing that differs, with everything that differs about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The kind of thing it is, such as "criterion" or "calendar".
    pub section: &'static Bilingual,
    /// The stable id; empty where an edition has only one such thing.
    pub id: String,
    /// The title in the language asked for; empty where `id` is.
    pub title: String,
    /// Whether it was added, removed or changed.
    pub change: Change,
    /// The aspects that differ, each with its text in both editions.
    pub details: Vec<Detail>,
}

/// A fixed text in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// The text in Chinese.
    pub zh: &'static str,
    /// The text in English.
    pub en: &'static str,
}

impl Bilingual {
    /// Returns the text in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// One aspect of a thing, such as its rule, in both editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The name of the aspect, such as "calculation".
    pub aspect: &'static Bilingual,
    /// The text in the first edition; empty where it has none.
    pub before: String,
    /// The text in the second edition; empty where it has none.
    pub after: String,
}

macro_rules! texts {
    ($($name:ident = $zh:literal, $en:literal;)*) => {$(
        static $name: Bilingual = Bilingual { zh: $zh, en: $en };
    )*};
}

texts! {
    PROGRAMME = "项目", "programme";
    WINDOW = "申报期", "window";
    CALENDAR = "日历", "calendar";
    CRITERION = "条件", "criterion";
    CAUTION = "提示", "caution";
    PAPER = "材料", "paper";
    BENEFIT = "好处", "benefit";
    OPEN_POINT = "未定事项", "open point";
    INDICATOR = "参考数据", "indicator";
    ENTRY_NOTE = "逐项说明", "note on entries";
    NAME = "名称", "name";
    SUMMARY = "说明", "summary";
    AUTHORITY = "主管部门", "authority";
    PLATFORM = "填报平台", "platform";
    OPENS = "开始", "opens";
    CLOSES = "截止", "closes";
    RULE = "规则", "rule";
    CALCULATION = "计算", "calculation";
    PASSES = "通过条件", "passes when";
    TEXT = "文字", "text";
    DAY = "日期", "day";
    SOURCES = "出处", "sources";
    PAPERS = "证明材料", "papers";
    REVIEW = "需人工确认的情形", "cases for a person";
}

/// Lists every difference between two editions, for readers who know the first.
pub fn difference(
    first: &Policy,
    second: &Policy,
    dictionary: &Dictionary,
    lang: Lang,
) -> Vec<Difference> {
    let side = |policy| Side { policy, printer: Printer { policy, dictionary, lang }, lang };
    let (a, b) = (side(first), side(second));
    let mut found = Vec::new();
    programme(&mut found, &a, &b);
    window(&mut found, &a, &b);
    let days = (&first.calendar[..], &second.calendar[..]);
    items(&mut found, &CALENDAR, days, Side::milestone, &a, &b);
    let criteria = (&first.criteria[..], &second.criteria[..]);
    items(&mut found, &CRITERION, criteria, Side::criterion, &a, &b);
    let cautions = (&first.cautions[..], &second.cautions[..]);
    items(&mut found, &CAUTION, cautions, Side::caution, &a, &b);
    let papers = (&first.papers[..], &second.papers[..]);
    items(&mut found, &PAPER, papers, Side::paper, &a, &b);
    let benefits = (&first.benefits[..], &second.benefits[..]);
    items(&mut found, &BENEFIT, benefits, Side::statement, &a, &b);
    let open_points = (&first.open_points[..], &second.open_points[..]);
    items(&mut found, &OPEN_POINT, open_points, Side::statement, &a, &b);
    let indicators = (&first.indicators[..], &second.indicators[..]);
    items(&mut found, &INDICATOR, indicators, Side::indicator, &a, &b);
    let notes = (&first.entry_notes[..], &second.entry_notes[..]);
    items(&mut found, &ENTRY_NOTE, notes, Side::entry_note, &a, &b);
    found
}

/// What is said of the programme as a whole.
fn programme(found: &mut Vec<Difference>, a: &Side<'_>, b: &Side<'_>) {
    let aspect = |name, text: fn(&Policy) -> &Text| {
        a.aspect(name, text(a.policy)).with(text(b.policy), b.lang)
    };
    let aspects = vec![
        aspect(&NAME, |policy| &policy.title),
        aspect(&SUMMARY, |policy| &policy.summary),
        aspect(&AUTHORITY, |policy| &policy.authority),
        aspect(&PLATFORM, |policy| &policy.platform),
        Detail { aspect: &PASSES, before: a.verdict(), after: b.verdict() },
    ];
    one(found, &PROGRAMME, aspects);
}

/// The days on which applications are taken.
fn window(found: &mut Vec<Difference>, a: &Side<'_>, b: &Side<'_>) {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let (before, after) = (&a.policy.window, &b.policy.window);
    let aspects = vec![
        Detail { aspect: &OPENS, before: day(before.opens), after: day(after.opens) },
        Detail { aspect: &CLOSES, before: day(before.closes), after: day(after.closes) },
    ];
    one(found, &WINDOW, aspects);
}

/// One of the two editions, with what is needed to write its formulas out.
struct Side<'a> {
    policy: &'a Policy,
    printer: Printer<'a>,
    lang: Lang,
}

/// A thing with an id, as one edition has it. Aspects stand in the same order
/// in both editions.
struct Item {
    id: String,
    title: String,
    aspects: Vec<(&'static Bilingual, String)>,
}

/// A detail whose `after` is still missing; [`Half::with`] fills it in.
struct Half(Detail);

impl Half {
    fn with(mut self, after: &Text, lang: Lang) -> Detail {
        self.0.after = after.get(lang).to_owned();
        self.0
    }
}

impl Side<'_> {
    fn aspect(&self, aspect: &'static Bilingual, before: &Text) -> Half {
        let before = before.get(self.lang).to_owned();
        Half(Detail { aspect, before, after: String::new() })
    }

    fn verdict(&self) -> String {
        if self.policy.hint {
            String::new()
        } else {
            self.printer.condition_at(self.policy.verdict)
        }
    }

    fn milestone(&self, it: &Milestone) -> Item {
        let from = it.from.map_or_else(String::new, |from| format!("{from} – "));
        Item {
            id: it.id.clone(),
            title: it.what.get(self.lang).to_owned(),
            aspects: vec![(&DAY, format!("{from}{}", it.date)), (&SOURCES, self.cites(&it.cites))],
        }
    }

    /// A thing that is told in one sentence, and is calculated in some way.
    fn sentence(&self, id: &str, [title, text]: [&Text; 2], cites: &[Cite]) -> Item {
        Item {
            id: id.to_owned(),
            title: title.get(self.lang).to_owned(),
            aspects: vec![(&TEXT, text.get(self.lang).to_owned()), (&SOURCES, self.cites(cites))],
        }
    }

    fn when(&self, when: Option<ConditionAt>) -> (&'static Bilingual, String) {
        let when = when.map(|when| self.printer.condition_at(when));
        (&CALCULATION, when.unwrap_or_default())
    }

    fn caution(&self, it: &Caution) -> Item {
        let mut item = self.sentence(&it.id, [&it.text; 2], &it.cites);
        item.aspects.push(self.when(it.when));
        item
    }

    fn paper(&self, it: &Paper) -> Item {
        let mut item = self.sentence(&it.id, [&it.title; 2], &it.cites);
        item.aspects.push(self.when(it.when));
        item
    }

    fn statement(&self, it: &Statement) -> Item {
        self.sentence(&it.id, [&it.text; 2], &it.cites)
    }

    fn indicator(&self, it: &Indicator) -> Item {
        let values = it.values.iter().map(|one| self.printer.number_at(one.value));
        let values: Vec<String> = values.collect();
        let mut item = self.sentence(&it.id, [&it.title, &it.words], &it.cites);
        item.aspects.push((&CALCULATION, values.join("; ")));
        item
    }

    fn entry_note(&self, it: &EntryNote) -> Item {
        let mut item = self.sentence(&it.id, [&it.text; 2], &it.cites);
        item.aspects.push(self.when(Some(it.when)));
        item
    }

    fn criterion(&self, criterion: &Criterion) -> Item {
        let mut review: Vec<String> =
            criterion.review.iter().map(|case| self.printer.condition_at(case.when)).collect();
        if let Some(otherwise) = &criterion.otherwise {
            review.push(otherwise.because.get(self.lang).to_owned());
        }
        let papers: Vec<&str> = criterion
            .papers
            .iter()
            .filter_map(|at| self.policy.papers.get(at.place()))
            .map(|paper| paper.title.get(self.lang))
            .collect();
        Item {
            id: criterion.id.clone(),
            title: criterion.title.get(self.lang).to_owned(),
            aspects: vec![
                (&NAME, criterion.title.get(self.lang).to_owned()),
                (&RULE, criterion.words.get(self.lang).to_owned()),
                (&CALCULATION, self.rule(&criterion.rule)),
                (&REVIEW, review.join("; ")),
                (&SOURCES, self.cites(&criterion.cites)),
                (&PAPERS, papers.join("; ")),
            ],
        }
    }

    fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::Holds { when, .. } => self.printer.condition_at(*when),
            Rule::Points { best_of, .. } => {
                let bases: Vec<String> = best_of.iter().map(|basis| self.basis(basis)).collect();
                bases.join("; ")
            }
            Rule::Total { of, needs, strict, also, .. } => {
                let title = |at: &CriterionAt| {
                    let criterion = self.policy.criteria.get(at.place());
                    criterion.map_or("", |it| it.title.get(self.lang)).to_owned()
                };
                let parts: Vec<String> = of
                    .iter()
                    .map(|part| {
                        let names: Vec<String> = part.of.iter().map(title).collect();
                        let sum = names.join(" + ");
                        part.cap.map_or(sum.clone(), |cap| format!("min({sum}, {cap})"))
                    })
                    .collect();
                let sign = if *strict { ">" } else { ">=" };
                let also = also.as_ref().map(|it| {
                    format!("{}{}", self.lang.pick(" 且 ", " and "), self.printer.condition_at(*it))
                });
                format!("{} {sign} {needs}{}", parts.join(" + "), also.unwrap_or_default())
            }
        }
    }

    fn basis(&self, basis: &Basis) -> String {
        let points = |min: u8, max: u8| match min == max {
            true => min.to_string(),
            false => format!("{min}-{max}"),
        };
        let banded = match &basis.measure {
            Measure::Banded(banded) => banded,
            Measure::Condition(it) => {
                let when = self.printer.condition_at(it.when);
                return format!("{when} → {}", points(it.min, it.max));
            }
        };
        let bands: Vec<String> = banded
            .bands
            .iter()
            .map(|band| {
                let sign = if band.above { ">" } else { ">=" };
                let from = bound_text(band.from, banded.unit);
                format!("{sign} {from} → {}", points(band.min, band.max))
            })
            .collect();
        format!("{} [{}]", self.printer.number_at(banded.value), bands.join(", "))
    }

    fn cites(&self, cites: &[Cite]) -> String {
        let texts: Vec<String> = cites
            .iter()
            .map(|cite| {
                let source = self.policy.sources.get(cite.source.place());
                let mut text = source.map_or_else(String::new, |source| source.number.clone());
                if let Some(clause) = &cite.clause {
                    text.push_str(&format!(" {clause}"));
                }
                if let Some(page) = &cite.page {
                    text.push_str(&match self.lang {
                        Lang::Zh => format!(" 第 {page} 页"),
                        Lang::En => format!(" p. {page}"),
                    });
                }
                let sure = crate::open_points::confidence(cite.confidence, self.lang);
                text.push_str(self.lang.pick("，", ", "));
                text.push_str(sure);
                text
            })
            .collect();
        texts.join("; ")
    }
}

/// Adds a thing that each edition has once, if any of its details differ.
fn one(found: &mut Vec<Difference>, section: &'static Bilingual, details: Vec<Detail>) {
    let details: Vec<Detail> = details.into_iter().filter(|it| it.before != it.after).collect();
    if !details.is_empty() {
        let title = String::new();
        let change = Change::Changed;
        found.push(Difference { section, id: String::new(), title, change, details });
    }
}

/// Compares things that have ids, and adds those that were added, removed or
/// changed.
fn items<'a, T>(
    found: &mut Vec<Difference>,
    section: &'static Bilingual,
    (first, second): (&[T], &[T]),
    read: impl Fn(&Side<'a>, &T) -> Item,
    a: &Side<'a>,
    b: &Side<'a>,
) {
    let old: Vec<Item> = first.iter().map(|it| read(a, it)).collect();
    let new: Vec<Item> = second.iter().map(|it| read(b, it)).collect();
    let told = |item: &Item, change: Change| Difference {
        section,
        id: item.id.clone(),
        title: item.title.clone(),
        change,
        details: item
            .aspects
            .iter()
            .filter(|(_, text)| !text.is_empty() && *text != item.title)
            .map(|(aspect, text)| {
                let (before, after) = match change {
                    Change::Removed => (text.clone(), String::new()),
                    _ => (String::new(), text.clone()),
                };
                Detail { aspect, before, after }
            })
            .collect(),
    };
    for item in &old {
        let Some(later) = new.iter().find(|it| it.id == item.id) else {
            found.push(told(item, Change::Removed));
            continue;
        };
        let details: Vec<Detail> = item
            .aspects
            .iter()
            .zip(&later.aspects)
            .filter(|((_, before), (_, after))| before != after)
            .map(|((aspect, before), (_, after))| Detail {
                aspect,
                before: before.clone(),
                after: after.clone(),
            })
            .collect();
        if !details.is_empty() {
            let (id, title) = (later.id.clone(), later.title.clone());
            found.push(Difference { section, id, title, change: Change::Changed, details });
        }
    }
    for item in &new {
        if !old.iter().any(|it| it.id == item.id) {
            found.push(told(item, Change::Added));
        }
    }
}

//! Tells in words what changed between two editions of a programme.

use zice_rules::{
    Dictionary, Lang, Policy, Text,
    place::CriterionAt,
    policy::{Basis, Cite, Criterion, Measure, Rule, bound_text},
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
    let mut found = Vec::new();
    let side = |policy| Side { policy, printer: Printer { policy, dictionary, lang }, lang };
    let (a, b) = (side(first), side(second));
    one(
        &mut found,
        &PROGRAMME,
        vec![
            a.aspect(&NAME, &first.title).with(&second.title, lang),
            a.aspect(&SUMMARY, &first.summary).with(&second.summary, lang),
            a.aspect(&AUTHORITY, &first.authority).with(&second.authority, lang),
            a.aspect(&PLATFORM, &first.platform).with(&second.platform, lang),
            Detail { aspect: &PASSES, before: a.verdict(), after: b.verdict() },
        ],
    );
    let day = |day: Option<zice_rules::Date>| day.map_or_else(String::new, |day| day.to_string());
    one(
        &mut found,
        &WINDOW,
        vec![
            Detail {
                aspect: &OPENS,
                before: day(first.window.opens),
                after: day(second.window.opens),
            },
            Detail {
                aspect: &CLOSES,
                before: day(first.window.closes),
                after: day(second.window.closes),
            },
        ],
    );
    items(
        &mut found,
        &CALENDAR,
        (&first.calendar, &second.calendar),
        |side, it| Item {
            id: it.id.clone(),
            title: it.what.get(lang).to_owned(),
            aspects: vec![
                (&DAY, {
                    let from = it.from.map_or_else(String::new, |from| format!("{from} – "));
                    format!("{from}{}", it.date)
                }),
                (&SOURCES, side.cites(&it.cites)),
            ],
        },
        &a,
        &b,
    );
    items(
        &mut found,
        &CRITERION,
        (&first.criteria, &second.criteria),
        |side: &Side<'_>, it: &Criterion| side.criterion(it),
        &a,
        &b,
    );
    let sentence = |side: &Side<'_>, id: &str, title: &Text, text: String, cites: &[Cite]| Item {
        id: id.to_owned(),
        title: title.get(lang).to_owned(),
        aspects: vec![(&TEXT, text), (&SOURCES, side.cites(cites))],
    };
    items(
        &mut found,
        &CAUTION,
        (&first.cautions, &second.cautions),
        |side, it| {
            let when = it.when.map(|when| side.printer.condition_at(when));
            let mut item =
                sentence(side, &it.id, &it.text, it.text.get(lang).to_owned(), &it.cites);
            item.aspects.push((&CALCULATION, when.unwrap_or_default()));
            item
        },
        &a,
        &b,
    );
    items(
        &mut found,
        &PAPER,
        (&first.papers, &second.papers),
        |side, it| {
            let when = it.when.map(|when| side.printer.condition_at(when));
            let mut item =
                sentence(side, &it.id, &it.title, it.title.get(lang).to_owned(), &it.cites);
            item.aspects.push((&CALCULATION, when.unwrap_or_default()));
            item
        },
        &a,
        &b,
    );
    for (section, first, second) in [
        (&BENEFIT, &first.benefits, &second.benefits),
        (&OPEN_POINT, &first.open_points, &second.open_points),
    ] {
        items(
            &mut found,
            section,
            (first, second),
            |side, it| sentence(side, &it.id, &it.text, it.text.get(lang).to_owned(), &it.cites),
            &a,
            &b,
        );
    }
    items(
        &mut found,
        &INDICATOR,
        (&first.indicators, &second.indicators),
        |side, it| {
            let values: Vec<String> =
                it.values.iter().map(|one| side.printer.number_at(one.value)).collect();
            let mut item =
                sentence(side, &it.id, &it.title, it.words.get(lang).to_owned(), &it.cites);
            item.aspects.push((&CALCULATION, values.join("; ")));
            item
        },
        &a,
        &b,
    );
    items(
        &mut found,
        &ENTRY_NOTE,
        (&first.entry_notes, &second.entry_notes),
        |side, it| {
            let mut item =
                sentence(side, &it.id, &it.text, it.text.get(lang).to_owned(), &it.cites);
            item.aspects.push((&CALCULATION, side.printer.condition_at(it.when)));
            item
        },
        &a,
        &b,
    );
    found
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
fn items<T>(
    found: &mut Vec<Difference>,
    section: &'static Bilingual,
    (first, second): (&[T], &[T]),
    read: impl Fn(&Side<'_>, &T) -> Item,
    a: &Side<'_>,
    b: &Side<'_>,
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

//! Problems of a company file, fact by fact.

use core::fmt;

use crate::{
    decimal::DecimalError,
    text::{Lang, Text},
};

/// One place of a company file that cannot be used.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// Id of the fact that is affected, such as `revenue`; `None` if it is
    /// none.
    pub fact: Option<String>,
    /// The exact place in the file, such as `facts.revenue.2022.max`.
    pub path: String,
    /// What is wrong at that place.
    pub kind: ProblemKind,
}

/// What is wrong at a place of a company file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The value is of another type than the fact takes.
    WrongType {
        /// What the fact takes, in Chinese.
        zh: &'static str,
        /// What the fact takes, in English.
        en: &'static str,
    },
    /// The schema is missing or is another one.
    Schema,
    /// The text is no decimal that can be used.
    Decimal(DecimalError),
    /// The number must be whole and is not.
    NotWhole,
    /// The number is below this smallest allowed value.
    BelowMinimum(String),
    /// The number is above this largest allowed value.
    AboveMaximum(String),
    /// The range has its `min` above its `max`.
    UpsideDown,
    /// The range has neither end, or has other keys.
    NoRange,
    /// The text looks like a date, but no such day exists.
    NoDate,
    /// The text is no date, or not a complete one.
    NotADay,
    /// The key is no fiscal year of four digits.
    NoYear,
    /// The value is none of these choices.
    NoChoice(String),
    /// The text does not have exactly this many digits.
    Digits(u8),
    /// There are more entries, or years, than this number.
    TooMany(usize),
    /// Two answers cannot both be right; this is the message about them.
    Contradiction(Text),
}

impl ProblemKind {
    pub(super) const fn wrong(zh: &'static str, en: &'static str) -> Self {
        Self::WrongType { zh, en }
    }

    /// Says what is wrong, for people.
    pub fn text(&self, lang: Lang) -> String {
        let both = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            Self::WrongType { zh, en } => match lang {
                Lang::Zh => format!("应填{zh}"),
                Lang::En => format!("must be {en}"),
            },
            Self::Schema => {
                let schema = super::SCHEMA;
                match lang {
                    Lang::Zh => format!("应为 \"{schema}\""),
                    Lang::En => format!("must be \"{schema}\""),
                }
            }
            Self::Decimal(DecimalError::Malformed) => both(
                "不是数字（只写数字和小数点）",
                "not a decimal number (digits and a point only)",
            ),
            Self::Decimal(DecimalError::TooLarge) => {
                both("数值过大，须小于 10 的 15 次方", "too large, must be below 10^15")
            }
            Self::Decimal(DecimalError::TooFine) => both("小数最多 6 位", "at most six decimals"),
            Self::NotWhole => both("应为整数", "must be a whole number"),
            Self::BelowMinimum(min) => match lang {
                Lang::Zh => format!("不能小于 {min}"),
                Lang::En => format!("can't be below {min}"),
            },
            Self::AboveMaximum(max) => match lang {
                Lang::Zh => format!("不能大于 {max}"),
                Lang::En => format!("can't be above {max}"),
            },
            Self::UpsideDown => {
                both("范围的下限大于上限", "the range is upside down: min is above max")
            }
            Self::NoRange => both(
                "范围应写成 {\"min\": …, \"max\": …}，至少写一端",
                "a range is {\"min\": …, \"max\": …} with at least one end",
            ),
            Self::NoDate => both(
                "不是存在的日期（格式为 年-月-日，如 2021-05-01）",
                "not a date that exists (YYYY-MM-DD)",
            ),
            Self::NotADay => both(
                "日期没看懂或不完整，请写全年、月、日，如 2021-05-01",
                "not a whole date: write year, month and day (YYYY-MM-DD)",
            ),
            Self::NoYear => both("年度应为四位数字", "a fiscal year has four digits"),
            Self::NoChoice(choices) => match lang {
                Lang::Zh => format!("不在可选项中，可选：{choices}"),
                Lang::En => format!("not one of the choices: {choices}"),
            },
            Self::Digits(digits) => match lang {
                Lang::Zh => format!("格式不对，应为 {digits} 位数字"),
                Lang::En => format!("must be {digits} digits"),
            },
            Self::TooMany(most) => match lang {
                Lang::Zh => format!("最多 {most} 项，未读取"),
                Lang::En => format!("takes at most {most} entries: not read"),
            },
            Self::Contradiction(text) => text.get(lang).to_owned(),
        }
    }
}

impl Problem {
    /// Says where it is and what is wrong, for people.
    pub fn text(&self, lang: Lang) -> String {
        let text = self.kind.text(lang);
        if self.path.is_empty() { text } else { format!("{}: {text}", self.path) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = (self.kind.text(Lang::Zh), self.kind.text(Lang::En));
        write!(f, "{}: {zh} / {en}", self.path)
    }
}

//! The formula language: text in the words of the notice, checked for types
//! and units, into the engine's trees.
//!
//! ```text
//! 科小职工总数 <= 500人
//! 加计扣除研发费用[去年] / 销售收入[去年] >= 6%
//! 计数(知识产权, 类别 属于 {发明专利, 植物新品种} 且 非 有争议)
//! 合计(高企研发费用[近三年]) / 合计(销售收入[近三年])
//! ```
//!
//! Facts, fields and choices are named in Chinese or by id. Criteria of the
//! same policy are named by id: alone they say whether the criterion is met,
//! in 得分(…) they give its points.

mod compatible;
mod functions;
mod lexer;
mod parser;
mod print;
mod resolve;
#[cfg(test)]
mod tests;
mod unit;

use core::{fmt, ops::Range};

pub(crate) use print::Printer;
pub(crate) use resolve::{Defines, Fields, Scope, TableBuilder, Typed, compile};
pub(crate) use unit::{step, unit};

/// What a number is measured in, for checking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A number without a unit: fits counts, points, days, years and ratios,
    /// never money.
    Bare,
    /// A ratio.
    Ratio,
    /// Yuan.
    Money,
    /// People, rights, projects.
    Count,
    /// A day of the calendar.
    Date,
    /// A length of time.
    Days,
    /// A calendar year.
    Year,
    /// Points.
    Points,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bare => "数 / number",
            Self::Ratio => "比率 / ratio",
            Self::Money => "金额 / money",
            Self::Count => "数量 / count",
            Self::Date => "日期 / date",
            Self::Days => "天数 / days",
            Self::Year => "年份 / year",
            Self::Points => "得分 / points",
        })
    }
}

/// What is wrong with a formula, and at which bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormulaError {
    pub span: Range<usize>,
    pub message: String,
}

impl FormulaError {
    pub(crate) const fn new(span: Range<usize>, message: String) -> Self {
        Self { span, message }
    }
}

//! Compiles the formula language: parses text in the words of the notice,
//! checks types and units, and builds the trees that become the engine's
//! tables.
//!
//! ```text
//! 科小职工总数 <= 500人
//! 加计扣除研发费用[去年] / 销售收入[去年] >= 6%
//! 计数(知识产权, 类别 属于 {发明专利, 植物新品种} 且 非 有争议)
//! 合计(高企研发费用[近三年]) / 合计(销售收入[近三年])
//! ```
//!
//! Facts, fields and choices are named in Chinese or by id. Criteria of the
//! same policy are named by id: the id alone is the condition that the
//! criterion is met, and 得分(id) is the number of its points.

mod compatibility;
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

/// The unit of a number, used to refuse formulas that make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A literal without a unit. It fits counts, points, days, years and
    /// ratios, but not money: write 元 or 万元.
    Bare,
    /// A ratio, such as a quotient of two amounts. `6%` is the literal 0.06.
    Ratio,
    /// An amount in yuan.
    Money,
    /// A number of people, rights or projects.
    Count,
    /// A day of the calendar.
    Date,
    /// A length of time in days.
    Days,
    /// A calendar year.
    Year,
    /// A number of points.
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

/// A mistake in a formula, and the bytes of its text where it stands.
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

//! Turns bytes into a company, or into the reasons why not. The command line
//! and the npm package refuse the same files in the same words.

use serde_json::error::Category;

use super::{Company, Problem};
use crate::{
    date::Date,
    dictionary::Dictionary,
    text::{Lang, spelled_out},
};

/// The most bytes a company may take, as a file or as a line of a file: 4 MiB.
/// A company with a thousand rights takes a twentieth of that.
pub const MAX_BYTES: usize = 4 << 20;

/// The number of problems that a message names one by one.
const NAMED: usize = 10;

/// Why bytes are not a company that can be assessed.
#[derive(Debug)]
pub enum Fault {
    /// There are more bytes than [`MAX_BYTES`].
    TooLarge,
    /// The byte at this place is not UTF-8.
    Encoding(Place),
    /// The text is not JSON; the last field holds the parser's words.
    Syntax(Place, Category, String),
    /// Answers that cannot be used; at least one.
    Facts(Vec<Problem>),
}

/// A line and a column, both counted from 1. Columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// Reads a company, and accepts it only if everything in it can be used. `day`
/// is the day of application if the file names none.
///
/// # Errors
/// Fails when anything in it cannot be used.
pub fn read(bytes: &[u8], dictionary: &Dictionary, day: Date) -> Result<Company, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Fault::Encoding(Place::after(bytes.get(..error.valid_up_to()).unwrap_or_default()))
    })?;
    read_text(text, dictionary, day)
}

/// Does the same with bytes that are known to be text.
///
/// # Errors
/// Fails when anything in it cannot be used.
pub fn read_text(text: &str, dictionary: &Dictionary, day: Date) -> Result<Company, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let (company, problems) = Company::parse(text, dictionary, day).map_err(|error| {
        let place = Place::of_json(text, error.line(), error.column());
        let words = error.to_string();
        let end = format!(" at line {} column {}", error.line(), error.column());
        let words = words.strip_suffix(&*end).unwrap_or(&words);
        Fault::Syntax(place, error.classify(), words.to_owned())
    })?;
    if problems.is_empty() { Ok(company) } else { Err(Fault::Facts(problems)) }
}

impl Place {
    /// Returns the place of the byte that follows `before`.
    fn after(before: &[u8]) -> Self {
        let line = before.split(|byte| *byte == b'\n');
        let last = line.clone().next_back().unwrap_or_default();
        Self { line: line.count(), column: one_more(String::from_utf8_lossy(last).chars().count()) }
    }

    /// Converts the parser's column, which counts bytes, into characters.
    fn of_json(text: &str, line: usize, column: usize) -> Self {
        let line_text = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
        let before = column.saturating_sub(1);
        // A character that ends after the column is the one that is pointed at.
        let is_whole = |(at, one): &(usize, char)| at.saturating_add(one.len_utf8()) <= before;
        let whole = line_text.char_indices().take_while(is_whole);
        Self { line, column: one_more(whole.count()) }
    }
}

/// Counts from one, as people do.
const fn one_more(count: usize) -> usize {
    count.saturating_add(1)
}

impl Fault {
    /// Returns the code by which programs recognise the fault. It is the same
    /// for the command, the npm package and the element.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Encoding(_) | Self::Syntax(..) | Self::Facts(_) => "company",
        }
    }

    /// Writes the message about a file with this name.
    pub fn in_file(&self, name: &str, lang: Lang) -> String {
        match self {
            Self::TooLarge => format!("{name}: {}", self.what(lang)),
            Self::Encoding(place) | Self::Syntax(place, ..) => {
                format!("{name}:{}:{}: {}", place.line, place.column, self.what(lang))
            }
            Self::Facts(problems) => {
                let lines = facts(problems, lang);
                match lines.as_slice() {
                    [only] => format!("{name}: {only}"),
                    _ => {
                        let count = problems.len();
                        let heading = match lang {
                            Lang::Zh => format!("{count} 处不能使用"),
                            Lang::En => format!("{count} places can't be used"),
                        };
                        format!("{name}: {heading}\n  {}", lines.join("\n  "))
                    }
                }
            }
        }
    }

    /// Writes the message about a line, whose number the caller shows beside
    /// it.
    pub fn in_line(&self, lang: Lang) -> String {
        match self {
            Self::Encoding(place) | Self::Syntax(place, ..) => {
                let (column, what) = (place.column, self.what(lang));
                match lang {
                    Lang::Zh => format!("第 {column} 列：{what}"),
                    Lang::En => format!("column {column}: {what}"),
                }
            }
            Self::TooLarge | Self::Facts(_) => self.what(lang),
        }
    }

    /// Says what is wrong, without the place.
    fn what(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge => {
                let most = MAX_BYTES >> 20;
                match lang {
                    Lang::Zh => format!("一家企业至多 {most} MiB，超出了"),
                    Lang::En => format!("longer than the {most} MiB a company may take"),
                }
            }
            Self::Encoding(_) => lang
                .pick("不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8: save the file as UTF-8")
                .to_owned(),
            Self::Syntax(_, Category::Eof, words) => match lang {
                Lang::Zh => format!("不是有效的 JSON：内容不完整（{words}）"),
                Lang::En => format!("not valid JSON: {words}"),
            },
            Self::Syntax(_, _, words) => match lang {
                Lang::Zh => format!("不是有效的 JSON（{words}）"),
                Lang::En => format!("not valid JSON: {words}"),
            },
            Self::Facts(problems) => facts(problems, lang).join(lang.pick("；", "; ")),
        }
    }
}

/// Writes one text for each problem, up to [`NAMED`], and how many more there
/// are.
fn facts(problems: &[Problem], lang: Lang) -> Vec<String> {
    let mut texts: Vec<String> =
        problems.iter().take(NAMED).map(|problem| about(problem, lang)).collect();
    let more = problems.len().saturating_sub(NAMED);
    if more > 0 {
        texts.push(match lang {
            Lang::Zh => format!("另有 {more} 处"),
            Lang::En => format!("and {more} more"),
        });
    }
    texts
}

/// Writes place and problem. The place comes from the file and may contain
/// anything, so it is made safe to print.
fn about(problem: &Problem, lang: Lang) -> String {
    let what = spelled_out(&problem.kind.text(lang), 600);
    if problem.path.is_empty() {
        return what;
    }
    format!("{}: {what}", spelled_out(&problem.path, 160))
}

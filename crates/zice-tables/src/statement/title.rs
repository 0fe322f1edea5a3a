//! What the lines around a statement say of it: of which time it is, whose it
//! is, and whether its figures are only planned.

use zice_rules::text::{spelling, unnumbered};

use crate::{
    figure::is_figure,
    owner,
    period::{self, Dated},
    unit, words,
};

/// What has been said so far.
#[derive(Debug, Default)]
pub struct Titles {
    /// The time of the statement.
    dated: Option<Dated>,
    /// How many figures stood above the line that said so.
    dated_at: usize,
    /// It is the statement of a group, or a plan.
    others: bool,
    /// How many figures stood above the line that said so.
    others_at: usize,
    /// It names another company.
    stranger: bool,
}

/// A line without anything in it that is asked.
#[derive(Clone, Copy)]
pub struct Line<'r> {
    pub row: &'r [String],
    /// Whether no heads have been found yet.
    pub above: bool,
    /// How many figures stand above it.
    pub figures: usize,
    /// The company's name, if it is known.
    pub name: &'r str,
}

impl Titles {
    /// The time of the statement.
    pub const fn dated(&self) -> Option<Dated> {
        self.dated
    }

    /// Another statement begins: what stood below the last one's figures is not
    /// about its time.
    pub const fn begin(&mut self) {
        self.dated_at = usize::MAX;
    }

    /// Whether the figures are not those of the company and its years.
    pub const fn are_others(&self) -> bool {
        self.others || self.stranger
    }

    /// Reads a line.
    pub fn read(&mut self, line: Line<'_>) {
        let titled = line.is_title();
        self.read_whose(line, titled);
        self.read_when(line, titled);
    }

    fn read_whose(&mut self, line: Line<'_>, titled: bool) {
        for (at, cell) in line.row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let spelled = without(cell, line.name);
            let holds = |list: &[&str]| list.iter().any(|word| spelled.contains(word));
            let short = spelled.chars().count() <= 30;
            let planned = titled && short && holds(words::PLANNED);
            let statement = is_statement(&spelled);
            let group = statement && holds(words::OF_OTHERS) && !spelled.contains(words::PARENT);
            if planned || group {
                (self.others, self.others_at) = (true, line.figures);
            } else if statement && line.figures > self.others_at {
                // 合并财务报表 is about 利润表 below it, and not about the next one.
                self.others = false;
            }
            // 某某公司利润表, or the name alone above it.
            let named = !line.name.is_empty() && !cell.contains([':', '：']);
            let name = spelled.replace(words::PARENT, "");
            if named && line.above && words::OTHERS.iter().any(|word| name.contains(word)) {
                let bare = words::OTHERS.iter().any(|word| name.ends_with(word));
                self.stranger |= bare || is_statement(&name);
            }
            let next = line.row.iter().skip(at + 1).find(|it| !it.is_empty());
            if let Some(own) = is_own(cell, next.map_or("", String::as_str), line.name) {
                self.stranger = !own;
            }
        }
    }

    fn read_when(&mut self, line: Line<'_>, titled: bool) {
        let plain = !line.row.iter().any(|cell| is_figure(cell));
        let times = line.row.iter().filter(|_| plain || titled).filter_map(|cell| {
            let whole = period::dated(cell).filter(|_| plain || period::is_time(cell));
            let part = || titled && period::is_part(&cell.replace(line.name, ""));
            whole.or_else(|| part().then_some(Dated::NoYear))
        });
        let times: Vec<Dated> = times.collect();
        let odd = times.iter().find(|it| **it == Dated::NoYear);
        let of_cells = period::of_cells(line.row);
        let Some(dated) = of_cells.as_ref().or(odd).or(times.first()) else { return };
        // 利润表（1-9月） above, and 2022年度 below it.
        let part = matches!(self.dated, Some(Dated::NoYear | Dated::December(_)));
        let whole = matches!(dated, Dated::Year(_));
        if !(part && whole && self.dated_at == line.figures) {
            self.dated = Some(*dated);
        }
        self.dated_at = line.figures;
    }
}

impl Line<'_> {
    /// Whether it stands above a statement: before any heads, or with what only
    /// stands there.
    fn is_title(self) -> bool {
        let company = |cell: &String| words::COMPANY_LINE.iter().any(|word| cell.contains(word));
        let title = |cell: &String| is_statement(&spelling(cell)) || company(cell);
        self.above || self.row.iter().any(title) || unit::of_row(self.row).is_some()
    }

    /// Whether it names a statement: what stands below it is another one.
    pub fn names_a_statement(self) -> bool {
        self.row.iter().any(|cell| is_statement(&spelling(cell)))
    }

    /// Whether it says of what stands above it that it is only planned.
    pub fn is_note_of_plans(self) -> bool {
        let text = spelling(&self.row.concat());
        let holds = |list: &[&str]| list.iter().any(|word| text.contains(word));
        holds(&["以上", "上述", "本表", "表中"]) && holds(words::PLANNED)
    }
}

fn without(text: &str, name: &str) -> String {
    let (text, name) = (spelling(text), spelling(name));
    if name.is_empty() { text } else { text.replace(&name, "") }
}

fn is_statement(spelled: &str) -> bool {
    words::STATEMENT.iter().any(|word| spelled.contains(word))
}

/// Whether the company that a line names is the one that is asked for; nothing
/// where it names none, or that one's name is not known.
fn is_own(cell: &str, next: &str, name: &str) -> Option<bool> {
    let cell = unnumbered(cell);
    let label = words::COMPANY_LINE.iter().find(|label| cell.starts_with(**label))?;
    let behind = cell.get(label.len()..).unwrap_or("").trim_start();
    // （公章）：… and （盖章）：…
    let behind = match behind.strip_prefix(['（', '(']).and_then(|it| it.split_once(['）', ')']))
    {
        Some((inside, rest)) if inside.contains('章') => rest.trim_start(),
        _ => behind,
    };
    let named = behind.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    // A blank form goes on with something else.
    let company = |text: &&str| words::OTHERS.iter().any(|word| text.contains(word));
    let named = if named.is_empty() { Some(next).filter(company)? } else { named };
    let named = named.split([' ', '\u{3000}', '\t']).next().unwrap_or("");
    let stamp = ["（公章）", "（盖章）", "(公章)", "(盖章)"];
    let named = stamp.iter().find_map(|it| named.strip_suffix(it)).unwrap_or(named);
    let known = !spelling(named).is_empty() && !spelling(name).is_empty();
    known.then(|| {
        // Latin names have blanks in them.
        let whole = without(cell, name);
        owner::of(named, name) == Some(owner::Owner::Company)
            || named.is_ascii() && whole != spelling(cell)
    })
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn the_company_of_a_statement_is_told() {
        let name = "湖州示例（浙江）科技有限公司";
        for (cell, next, own) in [
            ("编制单位：湖州示例（浙江）科技有限公司", "", Some(true)),
            ("编制单位：湖州示例(浙江)科技有限公司  2022年度  单位：元", "", Some(true)),
            ("填报单位（公章）：湖州示例（浙江）科技有限公司", "", Some(true)),
            ("一、企业名称", "湖州示例（浙江）科技有限公司", Some(true)),
            ("纳税人名称：另一家科技有限公司", "", Some(false)),
            ("编制单位：湖州示例（浙江）科技有限公司杭州分公司", "", Some(false)),
            ("编制单位：", "", None),
            ("编制单位：", "2022年度", None),
            ("单位：万元", "", None),
        ] {
            assert_eq!(is_own(cell, next, name), own, "{cell}");
            assert_eq!(is_own(cell, next, ""), None, "{cell}");
        }
        let latin = "Demo Co., Ltd.";
        assert_eq!(is_own("编制单位：Demo Co., Ltd.  2022", "", latin), Some(true));
    }
}

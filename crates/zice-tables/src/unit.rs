//! Units of money: what a head, a line above a table or a cell names.

use zice_rules::text::spelling;

use crate::{signs, words};

/// The unit that a table names for its amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitLine {
    /// As it stands there: `单位：万元`.
    pub text: String,
    /// How many yuan it is; nothing where that is not known, and then no
    /// amount is taken.
    pub name: Option<&'static str>,
}

/// Units that can be calculated with, as they go behind a figure, and how many
/// yuan each is.
const KNOWN: [(&str, &str); 8] = [
    ("元", "1"),
    ("百元", "100"),
    ("千元", "1000"),
    ("万元", "10000"),
    ("十万元", "100000"),
    ("百万元", "1000000"),
    ("千万元", "10000000"),
    ("亿元", "100000000"),
];

/// How many yuan a unit of [`money`] is.
pub fn factor(name: &str) -> &'static str {
    KNOWN.iter().find(|(known, _)| *known == name).map_or("1", |(_, factor)| factor)
}

/// A unit of money as it goes behind a figure: 人民币万元 is 万元. Nothing
/// where it is not known, or names no money.
pub fn money(text: &str) -> Option<&'static str> {
    let spelled = spelling(&signs::plain(text));
    let mut word = spelled.as_str();
    for currency in ["人民币", "rmb", "cny", "¥"] {
        word = word.strip_prefix(currency).unwrap_or(word);
        word = word.strip_suffix(currency).filter(|it| !it.is_empty()).unwrap_or(word);
    }
    let word = match word {
        "" if !spelled.is_empty() => "元",
        "yuan" | "圆" | "元至角分" | "元列至角分" | "元角分" | "至元" => "元",
        "万" | "亿" | "千" | "百万" | "千万" => {
            return KNOWN.iter().map(|it| it.0).find(|it| it.strip_suffix('元') == Some(word));
        }
        other => other,
    };
    KNOWN.iter().map(|it| it.0).find(|it| *it == word)
}

/// The unit that brackets or words at the end of a head name. What stands
/// before it is the rest.
pub fn in_head(head: &str) -> (&str, Option<&str>) {
    let head = head.trim();
    for (open, close) in
        [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('（', ')'), ('(', '）')]
    {
        if let Some((rest, unit)) = head.strip_suffix(close).and_then(|it| it.rsplit_once(open)) {
            let named = behind_word(unit).or_else(|| is_unit(unit).then_some(unit));
            return (rest, named);
        }
    }
    match behind_word(head) {
        Some(unit) => ("", Some(unit)),
        None => (head, None),
    }
}

/// Whether brackets hold a unit, known or not, and no remark.
fn is_unit(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphabetic() || "元万亿千百$€£%％‰".contains(c);
    text.chars().count() <= 14 && text.contains(sign)
}

/// `单位：万元` without what names it a unit.
fn behind_word(text: &str) -> Option<&str> {
    let text = MARKS.iter().find_map(|word| text.strip_prefix(word))?;
    Some(text.trim_start_matches(['：', ':', ' ']))
}

const MARKS: [&str; 6] = ["金额单位", "货币单位", "计量单位", "单位", "Unit", "unit"];

/// The unit a label names, unless the brackets belong to one of its names.
pub fn of_label<'a>(label: &'a str, names: &[String]) -> Option<&'a str> {
    let (rest, unit) = in_head(label);
    let whole = spelling(label) != spelling(rest) && names.contains(&spelling(label));
    unit.filter(|_| !whole)
}

/// The unit for all amounts that a cell of a title, or a line above a table
/// names, whatever stands beside it. `next` is the cell behind it.
pub fn line(cell: &str, next: Option<&str>) -> Option<UnitLine> {
    let cell = close(&simple(cell));
    let cell = cell.trim();
    let next = next.map(|it| close(&simple(it)));
    let next = next.as_deref();
    for (at, word) in cell.match_indices("单位").chain(cell.match_indices("Unit")) {
        let before = cell.get(..at).unwrap_or("");
        let Some(mark) = start_of_mark(before) else { continue };
        let after = cell.get(at + word.len()..).unwrap_or("");
        let general = is_general(cell.get(mark..at).unwrap_or(""));
        let name = |named: &str| of_several(named).filter(|_| general && !is_foreign(cell));
        let after = after.trim_start_matches([
            '均', '为', '系', '是', '：', ':', ' ', '\u{3000}', '\u{a0}', '（', '(',
        ]);
        let end = after.find(ends_unit).unwrap_or(after.len());
        let named = after.get(..end).unwrap_or("").trim();
        if named.is_empty() {
            // 单位： and the unit in the cell behind it.
            let named = next.map(str::trim).filter(|it| looks_like_money(it));
            if let Some(named) = named {
                let text = [cell.get(mark..).unwrap_or("").trim(), named].concat();
                return Some(UnitLine { text, name: name(named) });
            }
            continue;
        }
        // RMB million, and not RMB: in letters a unit ends where they do.
        if named.is_ascii() && !named.contains("%") && !named.bytes().all(|it| it.is_ascii_digit())
        {
            let end = after.find(|c: char| !c.is_ascii() || ";)]".contains(c));
            let named = after.get(..end.unwrap_or(after.len())).unwrap_or("");
            let named = named.split(", ").next().unwrap_or("").trim();
            let text = cell.get(mark..).unwrap_or(cell).trim().to_owned();
            return Some(UnitLine { text, name: latin(named).filter(|_| !is_foreign(cell)) });
        }
        if looks_like_money(named) {
            let end = cell.len() - after.len() + end;
            let text = cell.get(mark..end).unwrap_or(cell).trim().to_owned();
            return Some(UnitLine { text, name: name(named) });
        }
        // 单位：分, 单位：见各栏.
        let count = named != "分" && words::is_one_of(&spelling(named), words::COUNT);
        if named.chars().count() <= 3 && !count && !is_company(named) {
            let text = cell.get(mark..).unwrap_or(cell).trim().to_owned();
            return Some(UnitLine { text, name: None });
        }
    }
    if let Some((before, named)) = in_words(cell) {
        let general = is_general(before);
        let name = of_several(named).filter(|_| general && !is_foreign(cell));
        return Some(UnitLine { text: cell.to_owned(), name });
    }
    if is_foreign(cell) {
        return Some(UnitLine { text: cell.to_owned(), name: None });
    }
    bare(cell)
}

/// A cell that is nothing but a unit of money, known or not.
pub fn bare(cell: &str) -> Option<UnitLine> {
    let cell = cell.trim();
    let bare = cell.trim_matches(['（', '）', '(', ')', '[', ']', '【', '】', ' ']);
    let bare = bare.strip_prefix("金额").map_or(bare, |it| it.trim_start_matches(['：', ':', ' ']));
    if let Some(name) = money(bare).filter(|_| bare.chars().count() <= 8) {
        return Some(UnitLine { text: cell.to_owned(), name: Some(name) });
    }
    if bare.len() < cell.len() && is_letters(bare) {
        return Some(UnitLine { text: cell.to_owned(), name: None });
    }
    // RMB'000, USD million, 万美元.
    let small = bare.to_ascii_lowercase();
    let letters: String = small.chars().filter(char::is_ascii_alphanumeric).collect();
    let sign = bare.contains(['$', '€', '£'])
        && bare.chars().count() <= 8
        && !bare.contains(|c: char| c.is_ascii_digit());
    if sign {
        return Some(UnitLine { text: cell.to_owned(), name: None });
    }
    let sentence = bare.is_ascii()
        && bare.chars().count() <= 40
        && bare
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| CURRENCIES.contains(&word.to_ascii_lowercase().as_str()))
        && small.contains("in ");
    if sentence {
        return Some(UnitLine { text: cell.to_owned(), name: None });
    }
    let in_letters = CURRENCIES.iter().any(|it| letters.starts_with(it) || letters.ends_with(it));
    let foreign =
        ["美元", "港元", "港币", "欧元", "日元", "英镑"].iter().any(|it| bare.ends_with(it));
    if !(in_letters && bare.chars().all(|c| c.is_ascii() || "’‘人民币".contains(c)) || foreign)
        || bare.chars().count() > 16
    {
        return None;
    }
    Some(UnitLine { text: cell.to_owned(), name: latin(bare) })
}

/// A unit of money in letters; nothing where it is not known.
fn latin(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let letters = letters.collect::<String>().to_ascii_lowercase();
    match letters.as_str() {
        "rmb" | "cny" | "yuan" | "rmbyuan" | "cnyyuan" => Some("元"),
        "rmb000" | "cny000" | "rmbthousand" | "rmbthousands" | "cnythousand" | "cnythousands" => {
            Some("千元")
        }
        "rmb10000" | "cny10000" => Some("万元"),
        "rmbmillion" | "rmbmillions" | "cnymillion" | "cnymillions" => Some("百万元"),
        _ => None,
    }
}

/// The letters of units and of what names them, in simplified characters.
fn simple(text: &str) -> String {
    let pairs = [
        ('單', '单'),
        ('萬', '万'),
        ('億', '亿'),
        ('圓', '圆'),
        ('幣', '币'),
        ('額', '额'),
        ('貨', '货'),
        ('計', '计'),
        ('為', '为'),
        ('係', '系'),
    ];
    let one = |c: char| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    text.chars().map(one).collect()
}

/// Without the blanks that spread a word over a line: 单 位 ： 万 元.
fn close(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let mut done = String::with_capacity(text.len());
    for (at, one) in all.iter().enumerate() {
        let before = done.chars().next_back().unwrap_or(' ');
        let after = all.iter().skip(at).find(|c| !c.is_whitespace()).copied().unwrap_or(' ');
        let spread = before == '单' && after == '位'
            || "位：:".contains(before) && "：:".contains(after)
            || "百千万亿十".contains(before) && "百千万亿元圆".contains(after);
        if !(one.is_whitespace() && spread) {
            done.push(*one);
        }
    }
    done
}

/// Letters that stand for money.
const CURRENCIES: [&str; 7] = ["rmb", "cny", "usd", "eur", "hkd", "jpy", "gbp"];

/// 以下金额以万元计, 金额以万元为单位: the unit that a sentence names.
fn in_words(cell: &str) -> Option<(&str, &str)> {
    cell.match_indices('以').find_map(|(at, word)| {
        let rest = cell.get(at + word.len()..)?;
        let ends = ["为单位", "计", "列示", "反映", "填列", "表示"];
        let end = ends.iter().filter_map(|end| rest.find(end)).min()?;
        let named = rest.get(..end)?.trim();
        let whole = !named.contains('以') && named.chars().count() <= 8;
        (whole && looks_like_money(named)).then(|| (cell.get(..at).unwrap_or(""), named))
    })
}

/// Whether what a line says before its unit is about all amounts: 以下金额, and
/// not 销售收入.
fn is_general(before: &str) -> bool {
    const ALL: [&str; 26] = [
        "金额",
        "货币",
        "计量",
        "人民币",
        "数据",
        "数额",
        "本表",
        "表中",
        "表内",
        "以上",
        "以下",
        "上述",
        "除特别注明外",
        "除特殊说明外",
        "除特别说明外",
        "除另有说明外",
        "所有",
        "下列",
        "均",
        "单位",
        "注",
        "备注",
        "说明",
        "计价",
        "记账",
        "币种",
    ];
    let mut rest = spelling(before);
    while let Some(word) = ALL.iter().find(|word| rest.starts_with(**word)) {
        rest = rest.split_off(word.len());
    }
    rest.is_empty() || rest.chars().all(|c| c.is_ascii_digit())
}

/// Whether a cell says that its money is not that of China: 币种：美元.
fn is_foreign(cell: &str) -> bool {
    ["币种", "币别", "货币"].iter().any(|word| {
        cell.match_indices(word).any(|(at, _)| {
            let rest = cell.get(at + word.len()..).unwrap_or("");
            let Some(named) = rest.trim_start().strip_prefix(['：', ':', '为', '是']) else {
                return false;
            };
            let named = named.trim_start_matches(['：', ':', ' ', '\u{3000}']);
            let end = named.find(ends_unit).unwrap_or(named.len());
            let named = named.get(..end).unwrap_or("").to_ascii_lowercase();
            let own = ["人民币", "本位币", "rmb", "cny", "￥", "¥"];
            !named.is_empty() && !own.iter().any(|it| named.starts_with(it))
        })
    })
}

/// Where the words begin that name a unit, if these do: not 编制单位.
fn start_of_mark(before: &str) -> Option<usize> {
    // Units that are companies and offices.
    let others = [
        "编制", "填报", "填表", "报送", "上报", "申报", "报告", "用户", "使用", "主管", "承担",
        "完成", "所属", "隶属", "购买", "采购", "开票", "付款", "收款", "工作", "服务", "投保",
        "保险", "合作", "下属", "建设", "施工", "设计", "委托", "协作", "本", "各", "管理",
    ];
    if others.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let begins = |c: char| c.is_whitespace() || "，,；;。（(【[、|/：:".contains(c);
    let last = before.char_indices().rev().find(|(_, c)| begins(*c));
    Some(last.map_or(0, |(at, c)| at + c.len_utf8()))
}

fn ends_unit(c: char) -> bool {
    c.is_whitespace() || "，,；;。）)】]".contains(c)
}

/// Whether a word names money, known or not.
pub fn is_money(text: &str) -> bool {
    looks_like_money(text)
}

/// Whether a word names money, known or not; a company's name does not.
fn looks_like_money(text: &str) -> bool {
    let sign = |c: char| "元圆万亿千百币镑$€£¥￥".contains(c);
    let latin = ["rmb", "cny", "usd", "yuan", "eur", "hkd", "million", "thousand"];
    let small = text.to_ascii_lowercase();
    text.chars().count() <= 14
        && !is_company(text)
        && (text.contains(sign) || latin.iter().any(|word| small.contains(word)))
}

fn is_company(text: &str) -> bool {
    let company = ["公司", "厂", "院", "所", "中心", "集团", "局", "部", "社", "店"];
    company.iter().any(|end| text.ends_with(end))
}

/// Whether a word is a unit in letters that nobody knows: k, w.
pub fn is_letters(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// 万元、人 names the unit of the amounts beside that of the people.
fn of_several(text: &str) -> Option<&'static str> {
    if let Some(one) = money(text) {
        return Some(one);
    }
    let mut found = None;
    for part in text.split(['、', '/', '／', '，', ',']) {
        match money(part) {
            Some(_) if found.is_some() => return None,
            Some(name) => found = Some(name),
            None if words::is_one_of(&spelling(part), words::COUNT) || part.trim() == "%" => {}
            None => return None,
        }
    }
    found
}

/// The unit that the rows above a table name: the last one, because it is
/// nearest to what stands below. A title may have it in brackets.
pub fn of_titles(rows: &[Vec<String>]) -> Option<UnitLine> {
    rows.iter().rev().find_map(|row| {
        let in_brackets = || {
            let mut named = row.iter().filter_map(|cell| {
                let unit = in_head(cell).1.filter(|it| looks_like_money(it))?;
                Some(UnitLine { text: unit.to_owned(), name: of_several(unit) })
            });
            named.next()
        };
        of_row(row).or_else(in_brackets)
    })
}

/// The unit that a row names. Two different ones are none that is known.
pub fn of_row(row: &[String]) -> Option<UnitLine> {
    let mut found: Option<UnitLine> = None;
    for (at, cell) in row.iter().enumerate() {
        let next = row.iter().skip(at + 1).find(|it| !it.is_empty()).map(String::as_str);
        let Some(line) = line(cell, next) else { continue };
        match &mut found {
            Some(other) if other.name != line.name => {
                other.text = [&other.text, " ", &line.text].concat();
                other.name = None;
            }
            Some(_) => {}
            None => found = Some(line),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{in_head, line, money, of_row};

    fn known(cell: &str) -> Option<Option<&'static str>> {
        line(cell, None).map(|it| it.name)
    }

    #[test]
    fn the_unit_is_found_with_anything_beside_it() {
        for (cell, name) in [
            ("单位：万元", "万元"),
            ("单位：元  币种：人民币", "元"),
            ("单位:千元 币种:人民币", "千元"),
            ("编制单位：湖州示例科技有限公司  2022年12月31日  单位：万元", "万元"),
            ("编制单位：湖州示例科技有限公司 金额单位：人民币元", "元"),
            ("货币单位：人民币万元", "万元"),
            ("计量单位：百万元", "百万元"),
            ("除特别注明外，金额单位均为人民币元", "元"),
            ("（金额单位为人民币亿元）", "亿元"),
            ("单位：元（列至角分）", "元"),
            ("金额单位：元至角分", "元"),
            ("单位：万元、人", "万元"),
            ("Unit: RMB", "元"),
            ("（人民币万元）", "万元"),
            ("万元", "万元"),
            ("金额：千元", "千元"),
            ("本表单位：万元", "万元"),
            ("数据单位：万元", "万元"),
            ("人民币单位：万元", "万元"),
            ("以下金额以万元计", "万元"),
            ("（除特别说明外，金额以人民币千元列示）", "千元"),
            ("RMB'000", "千元"),
            ("单位：元  币种：RMB", "元"),
        ] {
            assert_eq!(known(cell), Some(Some(name)), "{cell}");
        }
        for cell in [
            "单位：万美元",
            "单位：港币千元",
            "金额单位：USD",
            "单位：元、万元",
            "单位：万元人民币/吨",
            "单位：元  币种：美元",
            "币种：USD",
            "计价货币：美元",
            "万美元",
            "USD million",
        ] {
            assert_eq!(known(cell), Some(None), "{cell}");
        }
        for cell in [
            "编制单位：湖州示例科技有限公司",
            "单位：湖州万元科技有限公司",
            "由用户单位直接购买并使用",
            "填报单位：",
            "单位：人",
            "单位",
            "资产总计",
            "一千",
            "使用单位：元通科技",
            "币种：人民币",
            "以销售收入计",
        ] {
            assert_eq!(known(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_unit_may_stand_in_the_cell_behind_and_two_are_none() {
        let row =
            |cells: &[&str]| of_row(&cells.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert_eq!(row(&["单位：", "", "万元"]).and_then(|it| it.name), Some("万元"));
        assert_eq!(row(&["单位：", "湖州示例科技有限公司"]), None);
        assert_eq!(row(&["单位：元", "单位：万元"]).map(|it| it.name), Some(None));
        assert_eq!(row(&["单位：元", "单位：元"]).and_then(|it| it.name), Some("元"));
        let text = line("编制单位：甲 单位：万元　币种：人民币", None).map(|it| it.text);
        assert_eq!(text.as_deref(), Some("单位：万元"));
    }

    #[test]
    fn brackets_hold_a_unit_or_a_remark() {
        assert_eq!(in_head("销售收入（万元）"), ("销售收入", Some("万元")));
        assert_eq!(in_head("保费（单位：千元）"), ("保费", Some("千元")));
        assert_eq!(in_head("授权（登记）日期"), ("授权（登记）日期", None));
        assert_eq!(in_head("授权日（登记日）"), ("授权日", None));
        assert_eq!(money("美元"), None);
        assert_eq!(money("人民币"), Some("元"));
        assert_eq!(money("亿"), Some("亿元"));
        assert_eq!(money(""), None);
    }
}

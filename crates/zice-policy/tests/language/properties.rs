//! Tests what holds for every company: further answers only narrow what was
//! said before, whatever functions a policy uses.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::fraction::Fraction;

use crate::world::{criterion, gate, item, library, policy, report, text};

/// Every function at least once, every lens, every way to be no number.
static COMPANY: LazyLock<Library> = LazyLock::new(|| library(&everything()));

/// Its text.
pub fn everything() -> String {
    let basis = |rule: &str| format!("[[criterion.basis]]\n{}{rule}\n", text("title", "甲"));
    let number = |id: &str, value: &str| {
        let rest = format!(
            "{}{}better = \"neither\"\nvalue = \"{value}\"",
            text("title", id),
            text("words", id)
        );
        item("indicator", id, &rest)
    };
    let total = "total = { of = [\"by_condition\", \"by_bands\"], out_of = 28, needs = 15, also = \"得分(by_bands) > 0分\" }";
    let mut tables = vec![
        "\n[define]\n\"近三年新发明\" = \"类别 属于 {发明} 且 年份(授权日) >= 年份(申报日) - 2 且 非 有争议\"\n".to_owned(),
        gate("either", "若(居民企业, 职工总数, 获奖次数) >= 10"),
        gate("mean", "平均(销售收入[近三年]) >= 50元"),
        gate("sum", "合计(利润[近三年]) > 0元 或 非 有年度(前年)"),
        gate("margin", "利润[去年] / 销售收入[去年] >= 若(职工总数 <= 50人, 10%, 5%)"),
        gate("graded", "自评(自评分) >= 5分"),
        gate("left", "10分 - 自评(自评分) < 6分"),
        gate("region", "地区(区划代码, 3305) 或 已填(说明)"),
        gate("more", "取值(合同数据[去年], 收入方, 已履行) > 取值(合同数据[前年], 收入方, 已履行)"),
        gate("object", "计数(项目, 投资 >= 100元 且 非 在建) >= 1项"),
        gate("no_object", "计数(项目, 在建) <= 1项"),
        gate("rights", "计数(知识产权, 近三年新发明) >= 1项"),
        gate("listed", "年份(公示年度) >= 年份(申报日) - 2 且 非 确定(主体 属于 {合伙})"),
    ];
    tables.push(criterion("by_condition", "score", "out_of = 8"));
    tables.push(basis("when = \"居民企业\"\npoints = \"7-8\""));
    tables.push(basis("when = \"人工(获奖次数 >= 3)\"\npoints = 5"));
    tables.push(criterion("by_bands", "score", "out_of = 20"));
    tables.push(basis("value = \"取大(利润[去年], 利润[前年]) / 平均(销售收入[近两年])\"\nbands = { \"20%\" = 20, \"10%\" = \"8-10\", \"> 0\" = 1 }"));
    tables.push(basis("value = \"计数(知识产权, 近三年新发明 或 人工(份数 >= 5))\"\nbands = { \"2项\" = 15, \"1项\" = 5 }"));
    tables.push(criterion("score", "score", total));
    tables.push(criterion("reviewed", "gate", "when = \"职工总数 >= 20人\""));
    tables.push(format!(
        "[[criterion.review]]\nwhen = \"职工总数 < 30人 且 非 居民企业\"\n{}cites = [{{ source = \"s\", confidence = \"official\" }}]\n",
        text("because", "说不准")
    ));
    tables.push(gate("in_principle", "获奖次数 >= 3"));
    tables.push(format!(
        "[criterion.otherwise]\n{}cites = [{{ source = \"s\", confidence = \"official\" }}]\n",
        text("because", "原则上")
    ));
    tables.push(number("n_mean", "平均(利润[近三年])"));
    tables.push(number("n_sum", "合计(销售收入[近两年])"));
    tables.push(number("n_ratio", "利润[去年] / 销售收入[去年]"));
    tables.push(number("n_if", "若(居民企业, 职工总数 - 获奖次数, 职工总数 * 2)"));
    tables.push(number("n_cell", "取值(合同数据[去年], 收入方, 已履行) / (取值(合同数据[去年], 收入方, 已履行) + 取值(合同数据[去年], 收入方, 到期))"));
    tables.push(number("n_count", "取小(计数(知识产权, 近三年新发明), 计数(项目, 非 在建) * 3)"));
    let verdict = "verdict = \"(either 或 mean 或 more) 且 graded 且 (score 或 rights 且 reviewed) 且 (region 或 object)\"";
    policy(verdict, &tables.concat())
}

/// Entries that are judged one by one.
static ENTRIES: LazyLock<Library> = LazyLock::new(|| library(&entries()));

/// Its text.
pub fn entries() -> String {
    let tables = [
        "\n[each]\nlist = \"材料\"\nid = \"material\"\nname = \"材料名称\"\n".to_owned(),
        gate("insured", "保额 * 保费率 >= 若(新材料, 10元, 20元)"),
        gate("novel", "人工(新材料) 或 保额 >= 1000元"),
        gate("staff", "职工总数 >= 20人"),
    ];
    policy("verdict = \"insured 且 novel 且 staff\"", &tables.concat())
}

/// The source of randomness; once the tape ends, it gives zeros.
struct Tape<'a>(std::slice::Iter<'a, u8>);

/// Days from well before to just after the years in question.
const DAYS: [&str; 8] = [
    "2018-06-01",
    "2020-12-31",
    "2021-01-01",
    "2021-12-31",
    "2022-01-01",
    "2022-12-31",
    "2023-01-01",
    "2023-07-31",
];

impl Tape<'_> {
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A number, and what may have been known of it before.
    fn number(&mut self, of: &[i64], least: Option<i64>) -> (Value, Value) {
        let exact = self.one(of);
        let low = exact - self.one(&[0, 1, 20]);
        let low = least.map_or(low, |least| low.max(least));
        let high = exact + self.one(&[0, 1, 20]);
        let before = match self.below(6) {
            0 | 1 => json!(exact),
            2 => json!({ "min": low, "max": high }),
            3 => json!({ "min": low }),
            4 => json!({ "max": high }),
            _ => Value::Null,
        };
        (json!(exact), before)
    }

    fn day(&mut self) -> (Value, Value) {
        let at = self.below(DAYS.len());
        let (low, high) = (self.below(at + 1), at + self.below(DAYS.len() - at));
        let before = match self.below(3) {
            0 => json!(DAYS[at]),
            1 => json!({ "min": DAYS[low], "max": DAYS[high] }),
            _ => Value::Null,
        };
        (json!(DAYS[at]), before)
    }

    fn yes_no(&mut self) -> (Value, Value) {
        let exact = json!(self.below(2) == 1);
        let before = if self.below(3) == 0 { Value::Null } else { exact.clone() };
        (exact, before)
    }

    /// Figures of three years, and what may have been known of them before.
    fn years(&mut self, of: &[i64], least: Option<i64>) -> (Value, Value) {
        let (mut exact, mut before) = (Map::new(), Map::new());
        for year in ["2020", "2021", "2022"] {
            let (figure, said) = self.number(of, least);
            exact.insert(year.to_owned(), figure);
            before.insert(year.to_owned(), said);
        }
        (exact.into(), before.into())
    }

    /// An object with these fields, now and before.
    fn object(&mut self, fields: Vec<(&str, (Value, Value))>) -> (Value, Value) {
        let pair = |at: fn((Value, Value)) -> Value| -> Value {
            let named = fields.iter().map(|(id, value)| ((*id).to_owned(), at(value.clone())));
            named.collect::<Map<String, Value>>().into()
        };
        (pair(|it| it.0), pair(|it| it.1))
    }

    /// A complete list, and what may have been known of it before: nothing, its
    /// beginning, or all.
    fn list(
        &mut self,
        complete: &str,
        mut entry: impl FnMut(&mut Self) -> (Value, Value),
    ) -> Vec<(String, (Value, Value))> {
        let length = self.below(4);
        let entries: Vec<(Value, Value)> = (0..length).map(|_| entry(self)).collect();
        let (exact, mut before): (Vec<Value>, Vec<Value>) = entries.into_iter().unzip();
        let (before, whole) = match self.below(3) {
            0 => (Value::Null, Value::Null),
            1 => {
                before.truncate(self.below(length + 1));
                (json!(before), json!(false))
            }
            _ => (json!(before), Value::Null),
        };
        let id = complete.trim_end_matches("_complete").to_owned();
        vec![(id, (json!(exact), before)), (complete.to_owned(), (json!(true), whole))]
    }

    /// A company that has answered everything, and the same company earlier.
    fn company(&mut self) -> (Value, Value) {
        let mut facts: Vec<(String, (Value, Value))> = Vec::new();
        let mut add = |id: &str, pair| facts.push((id.to_owned(), pair));
        // A company without a founding day counts as having all years. A later
        // answer may change that, so the day is never forgotten completely.
        let (exact, before) = self.day();
        let before = if before.is_null() { exact.clone() } else { before };
        add("established_on", (exact, before));
        add("resident", self.yes_no());
        add("staff", self.number(&[9, 10, 19, 20, 30, 50, 51], Some(0)));
        add("awards", self.number(&[0, 2, 3, 10], Some(0)));
        add("listed_in", self.number(&[2020, 2021, 2023], Some(0)));
        add("revenue", self.years(&[0, 10, 50, 100], Some(0)));
        add("profit", self.years(&[-20, 0, 1, 5, 10, 20], None));
        // A range of points is left to experts, and more answers do not narrow
        // it.
        let grades = [json!(5), json!(4), json!({ "min": 3, "max": 6 })];
        let grade = grades[self.below(3)].clone();
        let before = if self.below(2) == 0 { Value::Null } else { grade.clone() };
        add("grade", (grade, before));
        let region = json!(self.one(&["330501", "330601"]));
        let before = if self.below(2) == 0 { Value::Null } else { region.clone() };
        add("region", (region, before));
        // Two functions take effect only once these facts are given, so they
        // always are.
        let remark = json!(self.one(&["", "有"]));
        add("remark", (remark.clone(), remark));
        let form = json!(self.one(&["company", "partnership"]));
        add("form", (form.clone(), form));
        let fields =
            vec![("invested", self.number(&[99, 100], Some(0))), ("running", self.yes_no())];
        let (exact, before) = self.object(fields);
        let before = if self.below(3) == 0 { Value::Null } else { before };
        add("project", (exact, before));
        let side = |tape: &mut Self| {
            let done = tape.number(&[0, 1, 5], Some(0));
            let due = tape.number(&[0, 1, 5], Some(0));
            let (exact, before) = tape.object(vec![("done", done), ("due", due)]);
            (json!({ "income": exact }), json!({ "income": before }))
        };
        let (last, earlier) = (side(self), side(self));
        let contracts = self.object(vec![("2022", last), ("2021", earlier)]);
        add("contracts", contracts);
        facts.extend(self.list("ip_complete", |tape| {
            let kind = json!(tape.one(&["invention", "design"]));
            let before = if tape.below(3) == 0 { Value::Null } else { kind.clone() };
            let disputed = json!(tape.below(3) == 0);
            let (granted, claims) = (tape.day(), tape.number(&[1, 5], Some(0)));
            tape.object(vec![
                ("kind", (kind, before)),
                ("granted_on", granted),
                ("claims", claims),
                // A missing value would be taken as `false`, so it is always
                // given.
                ("disputed", (disputed.clone(), disputed)),
            ])
        }));
        facts.extend(self.list("materials_complete", |tape| {
            let sum = tape.number(&[100, 999, 1000, 2000], Some(0));
            let share = tape.number(&[0, 1], Some(0));
            let novel = tape.yes_no();
            tape.object(vec![("sum", sum), ("share", share), ("novel", novel)])
        }));
        let side = |at: fn(&(Value, Value)) -> &Value| -> Value {
            let named = facts.iter().map(|(id, value)| (id.clone(), at(value).clone()));
            named.collect::<Map<String, Value>>().into()
        };
        (side(|it| &it.0), side(|it| &it.1))
    }
}

/// One end of a figure as a fraction.
fn end(text: &Option<String>) -> Option<Fraction> {
    let text = text.as_ref()?;
    match text.split_once('/') {
        None => Fraction::parse(text.trim_start_matches('-'))
            .map(|value| if text.starts_with('-') { value.neg().expect("small") } else { value }),
        Some((above, below)) => {
            Fraction::new(above.parse().expect("a number"), below.parse().expect("a number"))
        }
    }
}

/// Checks that nothing settled is undone and that every value lies within what
/// was possible.
fn check_sharper(before: &Report, after: &Report, facts: &str) -> Result<(), TestCaseError> {
    if before.verdict.name() != "undecided" {
        prop_assert_eq!(before.verdict.name(), after.verdict.name(), "{}", facts);
    }
    prop_assert_ne!(after.verdict.name(), "undecided", "{}", facts);
    for after in &after.criteria {
        let Some(before) = before.criteria.iter().find(|one| one.id == after.id) else { continue };
        if before.status.name() != "unknown" {
            prop_assert_eq!(before.status.name(), after.status.name(), "{} {}", &after.id, facts);
        }
        prop_assert_ne!(after.status.name(), "unknown", "{} {}", &after.id, facts);
        if let (Some(was), Some(is)) = (&before.points, &after.points) {
            let points = |text: &str| text.parse::<u8>().expect("points");
            let inside = points(&was.min) <= points(&is.min) && points(&is.max) <= points(&was.max);
            prop_assert!(inside, "{}: {:?} {:?} {}", &after.id, was, is, facts);
        }
    }
    for (before, after) in before.indicators.iter().zip(&after.indicators) {
        let (Some(was), Some(is)) = (&before.values[0].observed, &after.values[0].observed) else {
            prop_assert!(before.values[0].observed.is_some() || after.values[0].observed.is_none());
            continue;
        };
        prop_assert_eq!(&is.min, &is.max, "{} {}", &after.id, facts);
        let value = end(&is.min).expect("a number");
        let inside = end(&was.min).is_none_or(|low| low <= value)
            && end(&was.max).is_none_or(|high| value <= high);
        prop_assert!(inside, "{}: {:?} {:?} {}", &after.id, was, is, facts);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(zice_testing::cases(2_000)) })]

    #[test]
    fn an_answer_only_narrows(tape in prop::collection::vec(any::<u8>(), 200)) {
        let (exact, before) = Tape(tape.iter()).company();
        for library in [&*COMPANY, &*ENTRIES] {
            let (early, late) = (report(library, before.clone()), report(library, exact.clone()));
            check_sharper(&early, &late, &format!("{before}\nthen\n{exact}"))?;
        }
    }

    #[test]
    fn what_is_undecided_is_asked_about(tape in prop::collection::vec(any::<u8>(), 200)) {
        let (_, before) = Tape(tape.iter()).company();
        for library in [&*COMPANY, &*ENTRIES] {
            let report = report(library, before.clone());
            let open = report.verdict.name() == "undecided";
            prop_assert_eq!(!report.next_questions.is_empty(), open, "{}", before);
        }
    }
}

//! A field with a column of its own, against which something else in the table
//! speaks: another column, a remark behind a name, a section, a note, the same
//! right in a second row. The better of the two is never taken.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{COMPANY, facts, rights, table, unclear};

/// The heads and cells of a right that nothing speaks against.
const HEADS: [&str; 8] =
    ["专利类型", "专利名称", "专利号", "授权日", "法律状态", "取得方式", "专利权人", "是否有争议"];
const CELLS: [&str; 8] =
    ["发明专利", "一种涂料", "ZL201910123401.7", "2021-05-11", "有效", "自主研发", COMPANY, "否"];

/// That right with another column.
fn beside(head: &str, cell: &str) -> Value {
    let row = |all: &[&str], more: &str| [all.join("\t"), more.to_owned()].join("\t");
    rights(&format!("{}\n{}", row(&HEADS, head), row(&CELLS, cell)))[0].clone()
}

/// That right with another cell in one of its columns.
fn with(column: &str, cell: &str) -> Value {
    let at = HEADS.iter().position(|head| *head == column).expect("a column");
    let mut cells = CELLS;
    cells[at] = cell;
    rights(&format!("{}\n{}", HEADS.join("\t"), cells.join("\t")))[0].clone()
}

/// Which of the fields that have a column are unknown of a right.
fn open(right: &Value) -> Vec<&str> {
    let fields =
        ["kind", "name", "number", "granted_on", "status", "obtained_by", "owner", "disputed"];
    fields.into_iter().filter(|id| right[*id].is_null()).collect()
}

#[test]
fn another_column_speaks_against_a_field_that_has_one() {
    for (head, cell, unknown) in [
        ("备注", "系受让取得", &["obtained_by"][..]),
        ("备注", "已转让给张三", &["obtained_by", "owner"]),
        ("备注", "2022年购买", &["obtained_by"]),
        ("备注", "独占许可给乙公司", &["obtained_by", "owner"]),
        ("备注", "与浙江大学共有", &["owner"]),
        ("备注", "登记在股东名下", &["owner"]),
        ("备注", "权属纠纷未决", &["disputed"]),
        ("备注", "实用新型，误填", &["kind"]),
        ("说明", "已失效", &["status"]),
        ("实际权利人", "张三", &["owner"]),
        ("第二专利权人", "浙江大学", &["owner"]),
        ("申请人", "张三", &["owner"]),
        ("共有人", "浙江大学", &["owner"]),
        ("是否共有", "是", &["owner"]),
        ("是否受让", "是", &["obtained_by", "owner"]),
        ("是否自主研发", "否", &["obtained_by"]),
        ("受让日期", "2022-03-01", &["obtained_by", "owner"]),
        ("转让人", "李四", &["obtained_by", "owner"]),
        ("技术来源", "某科研机构", &["obtained_by"]),
        ("诉讼情况", "2022年被诉侵权", &["disputed"]),
        ("是否无争议", "否", &["disputed"]),
        ("未转让", "否", &["obtained_by", "owner"]),
        ("是否未转让", "否", &["obtained_by", "owner"]),
        ("未发生转让", "看不懂", &["obtained_by", "owner"]),
        ("未许可他人", "否", &["obtained_by", "owner"]),
        ("非共有", "否", &["owner"]),
        ("非自主研发", "是", &["obtained_by"]),
        ("无权属争议", "否", &["disputed"]),
        ("不存在任何纠纷", "否", &["disputed"]),
        ("未失效", "否", &["status"]),
        ("未被宣告无效", "否", &["status"]),
        ("是否在有效期内", "否", &["status"]),
        ("未维持", "是", &["status"]),
        ("无滞纳金", "否", &["status"]),
        ("权属争议说明", "仲裁中", &["owner", "disputed"]),
        ("纠纷情况", "仲裁中", &["disputed"]),
        ("是否欠年费", "是", &["status"]),
        ("滞纳金", "200", &["status"]),
        ("备注", "已卖给乙公司", &["obtained_by", "owner"]),
        ("备注", "已出售", &["obtained_by", "owner"]),
        ("备注", "欠费", &["status"]),
        ("备注", "停缴年费", &["status"]),
        ("备注", "年费逾期", &["status"]),
        ("备注", "证书未下", &["status"]),
        ("备注", "已下授权通知书", &["status"]),
        ("备注", "外购", &["obtained_by"]),
        ("备注", "母公司划转", &["obtained_by", "owner"]),
        ("备注", "与浙大共同申请", &["owner"]),
        ("备注", "权利人还有张三", &["owner"]),
        ("备注", "挂在老板名下", &["owner"]),
        ("备注", "正在打官司", &["disputed"]),
        ("备注", "被诉侵权", &["disputed"]),
        ("年费缴至", "2022-05-11", &["status"]),
        ("权利人数量", "2", &["owner"]),
        ("份额", "50%", &["owner"]),
        ("诉讼次数", "2", &["disputed"]),
        ("购买年份", "2020", &["obtained_by"]),
        ("收购价", "5", &["obtained_by"]),
        ("停缴年度", "2022", &["status"]),
        ("剩余寿命", "-1", &["status"]),
        ("状态代码", "3", &["status"]),
    ] {
        assert_eq!(open(&beside(head, cell)), unknown, "{head}: {cell}");
    }
}

#[test]
fn what_agrees_or_is_about_something_else_leaves_a_field_alone() {
    for (head, cell) in [
        ("备注", ""),
        ("备注", "无"),
        ("备注", "自主研发，用于主要产品"),
        ("备注", "未转让，无争议"),
        ("备注", "不存在权属纠纷"),
        ("实际权利人", COMPANY),
        ("申请人", COMPANY),
        ("共有人", "无"),
        ("是否无争议", "是"),
        ("未转让", "是"),
        ("未许可他人", "是"),
        ("非共有", "是"),
        ("非自主研发", "否"),
        ("无诉讼", "是"),
        ("未失效", "是"),
        ("未被宣告无效", "是"),
        ("是否在有效期内", "是"),
        ("未维持", "否"),
        ("有无权属争议", "无"),
        ("是否共有", "否"),
        ("是否受让", "否"),
        ("是否自主研发", "是"),
        ("转让记录", "无"),
        ("诉讼情况", "无"),
        ("发明人", "丁某某"),
        ("技术领域", "新材料"),
        ("申请日", "2019-03-01"),
        ("公开（公告）日", "2020-03-01"),
        ("第几完成单位", "1"),
        ("年费年度", "第3年"),
        ("有效期", "20年"),
        ("缴费期限", "2024-04-02"),
        ("评估价值", "50000"),
        ("质押情况", "未质押"),
        ("备注", "无"),
        ("公开（公告）日", "2020-12-30"),
        ("未缴年费", "0"),
        ("应缴年费", "900元"),
        ("是否欠年费", "否"),
    ] {
        assert_eq!(open(&beside(head, cell)), [""; 0], "{head}: {cell}");
    }
}

#[test]
fn a_column_that_denies_leaves_fields_without_a_column_open() {
    for (head, cell, unknown) in [
        ("未转让", "否", &["obtained_by", "owner"][..]),
        ("不存在转让", "否", &["obtained_by", "owner"]),
        ("不是共有", "否", &["owner"]),
        ("非自主研发", "是", &["obtained_by"]),
        ("是否自主研发", "否", &["obtained_by"]),
        ("无权属争议", "否", &["disputed"]),
        ("无诉讼", "否", &["disputed"]),
        ("未失效", "否", &["status"]),
        ("有效期内", "否", &["status"]),
    ] {
        let text =
            format!("专利类型\t专利号\t授权日\t{head}\n发明\tZL201910123401.7\t2021-05-11\t{cell}");
        let right = &rights(&text)[0];
        for id in unknown {
            assert_eq!(right.get(id), Some(&Value::Null), "{head}: {cell}: {id}: {right}");
        }
    }
}

#[test]
fn a_worse_answer_that_explains_what_stands_beside_it_stands() {
    let heads = "专利类型\t专利号\t授权日\t取得方式\t专利权人\t备注";
    let row = format!("发明专利\tZL201910123401.7\t2021-05-11\t受让\t{COMPANY}\t2022年受让取得");
    let right = &rights(&format!("{heads}\n{row}"))[0];
    assert_eq!((&right["obtained_by"], &right["owner"]), (&json!("transfer"), &json!("company")));
}

#[test]
fn a_cell_that_was_not_understood_speaks_of_other_fields_too() {
    for (column, cell, unknown) in [
        ("法律状态", "授权|权利转移", &["obtained_by", "owner"][..]),
        ("取得方式", "自主研发（已失效）", &["status", "obtained_by"]),
        ("专利类型", "发明专利（受让）", &["status", "obtained_by"]),
        ("专利名称", "一种涂料（已转让）", &["obtained_by", "owner"]),
        ("专利名称", "一种涂料（与浙江大学共有）", &["owner"]),
        ("专利名称", "一种涂料（已失效）", &["status"]),
        ("专利号", "ZL201910123401.7（已终止）", &["status"]),
    ] {
        assert_eq!(open(&with(column, cell)), unknown, "{column}: {cell}");
    }
    // The name of an invention is no remark.
    for name in ["一种失效检测方法", "转让登记系统软件", "一种（可终止的）泵", "一种胶（水性）"]
    {
        assert_eq!(open(&with("专利名称", name)), [""; 0], "{name}");
    }
}

#[test]
fn sections_notes_and_titles_speak_against_columns() {
    let (heads, cells) = (HEADS.join("\t"), CELLS.join("\t"));
    let obtained = &["obtained_by"][..];
    for (line, unknown) in [
        ("二、受让专利", obtained),
        ("（一）与高校共有专利", &["owner"]),
        ("二、已失效专利", &["status"]),
        ("三、存在权属纠纷的专利", &["disputed"]),
    ] {
        let right = &rights(&format!("{heads}\n{line}\n{cells}"))[0];
        assert_eq!(open(right), unknown, "{line}");
        let title = line.split_once(['、', '）']).expect("a number").1;
        let right = &rights(&format!("{title}一览表\n{heads}\n{cells}"))[0];
        assert_eq!(open(right), unknown, "{title}");
    }
    let note = "注：以上专利均为受让取得，部分与股东共有";
    assert_eq!(open(&rights(&format!("{heads}\n{cells}\n{note}"))[0]), ["obtained_by", "owner"]);
    // What titles say of both leaves it to the column; the company's own name
    // says nothing.
    for title in ["自主研发和受让专利一览表", "湖州示例科技有限公司专利清单"]
    {
        assert_eq!(open(&rights(&format!("{title}\n{heads}\n{cells}"))[0]), [""; 0], "{title}");
    }
}

#[test]
fn what_speaks_against_a_field_is_told_with_its_head() {
    let row = |all: &[&str], more: &str| [all.join("\t"), more.to_owned()].join("\t");
    let table = table(&format!("{}\n{}", row(&HEADS, "实际权利人"), row(&CELLS, "张三")));
    let told = unclear(&table);
    assert!(told.contains(&("ip[0].owner".to_owned(), "张三".to_owned())), "{told:?}");
    assert!(told.contains(&("ip[0].owner".to_owned(), COMPANY.to_owned())), "{told:?}");
}

#[test]
fn one_right_in_several_rows_is_one() {
    let heads = "专利类型\t专利名称\t专利号\t法律状态\t年费年度";
    let row = |number: &str, status: &str, year: u32| {
        format!("发明专利\t一种涂料\t{number}\t{status}\t第{year}年")
    };
    // A table of fees has a row a year.
    let fees = format!(
        "{heads}\n{}\n{}\n{}\n{}",
        row("ZL201910123401.7", "有效", 3),
        row("201910123401.7", "有效", 4),
        row("CN2019101234017", "有效", 5),
        row("ZL202010123402.7", "有效", 3),
    );
    let all = rights(&fees);
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[0]["status"], "granted");
    // Where two rows differ, neither is believed.
    let two = format!(
        "{heads}\n{}\n{}",
        row("ZL201910123401.7", "有效", 3),
        row("ZL201910123401.7", "终止", 4)
    );
    let all = rights(&two);
    assert_eq!((all.len(), &all[0]["status"]), (1, &Value::Null), "{all:?}");
    // Rows without numbers are not known to be the same.
    let names = "专利类型\t专利名称\t授权日\n发明专利\t一种涂料\t2021-05-11\n发明专利\t一种涂料\t2021-05-11";
    assert_eq!(rights(names).len(), 2);
    let told = unclear(&table(&fees));
    assert!(told.iter().any(|(_, text)| text.contains("第4年")), "{told:?}");
}

#[test]
fn the_company_that_a_table_makes_names_the_day_it_was_read_for() {
    let table = table(&format!("{}\n{}", HEADS.join("\t"), CELLS.join("\t")));
    assert_eq!(table["company"]["as_of"], "2023-04-01");
    assert!(facts("净利润\t5").is_object());
}

/// A right of a short table: its four usual columns, and another one.
fn short(title: &str, head: &str, cell: &str) -> Value {
    let table = format!(
        "{title}\n专利类型\t专利名称\t专利号\t授权日\t{head}\n发明专利\t一种涂料\tZL201910123401.7\t2021-05-11\t{cell}"
    );
    rights(&table)[0].clone()
}

/// Fields that stand in an entry as unknown.
fn nulls(right: &Value) -> Vec<&str> {
    let fields = right.as_object().expect("an entry");
    fields.iter().filter(|(_, value)| value.is_null()).map(|(id, _)| id.as_str()).collect()
}

#[test]
fn a_title_speaks_of_fields_without_a_column() {
    for (title, unknown) in [
        ("2020年高新技术企业认定知识产权汇总表", &["used_for_hnte"][..]),
        ("已用于2020年高企认定的知识产权", &["used_for_hnte"]),
        ("湖州另一家科技有限公司知识产权清单", &["owner"]),
        ("浙江大学专利清单", &["owner"]),
        ("子公司专利清单", &["owner"]),
        ("实际控制人名下专利", &["owner"]),
        ("外购专利清单", &["obtained_by"]),
        ("欠费专利清单", &["status"]),
        ("海外专利清单", &["foreign"]),
        ("专利清单", &[]),
        ("湖州示例科技有限公司专利清单", &[]),
    ] {
        assert_eq!(nulls(&short(title, "", "")), unknown, "{title}");
    }
}

#[test]
fn a_column_of_figures_is_about_what_its_head_names() {
    for (head, cell, unknown) in [
        ("高企使用年度", "2020", &["used_for_hnte"][..]),
        ("权利人数量", "2", &["owner"]),
        ("权利比例", "0.5", &["owner"]),
        ("购买年份", "2020", &["obtained_by"]),
        ("停缴年度", "2022", &["status"]),
        ("年费年度", "3", &[]),
        ("评估价值", "50000", &[]),
        ("页码", "12", &[]),
    ] {
        assert_eq!(nulls(&short("", head, cell)), unknown, "{head}");
    }
}

#[test]
fn an_ordinary_column_leaves_no_field_open() {
    for (head, cell) in [
        ("备注", "无"),
        ("对应RD", "RD01"),
        ("存放位置", "档案室"),
        ("经办部门", "研发部"),
        ("技术领域", "新材料"),
        ("IPC主分类", "C09D5/08"),
        ("质押情况", "未质押"),
        ("缴费状态", "已缴费"),
        ("缴费期限", "2024-04-02"),
        ("首次公开日", "2020-12-30"),
    ] {
        let right = short("", head, cell);
        let open: Vec<&str> = nulls(&right).into_iter().filter(|id| *id != "granted_on").collect();
        assert_eq!(open, [""; 0], "{head}");
    }
    // A remark is about its own row.
    let heads = "专利类型\t专利号\t授权日\t备注";
    let rows =
        "发明专利\tZL201910123401.7\t2021-05-11\t\n发明专利\tZL201910123402.5\t2021-05-11\t看不懂";
    let all = rights(&format!("{heads}\n{rows}"));
    assert_eq!(nulls(&all[0]), [""; 0]);
    assert!(nulls(&all[1]).contains(&"main_product"));
}

#[test]
fn numbers_of_other_offices_and_registers_are_not_taken_for_those_of_here() {
    for number in [
        "ZA202101234",
        "LU500123",
        "10-2020-0012345",
        "特许第6789012号",
        "I712345",
        "美国US10123456",
    ] {
        let table = format!("专利类型\t专利号\t授权日\n发明专利\t{number}\t2021-05-11");
        assert_eq!(rights(&table)[0].get("foreign"), Some(&Value::Null), "{number}");
    }
    for number in ["WO2020123456", "PCT/CN2020/123456"] {
        let table = format!("专利类型\t专利号\t授权日\n发明专利\t{number}\t2021-05-11");
        let right = &rights(&table)[0];
        assert_eq!(
            (&right["status"], right.get("foreign")),
            (&Value::Null, Some(&Value::Null)),
            "{number}"
        );
    }
    for (kind, number) in [("软件", "浙DGY-2018-0123"), ("软件著作权", "国作登字-2020-F-00012345")]
    {
        let table = format!("类别\t登记号\t登记日期\n{kind}\t{number}\t2020-05-01");
        assert_eq!(rights(&table)[0]["kind"], Value::Null, "{number}");
    }
    let product = "计算机软件产品登记清单\n软件名称\t登记号\t登记日期\n某软件V1.0\t浙RC-2020-0001\t2020-05-01";
    assert_eq!(rights(product)[0]["kind"], Value::Null);
    let receipt = "类别\t登记号\t登记日期\n软件著作权\t2023R11L000004\t2023-02-01";
    assert_eq!(rights(receipt)[0]["status"], Value::Null);
    let own = "类别\t登记号\t登记日期\n软件著作权\t2020SR0000001\t2020-05-01";
    assert_eq!(
        (&rights(own)[0]["kind"], &rights(own)[0]["status"]),
        (&json!("software"), &json!("granted"))
    );
}

#[test]
fn a_line_below_a_list_is_a_note_and_a_signature_is_no_right() {
    let heads = "专利名称\t专利号\t专利类型\t授权日";
    let row = "一种夹具\tZL202021234567.8\t实用新型\t2021-02-02";
    for (line, unknown) in [
        ("其中1件为受让，1件已失效", &["status", "obtained_by"][..]),
        ("其中第2项为外购", &["obtained_by"]),
        ("夹具专利已到期", &["status"]),
        ("制表：张三\t审核：李四", &[]),
        ("填表人：张三\t日期：2023-08-01", &[]),
    ] {
        let all = rights(&format!("{heads}\n{row}\n{line}"));
        assert_eq!(all.len(), 1, "{line}");
        assert_eq!(nulls(&all[0]), unknown, "{line}");
    }
    let named = format!("{heads}\n审核管理装置\tZL202021234567.8\t实用新型\t2021-02-02");
    assert_eq!(rights(&named).len(), 1, "a right of that name");
    let owner = format!("权利人：张三\n{heads}\n{row}");
    assert_eq!(nulls(&rights(&owner)[0]), ["owner"]);
    let owner = format!("权利人：{COMPANY}\n{heads}\n{row}");
    assert_eq!(nulls(&rights(&owner)[0]), [""; 0]);
}

#[test]
fn heads_of_owners_and_of_what_never_happened_are_known() {
    let right = short("", "所有权人", "张三");
    assert_eq!((right.get("owner"), &right["status"]), (Some(&Value::Null), &json!("granted")));
    let right = short("", "取得方式（自主研发/受让）", "受让");
    assert_eq!(right["obtained_by"], "transfer");
    for (head, cell) in [
        ("转让次数", "0"),
        ("是否许可", "否"),
        ("共有人", "无"),
        ("诉讼次数", "0"),
        ("证书原件", "有"),
        ("负责人", "丁某某"),
        ("国省代码", "浙江;33"),
        ("缴费状态", "未到期"),
    ] {
        assert_eq!(nulls(&short("", head, cell)), [""; 0], "{head}");
    }
    // What is denied twice is not denied.
    assert!(nulls(&short("", "是否无争议", "否")).contains(&"disputed"));
    let kind = "专利名称\t申请号\t授权公告日\t看不懂\n一种泵\tCN202110123456.3\t2022-06-10\t某某";
    assert_eq!(rights(kind)[0]["kind"], "invention");
}

#[test]
fn a_remark_that_says_nothing_opens_nothing_and_another_is_told_with_its_row() {
    let row =
        |at: usize, remark: &str| format!("发明\tZL20191012340{at}.7\t2021-05-11\t有效\t{remark}");
    let silent = ["", "无", "—", "/", "空", "正常", "已缴费", "无备注", "暂无"];
    let rows: Vec<String> = silent.iter().enumerate().map(|(at, it)| row(at, it)).collect();
    let heads = "专利类型\t专利号\t授权日\t法律状态\t备注";
    let text = format!("{heads}\n{}\n{}", rows.join("\n"), row(9, "看不懂"));
    let table = table(&text);
    assert_eq!(unclear(&table), [("ip[9]".to_owned(), "看不懂".to_owned())]);
    let rights = rights(&text);
    for right in &rights[..9] {
        assert!(right.as_object().expect("an entry").values().all(|it| !it.is_null()), "{right}");
    }
    for id in ["obtained_by", "owner", "disputed", "main_product", "used_for_hnte", "foreign"] {
        assert_eq!(rights[9].get(id), Some(&Value::Null), "{id}");
    }
    // Where nobody else says how it stands, nor does such a remark.
    let text = "专利类型\t专利号\t备注\n发明\t201910123401.7\t正常";
    assert_eq!(self::rights(text)[0]["status"], Value::Null);
    let told = unclear(&self::table(text));
    assert_eq!(told, [("ip[0].status".to_owned(), "201910123401.7".to_owned())]);
}

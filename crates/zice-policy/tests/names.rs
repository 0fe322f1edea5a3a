//! Tests the names that users' own tables have for facts: headings and lines as
//! forms and statements print them, and those that only look alike.

use zice_policy::Library;
use zice_rules::{
    Dictionary,
    dictionary::{Choice, Fact, Field, Kind},
    text::{spelling, unnumbered},
};

fn dictionary() -> Dictionary {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    Library::load(folder.as_ref()).expect("the policies").dictionary
}

/// Ids of the facts that have this line of a form as a name.
fn called<'a>(dictionary: &'a Dictionary, line: &str) -> Vec<&'a str> {
    with(dictionary, line, Fact::names)
}

/// Ids of the facts that this line looks like.
fn looks_like<'a>(dictionary: &'a Dictionary, line: &str) -> Vec<&'a str> {
    with(dictionary, line, Fact::look_alikes)
}

fn with<'a>(
    dictionary: &'a Dictionary,
    line: &str,
    names: impl Fn(&Fact) -> Vec<String>,
) -> Vec<&'a str> {
    let name = spelling(unnumbered(line));
    let facts = dictionary.facts.iter().filter(|fact| names(fact).contains(&name));
    facts.map(|fact| fact.id.as_str()).collect()
}

#[test]
fn lines_of_forms_and_statements_are_the_facts_they_name() {
    let dictionary = dictionary();
    for (line, fact) in [
        ("一、营业收入", "revenue"),
        ("十、销售（营业）收入", "revenue"),
        ("上年度销售收入", "revenue"),
        ("资  产  总  计", "total_assets"),
        ("负债和所有者权益（或股东权益）总计", "total_assets"),
        ("负债合计", "total_liabilities"),
        ("四、净利润（净亏损以“-”号填列）", "net_profit"),
        ("五、净利润(净亏损以“－”号填列)", "net_profit"),
        ("上年度成本费用支出", "cost_total"),
        ("三、年度研发费用小计", "rd_expense_deduct"),
        ("研发费用（加计扣除口径）", "rd_expense_deduct"),
        ("研发费用（高企口径）", "rd_expense_hnte"),
        ("归集的高新研发费用金额", "rd_expense_hnte"),
        ("其中：在中国境内研发费用总额", "rd_expense_hnte_domestic"),
        ("二、本年企业总收入", "total_income"),
        ("一、本年高新技术产品（服务）收入", "hightech_income"),
        ("主要产品（服务）收入合计", "main_product_income"),
        ("五、本年职工总数", "hnte_staff_total"),
        ("四、本年科技人员数", "hnte_staff_tech"),
        ("全年季平均职工人数", "sme_staff_total"),
        ("注册时间", "established_on"),
        ("市场主体类型", "entity_kind"),
        ("企业所得税征收方式", "audit_collection"),
        ("科技成果转化数", "conversions"),
        ("其中：固定资产投资", "fixed_investment"),
    ] {
        assert_eq!(called(&dictionary, line), [fact], "{line}");
    }
}

#[test]
fn what_only_looks_like_a_fact_is_none() {
    let dictionary = dictionary();
    for (line, facts) in [
        ("职工总数（人）", &["sme_staff_total", "hnte_staff_total"][..]),
        ("从业人数", &["sme_staff_total", "hnte_staff_total"]),
        ("参保人数", &["sme_staff_total", "hnte_staff_total"]),
        ("科技人员", &["sme_staff_tech", "hnte_staff_tech"]),
        ("其中：研发人员", &["sme_staff_tech", "hnte_staff_tech"]),
        ("研发费用", &["rd_expense_deduct", "rd_expense_hnte"]),
        ("九、本年研发费用加计扣除总额", &["rd_expense_deduct"]),
        ("二、营业总成本", &["cost_total"]),
        ("主营业务收入", &["revenue", "main_product_income"]),
        ("一、营业总收入", &["revenue", "total_income"]),
        ("资产总额（填写平均值，单位：万元）", &["total_assets"]),
        ("流动负债合计", &["total_liabilities"]),
        ("三、利润总额", &["net_profit"]),
        ("净亏损", &["net_profit"]),
        ("高新技术产品收入（不含服务）", &["hightech_income"]),
        ("小微企业", &["micro_small"]),
        ("高新技术企业证书编号", &["hnte_certificate_valid"]),
        ("独立核算", &["branch_independent"]),
    ] {
        let line_without_unit = line.trim_end_matches("（人）");
        assert_eq!(called(&dictionary, line_without_unit), [""; 0], "{line}");
        assert_eq!(looks_like(&dictionary, line_without_unit), facts, "{line}");
    }
}

/// A heading about something bad (处罚, 失信) must not match a question whose
/// "yes" is good, nor one that counts things a yes-or-no.
#[test]
fn no_head_turns_a_question_over() {
    let dictionary = dictionary();
    for line in [
        "行政处罚",
        "重大安全事故",
        "严重环境违法",
        "经营异常名录",
        "严重违法失信名单",
        "失信被执行人",
        "入库登记编号",
        "核定征收方式",
        "合同数量",
        "净资产收益率",
        "系统测评分",
        "国家科学技术奖",
    ] {
        assert_eq!(called(&dictionary, line), [""; 0], "{line}");
    }
}

fn field<'a>(dictionary: &'a Dictionary, fact: &str, field: &str) -> &'a Field {
    let fact = dictionary.fact(fact).expect("a fact");
    fact.fields.iter().find(|it| it.id == field).expect("a field")
}

fn choices<'a>(field: &'a Field, word: &str, names: fn(&Choice) -> Vec<String>) -> Vec<&'a str> {
    let word = spelling(word);
    let found = field.values.iter().filter(|choice| names(choice).contains(&word));
    found.map(|choice| choice.id.as_str()).collect()
}

#[test]
fn the_patent_office_and_databases_are_understood() {
    let dictionary = dictionary();
    let status = field(&dictionary, "ip", "status");
    for (word, choice) in [
        ("有权-审定授权", "granted"),
        ("有权", "granted"),
        ("有效", "granted"),
        ("等年费滞纳金", "granted"),
        ("驳回", "expired"),
        ("视为撤回", "expired"),
        ("未缴年费", "expired"),
        ("期限届满", "expired"),
        ("放弃", "expired"),
        ("无效", "expired"),
        ("失效", "expired"),
        ("终止", "expired"),
        ("实审", "pending"),
        ("受理", "pending"),
        ("公开", "pending"),
        ("待发授权登记通知书", "pending"),
        ("年登印费", "pending"),
        ("等待颁证公告", "notice_and_fee"),
    ] {
        assert_eq!(choices(status, word, Choice::names), [choice], "{word}");
    }
    let kind = field(&dictionary, "ip", "kind");
    for (word, status) in
        [("发明申请", "pending"), ("授权发明", "granted"), ("发明专利（授权通知）", "null")]
    {
        assert_eq!(choices(kind, word, Choice::names), ["invention"], "{word}");
        let implies = kind.values.iter().flat_map(|choice| &choice.implies);
        let implied = implies.filter(|it| it.aliases.iter().any(|alias| alias == word));
        let said: Vec<_> = implied.map(|it| (it.field.as_str(), it.value.as_str())).collect();
        assert_eq!(said, [("status", status)], "{word}");
    }
    // A letter is a kind of right in one database, and the company's own class
    // in another table.
    assert_eq!(choices(kind, "B", Choice::names), [""; 0]);
    assert_eq!(choices(kind, "B", Choice::look_alikes), ["invention"]);
    let obtained = field(&dictionary, "ip", "obtained_by");
    assert_eq!(choices(obtained, "继受取得", Choice::names), [""; 0]);
    assert_eq!(choices(obtained, "继受取得", Choice::look_alikes), ["transfer", "gift"]);
    let owner = field(&dictionary, "ip", "owner");
    assert!(owner.names().contains(&spelling("[标]当前申请(专利权)人")));
    assert!(owner.look_alikes().contains(&spelling("第一申请人")));
    assert!(field(&dictionary, "ip", "granted_on").look_alikes().contains(&spelling("申请日")));
}

/// A missing line would make costs smaller or a base larger, and both would
/// look good.
#[test]
fn no_sum_is_made_without_a_line() {
    let dictionary = dictionary();
    let mut sums = 0;
    for fact in dictionary.facts.iter().filter(|fact| !fact.parts.is_empty()) {
        assert!(fact.parts.iter().all(|part| !part.optional), "{}", fact.id);
        sums += 1;
    }
    assert_eq!(sums, 4);
    let cost = dictionary.fact("cost_total").expect("a fact");
    let elsewhere: Vec<_> =
        cost.parts.iter().filter(|it| !it.within.is_empty()).map(|it| &it.aliases).collect();
    assert_eq!(elsewhere, [&["研发费用"]], "small companies book it under 管理费用");
    let base = dictionary.fact("excluded_industry_base").expect("a fact");
    let minus: Vec<bool> = base.parts.iter().map(|it| it.minus).collect();
    assert_eq!(minus, [false, true, true]);
}

#[test]
fn words_in_cells_answer_a_question_the_right_way_round() {
    let dictionary = dictionary();
    let audit = dictionary.fact("audit_collection").expect("a fact");
    assert_eq!(audit.kind, Kind::Bool);
    assert!(audit.yes_words.iter().any(|word| word == "A类"));
    assert!(audit.no_words.iter().any(|word| word == "B类"));
    let foreign = field(&dictionary, "ip", "foreign");
    assert!(foreign.no_words.iter().any(|word| word == "CN"));
    assert!(["HK", "US"].iter().all(|land| foreign.yes_words.iter().any(|word| word == land)));
    let digital = dictionary.fact("contract_digital").expect("a fact");
    assert!(digital.ask_words.iter().any(|word| word == "Excel"));
}

#[test]
fn heads_of_columns_are_about_one_year() {
    let columns = dictionary().columns;
    for (head, of) in [
        ("本年累计金额", &columns.this_period),
        ("本期金额", &columns.this_period),
        ("上期金额", &columns.last_period),
        ("上年金额", &columns.last_period),
        ("期末余额", &columns.closing),
        ("年初余额", &columns.opening),
        ("上年年末余额", &columns.opening),
    ] {
        assert!(of.iter().any(|it| it == head), "{head}");
    }
}

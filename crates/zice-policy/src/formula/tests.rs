use zice_rules::{Dictionary, Lang, Policy};

use super::{Defines, FormulaError, Printer, Scope, TableBuilder, Typed, compile};

fn dictionary() -> Dictionary {
    toml::from_str(include_str!("../../../../policies/facts.toml")).unwrap()
}

/// Compiles a formula; returns its JSON, or the message and the text it points
/// at.
fn read(text: &str) -> Result<String, (String, String)> {
    let dictionary = dictionary();
    let criteria = ["personnel".to_owned()];
    let scope = Scope { criteria: &criteria, ..Scope::plain(&dictionary) };
    let compiled = compile(text, &scope, &mut TableBuilder::default());
    compiled.map(|typed| json(&typed)).map_err(|error| shown(text, error))
}

fn json(typed: &Typed) -> String {
    match typed {
        Typed::Condition(condition) => serde_json::to_string(condition).unwrap(),
        Typed::Number(number, _) => serde_json::to_string(number).unwrap(),
    }
}

/// Splits an error into its message and the text it points at.
fn shown(text: &str, error: FormulaError) -> (String, String) {
    let place = text.get(error.span.clone()).unwrap_or("(outside)").to_owned();
    (error.message, place)
}

/// Like [`read`], with these named formulas.
fn read_with(defines: &[(&str, &str)], text: &str) -> Result<String, (String, String)> {
    let dictionary = dictionary();
    let texts = defines.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let defines = Defines { texts: texts.collect(), ..Defines::default() };
    let scope = Scope { defines: Some(&defines), ..Scope::plain(&dictionary) };
    let compiled = compile(text, &scope, &mut TableBuilder::default());
    compiled.map(|typed| json(&typed)).map_err(|error| shown(text, error))
}

/// Compiles a formula and prints it; returns the text, and whether that
/// compiles to the same formula.
fn written(text: &str) -> (String, bool) {
    written_with(&dictionary(), text).unwrap()
}

fn written_with(dictionary: &Dictionary, text: &str) -> Result<(String, bool), FormulaError> {
    let criteria = ["personnel".to_owned()];
    let scope = Scope { criteria: &criteria, ..Scope::plain(dictionary) };
    let mut tables = TableBuilder::default();
    let typed = compile(text, &scope, &mut tables)?;
    let day = "2023-01-01";
    let words = serde_json::json!({ "zh": "人员", "en": "Staff" });
    let policy = serde_json::json!({
        "schema": "zice.policy/2", "id": "a", "edition": "2023", "digest": "", "title": words,
        "summary": words, "authority": words, "platform": words, "minutes": 1,
        "checked_on": day, "review_by": day, "window": { "year": 2023 },
        "criteria": [{
            "id": "personnel", "kind": "gate", "title": words, "words": words,
            "rule": { "holds": { "when": 0 } }
        }],
        "verdict": 0, "tables": {}, "formulas": [{ "b": true }],
        "code": "TcyOn;n_h1n=1;;;;;0___"
    });
    let mut policy = Policy::from_json(&policy.to_string(), dictionary).unwrap();
    policy.tables = tables.tables.clone();
    let printer = Printer { policy: &policy, dictionary, lang: Lang::Zh };
    let text = match &typed {
        Typed::Condition(condition) => printer.condition(condition),
        Typed::Number(number, _) => printer.number(number, None),
    };
    let again = compile(&text, &scope, &mut tables).map(|again| json(&again));
    let same = again == Ok(json(&typed));
    Ok((text, same))
}

/// Formulas changed at random are refused at a place that is there, or mean the
/// same when they are written out and read again.
#[test]
fn no_formula_panics_and_what_is_read_can_be_written() {
    let dictionary = dictionary();
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/");
    let names = ["tech-sme/2023.toml", "hnte-zj/2023.toml", "aaa-zj/2023.toml"];
    let texts = names.map(|name| std::fs::read_to_string(format!("{policies}{name}")).unwrap());
    let values = texts.iter().flat_map(|text| text.lines()).filter_map(|it| it.split_once(" = \""));
    let formulas = values.filter_map(|(_, value)| Some(value.strip_suffix('"')?.to_owned()));
    let target = zice_testing::fuzz::Target {
        name: "formula",
        seeds: formulas.filter(|it| written_with(&dictionary, it).is_ok()).collect(),
        tokens: &[
            "(",
            ")",
            "（",
            "且",
            "或",
            "非",
            "属于",
            "{",
            "}",
            "[去年]",
            "[近三年]",
            "[-3..-1]",
            "%",
            "万元",
            "亿元",
            "计数(知识产权, 真)",
            "合计(",
            "得分(personnel)",
            "若(",
            "年份(",
            "确定(",
            "人工(",
            "<=",
            "÷",
            "1979-01-01",
            "销售收入",
            "职工总数",
            "居民企业",
            "成立日期",
            "申报日",
            "自评(",
            "已填(",
            "地区(",
            "“",
            "”",
        ],
    };
    target.run(|text| match written_with(&dictionary, text) {
        Ok((written, same)) => {
            // A criterion is written by its title, which is no formula; a day that
            // is calculated with may be written as its number; and what has many
            // brackets more than it had may be nested too deeply.
            let other = text.contains("1979-01-01") || written.contains(['“', '”']);
            let deep = written.matches('(').count() > 8;
            assert!(same || other || deep, "{text:?} is written {written:?}");
            true
        }
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "{text:?}: {error:?}");
            false
        }
    });
}

#[test]
fn what_is_added_as_a_whole_is_written_with_its_brackets() {
    let dictionary = dictionary();
    for (text, expected) in [
        (
            "资产总额[去年] + (负债总额[去年] - 负债总额[前年]) > 0元",
            "资产总额[去年] + (负债总额[去年] - 负债总额[前年]) > 0元",
        ),
        (
            "资产总额[去年] + - 负债总额[前年] > 0元",
            "资产总额[去年] + (0元 - 负债总额[前年]) > 0元",
        ),
        (
            "资产总额[去年] - 负债总额[去年] + 负债总额[前年] > 0元",
            "资产总额[去年] - 负债总额[去年] + 负债总额[前年] > 0元",
        ),
    ] {
        let (written, same) = written_with(&dictionary, text).expect("a formula");
        assert_eq!((written.as_str(), same), (expected, true));
    }
}

#[test]
fn chinese_and_english_spellings_are_the_same_formula() {
    for (chinese, english) in [
        ("居民企业 且 非 查账征收 或 真", "resident_enterprise and not audit_collection or true"),
        ("销售收入[去年] ≤ 2亿元", "revenue[last] <= 20000万元"),
        (
            "合计(销售收入[近三年]) ÷ 合计(资产总额[-3..-1])",
            "sum(revenue[-3..-1]) / sum(total_assets[近三年])",
        ),
        ("得分(personnel) > 0分", "points(personnel) > 0"),
        ("（居民企业）", "resident_enterprise"),
    ] {
        assert!(read(chinese).is_ok(), "{chinese}: {:?}", read(chinese));
        assert_eq!(read(chinese), read(english), "{chinese}");
    }
}

#[test]
fn words_bind_as_in_the_notices() {
    // 且 binds tighter than 或, 非 tighter than 且, and × tighter than +.
    assert_eq!(read("真 或 假 且 假"), read("真 或 (假 且 假)"));
    assert_eq!(read("非 真 且 假"), read("(非 真) 且 假"));
    assert_eq!(read("1 + 2 * 3 - 4"), read("(1 + (2 * 3)) - 4"));
    // A name may contain the characters of an operator.
    assert!(read("非 属于限制或淘汰类").is_ok());
}

#[test]
fn units_that_do_not_go_together_are_refused_where_they_stand() {
    for (text, place) in [
        ("销售收入[去年] >= 6%", "销售收入[去年] >= 6%"),
        ("销售收入[去年] <= 500", "销售收入[去年] <= 500"),
        ("销售收入[去年] + 科小职工总数[去年] > 0", "销售收入[去年] + 科小职工总数[去年]"),
        ("销售收入[去年] * 资产总额[去年] > 0", "销售收入[去年] * 资产总额[去年]"),
        ("成立日期 + 申报日 > 申报日", "成立日期 + 申报日"),
        ("居民企业 > 1", "居民企业"),
        ("科小职工总数[去年] 且 真", "科小职工总数[去年]"),
    ] {
        assert_eq!(read(text).map_err(|(_, place)| place), Err(place.to_owned()), "{text}");
    }
    for text in ["销售收入[去年] > 0", "申报日 - 成立日期 >= 365天", "2 * 销售收入[去年] > 1元"]
    {
        assert!(read(text).is_ok(), "{text}: {:?}", read(text));
    }
}

#[test]
fn a_misspelt_name_is_pointed_at_with_what_was_meant() {
    let (message, place) = read("居民企业 且 查帐征收").unwrap_err();
    assert_eq!(place, "查帐征收");
    assert!(message.contains("查账征收"), "{message}");
    let (message, place) = read("计数(知识产权, 类别 属于 {发明})").unwrap_err();
    assert_eq!(place, "发明");
    assert!(message.contains("发明专利"), "{message}");
}

#[test]
fn what_is_unfinished_is_pointed_at() {
    for (text, place) in [
        ("居民企业 且", ""),
        ("(居民企业", ""),
        ("居民企业 查账征收", "查账征收"),
        ("销售收入 > 0", "销售收入"),
        ("科小职工总数 > 0", "科小职工总数"),
        ("成立日期[去年] > 申报日", "成立日期[去年]"),
        ("销售收入[近三年] > 0", "销售收入[近三年]"),
        ("销售收入[明年] > 0", "明年"),
        ("得分(score) > 0", "score"),
        ("居民企业 ! 真", "!"),
        ("次方(2)", "次方(2)"),
    ] {
        assert_eq!(read(text).map_err(|(_, place)| place), Err(place.to_owned()), "{text}");
    }
}

#[test]
fn nesting_has_an_end() {
    let deep = format!("{}真{}", "(".repeat(1000), ")".repeat(1000));
    assert!(read(&deep).is_err());
    let deep = format!("{}真", "非 ".repeat(1000));
    assert!(read(&deep).is_err());
}

#[test]
fn functions_have_two_names_and_one_meaning() {
    for (chinese, english) in [
        ("平均(销售收入[近三年]) > 0", "mean(revenue[-3..-1]) > 0"),
        ("若(居民企业, 1, 2) > 1", "if(resident_enterprise, 1, 2) > 1"),
        ("自评(人才制度自评分) > 3分", "graded(mgmt_talent) > 3"),
        ("有年度(大前年)", "has_year(大前年)"),
        ("地区(行政区划代码, 3305)", "within(region, 3305)"),
        (
            "取值(合同数据[前年], 收入方, 已履行份数) > 1",
            "cell(contract_figures[-2], income, performed_count) > 1",
        ),
        ("已填(行政区划代码)", "given(region)"),
        ("未填(行政区划代码)", "非 已填(行政区划代码)"),
        ("未填(行政区划代码)", "blank(region)"),
        ("计数(骨干企业说明, 行业排名 <= 10) >= 1", "count(骨干企业说明, 行业排名 <= 10) >= 1"),
    ] {
        assert!(read(chinese).is_ok(), "{chinese}: {:?}", read(chinese));
        assert_eq!(read(chinese), read(english), "{chinese}");
    }
}

#[test]
fn functions_become_the_trees_the_engine_knows() {
    for (text, tree) in [
        ("有年度(大前年)", r#"{"has_y":-3}"#),
        ("地区(行政区划代码, 3305)", r#"{"within":[0,"3305"]}"#),
        ("平均(销售收入[近三年])", r#"{"mean":[0,-3,-1]}"#),
        ("平均(销售收入[去年])", r#"{"mean":[0,-1,-1]}"#),
        ("自评(人才制度自评分)", r#"{"graded":0}"#),
        ("未填(成立日期)", r#"{"not":{"given":0}}"#),
        (
            "若(居民企业, 1, 若(查账征收, 2, 3))",
            r#"{"if":[{"f":0},{"n":"1"},{"if":[{"f":1},{"n":"2"},{"n":"3"}]}]}"#,
        ),
        ("计数(知识产权, 已填(授权日))", r#"{"count":[0,{"given_e":0}]}"#),
        (
            "取值(合同数据[前年], 支出方, 已履行金额)",
            r#"{"cell":{"fact":0,"year":-2,"side":1,"field":0}}"#,
        ),
        // A year entered as a whole number stays that number.
        ("年份(完整经营年度数) = 2023年", r#"{"c":["=",{"f":0},{"n":"2023"}]}"#),
        ("年份(申报日) - 2", r#"{"-":[{"year":"today"},{"n":"2"}]}"#),
    ] {
        assert_eq!(read(text).as_deref(), Ok(tree), "{text}");
    }
}

#[test]
fn units_go_through_the_functions() {
    for text in [
        "若(居民企业, 1元, 2万元) <= 销售收入[去年]",
        "平均(销售收入[近三年]) >= 500万元",
        "若(居民企业, 5%, 3%) <= 销售收入[去年] / 资产总额[去年]",
        "取值(合同数据[去年], 收入方, 已履行金额) > 5元",
        "年份(完整经营年度数) <= 年份(申报日)",
    ] {
        assert!(read(text).is_ok(), "{text}: {:?}", read(text));
    }
    for text in [
        "若(居民企业, 1元, 2人) > 0",
        "若(居民企业, 1元, 2) > 0",
        "平均(销售收入[近三年]) >= 500",
        "取值(合同数据[去年], 收入方, 已履行份数) > 5元",
        "年份(销售收入[去年]) > 2020年",
        "年份(完整经营年度数) > 2020元",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn functions_say_what_is_wrong_with_them_and_where() {
    for (text, place, message) in [
        ("若(1, 2, 3) > 1", "1", "a condition is needed"),
        ("若(真, 假, 3) > 1", "假", "a number is needed"),
        ("若(真, 1) > 1", "若(真, 1)", "wrong arguments"),
        ("平均(销售收入[去年] + 1元)", "平均(销售收入[去年] + 1元)", "wrong arguments"),
        ("平均(成立日期[去年])", "成立日期[去年]", "not a yearly fact"),
        ("自评(科小职工总数)", "自评(科小职工总数)", "points are needed"),
        ("自评(人才制度)", "人才制度", "unknown name"),
        ("有年度(明年)", "明年", "a year is needed"),
        ("有年度(近三年)", "近三年", "a year is needed"),
        ("有年度(-3)", "有年度(-3)", "wrong arguments"),
        ("地区(居民企业, 33)", "地区(居民企业, 33)", "a text is needed"),
        ("地区(行政区划代码, 33%)", "地区(行政区划代码, 33%)", "digits are needed"),
        ("地区(行政区划, 33)", "行政区划", "unknown name"),
        ("取值(合同数据[去年], 甲方, 已履行份数)", "甲方", "收入方、支出方"),
        ("取值(合同数据[去年], 收入方, 已履行)", "已履行", "unknown field"),
        ("取值(合同数据[近两年], 收入方, 已履行份数)", "合同数据[近两年]", "one year"),
        ("取值(销售收入[去年], 收入方, 已履行份数)", "销售收入[去年]", "with sides"),
        ("取值(合同数据, 收入方, 已履行份数)", "取值(合同数据, 收入方, 已履行份数)", "fact[year]"),
        ("已填(销售收入)", "已填(销售收入)", "not for yearly facts"),
        ("未填(合同数据)", "未填(合同数据)", "not for yearly facts"),
        ("已填(授权日)", "已填(授权日)", "unknown name"),
        ("计数(合同数据, 真)", "合同数据", "a list is needed"),
        ("计数(居民企业, 真)", "居民企业", "a list is needed"),
    ] {
        let (said, at) = read(text).expect_err(text);
        assert_eq!(at, place, "{text}: {said}");
        assert!(said.contains(message), "{text}: {said}");
    }
}

#[test]
fn what_picks_one_of_two_leaves_nothing_to_a_person() {
    for text in [
        "若(人工(居民企业), 1, 2) > 1",
        "若(非 (查账征收 或 人工(居民企业)), 1, 2) > 1",
        "若(计数(知识产权, 人工(有争议)) > 0, 1, 2) > 1",
        "若(若(人工(居民企业), 1, 2) > 1, 1, 2) > 1",
        "若(自评(人才制度自评分) > 3, 1, 2) > 1",
    ] {
        let (message, _) = read(text).expect_err(text);
        assert!(message.contains("no review inside if"), "{text}: {message}");
    }
    // The branches of an 若(…) may need a person, and so may what stands beside
    // it.
    for text in [
        "若(居民企业, 计数(知识产权, 人工(有争议)), 0) >= 1",
        "若(居民企业, 自评(人才制度自评分), 0分) >= 1",
        "若(居民企业, 1, 2) > 1 且 人工(查账征收)",
    ] {
        assert!(read(text).is_ok(), "{text}: {:?}", read(text));
    }
}

#[test]
fn a_named_formula_is_the_formula_itself() {
    let defines = [
        ("够大", "科小职工总数[去年] >= 门槛"),
        ("门槛", "若(居民企业, 10人, 20人)"),
        ("发明", "类别 属于 {发明专利} 且 非 有争议"),
    ];
    for (named, plain) in [
        ("够大", "科小职工总数[去年] >= 若(居民企业, 10人, 20人)"),
        ("非 够大", "非 科小职工总数[去年] >= 若(居民企业, 10人, 20人)"),
        ("门槛 * 2 > 30人", "若(居民企业, 10人, 20人) * 2 > 30人"),
        // A named formula sees the fields of the list it is used in.
        ("计数(知识产权, 发明) > 0", "计数(知识产权, 类别 属于 {发明专利} 且 非 有争议) > 0"),
    ] {
        assert!(read_with(&defines, named).is_ok(), "{named}");
        assert_eq!(read_with(&defines, named), read(plain), "{named}");
    }
    // A named formula keeps its own brackets.
    let either = [("甲", "居民企业 或 查账征收")];
    assert_eq!(
        read_with(&either, "甲 且 甲"),
        read("(居民企业 或 查账征收) 且 (居民企业 或 查账征收)")
    );
}

#[test]
fn a_named_formula_that_is_wrong_is_told_where_it_is_used() {
    for (defines, place, message) in [
        (&[("甲", "居民企业 且")][..], "甲", "“甲”的定义里"),
        (&[("甲", "乙 > 1")], "甲", "unknown name"),
        (&[("甲", "乙"), ("乙", "销售收入[去年] > 5")], "甲", "units differ"),
        // Named formulas that go in circles.
        (&[("甲", "甲")], "甲", "through too many others"),
        (&[("甲", "非 乙"), ("乙", "非 甲")], "甲", "through too many others"),
        // Fields are unknown outside of their list.
        (&[("甲", "有争议")], "甲", "unknown name"),
    ] {
        let (said, at) = read_with(defines, "居民企业 且 甲").expect_err(message);
        assert_eq!(at, place, "{said}");
        assert!(said.contains(message), "{said}");
    }
    let (said, _) = read_with(&[("甲", "人工(居民企业)")], "若(甲, 1, 2) > 1").expect_err("review");
    assert!(said.contains("no review inside if"), "{said}");
}

#[test]
fn a_name_that_was_nearly_defined_is_suggested() {
    let (said, _) = read_with(&[("规模够大", "居民企业")], "规模较大").expect_err("unknown");
    assert!(said.contains("规模够大"), "{said}");
}

#[test]
fn formulas_are_written_as_they_were_read() {
    for text in [
        "真",
        "非 居民企业",
        "居民企业 且 (查账征收 或 非 缴纳企业所得税)",
        "科小职工总数[去年] <= 500",
        "销售收入[去年] <= 2亿元",
        "销售收入[前年] > 5000万元",
        "销售收入[去年] > 0.5元",
        "销售收入[去年] / 资产总额[去年] >= 6%",
        "合计(高企研发费用[-3..-1]) / 合计(销售收入[-3..-1]) >= 若(销售收入[去年] <= 5000万元, 5%, 3%)",
        "平均(净利润[-2..-1]) >= 1元",
        "(净利润[去年] / 净利润[前年]) - 1 >= 20%",
        "销售收入[去年] / 资产总额[去年] >= 150%",
        "申报日 - 成立日期 >= 365",
        "申报日 - 2020-02-29 < 365 或 2020-02-29 - 成立日期 > 30",
        "成立日期 < 2023-06-30",
        "年份(高企证书到期日) >= 年份(申报日) - 2",
        "年份(2023-06-30) = 2023",
        "负债总额[去年] <= 资产总额[去年] * 90%",
        "有年度(大前年) 且 已填(行政区划代码)",
        "地区(行政区划代码, 3305)",
        "确定(主体类型 属于 {合伙企业、个人独资企业})",
        "人工(居民企业)",
        "自评(人才制度自评分) >= 3",
        "取值(合同数据[去年], 收入方, 已履行份数) >= 1",
        "取小(净利润[去年], 5000万元) > 取大(净利润[前年], 1元)",
        "计数(知识产权, 类别 属于 {发明专利} 且 授权日 < 2020-01-01) >= 1",
        "计数(首批次材料, 保险费率 > 3%) > 0",
    ] {
        assert_eq!(written(text), (text.to_owned(), true));
    }
}

#[test]
fn criteria_are_written_by_their_titles() {
    let text = "personnel 且 得分(personnel) > 0";
    assert_eq!(written(text).0, "“人员” 且 得分(“人员”) > 0");
}

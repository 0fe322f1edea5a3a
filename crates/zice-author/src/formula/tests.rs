use zice_rules::Dictionary;

use super::{Scope, TableBuilder, Typed, compile};

fn dictionary() -> Dictionary {
    toml::from_str(include_str!("../../../../policies/facts.toml")).unwrap()
}

/// The compiled formula as JSON, or the message and the text it points at.
fn read(text: &str) -> Result<String, (String, String)> {
    let dictionary = dictionary();
    let criteria = ["personnel".to_owned()];
    let scope = Scope { criteria: &criteria, ..Scope::plain(&dictionary) };
    match compile(text, &scope, &mut TableBuilder::default()) {
        Ok(Typed::Condition(condition)) => Ok(serde_json::to_string(&condition).unwrap()),
        Ok(Typed::Number(number, _)) => Ok(serde_json::to_string(&number).unwrap()),
        Err(error) => {
            let place = text.get(error.span.clone()).unwrap_or("(outside)").to_owned();
            Err((error.message, place))
        }
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
    // 且 before 或, 非 before 且, × before +.
    assert_eq!(read("真 或 假 且 假"), read("真 或 (假 且 假)"));
    assert_eq!(read("非 真 且 假"), read("(非 真) 且 假"));
    assert_eq!(read("1 + 2 * 3 - 4"), read("(1 + (2 * 3)) - 4"));
    // A name may hold the character of an operator.
    assert!(read("非 属于限制或淘汰类").is_ok());
}

#[test]
fn units_that_do_not_go_together_are_refused_where_they_stand() {
    for (text, place) in [
        ("销售收入[去年] >= 6%", "销售收入[去年] >= 6%"),
        ("销售收入[去年] <= 500", "销售收入[去年] <= 500"),
        ("销售收入[去年] + 科小职工总数 > 0", "销售收入[去年] + 科小职工总数"),
        ("销售收入[去年] * 资产总额[去年] > 0", "销售收入[去年] * 资产总额[去年]"),
        ("成立日期 + 申报日 > 申报日", "成立日期 + 申报日"),
        ("居民企业 > 1", "居民企业"),
        ("科小职工总数 且 真", "科小职工总数"),
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
        ("科小职工总数[去年] > 0", "科小职工总数[去年]"),
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

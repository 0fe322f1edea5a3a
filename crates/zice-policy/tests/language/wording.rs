//! Tests how questions are worded: wrong ones are refused, placeholders and
//! answers are filled in.

use serde_json::json;
use zice_policy::company_schema;
use zice_report::Report;
use zice_rules::{Date, Dictionary, Lang, assess, dictionary::Kind};

use super::{
    aliases::wrong,
    world::{company, gate, library, line, policy},
};

const ANSWERS: &str = "answers = { yes = { zh = \"在内地\", en = \"In the mainland\" }, no = { zh = \"在境外\", en = \"Abroad\" } }\n";
const QUESTION: &str = "question = { zh = \"居民企业？\", en = \"resident?\" }\n";
const SHORT: &str = "short = { zh = \"居民企业\", en = \"resident\" }\n";

/// Asserts that replacing `old` by `new` makes exactly this one mistake.
fn refused(old: &str, new: &str, why: &str) {
    let found = wrong(old, new);
    assert!(found.len() == 1 && found[0].contains(why), "{new}: {found:?}");
}

fn question(zh: &str) -> String {
    format!("question = {{ zh = \"{zh}\", en = \"resident?\" }}\n")
}

#[test]
fn a_yes_or_no_has_words_for_both_and_only_that_has() {
    refused(ANSWERS, "", "是非题要写 answers");
    let same = ANSWERS.replace("在境外", "在内地");
    refused(ANSWERS, &same, "两个回答一样");
    let staff = "question = { zh = \"职工总数？\", en = \"staff?\" }\n";
    refused(staff, &format!("{staff}{ANSWERS}"), "只有是非题才有 answers");
    refused(ANSWERS, &ANSWERS.replace("在境外", "{年}"), "这里不能写占位符");
}

/// A usual answer belongs to a yes-or-no question of a topic that has words for giving
/// it.
#[test]
fn a_usual_answer_is_a_yes_or_no_with_words_for_giving_it() {
    refused(ANSWERS, &format!("{ANSWERS}usual = true\n"), "usual 只能用于是非题");
    let staff = "question = { zh = \"职工总数？\", en = \"staff?\" }\n";
    refused(staff, &format!("{staff}usual = true\n"), "usual 只能用于是非题");
}

/// At most one fact, a single day, can be the founding day, and only a text can
/// have digits.
#[test]
fn one_day_begins_the_years_and_digits_are_of_a_text() {
    refused(SHORT, &format!("{SHORT}establishes = true\n"), "establishes 只能有一个");
    let none = wrong("establishes = true\n", "");
    assert_eq!(none, [""; 0], "a dictionary need not have one");
    refused(SHORT, &format!("{SHORT}digits = 6\n"), "digits 只能用于文字");
}

#[test]
fn nothing_is_asked_in_the_negative() {
    for zh in [
        "是否没有重大事故？",
        "企业是否未被列入名单？",
        "是不是没有失信？",
        "没有出过事故吗？",
        "去年，名单都没进过吗？",
    ] {
        refused(QUESTION, &question(zh), "不要反着问");
    }
    for zh in [
        "进过名单吗？",
        "有没有成文的制度？",
        "这四样是不是都有？",
        "有过重大失信吗（判决没履行等）？",
        "查得到吗？没有的写 0",
    ] {
        assert_eq!(wrong(QUESTION, &question(zh)), [""; 0], "{zh}");
    }
    for zh in ["无重大事故", "重大事故、未列入名单"] {
        let short = format!("short = {{ zh = \"{zh}\", en = \"resident\" }}\n");
        refused(SHORT, &short, "名称不要用否定");
    }
}

#[test]
fn a_line_of_help_is_short() {
    let help = |zh: &str| format!("{QUESTION}help = {{ zh = \"{zh}\", en = \"help\" }}\n");
    assert_eq!(wrong(QUESTION, &help(&"字".repeat(24))), [""; 0]);
    refused(QUESTION, &help(&"字".repeat(25)), "提示超过 24 个字");
}

#[test]
fn two_facts_of_one_name_are_told_apart() {
    let same = "short = { zh = \"职工总数\", en = \"resident\" }\n";
    let found = wrong(SHORT, same);
    assert!(found.len() == 2 && found.iter().all(|it| it.contains("apart")), "{found:?}");
}

#[test]
fn placeholders_are_known_and_the_same_in_both_languages() {
    let both =
        |zh: &str, en: &str| format!("question = {{ zh = \"{zh}\", en = \"resident {en}?\" }}\n");
    for (zh, en) in [("{年-1}", "{年-1}"), ("{日-365} 到 {日}", "{日}, from {日-365}")] {
        assert_eq!(wrong(QUESTION, &both(zh, en)), [""; 0], "{zh}");
    }
    for odd in ["{去年}", "{年+1}", "{年-0}", "{年", "年}", "{}", "{{年}}"] {
        refused(QUESTION, &both(odd, odd), "unknown placeholder");
    }
    for (zh, en) in [("{年}", ""), ("{年}", "{年-1}"), ("{年} {年}", "{年}")] {
        refused(QUESTION, &both(zh, en), "两种语言里的年和日不一样");
    }
    refused(SHORT, "short = { zh = \"{年}居民\", en = \"{年}\" }\n", "这里不能写占位符");
}

#[test]
fn an_answer_is_said_in_its_own_words() {
    let library =
        library(&policy("verdict = \"c\"", &gate("c", "居民企业 且 计数(知识产权, 有争议) < 1项")));
    let said = |resident, lang| {
        let company = company(&library, json!({ "resident": resident, "ip": [] }));
        let assessment = assess(&library.policies[0], &company).expect("an assessment");
        let report = Report::new(&assessment, &library.dictionary, lang).expect("a report");
        line(&report, "c").explain.split(['；', ';']).next().unwrap_or("").to_owned()
    };
    for (resident, zh, en) in [
        (json!(true), "居民企业：在内地", "resident: In the mainland"),
        (json!(false), "居民企业：在境外", "resident: Abroad"),
        (json!(null), "居民企业：还没答", "resident: not answered"),
    ] {
        assert_eq!(said(resident.clone(), Lang::Zh), zh);
        assert_eq!(said(resident, Lang::En), en);
    }
}

/// The project's own dictionary.
fn dictionary() -> Dictionary {
    toml::from_str(include_str!("../../../../policies/facts.toml")).expect("the dictionary")
}

#[test]
fn every_question_of_the_product_has_its_line_of_help_and_names_its_years() {
    let day = Date::parse("2026-11-29").expect("a day");
    for fact in &dictionary().facts {
        let help = fact.help.as_ref().unwrap_or_else(|| panic!("{}: no help", fact.id));
        for text in [&fact.question, help] {
            for lang in [Lang::Zh, Lang::En] {
                let told = text.dated(lang, day);
                assert!(!told.contains(['{', '}']), "{told}");
                for vague in [
                    "上一会计年度",
                    "上年度",
                    "当年",
                    "近一年",
                    "今年",
                    "去年",
                    "last fiscal year",
                    "this year",
                ] {
                    assert!(!told.contains(vague), "{}: {told}", fact.id);
                }
            }
        }
        assert_eq!(fact.kind == Kind::Bool, fact.answers.is_some(), "{}", fact.id);
    }
}

#[test]
fn legal_matters_are_named_in_full() {
    let dictionary = dictionary();
    let asked = |id: &str| {
        let day = Date::parse("2026-11-29").expect("a day");
        dictionary.fact(id).expect("a fact").question.dated(Lang::Zh, day)
    };
    for (id, named) in [
        (
            "sme_clean_record",
            &[
                "2025-01-01 到 2026-11-29",
                "重大安全事故",
                "重大质量事故",
                "严重环境违法",
                "严重弄虚作假",
                "科研严重失信",
            ][..],
        ),
        (
            "hnte_clean_record",
            &["2025-11-29 到 2026-11-29", "重大安全事故", "重大质量事故", "严重环境违法"],
        ),
        ("sme_not_listed", &["2025-01-01 到 2026-11-29", "经营异常名录", "严重违法失信企业名单"]),
        ("serious_violation", &["2024-01-01", "第八条"]),
        ("excluded_industry_income", &["烟草制造", "国家另定的行业", "主营业务收入"]),
        ("contract_volume_ok", &["2024、2025"]),
    ] {
        let question = asked(id);
        for name in named {
            assert!(question.contains(name), "{id}: {name}: {question}");
        }
    }
}

#[test]
fn the_schema_says_what_yes_and_no_mean_and_knows_no_day() {
    let dictionary = dictionary();
    let schema = company_schema(&dictionary);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let said = |id: &str| {
        let fact = &schema["properties"]["facts"]["properties"][id];
        fact["description"].as_str().unwrap_or_default().to_owned()
    };
    for fact in &dictionary.facts {
        assert!(!said(&fact.id).is_empty() && !said(&fact.id).contains('{'), "{}", said(&fact.id));
    }
    let clean = said("sme_clean_record");
    assert!(clean.contains("(申报年 − 1)-01-01 到 申报日"), "{clean}");
    assert!(clean.contains("true: 都没有 / None of these\nfalse: 有其中一样"), "{clean}");
}

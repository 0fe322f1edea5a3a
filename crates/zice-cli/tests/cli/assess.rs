//! Tests `zice assess` on one company.

use std::fs;

use jiff::ZonedDateTime;
use serde_json::{Value, json};

use crate::run::{assess, command, company, file, finish, zice, zice_fed};

fn some_company() -> String {
    company(json!({ "sme_staff_total": 86, "revenue": { "2022": "4.7e6" } })).to_string()
}

#[test]
fn one_policy_gives_one_report_with_status_0_whatever_the_verdict() {
    let file = file("a.json", some_company());
    let run =
        zice(["assess".as_ref(), "--policy".as_ref(), "tech-sme".as_ref(), file.path.as_os_str()]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let report = run.json();
    assert_eq!(report["schema"], "zice.report/1");
    assert_eq!(report["company"], "示例公司");
    assert_eq!(report["policy"]["id"], "tech-sme");
    assert_eq!(report["verdict"], "undecided");

    let failing = assess(company(json!({ "sme_staff_total": 501 })));
    assert_eq!(failing.status, Some(0));
    assert_eq!(failing.json()["verdict"], "not_met");
}

#[test]
fn several_policies_give_an_array_in_the_order_they_were_named() {
    let run = zice_fed(
        &["assess", "--policy", "tech-sme", "--policy", "tech-sme@2023", "-"],
        some_company().as_bytes(),
    );
    assert_eq!(run.status, Some(0));
    assert_eq!(run.json().as_array().map(Vec::len), Some(2));
}

#[test]
fn no_policy_named_gives_every_programme_in_an_array_once() {
    let run = zice_fed(&["assess", "-"], some_company().as_bytes());
    let reports = run.json();
    let ids: Vec<&Value> =
        reports.as_array().expect("an array").iter().map(|it| &it["policy"]["id"]).collect();
    let listed = zice(["policies", "--json"]).json();
    let mut programmes: Vec<&Value> =
        listed.as_array().expect("an array").iter().map(|it| &it["id"]).collect();
    programmes.dedup();
    assert_eq!(ids, programmes);
    assert!(!ids.is_empty());
}

#[test]
fn a_policy_without_an_edition_goes_by_the_day_of_application() {
    for day in ["2019-01-01", "2023-08-01"] {
        let run = zice_fed(
            &["assess", "--policy", "tech-sme", "--as-of", day, "-"],
            some_company().as_bytes(),
        );
        assert_eq!(run.json()["policy"]["edition"], "2023", "{day}");
    }
}

#[test]
fn the_day_on_the_command_line_comes_before_the_one_in_the_file() {
    let asked = zice_fed(
        &["assess", "--policy", "tech-sme@2023", "-", "--as-of", "2023-05-06"],
        some_company().as_bytes(),
    );
    assert_eq!(asked.json()["as_of"], "2023-05-06");
    assert_eq!(assess(some_company()).json()["as_of"], "2023-08-01");
}

#[test]
fn last_year_is_counted_from_the_day_of_application() {
    let both = company(json!({ "revenue": { "2021": "1", "2022": "300000000" } })).to_string();
    let status = |day: &str| {
        let arguments = ["assess", "--policy", "tech-sme@2023", "--as-of", day, "-"];
        let report = zice_fed(&arguments, both.as_bytes()).json();
        let criteria = report["criteria"].as_array().expect("criteria").clone();
        let size = criteria.into_iter().find(|one| one["id"] == "size_revenue");
        size.expect("the criterion")["status"].clone()
    };
    assert_eq!(status("2022-08-01"), "met");
    assert_eq!(status("2023-08-01"), "not_met");
}

#[test]
fn a_company_that_names_no_day_applies_today() {
    let before = ZonedDateTime::now().date().to_string();
    let run = assess(json!({ "schema": "zice.company/1", "facts": {} }));
    let after = ZonedDateTime::now().date().to_string();
    let day = run.json()["as_of"].as_str().expect("a day").to_owned();
    assert!(day == before || day == after, "{before} {day} {after}");
}

#[test]
fn a_day_that_does_not_exist_is_a_usage_error() {
    for day in ["2023-02-30", "20230101", "gestern", ""] {
        let run = zice(["assess", "--as-of", day, "-"]);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("--as-of"), "{run:?}");
    }
}

#[test]
fn an_unknown_policy_is_named_beside_those_there_are() {
    let file = file("a.json", some_company());
    for policy in ["tech-smee", "tech-sme@1999"] {
        let path = file.path.to_str().expect("a plain path");
        zice(["assess", "--policy", policy, path]).refused(&[policy, "tech-sme@2023"]);
    }
}

#[test]
fn reports_speak_the_language_that_was_asked_for() {
    let title = |lang: &str| {
        let arguments = ["assess", "--policy", "tech-sme", "--lang", lang, "-"];
        zice_fed(&arguments, some_company().as_bytes()).json()["criteria"][0]["title"].clone()
    };
    assert_eq!(title("zh"), "居民企业");
    assert_eq!(title("en"), "Resident enterprise");
    assert_eq!(zice(["assess", "--lang", "fr", "-"]).status, Some(2));
}

#[test]
fn a_fact_nobody_knows_is_kept_as_a_warning() {
    let report = assess(company(json!({ "sme_staff_totl": 5 }))).json();
    let warnings = report["warnings"].as_array().expect("warnings").clone();
    let found = warnings.iter().find(|one| one["code"] == "unknown_fact").expect("the warning");
    assert!(found["text"].as_str().is_some_and(|text| text.contains("sme_staff_totl")));
}

#[test]
fn null_is_the_same_as_not_given() {
    let null = assess(company(json!({ "sme_staff_total": null, "revenue": { "2022": null } })));
    assert_eq!(null.json(), assess(company(json!({}))).json());
}

#[test]
fn a_wrong_fact_is_named_with_its_place_in_both_languages() {
    let wrong = company(json!({ "revenue": { "2022": "viel" } })).to_string();
    let file = file("公司.json", &wrong);
    let path = file.path.to_str().expect("a plain path");
    zice(["assess", path]).refused(&["公司.json", "facts.revenue.2022", "不是数字"]);
    zice(["assess", path, "--lang", "en"]).refused(&["facts.revenue.2022", "not a decimal number"]);
}

#[test]
fn several_wrong_facts_stand_in_one_message() {
    let wrong = company(json!({ "revenue": { "2022": "viel" }, "sme_staff_total": -1, "ip": 3 }));
    assess(wrong).refused(&["facts.revenue.2022", "facts.sme_staff_total", "facts.ip"]);
}

#[test]
fn of_very_many_wrong_facts_the_first_ones_are_named_and_the_rest_counted() {
    let years: serde_json::Map<String, Value> =
        (2000..2050).map(|year| (year.to_string(), json!("viel"))).collect();
    let run = assess(company(json!({ "revenue": years })));
    run.refused(&["facts.revenue.2000", "另有 40 处"]);
    assert!(run.stderr.lines().count() < 15, "{run:?}");
}

#[test]
fn a_contradiction_is_refused_by_name() {
    let wrong = company(json!({ "sme_staff_total": 10, "sme_staff_tech": 11 }));
    assess(wrong).refused(&["facts.sme_staff_tech"]);
}

#[test]
fn a_resident_enterprise_is_no_partnership_and_both_are_named() {
    for kind in ["partnership", "sole_proprietorship", "individual_business"] {
        let facts =
            |resident: Value| json!({ "resident_enterprise": resident, "entity_kind": kind });
        let run = assess(company(facts(json!(true))));
        run.refused(&["facts.resident_enterprise", "居民企业", "主体类型"]);
        for resident in [json!(false), json!(null)] {
            assert_eq!(assess(company(facts(resident))).status, Some(0), "{kind}");
        }
    }
    let branch = json!({ "resident_enterprise": true, "entity_kind": "branch" });
    assert_eq!(assess(company(branch)).status, Some(0));
}

#[test]
fn an_object_under_the_parsers_own_key_is_no_number() {
    let key = "$serde_json::private::Number";
    for key in [key.to_owned(), key.replace('$', "\\u0024"), key.replace('N', "\\u004e")] {
        let text = company(json!({ "sme_staff_total": "HERE", "ip": [{ "granted_on": 1 }] }));
        let text = text.to_string().replace("\"HERE\"", &format!("{{\"{key}\":\"5\"}}"));
        assess(text).refused(&["facts.sme_staff_total", "facts.ip[0].granted_on"]);
    }
}

#[test]
fn a_list_has_a_most_number_of_entries_and_a_fact_of_years() {
    let list = |id: &str, count: usize| assess(company(json!({ id: vec![json!({}); count] })));
    assert_eq!(list("materials", 10_000).status, Some(0));
    list("materials", 10_001).refused(&["facts.materials", "10000"]);
    list("ip", 10_001).refused(&["facts.ip", "10000"]);
    let years = |count: i32| {
        let years = (1000..1000 + count).map(|year| (year.to_string(), json!("1")));
        let years: serde_json::Map<String, Value> = years.collect();
        assess(company(json!({ "rd_expense_hnte": years, "rd_expense_hnte_domestic": years })))
    };
    assert_eq!(years(1_000).status, Some(0));
    years(1_001).refused(&["facts.rd_expense_hnte:", "facts.rd_expense_hnte_domestic:", "1000"]);
    // Each of the 1000 years has a contradiction, so neither figure can be
    // used.
    let all = |sum: &str| {
        let years = (1000..2000).map(|year| (year.to_string(), json!(sum)));
        Value::Object(years.collect())
    };
    let run = assess(company(json!({
        "rd_expense_hnte": all("1"), "rd_expense_hnte_domestic": all("2"),
    })));
    run.refused(&["1000 处不能使用", "facts.rd_expense_hnte_domestic.1000"]);
}

#[test]
fn an_upside_down_range_and_an_empty_one_are_refused_by_name() {
    let range = |range: Value| assess(company(json!({ "total_assets": { "2022": range } })));
    range(json!({ "min": 2, "max": 1 })).refused(&["facts.total_assets.2022"]);
    range(json!({})).refused(&["facts.total_assets.2022"]);
    assert_eq!(range(json!({ "min": 1, "max": 1 })).status, Some(0));
}

#[test]
fn another_schema_or_none_is_refused() {
    assess(json!({ "schema": "zice.company/2", "facts": {} })).refused(&["schema"]);
    assess(json!({ "facts": {} })).refused(&["schema"]);
}

#[test]
fn a_syntax_error_is_shown_by_file_line_and_column_in_characters() {
    let file = file("a.json", "{\"schema\": \"zice.company/1\",\n  \"名称\": }");
    let path = file.path.to_str().expect("a plain path");
    zice(["assess", path]).refused(&["a.json:2:9: 不是有效的 JSON"]);
    zice(["assess", path, "--lang", "en"]).refused(&["a.json:2:9: not valid JSON"]);
}

#[test]
fn an_empty_or_cut_off_file_is_refused() {
    zice_fed(&["assess", "-"], b"").refused(&["标准输入", "JSON"]);
    assess("{\"schema\": \"zice.company/1\",\n").refused(&["JSON", ":2:1"]);
    assess("{\"schema\": \"zice.company/1\"").refused(&["JSON", ":1:27"]);
    let whole = some_company();
    assess(format!("{whole} {whole}")).refused(&["JSON"]);
}

#[test]
fn a_file_that_can_not_be_read_is_named() {
    zice(["assess", "/nowhere/公司.json"]).refused(&["/nowhere/公司.json"]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a plain path");
    zice(["assess", path]).refused(&[path]);
}

#[test]
fn a_byte_order_mark_is_accepted_and_other_encodings_are_not() {
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(some_company().bytes());
    let run = zice_fed(&["assess", "--policy", "tech-sme@2023", "-"], &marked);
    assert_eq!(run.json(), assess(some_company()).json());
    zice_fed(&["assess", "-"], b"{\n\"name\": \"\xb9\xab\xcb\xbe\"}").refused(&[":2:10", "UTF-8"]);
}

#[test]
fn output_that_can_not_be_written_is_an_error() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let file = file("a.json", some_company());
    let run = finish(command().arg("assess").arg(&file.path).stdout(full));
    run.refused(&["写不出结果"]);
}

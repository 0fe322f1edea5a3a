//! Tests the names under which facts, fields and choices are found in pasted
//! tables.

use std::path::PathBuf;

use zice_policy::Library;

const FACTS: &str = include_str!("facts.toml");

/// The mistakes in the dictionary after replacing `old` by `new`.
pub fn wrong(old: &str, new: &str) -> Vec<String> {
    assert!(FACTS.contains(old), "{old}");
    errors(FACTS.replacen(old, new, 1))
}

/// The mistakes in a dictionary.
fn errors(facts: String) -> Vec<String> {
    let sources = "schema = \"zice.sources/1\"\nsource = []\n".to_owned();
    let texts = [("facts.toml", facts), ("sources.toml", sources)];
    match Library::from_texts(texts.map(|(path, text)| (PathBuf::from(path), text))) {
        Ok(_) => Vec::new(),
        Err(error) => error.diagnostics().iter().map(ToString::to_string).collect(),
    }
}

const DESIGN: &str = "en = \"design\"\n";
const LABEL: &str = "label = { zh = \"名称\", en = \"label\" }\n";

#[test]
fn a_field_and_a_choice_may_go_by_other_names() {
    let design = format!("{DESIGN}aliases = [\"外观设计\", \"{{企业名称}}\"]\n");
    assert_eq!(wrong(DESIGN, &design), [""; 0]);
    let label = format!("{LABEL}aliases = [\"专利名称\"]\n");
    assert_eq!(wrong(LABEL, &label), [""; 0]);
}

#[test]
fn one_name_does_not_stand_for_two_however_it_is_spelled() {
    for (old, alias) in [(DESIGN, " 发 明 "), (DESIGN, "Invention"), (LABEL, "“类别”：")] {
        let found = wrong(old, &format!("{old}aliases = [\"{alias}\"]\n"));
        assert!(found.iter().any(|it| it.contains("都叫")), "{alias}: {found:?}");
    }
}

#[test]
fn an_alias_says_something_new() {
    for alias in ["[\"外观\"]", "[\"外观设计\", \"外观 设计\"]"] {
        let found = wrong(DESIGN, &format!("{DESIGN}aliases = {alias}\n"));
        assert!(found.iter().any(|it| it.contains("已经是它的名称")), "{alias}: {found:?}");
    }
}

const STAFF: &str = "name = \"职工总数\"\n";
const AWARDS: &str = "name = \"获奖次数\"\n";
const RESIDENT: &str = "name = \"居民企业\"\n";

/// Asserts that the dictionary is refused with these words once `more` follows
/// `old`.
fn refused(old: &str, more: &str, because: &str) {
    let found = wrong(old, &format!("{old}{more}\n"));
    assert!(found.iter().any(|it| it.contains(because)), "{more}: {found:?}");
}

#[test]
fn one_name_does_not_stand_for_two_facts() {
    refused(STAFF, "aliases = [\"获奖 次数\"]", "应写进双方的 ask");
    // A name that is only asked about may belong to several facts.
    let both = FACTS.replacen(AWARDS, &format!("{AWARDS}ask = [\"人数\"]\n"), 1);
    let both = both.replacen(STAFF, &format!("{STAFF}ask = [\"人数\"]\n"), 1);
    assert_ne!(both, FACTS);
    assert_eq!(errors(both), [""; 0]);
}

#[test]
fn a_look_alike_is_no_alias_and_stands_there_once() {
    refused(STAFF, "aliases = [\"员工数\"]\nask = [\"员工 数\"]", "既可直接取数又要先问");
    refused(STAFF, "ask = [\"员工数\", \"员工数：\"]", "写了两次");
    refused(DESIGN, "ask = [\"发明\"]", "另一选项的名称");
    // The fact's own name may be too general for tables.
    assert_eq!(wrong(STAFF, &format!("{STAFF}ask = [\"职工总数\"]\n")), [""; 0]);
}

#[test]
fn names_are_written_bare_and_not_empty() {
    for name in ["三、员工数", "（一）员工数", "1.员工数"] {
        refused(STAFF, &format!("aliases = [\"{name}\"]"), "不要写序号");
    }
    for key in ["aliases", "ask"] {
        refused(STAFF, &format!("{key} = [\"——\"]"), "空的名称");
    }
}

#[test]
fn words_of_cells_are_yes_or_no_or_asked() {
    let words = "yes_words = [\"在岸\"]\nno_words = [\"离岸\"]\nask_words = [\"两岸\"]";
    assert_eq!(wrong(RESIDENT, &format!("{RESIDENT}{words}\n")), [""; 0]);
    refused(RESIDENT, "yes_words = [\"在岸\"]\nno_words = [\"在 岸\"]", "写了两次");
    refused(RESIDENT, "yes_words = [\"在岸\"]\nask_words = [\"在岸\"]", "写了两次");
    refused(STAFF, "yes_words = [\"多\"]", "只有是非题");
}

const REVENUE: &str = "definition = { zh = \"销售收入。\", en = \"revenue.\" }\nyearly = true\n";

#[test]
fn parts_make_a_figure() {
    let part = |more: &str| format!("\n[[fact.part]]\n{more}\n");
    let good =
        part("aliases = [\"主营\"]") + &part("aliases = [\"退货\"]\nminus = true\noptional = true");
    assert_eq!(wrong(REVENUE, &format!("{REVENUE}{good}")), [""; 0]);
    refused(REVENUE, &part("aliases = [\"主营\"]\noptional = true"), "用不上");
    refused(REVENUE, &part("aliases = []"), "没有名称");
    refused(REVENUE, &part("aliases = [\"销售收入\"]"), "写了两次");
    refused(REVENUE, &part("aliases = [\"主营\"]\nwithin = [\"主营\"]"), "写了两次");
    let resident = "definition = { zh = \"居民企业。\", en = \"resident.\" }\n";
    refused(resident, &part("aliases = [\"主营\"]"), "用不上");
}

#[test]
fn a_head_of_a_column_is_about_one_year() {
    let schema = "schema = \"zice.facts/1\"\n";
    let columns = |more: &str| format!("[columns]\nclosing = [\"期末\"]\n{more}");
    assert_eq!(wrong(schema, &format!("{schema}{}\n", columns("opening = [\"年初\"]"))), [""; 0]);
    refused(schema, &columns("opening = [\"期 末\"]"), "写了两次");
    refused(schema, &columns("middle = [\"年中\"]"), "unknown field");
}

#[test]
fn what_a_name_implies_of_another_field_can_be_said_there() {
    let implies = |field: &str, value: &str| {
        format!(
            "implies = [{{ aliases = [\"涉案外观\"], field = \"{field}\", value = \"{value}\" }}]"
        )
    };
    for value in ["true", "false", "null"] {
        let more = implies("disputed", value);
        assert_eq!(wrong(DESIGN, &format!("{DESIGN}{more}\n")), [""; 0], "{value}");
    }
    for (field, value) in
        [("disputed", "perhaps"), ("nothing", "null"), ("kind", "invention"), ("label", "x")]
    {
        refused(DESIGN, &implies(field, value), "implies 的字段或取值不对");
    }
    refused(DESIGN, &implies("disputed", "true").replace("涉案外观", "发明"), "都叫");
    refused(DESIGN, &implies("disputed", "true").replace("涉案外观", "外观"), "已经是它的名称");
}

//! Tests `zice table`: the encodings it reads, and the files it refuses.

use serde_json::{Value, json};

use crate::run::{file, zice};

const NAME: &str = "湖州示例科技有限公司";

const CASES: [&str; 12] = [
    "b1b-patsnap",
    "b1c-owner",
    "b1c-rejected",
    "b2-software",
    "b3-hnte-ip",
    "b4-balance-sheet",
    "b5-income",
    "b6-a107012",
    "b7-sme-form",
    "b8a-unit",
    "b8h-period",
    "b8m-wan",
];

fn case(name: &str) -> String {
    format!("{}/../zice-tables/tests/cases/{name}.tsv", env!("CARGO_MANIFEST_DIR"))
}

fn facts(path: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["table", "--as-of", "2023-06-01", "--name", NAME];
    arguments.extend(more);
    arguments.push(path);
    let run = zice(arguments);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{path}");
    run.json()["company"]["facts"].clone()
}

#[test]
fn every_case_becomes_a_company_that_can_be_assessed() {
    for name in CASES {
        let run = zice(["table", "--as-of", "2023-06-01", "--name", NAME, &case(name)]);
        assert_eq!(run.status, Some(0), "{name}");
        let table = run.json();
        assert_eq!(table["schema"], "zice.table/1");
        assert_eq!(table["company"]["schema"], "zice.company/1");
        assert_ne!(table["company"]["facts"], json!({}), "{name}");
        let company = file("company.json", table["company"].to_string());
        let path = company.path.to_str().expect("a path");
        let assessed = zice(["assess", "--as-of", "2023-06-01", path]);
        assert_eq!(assessed.status, Some(0), "{name}: {}", assessed.stderr);
    }
}

#[test]
fn a_file_is_read_in_whatever_encoding_and_form_it_was_saved() {
    let text =
        "单位：万元,,\n项目,2022年度,\"2021,年度\"\n\"营业收入\",\"2,157.73\",1830\n净利润,-3.5,\n";
    let tabs = "单位：万元\t\t\r\n项目\t2022年度\t2021,年度\r\n营业收入\t2,157.73\t1830\r\n净利润\t-3.5\t\r\n";
    let expected = json!({
        "revenue": { "2022": "21577300", "2021": "18300000" }, "net_profit": { "2022": "-35000" },
    });
    for (name, text) in [("a.csv", text), ("a.txt", tabs)] {
        let text = text.replace("2021,年度", "2021年度");
        let wide = |big: bool| {
            let units = text.encode_utf16();
            units
                .flat_map(|it| if big { it.to_be_bytes() } else { it.to_le_bytes() })
                .collect::<Vec<u8>>()
        };
        let (gb, _, lost) = encoding_rs::GB18030.encode(&text);
        assert!(!lost);
        for (encoding, bytes) in [
            ("UTF-8", text.clone().into_bytes()),
            ("UTF-8 with a mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("GB18030", gb.to_vec()),
            ("UTF-16 LE with a mark", [b"\xff\xfe".to_vec(), wide(false)].concat()),
            ("UTF-16 BE with a mark", [b"\xfe\xff".to_vec(), wide(true)].concat()),
            ("UTF-16 LE", wide(false)),
            ("UTF-16 BE", wide(true)),
        ] {
            let saved = file(name, &bytes);
            assert_eq!(
                facts(saved.path.to_str().expect("a path"), &[]),
                expected,
                "{name} {encoding}"
            );
        }
    }
    let semicolons = file("b.csv", "项目;2022年度\n营业收入;1,5\n净利润;7\n");
    let semicolons = facts(semicolons.path.to_str().expect("a path"), &[]);
    assert_eq!(semicolons, json!({ "net_profit": { "2022": "7" } }), "1,5 is asked");
}

#[test]
fn what_is_looked_for_and_the_unit_can_be_said() {
    let form = case("b7-sme-form");
    assert_eq!(facts(&form, &["--figures"]).get("ip"), None);
    assert_eq!(facts(&form, &["--list", "ip"]).as_object().expect("facts").len(), 1);
    let period = facts(&case("b8h-period"), &["--unit", "万元"]);
    assert_eq!(period, json!({ "revenue": { "2022": "215772937600", "2021": "183000000000" } }));
    let wan = facts(&case("b8m-wan"), &["--unit", "元"]);
    assert_eq!(wan["revenue"]["2022"], "21577300", "what the table says goes before");
    zice(["table", "--list", "revenue", &form]).refused(&["--list revenue", "ip"]);
    assert_eq!(zice(["table", "--list", "ip", "--figures", &form]).status, Some(2));
}

#[test]
fn only_what_is_no_text_table_is_refused() {
    for bytes in [
        &b"PK\x03\x04\x14\x00\x06\x00"[..],
        b"%PDF-1.7\x01\x02",
        b"\x81\xff\xff",
        b"",
        b" \r\n\t\n",
    ] {
        let saved = file("x.xlsx", bytes);
        zice(["table", saved.path.to_str().expect("a path")]).refused(&["x.xlsx"]);
    }
    let nothing = file("x.txt", "甲\t乙\n丙\t丁\n");
    let run = zice(["table", nothing.path.to_str().expect("a path")]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    let table = run.json();
    assert_eq!(table["company"]["facts"], json!({}));
    assert_eq!(table["unclear"].as_array().expect("rows").len(), 2);
    assert_eq!(table["unit"], Value::Null);
    zice(["table", "nowhere.tsv"]).refused(&["nowhere.tsv"]);
}

//! Policy files that were changed at random: the compiler neither panics nor goes
//! on for ever, and what it takes can be worked with.

use zice_report::Report;
use zice_rules::{Company, Date, Lang, assess};
use zice_testing::fuzz::Target;

use crate::{
    properties::{entries, everything},
    world::{item, load, text},
};

#[test]
fn a_policy_file() {
    let beside = [
        item("caution", "c", &format!("when = \"获奖次数 > 1\"\n{}", text("text", "小心"))),
        item("benefit", "b", &text("text", "十万元")),
        item("milestone", "m", &format!("date = \"2023-06-30\"\n{}", text("what", "申报"))),
        item("open_point", "o", &text("text", "未定")),
    ];
    let target = Target {
        name: "policy",
        seeds: vec![format!("{}{}", everything(), beside.concat()), entries()],
        tokens: &[
            "[[criterion]]\n",
            "[[criterion.basis]]\n",
            "when = \"真\"\n",
            "extends = \"demo@2023\"\n",
            "id = \"a\"\n",
            "kind = \"gate\"\n",
            "bands = { \"1%\" = 1 }\n",
            "year = 2023\n",
            "计数(知识产权, 真)",
            "[去年]",
            "[近三年]",
            "remove = [\"a\"]\n",
            "{ zh = \"\", en = \"\" }",
            "'''",
            "\"\"\"",
            "= 1979-05-27\n",
        ],
    };
    let day = Date::parse("2023-08-01").expect("a day");
    target.run(|text| match load(&[("demo/2023.toml", text.to_owned())]) {
        Ok(library) => {
            library.check();
            let blank = Company::blank(&library.dictionary, day);
            for policy in &library.policies {
                let Ok(found) = assess(policy, &blank) else { continue };
                for lang in [Lang::Zh, Lang::En] {
                    drop(Report::new(&found, &library.dictionary, lang));
                }
            }
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            error.diagnostics().iter().for_each(|it| drop(it.to_string()));
            false
        }
    });
}

#[test]
fn braces_without_end_are_refused_before_they_are_read() {
    for (open, close) in [("{", ""), ("[", ""), ("{a=", ""), ("{a=", "}")] {
        let deep = format!("year = {}1{}\n", open.repeat(20_000), close.repeat(20_000));
        let refused = load(&[("demo/2023.toml", deep)]).expect_err("too deep").to_string();
        assert!(refused.contains("嵌套过深"), "{refused}");
    }
    let text = everything();
    assert!(load(&[("demo/2023.toml", text)]).is_ok(), "what is written by people is not");
}

//! Files of companies and policies that were changed at random: nothing that
//! reads them panics or goes on for ever, and what is read can be worked with.

mod harness;
mod oracle;

use std::{fs, path::Path, path::PathBuf, sync::LazyLock};

use harness::{invented::COMPANIES, library};
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{Company, Date, Lang, Policy, assess};
use zice_testing::fuzz::Target;

static LIBRARY: LazyLock<Library> = LazyLock::new(library);

/// A day of application for files that name none.
fn today() -> Date {
    Date::parse("2026-01-01").expect("a day")
}

/// Everything that is done with a company under a policy; whether there is a
/// verdict.
fn work(policy: &Policy, company: &Company) -> bool {
    let Ok(found) = assess(policy, company) else { return false };
    let asked = found.questions().map(|it| it.len());
    let reports = [Lang::Zh, Lang::En].map(|lang| Report::new(&found, &LIBRARY.dictionary, lang));
    asked.is_ok() && reports.iter().all(Result::is_ok)
}

#[test]
fn a_company_file() {
    let target = Target {
        name: "company",
        seeds: COMPANIES.iter().map(ToString::to_string).collect(),
        tokens: &[
            "\"facts\"",
            "\"as_of\"",
            "{\"min\":1}",
            "{\"min\":2,\"max\":1}",
            "{\"max\":null}",
            "\"2022\":",
            "\"zice.company/1\"",
            "[{}]",
            "\"ip\":[{}],",
            "\"ip_complete\":true,",
            "\"status\":null,",
            "999999999999999.999999",
            "1e-7",
            "\"9999-12-31\"",
            "\"0001-01-01\"",
            "-2023",
            "\"\\ud800\"",
        ],
    };
    target.run(|text| {
        let Ok((company, problems)) = Company::from_json(text, &LIBRARY.dictionary, today()) else {
            return false;
        };
        // What has problems is worked with, too: the page shows what is left.
        // The length decides under which, so that an input is always read the
        // same way.
        work(&LIBRARY.policies[text.len() % LIBRARY.policies.len()], &company);
        problems.iter().for_each(|it| drop(it.to_string()));
        problems.is_empty()
    });
}

#[test]
fn a_compiled_policy() {
    let target = Target {
        name: "compiled",
        seeds: LIBRARY.policies.iter().map(|it| serde_json::to_string(it).expect("JSON")).collect(),
        tokens: &[
            "\"when\":0",
            "\"code\":\"",
            ";",
            ";;;;;",
            "=",
            "_",
            "\"formulas\":[",
            "{\"b\":true}",
            "{\"n\":\"1\"}",
            "\"tables\":{}",
            "4294967295",
            "18446744073709551616",
            "\"bands\":[]",
            "\"each\":\"ip\",",
        ],
    };
    let company = Company::from_value(&COMPANIES[0], &LIBRARY.dictionary, today()).0;
    let blank = Company::blank(&LIBRARY.dictionary, today());
    target.run(|text| {
        let Ok(policy) = Policy::from_json(text, &LIBRARY.dictionary) else { return false };
        work(&policy, &company);
        work(&policy, &blank);
        let written = serde_json::to_string(&policy).expect("JSON");
        let again = Policy::from_json(&written, &LIBRARY.dictionary);
        let again = again.unwrap_or_else(|error| panic!("does not read back: {error}"));
        assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
        true
    });
}

/// A file of `policies/`.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies").join(name);
    fs::read_to_string(path).expect(name)
}

/// One edition is changed and compiled with the dictionary and the sources of
/// all, and its cases are run.
#[test]
fn a_policy_file() {
    let names =
        ["tech-sme/2023.toml", "hnte-zj/2023.toml", "aaa-zj/2023.toml", "new-material/2023.toml"];
    let target = Target {
        name: "policy",
        seeds: names.map(file).to_vec(),
        tokens: &[
            "[[criterion]]\n",
            "[[band]]\n",
            "when = \"真\"\n",
            "extends = \"tech-sme@2023\"\n",
            "id = \"a\"\n",
            "kind = \"gate\"\n",
            "points = [0, 100]\n",
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
    let shared = ["facts.toml", "sources.toml"].map(|name| (PathBuf::from(name), file(name)));
    target.run(|text| {
        let edition = (PathBuf::from("demo/2023.toml"), text.to_owned());
        let files = shared.iter().cloned().chain([edition]);
        match Library::from_texts(files) {
            Ok(library) => {
                library.check();
                let blank = Company::blank(&library.dictionary, today());
                for policy in &library.policies {
                    work(policy, &blank);
                }
                true
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                error.diagnostics().iter().for_each(|it| drop(it.to_string()));
                false
            }
        }
    });
}

//! Files of companies and compiled policies that were changed at random: nothing
//! that reads them panics or goes on for ever, and what is read can be worked with.

mod harness;
mod oracle;

use std::sync::LazyLock;

use harness::{invented::COMPANIES, library};
use zice_advice::Options;
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
    let dictionary = &LIBRARY.dictionary;
    let reports = [Lang::Zh, Lang::En].map(|lang| {
        let mut report = Report::new(&found, dictionary, lang)?;
        report.advise(&found, dictionary, lang, Options::default())
    });
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

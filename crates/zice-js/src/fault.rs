//! What goes wrong, as JavaScript is told.

use serde::Serialize;
use zice_rules::{Lang, Policy, company};

/// Why there is no answer; the members of the error that is thrown.
#[derive(Debug, Serialize)]
pub struct Fault {
    /// What the caller can do about it.
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// Every place of the company file that can't be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Place>,
    /// The policies that would have to be loaded, `id@edition`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

/// One place that can't be used.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The fact, if it is about one (`revenue`).
    pub fact: Option<String>,
    /// The exact place (`facts.revenue.2022.max`).
    pub path: String,
    /// What is wrong there.
    pub text: String,
}

impl Fault {
    /// A fault that is said by its message alone.
    pub const fn new(code: &'static str, message: String) -> Self {
        Self { code, message, problems: Vec::new(), policies: Vec::new() }
    }

    /// A file of the package that can't be used.
    pub fn asset(file: &str, what: &str) -> Self {
        Self::new("asset-corrupt", format!("{file}: {what}"))
    }

    /// A company that can't be used, in the words of the command line.
    pub fn company(fault: &company::Fault, lang: Lang) -> Self {
        let message = fault.in_file(lang.pick("企业文件", "company file"), lang);
        let problems = match fault {
            company::Fault::Facts(problems) => problems.as_slice(),
            _ => &[],
        };
        let place = |one: &company::Problem| Place {
            fact: one.fact.clone(),
            path: one.path.clone(),
            text: one.kind.text(lang),
        };
        Self { problems: problems.iter().map(place).collect(), ..Self::new(fault.code(), message) }
    }

    /// Figures that are too large to calculate with exactly.
    pub fn calculation(policy: &Policy, error: &zice_rules::Error) -> Self {
        Self::new("calculation", format!("{}: {error}", policy.address()))
    }

    /// Policies that there are, but that were not loaded.
    pub fn not_loaded(policies: Vec<String>, lang: Lang) -> Self {
        let list = policies.join(", ");
        let message = match lang {
            Lang::Zh => format!("尚未载入 {list}：请写进 load({{ policies: […] }})"),
            Lang::En => format!("not loaded: {list}; name it in load({{ policies: […] }})"),
        };
        Self { policies, ..Self::new("not-loaded", message) }
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        serde_json::to_string(&fault).unwrap_or(fault.message)
    }
}

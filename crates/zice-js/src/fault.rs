//! Describes what went wrong, in the form that JavaScript receives.

use serde::Serialize;
use zice_rules::{Lang, company};

/// The reason why there is no answer. Its fields become members of the error
/// that JavaScript throws.
#[derive(Debug, Serialize)]
pub struct Fault {
    /// The stable code that callers act on, such as `not-loaded`.
    pub code: &'static str,
    /// The message for people.
    pub message: String,
    /// Every place of the company file that can't be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Place>,
    /// Addresses (`id@edition`) of the policies that would have to be loaded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
}

/// One place of a company file that can't be used.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The id of the fact, if the place belongs to one (`revenue`).
    pub fact: Option<String>,
    /// The exact path (`facts.revenue.2022.max`).
    pub path: String,
    /// The message about this place.
    pub text: String,
}

impl Fault {
    /// A fault that has only a code and a message.
    pub const fn new(code: &'static str, message: String) -> Self {
        Self { code, message, problems: Vec::new(), policies: Vec::new() }
    }

    /// The fault for a file of the package that can't be used.
    pub fn asset(file: &str, what: &str) -> Self {
        Self::new("asset-corrupt", format!("{file}: {what}"))
    }

    /// The fault for a company file that can't be used, worded as on the
    /// command line.
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

    /// The fault for figures that are too large to calculate with exactly.
    pub fn calculation(policy: &str, error: &zice_rules::Error) -> Self {
        Self::new("calculation", format!("{policy}: {error}"))
    }

    /// The fault for policies that exist but were not loaded.
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

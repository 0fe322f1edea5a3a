//! Tests that every refusal has a code, the same as in the npm package and the
//! element (`docs/embedding-npm.md`). `tests/browser/refusals.test.mjs` tests
//! all three with more input.

use serde_json::json;

use crate::run::{company, zice_fed};

#[test]
fn every_refusal_names_its_code() {
    let staff = |json: &str| {
        format!(r#"{{"schema":"zice.company/1","facts":{{"sme_staff_total":{json}}}}}"#)
    };
    let large = company(json!({ "note": "n".repeat(4 << 20) })).to_string();
    for (text, policy, code) in [
        (large.as_str(), "tech-sme", "too-large"),
        ("{", "tech-sme", "company"),
        ("null", "tech-sme", "company"),
        ("[]", "tech-sme", "company"),
        ("{\"schema\":\"zice.company/2\"}", "tech-sme", "company"),
        (&staff("NaN"), "tech-sme", "company"),
        (&staff("Infinity"), "tech-sme", "company"),
        (&staff("\"many\""), "tech-sme", "company"),
        (&staff("1"), "nothing", "unknown-policy"),
        (&staff("1"), "tech-sme@1999", "unknown-policy"),
    ] {
        let shown = text.get(..80).unwrap_or(text);
        let run = zice_fed(&["assess", "--policy", policy, "-"], text.as_bytes());
        run.refused(&[&format!("zice: [{code}] ")]);
        if code != "unknown-policy" {
            let run = zice_fed(&["assess", "--policy", policy, "--jsonl", "-"], text.as_bytes());
            assert_eq!(run.status, Some(2), "{shown}");
            assert_eq!(run.json_lines()[0]["code"], code, "{shown}");
        }
    }
}

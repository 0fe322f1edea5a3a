//! Assesses a company by every policy that is asked about.

use zice_advice::Options;
use zice_policy::Library;
use zice_report::Report;
use zice_rules::{Company, Date, Lang, assess, company, policy::Selection};

use crate::{
    brief::{Asked, Memory, Row},
    fault::Fault,
    form::{Answer, Form},
};

/// Assesses companies; holds what is the same for every company of a run.
pub struct Assessor<'a> {
    /// The policies that are asked about.
    pub selection: Selection<'a, Asked<'a>>,
    /// The dictionary and all policies.
    pub library: &'a Library,
    /// The day of application given by `--as-of`, which overrides that of the
    /// file.
    pub as_of: Option<Date>,
    /// The day of application of a company that names none.
    pub today: Date,
    /// Whether reports have advice and margins.
    pub advises: bool,
    /// The language of reports and messages.
    pub lang: Lang,
}

impl<'a> Assessor<'a> {
    /// Assesses the company on this line of the input.
    pub fn answer(
        &self,
        form: Form,
        line: u64,
        bytes: &[u8],
        memory: &mut Memory<'a>,
    ) -> Result<Answer<'a>, Fault> {
        let mut company =
            company::read(bytes, &self.library.dictionary, self.today).map_err(Fault::Company)?;
        if let Some(day) = self.as_of {
            company.as_of = day;
        }
        if form != Form::Reports {
            let rows = self.each(&company, |asked| Row::new(asked, &company, line, memory));
            return rows.map(Answer::Rows);
        }
        let mut reports = self.each(&company, |asked| {
            let found = assess(asked.policy, &company)?;
            let dictionary = &self.library.dictionary;
            let mut report = Report::new(&found, dictionary, self.lang)?;
            if self.advises {
                report.advise(&found, dictionary, self.lang, Options::default())?;
            }
            Ok(report)
        })?;
        match reports.pop() {
            Some(report) if self.selection.single => Ok(Answer::One(Box::new(report))),
            last => {
                reports.extend(last);
                Ok(Answer::Many(reports))
            }
        }
    }

    /// Calls `say` for each policy asked, in the edition for the company's day.
    fn each<T>(
        &self,
        company: &Company,
        mut say: impl FnMut(&'a Asked<'a>) -> Result<T, zice_rules::Error>,
    ) -> Result<Vec<T>, Fault> {
        self.selection
            .on(company.as_of)
            .map(|asked| say(asked).map_err(|error| Fault::Engine(asked.policy.address(), error)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use zice_policy::Library;
    use zice_rules::{Date, Lang, policy::Selection};

    use super::{Answer, Asked, Assessor, Form, Memory};

    const RATIO: &str = "研发费用[去年] / 销售收入[去年]";

    /// The shared files of the test policies, together with these editions.
    fn library(editions: &[(&str, String)]) -> Library {
        let shared = [
            ("facts.toml", include_str!("../tests/policies/facts.toml").to_owned()),
            ("sources.toml", include_str!("../tests/policies/sources.toml").to_owned()),
        ];
        let texts = shared.iter().chain(editions);
        let texts = texts.map(|(path, text)| (PathBuf::from(path), text.clone()));
        Library::from_texts(texts).expect("the policies of the tests are right")
    }

    fn edition(year: &str) -> String {
        include_str!("../tests/policies/demo/2023.toml")
            .replace("edition = \"2023\"", &format!("edition = \"{year}\""))
            .replace("year = 2023", &format!("year = {year}"))
    }

    fn asked(library: &Library) -> Vec<Asked<'_>> {
        library.policies.iter().map(|policy| Asked::new(policy).expect("a program")).collect()
    }

    fn assessor<'a>(library: &'a Library, asked: &'a [Asked<'a>], typed: &[&str]) -> Assessor<'a> {
        let typed: Vec<String> = typed.iter().map(|&it| it.to_owned()).collect();
        Assessor {
            selection: Selection::new(asked, &typed, Lang::Zh).expect("known"),
            library,
            as_of: None,
            today: Date::parse("2023-08-01").expect("a date"),
            advises: true,
            lang: Lang::Zh,
        }
    }

    #[test]
    fn each_company_is_assessed_by_the_edition_of_its_own_day() {
        let editions = [("demo/2023.toml", edition("2023")), ("demo/2025.toml", edition("2025"))];
        let library = library(&editions);
        let asked = asked(&library);
        let assessor = assessor(&library, &asked, &["demo"]);
        for (day, expected) in
            [("\"2024-12-31\"", "2023"), ("\"2025-01-01\"", "2025"), ("null", "2023")]
        {
            let company = format!("{{\"schema\":\"zice.company/1\",\"as_of\":{day}}}");
            let memory = &mut Memory::default();
            match assessor.answer(Form::Reports, 1, company.as_bytes(), memory) {
                Ok(Answer::One(report)) => assert_eq!(report.policy.edition, expected, "{day}"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn figures_too_large_to_calculate_with_are_an_error_that_names_policy_and_criterion() {
        let overflowing = edition("2023")
            .replace(RATIO, &format!("({RATIO}) * ({RATIO}) * ({RATIO}) * ({RATIO})"));
        let library = library(&[("demo/2023.toml", overflowing)]);
        let company = r#"{"schema":"zice.company/1","facts":{
            "revenue":{"2022":"999999999999999.999998"},"rd":{"2022":"999999999999999.999997"}}}"#;
        let asked = asked(&library);
        for form in [Form::Reports, Form::Brief, Form::Csv] {
            let fault = assessor(&library, &asked, &[])
                .answer(form, 1, company.as_bytes(), &mut Memory::default())
                .expect_err("too large");
            let text = fault.in_file("a.json", Lang::Zh);
            let named = text.starts_with("a.json: demo@2023: ") && text.contains("intensity");
            assert!(named, "{text}");
        }
    }
}

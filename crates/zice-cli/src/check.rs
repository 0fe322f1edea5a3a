//! `zice check`: checks policy files and runs their golden cases.

use std::path::Path;

use zice_policy::{Check, Diagnostic, Library, Mutation, MutationLock};
use zice_rules::Lang;

use crate::{Outcome, args::CheckArgs, diagnostic, error::Error, output::Output, target::Target};

/// Runs `zice check`.
pub fn run(args: &CheckArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let typed = match folder {
        Some(folder) if args.paths.is_empty() => &[folder.to_path_buf()][..],
        _ => &args.paths,
    };
    let targets = Target::all(typed, lang)?;
    let mut page = Page { output: Output::open(), lang, colour: Output::takes_colour() };
    let mut right = true;
    for target in &targets {
        right &= match target.load(lang) {
            Ok(library) => {
                let checked = page.checked(target, &library)?;
                // Broken cases notice nothing.
                if args.mutate && checked {
                    page.mutated(target, &library, args.changed)?
                } else {
                    checked
                }
            }
            Err(Error::Policies(error)) if !error.diagnostics().is_empty() => {
                page.unusable(target, error.diagnostics())?;
                false
            }
            Err(error) => {
                page.output.flush()?;
                return Err(error);
            }
        };
    }
    page.output.flush()?;
    Ok(if right { Outcome::Done } else { Outcome::CheckFailed })
}

/// The report that the command writes.
struct Page {
    output: Output,
    lang: Lang,
    colour: bool,
}

impl Page {
    /// Reports files that can't be compiled, so that no golden case was run.
    fn unusable(&mut self, target: &Target, found: &[Diagnostic]) -> Result<(), Error> {
        let name = target.name(self.lang);
        let shown = self.diagnostics(target, found)?;
        let hidden = found.len() - shown;
        self.line(match self.lang {
            Lang::Zh => format!("{name}: {shown} 处错误，未运行案例"),
            Lang::En => format!("{name}: errors: {shown}; no case was run"),
        })?;
        if hidden > 0 {
            self.line(match self.lang {
                Lang::Zh => format!("其他文件还有 {hidden} 处错误，改正后才能运行案例"),
                Lang::En => {
                    format!("errors in other files: {hidden}; they keep the cases from being run")
                }
            })?;
        }
        Ok(())
    }

    /// Reports files that compile: failed golden cases, and what no case
    /// reaches. Returns whether all is well.
    fn checked(&mut self, target: &Target, library: &Library) -> Result<bool, Error> {
        let Check { cases, failures, uncovered } = library.check();
        let failed = self.diagnostics(target, &failures)?;
        let uncovered: Vec<&String> =
            uncovered.iter().filter(|line| target.concerns_policy(line)).collect();
        if !uncovered.is_empty() {
            let count = uncovered.len();
            self.line(match self.lang {
                Lang::Zh => format!("没有案例覆盖（{count}）："),
                Lang::En => format!("reached by no case ({count}):"),
            })?;
            for line in &uncovered {
                self.line(format!("  {line}"))?;
            }
        }
        let (name, policies, count) =
            (target.name(self.lang), library.policies.len(), uncovered.len());
        self.line(match self.lang {
            Lang::Zh => format!(
                "{name}: {policies} 个政策，{cases} 个案例；{failed} 处不符，{count} 项未覆盖"
            ),
            Lang::En => format!(
                "{name}: policies: {policies}; cases: {cases}; failures: {failed}; not covered: {count}"
            ),
        })?;
        Ok(failed == 0 && uncovered.is_empty())
    }

    /// Changes to the rules, and whether the cases notice them.
    fn mutated(
        &mut self,
        target: &Target,
        library: &Library,
        changed: bool,
    ) -> Result<bool, Error> {
        let mut right = true;
        let (lock, now) = (target.lock()?, MutationLock::of(library));
        let known = lock.clone().unwrap_or_default();
        let wanted = |policy: &str| {
            target.concerns_policy(policy) && !(changed && known.agrees(&now, policy))
        };
        if changed {
            let policies = library.policies.iter().map(|policy| policy.address());
            let passed = policies.filter(|it| target.concerns_policy(it) && !wanted(it)).count();
            self.line(match self.lang {
                Lang::Zh => format!("自上次通过后没有变化、不再改动的版本：{passed}"),
                Lang::En => format!("not mutated, as they last passed: {passed}"),
            })?;
        }
        for found in library.mutate(&wanted) {
            let Mutation { policy, changes, explained, unnoticed, needless } = found;
            for line in &unnoticed {
                self.line(match self.lang {
                    Lang::Zh => format!("  没有案例发现：{policy} {line}"),
                    Lang::En => format!("  noticed by no case: {policy} {line}"),
                })?;
            }
            for line in &needless {
                self.line(match self.lang {
                    Lang::Zh => format!("  不再需要的例外：{policy} {line}"),
                    Lang::En => format!("  exception no longer needed: {policy} {line}"),
                })?;
            }
            let missed = unnoticed.len();
            self.line(match self.lang {
                Lang::Zh => {
                    format!("{policy}: {changes} 处改动，{missed} 处未被发现，{explained} 处有说明")
                }
                Lang::En => format!(
                    "{policy}: changes: {changes}; unnoticed: {missed}; explained: {explained}"
                ),
            })?;
            right &= unnoticed.is_empty() && needless.is_empty();
        }
        // Nobody who has no such file gets one unasked.
        if right && (changed || lock.is_some()) {
            target.write_lock(&known.renewed(&now, &wanted))?;
        }
        Ok(right)
    }

    /// Shows the diagnostics that concern the target; returns their number.
    fn diagnostics(&mut self, target: &Target, found: &[Diagnostic]) -> Result<usize, Error> {
        let mut shown = 0;
        for one in found.iter().filter(|one| target.concerns(one)) {
            self.line(diagnostic::render(one, self.colour, self.lang))?;
            shown += 1;
        }
        Ok(shown)
    }

    fn line(&mut self, text: String) -> Result<(), Error> {
        self.output.text(&text)?;
        self.output.text("\n")
    }
}

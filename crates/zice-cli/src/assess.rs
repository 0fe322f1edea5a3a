//! `zice assess`: reads companies and writes reports or rows.

use std::{num::NonZeroUsize, path::Path, thread};

use zice_rules::{Lang, policy::Selection};

use crate::{
    Outcome,
    args::AssessArgs,
    assessor::Assessor,
    brief::{Asked, Memory},
    clock,
    error::Error,
    form::Form,
    input::Input,
    jsonl, library,
    output::Output,
};

/// Runs `zice assess`.
pub fn run(args: &AssessArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let form = Form::of(args, lang)?;
    let library = library::load(folder, lang)?;
    let asked = library.policies.iter().map(|policy| {
        Asked::new(policy).map_err(|error| Error::Input(format!("{}: {error}", policy.address())))
    });
    let asked = asked.collect::<Result<Vec<Asked<'_>>, Error>>()?;
    let assessor = Assessor {
        selection: Selection::new(&asked, &args.policies, lang)
            .map_err(|message| Error::Refused("unknown-policy", message))?,
        library: &library,
        as_of: args.as_of,
        // `--as-of` is used here only if the clock fails. Figures without a
        // year belong to the year before the file's own day, and `--as-of` must
        // not move them.
        today: clock::today(lang).or_else(|error| args.as_of.ok_or(error))?,
        advises: args.advice || !args.jsonl,
        lang,
    };
    let input = Input::open(&args.file, lang)?;
    if args.jsonl {
        return jsonl::run(&assessor, form, threads(args), input);
    }
    let name = input.name.clone();
    let answer = assessor
        .answer(form, 1, &input.whole()?, &mut Memory::default())
        .map_err(|fault| Error::Refused(fault.code(), fault.in_file(&name, lang)))?;
    let mut output = Output::open();
    match form {
        Form::Reports => output.json(&answer)?,
        Form::Brief | Form::Csv => {
            let mut rows = form.head().as_bytes().to_vec();
            form.write(&answer, &mut rows)?;
            output.bytes(&rows)?;
        }
    }
    output.flush()?;
    Ok(Outcome::Done)
}

/// The number of threads asked for, or else the number of processors.
fn threads(args: &AssessArgs) -> NonZeroUsize {
    let asked = args.threads.and_then(|count| NonZeroUsize::new(count.into()));
    let ours = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    asked.unwrap_or_else(ours)
}

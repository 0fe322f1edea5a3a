//! `zice advise`: tells what would make a company pass, and writes the company
//! file that follows.

use std::path::Path;

use serde_json::{Value, json};
use zice_advice::{Advice, Options, round};
use zice_report::{AdviceDocument, AdviceRequest, ChangeReport, Report, SeveralAdvice};
use zice_rules::{
    Company, Date, Dictionary, Lang, Policy, assess,
    company::{self, Answer},
    policy::{Horizon, Selection},
};

use crate::{
    Outcome,
    args::{AdviseArgs, HorizonArg},
    brief::Asked,
    clock,
    error::Error,
    input::Input,
    library,
    output::Output,
};

/// Runs `zice advise`.
pub fn run(args: &AdviseArgs, folder: Option<&Path>, lang: Lang) -> Result<Outcome, Error> {
    let library = library::load(folder, lang)?;
    let asked = library.policies.iter().map(|policy| {
        Asked::new(policy).map_err(|error| Error::Input(format!("{}: {error}", policy.address())))
    });
    let asked = asked.collect::<Result<Vec<Asked<'_>>, Error>>()?;
    let selection = Selection::new(&asked, &args.policies, lang)
        .map_err(|message| Error::Refused("unknown-policy", message))?;
    let today = clock::today(lang).or_else(|error| args.as_of.ok_or(error))?;
    let input = Input::open(&args.file, lang)?;
    let name = input.name.clone();
    let bytes = input.whole()?;
    let mut company = company::read(&bytes, &library.dictionary, today)
        .map_err(|fault| Error::Refused(fault.code(), fault.in_file(&name, lang)))?;
    if let Some(day) = args.as_of {
        company.as_of = day;
    }
    let policies: Vec<&Policy> = selection.on(company.as_of).map(|asked| asked.policy).collect();
    let fails = |(policy, error): (String, zice_rules::Error)| {
        Error::Refused("calculation", format!("{name}: {policy}: {error}"))
    };
    let known: Vec<&Policy> = library.policies.iter().collect();
    let request = request(args);
    let mut output = Output::open();
    match (policies.as_slice(), args.apply) {
        ([policy], Some(number)) => {
            let changed =
                apply_item(&bytes, &library.dictionary, today, policy, &company, (args, lang))
                    .map_err(|error| fails((policy.address(), error)))?;
            let changed = changed.ok_or_else(|| {
                let message = lang.pick("没有这一条建议", "there is no such item");
                Error::Refused("no-advice", format!("{name}: --apply {number}: {message}"))
            })?;
            output.json(&changed)?;
        }
        (_, Some(_)) => {
            let message =
                lang.pick("--apply 只能用于一项政策", "--apply is about one policy, not several");
            return Err(Error::Input(message.to_owned()));
        }
        ([policy], None) => {
            let (dictionary, known) = (&library.dictionary, &known);
            let told = AdviceDocument::new(policy, known, &company, dictionary, lang, request);
            output.json(&told.map_err(|error| fails((policy.address(), error)))?)?;
        }
        (policies, None) => {
            let (dictionary, known) = (&library.dictionary, &known);
            let told = SeveralAdvice::new(policies, known, &company, dictionary, lang, request);
            output.json(&told.map_err(fails)?)?;
        }
    }
    output.flush()?;
    Ok(Outcome::Done)
}

fn request(args: &AdviseArgs) -> AdviceRequest {
    let horizon = args.horizon.map(|it| match it {
        HorizonArg::This => Horizon::ThisRound,
        HorizonArg::Next => Horizon::NextRound,
    });
    AdviceRequest { options: Options { cushion: args.cushion }, horizon }
}

/// Returns the company file after the item that `--apply` names; `None` if there is
/// no such item.
fn apply_item(
    bytes: &[u8],
    dictionary: &Dictionary,
    today: Date,
    policy: &Policy,
    company: &Company,
    (args, lang): (&AdviseArgs, Lang),
) -> Result<Option<Value>, zice_rules::Error> {
    let found = assess(policy, company)?;
    let mut report = Report::new(&found, dictionary, lang)?;
    let advice = report.advise(&found, dictionary, lang, request(args).options)?;
    let number = args.apply.unwrap_or_default();
    let then = round(policy, company, dictionary, Horizon::NextRound);
    Ok(applied((bytes, today), dictionary, &then, &report, &advice, number))
}

/// Returns the company file after an item of the report, counted from 1. `then` is
/// the company as it stands in the next round.
fn applied(
    (bytes, today): (&[u8], Date),
    dictionary: &Dictionary,
    then: &Company,
    report: &Report,
    advice: &Advice,
    number: usize,
) -> Option<Value> {
    let at = number.checked_sub(1)?;
    let (item, told) = (advice.items.get(at)?, report.advice.get(at)?);
    let mut file: Value = serde_json::from_slice(bytes).ok()?;
    Company::write_by_year(&mut file, dictionary.bare(), today);
    file["as_of"] = json!(told.as_of);
    if item.horizon == Horizon::NextRound {
        carry_forward(&mut file, dictionary, item.as_of.year());
        stand_over(&mut file["facts"], dictionary, then);
    }
    for change in told.levers.iter().flat_map(|it| &it.changes) {
        apply(&mut file["facts"], change);
    }
    Some(file)
}

/// Writes the last figures a year later, as the engine takes them.
fn carry_forward(file: &mut Value, dictionary: &Dictionary, year: i32) {
    let (last, running) = ((year - 2).to_string(), (year - 1).to_string());
    for fact in dictionary.facts.iter().filter(|it| it.yearly && it.sides.is_empty()) {
        let Some(Value::Object(years)) = file["facts"].get_mut(&fact.id) else { continue };
        let unanswered = years.get(&running).is_none_or(Value::is_null);
        if let Some(figure) = years.get(&last).cloned().filter(|_| unanswered) {
            years.insert(running.clone(), figure);
        }
    }
}

/// Writes the answers that are others in the next round by time alone.
fn stand_over(facts: &mut Value, dictionary: &Dictionary, then: &Company) {
    let Some(facts) = facts.as_object_mut() else { return };
    let answers = dictionary.facts.iter().zip(&then.answers);
    for (fact, answer) in answers.filter(|(fact, _)| fact.next_round.is_some()) {
        let Some(written) = facts.get_mut(&fact.id).filter(|it| !it.is_null()) else { continue };
        match answer {
            Answer::Unknown => *written = Value::Null,
            Answer::Bool(yes) => *written = json!(yes),
            Answer::Number(range) => {
                if let Some(number) = range.as_exact() {
                    *written = figure(&number.to_decimal_or_ratio());
                }
            }
            _ => {}
        }
    }
}

fn apply(facts: &mut Value, change: &ChangeReport) {
    if let (Some((place, field)), Some(to)) = (change.fact.split_once("]."), &change.to) {
        let Some((list, entry)) = place.split_once('[') else { return };
        let entry = entry.parse().ok().and_then(|at: usize| facts[list].get_mut(at));
        if let Some(entry) = entry {
            entry[field] = json!(to);
        }
        return;
    }
    match (&change.to, &change.year) {
        (Some(to), Some(year)) => facts[&change.fact][year] = figure(to),
        (Some(to), None) => facts[&change.fact] = json!(to == "true"),
        (None, _) => {
            if let Some(entries) = facts[&change.fact].as_array_mut() {
                entries.extend(change.add.iter().cloned());
            }
        }
    }
}

/// A figure as a company file has it; an estimate is written `a..b`.
fn figure(text: &str) -> Value {
    let Some((min, max)) = text.split_once("..") else { return json!(text) };
    let mut range = serde_json::Map::new();
    for (name, end) in [("min", min), ("max", max)] {
        if !end.is_empty() {
            range.insert(name.to_owned(), json!(end));
        }
    }
    Value::Object(range)
}

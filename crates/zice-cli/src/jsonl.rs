//! `zice assess --jsonl`: assesses one company a line, in constant memory.

use std::num::NonZeroUsize;

use zice_rules::{Lang, company};

use crate::{
    Outcome,
    assessor::Assessor,
    brief::Memory,
    chunk::{Chunk, Chunks},
    error::Error,
    fault::Fault,
    form::Form,
    input::Input,
    output::Output,
    pipeline,
    progress::Progress,
};

/// The most bad lines whose numbers the closing message gives.
const NAMED: usize = 5;

/// The lines that could not be used.
#[derive(Debug, Default)]
struct BadLines {
    count: u64,
    /// The numbers of the first [`NAMED`] of them.
    first: Vec<u64>,
}

/// The answers to the lines of one chunk.
#[derive(Debug)]
struct Answers {
    bytes: Vec<u8>,
    bad: BadLines,
    /// The number of the chunk's last line.
    last: u64,
    /// The number of bytes of the input up to the chunk's end.
    position: u64,
    /// Whether to write the answers out at once, because somebody waits for
    /// them.
    waits: bool,
}

/// Answers the input line by line, in order. Bad lines are answered too, and
/// make the command fail at the end.
pub fn run(
    assessor: &Assessor<'_>,
    form: Form,
    threads: NonZeroUsize,
    input: Input,
) -> Result<Outcome, Error> {
    let progress = Progress::over(input.size);
    let mut chunks = Chunks::new(input.lines(), form.lines_at_once());
    let mut output = Output::open();
    let mut bad = BadLines::default();
    output.text(form.head())?;
    let write = |answers: Result<Answers, Error>| -> Result<(), Error> {
        let answers = answers?;
        output.bytes(&answers.bytes)?;
        if answers.waits {
            output.flush()?;
        }
        bad.append(answers.bad);
        progress.reach(answers.position, answers.last);
        Ok(())
    };
    let work = |chunk| answer(assessor, form, &chunk);
    let result = pipeline::in_order(threads, || chunks.next(), work, write);
    progress.clear();
    result.map_err(|error| {
        let what = assessor.lang.pick("开不了这么多线程", "so many threads can't be started");
        Error::Input(format!("--threads {threads}: {what}: {error}"))
    })??;
    output.flush()?;
    chunks.finish()?;
    if bad.count == 0 {
        return Ok(Outcome::Done);
    }
    Err(Error::Input(bad.message(chunks.name(), assessor.lang)))
}

/// Answers the lines of a chunk; blank lines are skipped.
fn answer(assessor: &Assessor<'_>, form: Form, chunk: &Chunk) -> Result<Answers, Error> {
    let mut answers = Answers {
        bytes: Vec::new(),
        bad: BadLines::default(),
        last: chunk.last(),
        position: chunk.position,
        waits: chunk.waits,
    };
    let mut memory = Memory::default();
    for (number, line) in chunk.lines() {
        let answered = match line {
            Some(line) if line.trim_ascii().is_empty() => continue,
            Some(line) => assessor.answer(form, number, line, &mut memory),
            None => Err(Fault::Company(company::Fault::TooLarge)),
        };
        match answered {
            Ok(answer) => form.write(&answer, &mut answers.bytes)?,
            Err(fault) => {
                answers.bad.add(number);
                form.write_bad(number, &fault, assessor.lang, &mut answers.bytes)?;
            }
        }
    }
    Ok(answers)
}

impl BadLines {
    fn add(&mut self, line: u64) {
        self.append(Self { count: 1, first: vec![line] });
    }

    /// Adds the bad lines of a later chunk.
    fn append(&mut self, next: Self) {
        self.count += next.count;
        let room = NAMED.saturating_sub(self.first.len());
        self.first.extend(next.first.into_iter().take(room));
    }

    fn message(&self, name: &str, lang: Lang) -> String {
        let first: Vec<String> = self.first.iter().map(u64::to_string).collect();
        let (count, first) = (self.count, first.join(", "));
        let all = usize::try_from(count).is_ok_and(|count| count == self.first.len());
        let more = if all { "" } else { ", …" };
        match lang {
            Lang::Zh => format!("{name}: {count} 行不能使用：第 {first}{more} 行"),
            Lang::En => format!("{name}: {count} bad line(s): line {first}{more}"),
        }
    }
}

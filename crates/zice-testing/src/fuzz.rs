//! Fuzzing by plain mutation: seeds are changed at random, and what reads them
//! must neither panic nor go on for ever.
//!
//! No coverage guides it, so that it needs neither a nightly compiler nor a
//! program of its own: it is a test like the others. `ZICE_FUZZ_SECONDS` says
//! how long a target is tried (a second without it, ten under `cargo xtask
//! test`), `ZICE_FUZZ_SEED` the number of the first input (0 without it). The
//! same number makes the same input as long as seeds and tokens are the same.

use std::{
    fmt::Display,
    fs::{self, File},
    io::{Seek as _, Write as _},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process,
    str::FromStr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// An input that takes longer is taken for one that never ends. Generous: a
/// busy machine must not be taken for a mistake.
const ENDLESS: Duration = Duration::from_secs(120);
/// No input grows beyond this.
const LONGEST: usize = 1 << 16;
/// What readers of all kinds stumble over.
const TOKENS: [&str; 22] = [
    "",
    "0",
    "-1",
    "1e9",
    "0.000001",
    "9999999999999999999999999999999999999999",
    "-0",
    "null",
    "true",
    "{}",
    "[]",
    "\"",
    "\\",
    "\n",
    "\t",
    "，",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "２０２３",
    "2023-02-29",
    "𠮷",
];

/// What is fuzzed.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    /// Its name: a failing input becomes `target/fuzz/<name>-<number>`.
    pub name: &'a str,
    /// What is changed.
    pub seeds: Vec<String>,
    /// Words of its language, beside those that every reader stumbles over.
    pub tokens: &'a [&'a str],
}

impl Target<'_> {
    /// Changes the seeds until the time is over, at least once, and tries each.
    /// `try_one` panics where something is wrong, and says whether the input
    /// was one that could be read; how many could is printed.
    pub fn run(&self, try_one: impl Fn(&str) -> bool) {
        let seconds = from_environment("ZICE_FUZZ_SECONDS").unwrap_or(1);
        let first: u64 = from_environment("ZICE_FUZZ_SEED").unwrap_or(0);
        let end = Instant::now() + Duration::from_secs(seconds);
        let watch = Watch::new(self.name);
        let (mut number, mut readable) = (first, 0_u64);
        loop {
            let input = self.input(number);
            watch.begins(number, &input);
            match panic::catch_unwind(AssertUnwindSafe(|| try_one(&input))) {
                Ok(was) => readable += u64::from(was),
                Err(cause) => {
                    eprintln!("{}", kept(self.name, number, &input));
                    panic::resume_unwind(cause);
                }
            }
            number = number.wrapping_add(1);
            if Instant::now() >= end {
                break;
            }
        }
        let tried = number.wrapping_sub(first);
        println!("fuzz {}: {tried} inputs from {first}, {readable} readable", self.name);
    }

    /// The input of this number.
    fn input(&self, number: u64) -> String {
        let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5A1C_E000);
        let mut text = dice.pick(&self.seeds).map_or_else(Vec::new, |it| it.clone().into_bytes());
        // Mostly one change or two: what is changed more is seldom readable.
        for _ in 0..*dice.pick(&[1, 1, 1, 2, 2, 3, 8]).unwrap_or(&1) {
            self.change(&mut text, &mut dice);
        }
        text.truncate(LONGEST);
        String::from_utf8_lossy(&text).into_owned()
    }

    fn change(&self, text: &mut Vec<u8>, dice: &mut Dice) {
        let range = dice.range(text.len());
        match dice.below(8) {
            0 => {
                if let Some(byte) = text.get_mut(range.start) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            1 => drop(text.drain(range)),
            2 => {
                let times = 1 << dice.below(8);
                let part = text[range.clone()].repeat(times.min(LONGEST / range.len().max(1)));
                drop(text.splice(range.start..range.start, part));
            }
            3 => {
                let other = dice.pick(&self.seeds).map_or(&[][..], |it| it.as_bytes());
                let part = other[dice.range(other.len())].to_vec();
                drop(text.splice(range, part));
            }
            4 => {
                // A number instead of one that stands there.
                let digits = |at: &usize| text.get(*at).is_some_and(u8::is_ascii_digit);
                let from = (range.start..text.len()).find(digits).unwrap_or(range.start);
                let to = (from..text.len()).find(|at| !digits(at)).unwrap_or(text.len());
                drop(text.splice(from..to, self.token(dice).bytes()));
            }
            5 => {
                // A line somewhere else, which was perhaps needed where it was.
                let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
                let (from, to) = (dice.below(lines.len().max(1)), dice.below(lines.len().max(1)));
                let mut moved: Vec<&[u8]> = lines.clone();
                if from < moved.len() {
                    let line = moved.remove(from);
                    moved.insert(to.min(moved.len()), line);
                }
                *text = moved.concat();
            }
            6 => drop(text.splice(range, self.token(dice).bytes())),
            _ => drop(text.splice(range.start..range.start, self.token(dice).bytes())),
        }
    }

    fn token(&self, dice: &mut Dice) -> String {
        let own = !self.tokens.is_empty() && dice.below(2) == 0;
        let token = if own { dice.pick(self.tokens) } else { dice.pick(&TOKENS) };
        token.copied().unwrap_or_default().to_owned()
    }
}

/// SplitMix64: numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).map_or(0, |it| it % end.max(1))
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// A part of a text of this length, mostly a short one.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length + 1);
        let most = if self.below(4) == 0 { length - from } else { 12.min(length - from) };
        from..from + self.below(most + 1)
    }
}

/// Looks on from outside, so that an input is known that never ends, or that
/// ends the whole process.
struct Watch {
    now: Arc<Mutex<(u64, String, Instant)>>,
    over: Arc<AtomicBool>,
    number: Option<File>,
}

impl Watch {
    fn new(name: &str) -> Self {
        let now = Arc::new(Mutex::new((0, String::new(), Instant::now())));
        let over = Arc::new(AtomicBool::new(false));
        let (watched, ended, name) = (Arc::clone(&now), Arc::clone(&over), name.to_owned());
        // A stack that overflows leaves no time to write: the number is there.
        let number = File::create(folder().join(format!("{name}.last"))).ok();
        thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(500));
                let (number, input, since) = &*lock(&watched);
                if since.elapsed() > ENDLESS && !ended.load(Ordering::Relaxed) {
                    eprintln!("an input that never ends: {}", kept(&name, *number, input));
                    process::exit(101);
                }
            }
        });
        Self { now, over, number }
    }

    fn begins(&self, number: u64, input: &str) {
        let mut now = lock(&self.now);
        (now.0, now.2) = (number, Instant::now());
        now.1.clear();
        now.1.push_str(input);
        if let Some(mut file) = self.number.as_ref() {
            // Only a help: what can't be written is no mistake of the target.
            let _ = file.rewind().and_then(|()| writeln!(file, "{number:020}"));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes an input that failed and says how to try it again.
fn kept(name: &str, number: u64, input: &str) -> String {
    let path = folder().join(format!("{name}-{number}"));
    let written: &dyn Display = match fs::write(&path, input) {
        Ok(()) => &path.display(),
        Err(error) => &format!("{}: {error}", path.display()),
    };
    format!("fuzz {name}: ZICE_FUZZ_SEED={number} ZICE_FUZZ_SECONDS=0, {written}")
}

/// `target/fuzz`, wherever cargo has its target folder.
fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let target = program.ancestors().find(|it| it.join("CACHEDIR.TAG").is_file());
    let folder = target.unwrap_or(Path::new("target")).join("fuzz");
    // What is written there says so if it can't be.
    let _ = fs::create_dir_all(&folder);
    folder
}

fn from_environment<T: FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    let Ok(value) = text.parse() else { panic!("{name} is no number: {text}") };
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_makes_the_same_input_every_time_and_most_differ() {
        let seeds = vec!["{\"a\": 12}\n[1, 2]\n".to_owned(), String::new()];
        let target = Target { name: "itself", seeds, tokens: &["甲"] };
        let inputs = || (0..500).map(|number| target.input(number));
        assert!(inputs().eq(inputs()));
        let different: std::collections::BTreeSet<String> = inputs().collect();
        assert!(different.len() > 200, "{}", different.len());
    }

    #[test]
    fn a_failing_input_is_kept() {
        let target = Target { name: "kept", seeds: vec!["a".to_owned()], tokens: &[] };
        let failed = panic::catch_unwind(|| target.run(|_| panic!("as intended")));
        assert!(failed.is_err());
        let number: u64 = from_environment("ZICE_FUZZ_SEED").unwrap_or(0);
        let path = folder().join(format!("kept-{number}"));
        assert_eq!(fs::read_to_string(path).expect("it is there"), target.input(number));
    }
}

//! Runs the command for the tests.

use std::{
    ffi::OsStr,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// The exit status; `None` if a signal ended the run.
    pub status: Option<i32>,
    /// The text on standard output.
    pub stdout: String,
    /// The text on standard error.
    pub stderr: String,
}

impl Run {
    /// Parses standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Parses each line of standard output as a JSON value.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }

    /// Asserts that the command refused its input: status 2, nothing on
    /// standard output, and one message on standard error that contains all of
    /// `parts`.
    pub fn refused(&self, parts: &[&str]) {
        assert_eq!(self.status, Some(2), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert_eq!(self.stderr.matches("zice: ").count(), 1, "{self:?}");
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is missing: {self:?}");
        }
    }
}

/// The command, not yet started, without `NO_COLOR` and with empty standard
/// input.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zice"));
    command.env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// Runs the command with these arguments.
pub fn zice<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    finish(command().args(arguments))
}

/// Runs the command with these arguments and this standard input.
pub fn zice_fed(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = command();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("zice starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    let input = input.to_vec();
    // Write on another thread, so that neither side waits for the other. A
    // child may close the pipe before it has read everything.
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("zice ends");
    feeder.join().expect("the input is fed");
    read(output)
}

/// Runs a prepared command to its end.
pub fn finish(command: &mut Command) -> Run {
    read(command.output().expect("zice runs"))
}

fn read(output: std::process::Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A file in a temporary folder, deleted when this value is dropped.
#[derive(Debug)]
pub struct Kept {
    /// The path of the file.
    pub path: PathBuf,
    _folder: TempDir,
}

/// Writes a file into a temporary folder.
pub fn file(name: &str, bytes: impl AsRef<[u8]>) -> Kept {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file can be written");
    Kept { path, _folder: folder }
}

/// A company file with these facts and 1 August 2023 as day of application.
pub fn company(facts: Value) -> Value {
    json!({
        "schema": "zice.company/1", "name": "示例公司", "as_of": "2023-08-01", "facts": facts
    })
}

/// Assesses a company by `tech-sme@2023` (科技型中小企业).
pub fn assess(company: impl ToString) -> Run {
    zice_fed(&["assess", "--policy", "tech-sme@2023", "-"], company.to_string().as_bytes())
}

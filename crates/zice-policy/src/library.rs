//! Loads a folder of policies: dictionary, sources, editions and golden cases.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use zice_rules::{Dictionary, Names, Policy, dictionary};

use crate::{
    compile::{self, Context},
    doubt,
    edition::{self, Edition},
    error::{Diagnostic, Error, SourceFile},
    golden_case::CaseSet,
    lint, lower,
    policy_file::{CasesFile, DisagreementsFile, PointFile, PolicyFile, SourcesFile},
};

/// The schema name of `sources.toml`.
const SOURCES_SCHEMA: &str = "zice.sources/1";
/// The schema name of `disagreements.toml`.
const DISAGREEMENTS_SCHEMA: &str = "zice.disagreements/1";
/// The file of disagreements, which a folder may leave out.
const DISAGREEMENTS: &str = "disagreements.toml";
/// The schema name of a file of golden cases.
const CASES_SCHEMA: &str = "zice.cases/1";

/// A folder of policies, checked and compiled.
#[derive(Debug)]
pub struct Library {
    /// The facts that all policies share.
    pub dictionary: Dictionary,
    /// The compiled policies, sorted by id and edition.
    pub policies: Vec<Policy>,
    /// The editions as written, with what they inherit filled in, by address
    /// (`id@edition`).
    pub(crate) editions: BTreeMap<String, Edition>,
    /// The points on which sources differ.
    pub(crate) disagreements: Vec<PointFile>,
    /// How each source is quoted, by its id.
    source_numbers: BTreeMap<String, String>,
    /// The test cases of the rules for doubtful answers.
    pub(crate) doubts: doubt::Written,
    /// The golden cases of each policy.
    pub(crate) cases: Vec<CaseSet>,
}

impl Library {
    /// Reads `facts.toml`, `sources.toml`, `disagreements.toml` if there is
    /// one, and every `<programme>/*.toml` of a folder.
    ///
    /// # Errors
    /// Fails if a file can't be read or anything in it is wrong. The error
    /// lists every mistake that could be found in one go.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let mut files = Vec::new();
        for name in ["facts.toml", "sources.toml"] {
            files.push(read(&folder.join(name))?);
        }
        let disagreements = folder.join(DISAGREEMENTS);
        if disagreements.is_file() {
            files.push(read(&disagreements)?);
        }
        for path in programme_files(folder)? {
            files.push(read(&path)?);
        }
        Self::from_files(files)
    }

    /// Does the same as [`Library::load`] with texts in memory, each with the
    /// path it is known by, such as `facts.toml` or `tech-sme/2026.toml`.
    ///
    /// # Errors
    /// As [`Library::load`].
    pub fn from_texts(texts: impl IntoIterator<Item = (PathBuf, String)>) -> Result<Self, Error> {
        Self::from_files(
            texts.into_iter().map(|(path, text)| Arc::new(SourceFile { path, text })).collect(),
        )
    }

    fn from_files(files: Vec<Arc<SourceFile>>) -> Result<Self, Error> {
        let dictionary_file = named(&files, "facts.toml")?;
        let mut dictionary: Dictionary = parse(&dictionary_file)?;
        let written = doubt::compile(&dictionary_file, &parse(&dictionary_file)?, &dictionary);
        let (rules, doubts) = written.map_err(Error::from)?;
        dictionary.doubts = rules;
        let mut found = lint::dictionary(&dictionary_file, &dictionary);
        if !reads_back(&dictionary) {
            found.push(whole(&dictionary_file, "编译结果读不回来 / does not read back".to_owned()));
        }
        let sources_file = named(&files, "sources.toml")?;
        let sources: SourcesFile = parse(&sources_file)?;
        found.extend(lint::sources(&sources_file, &sources, SOURCES_SCHEMA));
        if dictionary.schema != dictionary::SCHEMA {
            let message = format!("schema 应为 {}", dictionary::SCHEMA);
            found.push(whole(&dictionary_file, message));
        }
        let context = Context { dictionary: &dictionary, sources: &sources };
        let shared = |file: &Arc<SourceFile>| {
            Arc::ptr_eq(file, &dictionary_file)
                || Arc::ptr_eq(file, &sources_file)
                || file.path.ends_with(DISAGREEMENTS)
        };
        let own = files.iter().filter(|file| !shared(file));
        let is_cases =
            |file: &&Arc<SourceFile>| file.path.to_string_lossy().ends_with(".cases.toml");
        let (case_files, policy_files): (Vec<_>, Vec<_>) = own.partition(is_cases);
        let (mut policies, editions) = compiled(&policy_files, &context, &mut found);
        let disagreements = disagreements(&files, &sources, &policies, &mut found);
        let numbers = sources.sources.iter().map(|it| (it.id.get_ref().clone(), it.number.clone()));
        let source_numbers = numbers.collect();
        policies.sort_by(|a, b| (&a.id, &a.edition).cmp(&(&b.id, &b.edition)));
        let cases = cases(&case_files, &policies, &mut found);
        if found.is_empty() {
            Ok(Self {
                dictionary,
                policies,
                editions,
                disagreements,
                source_numbers,
                doubts,
                cases,
            })
        } else {
            Err(found.into())
        }
    }

    /// How a source is quoted; its id if it is unknown.
    pub(crate) fn source_number(&self, id: &str) -> String {
        self.source_numbers.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// Finds the policy with exactly this address, `id@edition`.
    pub fn policy(&self, address: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.address() == address)
    }
}

/// Whether the dictionary and its names, as the browser reads them, are equal
/// to what was compiled.
fn reads_back(dictionary: &Dictionary) -> bool {
    let text = |value: &Dictionary| serde_json::to_string(value).unwrap_or_default();
    let plain = text(&dictionary.clone().without_names());
    let names = serde_json::to_string(&Names::of(dictionary)).unwrap_or_default();
    let (Ok(mut read), Ok(names)) = (Dictionary::from_json(&plain), Names::from_json(&names))
    else {
        return false;
    };
    text(&read) == plain && names.add_to(&mut read).is_ok() && text(&read) == text(dictionary)
}

/// Compiles every edition of these files, with what it takes over filled in.
fn compiled(
    files: &[&Arc<SourceFile>],
    context: &Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> (Vec<Policy>, BTreeMap<String, Edition>) {
    let mut parsed: BTreeMap<String, (Arc<SourceFile>, PolicyFile)> = BTreeMap::new();
    for file in files {
        match parse::<PolicyFile>(file) {
            Ok(policy) => {
                let address = format!("{}@{}", policy.id.get_ref(), policy.edition.get_ref());
                if parsed.contains_key(&address) {
                    let message = format!("{address} 已有同版本文件 / edition exists");
                    found.push(whole(file, message));
                }
                parsed.insert(address, (Arc::clone(file), policy));
            }
            Err(error) => found.extend(error.diagnostics().to_vec()),
        }
    }
    let mut policies: Vec<Policy> = Vec::new();
    let mut editions = BTreeMap::new();
    for address in parsed.keys() {
        let resolved = edition::resolve(address, &parsed, 0);
        match resolved.and_then(|edition| Ok((policy(&edition, context)?, edition))) {
            Ok((policy, edition)) => {
                policies.push(policy);
                editions.insert(address.clone(), edition);
            }
            Err(more) => {
                // A mistake in a file that several editions extend is reported
                // once.
                for one in more {
                    if !found.contains(&one) {
                        found.push(one);
                    }
                }
            }
        }
    }
    (policies, editions)
}

/// Reads the points on which sources differ; none if there is no such file.
fn disagreements(
    files: &[Arc<SourceFile>],
    sources: &SourcesFile,
    policies: &[Policy],
    found: &mut Vec<Diagnostic>,
) -> Vec<PointFile> {
    let Ok(file) = named(files, DISAGREEMENTS) else { return Vec::new() };
    match parse::<DisagreementsFile>(&file) {
        Ok(parsed) => {
            let programmes = policies.iter().map(|policy| policy.id.clone()).collect();
            // An edition that can't be read is a mistake already reported; its
            // programme would only seem unknown here.
            if found.is_empty() {
                let schema = DISAGREEMENTS_SCHEMA;
                found.extend(lint::disagreements(&file, &parsed, schema, sources, &programmes));
            }
            parsed.points
        }
        Err(error) => {
            found.extend(error.diagnostics().to_vec());
            Vec::new()
        }
    }
}

/// Reads the golden cases, if nothing was found wrong so far.
fn cases(
    files: &[&Arc<SourceFile>],
    policies: &[Policy],
    found: &mut Vec<Diagnostic>,
) -> Vec<CaseSet> {
    if !found.is_empty() {
        return Vec::new();
    }
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        match parse::<CasesFile>(file) {
            Ok(parsed) => read.push((Arc::clone(file), parsed)),
            Err(error) => found.extend(error.diagnostics().to_vec()),
        }
    }
    // Check cases only if all files were read: a case may build on one in
    // another file.
    if !found.is_empty() {
        return Vec::new();
    }
    CaseSet::all(read, CASES_SCHEMA, policies).unwrap_or_else(|error| {
        found.extend(error.diagnostics().to_vec());
        Vec::new()
    })
}

fn policy(edition: &Edition, context: &Context<'_>) -> Result<Policy, Vec<Diagnostic>> {
    let file = &edition.file;
    let mut policy = compile::compile(edition, context)?;
    lower::policy(&mut policy, context.dictionary)
        .map_err(|error| vec![whole(file, error.to_string())])?;
    policy.digest = digest(&policy);
    // Reading the JSON back must give the policy that was compiled, since that
    // is what the browser does.
    let written = serde_json::to_string(&policy).unwrap_or_default();
    let same = Policy::from_json(&written, context.dictionary)
        .is_ok_and(|read| serde_json::to_string(&read).is_ok_and(|again| again == written));
    if !same {
        return Err(vec![whole(
            file,
            "编译结果读不回来 / the compiled policy does not read back".to_owned(),
        )]);
    }
    let found = lint::policy(edition, &policy, context.dictionary);
    if found.is_empty() { Ok(policy) } else { Err(found) }
}

/// `sha256:…` of what is compiled while its own `digest` is empty.
pub(crate) fn digest(compiled: &impl Serialize) -> String {
    let json = serde_json::to_vec(compiled).unwrap_or_default();
    let mut text = String::from("sha256:");
    for byte in Sha256::digest(&json) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn read(path: &Path) -> Result<Arc<SourceFile>, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, error))?;
    Ok(Arc::new(SourceFile { path: path.to_owned(), text }))
}

/// Lists the TOML files one folder down, sorted by path.
pub(crate) fn programme_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Error::io(folder, error))? {
        let path = entry.map_err(|error| Error::io(folder, error))?.path();
        if !path.is_dir() {
            continue;
        }
        for inner in std::fs::read_dir(&path).map_err(|error| Error::io(&path, error))? {
            let inner = inner.map_err(|error| Error::io(&path, error))?.path();
            if inner.extension().is_some_and(|extension| extension == "toml") {
                paths.push(inner);
            }
        }
    }
    paths.sort();
    Ok(paths)
}

fn named(files: &[Arc<SourceFile>], name: &str) -> Result<Arc<SourceFile>, Error> {
    files.iter().find(|file| file.path.ends_with(name)).map(Arc::clone).ok_or_else(|| {
        Error::io(
            name,
            std::io::Error::new(std::io::ErrorKind::NotFound, "缺少文件 / file is missing"),
        )
    })
}

/// As deep as brackets and braces of a policy file may be nested. The reader of TOML
/// limits lists itself, but not braces that open where a key should stand, and would
/// run out of stack.
const DEEPEST: usize = 64;

/// Finds where brackets and braces are nested too deeply. Those in texts are counted
/// like all others: there they come in pairs.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

fn parse<T: DeserializeOwned>(file: &Arc<SourceFile>) -> Result<T, Error> {
    if let Some(at) = too_deep(&file.text) {
        let message = "嵌套过深 / nested too deeply".to_owned();
        let span = at..at + 1;
        return Err(Diagnostic { file: Arc::clone(file), span, message, help: None }.into());
    }
    toml::from_str(&file.text).map_err(|error| {
        Diagnostic {
            file: Arc::clone(file),
            span: error.span().unwrap_or(0..0),
            message: error.message().to_owned(),
            help: None,
        }
        .into()
    })
}

fn whole(file: &Arc<SourceFile>, message: String) -> Diagnostic {
    Diagnostic { file: Arc::clone(file), span: 0..0, message, help: None }
}

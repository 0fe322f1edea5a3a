//! What is changed in wasm-bindgen's glue: short names between it and the wasm,
//! and how it notices that the memory has grown.
//!
//! Every function that one takes from the other has a name with a hash, which
//! stands in both and does not compress: 3 kB of the first load. wasm-opt
//! gives them names of a letter or two and says which; here the glue gets the
//! same ones, and loses what the finished wasm does not ask for.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::HashMap;

/// The one module that wasm-opt makes of all that is imported.
const MODULE: &str = "a";

/// Old names and new ones.
#[derive(Default)]
pub struct Names {
    modules: Vec<String>,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

impl Names {
    /// Reads what wasm-opt's `--minify-imports-and-exports-and-modules` says.
    pub fn read(said: &str) -> Result<Names> {
        let said: Value = serde_json::from_str(said).context("wasm-opt's list of names")?;
        let list = |kind: &str| said[kind].as_array().with_context(|| kind.to_owned());
        let text = |value: &Value| value.as_str().map(str::to_owned).context("a name");
        let mut names = Names::default();
        for import in list("imports")? {
            let module = text(&import[0])?;
            if !names.modules.contains(&module) {
                names.modules.push(module);
            }
            names.imports.insert(text(&import[1])?, text(&import[2])?);
        }
        for export in list("exports")? {
            names.exports.insert(text(&export[0])?, text(&export[1])?);
        }
        Ok(names)
    }

    /// The glue with the new names.
    ///
    /// wasm-bindgen writes one member a function, at a fixed depth; if it ever
    /// writes otherwise, what the wasm asks for is not found and the build
    /// fails.
    pub fn fit(&self, glue: &str) -> Result<String> {
        let mut text = String::with_capacity(glue.len());
        let (mut found, mut leaving_out) = (0, false);
        for line in glue.lines() {
            let member = line.strip_prefix("        ").and_then(|line| line.split_once(": "));
            let begins = member.filter(|(name, _)| name.starts_with("__wb") && is_word(name));
            let ends = line.starts_with("        }") && line.ends_with("},");
            if leaving_out {
                leaving_out = !ends;
                continue;
            }
            match begins.map(|(name, rest)| (self.imports.get(name), rest)) {
                Some((None, rest)) => leaving_out = rest.ends_with('{'),
                Some((Some(short), rest)) => {
                    found += 1;
                    text.push_str(&format!("{short}: {}\n", self.exports_in(rest)));
                }
                None => text.push_str(&format!("{}\n", self.exports_in(line))),
            }
        }
        ensure!(
            found == self.imports.len(),
            "the glue has {found} of the {} functions that the wasm imports",
            self.imports.len()
        );
        for module in &self.modules {
            let quoted = format!("\"{module}\":");
            ensure!(text.contains(&quoted), "the glue has no module {module}");
            text = text.replace(&quoted, &format!("\"{MODULE}\":"));
        }
        Ok(text)
    }

    /// A line with the new names of what the wasm exports, `wasm.name`.
    fn exports_in(&self, line: &str) -> String {
        let mut text = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("wasm.") {
            let length = after.find(|c| !is_word_char(c)).unwrap_or(after.len());
            let (name, behind) = after.split_at(length);
            text.push_str(before);
            text.push_str("wasm.");
            text.push_str(self.exports.get(name).map_or(name, String::as_str));
            rest = behind;
        }
        text + rest
    }
}

/// The glue that also notices in Chromium 64 that the memory has grown.
///
/// wasm-bindgen keeps an array over the memory and makes another when the old
/// one has lost its buffer, which growing takes from it: so says the standard.
/// Chromium 64 leaves the old buffer as it was, and everything is then read
/// and written in a memory that the wasm no longer looks at.
pub fn notices_growth(glue: &str) -> Result<String> {
    const OLD: &str = "ArrayMemory0.byteLength === 0)";
    const NEW: &str = "ArrayMemory0.buffer !== wasm.memory.buffer)";
    ensure!(glue.contains(OLD), "the glue no longer asks `{OLD}`: how does it see a grown memory?");
    Ok(glue.replace(OLD, NEW))
}

fn is_word(name: &str) -> bool {
    name.chars().all(is_word_char)
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::{Names, notices_growth};

    const SAID: &str = r#"{"imports": [["./x_bg.js", "__wbg_now_463a", "$"]],
        "exports": [["memory", "b"], ["__wbindgen_free", "c"]]}"#;

    #[test]
    fn the_glue_gets_the_new_names_and_loses_what_is_not_imported() {
        let glue = "\
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_old_1: function() { return handleError(function (arg0) {
            if (arg0) {
                wasm.__wbindgen_free(arg0);
            }
        }, arguments); },
        __wbg_now_463a: function() {
            return wasm.memory.buffer;
        },
        __wbindgen_cast_1: function(arg0) {
            return arg0;
        },
    };
    return { \"./x_bg.js\": import0 };
}
wasm.__wbindgen_free(wasm.memory_of_old);
";
        let fitted = "\
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
$: function() {
            return wasm.b.buffer;
        },
    };
    return { \"a\": import0 };
}
wasm.c(wasm.memory_of_old);
";
        let names = Names::read(SAID).expect("names");
        assert_eq!(names.fit(glue).expect("glue"), fitted);
        let other = glue.replace("__wbg_now", "__wbg_later");
        assert!(names.fit(&other).is_err(), "what is imported is missing");
    }

    #[test]
    fn the_memory_is_compared_and_not_only_its_length() {
        let glue =
            "if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0) {";
        let fresh = "if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer) {";
        assert_eq!(notices_growth(glue).expect("glue"), fresh);
        assert!(notices_growth("if (!cached) {").is_err(), "another glue is not taken as it is");
    }
}

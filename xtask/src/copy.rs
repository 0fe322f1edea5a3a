//! Copying memory by words.
//!
//! Old browsers have no instruction that copies memory, so wasm-opt turns it
//! into a call of a function that copies byte by byte. Half of the time of an
//! assessment went into that function, because every value of a hundred bytes
//! that is moved passes through it. `copy.wat`, which copies eight bytes a
//! turn, takes its place.

use anyhow::{Context, Result, ensure};

/// How wasm-opt's function begins in the text of a module.
const COPY: &str = "(func $__memory_copy ";
/// The other one, as a function of that name.
const WORDS: &str = include_str!("copy.wat");

/// The text of a lowered module with the function that copies memory replaced,
/// where it has one. `copies` says whether it must: where wasm-opt's is not
/// found then, nobody can say what copies memory, and the build ends.
pub fn by_words(module: &str, copies: bool) -> Result<String> {
    let Some((before, rest)) = module.split_once(COPY) else {
        ensure!(!copies, "wasm-opt has no `{COPY}…)` any more, which copy.wat replaces");
        return Ok(module.to_owned());
    };
    // There are no texts in a function, so every bracket is one.
    let mut depth = 1;
    let closes = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    };
    let end = rest.find(closes).context("a function without an end")?;
    ensure!(!rest.contains(COPY), "wasm-opt has two functions that copy memory");
    Ok([before, WORDS, &rest[end + 1..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::cache_dir;
    use crate::{npm, process, repo, wasm};
    use fs_err as fs;

    /// Copies memory by the instruction.
    const WHOLE: &str = r#"(module (memory (export "memory") 1 1)
        (func (export "copy") (param i32 i32 i32)
            (memory.copy (local.get 0) (local.get 1) (local.get 2))))"#;

    #[test]
    fn what_ships_copies_as_the_instruction_does_and_by_words() {
        let folder = repo::target_dir().expect("a target folder").join("copy-test");
        fs::create_dir_all(&folder).expect("a folder");
        let [input, output, text] =
            ["copy.wat", "small.wasm", "small.wat"].map(|name| folder.join(name));
        fs::write(&input, WHOLE).expect("a file");
        let modules = npm::node_modules(&cache_dir().expect("a cache")).expect("the npm tools");
        wasm::optimize(&modules, &input, &output).expect("it is lowered");

        let said = process::output(process::node("xtask/src/copy.check.js").arg(&output));
        assert_eq!(said.expect("Node runs it").trim(), "37159 0 [] 4");

        let mut dis = npm::program(&modules, "wasm-dis");
        process::output(dis.arg(&output).arg("-o").arg(&text)).expect("a text");
        // Forwards and backwards.
        let text = fs::read_to_string(text).expect("a text");
        assert_eq!(text.matches("i64.load ").count(), 2);
    }

    #[test]
    fn a_function_that_is_not_known_ends_the_build() {
        let module = "(module (func $a (nop)) (func $__memory_copy (param i32) (nop)) (func $b))";
        let replaced = by_words(module, true).expect("it is there");
        assert!(replaced.starts_with("(module (func $a (nop)) ;; Copies memory"));
        assert!(replaced.ends_with(" (func $b))") && !replaced.contains("(param i32) (nop)"));
        assert_eq!(by_words("(module)", false).expect("none"), "(module)");
        assert!(by_words("(module)", true).is_err());
        assert!(by_words(&module.replace("$b", "$__memory_copy "), true).is_err());
    }
}

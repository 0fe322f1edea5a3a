//! The page's stylesheet, made to fit into somebody else's page.
//!
//! Inside a shadow root two things are the host's: the size of `rem`, and the
//! width of the window, which says nothing of the column the element stands
//! in. Both are replaced: lengths by multiples of a property, widths by
//! classes, which `www/boot/shadow.js` sets.

use anyhow::{Context, Result};

/// What stands before the page's own rules there.
const BEFORE: &str = "\
:host { display: block; }
.zice-root { --z-rem: 16px; all: initial; }
#zice-app {
  box-sizing: border-box;
  direction: ltr;
  background: var(--z-surface);
  color: var(--z-text);
}
";

/// Widths as the page's rules say them, and what stands for each. A class is a
/// condition more in every selector; that they come last already makes them
/// win.
const WIDTHS: [(&str, &str); 3] = [
    ("@media (max-width: 45rem) {", ".zice-root:not(.zice-w45) {"),
    ("@media (min-width: 45rem) {", ".zice-root.zice-w45 {"),
    ("@media (min-width: 60rem) {", ".zice-root.zice-w60 {"),
];

/// The stylesheet of an element out of that of the page. Rules about widths are
/// about screens there: on paper the host's page is not as wide as its window.
pub fn embedded(page: &str) -> Result<String> {
    let mut text = BEFORE.to_owned();
    let mut inside = false;
    for line in page.lines() {
        if let Some((_, class)) = WIDTHS.iter().find(|(width, _)| line == *width) {
            text.push_str(&format!("@media screen {{ {class}\n"));
            inside = true;
        } else if inside && line == "}" {
            text.push_str("}}\n");
            inside = false;
        } else if line.starts_with("@media") {
            if line.contains("rem") {
                return Err(anyhow::anyhow!("zice.css: no class stands for `{line}`"));
            }
            text.push_str(line);
            text.push('\n');
        } else {
            text.push_str(&without_rem(line).with_context(|| format!("zice.css: {line}"))?);
            text.push('\n');
        }
    }
    Ok(text)
}

/// Every length in `rem` as a multiple of the property.
fn without_rem(line: &str) -> Option<String> {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("rem") {
        let (before, after) = rest.split_at(at);
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let (start, number) = before.split_at(number.len());
        if number.is_empty() || after.chars().nth(3).is_some_and(char::is_alphanumeric) {
            text.push_str(before);
            text.push_str("rem");
        } else {
            let minus = start.ends_with('-');
            text.push_str(if minus { &start[..start.len() - 1] } else { start });
            let sign = if minus { "-" } else { "" };
            text.push_str(&format!("calc({sign}{number} * var(--z-rem))"));
        }
        rest = after.get(3..)?;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_widths_are_the_elements_own() {
        let page = "a { margin: 1rem -0.25rem; --z-remark: 1; }\n\
                    @media (max-width: 45rem) {\n  b { width: 2.5rem; }\n}\n\
                    @media print {\n  c { d: e; }\n}\n";
        let expected = "a { margin: calc(1 * var(--z-rem)) calc(-0.25 * var(--z-rem)); --z-remark: 1; }\n\
                        @media screen { .zice-root:not(.zice-w45) {\n  b { width: calc(2.5 * var(--z-rem)); }\n}}\n\
                        @media print {\n  c { d: e; }\n}\n";
        assert_eq!(embedded(page).unwrap(), [BEFORE, expected].concat());
    }

    #[test]
    fn a_width_without_a_class_is_refused() {
        assert!(embedded("@media (min-width: 50rem) {\n}\n").is_err());
    }
}

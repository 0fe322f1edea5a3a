//! The page's stylesheet, made to fit into somebody else's page.
//!
//! Inside a shadow root three things are the host's: the size of `rem`, the width
//! of the window, which says nothing of the column the element stands in, and the
//! level of the headings. All are replaced: lengths by multiples of a property,
//! widths by classes, which `www/boot/shadow.js` sets, and headings by the class of
//! their rank, which `src/ui/dom.rs` gives them.

use anyhow::{Result, ensure};
use regex_lite::Regex;

/// What stands before the page's own rules there.
const BEFORE: &str = include_str!("host.css");

/// Widths as the page's rules say them, and what stands for each. A class is a
/// condition more in every selector; that they come last already makes them
/// win.
const WIDTHS: [(&str, &str); 4] = [
    ("@media (max-width: 45rem) {", ".zice-root:not(.zice-w45) {"),
    ("@media (min-width: 45rem) {", ".zice-root.zice-w45 {"),
    ("@media (min-width: 60rem) {", ".zice-root.zice-w60 {"),
    ("@media (min-width: 75rem) {", ".zice-root.zice-w75 {"),
];

/// The stylesheet of an element out of that of the page. Rules about widths are
/// about screens there: on paper the host's page is not as wide as its window.
pub fn embedded(page: &str) -> Result<String> {
    let length = Regex::new(r"(-?)([0-9.]+)rem\b")?;
    let heading = Regex::new(r"(^|[\s(,>+~])(h[1-6])\b")?;
    let mut text = BEFORE.to_owned();
    let mut inside = false;
    for line in page.lines() {
        if let Some((_, class)) = WIDTHS.iter().find(|(width, _)| line == *width) {
            text.push_str(&format!("@media screen {{ {class}"));
            inside = true;
        } else if inside && line == "}" {
            text.push_str("}}");
            inside = false;
        } else if line.starts_with("@media") {
            ensure!(!line.contains("rem"), "zice.css: no class stands for `{line}`");
            text.push_str(line);
        } else {
            // Every length in `rem` as a multiple of the property.
            let line = length.replace_all(line, "calc($1$2 * var(--z-rem))");
            let (selector, rule) = line.split_at(line.find('{').unwrap_or(line.len()));
            text.push_str(&heading.replace_all(selector, "$1.zice-$2"));
            text.push_str(rule);
        }
        text.push('\n');
    }
    Ok(text)
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
    fn headings_look_as_their_rank_whatever_their_level() {
        let page = ".a h1,\n.b > :not(h2) { content: \" h3 \"; }\n.zice-h1 h4:focus {}\n";
        let expected = ".a .zice-h1,\n.b > :not(.zice-h2) { content: \" h3 \"; }\n\
                        .zice-h1 .zice-h4:focus {}\n";
        assert_eq!(embedded(page).unwrap(), [BEFORE, expected].concat());
    }

    #[test]
    fn a_width_without_a_class_is_refused() {
        assert!(embedded("@media (min-width: 50rem) {\n}\n").is_err());
    }
}

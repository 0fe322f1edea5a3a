//! Signs that look alike, or can't be seen at all.

/// A text with what can't be seen taken out and what only looks different made
/// plain: full-width signs, the blanks of typesetters, dashes as minus signs.
/// Everything that was typed or pasted goes through here before it is read as
/// a figure or a day.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => {
                plain.push(' ');
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => plain.push('-'),
            '￥' => plain.push('¥'),
            '。' => plain.push('.'),
            '\u{ff01}'..='\u{ff5e}' => {
                plain.push(char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c));
            }
            c if c.is_control() => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}

/// Whether nothing but blanks, dashes and strokes stands there.
pub fn is_nothing(text: &str) -> bool {
    plain(text).chars().all(|c| matches!(c, ' ' | '-' | '/' | '_'))
}

#[cfg(test)]
mod tests {
    use super::{is_nothing, plain};

    #[test]
    fn what_cannot_be_seen_is_gone_and_what_looks_alike_is_the_same() {
        for (text, same) in [
            ("\u{feff}12\u{200b}3\u{2060}", "123"),
            ("\u{202a}4\u{202c}\u{2068}5\u{2069}\u{200e}", "45"),
            ("1\u{a0}234\u{2009}567\u{202f}8", "1 234 567 8"),
            ("\u{2212}5", "-5"),
            ("－5–6—7", "-5-6-7"),
            ("（１２．５）％", "(12.5)%"),
            ("￥1", "¥1"),
        ] {
            assert_eq!(plain(text), same, "{text:?}");
        }
        assert!(is_nothing("") && is_nothing("——") && is_nothing(" - ") && is_nothing("／"));
        assert!(!is_nothing("0") && !is_nothing("无"));
    }
}

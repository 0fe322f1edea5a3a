//! Writes the text of a doubt.

use zice_rules::{doubt::Raised, text::Lang};

use crate::format::shown;

/// Returns the text of a doubt with its figures filled in: `{0}` becomes the
/// first one.
pub fn doubt_text(raised: &Raised<'_>, lang: Lang) -> String {
    let mut text = raised.doubt.text.get(lang).to_owned();
    for (at, (range, (_, unit))) in raised.shown.iter().zip(&raised.doubt.shown).enumerate() {
        let figure = shown(range, *unit, lang);
        text = text.replace(&["{", &at.to_string(), "}"].concat(), &figure);
    }
    text
}

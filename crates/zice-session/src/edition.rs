//! What the index tells of an edition of a programme: what its card shows, and
//! where its policy is. The policy itself is fetched when it is chosen.

use serde_json::Value;
use zice_rules::{Date, Lang, Text, policy::Window};

/// An edition of a programme, as `index.json` tells it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The programme.
    pub id: String,
    /// Which edition of it.
    pub edition: String,
    /// Title of the programme.
    pub title: Text,
    /// What the programme is about, in one sentence.
    pub summary: Text,
    /// Who runs the programme.
    pub authority: Text,
    /// Where applications are made.
    pub platform: Text,
    /// What the programme brings, in the order of the policy.
    pub benefits: Vec<Text>,
    /// How long the interview takes.
    pub minutes: u8,
    /// When applications are taken.
    pub window: Window,
    /// Whether it only hints and decides nothing.
    pub hint: bool,
    /// The day the sources were read last, and the one to read them again by.
    pub checked_on: Date,
    /// The day after which the sources must be read again.
    pub review_by: Date,
    /// The digest of the policy.
    pub digest: String,
    /// The name of its file.
    pub file: String,
}

impl Edition {
    /// Reads an entry of the index; nothing where a member is missing.
    pub fn read(entry: &Value) -> Option<Self> {
        let word = |name: &str| Some(entry.get(name)?.as_str()?.to_owned());
        let day = |name: &str| Date::parse(entry.get(name)?.as_str()?);
        let benefits = entry.get("benefits").and_then(Value::as_array);
        Some(Self {
            id: word("id")?,
            edition: word("edition")?,
            title: text(entry.get("title")?)?,
            summary: text(entry.get("summary")?)?,
            authority: text(entry.get("authority")?)?,
            platform: text(entry.get("platform")?)?,
            benefits: benefits.into_iter().flatten().map(text).collect::<Option<_>>()?,
            minutes: entry.get("minutes")?.as_u64()?.try_into().ok()?,
            window: Window {
                opens: day("opens"),
                closes: day("closes"),
                year: entry.get("year")?.as_i64()?.try_into().ok()?,
            },
            hint: entry.get("hint").and_then(Value::as_bool).unwrap_or(false),
            checked_on: day("checked_on")?,
            review_by: day("review_by")?,
            digest: word("digest")?,
            file: word("file")?,
        })
    }

    /// The edition's address, `tech-sme@2026`.
    pub fn address(&self) -> String {
        [&self.id, "@", &self.edition].concat()
    }
}

fn text(value: &Value) -> Option<Text> {
    let of = |lang: &str| Some(value.get(lang)?.as_str()?.to_owned());
    let text = Text { zh: of("zh")?, en: of("en")? };
    (!text.get(Lang::Zh).is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_of_the_index_is_read_whole_or_not_at_all() {
        let entry = json!({
            "id": "a", "edition": "2026", "year": 2026, "opens": "2026-06-01", "minutes": 5,
            "title": { "zh": "甲", "en": "A" }, "summary": { "zh": "甲", "en": "A" },
            "authority": { "zh": "甲", "en": "A" }, "platform": { "zh": "甲", "en": "A" },
            "checked_on": "2026-11-01", "review_by": "2027-05-01", "digest": "sha256:0",
            "file": "a@2026.json", "benefits": [{ "zh": "甲", "en": "A" }],
        });
        let edition = Edition::read(&entry).expect("an edition");
        assert_eq!(edition.address(), "a@2026");
        assert_eq!((edition.window.closes, edition.hint), (None, false));
        for name in ["id", "title", "platform", "minutes", "review_by", "file"] {
            let mut broken = entry.clone();
            broken.as_object_mut().expect("an object").remove(name);
            assert!(Edition::read(&broken).is_none(), "{name}");
        }
    }
}

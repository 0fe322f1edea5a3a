//! Papers as a list to tick off; the ticks are kept in the company file.

use serde_json::Value;
use yew::prelude::*;
use zice_rules::Verdict;

use crate::{
    page::{Action, Session, Shared, papers::MEMBER, path::Path},
    screens::report::{Told, official, part},
    ui::dom::{attrs, group, line, maybe, text, tick},
    words,
};

/// Papers with what they prove.
pub fn papers(session: &Shared, told: &Told) -> Html {
    let lang = told.lang;
    let mut lines = Vec::with_capacity(told.report.papers.len());
    let names = &told.policy.papers;
    for paper in &told.report.papers {
        let key = [&told.policy.id, ":", &paper.id].concat();
        let ticked = is_ticked(session.at(&Path::member(MEMBER)), &key);
        let mut said = vec![text(&paper.title)];
        let name = names.iter().find(|it| it.id == paper.id);
        said.extend(name.map(|it| official(lang, &it.title)));
        if !paper.because.is_empty() {
            let because = paper.because.join(words::LIST_COMMA.get(lang));
            said.push(line(
                "span",
                "zice-rule",
                &[
                    words::BRACKET.get(lang),
                    words::PROVES.get(lang),
                    &because,
                    words::BRACKET_END.get(lang),
                ],
            ));
        }
        let change = {
            let (session, key) = (session.clone(), key.clone());
            Callback::from(move |_: Event| {
                let ticks = toggled(session.at(&Path::member(MEMBER)), &key);
                session.dispatch(Action::Set(Path::member(MEMBER), ticks));
            })
        };
        let mark = tick(attrs! { "type": "checkbox", "data-zice-paper": &key }, ticked, change);
        lines.push(group("li", "", vec![group("label", "", vec![mark, group("span", "", said)])]));
    }
    let [ready, all] = [ready(session, told), lines.len()].map(|count| count.to_string());
    let count = words::fill(&words::PAPERS_READY, lang, &[&ready, " / ", all.as_str()].concat());
    maybe(!lines.is_empty(), || {
        let title = [words::DOCUMENTS.get(lang), &*count].concat();
        let list = group("ul", "zice-papers", lines);
        // Who does not pass has other things to do first.
        let passes = matches!(told.report.verdict, Verdict::Met | Verdict::NeedsReview);
        let open = told.single && passes;
        group("div", "zice-paper-list", vec![part("h3", &title, open, vec![list])])
    })
}

/// How many of the papers are ticked off.
pub fn ready(session: &Session, told: &Told) -> usize {
    let ticks = session.at(&Path::member(MEMBER));
    let papers = told.report.papers.iter();
    papers.filter(|it| is_ticked(ticks, &[&told.policy.id, ":", &*it.id].concat())).count()
}

fn is_ticked(ticks: Option<&Value>, key: &str) -> bool {
    let ticks = ticks.and_then(Value::as_array);
    ticks.is_some_and(|ticks| ticks.iter().any(|it| it.as_str() == Some(key)))
}

/// The ticks with this one changed, in order; `null` where none is left. What
/// is no text in the list stays in it.
fn toggled(ticks: Option<&Value>, key: &str) -> Value {
    let mut list = ticks.and_then(Value::as_array).cloned().unwrap_or_default();
    if is_ticked(ticks, key) {
        list.retain(|it| it.as_str() != Some(key));
    } else {
        let after = list.iter().position(|it| it.as_str() > Some(key));
        list.insert(after.unwrap_or(list.len()), key.into());
    }
    if list.is_empty() { Value::Null } else { Value::Array(list) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tick_is_put_in_order_and_taken_away_and_nothing_else_is_touched() {
        for (before, key, after) in [
            (json!(null), "b:x", json!(["b:x"])),
            (json!(["b:x"]), "b:x", json!(null)),
            (json!(["a:y", "c:a"]), "b:x", json!(["a:y", "b:x", "c:a"])),
            (json!(["b:x", "b:x", "c:a"]), "b:x", json!(["c:a"])),
            (json!([1, null, "c:a"]), "b:x", json!([1, null, "b:x", "c:a"])),
            (json!([1, "b:x"]), "b:x", json!([1])),
            (json!("b:x"), "b:x", json!(["b:x"])),
            (json!({ "b:x": true }), "b:x", json!(["b:x"])),
        ] {
            assert_eq!(toggled(Some(&before), key), after, "{before}");
        }
        assert_eq!(toggled(None, "b:x"), json!(["b:x"]));
        assert!(!is_ticked(Some(&json!({ "b:x": true })), "b:x"));
    }
}

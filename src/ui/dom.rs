//! Elements, put together by plain functions.
//!
//! `html!` writes an element out in full wherever it stands: written so, this
//! page's own elements came to a fifth of the first load. A call is a tenth
//! of that.
//!
//! All text of the page goes through here, and none of it is a node that Yew
//! keeps hold of: a translator puts elements of its own in place of text nodes,
//! and what is then written into the old ones nobody sees. Text is the
//! `textContent` of an element instead, which replaces whatever has come to
//! stand there; beside other children it has an element of its own.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsValue;
use yew::{
    prelude::*,
    virtual_dom::{AttributeOrProperty, Attributes, Listener, VList, VTag, VText},
};

/// The class of a quiet button, beside the one that leads on.
pub const QUIET: &str = "zice-button zice-button-quiet";

/// Names and values of attributes; see [`attrs!`]. The last name is that of the
/// text, which is no attribute.
#[derive(Clone, Copy)]
pub struct Attrs<'a>(pub &'static [&'static str], pub &'a [&'a str]);

/// `attrs! { "id": id, "class": "x" }`. An attribute without a value is left
/// out, except `value`, which then is the empty one.
macro_rules! attrs {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::ui::dom::Attrs(&[$($name,)* "textContent"], &[$($value),*])
    };
}
pub(crate) use attrs;

/// Headings by rank.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

thread_local! {
    static LOWER: Cell<u8> = const { Cell::new(0) };
}

/// Has every heading that is made from now on stand so many levels lower, down to
/// the lowest there is. Pages of one program share this: each says it whenever it
/// is drawn, and no part that is drawn by itself (`parts/memo.rs`) has a heading.
///
/// A heading looks as its rank is, whatever its level: in an element its styles go
/// by a class. So an attribute `class` is named at every heading, be it an empty one.
pub fn lower_headings(by: u8) {
    LOWER.set(by);
}

fn build(name: &'static str, attrs: Attrs<'_>, mut children: Vec<Html>) -> VTag {
    let rank = HEADINGS.iter().position(|own| *own == name);
    let lowest = HEADINGS.len() - 1;
    let level = rank.and_then(|it| HEADINGS.get((it + usize::from(LOWER.get())).min(lowest)));
    let mut tag = VTag::new(AttrValue::Static(level.copied().unwrap_or(name)));
    let mut said = None;
    if let [Html::VText(only)] = children.as_slice() {
        said = Some(AttributeOrProperty::Property(JsValue::from_str(&only.text)));
        children.clear();
    }
    for child in &mut children {
        if matches!(child, Html::VText(_)) {
            *child = group("span", "", vec![core::mem::take(child)]);
        }
    }
    // As they are: to add them one by one would move them into a list that
    // grows.
    if let Some(place) = tag.children_mut() {
        *place = VList::with_children(children, None).into();
    }
    let mut values = Vec::with_capacity(attrs.0.len());
    for (key, value) in attrs.0.iter().zip(attrs.1) {
        let is_ranked = rank.is_some() && *key == "class";
        let value: Rc<str> =
            if is_ranked { ["zice-", name, " ", value].concat().into() } else { (*value).into() };
        let given = is_ranked || !value.is_empty() || *key == "value";
        values.push(given.then(|| AttributeOrProperty::Attribute(AttrValue::Rc(value))));
    }
    values.push(said);
    tag.set_attributes(Attributes::Dynamic { keys: attrs.0, values: values.into() });
    tag
}

fn listening(mut tag: VTag, listener: Rc<dyn Listener>) -> Html {
    tag.add_listener(listener);
    tag.into()
}

/// A piece of text, to stand among the children of an element.
pub fn text(words: &str) -> Html {
    VText::new(AttrValue::Rc(words.into())).into()
}

/// An element.
pub fn tag(name: &'static str, attrs: Attrs<'_>, children: Vec<Html>) -> Html {
    build(name, attrs, children).into()
}

/// An element with a class, or with none.
pub fn group(name: &'static str, class: &str, children: Vec<Html>) -> Html {
    tag(name, attrs! { "class": class }, children)
}

/// An element with nothing but text in it.
pub fn line(name: &'static str, class: &str, words: &[&str]) -> Html {
    group(name, class, vec![text(&words.concat())])
}

/// A text that somebody else wrote, isolated (`bdi`) so that its direction can't
/// turn the words around it.
pub fn foreign(words: &str) -> Html {
    line("bdi", "", &[&zice_rules::text::printable(words)])
}

/// What is shown only sometimes. What is not shown keeps its place, so that
/// the fields behind it stay the same fields.
pub fn maybe(shown: bool, what: impl FnOnce() -> Html) -> Html {
    if shown { what() } else { Html::default() }
}

/// The same element under a key. When the key becomes another one, the element
/// starts afresh.
pub fn keyed(key: String, element: Html) -> Html {
    match element {
        Html::VTag(mut tag) => {
            Rc::make_mut(&mut tag).key = Some(key.into());
            Html::VTag(tag)
        }
        other => other,
    }
}

/// A button.
pub fn button(attrs: Attrs<'_>, words: &str, onclick: Callback<MouseEvent>) -> Html {
    pressing(attrs, vec![text(words)], onclick)
}

/// A button with more than words in it.
pub fn pressing(attrs: Attrs<'_>, children: Vec<Html>, onclick: Callback<MouseEvent>) -> Html {
    listening(build("button", attrs, children), Rc::new(yew::html::onclick::Wrapper::new(onclick)))
}

/// A box or radio button to tick.
pub fn tick(attrs: Attrs<'_>, checked: bool, onchange: Callback<Event>) -> Html {
    let mut tag = build("input", attrs, Vec::new());
    tag.set_checked(checked);
    listening(tag, Rc::new(yew::html::onchange::Wrapper::new(onchange)))
}

/// A select or another element that changes.
pub fn changing(
    name: &'static str,
    attrs: Attrs<'_>,
    children: Vec<Html>,
    onchange: Callback<Event>,
) -> Html {
    listening(build(name, attrs, children), Rc::new(yew::html::onchange::Wrapper::new(onchange)))
}

/// A field that is typed in. Its `value` is what it starts with; from then on
/// the text is the user's, which also leaves Chinese input methods alone.
///
/// `onfocusout` is when it was typed.
pub fn typing(
    attrs: Attrs<'_>,
    oninput: Callback<InputEvent>,
    onfocusout: Callback<FocusEvent>,
) -> Html {
    let mut tag = build("input", attrs, Vec::new());
    tag.add_listener(Rc::new(yew::html::onfocusout::Wrapper::new(onfocusout)));
    listening(tag, Rc::new(yew::html::oninput::Wrapper::new(oninput)))
}

/// A slider, which stands where `value` says, whatever it was dragged to.
pub fn sliding(attrs: Attrs<'_>, value: &str, oninput: Callback<InputEvent>) -> Html {
    let mut tag = build("input", attrs, Vec::new());
    tag.set_value(AttrValue::Rc(value.into()));
    listening(tag, Rc::new(yew::html::oninput::Wrapper::new(oninput)))
}

/// A field of several lines. It starts empty: Yew would set its text anew at
/// every turn, under the hands.
pub fn area(attrs: Attrs<'_>, oninput: Callback<InputEvent>) -> Html {
    let tag = build("textarea", attrs, Vec::new());
    listening(tag, Rc::new(yew::html::oninput::Wrapper::new(oninput)))
}

/// The same element, listening to what is pasted into it or below it.
pub fn pasted_into(element: Html, onpaste: Callback<Event>) -> Html {
    match element {
        Html::VTag(tag) => {
            let tag = Rc::unwrap_or_clone(tag);
            listening(tag, Rc::new(yew::html::onpaste::Wrapper::new(onpaste)))
        }
        other => other,
    }
}

/// The same element, listening to keys that are pressed in it or below it.
pub fn pressed_in(element: Html, onkeydown: Callback<KeyboardEvent>) -> Html {
    match element {
        Html::VTag(tag) => {
            let tag = Rc::unwrap_or_clone(tag);
            listening(tag, Rc::new(yew::html::onkeydown::Wrapper::new(onkeydown)))
        }
        other => other,
    }
}

/// A block that unfolds below its summary.
pub fn details(class: &str, summary: &str, mut children: Vec<Html>) -> Html {
    children.insert(0, line("summary", "", &[summary]));
    group("details", class, children)
}

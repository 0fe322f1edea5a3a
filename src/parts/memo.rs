//! Memoised parts of the page: a part is drawn again only when something that it
//! shows has changed.
//!
//! A topic has up to a thousand elements, and one key changes a handful of
//! them: comparing all of them took longer than a frame on a slow machine.

use std::rc::Rc;

use serde_json::Value;
use yew::{prelude::*, virtual_dom::VComp};

/// Everything that a part shows. As long as it is equal to that of the last drawing,
/// the part is not drawn again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MadeOf {
    /// Counts every change that is not one of an answer: language, unit, what is
    /// open …
    pub turn: u32,
    /// Counts the changes of the answers it looks at.
    pub touched: u32,
    /// Packs what its marks and words follow, such as how many mistakes are told in
    /// it.
    pub marks: u32,
    /// The answer it shows, where it is a part of one.
    pub value: Option<Value>,
}

#[derive(Properties)]
struct Props {
    made_of: MadeOf,
    make: Rc<dyn Fn() -> Html>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.made_of == other.made_of
    }
}

#[component]
fn Part(props: &Props) -> Html {
    (props.make)()
}

/// A part of the page under a key, which is made again only where what it is made
/// of has changed.
pub fn part(key: String, made_of: MadeOf, make: Rc<dyn Fn() -> Html>) -> Html {
    let props = Rc::new(Props { made_of, make });
    VComp::new::<Part>(props, Some(key.into())).into()
}

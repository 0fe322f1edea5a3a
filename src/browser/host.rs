//! What the element that the page is shown in says of the site around it.
//!
//! The scripts around the wasm have looked at it before (`www/boot/host.js`): a
//! value that is none was told on the console and taken out.

use std::rc::Rc;

use web_sys::Element;

use crate::page::host::{Chrome, Host};

/// The host by the `data-` attributes of the mount.
pub fn host(mount: &Element) -> Rc<Host> {
    let said = |name: &str| mount.get_attribute(name).unwrap_or_default();
    let level = said("data-heading-level").parse().unwrap_or(1_u8);
    Rc::new(Host {
        brand: said("data-brand"),
        contact: said("data-contact"),
        title: said("data-page-title"),
        about: said("data-about"),
        lower: level.saturating_sub(1),
        chrome: match &*said("data-chrome") {
            "minimal" => Chrome::Minimal,
            "none" => Chrome::None,
            _ => Chrome::Full,
        },
    })
}

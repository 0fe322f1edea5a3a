//! The page's appearance, as far as the user has said it. This browser remembers it
//! for those who ask for that.

/// Colours and size of type, as the user has set them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Which colours the page is drawn in.
    pub theme: Theme,
    /// Larger type (长者模式).
    pub large: bool,
    /// Whether this browser remembers it.
    pub remembered: bool,
}

/// The colours the page is drawn in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The colours follow the browser.
    #[default]
    Auto,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// Black and white, with colour only for states.
    Contrast,
}

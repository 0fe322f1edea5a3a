//! How the page looks, as far as the user has said it. Nothing of it is stored.

/// What the user has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Which colours the page is drawn in.
    pub theme: Theme,
    /// Larger type (长者模式).
    pub large: bool,
}

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the browser.
    #[default]
    Auto,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

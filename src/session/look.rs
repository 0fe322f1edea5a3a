//! How the page looks, as far as the user has said it. Nothing of it is stored.

/// What the user has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
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
    Light,
    Dark,
}

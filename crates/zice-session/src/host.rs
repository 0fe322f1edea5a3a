//! What the site around the page says of itself, and how much of the page it wants.

/// The site around the page. Its texts are only ever shown as texts; empty where
/// it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// Who offers the self-check: an office or a firm.
    pub brand: String,
    /// Whom one can ask, such as a telephone number.
    pub contact: String,
    /// What the self-check is called there, in place of its own name.
    pub title: String,
    /// The address of the page about the self-check.
    pub about: String,
    /// By how much the headings lie below those of a page of one's own: 0 to 4.
    pub lower: u8,
    /// What stands around the screens.
    pub chrome: Chrome,
}

/// What stands around the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chrome {
    /// Header and footer with everything in them.
    #[default]
    Full,
    /// Neither files nor language nor appearance: the host has its own.
    Minimal,
    /// Neither header nor footer.
    None,
}

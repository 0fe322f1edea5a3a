//! A place in a company file, written out only where something is wrong there.

/// A key after another one, or an entry of a list.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    before: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Entry(usize),
}

impl<'a> Path<'a> {
    /// A key of the file itself; the empty one stands for the file.
    pub const fn root(key: &'a str) -> Self {
        Self { before: None, step: Step::Key(key) }
    }

    /// A key of the object here.
    pub const fn key(&'a self, key: &'a str) -> Self {
        Self { before: Some(self), step: Step::Key(key) }
    }

    /// An entry of the list here.
    pub const fn entry(&'a self, at: usize) -> Self {
        Self { before: Some(self), step: Step::Entry(at) }
    }

    /// The path as messages have it: `facts.ip[2].kind`.
    pub fn text(&self) -> String {
        let before = self.before.map(Self::text);
        match (before, self.step) {
            (None, Step::Key(key)) => key.to_owned(),
            (None, Step::Entry(at)) => format!("[{at}]"),
            (Some(before), Step::Key(key)) => [&*before, ".", key].concat(),
            (Some(before), Step::Entry(at)) => format!("{before}[{at}]"),
        }
    }
}

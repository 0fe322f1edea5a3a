//! A place in a company file. It is written as text only where something is
//! wrong.

/// A key or an entry, and the path that leads to it.
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
    /// Makes a path to a key of the file. The empty key stands for the file
    /// itself.
    pub const fn root(key: &'a str) -> Self {
        Self { before: None, step: Step::Key(key) }
    }

    /// Returns the path to a key of the object at this path.
    pub const fn key(&'a self, key: &'a str) -> Self {
        Self { before: Some(self), step: Step::Key(key) }
    }

    /// Returns the path to an entry of the list at this path.
    pub const fn entry(&'a self, at: usize) -> Self {
        Self { before: Some(self), step: Step::Entry(at) }
    }

    /// Writes the path as messages show it: `facts.ip[2].kind`.
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

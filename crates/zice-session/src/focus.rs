//! The focus, by what it is given to. The page makes a selector of that
//! (`src/browser/focus.rs`).

use crate::path::{End, Path};

/// What takes the focus once it is shown. Facts are given by their ids, entries of
/// a list by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The heading of the screen.
    Heading,
    /// The list of companies that are kept; the heading where none is.
    Kept,
    /// The mistakes that the way on was stopped for.
    Halted,
    /// The notice that other years are asked.
    Moved,
    /// The question about a fact.
    Question(String),
    /// The first field of the question about a fact.
    FirstField(String),
    /// The fields of the single entry that answers a fact.
    Fields(String),
    /// The button that takes back what was done to the answer.
    TakeBack(String),
    /// The button that adds an entry to a list.
    AddButton(String),
    /// The button that asks for a table.
    PasteButton(String),
    /// The field a table is pasted into.
    PasteField(String),
    /// The first button of what was understood of a block of figures.
    PastePanel(String),
    /// The field that asks for what stands at a place.
    Field(Path),
    /// The field that asks for an end of a range.
    End(Path, End),
    /// The field that asks for what stands at a place, else its question.
    Mistake(Path),
    /// The box that says that a paper has nothing of a field.
    NotStated(Path),
    /// The fields of an entry of a list.
    Entry(Path),
    /// The row that shows an entry of a list.
    Row(Path),
    /// The element with this id, whatever it is.
    Element(String),
}

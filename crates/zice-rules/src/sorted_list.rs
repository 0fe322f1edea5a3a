//! Short lists that stay sorted while they grow.
//!
//! The lists of a policy have a few dozen entries. Inserting each at its place
//! needs neither a general sort nor a tree, which together would make up a
//! tenth of the engine's wasm.

/// Inserts an entry at its place in a sorted list, unless it is there already.
pub(crate) fn insert<T: Ord>(list: &mut Vec<T>, entry: T) {
    if let Err(at) = list.binary_search(&entry) {
        list.insert(at, entry);
    }
}

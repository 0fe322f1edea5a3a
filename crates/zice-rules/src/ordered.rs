//! Short lists kept in order as they grow.
//!
//! The lists of a policy have a few dozen entries. Keeping them in order while
//! they grow needs no general sort and no tree, which together would be a
//! tenth of the engine's wasm.

/// Puts an entry in its place, once.
pub(crate) fn insert<T: Ord>(list: &mut Vec<T>, entry: T) {
    if let Err(at) = list.binary_search(&entry) {
        list.insert(at, entry);
    }
}

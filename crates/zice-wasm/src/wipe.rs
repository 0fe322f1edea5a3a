//! Wiping: memory that is given back is overwritten first.
//!
//! What a user types would otherwise stay in the wasm's memory, long after the
//! page that asked for it was closed, until something else happens to be put
//! there. With this allocator the answers of a page that is gone are gone.

// An allocator can't be written without; nothing else here is unsafe.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};

/// An allocator that overwrites what it takes back.
pub struct Wiping<A>(pub A);

// SAFETY: `alloc` and `dealloc` are those of `A`, to which what was asked for is
// passed on as it is. Moving a block is left to the trait, which does it by
// those two.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: what holds for the caller of this holds for that one.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is `layout.size()` bytes long and nobody's any more.
        unsafe {
            wipe(block, layout.size());
            self.0.dealloc(block, layout);
        }
    }
}

/// Writes zeros. The writes are volatile: otherwise the compiler would leave them
/// out, since nobody reads the block again, or call a slower function that writes
/// bytes.
unsafe fn wipe(block: *mut u8, size: usize) {
    const WORD: usize = size_of::<usize>();
    // Words where both ends are those of words, which is nearly everywhere.
    let words = if block.addr().is_multiple_of(WORD) { size / WORD } else { 0 };
    for at in 0..words {
        // SAFETY: below `size`, and aligned because the block is.
        unsafe { block.cast::<usize>().add(at).write_volatile(0) };
    }
    for at in words * WORD..size {
        // SAFETY: below `size`.
        unsafe { block.add(at).write_volatile(0) };
    }
}

#[cfg(test)]
mod tests {
    use std::{
        alloc::{GlobalAlloc, Layout, System},
        cell::RefCell,
    };

    use super::Wiping;

    thread_local! {
        static SEEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }

    /// Notes what stands in a block that is taken back.
    struct Noting;

    // SAFETY: the system's own, looked at on the way.
    unsafe impl GlobalAlloc for Noting {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: as for this one.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the block is as long as its layout says.
            let content = unsafe { std::slice::from_raw_parts(block, layout.size()) };
            SEEN.set(content.to_vec());
            // SAFETY: as for this one.
            unsafe { System.dealloc(block, layout) }
        }
    }

    #[test]
    fn what_is_given_back_is_zeros_whatever_its_size_also_where_it_only_moves() {
        let allocator = Wiping(Noting);
        for size in [1, 3, 4, 7, 8, 9, 63, 64, 1001] {
            for align in [1, 8, 16] {
                let layout = Layout::from_size_align(size, align).expect("a layout");
                // SAFETY: each block is used within its size and freed once.
                unsafe {
                    let block = allocator.alloc(layout);
                    block.write_bytes(0x5a, size);
                    let moved = allocator.realloc(block, layout, size + 1);
                    assert_eq!(SEEN.take(), vec![0; size]);
                    assert!((0..size).all(|at| moved.add(at).read() == 0x5a), "it was moved");
                    let layout = Layout::from_size_align(size + 1, align).expect("a layout");
                    allocator.dealloc(moved, layout);
                    assert_eq!(SEEN.take(), vec![0; size + 1]);
                }
            }
        }
    }
}

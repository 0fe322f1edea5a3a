//! Common parts of the page's two wasm programs: an allocator that leaves no
//! answers behind, and panics that say what happened.

#![cfg_attr(not(target_arch = "wasm32"), allow(unused))]

mod wipe;

pub use wipe::Wiping;

/// The allocator of both programs: a small one (a third of the size of the
/// standard library's, and as quick), which overwrites what it takes back.
#[cfg(target_arch = "wasm32")]
pub type Allocator = Wiping<rlsf::SmallGlobalTlsf>;

/// Makes that allocator, for a `#[global_allocator]`.
#[cfg(target_arch = "wasm32")]
pub const fn allocator() -> Allocator {
    Wiping(rlsf::SmallGlobalTlsf::new())
}

/// Lets every panic from now on throw a JavaScript error that says where it
/// happened and why (`panicked at src/…`), in place of a bare trap. The program has
/// stopped all the same: nothing of it may be called after that.
#[cfg(target_arch = "wasm32")]
pub fn throw_panics() {
    std::panic::set_hook(Box::new(|info| {
        wasm_bindgen::throw_val(js_sys::Error::new(&info.to_string()).into());
    }));
}

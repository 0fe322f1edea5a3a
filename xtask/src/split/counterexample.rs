//! A small library that is divided in a test: the page calls any of four steps,
//! by a number from outside; the report, which is the entry of the second part,
//! walks through the last two. The compiler knows the array by its beginning in
//! one and by its middle in the other.

static STEPS: [fn(u32) -> u32; 4] = [add, double, square, halve];
static OTHERS: [fn(u32) -> u32; 2] = [triple, negate];

#[inline(never)]
fn add(x: u32) -> u32 {
    x.wrapping_add(7)
}

#[inline(never)]
fn double(x: u32) -> u32 {
    x.wrapping_mul(2) ^ 1
}

#[inline(never)]
fn square(x: u32) -> u32 {
    x.wrapping_mul(x) ^ 3
}

#[inline(never)]
fn halve(x: u32) -> u32 {
    x / 2 ^ 5
}

#[inline(never)]
fn triple(x: u32) -> u32 {
    x.wrapping_mul(3) ^ 9
}

#[inline(never)]
fn negate(x: u32) -> u32 {
    !x ^ 17
}

#[inline(never)]
fn walk(steps: &[fn(u32) -> u32], x: u32) -> u32 {
    steps.iter().fold(x, |x, step| step(x))
}

/// The entry of the second part: all but the first two steps.
#[inline(never)]
pub fn report(x: u32) -> u32 {
    let mut y = walk(&STEPS[2..], x);
    for i in 0..x & 7 {
        y = y.rotate_left(i) ^ walk(&STEPS[2..], y ^ i).wrapping_mul(0x9e37_79b9);
    }
    y ^ 1
}

/// The first part.
#[unsafe(no_mangle)]
pub extern "C" fn page(which: usize, x: u32) -> u32 {
    match which {
        99 => report(x),
        98 => walk(&OTHERS, x),
        _ => STEPS[which & 3](x),
    }
}

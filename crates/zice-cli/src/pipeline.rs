//! Works on many pieces in parallel, with results in the order of the pieces
//! and in bounded memory.
//!
//! ```text
//! next ─► jobs ──► work × threads ─► one channel a piece ─┐
//!    └──► order: the receiving ends, as the pieces came ──┴─► write
//! ```
//!
//! The queue `order` bounds the window: while it is full, no further piece is
//! taken in.

use std::{
    io,
    num::NonZeroUsize,
    panic,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
    thread::{self, Scope, ScopedJoinHandle},
};

/// The number of pieces that each thread may be ahead of the writer, so that a
/// slow piece does not stop the other threads.
const AHEAD: usize = 4;

/// The stack size of a thread in bytes. It equals that of the main thread, so
/// that whatever can be parsed there can be parsed here.
const STACK: usize = 8 << 20;

/// Pieces in the window that are not in the queue: the one whose result the
/// writer waits for, and the one waiting to get into the queue.
const BESIDE: usize = 2;

/// The most pieces that are taken in but not yet written.
fn window(threads: NonZeroUsize) -> usize {
    match threads.get() {
        1 => 1,
        many => many.saturating_mul(AHEAD).saturating_add(BESIDE),
    }
}

/// A piece, and the channel on which its result is awaited.
type Job<T, R> = (T, SyncSender<R>);

/// Takes pieces from `next` until there are none, calls `work` on each in
/// parallel, and passes the results to `write` in the order of the pieces. The
/// first error of `write` ends everything. With one thread all of it runs on
/// the calling thread.
///
/// # Errors
/// The outer error says that threads can't be started; the inner one is that of
/// `write`.
pub fn in_order<T: Send, R: Send, E: Send>(
    threads: NonZeroUsize,
    mut next: impl FnMut() -> Option<T>,
    work: impl Fn(T) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E> + Send,
) -> io::Result<Result<(), E>> {
    if threads == NonZeroUsize::MIN {
        while let Some(piece) = next() {
            if let Err(error) = write(work(piece)) {
                return Ok(Err(error));
            }
        }
        return Ok(Ok(()));
    }
    let queued = window(threads) - BESIDE;
    thread::scope(|scope| {
        let (order, results) = mpsc::sync_channel::<Receiver<R>>(queued);
        let (jobs, queue) = mpsc::sync_channel::<Job<T, R>>(queued);
        let writer = spawn(scope, move || write_all(&results, &mut write))?;
        // Only the workers own the receiving end. Once the last one is gone,
        // sending a job fails instead of waiting for room.
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.get() {
            let (queue, work) = (Arc::clone(&queue), &work);
            spawn(scope, move || work_all(&queue, work))?;
        }
        drop(queue);
        while let Some(piece) = next() {
            let (to, result) = mpsc::sync_channel(1);
            if order.send(result).is_err() || jobs.send((piece, to)).is_err() {
                break;
            }
        }
        drop((order, jobs));
        Ok(writer.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}

fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
}

fn work_all<T, R>(queue: &Mutex<Receiver<Job<T, R>>>, work: impl Fn(T) -> R) {
    loop {
        // The lock is held while waiting for a job; other workers wait for the
        // lock instead.
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((piece, to)) = job else { return };
        // If writing has failed, nobody receives the result, and that is fine.
        let _ = to.send(work(piece));
    }
}

fn write_all<R, E>(
    results: &Receiver<Receiver<R>>,
    write: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    for result in results {
        // A worker that panicked sends no result; the scope passes its panic
        // on.
        let Ok(result) = result.recv() else { break };
        write(result)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        num::NonZeroUsize,
        sync::{
            Condvar, Mutex,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use super::{in_order, window};

    const THREADS: [usize; 4] = [1, 2, 3, 8];

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).expect("not nought")
    }

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        for count in THREADS {
            let mut pieces = 0..10_000_u64;
            let mut written = Vec::new();
            // Some pieces take much longer than others.
            let work = |piece: u64| {
                let rounds = if piece.is_multiple_of(7) { 20_000 } else { 1 };
                (0..rounds).fold(piece, |sum, round| std::hint::black_box(sum ^ round ^ round))
            };
            let result = in_order(
                threads(count),
                || pieces.next(),
                work,
                |result| {
                    written.push(result);
                    Ok::<(), Infallible>(())
                },
            );
            result.expect("threads start").expect("nothing fails");
            assert!(written.iter().copied().eq(0..10_000), "{count} threads");
        }
    }

    /// The first result is held back until the window is full. By then exactly
    /// that many pieces were taken in, and there are never more later.
    #[test]
    fn no_more_pieces_are_taken_in_than_the_window_holds() {
        for count in THREADS {
            let window = window(threads(count));
            let (taken, full) = (Mutex::new(0_usize), Condvar::new());
            let written = AtomicUsize::new(0);
            let mut pieces = 0..200_000_usize;
            let mut most = 0;
            let next = || {
                let piece = pieces.next()?;
                let mut taken = taken.lock().expect("no panic");
                *taken += 1;
                most = most.max(*taken - written.load(Ordering::SeqCst));
                full.notify_all();
                Some(piece)
            };
            let work = |piece: usize| {
                if piece == 0 {
                    let taken = taken.lock().expect("no panic");
                    drop(full.wait_while(taken, |taken| *taken < window).expect("no panic"));
                }
                piece
            };
            let write = |_| {
                written.fetch_add(1, Ordering::SeqCst);
                Ok::<(), Infallible>(())
            };
            in_order(threads(count), next, work, write)
                .expect("threads start")
                .expect("nothing fails");
            assert_eq!((most, written.into_inner()), (window, 200_000), "{count} threads");
        }
    }

    #[test]
    fn the_first_error_of_the_writing_ends_it() {
        for count in THREADS {
            let mut taken = 0_usize;
            let next = || {
                taken += 1;
                Some(taken)
            };
            let fails = |piece| if piece == 100 { Err(piece) } else { Ok(()) };
            let result = in_order(threads(count), next, |piece| piece, fails);
            assert_eq!(result.expect("threads start"), Err(100), "{count} threads");
            assert!(taken <= 100 + window(threads(count)), "{taken} with {count} threads");
        }
    }
}

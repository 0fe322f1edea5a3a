//! Splits an input into chunks of lines, each of which one thread answers.

use crate::{
    error::Error,
    input::{Lines, Read},
};

/// The size in bytes at which a chunk ends, with the line that reaches it.
const BYTES: usize = 1 << 18;

/// Consecutive lines of an input.
#[derive(Debug, Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    held: Vec<Held>,
    /// The number of bytes of the input up to the chunk's end.
    pub position: u64,
    /// Whether the input has no further line ready. Its writer may be waiting
    /// for the answer before sending more.
    pub waits: bool,
}

#[derive(Debug)]
struct Held {
    /// The number of the line, counted from 1.
    number: u64,
    /// The end of the line in the chunk's bytes.
    end: usize,
    read: Read,
}

impl Chunk {
    /// The lines with their numbers; `None` for a line that is too long.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Option<&[u8]>)> {
        let mut start = 0;
        self.held.iter().map(move |line| {
            let bytes = self.bytes.get(start..line.end).unwrap_or_default();
            start = line.end;
            (line.number, (line.read == Read::Whole).then_some(bytes))
        })
    }

    /// The number of the last line.
    pub fn last(&self) -> u64 {
        self.held.last().map_or(0, |line| line.number)
    }
}

/// Reads an input as chunks.
pub struct Chunks {
    lines: Lines,
    /// The most lines in one chunk.
    most: usize,
    ended: bool,
    failed: Option<Error>,
}

impl Chunks {
    /// Splits an input into chunks of at most `most` lines.
    pub fn new(lines: Lines, most: usize) -> Self {
        Self { lines, most, ended: false, failed: None }
    }

    /// Reads the next chunk; `None` at the end or if reading fails, see
    /// [`Self::finish`].
    pub fn next(&mut self) -> Option<Chunk> {
        let mut chunk = Chunk::default();
        while !self.ended {
            match self.lines.next(&mut chunk.bytes) {
                Ok(Some(read)) => {
                    let (number, end) = (self.lines.number, chunk.bytes.len());
                    chunk.held.push(Held { number, end, read });
                }
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    self.failed = Some(error);
                }
            }
            chunk.waits = self.lines.may_wait();
            if chunk.waits || chunk.held.len() >= self.most || chunk.bytes.len() >= BYTES {
                break;
            }
        }
        chunk.position = self.lines.position;
        (!chunk.held.is_empty()).then_some(chunk)
    }

    /// The name of the input in messages.
    pub fn name(&self) -> &str {
        self.lines.name()
    }

    /// Tells whether the whole input was read.
    ///
    /// # Errors
    /// Returns the error that ended the reading early.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read as Reading};

    use zice_rules::{Lang, company::MAX_BYTES};

    use super::{BYTES, Chunks};
    use crate::input::Input;

    fn chunks(reader: impl Reading + 'static, size: Option<u64>, most: usize) -> Chunks {
        Chunks::new(Input::new("t".to_owned(), size, Box::new(reader), Lang::Zh).lines(), most)
    }

    /// Chunks of a file with these bytes.
    fn file(bytes: &[u8], most: usize) -> Chunks {
        chunks(Cursor::new(bytes.to_vec()), Some(bytes.len() as u64), most)
    }

    fn read(mut chunks: Chunks) -> Vec<Vec<(u64, Option<String>)>> {
        let mut read = Vec::new();
        while let Some(chunk) = chunks.next() {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let lines = chunk.lines().map(|(number, line)| (number, line.map(text)));
            read.push(lines.collect());
        }
        read
    }

    /// A pipe that gives one piece a call, or fails where a piece is an error.
    struct Pipe(Vec<io::Result<&'static [u8]>>);

    impl Reading for Pipe {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0)?;
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    fn line(number: u64, text: &str) -> (u64, Option<String>) {
        (number, Some(text.to_owned()))
    }

    #[test]
    fn lines_are_counted_on_from_chunk_to_chunk() {
        let expected = [vec![line(1, "a"), line(2, "")], vec![line(3, "b"), line(4, "c")]];
        assert_eq!(read(file(b"a\n\nb\nc", 2)), expected);
        assert_eq!(read(file(b"", 2)), Vec::<Vec<_>>::new());
    }

    #[test]
    fn a_chunk_ends_where_a_line_may_have_to_be_waited_for() {
        let pipe = Pipe(vec![Ok(b"a\nb\nc"), Ok(b"\n"), Ok(b"d")]);
        let expected = [vec![line(1, "a"), line(2, "b")], vec![line(3, "c")], vec![line(4, "d")]];
        assert_eq!(read(chunks(pipe, None, 100)), expected);
    }

    #[test]
    fn a_file_is_not_waited_for() {
        let lines = "x\n".repeat(1 << 18);
        let read = read(file(lines.as_bytes(), 1000));
        assert_eq!(read.iter().map(Vec::len).max(), Some(1000));
        assert_eq!(read.iter().map(Vec::len).sum::<usize>(), 1 << 18);
        assert_eq!(read.len(), (1_usize << 18).div_ceil(1000));
    }

    #[test]
    fn a_chunk_holds_no_more_than_its_bytes_and_one_line() {
        let long = vec![b'x'; MAX_BYTES];
        let mut bytes = Vec::new();
        for _ in 0..3 {
            bytes.extend(b"y\n".repeat(BYTES / 4));
            bytes.extend(&long);
            bytes.push(b'\n');
        }
        let mut chunks = file(&bytes, usize::MAX);
        let mut all = 0;
        while let Some(chunk) = chunks.next() {
            assert!(chunk.bytes.len() < BYTES + MAX_BYTES, "{}", chunk.bytes.len());
            all += chunk.held.len();
        }
        assert_eq!(all, 3 * (BYTES / 4 + 1));
    }

    #[test]
    fn a_line_that_is_too_long_leaves_nothing_behind() {
        let mut bytes = b"a\n".to_vec();
        bytes.extend(vec![b'x'; MAX_BYTES + 1]);
        bytes.extend(b"\nb\n");
        assert_eq!(read(file(&bytes, 10)), [vec![line(1, "a"), (2, None), line(3, "b")]]);
    }

    #[test]
    fn what_was_read_before_a_failure_is_given_and_then_the_failure() {
        let pipe = Pipe(vec![Ok(b"a\nb"), Err(io::Error::other("gone")), Ok(b"c\n")]);
        let mut chunks = chunks(pipe, None, 100);
        let first = chunks.next().map(|chunk| chunk.last());
        assert_eq!((first, chunks.next().is_none()), (Some(1), true));
        let error = chunks.finish().expect_err("it failed");
        assert!(format!("{error:?}").contains("t:2: gone"), "{error:?}");
    }
}

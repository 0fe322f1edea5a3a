//! Reads company files, whole or line by line.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _},
    path::Path,
};

use memchr::memchr;
use zice_rules::{
    Lang,
    company::{Fault, MAX_BYTES},
    text::spelled_out,
};

use crate::error::Error;

/// The bytes that some Windows programs put before UTF-8; they are skipped.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file or standard input, open for reading.
pub struct Input {
    /// The name of the input in messages.
    pub name: String,
    /// The size in bytes; `None` for a pipe or terminal.
    pub size: Option<u64>,
    reader: BufReader<Box<dyn io::Read>>,
    lang: Lang,
}

impl Input {
    /// Opens a file, or standard input if the path is `-`.
    pub fn open(path: &Path, lang: Lang) -> Result<Self, Error> {
        if path.as_os_str() == "-" {
            let name = lang.pick("（标准输入）", "(standard input)").to_owned();
            return Ok(Self::new(name, None, Box::new(io::stdin().lock()), lang));
        }
        let name = spelled_out(&path.to_string_lossy(), 300);
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let (metadata, file) = opened.map_err(|error| Error::Input(format!("{name}: {error}")))?;
        let size = metadata.is_file().then_some(metadata.len());
        Ok(Self::new(name, size, Box::new(file), lang))
    }

    /// Wraps any reader. Giving a `size` promises that reading never has to
    /// wait.
    pub fn new(name: String, size: Option<u64>, reader: Box<dyn io::Read>, lang: Lang) -> Self {
        Self { name, size, reader: BufReader::with_capacity(1 << 16, reader), lang }
    }

    /// Reads everything as one company. Fails if it is larger than a company
    /// may be.
    pub fn whole(self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        self.reader
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::Input(format!("{}: {error}", self.name)))?;
        if bytes.len() > MAX_BYTES {
            let fault = Fault::TooLarge;
            return Err(Error::Refused(fault.code(), fault.in_file(&self.name, self.lang)));
        }
        if bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(bytes)
    }

    /// Turns the input into its lines.
    pub fn lines(self) -> Lines {
        Lines { input: self, number: 0, position: 0 }
    }
}

/// Reads an input line by line.
pub struct Lines {
    input: Input,
    /// The number of the line read last, counted from 1.
    pub number: u64,
    /// The number of bytes read so far.
    pub position: u64,
}

/// The result of reading a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// The whole line was read, without its line break.
    Whole,
    /// The line is longer than a company may be, and was skipped.
    TooLong,
}

impl Lines {
    /// Whether reading the next line may have to wait. If so, everything read
    /// so far should be answered first.
    pub fn may_wait(&self) -> bool {
        self.input.size.is_none() && !self.input.reader.buffer().contains(&b'\n')
    }

    /// Appends the next line to `bytes`. A line that is too long adds nothing,
    /// so memory stays bounded. Returns `None` at the end of the input.
    pub fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Read>, Error> {
        let start = bytes.len();
        self.number += 1;
        let (mut any, mut fits) = (false, true);
        loop {
            let buffer = match self.input.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    let Input { name, .. } = &self.input;
                    return Err(Error::Input(format!("{name}:{}: {error}", self.number)));
                }
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = memchr(b'\n', buffer);
            let part = end.and_then(|end| buffer.get(..end)).unwrap_or(buffer);
            fits &= bytes.len() - start + part.len() <= MAX_BYTES;
            if fits {
                bytes.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.reader.consume(used);
            self.position = self.position.saturating_add(u64::try_from(used).unwrap_or(0));
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        if !fits {
            bytes.truncate(start);
            return Ok(Some(Read::TooLong));
        }
        let marked = bytes.get(start..).is_some_and(|line| line.starts_with(BYTE_ORDER_MARK));
        if self.number == 1 && marked {
            bytes.drain(start..start + BYTE_ORDER_MARK.len());
        }
        Ok(Some(Read::Whole))
    }

    /// The name of the input in messages.
    pub fn name(&self) -> &str {
        &self.input.name
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zice_rules::{Lang, company::MAX_BYTES};

    use super::{Input, Read};

    fn lines(bytes: &[u8]) -> Vec<Option<String>> {
        let reader = Box::new(Cursor::new(bytes.to_vec()));
        let mut lines = Input::new("t".to_owned(), None, reader, Lang::Zh).lines();
        let mut read = Vec::new();
        let mut line = Vec::new();
        while let Some(whole) = lines.next(&mut line).expect("memory can be read") {
            let text = String::from_utf8(line.split_off(0)).expect("text");
            assert!(whole == Read::Whole || text.is_empty(), "something is left of {text:.9}");
            read.push((whole == Read::Whole).then_some(text));
        }
        read
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|&text| Some(text.to_owned())).collect()
    }

    #[test]
    fn lines_end_at_line_breaks_and_at_the_end() {
        assert_eq!(lines(b""), some(&[]));
        assert_eq!(lines(b"a\n\nb"), some(&["a", "", "b"]));
        assert_eq!(lines(b"a\n"), some(&["a"]));
    }

    #[test]
    fn a_byte_order_mark_is_dropped_at_the_start_only() {
        assert_eq!(lines(b"\xef\xbb\xbfa\n\xef\xbb\xbfb"), some(&["a", "\u{feff}b"]));
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_as_a_whole() {
        let mut bytes = vec![b'x'; MAX_BYTES + 1];
        bytes.extend(b"\nnext");
        assert_eq!(lines(&bytes), [None, Some("next".to_owned())]);
        let just_fits = lines(&vec![b'x'; MAX_BYTES]);
        assert_eq!(just_fits.first().and_then(Option::as_ref).map(String::len), Some(MAX_BYTES));
    }
}

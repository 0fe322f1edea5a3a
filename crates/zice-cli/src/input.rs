//! Company files: where they are read from, whole or line by line.

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

/// What Windows programs put in front of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file or standard input, open for reading.
pub struct Input {
    /// Name in messages.
    pub name: String,
    /// Bytes in it, where that is known.
    pub size: Option<u64>,
    reader: BufReader<Box<dyn io::Read>>,
    lang: Lang,
}

impl Input {
    /// Opens a file; `-` is standard input.
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

    /// Takes what `reader` gives; a `size` says that it never lets wait.
    pub fn new(name: String, size: Option<u64>, reader: Box<dyn io::Read>, lang: Lang) -> Self {
        Self { name, size, reader: BufReader::with_capacity(1 << 16, reader), lang }
    }

    /// All of it, as one company.
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

    /// Its lines, one after the other.
    pub fn lines(self) -> Lines {
        Lines { input: self, number: 0, position: 0 }
    }
}

/// The lines of an input.
pub struct Lines {
    input: Input,
    /// Number of the line that was read last, from one.
    pub number: u64,
    /// Bytes read so far.
    pub position: u64,
}

/// A line that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// All of it, without the line break.
    Whole,
    /// It is longer than a company may be, and was passed over.
    TooLong,
}

impl Lines {
    /// Whether the next line may have to be waited for: what was said so far
    /// should be answered by then.
    pub fn may_wait(&self) -> bool {
        self.input.size.is_none() && !self.input.reader.buffer().contains(&b'\n')
    }

    /// Appends the next line to `bytes`, and no more of it than a company may
    /// take.
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

    /// Name of the input in messages.
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

//! The file row by row: decompressed as it is read, with a progress bar, never whole in memory.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufRead as _, BufReader, Read},
    path::Path,
};

use csv::{ByteRecord, Reader, ReaderBuilder};
use flate2::bufread::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use super::CutReason;

/// Bytes that a row may have. More is no row but a quotation mark that swallows the rest of the file.
const ROW_LIMIT: u64 = 1 << 20;
const BUFFER: usize = 64 * 1024;
/// What every gzip file begins with (RFC 1952, section 2.3.1), and no CSV.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An open CSV file.
pub(super) struct SourceFile {
    rows: Reader<Watched>,
    header: ByteRecord,
    last_line: u64,
}

impl SourceFile {
    /// Opens a file, plain or gzip (told by its first bytes, not by its name), and reads its first line.
    /// A bar on standard error shows how much of it has been read; there is none when that is no terminal.
    pub(super) fn open(path: &Path, delimiter: u8) -> io::Result<Self> {
        let file = File::open(path)?;
        let bar = ProgressBar::new(file.metadata()?.len()).with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes}, {eta} left") {
            bar.set_style(style);
        }
        let mut bytes = BufReader::with_capacity(BUFFER, bar.wrap_read(file));
        let plain: Box<dyn Read + Send> = if bytes.fill_buf()?.starts_with(&GZIP) {
            // A file may be several gzip files one after the other, as log rotation and `cat a.gz b.gz` make it.
            Box::new(MultiGzDecoder::new(bytes))
        } else {
            Box::new(bytes)
        };
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            // A row of another length is a row to reject, not the end of the file.
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Watched::new(plain));
        let header = rows.byte_headers().map_err(io_error)?.clone();
        Ok(Self { rows, header, last_line: 1 })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// Reads the next row into `row` and answers the line it begins at (the header stands at 1), or `None` at
    /// the end.
    pub(super) fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, CutReason> {
        if !self.rows.read_byte_record(row).map_err(|error| cut_reason(io_error(error)))? {
            return Ok(None);
        }
        let end = self.rows.position().byte();
        self.last_line = self.rows.get_mut().row_ended(end);
        let breaks_inside = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(Some(self.last_line - breaks_inside))
    }

    /// The line at which the last whole row ends.
    pub(super) fn last_line(&self) -> u64 {
        self.last_line
    }
}

/// Watches what is read, so that no row grows without bounds and every row knows its line.
///
/// The csv crate counts lines too, but after a CR LF it is one behind: the row has ended at the CR.
struct Watched {
    plain: Box<dyn Read + Send>,
    /// Bytes read so far.
    read: u64,
    /// Where line breaks stand that no row has passed yet.
    breaks: VecDeque<u64>,
    /// How many have been passed.
    passed: u64,
    /// Bytes read when the last row ended.
    row_from: u64,
}

impl Watched {
    fn new(plain: Box<dyn Read + Send>) -> Self {
        Self { plain, read: 0, breaks: VecDeque::new(), passed: 0, row_from: 0 }
    }

    /// A row ends before the byte `end`, its own line break (LF, or only the CR of a CR LF) included. Answers
    /// the number of its last line.
    fn row_ended(&mut self, end: u64) -> u64 {
        self.row_from = self.read;
        while self.breaks.front().is_some_and(|at| at + 1 < end) {
            self.breaks.pop_front();
            self.passed += 1;
        }
        self.passed + 1
    }
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.read - self.row_from > ROW_LIMIT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let n = self.plain.read(into)?;
        self.breaks
            .extend((self.read..).zip(&into[..n]).filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at));
        self.read += n as u64;
        Ok(n)
    }
}

/// What the reader below said: the csv crate adds nothing of its own to it, as it is asked for bytes, not text.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

fn cut_reason(error: io::Error) -> CutReason {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => CutReason::Truncated,
        io::ErrorKind::FileTooLarge => CutReason::EndlessRow { limit: ROW_LIMIT },
        _ => CutReason::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of every row.
    fn lines(text: &str) -> Vec<u64> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.csv");
        std::fs::write(&path, text).unwrap();
        let mut file = SourceFile::open(&path, b',').unwrap();
        let mut row = ByteRecord::new();
        std::iter::from_fn(|| file.next(&mut row).unwrap()).collect()
    }

    #[test]
    fn rows_know_their_lines_however_lines_end() {
        assert_eq!(lines("a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [2, 3]);
        assert_eq!(lines("a,b\r\n1,2\n3,4\r\n5,6"), [2, 3, 4]);
        assert_eq!(lines("\u{feff}a,b\n1,2"), [2]);
    }

    #[test]
    fn breaks_inside_of_a_row_and_empty_lines_between_rows_count_as_lines() {
        assert_eq!(lines("a,b\n\"1\n1\",2\n3,4\n"), [2, 4]);
        assert_eq!(lines("a,b\r\n\"1\r\n\r\n1\",2\r\n3,4"), [2, 5]);
        assert_eq!(lines("a,b\n\n\n1,2\n\n3,4\n"), [4, 6]);
        assert_eq!(lines("a,b\r\n\r\n1,2\r\n3,4\r\n"), [3, 4]);
    }

    #[test]
    fn long_files_do_too() {
        let text: String = (0..50_000).map(|n| format!("{n},x\r\n")).collect();
        assert!(lines(&text).into_iter().eq(2..=50_000));
    }
}

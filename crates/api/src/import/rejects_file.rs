//! The rows that could not be taken in, kept beside the data with line and reason.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use csv::{ByteRecord, Writer, WriterBuilder};

use super::reject::Reject;

/// A CSV with the columns `reject_line`, `reject_reason`, then those of the source (which may have a `reason` of its
/// own, as Boston's has). Written under another name and renamed at the end, so that the file of an earlier import
/// stands until this one is whole.
pub(super) struct RejectsFile {
    path: PathBuf,
    partial: PathBuf,
    rows: Writer<File>,
    finished: bool,
}

impl RejectsFile {
    pub(super) fn create(path: &Path, header: &ByteRecord) -> io::Result<Self> {
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        fs::create_dir_all(folder(path))?;
        // Rows with a wrong number of fields stand here as they came.
        let mut rows = WriterBuilder::new().flexible(true).from_writer(File::create(&partial)?);
        rows.write_byte_record(&prefixed(["reject_line", "reject_reason"], header))?;
        Ok(Self { path: path.to_owned(), partial, rows, finished: false })
    }

    /// Adds a row. `line` is where it begins in the source, the header being line 1; the reason is a word for
    /// machines, a colon and a sentence for people.
    pub(super) fn add(&mut self, line: u64, reject: &Reject, row: &ByteRecord) -> io::Result<()> {
        let reason = format!("{}: {reject}", reject.word());
        Ok(self.rows.write_byte_record(&prefixed([&line.to_string(), &reason], row))?)
    }

    /// Puts the file in its place, durably.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.rows.flush()?;
        self.rows.get_ref().sync_all()?;
        fs::rename(&self.partial, &self.path)?;
        self.finished = true;
        // The new name is durable only when the folder is.
        File::open(folder(&self.path))?.sync_all()
    }
}

impl Drop for RejectsFile {
    fn drop(&mut self) {
        if !self.finished {
            // What is left of an import that failed: the old rejects stand, and the next import overwrites this.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

fn prefixed(first: [&str; 2], row: &ByteRecord) -> ByteRecord {
    first.iter().map(|text| text.as_bytes()).chain(row.iter()).collect()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

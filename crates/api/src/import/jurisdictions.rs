//! `warga-api import jurisdictions`: a table of governments into the store, all of its rows or none.
//!
//! CSV, because that is what the spreadsheet of whoever keeps such a table saves; one number a column, because
//! that is what its cells hold.

mod row;

use std::{
    fmt::{self, Write as _},
    io,
    path::{Path, PathBuf},
};

use csv::ByteRecord;
use model::Jurisdiction;

use super::{CutReason, source_file::SourceFile};
use crate::store::{JurisdictionCount, Store, StoreError};

pub use row::RowError;

/// The columns of the table, in any order and beside others.
pub const COLUMNS: [&str; 9] = ["code", "name", "domain", "lat", "lng", "west", "south", "east", "north"];
/// What a spreadsheet may put between cells; the first is tried first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Why a table was not taken in. Nothing of it was, then.
#[derive(Debug, thiserror::Error)]
pub enum JurisdictionsError {
    /// The file cannot be read at all.
    #[error("cannot read {path}: {reason}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// Columns that are not in the file's first line.
    #[error("{path} has no column {columns}")]
    MissingColumns {
        /// The file.
        path: PathBuf,
        /// Their names, with commas between them.
        columns: String,
    },
    /// The file breaks off.
    #[error("{path} cannot be read beyond line {line}: {reason}. Nothing was imported.")]
    Cut {
        /// The file.
        path: PathBuf,
        /// The last line of the last whole row.
        line: u64,
        /// What stopped the reading.
        reason: CutReason,
    },
    /// Rows that cannot be taken in as they stand, each with its line.
    #[error("nothing was imported; {}", rows(.0))]
    Rows(Vec<(u64, RowError)>),
    /// The store refused.
    #[error("nothing was imported: {0}")]
    Store(StoreError),
}

fn rows(wrong: &[(u64, RowError)]) -> String {
    let mut text = String::from("these rows are wrong:");
    for (line, reason) in wrong {
        // Writing to a string does not fail.
        let _ = write!(text, "\n  line {line}: {reason}");
    }
    text
}

/// What came of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported(pub JurisdictionCount);

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let JurisdictionCount { added, changed, same } = self.0;
        write!(f, "{added} jurisdictions added, {changed} changed, {same} as before")?;
        if added + changed > 0 {
            f.write_str("; a server that is running takes them up when it is started again")?;
        }
        Ok(())
    }
}

/// Imports a table. The same table again changes nothing; one of another table leaves those it does not name.
///
/// # Errors
/// Whatever [`JurisdictionsError`] names.
pub async fn run(store: &dyn Store, path: &Path) -> Result<Imported, JurisdictionsError> {
    let jurisdictions = read(path)?;
    store.put_jurisdictions(jurisdictions).await.map(Imported).map_err(JurisdictionsError::Store)
}

/// Reads a whole table.
fn read(path: &Path) -> Result<Vec<Jurisdiction>, JurisdictionsError> {
    let mut file = open(path).map_err(|reason| JurisdictionsError::Open { path: path.to_owned(), reason })?;
    let names: Vec<_> =
        file.header().iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    let places = COLUMNS.map(|column| names.iter().position(|name| name == column));
    let missing: Vec<_> =
        COLUMNS.into_iter().zip(places).filter(|(_, place)| place.is_none()).map(|(name, _)| name).collect();
    if !missing.is_empty() {
        return Err(JurisdictionsError::MissingColumns {
            path: path.to_owned(),
            columns: missing.join(", "),
        });
    }
    // Every one is there.
    let places = places.map(Option::unwrap_or_default);

    let mut read: Vec<(u64, Jurisdiction)> = Vec::new();
    let mut wrong = Vec::new();
    let mut row = ByteRecord::new();
    loop {
        let line = file.next(&mut row).map_err(|reason| JurisdictionsError::Cut {
            path: path.to_owned(),
            line: file.last_line(),
            reason,
        })?;
        let Some(line) = line else { break };
        let found = row::read(&row, &places, names.len()).and_then(|found| {
            match read.iter().find(|(_, earlier)| earlier.code == found.code) {
                Some((first, _)) => Err(RowError::Twice { code: found.code, first: *first }),
                None => Ok(found),
            }
        });
        match found {
            Ok(found) => read.push((line, found)),
            Err(reason) => wrong.push((line, reason)),
        }
    }
    if wrong.is_empty() {
        Ok(read.into_iter().map(|(_, jurisdiction)| jurisdiction).collect())
    } else {
        Err(JurisdictionsError::Rows(wrong))
    }
}

/// Opens a file with whatever stands between its cells: a spreadsheet of a country with a decimal comma saves
/// "CSV" with semicolons.
fn open(path: &Path) -> io::Result<SourceFile> {
    let mut first = None;
    for delimiter in DELIMITERS {
        let file = SourceFile::open(path, delimiter)?;
        if file.header().len() > 1 {
            return Ok(file);
        }
        first.get_or_insert(file);
    }
    first.ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

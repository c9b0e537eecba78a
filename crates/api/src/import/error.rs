//! What ends an import. A row that cannot be taken in ends nothing: it goes to the rejects.
//!
//! Each message tells the whole story, causes included: the one place they are shown at is the operator's terminal.

use std::{io, path::PathBuf};

use super::Summary;
use crate::store::StoreError;

/// Why an import ended before the end of its file, or did not begin.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The profile is not there or does not make sense.
    #[error("profile {name}: {reason}")]
    Profile {
        /// As it was asked for.
        name: String,
        /// What about it.
        reason: ProfileError,
    },
    /// The categories and governments of this server could not be read.
    #[error("the server's own tables: {0}")]
    Catalogue(serde_json::Error),
    /// The governments that were imported could not be read.
    #[error("the imported jurisdictions: {0}")]
    Jurisdictions(StoreError),
    /// The file cannot be read at all.
    #[error("cannot read {path}: {reason}")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// Columns that the profile names are not in the file's first line.
    #[error("{path} has no column {columns}")]
    MissingColumns {
        /// The file.
        path: PathBuf,
        /// Their names, with commas between them.
        columns: String,
    },
    /// The file broke off. What came before stands and is counted.
    #[error("{path} cannot be read beyond line {line}: {reason}. Up to there:\n{so_far}")]
    Cut {
        /// The file.
        path: PathBuf,
        /// The last line of the last whole row.
        line: u64,
        /// What stopped the reading.
        reason: CutReason,
        /// What was done until then.
        so_far: Box<Summary>,
    },
    /// The rejects cannot be kept.
    #[error("cannot write the rejects to {path}: {reason}")]
    Rejects {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The store refused a batch; earlier ones stand, and the import can be run again.
    #[error("{reason}. Up to there:\n{so_far}")]
    Store {
        /// What the store says.
        reason: StoreError,
        /// What was done until then; the rows of the refused batch are counted as read only.
        so_far: Box<Summary>,
    },
}

/// What stops the reading of a file in its middle.
#[derive(Debug, thiserror::Error)]
pub enum CutReason {
    /// The compressed data ends in its middle: an interrupted copy or download.
    #[error("the compressed data ends too early, as after an interrupted download")]
    Truncated,
    /// A row that does not end.
    #[error("the next row is longer than {limit} bytes; perhaps a quotation mark is never closed")]
    EndlessRow {
        /// Bytes that a row may have.
        limit: u64,
    },
    /// Anything else that the system or the decompressor says.
    #[error("{0}")]
    Io(io::Error),
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No built-in profile of that name.
    #[error("not built in ({known} is); the profile of your own is given as the path of a .toml")]
    Unknown {
        /// The names that are.
        known: String,
    },
    /// The file of an own profile cannot be read.
    #[error("{0}")]
    Read(io::Error),
    /// Not TOML, or not the fields a profile has.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// The name is more than lower-case letters, digits, `-` and `_`.
    #[error("its name \"{0}\" may hold lower-case letters, digits, - and _ only")]
    Name(String),
    /// No such zone in the IANA database.
    #[error("no time zone \"{0}\" in the IANA database")]
    TimeZone(String),
    /// The time format does not read back what it writes.
    #[error("time_format \"{0}\" does not tell a date")]
    TimeFormat(String),
    /// A separator of more than one byte.
    #[error("delimiter \"{0}\" is not an ASCII character")]
    Delimiter(char),
    /// A category that this server does not offer.
    #[error("no category \"{0}\" in data/categories.json")]
    Category(String),
    /// A government that this server does not know.
    #[error("no jurisdiction \"{0}\" in data/jurisdictions.json, and none of that code was imported")]
    Jurisdiction(String),
    /// A rule without a condition would hide all that follow it.
    #[error("a rule for \"{0}\" has no condition; default_category is for what no rule matches")]
    Unconditional(String),
    /// No column tells what happened.
    #[error("columns.description names no column")]
    NoDescription,
}

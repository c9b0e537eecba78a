//! What can go wrong in a store.

/// A store could not do what was asked. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] refinery::Error),
    /// The folder of the data could not be made or read.
    #[error("data folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A row holds what no version of this program writes.
    #[error("a row in {table} does not make sense: {reason}")]
    Corrupt {
        /// The table it stands in.
        table: &'static str,
        /// What about it.
        reason: String,
    },
    /// The file system cannot hold a write-ahead log.
    #[error("the data folder cannot hold a write-ahead log (journal mode {0})")]
    NoWal(String),
    /// The transaction this was part of did not reach the disk.
    #[error("not committed: {0}")]
    NotCommitted(std::sync::Arc<rusqlite::Error>),
    /// The writer has stopped: the server is going down, or the disk failed it.
    #[error("the writer has stopped")]
    WriterStopped,
    /// A reader died in the middle of its work.
    #[error("a reader has stopped")]
    ReaderStopped,
}

impl StoreError {
    /// Whether it was a read that took longer than one may.
    pub(crate) fn is_interruption(&self) -> bool {
        match self {
            Self::Sqlite(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted)
            }
            _ => false,
        }
    }

    /// Wraps whatever a column could not be read as.
    pub(super) fn corrupt(table: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Corrupt { table, reason: reason.to_string() }
    }
}

/// Failures as SQLite gives them, for tests of what is made of them.
#[cfg(test)]
impl StoreError {
    pub(crate) fn full() -> Self {
        Self::Sqlite(sqlite(rusqlite::ffi::SQLITE_FULL))
    }

    pub(crate) fn interrupted() -> Self {
        Self::Sqlite(sqlite(rusqlite::ffi::SQLITE_INTERRUPT))
    }

    pub(crate) fn not_committed() -> Self {
        Self::NotCommitted(std::sync::Arc::new(sqlite(rusqlite::ffi::SQLITE_FULL)))
    }
}

#[cfg(test)]
fn sqlite(code: std::ffi::c_int) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}

//! The write-ahead log, emptied now and then.
//!
//! SQLite copies the log into the database by itself, but lets its old pages stand until they are overwritten:
//! what was deleted would live on in them for as long as little is written.

use std::path::PathBuf;

use rusqlite::Connection;
use tokio::task;

use crate::store::StoreError;

/// Copies the log into the database and cuts it to nothing. Where somebody still reads from it, it stays until the
/// next time.
pub(super) async fn empty(file: PathBuf) -> Result<(), StoreError> {
    task::spawn_blocking(move || {
        // A connection of its own, as the writer's is never outside of a transaction when it works.
        let db = Connection::open(file)?;
        // The writer waits while this waits for readers, so not for long.
        db.execute_batch("PRAGMA busy_timeout = 1000;")?;
        let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            tracing::info!("the log is being read and is emptied the next time");
        }
        Ok(())
    })
    .await
    .map_err(|_| StoreError::ReaderStopped)?
}

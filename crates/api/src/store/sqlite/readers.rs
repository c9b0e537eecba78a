//! Readers: each request takes a connection of its own, and WAL lets them read while the writer writes.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags};
use tokio::{sync::Semaphore, task};

use crate::store::StoreError;

/// How long one request may read.
const LIMIT: Duration = Duration::from_secs(5);
/// Steps of SQLite's machine between two looks at the clock: well under a millisecond.
const STEPS: i32 = 10_000;

pub(super) struct Readers {
    pool: Arc<Pool>,
    permits: Arc<Semaphore>,
}

struct Pool {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// As many readers at once as there are cores, and one more: reading is work for the processor.
    pub(super) fn new(file: PathBuf) -> Self {
        let readers = thread::available_parallelism().map_or(2, usize::from) + 1;
        Self {
            pool: Arc::new(Pool { file, idle: Mutex::new(Vec::new()) }),
            permits: Arc::new(Semaphore::new(readers)),
        }
    }

    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        // The semaphore is never closed, so this only fails with the server.
        let permit =
            Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StoreError::ReaderStopped)?;
        let pool = Arc::clone(&self.pool);
        task::spawn_blocking(move || {
            let _permit = permit;
            let connection = pool.take()?;
            // A question that is too expensive ends as unavailable instead of keeping the others waiting.
            let until = Instant::now() + LIMIT;
            connection.progress_handler(STEPS, Some(move || Instant::now() > until))?;
            // One snapshot for all that one request reads.
            connection.execute_batch("BEGIN")?;
            let result = work(&connection);
            connection.execute_batch("ROLLBACK")?;
            pool.give_back(connection);
            result
        })
        .await
        .map_err(|_| StoreError::ReaderStopped)?
    }
}

impl Pool {
    fn take(&self) -> Result<Connection, StoreError> {
        // A reader that panicked took its connection with it; the list itself is whole.
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => self.open(),
        }
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 268435456;")?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }
}

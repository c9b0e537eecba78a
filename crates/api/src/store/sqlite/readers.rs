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

/// How long one look-up may read: a disk that is slow for a moment is no reason to refuse a report.
const LOOK_UP_LIMIT: Duration = Duration::from_secs(5);
/// How long one list may read. Nobody waits longer for a list, and filters that match much each and little together
/// can cost a processor this long.
const LIST_LIMIT: Duration = Duration::from_secs(2);
/// Steps of SQLite's machine between two looks at the clock: well under a millisecond.
const STEPS: i32 = 10_000;

/// Lists and look-ups wait in queues of their own: a few lists a second that search all they may would otherwise hold
/// up every request there is, as even a report on its way in looks its device up first.
pub(super) struct Readers {
    pool: Arc<Pool>,
    lists: Arc<Semaphore>,
    look_ups: Arc<Semaphore>,
}

struct Pool {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// As many lists at once as there are cores, as reading is work for the processor; and for look-ups, which are
    /// over at once, one more than that beside them.
    pub(super) fn new(file: PathBuf) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            pool: Arc::new(Pool { file, idle: Mutex::new(Vec::new()) }),
            lists: Arc::new(Semaphore::new(cores)),
            look_ups: Arc::new(Semaphore::new(cores + 1)),
        }
    }

    /// Reads what a key leads to: its cost does not depend on what was asked.
    pub(super) async fn look_up<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.read(&self.look_ups, LOOK_UP_LIMIT, work).await
    }

    /// Searches: what it costs is up to whoever asks.
    pub(super) async fn list<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.read(&self.lists, LIST_LIMIT, work).await
    }

    /// Reads all there is. It may take seconds and waits for nobody, so it has a connection of its own, which keeps
    /// none of the file in memory afterwards. Given up when nobody waits for it any more.
    pub(super) async fn everything<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let waited_for = Arc::new(());
        let (file, still) = (self.pool.file.clone(), Arc::downgrade(&waited_for));
        let read = task::spawn_blocking(move || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(file, flags)?;
            connection.execute_batch("PRAGMA busy_timeout = 5000; BEGIN")?;
            connection.progress_handler(STEPS, Some(move || still.strong_count() == 0))?;
            work(&connection)
        });
        let result = read.await.map_err(|_| StoreError::ReaderStopped)?;
        drop(waited_for);
        result
    }

    async fn read<T, F>(&self, permits: &Arc<Semaphore>, limit: Duration, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        // The semaphores are never closed, so this only fails with the server.
        let permit = Arc::clone(permits).acquire_owned().await.map_err(|_| StoreError::ReaderStopped)?;
        let pool = Arc::clone(&self.pool);
        task::spawn_blocking(move || {
            let _permit = permit;
            let connection = pool.take()?;
            // A question that is too expensive ends as unavailable instead of keeping the others waiting.
            let until = Instant::now() + limit;
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn lists_that_take_all_their_permits_do_not_hold_up_a_look_up() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("empty.sqlite3");
        Connection::open(&file).unwrap().execute_batch("CREATE TABLE empty (id INTEGER)").unwrap();
        let readers = Arc::new(Readers::new(file));
        let (started, mut has_started) = tokio::sync::mpsc::unbounded_channel();

        let lists = readers.lists.available_permits();
        let mut held = Vec::new();
        for _ in 0..lists {
            let (let_go, wait) = mpsc::channel::<()>();
            let (readers, started) = (Arc::clone(&readers), started.clone());
            let list = tokio::spawn(async move {
                let work = move |_: &Connection| {
                    started.send(()).unwrap();
                    // Ends when its sender is dropped.
                    Ok(wait.recv().is_err())
                };
                readers.list(work).await
            });
            held.push((let_go, list));
        }
        for _ in 0..lists {
            has_started.recv().await.unwrap();
        }
        assert_eq!(readers.lists.available_permits(), 0, "every list holds a permit");

        let found = readers.look_up(|db| Ok(db.query_row("SELECT 7", [], |row| row.get::<_, i64>(0))?));
        assert_eq!(found.await.unwrap(), 7);
        assert!(held.iter().all(|(_, list)| !list.is_finished()), "the lists are still at it");
        for (let_go, list) in held {
            drop(let_go);
            assert!(list.await.unwrap().unwrap());
        }
    }
}

//! The one writer: takes what waits, commits it together, answers after the commit.
//!
//! While one commit waits for the disk, the next requests queue up and share the commit after it. So the cost
//! of `synchronous=FULL` is paid once a batch, and nobody is told "done" before the disk has it.

use std::{sync::Arc, thread};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// Requests in one commit, at most: bounds how long the first of them waits.
const BATCH: usize = 1024;
/// Requests waiting for the writer, at most: whoever comes later waits to enqueue.
const QUEUE: usize = 4096;

pub(super) struct Writer {
    // Both are there until the writer is dropped.
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Work for the writer, without the type of its answer.
trait Job: Send {
    /// Does the work inside the open transaction.
    fn apply(&mut self, db: &Connection);
    /// Tells whoever waits, once the transaction has ended.
    fn answer(self: Box<Self>, committed: Result<(), Arc<rusqlite::Error>>);
}

struct Waiting<T, F> {
    work: Option<F>,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl Writer {
    pub(super) fn start(db: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let thread =
            thread::Builder::new().name("store-writer".into()).spawn(move || write_batches(&db, queue))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Whether the thread still takes work: a panic in a job would have ended it.
    pub(super) fn is_running(&self) -> bool {
        self.jobs.as_ref().is_some_and(|jobs| !jobs.is_closed())
    }

    /// Runs `work` in a transaction shared with others. Returns after it is durable; an error of `work` undoes
    /// its own part only.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Waiting { work: Some(work), result: Err(StoreError::WriterStopped), reply };
        let jobs = self.jobs.as_ref().ok_or(StoreError::WriterStopped)?;
        jobs.send(Box::new(job)).await.map_err(|_| StoreError::WriterStopped)?;
        answer.await.map_err(|_| StoreError::WriterStopped)?
    }
}

impl Drop for Writer {
    /// Waits until what was enqueued is written and the database is closed, which empties its log.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer had panicked");
        }
    }
}

fn write_batches(db: &Connection, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = queue.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(job) = queue.try_recv()
        {
            batch.push(job);
        }
        let committed = commit(db, &mut batch).map_err(|error| {
            tracing::error!(%error, jobs = batch.len(), "a batch was not committed");
            Arc::new(error)
        });
        for job in batch {
            job.answer(committed.clone());
        }
    }
}

fn commit(db: &Connection, batch: &mut [Box<dyn Job>]) -> Result<(), rusqlite::Error> {
    // IMMEDIATE: another process that writes is waited for here (busy_timeout), not in the middle.
    db.execute_batch("BEGIN IMMEDIATE")?;
    for job in batch.iter_mut() {
        job.apply(db);
        // A full disk can make SQLite roll the whole transaction back. What came before is gone then, and
        // what would come now would run outside of any transaction.
        if db.is_autocommit() {
            break;
        }
    }
    db.execute_batch("COMMIT").inspect_err(|_| {
        if !db.is_autocommit()
            && let Err(error) = db.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed batch was not rolled back");
        }
    })
}

impl<T, F> Job for Waiting<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn apply(&mut self, db: &Connection) {
        if let Some(work) = self.work.take() {
            self.result = in_savepoint(db, work);
        }
    }

    fn answer(self: Box<Self>, committed: Result<(), Arc<rusqlite::Error>>) {
        let result = match committed {
            Ok(()) => self.result,
            Err(error) => Err(StoreError::NotCommitted(error)),
        };
        // Whoever asked may have gone (a dropped connection); the write stands all the same.
        let _ = self.reply.send(result);
    }
}

fn in_savepoint<T>(
    db: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.prepare_cached("SAVEPOINT job")?.execute([])?;
    let result = work(db);
    if result.is_err() && !db.is_autocommit() && db.prepare_cached("ROLLBACK TO job")?.execute([]).is_err() {
        // Half of a job that cannot be undone must not be kept: the whole batch goes, and is answered as lost.
        db.execute_batch("ROLLBACK")?;
    }
    if !db.is_autocommit() {
        db.prepare_cached("RELEASE job")?.execute([])?;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE n (n INTEGER PRIMARY KEY)").unwrap();
        Writer::start(db).unwrap()
    }

    type Insert = Box<dyn FnOnce(&Connection) -> Result<(), StoreError> + Send>;

    fn insert(n: i64) -> Insert {
        Box::new(move |db| {
            db.execute("INSERT INTO n VALUES (?1)", [n])?;
            Ok(())
        })
    }

    async fn count(writer: &Writer) -> i64 {
        writer.write(|db| Ok(db.query_row("SELECT count(*) FROM n", [], |row| row.get(0))?)).await.unwrap()
    }

    /// Gives `jobs` to the writer while it is busy, so that they share one batch.
    async fn together(writer: &Writer, jobs: Vec<Insert>) -> Vec<Result<(), StoreError>> {
        let (go, wait) = std::sync::mpsc::channel();
        let busy = writer.write(move |_| {
            let () = wait.recv().unwrap();
            Ok(())
        });
        let mut waiting: Vec<_> = jobs.into_iter().map(|job| Box::pin(writer.write(job))).collect();
        let all = async {
            // Polled once each, they are in the queue; only then the writer goes on.
            for job in &mut waiting {
                assert!(
                    std::future::poll_fn(|cx| std::task::Poll::Ready(job.as_mut().poll(cx).is_pending()))
                        .await
                );
            }
            go.send(()).unwrap();
            let mut answers = Vec::new();
            for job in waiting {
                answers.push(job.await);
            }
            answers
        };
        // The busy one may share their batch, and its fate.
        let (_, answers) = tokio::join!(busy, all);
        answers
    }

    #[tokio::test]
    async fn one_that_fails_takes_nobody_with_it() {
        let writer = writer();
        let answers = together(&writer, vec![insert(1), insert(1), insert(2)]).await;
        assert!(matches!(answers[..], [Ok(()), Err(StoreError::Sqlite(_)), Ok(())]));
        assert_eq!(count(&writer).await, 2);
    }

    #[tokio::test]
    async fn a_batch_that_is_lost_is_answered_as_lost_to_everybody_in_it() {
        let writer = writer();
        // What a full disk does: the transaction is rolled back under the writer's hands.
        let rolled_back: Insert = Box::new(|db| Ok(db.execute_batch("ROLLBACK")?));
        let answers = together(&writer, vec![insert(1), rolled_back, insert(2)]).await;
        for answer in answers {
            assert!(matches!(answer, Err(StoreError::NotCommitted(_))), "{answer:?}");
        }
        assert_eq!(count(&writer).await, 0);
        assert!(writer.write(insert(7)).await.is_ok(), "the writer goes on");
    }
}

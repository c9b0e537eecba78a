//! The one writer: takes what waits, commits it together, answers after the commit.
//!
//! While one commit waits for the disk, the next requests queue up and share the commit after it. So the cost
//! of `synchronous=FULL` is paid once a batch, and nobody is told "done" before the disk has it.

use std::{sync::Arc, thread, time::Instant};

use prometheus_client::metrics::gauge::Gauge;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::{StoreError, WriterMetrics};

/// Requests in one commit, at most: bounds how long the first of them waits.
const BATCH: usize = 1024;
/// Requests waiting for the writer, at most: whoever comes later waits to enqueue.
const QUEUE: usize = 4096;

pub(super) struct Writer {
    // Both are there until the writer is dropped.
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<thread::JoinHandle<()>>,
    metrics: WriterMetrics,
}

/// Work for the writer, without the type of its answer.
trait Job: Send {
    /// Does the work inside the open transaction.
    fn apply(&mut self, db: &Connection);
    /// Tells whoever waits, once the transaction has ended.
    fn answer(self: Box<Self>, committed: Result<(), Arc<rusqlite::Error>>);
}

struct Waiting<T, F> {
    /// Until the work begins, or is given up.
    queued: Option<Queued>,
    work: Option<F>,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

/// One that is counted as waiting while it exists.
struct Queued(Gauge);

impl Queued {
    fn new(waiting: &Gauge) -> Self {
        waiting.inc();
        Self(waiting.clone())
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Writer {
    pub(super) fn start(db: Connection, metrics: WriterMetrics) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let counted = metrics.clone();
        let thread = thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_batches(&db, queue, &counted))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), metrics })
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
        let queued = Some(Queued::new(&self.metrics.waiting));
        let job = Waiting { queued, work: Some(work), result: Err(StoreError::WriterStopped), reply };
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

fn write_batches(db: &Connection, mut queue: mpsc::Receiver<Box<dyn Job>>, metrics: &WriterMetrics) {
    while let Some(first) = queue.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(job) = queue.try_recv()
        {
            batch.push(job);
        }
        let begun = Instant::now();
        let committed = commit(db, &mut batch);
        metrics.seconds.observe(begun.elapsed().as_secs_f64());
        metrics.batch.observe(batch.len() as f64);
        let committed = committed.map_err(|error| {
            metrics.failed.inc();
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
        self.queued = None;
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
    use std::{future::poll_fn, pin::Pin, task::Poll};

    use super::*;

    fn writer() -> Writer {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE n (n INTEGER PRIMARY KEY)").unwrap();
        Writer::start(db, WriterMetrics::default()).unwrap()
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

    /// Polls a write once, after which it is in the queue.
    async fn enqueue<T>(job: &mut Pin<Box<impl Future<Output = T>>>) {
        assert!(poll_fn(|cx| Poll::Ready(job.as_mut().poll(cx).is_pending())).await);
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
                enqueue(job).await;
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

    #[tokio::test]
    async fn commits_and_what_waits_for_them_are_counted() {
        let writer = writer();
        let metrics = writer.metrics.clone();
        let (tell, told) = std::sync::mpsc::channel();
        let (go, wait) = std::sync::mpsc::channel();
        let mut busy = Box::pin(writer.write(move |_| {
            tell.send(()).unwrap();
            let () = wait.recv().unwrap();
            Ok(())
        }));
        enqueue(&mut busy).await;
        told.recv().unwrap();
        assert_eq!(metrics.waiting.get(), 0, "it has begun");
        let mut others = [Box::pin(writer.write(insert(1))), Box::pin(writer.write(insert(2)))];
        for other in &mut others {
            enqueue(other).await;
        }
        assert_eq!(metrics.waiting.get(), 2);
        go.send(()).unwrap();
        for other in others {
            other.await.unwrap();
        }
        busy.await.unwrap();
        assert_eq!(metrics.waiting.get(), 0);
        assert_eq!((metrics.batch.count(), metrics.batch.sum()), (2, 3.0));
        assert_eq!((metrics.seconds.count(), metrics.failed.get()), (2, 0));
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_counted_and_nobody_waits_for_it_any_more() {
        let writer = writer();
        let metrics = writer.metrics.clone();
        let rolled_back: Insert = Box::new(|db| Ok(db.execute_batch("ROLLBACK")?));
        writer.write(rolled_back).await.unwrap_err();
        assert_eq!((metrics.failed.get(), metrics.waiting.get()), (1, 0));
    }
}

//! The one thread that changes the map.
//!
//! The allocator keeps what is freed for the thread that had it. Columns of a million reports, made now on this thread and
//! now on that, would be kept by each of them: after thirty merges the server had three times the memory it needs.

use std::{io, sync::mpsc, thread};

use tokio::sync::oneshot;

type Work = Box<dyn FnOnce() + Send>;

/// Works off what it is given, one after the other, until it is dropped.
pub(super) struct Hand(mpsc::Sender<Work>);

/// The thread has panicked; the panic is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the thread that changes the map has stopped")]
pub(super) struct Stopped;

impl Hand {
    pub(super) fn start() -> io::Result<Self> {
        let (give, given) = mpsc::channel::<Work>();
        thread::Builder::new().name("map".into()).spawn(move || given.into_iter().for_each(|work| work()))?;
        Ok(Self(give))
    }

    /// Does something; waits until it is done.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let (tell, told) = oneshot::channel();
        // Whoever asked may have gone: the work is done all the same.
        let told_after = move || drop(tell.send(work()));
        self.0.send(Box::new(told_after)).map_err(|_| Stopped)?;
        told.await.map_err(|_| Stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_is_done_on_one_thread_until_it_panics() {
        let hand = Hand::start().unwrap();
        let first = hand.work(|| thread::current().id()).await.unwrap();
        assert_ne!(first, thread::current().id());
        assert_eq!(hand.work(|| thread::current().id()).await, Ok(first));
        assert_eq!(hand.work(|| panic!("as a test")).await, Err::<(), _>(Stopped));
        assert_eq!(hand.work(|| ()).await, Err(Stopped));
    }
}

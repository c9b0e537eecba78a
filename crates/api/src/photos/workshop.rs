//! How many photos are worked on at once, and how much memory those that wait may take.

use std::{sync::Arc, thread, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

use super::{PhotoError, Rendered, render::render};

/// Bytes of photos that are on their way in or wait for a worker, all together.
const MEMORY: usize = 64 * 1024 * 1024;
/// One permit of the memory stands for so many bytes.
const UNIT: usize = 1024;
/// How long a photo waits for room before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where photos are made. Decoding takes up to a few hundred megabytes and a core for a moment, so that only as
/// many are worked on as there are cores, at most two.
pub(crate) struct Workshop {
    workers: Arc<Semaphore>,
    memory: Arc<Semaphore>,
}

/// Room for the bytes of one photo, given back when it is dropped.
pub(crate) struct Room {
    _permit: OwnedSemaphorePermit,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(2);
        Self { workers: Arc::new(Semaphore::new(workers)), memory: Arc::new(Semaphore::new(MEMORY / UNIT)) }
    }

    /// Room for a photo of so many bytes; `None` when there is none for a while.
    pub(crate) async fn room(&self, bytes: usize) -> Option<Room> {
        let units = u32::try_from(bytes.min(MEMORY).div_ceil(UNIT)).ok()?;
        let permit = time::timeout(PATIENCE, Arc::clone(&self.memory).acquire_many_owned(units)).await;
        // The semaphore is never closed.
        Some(Room { _permit: permit.ok()?.ok()? })
    }

    /// Makes a photo of what a phone sent. What begins is finished, even if whoever asked has gone.
    pub(crate) async fn render(&self, bytes: Vec<u8>, room: Room) -> Result<Rendered, PhotoError> {
        let permit = Arc::clone(&self.workers).acquire_owned().await.map_err(|_| PhotoError::Broken)?;
        task::spawn_blocking(move || {
            let _held = (permit, room);
            render(&bytes)
        })
        .await
        .unwrap_or_else(|error| {
            // A decoder that panics has met a file it cannot make out.
            tracing::warn!(%error, "a decoder gave up");
            Err(PhotoError::Broken)
        })
    }
}

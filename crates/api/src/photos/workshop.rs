//! How many photos are worked on at once, and how much memory those that are on their way may take.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

use super::{PhotoError, Rendered, render::render};
use crate::limits::Network;

/// Bytes of photos that are on their way in or wait for a worker, all together.
const MEMORY: usize = 64 * 1024 * 1024;
/// What one address may have of it: whoever sends slowly on purpose does not keep out everybody else.
const SHARE: usize = MEMORY / 2;
/// One permit of the memory stands for so many bytes.
const UNIT: usize = 1024;
/// How long a photo waits for room before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where photos are made. Decoding takes up to a few hundred megabytes and a core for a moment, so that only as
/// many are worked on as there are cores, at most two.
pub(crate) struct Workshop {
    workers: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    shares: Mutex<HashMap<Network, Arc<Semaphore>>>,
}

/// Room for the bytes of one photo that have come so far, given back when it is dropped.
pub(crate) struct Room {
    memory: Arc<Semaphore>,
    share: Arc<Semaphore>,
    bytes: usize,
    taken: Vec<OwnedSemaphorePermit>,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(2);
        Self {
            workers: Arc::new(Semaphore::new(workers)),
            memory: Arc::new(Semaphore::new(MEMORY / UNIT)),
            shares: Mutex::new(HashMap::new()),
        }
    }

    /// Room for a photo that comes from a network; none of it is taken yet.
    pub(crate) fn room(&self, network: Network) -> Room {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        // Only photos on their way hold a share.
        shares.retain(|_, share| Arc::strong_count(share) > 1);
        let share = shares.entry(network).or_insert_with(|| Arc::new(Semaphore::new(SHARE / UNIT)));
        Room { memory: Arc::clone(&self.memory), share: Arc::clone(share), bytes: 0, taken: Vec::new() }
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

impl Room {
    /// Takes room for so many bytes more, as they come: what is only announced takes none. False when there is none
    /// for a while.
    pub(crate) async fn take(&mut self, bytes: usize) -> bool {
        let units = |bytes: usize| bytes.div_ceil(UNIT);
        let more = units(self.bytes + bytes) - units(self.bytes);
        self.bytes += bytes;
        let Ok(more) = u32::try_from(more) else { return false };
        let both = async {
            // In this order everywhere, so that no two wait for each other.
            let share = Arc::clone(&self.share).acquire_many_owned(more).await;
            (share, Arc::clone(&self.memory).acquire_many_owned(more).await)
        };
        match time::timeout(PATIENCE, both).await {
            // The semaphores are never closed.
            Ok((Ok(share), Ok(memory))) => {
                self.taken.extend([share, memory]);
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(last: u8) -> Network {
        Network::of([198, 51, 100, last].into())
    }

    #[tokio::test(start_paused = true)]
    async fn one_address_does_not_take_all_the_room() {
        let workshop = Workshop::new();
        let mut slow = workshop.room(network(1));
        assert!(slow.take(SHARE).await);
        assert!(!workshop.room(network(1)).take(1).await, "its share is used up");
        let mut other = workshop.room(network(2));
        assert!(other.take(SHARE).await, "another's is not");
        assert!(!workshop.room(network(3)).take(1).await, "now there is none for anybody");
        drop(slow);
        assert!(workshop.room(network(3)).take(1).await);
        assert!(workshop.room(network(1)).take(SHARE - UNIT).await, "what is done gives its room back");
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_are_counted_once_however_they_come() {
        let workshop = Workshop::new();
        let mut room = workshop.room(network(1));
        for _ in 0..4 * UNIT {
            assert!(room.take(1).await);
        }
        assert_eq!(workshop.memory.available_permits(), (MEMORY / UNIT) - 4);
        assert_eq!(workshop.shares.lock().unwrap().len(), 1);
        drop(room);
        let _other = workshop.room(network(2));
        assert_eq!(workshop.shares.lock().unwrap().len(), 1, "who sends nothing is forgotten");
    }
}

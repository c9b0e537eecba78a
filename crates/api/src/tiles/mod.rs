//! The map: all public reports in memory, so that a tile of it is made when somebody asks.
//!
//! One task writes ([`follow`]), everybody reads. It follows the store, not the requests that this server takes in: so
//! any number of servers beside each other on one database show the same.

mod follow;
mod hand;
mod held;

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
    time::{Duration, Instant},
};

use geo::TileAddress;
use model::Tile;
use tokio::{
    sync::{Semaphore, watch},
    task,
};

pub(crate) use follow::follow;
use held::Held;

/// The map of one server.
pub(crate) struct LiveMap {
    held: RwLock<Held>,
    /// Whether anything was loaded yet.
    loaded: watch::Sender<bool>,
    /// When it was last asked what had changed, of what is in it: nothing that is older is missing.
    as_of: Mutex<Instant>,
    /// As many tiles at once as there are cores, as making them is work for the processor.
    makers: Arc<Semaphore>,
}

/// Why there is no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoTile {
    /// The reports are still being read.
    #[error("the map is not loaded yet")]
    NotLoaded,
    /// Making it has failed; the panic is in the log.
    #[error("a tile was not made")]
    Failed,
}

impl LiveMap {
    /// A map that is not loaded yet.
    pub(crate) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self {
            held: RwLock::default(),
            loaded: watch::Sender::new(false),
            as_of: Mutex::new(Instant::now()),
            makers: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Whether it shows what the store holds, or did when the store last answered.
    pub(crate) fn is_loaded(&self) -> bool {
        *self.loaded.borrow()
    }

    /// For how long nothing of what has changed in the store is on the map; a quarter of a second, if all is well.
    pub(crate) fn behind(&self) -> Duration {
        self.as_of.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// Takes note that it holds all that had changed by then.
    fn is_as_of(&self, asked: Instant) {
        *self.as_of.lock().unwrap_or_else(PoisonError::into_inner) = asked;
    }

    /// Waits until it is loaded.
    pub(crate) async fn loaded(&self) {
        // Fails when the sender is gone, which is a part of this.
        let _ = self.loaded.subscribe().wait_for(|loaded| *loaded).await;
    }

    /// Makes something of a tile, off the threads that answer: a large one costs some milliseconds.
    pub(crate) async fn tile<T: Send + 'static>(
        self: &Arc<Self>,
        address: TileAddress,
        make: impl FnOnce(&Tile) -> T + Send + 'static,
    ) -> Result<T, NoTile> {
        if !self.is_loaded() {
            return Err(NoTile::NotLoaded);
        }
        // The semaphore is never closed, so there always is a permit.
        let permit = Arc::clone(&self.makers).acquire_owned().await.map_err(|_| NoTile::Failed)?;
        let map = Arc::clone(self);
        let made = task::spawn_blocking(move || {
            let _permit = permit;
            // Nobody has to wait while the tile is written down.
            let tile = map.read().tile(address);
            make(&tile)
        });
        made.await.map_err(|_| NoTile::Failed)
    }

    fn read(&self) -> RwLockReadGuard<'_, Held> {
        // Whoever panicked while writing left at worst one report that counts twice, until all is loaded anew.
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Held> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts another map in the place of this one, at once.
    fn swap(&self, held: Held) {
        let old = mem::replace(&mut *self.write(), held);
        // To give back its memory takes time, and by now nobody waits.
        drop(old);
    }
}

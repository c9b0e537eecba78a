//! Photos that no report has taken are forgotten, and so is what lies about without a row.

use std::time::Duration;

use model::Timestamp;

use crate::{App, store::StoreError};

/// How long a photo waits for its report: as long as a phone may lie without a network.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Forgets what has waited too long at `now`; gives how many.
///
/// The rows go first: what a crash leaves behind is in nobody's reach, and is swept away later.
pub(crate) async fn expire_photos(app: &App, now: Timestamp) -> Result<usize, StoreError> {
    let gone = app.store.expire_photos(Timestamp::from_millis(now.millis() - KEPT_MS)).await?;
    for object in &gone {
        app.photos.discard(*object).await;
    }
    Ok(gone.len())
}

/// So many may be stray whatever there is beside them: a folder that is nearly empty is not wrong yet.
const FEW: usize = 10;

/// Why strays were not removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SweepError {
    /// The folder or the bucket could not be read.
    #[error("photos: {0}")]
    Photos(#[from] object_store::Error),
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// More than half has no row.
    #[error("{stray} of {all} photos are in no row: is this the right database?")]
    MostAreStray {
        /// Without a row.
        stray: usize,
        /// All that were looked at.
        all: usize,
    },
}

/// How long bytes may lie without a row: many times what an upload takes.
const STRAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes bytes that no row names: uploads that were cut off, photos whose removal failed. Gives how many photos.
///
/// # Errors
/// [`SweepError::MostAreStray`] where more than half has no row. Then it is not the photos that are wrong but the
/// database beside them, and nothing is removed.
pub(crate) async fn sweep_photos(app: &App) -> Result<usize, SweepError> {
    let there = app.photos.older_than(STRAY).await?;
    let mut stray = there.clone();
    let names: Vec<_> = there.into_iter().collect();
    let all = names.len();
    for some in names.chunks(500) {
        for known in app.store.known_objects(some.to_vec()).await? {
            stray.remove(&known);
        }
    }
    if stray.len() > FEW.max(all / 2) {
        return Err(SweepError::MostAreStray { stray: stray.len(), all });
    }
    for object in &stray {
        app.photos.discard(*object).await;
    }
    Ok(stray.len())
}

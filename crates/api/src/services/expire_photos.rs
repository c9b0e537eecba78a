//! Photos that no report has taken are forgotten.

use model::Timestamp;

use crate::{App, store::StoreError};

/// How long a photo waits for its report: as long as a phone may lie without a network.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Forgets what has waited too long at `now`; gives how many.
///
/// The rows go first. Bytes that a crash leaves behind are in nobody's reach.
pub(crate) async fn expire_photos(app: &App, now: Timestamp) -> Result<usize, StoreError> {
    let gone = app.store.expire_photos(Timestamp::from_millis(now.millis() - KEPT_MS)).await?;
    for object in &gone {
        app.photos.discard(*object).await;
    }
    Ok(gone.len())
}

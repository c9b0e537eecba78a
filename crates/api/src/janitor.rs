//! Chores that nobody waits for: what is kept for a time only goes when the time is over.
//!
//! Done when the server starts and every hour while it runs. A chore that fails is told in the log and done again
//! an hour later; none holds up another.

use std::{convert::Infallible, time::Duration};

use model::Timestamp;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::{
    App, clock,
    services::expire_photos::{expire_photos, sweep_photos},
    store::Store,
};

const EVERY: Duration = Duration::from_secs(60 * 60);
/// How long the first round waits for the map to be loaded: that reads all there is, and while somebody reads, the log
/// cannot be emptied.
const LOADING: Duration = Duration::from_secs(60);
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long an agency can reach the reporter of a report that is closed.
const CONTACT_KEPT_MS: i64 = 30 * DAY_MS;

/// Does the chores until it is dropped.
pub(crate) async fn run(app: App) -> Infallible {
    // Where it is never loaded, what must go goes all the same.
    let _ = timeout(LOADING, app.map.loaded()).await;
    let mut hours = interval(EVERY);
    // After a night's sleep of the machine once is enough.
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        purge_contacts(&*app.store).await;
        forget_photos(&app).await;
        sweep(&app).await;
        forget_changes(&*app.store).await;
    }
}

async fn purge_contacts(store: &dyn Store) {
    let before = Timestamp::from_millis(clock::now().millis() - CONTACT_KEPT_MS);
    match store.purge_contacts(before).await {
        Ok(0) => {}
        Ok(contacts) => tracing::info!(contacts, "contacts of reports closed long ago are gone"),
        Err(error) => tracing::error!(%error, "contacts of reports closed long ago were not purged"),
    }
}

async fn forget_photos(app: &App) {
    match expire_photos(app, clock::now()).await {
        Ok(0) => {}
        Ok(photos) => tracing::info!(photos, "photos that no report took are gone"),
        Err(error) => tracing::error!(%error, "photos that no report took were not forgotten"),
    }
}

async fn forget_changes(store: &dyn Store) {
    match store.forget_changes().await {
        Ok(0) => {}
        Ok(changes) => tracing::info!(changes, "changes that every map has seen are forgotten"),
        Err(error) => tracing::error!(%error, "changes that every map has seen were not forgotten"),
    }
}

async fn sweep(app: &App) {
    match sweep_photos(app).await {
        Ok(0) => {}
        Ok(photos) => tracing::info!(photos, "photos without a row are gone"),
        Err(error) => tracing::error!(%error, "photos without a row were not removed"),
    }
}

//! Chores that nobody waits for: what is kept for a time only goes when the time is over.
//!
//! Done when the server starts and every hour while it runs. A chore that fails is told in the log and done again
//! an hour later; none holds up another.

use std::{convert::Infallible, time::Duration};

use model::Timestamp;
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    App, clock,
    services::expire_photos::{expire_photos, sweep_photos},
    store::Store,
};

const EVERY: Duration = Duration::from_secs(60 * 60);
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long an agency can reach the reporter of a report that is closed.
const CONTACT_KEPT_MS: i64 = 30 * DAY_MS;

/// Does the chores until it is dropped.
pub(crate) async fn run(app: App) -> Infallible {
    let mut hours = interval(EVERY);
    // After a night's sleep of the machine once is enough.
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        purge_contacts(&*app.store).await;
        forget_photos(&app).await;
        sweep(&app).await;
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

async fn sweep(app: &App) {
    match sweep_photos(app).await {
        Ok(0) => {}
        Ok(photos) => tracing::info!(photos, "photos without a row are gone"),
        Err(error) => tracing::error!(%error, "photos without a row were not removed"),
    }
}

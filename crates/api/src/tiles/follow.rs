//! Keeps the map as the store is: asks it four times a second what has changed.

use std::{
    convert::Infallible,
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::time::{MissedTickBehavior, interval};

use super::{
    LiveMap,
    hand::{Hand, Stopped},
    held::Held,
};
use crate::{
    clock,
    store::{MapChanges, MapReports, Revision, Store, StoreError},
};

/// Between two questions. A new report has to be in its tiles within a second; nothing new costs one look into an
/// index.
const EVERY: Duration = Duration::from_millis(250);
/// After a failure.
const PAUSE: Duration = Duration::from_secs(1);
/// After one panic after the other: each has read a million reports for nothing.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// So many reports wait unsorted before they are merged: each costs every tile one comparison, and merging a million
/// takes a tenth of a second.
const WAITING_MAX: usize = 4096;
/// Reports that are put in while readers wait: less than a millisecond of work.
const AT_ONCE: usize = 256;

/// Why the map could not be brought up to date.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Stopped(#[from] Stopped),
    #[error("no thread to change the map: {0}")]
    NoThread(#[from] io::Error),
}

/// Loads the map and keeps it up to date until it is dropped.
pub(crate) async fn follow(store: Arc<dyn Store>, map: Arc<LiveMap>) -> Infallible {
    let mut follower = Follower { store, map, hand: None, seen: None };
    let mut panics = Panics::default();
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        ticks.tick().await;
        match follower.step(clock::now().day()).await {
            Ok(()) if failing => {
                failing = false;
                tracing::info!("the map is up to date again");
            }
            Ok(()) => {}
            Err(error) => {
                // Once, not with each question: the disk may be the reason.
                if !failing {
                    tracing::error!(%error, "the map was not brought up to date; it goes on trying");
                }
                failing = true;
                let stopped = matches!(error, FollowError::Stopped(_));
                let pause = if stopped { panics.pause(Instant::now()) } else { PAUSE };
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// How often the thread that changes the map panics.
#[derive(Default)]
struct Panics {
    /// When it did last, and how long one waited then.
    last: Option<(Instant, Duration)>,
}

impl Panics {
    /// How long to wait after one: twice as long as after the last one, if that was hardly over.
    fn pause(&mut self, now: Instant) -> Duration {
        let again = self.last.filter(|(at, pause)| now.duration_since(*at) < *pause + PAUSE_MAX);
        let pause = again.map_or(PAUSE, |(_, pause)| (pause * 2).min(PAUSE_MAX));
        self.last = Some((now, pause));
        pause
    }
}

struct Follower {
    store: Arc<dyn Store>,
    map: Arc<LiveMap>,
    /// Who changes the map, once there was anything to change.
    hand: Option<Hand>,
    /// Up to where the map is told; nothing before it is loaded.
    seen: Option<Revision>,
}

impl Follower {
    /// Asks once what has changed, and changes the map; on this day it is told what was closed long ago.
    async fn step(&mut self, today: u16) -> Result<(), FollowError> {
        let done = self.follow(today).await;
        if matches!(done, Err(FollowError::Stopped(_))) {
            // Nobody knows how far it came.
            (self.hand, self.seen) = (None, None);
        }
        done
    }

    async fn follow(&mut self, today: u16) -> Result<(), FollowError> {
        let asked = Instant::now();
        let changes = match self.seen {
            Some(seen) => self.store.map_changes(seen).await?,
            None => MapChanges::TooFarBehind,
        };
        let map = Arc::clone(&self.map);
        let hand = match &self.hand {
            Some(hand) => hand,
            None => self.hand.insert(Hand::start()?),
        };
        let (revision, more) = match changes {
            MapChanges::Reports { now, gone, more } => {
                let revision = now.revision;
                if !now.reports.is_empty() || !gone.is_empty() {
                    let map = Arc::clone(&map);
                    hand.work(move || {
                        map.write().remove(&gone);
                        put(&map, &now);
                    })
                    .await?;
                }
                if map.read().today() != today {
                    hand.work(move || map.write().turn(today)).await?;
                }
                (revision, more)
            }
            MapChanges::TooFarBehind => {
                let all = self.store.map_reports().await?;
                let (revision, reports) = (all.revision, all.reports.len());
                hand.work(move || map.swap(Held::new(all, today))).await?;
                tracing::info!(reports, "the map is loaded");
                (revision, false)
            }
        };
        self.seen = Some(revision);
        if !more {
            self.map.is_as_of(asked);
        }
        self.map.loaded.send_if_modified(|loaded| !std::mem::replace(loaded, true));
        Ok(())
    }
}

/// Puts reports in, and merges where many wait. Whoever reads goes on meanwhile.
fn put(map: &LiveMap, now: &MapReports) {
    for some in now.reports.chunks(AT_ONCE) {
        map.write().put(some, &now.categories);
        if map.read().waiting() > WAITING_MAX {
            // Nobody else writes, so nothing comes in between.
            let merged = map.read().merged();
            map.swap(merged);
        }
    }
}

#[cfg(test)]
mod tests;

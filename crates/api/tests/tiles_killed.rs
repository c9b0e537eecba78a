//! What was acknowledged is on the map, once, after the server was killed while reports came in by thousands, which it
//! merges in the background.
//!
//! `WARGA_SOAK=full` runs all rounds, otherwise a tenth. `WARGA_SEED=N` repeats the choices of a run; how the
//! machine schedules it is never the same.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    collections::BTreeSet,
    env,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use fastrand::Rng;
use model::ReportId;
use support::{
    Api, Server, now,
    stored::{Stored, imported},
    tiles::reports,
    writer::{Log, SharedLog, Writer},
};
use tokio::task::JoinHandle;
use warga_api::store::{SqliteStore, Store as _};

const ROUNDS: u64 = 20;
const WRITERS: usize = 8;
/// Reports that another program brings in meanwhile, in one go each: so many at once are merged while the next ones come.
const BATCHES: usize = 8;
const BATCH: usize = 1500;
const WORLD: (u8, u32, u32) = (0, 0, 0);

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_report_is_on_the_map_once_after_a_kill() {
    let rounds = if env::var("WARGA_SOAK").is_ok_and(|soak| soak == "full") { ROUNDS } else { ROUNDS / 10 };
    let seed = env::var("WARGA_SEED").map_or(1, |seed| seed.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let log = SharedLog::new(Log::default());
    let mut brought = BTreeSet::new();
    for round in 0..rounds {
        let mut rng = Rng::with_seed(seed + round);
        let server = Server::on(folder.path());
        server.ready().await;
        let writers = write(&server, &log, &mut rng).await;
        let come = Arc::new(AtomicUsize::new(0));
        let import = tokio::spawn(bring(folder.path().to_owned(), rng.fork(), Arc::clone(&come)));
        let enough = rng.usize(1..=BATCHES);
        while come.load(Ordering::Relaxed) < enough {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // The map asks four times a second what is new: somewhere in that time it takes it in.
        tokio::time::sleep(Duration::from_micros(rng.u64(0..400_000))).await;
        server.kill();
        for writer in writers {
            writer.await.unwrap();
        }
        brought.extend(import.await.unwrap());

        let server = Server::on(folder.path());
        server.ready().await;
        println!("round {round}, killed after {enough} batches: {}", shown(&server, &log, &brought).await);
    }
    // And once without a kill: the map that followed, not one that was loaded.
    let server = Server::on(folder.path());
    server.ready().await;
    let mut rng = Rng::with_seed(seed);
    let writers = write(&server, &log, &mut rng).await;
    brought.extend(bring(folder.path().to_owned(), rng, Arc::default()).await);
    writers.iter().for_each(JoinHandle::abort);
    // What was still on its way is in the database soon, or never.
    for writer in writers {
        assert!(writer.await.is_err_and(|error| error.is_cancelled()));
    }
    server.nobody().tile_until(WORLD, |tile| reports(tile) as usize == stored(&server).len()).await;
    shown(&server, &log, &brought).await;
}

/// Devices write until the server is gone.
async fn write(server: &Server, log: &SharedLog, rng: &mut Rng) -> Vec<JoinHandle<()>> {
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        let mut writer = Writer { device: server.device().await, log: log.clone(), rng: rng.fork() };
        writers.push(tokio::spawn(async move { while writer.write().await {} }));
    }
    writers
}

/// Brings reports in beside the server, and tells how many batches are in.
async fn bring(data: impl AsRef<Path> + Send, mut rng: Rng, come: Arc<AtomicUsize>) -> BTreeSet<ReportId> {
    let store = SqliteStore::open(data.as_ref()).unwrap();
    let mut brought = BTreeSet::new();
    for _ in 0..BATCHES {
        let batch: Vec<_> =
            (0..BATCH).map(|_| imported(now(), rng.f64() * -10.0, 95.0 + rng.f64() * 45.0)).collect();
        let ids: Vec<_> = batch.iter().map(|one| one.id).collect();
        assert_eq!(store.import(batch).await.unwrap().added, BATCH);
        brought.extend(ids);
        come.fetch_add(1, Ordering::Relaxed);
    }
    brought
}

/// Fails unless the map shows each report of the database once, among them all that were acknowledged; how many.
async fn shown(server: &Server, log: &SharedLog, brought: &BTreeSet<ReportId>) -> usize {
    let stored = stored(server);
    let on_map = walk(&server.nobody()).await;
    let once: BTreeSet<ReportId> = on_map.iter().copied().collect();
    assert_eq!(once.len(), on_map.len(), "a report stands on the map twice");
    assert!(once == stored, "the map is not the database");
    let acknowledged = log.lock().acknowledged_reports.clone();
    assert!(acknowledged.is_subset(&once) && brought.is_subset(&once), "an acknowledged report is lost");
    assert!(!acknowledged.is_empty() && !brought.is_empty());
    once.len()
}

/// What the database holds; no report here is private.
fn stored(server: &Server) -> BTreeSet<ReportId> {
    Stored::open(server.data()).descriptions().into_keys().collect()
}

/// All reports of the map, from the tile of the world down to those that list them one by one.
async fn walk(nobody: &Api) -> Vec<ReportId> {
    let mut found = Vec::new();
    let mut addresses = vec![WORLD];
    while let Some((z, x, y)) = addresses.pop() {
        let tile = nobody.tile((z, x, y)).await;
        if tile.cells.is_empty() {
            found.extend(tile.points.iter().map(|point| point.id));
        } else {
            assert!(z < 18, "places by chance are never that near to each other");
            let children = [(0, 0), (1, 0), (0, 1), (1, 1)];
            addresses.extend(children.map(|(east, south)| (z + 1, x * 2 + east, y * 2 + south)));
        }
    }
    found
}

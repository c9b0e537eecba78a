//! What was acknowledged is on the map, once and as it stands, while reports come in by thousands, which the server merges
//! in the background, and after it was killed meanwhile.
//!
//! `WARGA_SOAK=full` runs all rounds, otherwise a tenth. `WARGA_SEED=N` repeats the choices of a run; how the
//! machine schedules it is never the same.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
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
use rusqlite::Connection;
use support::{
    Api, Server, now,
    stored::{Stored, imported},
    tiles::{reports, word},
    writer::{Log, SharedLog, Writer},
};
use tokio::task::JoinHandle;
use warga_api::store::{ImportedReport, SqliteStore, Store as _};

const ROUNDS: u64 = 20;
const WRITERS: usize = 8;
/// Reports that another program brings in meanwhile, in one go each: so many at once are merged while the next ones come.
const BATCHES: usize = 8;
const BATCH: usize = 1500;
const WORLD: (u8, u32, u32) = (0, 0, 0);

/// What the map or the database shows of each report: the word of its status, and how many support it.
type Shown = BTreeMap<ReportId, (String, u32)>;

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
        follows(&server, &log).await;
        // The map asks four times a second what is new: somewhere in that time it takes it in.
        tokio::time::sleep(Duration::from_micros(rng.u64(0..400_000))).await;
        server.kill();
        for writer in writers {
            writer.await.unwrap();
        }
        brought.extend(import.await.unwrap());

        let server = Server::on(folder.path());
        server.ready().await;
        // Nobody writes any more, so what was loaded is what there is.
        let on_map = walk(&server.nobody()).await;
        assert!(on_map == stored(&server), "the map is not the database");
        assert_lasting(&on_map, &log, &brought);
        println!("round {round}, killed after {enough} batches: {}", on_map.len());
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
    assert_lasting(&followed(&server).await, &log, &brought);
}

/// Fails unless a map that follows shows all that was acknowledged so far, each report once, while more comes in.
async fn follows(server: &Server, log: &SharedLog) {
    let acknowledged = log.lock().acknowledged_reports.clone();
    // It follows in the order of the commits and no report goes, so as many as there are now are these.
    let now = stored(server).len();
    server.nobody().tile_until(WORLD, |tile| reports(tile) as usize >= now).await;
    let on_map = walk(&server.nobody()).await;
    assert!(on_map.len() >= now && acknowledged.iter().all(|id| on_map.contains_key(id)));
    let stored = stored(server);
    assert!(on_map.keys().all(|id| stored.contains_key(id)), "a report that is not there is on the map");
}

/// The map that has followed, once it shows what there is in each report. There is no other end to waiting than the
/// test's own.
async fn followed(server: &Server) -> Shown {
    for _ in 0..20 {
        let on_map = walk(&server.nobody()).await;
        if on_map == stored(server) {
            return on_map;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let (on_map, stored) = (walk(&server.nobody()).await, stored(server));
    let wrong = stored.iter().find(|(id, shown)| on_map.get(id) != Some(shown));
    panic!("the map does not become the database: {} of {}, {wrong:?}", on_map.len(), stored.len());
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
    let db = Connection::open(data.as_ref().join("warga.sqlite3")).unwrap();
    db.busy_timeout(Duration::from_secs(5)).unwrap();
    let mut brought = BTreeSet::new();
    for _ in 0..BATCHES {
        let mut one = || {
            let one = imported(now(), rng.f64() * -10.0, 95.0 + rng.f64() * 45.0);
            ImportedReport { supports: rng.u32(0..4), ..one }
        };
        let batch: Vec<_> = (0..BATCH).map(|_| one()).collect();
        let ids: Vec<_> = batch.iter().map(|one| one.id).collect();
        assert_eq!(store.import(batch).await.unwrap().added, BATCH);
        brought.extend(ids);
        // Some of all there are come further, whoever brought them in.
        let sql = "UPDATE reports SET status = ?1, status_since = ?2 WHERE rowid % 97 = ?3";
        let status = if rng.bool() { "in_progress" } else { "resolved" };
        db.execute(sql, (status, now().millis(), rng.i64(0..97))).unwrap();
        come.fetch_add(1, Ordering::Relaxed);
    }
    brought
}

/// Fails unless all that was acknowledged is there.
fn assert_lasting(on_map: &Shown, log: &SharedLog, brought: &BTreeSet<ReportId>) {
    let acknowledged = log.lock().acknowledged_reports.clone();
    assert!(!acknowledged.is_empty() && !brought.is_empty());
    let lost = acknowledged.union(brought).find(|id| !on_map.contains_key(id));
    assert_eq!(lost, None, "an acknowledged report is lost");
    let statuses: BTreeSet<&str> = on_map.values().map(|(status, _)| status.as_str()).collect();
    assert!(statuses.len() == 3 && on_map.values().any(|(_, supports)| *supports > 0), "{statuses:?}");
}

/// What the database holds; no report here is private.
fn stored(server: &Server) -> Shown {
    Stored::open(server.data()).shown()
}

/// All reports of the map, from the tile of the world down to those that list them one by one. Fails where one stands
/// twice.
async fn walk(nobody: &Api) -> Shown {
    let mut found = Shown::new();
    let mut addresses = vec![WORLD];
    while let Some((z, x, y)) = addresses.pop() {
        let tile = nobody.tile((z, x, y)).await;
        if tile.cells.is_empty() {
            for point in &tile.points {
                let shown = (word(&tile, point.status), point.supports);
                assert_eq!(found.insert(point.id, shown), None, "{} stands on the map twice", point.id);
            }
        } else {
            assert!(z < 18, "places by chance are never that near to each other");
            let children = [(0, 0), (1, 0), (0, 1), (1, 1)];
            addresses.extend(children.map(|(east, south)| (z + 1, x * 2 + east, y * 2 + south)));
        }
    }
    found
}

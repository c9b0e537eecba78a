use std::path::Path;

use geo::TileAddress;
use model::{Position, ReportId, Status, Tile, TileStatus, Timestamp, UpdateId};
use tempfile::TempDir;

use super::*;
use crate::store::{ImportedReport, ImportedUpdate, SqliteStore};

const TODAY: u16 = 20_000;

fn on_day(day: u16) -> Timestamp {
    Timestamp::from_millis(i64::from(day) * 24 * 60 * 60 * 1000)
}

/// The n-th report, resolved today.
fn report(n: u16) -> ImportedReport {
    let mut rest = [0; 10];
    rest[..2].copy_from_slice(&n.to_be_bytes());
    let at = on_day(TODAY);
    let resolved =
        ImportedUpdate { id: UpdateId::from_parts(at, rest), at, status: Status::Resolved, note: None };
    ImportedReport {
        id: ReportId::from_parts(at, rest),
        category: "road".into(),
        description: "Lubang".into(),
        position: Position::new(-6.9, 107.6).unwrap(),
        address: None,
        jurisdiction: model::UNASSIGNED.into(),
        agency: None,
        created_at: at,
        due_at: None,
        history: vec![resolved],
        source: None,
        source_ontime: None,
        demo: false,
        supports: 0,
    }
}

async fn add(store: &SqliteStore, reports: std::ops::Range<u16>) {
    let expected = reports.len();
    assert_eq!(store.import(reports.map(report).collect()).await.unwrap().added, expected);
}

fn open(folder: &Path) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(folder).unwrap())
}

/// A store, and who follows it from its first change on.
async fn following() -> (TempDir, Arc<SqliteStore>, Follower) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let map = Arc::new(LiveMap::new());
    let mut follower = Follower { store: store.clone(), map, hand: None, seen: None };
    assert!(!follower.map.is_loaded());
    follower.step(TODAY).await.unwrap();
    assert!(follower.map.is_loaded());
    (folder, store, follower)
}

impl Follower {
    fn world(&self) -> Tile {
        self.map.read().tile(TileAddress::new(0, 0, 0).unwrap())
    }

    /// How many reports are on the map.
    fn reports(&self) -> u32 {
        let world = self.world();
        world.cells.iter().flat_map(|cell| &cell.by).map(|by| by.reports).sum::<u32>()
            + world.points.len() as u32
    }
}

#[tokio::test]
async fn more_than_a_portion_takes_several_steps_and_is_behind_until_the_last() {
    let (_folder, store, mut follower) = following().await;
    add(&store, 0..250).await;
    let mut as_of = *follower.map.as_of.lock().unwrap();
    for (reports, whole) in [(100, false), (200, false), (250, true), (250, true)] {
        follower.step(TODAY).await.unwrap();
        let now = *follower.map.as_of.lock().unwrap();
        assert_eq!((follower.reports(), now > as_of), (reports, whole));
        as_of = now;
    }
}

#[tokio::test]
async fn another_database_in_the_place_of_the_one_that_was_read_is_read_anew() {
    let (_folder, store, mut follower) = following().await;
    add(&store, 0..30).await;
    follower.step(TODAY).await.unwrap();
    assert_eq!(follower.reports(), 30);
    let other = tempfile::tempdir().unwrap();
    let store = open(other.path());
    add(&store, 50..53).await;
    follower.store = store;
    follower.step(TODAY).await.unwrap();
    assert_eq!(follower.reports(), 3, "none of those of the other");
}

#[tokio::test]
async fn whoever_is_further_behind_than_what_is_kept_reads_everything_anew() {
    let (_folder, store, mut follower) = following().await;
    add(&store, 0..300).await;
    assert!(store.forget_changes().await.unwrap() > 0);
    follower.step(TODAY).await.unwrap();
    assert_eq!(
        follower.reports(),
        300,
        "at once: more than a portion of changes, and some are not known any more"
    );
    add(&store, 300..301).await;
    follower.step(TODAY).await.unwrap();
    assert_eq!(follower.reports(), 301);
}

#[tokio::test]
async fn at_the_turn_of_a_day_what_was_closed_long_ago_is_told_apart() {
    let (_folder, store, mut follower) = following().await;
    add(&store, 0..1).await;
    for (later, old) in [(0, false), (30, false), (31, true), (30, false)] {
        follower.step(TODAY + later).await.unwrap();
        let statuses = follower.world().statuses;
        assert_eq!(statuses.iter().map(|status| status.is_old()).collect::<Vec<_>>(), [old], "{later}");
    }
    // What comes on a day is told by that day.
    follower.step(TODAY + 31).await.unwrap();
    add(&store, 1..2).await;
    follower.step(TODAY + 31).await.unwrap();
    assert_eq!(follower.world().statuses, [TileStatus::old(Status::Resolved)]);
    assert_eq!(follower.reports(), 2);
}

#[tokio::test]
async fn after_a_panic_everything_is_read_anew() {
    let (_folder, store, mut follower) = following().await;
    add(&store, 0..2).await;
    follower.step(TODAY).await.unwrap();
    let map = follower.map.clone();
    let half_done = move || {
        let mut held = map.write();
        held.remove(&[report(0).id]);
        panic!("as a test");
    };
    assert_eq!(follower.hand.as_ref().unwrap().work(half_done).await, Err::<(), _>(Stopped));
    assert_eq!(follower.reports(), 1, "who panics holding the map leaves it to the readers");
    add(&store, 2..3).await;
    assert!(matches!(follower.step(TODAY).await, Err(FollowError::Stopped(_))));
    follower.step(TODAY).await.unwrap();
    assert_eq!(follower.reports(), 3);
}

#[test]
fn one_panic_after_the_other_is_waited_for_longer_and_longer() {
    let mut panics = Panics::default();
    let mut now = Instant::now();
    for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
        let pause = panics.pause(now);
        assert_eq!(pause.as_secs(), seconds);
        now += pause + PAUSE;
    }
    now += PAUSE_MAX;
    assert_eq!(panics.pause(now), PAUSE, "one in a long time");
}

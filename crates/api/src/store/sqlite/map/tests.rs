use tempfile::TempDir;

use super::*;
use crate::store::{SqliteStore, Store as _};

/// A store, and the folder that it goes with.
fn store() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    (folder, store)
}

/// Changes, of reports that are not there.
async fn change(store: &SqliteStore, changes: i64) {
    let written = store.writer.write(move |db| {
        let sql = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT ?1)
                   INSERT INTO changes (report) SELECT x'01a20296000070008000000000000000' FROM n";
        Ok(db.execute(sql, [changes])?)
    });
    assert_eq!(written.await.unwrap() as i64, changes);
}

async fn numbers(store: &SqliteStore) -> (i64, i64) {
    store.readers.look_up(kept).await.unwrap()
}

#[tokio::test]
async fn the_oldest_changes_are_forgotten_in_portions() {
    let (_folder, store) = store();
    change(&store, KEPT).await;
    assert_eq!(store.forget_changes().await.unwrap(), 0, "no more than are kept");
    change(&store, 100).await;
    let mut left = KEPT + 100;
    for forgotten in [FORGOTTEN, FORGOTTEN, 100 - 2 * FORGOTTEN, 0] {
        assert_eq!(store.writer.write(forget).await.unwrap(), forgotten);
        left -= forgotten as i64;
        assert_eq!(numbers(&store).await, (KEPT + 100 - left, KEPT + 100));
    }
    change(&store, 1000).await;
    assert_eq!(store.forget_changes().await.unwrap(), 1000, "until no more than are kept are left");
    assert_eq!(numbers(&store).await, (1100, KEPT + 1100));
    change(&store, 1).await;
    assert_eq!(numbers(&store).await.1, KEPT + 1101, "no number is given twice");
}

#[tokio::test]
async fn the_newest_change_is_never_forgotten() {
    let (_folder, store) = store();
    for _ in 0..3 {
        assert_eq!(store.forget_changes().await.unwrap(), 0);
    }
    // As after a restore of a database whose numbers go far beyond what is in it.
    let written = store
        .writer
        .write(|db| Ok(db.execute("INSERT INTO changes VALUES (1, x'01'), (1000000, x'01')", [])?));
    assert_eq!(written.await.unwrap(), 2);
    store.forget_changes().await.unwrap();
    store.forget_changes().await.unwrap();
    assert_eq!(numbers(&store).await.1, 1_000_000);
}

#[tokio::test]
async fn whoever_is_further_behind_than_what_is_kept_is_told_so() {
    let (_folder, store) = store();
    change(&store, 2 * KEPT).await;
    let changes = async |since| store.map_changes(Revision(since)).await.unwrap();
    assert_ne!(changes(0).await, MapChanges::TooFarBehind);
    store.forget_changes().await.unwrap();
    for since in [-1, 0, KEPT - 1, 2 * KEPT + 1] {
        assert_eq!(changes(since).await, MapChanges::TooFarBehind, "{since}");
    }
    for since in [KEPT, KEPT + 1, 2 * KEPT] {
        assert_ne!(changes(since).await, MapChanges::TooFarBehind, "{since}");
    }
}

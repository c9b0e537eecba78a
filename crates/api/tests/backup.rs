//! The backup that `docs/operating.md` describes, made while citizens write, and put back.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, time::Duration};

use fastrand::Rng;
use rusqlite::{Connection, OpenFlags};
use support::{
    Server,
    stored::Stored,
    writer::{Log, SharedLog, Writer},
};

const WRITERS: usize = 8;
/// Writes before the backup, and again after it.
const WRITES: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_began_is_in_it() {
    let (data, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::on(data.path());
    let log = SharedLog::new(Log::default());
    let mut tasks = Vec::new();
    for seed in 0..WRITERS {
        let (device, log) = (server.device().await, log.clone());
        let mut writer = Writer { device, log, rng: Rng::with_seed(seed as u64) };
        tasks.push(tokio::spawn(async move { while writer.write().await {} }));
    }
    acknowledged(&log, WRITES).await;

    let before = log.lock().acknowledged_reports.clone();
    let file = backup.path().join("warga.sqlite3");
    vacuum_into(&server, file.to_str().unwrap());
    let then = log.lock().acknowledged();
    acknowledged(&log, then + WRITES).await;
    server.kill();
    for task in tasks {
        task.await.unwrap();
    }
    let log = log.take();
    assert!(log.refusals.is_empty(), "a backup is in nobody's way: {:?}", log.refusals);

    // Put back into a new folder, as after the loss of the machine.
    let restored = tempfile::tempdir().unwrap();
    fs::copy(&file, restored.path().join("warga.sqlite3")).unwrap();
    let server = Server::on(restored.path());
    let stored = Stored::open(restored.path());
    stored.assert_whole();
    let kept = stored.descriptions();
    for id in &before {
        let sent = log.sent_reports[id].draft.body();
        assert_eq!(
            kept.get(id).map(String::as_str),
            sent["description"].as_str(),
            "{id} is not in the backup"
        );
    }
    assert!(kept.len() < log.sent_reports.len(), "nothing was written after the backup");
    // What came too late for it is sent again by the phones that still have it, and nothing comes twice.
    for (id, sent) in &log.sent_reports {
        let device = server.nobody().with_token(sent.by.token());
        let expected = if kept.contains_key(id) { 200 } else { 201 };
        device.put_report(*id, &sent.draft).await.expect(expected);
    }
    assert_eq!(stored.descriptions().len(), log.sent_reports.len());
}

/// `sqlite3 DATA/warga.sqlite3 "VACUUM INTO 'FILE'"`, beside the running server.
fn vacuum_into(server: &Server, file: &str) {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let database = Connection::open_with_flags(server.data().join("warga.sqlite3"), flags).unwrap();
    database.execute("VACUUM INTO ?1", [file]).unwrap();
}

/// Waits for so many acknowledged writes.
async fn acknowledged(log: &SharedLog, writes: usize) {
    while log.lock().acknowledged() < writes {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

//! A full disk: what does not fit is refused, what was acknowledged stays, and with room it goes on.
//!
//! The disk is a limit on the length of files, which SQLite meets as it meets a disk without room: a write that
//! fails in the middle of a commit or of a checkpoint.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use fastrand::Rng;
use serde_json::json;
use support::{
    Answer, Server, report,
    stored::Stored,
    writer::{Log, SharedLog, Writer},
};

const WRITERS: usize = 8;
const FULL: u64 = 1024 * 1024;
/// Each writer goes on after its first refusal: small writes may fit where large ones do not.
const REFUSALS_EACH: usize = 25;

/// A server whose disk fills up under writing devices. Some writes are acknowledged, then refusals follow.
async fn filled(server: &Server) -> Log {
    let log = SharedLog::new(Log::default());
    let mut rng = Rng::with_seed(7);
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        let mut writer = Writer { device: server.device().await, log: log.clone(), rng: rng.fork() };
        for _ in 0..3 {
            assert!(writer.write().await);
        }
        writers.push(writer);
    }
    let with_room = log.lock().acknowledged();
    assert_eq!(with_room, WRITERS * 3);

    server.limit_files(Some(FULL));
    let mut tasks = Vec::new();
    for mut writer in writers {
        let log = log.clone();
        tasks.push(tokio::spawn(async move {
            while log.lock().refusals.len() < WRITERS * REFUSALS_EACH {
                assert!(writer.write().await, "no answer");
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let log = log.take();
    assert!(log.acknowledged() > with_room, "the disk was full from the beginning");
    log
}

fn all_refused_as_unavailable(log: &Log) {
    assert!(log.refusals.len() >= WRITERS * REFUSALS_EACH);
    for refusal in &log.refusals {
        refusal.problem(503, "unavailable");
    }
}

/// Exactly the acknowledged writes are there: "nothing was saved" is what a refusal says.
fn exactly_the_acknowledged_is_there(log: &Log, server: &Server) {
    let stored = Stored::open(server.data());
    stored.assert_whole();
    let found = stored.descriptions();
    let whole = |id| log.sent_reports[id].draft.body()["description"] == found[id];
    assert!(log.acknowledged_reports.iter().all(whole), "a report is not whole");
    assert!(found.keys().eq(&log.acknowledged_reports), "reports that were refused are there");
    assert_eq!(stored.supports().len(), log.acknowledged_supports.len());
    assert_eq!(stored.declarations().len(), log.acknowledged_declarations.len());
}

/// Every refused write goes through now, under the same id.
async fn refused_is_taken_in_now(log: &mut Log, server: &Server) {
    for id in log.unacknowledged_reports() {
        let sent = &log.sent_reports[&id];
        server.nobody().with_token(sent.by.token()).put_report(id, &sent.draft).await.expect(201);
        log.acknowledged_reports.insert(id);
    }
    for (id, token) in log.unacknowledged_supports() {
        assert!(server.nobody().with_token(&token).support(id).await.supported);
        log.acknowledged_supports.insert((id, token));
    }
    for token in log.unacknowledged_declarations() {
        server.nobody().with_token(&token).join(&log.sent_declarations[&token]).await;
        log.acknowledged_declarations.insert(token);
    }
    exactly_the_acknowledged_is_there(log, server);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_the_disk_was_full_survives_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::limitable(folder.path(), 0);
    let mut log = filled(&server).await;
    all_refused_as_unavailable(&log);
    server.kill();

    let server = Server::on(folder.path());
    exactly_the_acknowledged_is_there(&log, &server);
    refused_is_taken_in_now(&mut log, &server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_room_again_it_goes_on_without_being_restarted() {
    let folder = tempfile::tempdir().unwrap();
    // Its log lies on the same disk: not even a word about what fails can be written.
    let server = Server::limitable(folder.path(), 2 * FULL);
    let mut log = filled(&server).await;
    all_refused_as_unavailable(&log);
    exactly_the_acknowledged_is_there(&log, &server);

    server.limit_files(None);
    refused_is_taken_in_now(&mut log, &server).await;
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_reads_does_not_notice() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::limitable(folder.path(), 0);
    let log = filled(&server).await;
    let acknowledged = &log.acknowledged_reports;
    let nobody = server.nobody();
    for id in acknowledged.iter().take(20) {
        assert_eq!(nobody.report(*id).await.id, *id);
    }
    assert_eq!(nobody.pages("limit=100").await.concat().len(), acknowledged.len());
    let writer = log.sent_reports.values().next().unwrap().by.clone();
    let answers = [
        nobody.post("/devices", &json!({})).await,
        writer.put_report(support::new_id(), &report().description("a".repeat(4000))).await,
    ];
    let kept = |answer: &Answer| answer.status == 201;
    assert!(!answers.iter().all(kept), "the disk was meant to be full");
    for refusal in answers.iter().filter(|answer| !kept(answer)) {
        refusal.problem(503, "unavailable");
    }
    let ready = reqwest::get(format!("{}/readyz", server.base())).await.unwrap();
    assert_eq!(ready.status(), 200, "a server that can be read is not taken out of service");
}

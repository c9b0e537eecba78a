//! Contacts go: when their reporter takes them back, and thirty days after their report was closed.

mod support;

use std::time::{Duration, Instant};

use model::{ContactState, Status, Timestamp, UpdateId};
use serde_json::json;
use support::{
    Draft, Server, new_id, now, report,
    stored::{Stored, add_contacts, fill, holds_bytes, imported},
};
use warga_api::store::{ImportedReport, ImportedUpdate};

fn with_contact() -> Draft {
    report().with("contact", json!({"email": "siti@contoh.id", "phone": "+62 812 3456"}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reporter_takes_their_contact_back_and_a_replay_does_not_bring_it() {
    let server = Server::start();
    let device = server.device().await;
    let (id, other) = (new_id(), device.submit(with_contact()).await);
    for visibility in ["public", "anonymous", "private"] {
        let id = new_id();
        let draft = with_contact().visibility(visibility);
        device.put_report(id, &draft).await.expect(201);
        for _ in 0..2 {
            let answer = device.delete_contact(id).await.expect(200);
            assert_eq!(answer.read::<ContactState>(), ContactState { id, contact: false });
            assert!(!Stored::open(server.data()).emails().contains_key(&id), "{visibility}");
            device.put_report(id, &draft).await.expect(200);
            assert!(!Stored::open(server.data()).emails().contains_key(&id), "{visibility}: a replay");
        }
    }
    let kept = Stored::open(server.data()).emails();
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [(other, Some("siti@contoh.id".to_owned()))]);
    device.put_report(id, &report()).await.expect(201);
    device.delete_contact(id).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_under_a_renewed_token_does_not_bring_it_back_either() {
    let server = Server::start();
    let (before, after) = (server.device().await, server.device().await);
    let (id, draft) = (new_id(), with_contact().with("secret", "0123456789abcdef0123456789abcdef"));
    before.put_report(id, &draft).await.expect(201);
    before.delete_contact(id).await.expect(200);
    after.put_report(id, &draft).await.expect(200);
    assert!(Stored::open(server.data()).emails().is_empty());
    after.delete_contact(id).await.expect(200);
    before.delete_contact(id).await.problem(403, "not-reporter");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let from_elsewhere = imported(now(), -6.9, 107.6);
    let of_nobody = from_elsewhere.id;
    fill(folder.path(), vec![from_elsewhere]).await;
    let server = Server::on(folder.path());
    let (owner, other) = (server.device().await, server.device().await);
    let public = owner.submit(with_contact()).await;
    let private = owner.submit(with_contact().visibility("private")).await;
    other.delete_contact(public).await.problem(403, "not-reporter");
    other.delete_contact(of_nobody).await.problem(403, "not-reporter");
    other.delete_contact(private).await.problem(404, "no-report");
    other.delete_contact(new_id()).await.problem(404, "no-report");
    other.delete("/reports/x/contact").await.problem(404, "no-report");
    let nobody = server.nobody();
    nobody.delete_contact(public).await.problem(401, "no-token");
    nobody.with_token("wrong").delete_contact(public).await.problem(401, "unknown-token");
    assert_eq!(Stored::open(server.data()).emails().len(), 2);
}

fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_millis(now().millis() - days * 86_400_000)
}

/// An address, when its report came to which status (days ago), and whether the address is to be kept.
type Case = (&'static str, &'static [(Status, i64)], bool);

/// A report that came to each status so many days ago.
fn with_history(steps: &[(Status, i64)]) -> ImportedReport {
    let step = |&(status, days): &(Status, i64)| {
        let at = days_ago(days);
        let id = UpdateId::from_parts(at, std::array::from_fn(|_| fastrand::u8(..)));
        ImportedUpdate { id, at, status, note: None }
    };
    let mut report = imported(days_ago(500), -6.9, 107.6);
    report.history = steps.iter().map(step).collect();
    report
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_after_closing_they_are_gone_to_the_last_byte() {
    use Status::{Duplicate, InProgress, Rejected, Resolved, Verified};
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let cases: [Case; 9] = [
        ("a29@contoh.id", &[(Resolved, 29)], true),
        ("b31@contoh.id", &[(Resolved, 31)], false),
        ("c31@contoh.id", &[(Rejected, 31)], false),
        ("d31@contoh.id", &[(Duplicate, 31)], false),
        ("e400@contoh.id", &[(Verified, 450), (Resolved, 400)], false),
        ("open@contoh.id", &[], true),
        ("stillopen@contoh.id", &[(Verified, 300), (InProgress, 200)], true),
        ("reopened@contoh.id", &[(Resolved, 100), (InProgress, 90)], true),
        ("again@contoh.id", &[(Resolved, 100), (InProgress, 90), (Resolved, 10)], true),
    ];
    let rows: Vec<_> = cases.iter().map(|(_, steps, _)| with_history(steps)).collect();
    let emails: Vec<_> = rows.iter().zip(&cases).map(|(row, case)| (row.id, case.0)).collect();
    fill(data, rows).await;
    add_contacts(data, &emails);
    assert!(cases.iter().all(|(email, ..)| holds_bytes(data, email)));

    let server = Server::on(data);
    let begun = Instant::now();
    while !server.log().contains("contacts=4") {
        // Not an expectation, only an end to waiting for what never happens.
        assert!(begun.elapsed() < Duration::from_secs(120), "they stay: {}", server.log());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let right = || cases.iter().all(|(email, _, kept)| holds_bytes(data, email) == *kept);
    assert!(right(), "not even the log holds what is gone");
    let kept: Vec<_> = Stored::open(data).emails().into_values().flatten().collect();
    let mut expected: Vec<_> = cases.iter().filter(|case| case.2).map(|case| case.0).collect();
    expected.sort_unstable();
    let mut told: Vec<_> = kept.iter().map(String::as_str).collect();
    told.sort_unstable();
    assert_eq!(told, expected);
    assert!(!server.log().contains("contoh"), "{}", server.log());
    server.terminate();
    assert!(server.ended().success());
    assert!(right(), "after the last checkpoint");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_gone_to_the_last_byte_once_the_server_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let device = server.device().await;
    let taken = device.submit(report().with("contact", json!({"email": "taken@contoh.id"}))).await;
    device.submit(report().with("contact", json!({"email": "kept@contoh.id"}))).await;
    device.delete_contact(taken).await.expect(200);
    server.terminate();
    assert!(server.ended().success());
    assert!(holds_bytes(folder.path(), "kept@contoh.id"));
    assert!(!holds_bytes(folder.path(), "taken@contoh.id"));
}

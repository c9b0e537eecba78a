//! Contacts: `DELETE /reports/{id}/contact`.

mod support;

use model::ContactState;
use serde_json::json;
use support::{
    Draft, Server, new_id, now, report,
    stored::{Stored, fill, imported},
};

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

//! `PUT /reports/{id}`: once is once, however often it is sent.

mod support;

use std::collections::BTreeMap;

use model::{Report, Visibility};
use serde_json::json;
use support::{Server, new_id, report};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_is_created_and_the_same_again_is_the_same() {
    let server = Server::start();
    let device = server.device().await;
    let (id, draft) = (new_id(), report().with("attributes", json!({})).visibility("public"));
    let first: Report = device.put_report(id, &draft).await.expect(201).read();
    assert_eq!(first.id, id);
    for body in [draft.body().to_string(), draft.rewritten()] {
        let again: Report = device.put_text(&format!("/reports/{id}"), body).await.expect(200).read();
        assert_eq!(again, first);
    }
    let shouted = id.to_string().to_uppercase();
    let again: Report = device.put(&format!("/reports/{shouted}"), draft.body()).await.expect(200).read();
    assert_eq!(again.id, id, "an id is the same in capitals");
    assert_eq!(device.ids("").await, [id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_body_under_the_same_id_is_a_conflict_and_changes_nothing() {
    let server = Server::start();
    let device = server.device().await;
    let (id, draft) = (new_id(), report());
    let first: Report = device.put_report(id, &draft).await.expect(201).read();
    for other in [
        draft.clone().description("Lubang besar di depan pasar.\nSudah tiga minggu."),
        draft.clone().at(-6.9175, 107.619_100_000_1),
        draft.clone().with("address", "Jl. Asia Afrika"),
        draft.clone().visibility("anonymous"),
        // A wrong body is a conflict as well: it is compared before it is checked.
        draft.clone().description(""),
        draft.clone().with("colour", "red"),
    ] {
        device.put_report(id, &other).await.problem(409, "conflict");
    }
    assert_eq!(device.report(id).await, Report { supported: Some(false), ..first });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_body_from_another_device_is_a_conflict() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let (id, draft) = (new_id(), report());
    siti.put_report(id, &draft).await.expect(201);
    budi.put_report(id, &draft).await.problem(409, "conflict");
    siti.put_report(id, &draft).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_takes_a_report_along_to_a_renewed_token() {
    let server = Server::start();
    let (before, after, other) = (server.device().await, server.device().await, server.device().await);
    let (id, secret) = (new_id(), "0123456789abcdef0123456789abcdef");
    let draft = report().visibility("private").with("secret", secret);
    before.put_report(id, &draft).await.expect(201);
    after.get_report(id).await.problem(404, "no-report");

    let moved: Report = after.put_report(id, &draft).await.expect(200).read();
    assert_eq!((moved.id, moved.visibility), (id, Visibility::Private));
    assert_eq!(after.report(id).await.id, id, "who shows the secret owns it now");
    before.get_report(id).await.problem(404, "no-report");

    let guessed = draft.clone().with("secret", "0123456789abcdef0123456789abcdee");
    other.put_report(id, &guessed).await.problem(409, "conflict");
    other.put_report(id, &draft.without("secret")).await.problem(409, "conflict");
    other.get_report(id).await.problem(404, "no-report");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_requests_that_race_for_an_id_exactly_one_creates_it() {
    let server = Server::start();
    let device = server.device().await;
    for _ in 0..10 {
        let id = new_id();
        let race: Vec<_> = (0..8)
            .map(|n| {
                // Two bodies, four times each.
                let (device, draft) = (device.clone(), report().description(format!("Lubang {}", n % 2)));
                tokio::spawn(async move { device.put_report(id, &draft).await })
            })
            .collect();
        let mut counts = BTreeMap::<u16, usize>::new();
        for answer in race {
            *counts.entry(answer.await.unwrap().status).or_default() += 1;
        }
        assert_eq!(counts, BTreeMap::from([(200, 3), (201, 1), (409, 4)]));
    }
    assert_eq!(device.ids("limit=100").await.len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_that_race_with_the_same_body_give_it_one_owner() {
    let server = Server::start();
    for _ in 0..10 {
        let (siti, budi, id) = (server.device().await, server.device().await, new_id());
        let draft = report().visibility("private");
        let (a, b) = tokio::join!(siti.put_report(id, &draft), budi.put_report(id, &draft));
        let (owner, other) = if a.status == 201 { (&siti, &budi) } else { (&budi, &siti) };
        assert_eq!(a.status.min(b.status), 201);
        assert_eq!(a.status.max(b.status), 409);
        owner.get_report(id).await.expect(200);
        other.get_report(id).await.problem(404, "no-report");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_kept_trimmed_and_otherwise_as_it_was_typed() {
    let server = Server::start();
    let device = server.device().await;
    for (typed, kept) in [
        ("  Lubang \n", "Lubang"),
        ("satu\r\ndua\n\ntiga", "satu\ndua\n\ntiga"),
        ("<script>alert(1)</script> & \"kutip\" 'satu'", "<script>alert(1)</script> & \"kutip\" 'satu'"),
        ("'; DROP TABLE reports; --", "'; DROP TABLE reports; --"),
        ("🕳️ ꦗꦭꦤ꧀ ثقب é e\u{301} \u{2066}a\u{2069}", "🕳️ ꦗꦭꦤ꧀ ثقب é e\u{301} \u{2066}a\u{2069}"),
    ] {
        let id = device.submit(report().description(typed)).await;
        assert_eq!(device.report(id).await.description, kept);
    }
    let longest = "🕳".repeat(4000);
    let id = device.submit(report().description(format!(" {longest} "))).await;
    assert_eq!(device.report(id).await.description, longest);
    let escaped: String = (0..4000).map(|_| "\\ud83d\\udd73").collect();
    let body =
        report().body().to_string().replace("Lubang besar di depan pasar.\\nSudah dua minggu.", &escaped);
    let id = new_id();
    device.put_text(&format!("/reports/{id}"), body).await.expect(201);
    assert_eq!(device.report(id).await.description, longest, "the longest text in its longest writing fits");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edges_of_the_earth_are_on_it() {
    let server = Server::start();
    let device = server.device().await;
    for (lat, lng) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0), (-0.0, 107.619_100_123_456_78)] {
        let id = device.submit(report().at(lat, lng)).await;
        let read = device.report(id).await;
        assert_eq!((read.lat, read.lng), (lat, lng), "a position comes back to the last digit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_at_a_jurisdiction_is_followed_where_there_is_one() {
    let server = Server::start();
    let device = server.device().await;
    let known = device.submit(report().with("jurisdiction", "35.78")).await;
    let unknown = device.submit(report().with("jurisdiction", "99.99")).await;
    let silent = device.submit(report()).await;
    assert_eq!(device.report(known).await.jurisdiction, "35.78");
    for id in [unknown, silent] {
        assert_eq!(device.report(id).await.jurisdiction, model::UNASSIGNED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_device_has_a_token_of_its_own() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    assert_ne!(siti.token(), budi.token());
    assert!(siti.token().len() >= 43, "256 bits in base64 are 43 characters: {}", siti.token());
    let with_work = json!({"challenge": "a", "solution": "b"});
    server.nobody().post("/devices", &with_work).await.expect(201);
}

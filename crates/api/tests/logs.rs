//! What the server writes down: enough to find a request again, and nothing that is nobody's business.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{collections::BTreeSet, fs};

use reqwest::Method;
use serde_json::json;
use support::{Server, new_id, report};

/// The smallest portal that is served.
fn portal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), r#"<base href="/">"#).unwrap();
    fs::write(folder.path().join("site.json"), "{}").unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_an_id_of_its_own_under_which_the_log_tells_of_it() {
    let (data, portal) = (tempfile::tempdir().unwrap(), portal());
    let server = Server::with(data.path(), &["--assets", portal.path().to_str().unwrap()]);
    let device = server.device().await;
    let id = device.submit(report()).await;
    let site = server.nobody().beside();
    let forged = "0190163d-8694-739b-aea5-966c26f8ad91";
    let mut ids = BTreeSet::new();
    for (caller, method, path, line) in [
        (&device, Method::GET, "/site".to_owned(), "GET /api/v1/site 200"),
        (&device, Method::GET, format!("/reports/{id}"), "GET /api/v1/reports/{id} 200"),
        (&device, Method::GET, format!("/reports/{}", new_id()), "GET /api/v1/reports/{id} 404"),
        (&device, Method::PUT, format!("/reports/{id}"), "PUT /api/v1/reports/{id} 415"),
        (&device, Method::PATCH, "/reports".to_owned(), "PATCH /api/v1/reports 405"),
        (&device, Method::GET, "/nowhere".to_owned(), "GET - 404"),
        (&site, Method::GET, "/".to_owned(), "GET - 200"),
        (&site, Method::GET, "/site.json".to_owned(), "GET - 200"),
        (&site, Method::GET, "/missing.js".to_owned(), "GET - 404"),
        (&site, Method::GET, "/healthz".to_owned(), "GET /healthz 200"),
    ] {
        let request = caller.request(method, &path).header("x-request-id", forged);
        let answer = caller.send(request).await;
        let request_id = answer.request_id();
        assert!(ids.insert(request_id), "{path}: an id that came twice");
        assert_ne!(request_id.to_string(), forged);
        let log = server.log();
        let mut told = log.lines().filter(|logged| logged.contains(&request_id.to_string()));
        let (Some(logged), None) = (told.next(), told.next()) else { panic!("{path}: not one line: {log}") };
        let [method, route, status] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        for part in [format!("method={method} "), format!("route=\"{route}\""), format!("status={status} ")] {
            assert!(logged.contains(&part), "{path}: {part} is not in {logged}");
        }
        assert!(logged.contains("INFO") && logged.contains("milliseconds="), "{logged}");
    }
    assert!(!server.log().contains(forged), "an id that came with a request is in the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_citizen_confides_is_in_the_log() {
    let server = Server::logging("trace");
    let device = server.device().await;
    let secret = "rahasia-rahasia-rahasia-rahasia";
    let draft = report()
        .description("Bau menyengat dari parit")
        .visibility("private")
        .with("name", "Siti Aminah")
        .with("address", "Gang Kelinci 14")
        .with("contact", json!({"email": "siti@contoh.id", "phone": "+62 812 3456"}))
        .with("secret", secret);
    let id = new_id();
    device.put_report(id, &draft).await.expect(201);
    device.put_report(id, &draft).await.expect(200);
    device.support(id).await;
    server.device().await.put_report(id, &draft.clone().without("secret")).await.expect(409);
    // Not in a refusal either: of a body, of a query, of a token, of a path.
    device
        .put_report(new_id(), &draft.clone().with("contact", json!({"email": "siti at contoh"})))
        .await
        .expect(422);
    device.put_report(new_id(), &draft.clone().with("Siti Aminah", "812 3456")).await.expect(422);
    device.put_text(&format!("/reports/{}", new_id()), format!("{}x", draft.body())).await.expect(400);
    device.get("/reports?search=Gang%20Kelinci%2014&contact=siti%40contoh.id").await.expect(400);
    device.get("/nowhere/siti@contoh.id").await.expect(404);
    let stale = device.with_token("tokenusang");
    stale.put_report(new_id(), &draft).await.expect(401);

    let log = server.log();
    // By default the migrations are not told.
    assert!(log.contains("refinery_core"), "not everything is logged: {log}");
    assert!(log.contains("route=\"/api/v1/reports/{id}\""), "{log}");
    let confided = [
        "siti",
        "Siti",
        "812 3456",
        "Kelinci",
        "menyengat",
        "rahasia",
        "tokenusang",
        "Bearer",
        device.token(),
    ];
    for word in confided {
        let line = log.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word}");
    }
}

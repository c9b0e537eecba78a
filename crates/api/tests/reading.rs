//! Reading through the wire: `GET /site`, `GET /reports` with each of its filters, `GET /reports/{id}`.

mod support;

use std::collections::BTreeSet;

use model::{ReportId, Site, Sort, Status, Timestamp, Update, UpdateId, Visibility};
use reqwest::Method;
use serde_json::Value;
use support::{
    Server, new_id, now, report,
    stored::{fill, imported},
};
use warga_api::store::ImportedUpdate;

fn set(ids: impl IntoIterator<Item = ReportId>) -> BTreeSet<ReportId> {
    ids.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_says_what_this_server_offers() {
    let server = Server::start();
    let answer = server.nobody().get("/site").await.expect(200);
    assert_eq!(answer.header("cache-control"), "public, max-age=300, stale-while-revalidate=86400");
    let site: Site = answer.read();
    assert_eq!(site.languages, ["id", "en"]);
    assert_eq!((site.limits.description, site.limits.photos), (4000, 3));
    let bandung = site.jurisdictions.iter().find(|jurisdiction| jurisdiction.code == "32.73").unwrap();
    assert_eq!(bandung.domain, "bandung.go.id");
    let table: Value = serde_json::from_str(include_str!("../../../data/categories.json")).unwrap();
    let codes: Vec<_> = table.as_array().unwrap().iter().map(|category| category["code"].clone()).collect();
    let offered: Vec<_> =
        site.categories.iter().map(|category| Value::from(category.code.as_str())).collect();
    assert_eq!(offered, codes, "the categories in the order of their table");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_read_as_it_was_sent() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    let draft = report()
        .with("address", "Jl. Asia Afrika 1")
        .with("observed_at", "2026-01-02T10:04:05+07:00")
        .with("jurisdiction", "32.73")
        .visibility("public")
        .with("name", "Siti Aminah");
    let before = now();
    let id = device.submit(draft).await;
    let read = nobody.report(id).await;
    let after = now();
    assert_eq!(read.id, id);
    assert_eq!((read.category.as_str(), read.lat, read.lng), ("road", -6.9175, 107.6191));
    assert_eq!(read.description, "Lubang besar di depan pasar.\nSudah dua minggu.");
    assert_eq!(read.address.as_deref(), Some("Jl. Asia Afrika 1"));
    assert_eq!((read.visibility, read.name.as_deref()), (Visibility::Public, Some("Siti Aminah")));
    assert_eq!((read.status, read.supports, read.supported), (Status::Received, 0, None));
    assert_eq!(read.observed_at.unwrap().to_string(), "2026-01-02T03:04:05Z", "times are told in UTC");
    assert_eq!(read.jurisdiction, "32.73");
    assert!((before..=after).contains(&read.created_at), "taken in by the server's clock");
    assert_eq!((read.status_since, read.updated_at), (read.created_at, read.created_at));
    assert!(!read.demo && read.updates.is_empty() && read.photos.is_empty() && read.source.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_report_tells_its_history_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let at = |seconds: i64| Timestamp::from_millis(1_420_000_000_000 + seconds * 1000);
    let step = |seconds, status, note: &str| ImportedUpdate {
        id: UpdateId::from_parts(at(seconds), [9; 10]),
        at: at(seconds),
        status,
        note: Some(note.into()),
    };
    let mut told = imported(at(0), 42.36, -71.06);
    told.agency = Some("PWDx".into());
    told.due_at = Some(at(500));
    told.source = Some("boston311:1".into());
    told.supports = 3;
    told.history = vec![step(5, Status::InProgress, "first"), step(9, Status::Resolved, "last")];
    let id = told.id;
    fill(folder.path(), vec![told]).await;
    let read = Server::on(folder.path()).nobody().report(id).await;
    assert_eq!((read.status, read.status_since, read.updated_at), (Status::Resolved, at(9), at(9)));
    assert_eq!((read.created_at, read.due_at, read.supports), (at(0), Some(at(500)), 3));
    assert_eq!((read.source.as_deref(), read.agency.as_deref()), (Some("boston311:1"), Some("PWDx")));
    let told = |u: &Update| (u.at, u.status, u.note.clone(), u.agency.clone());
    let expected =
        |seconds, status, note: &str| (at(seconds), Some(status), Some(note.into()), Some("PWDx".into()));
    assert_eq!(
        read.updates.iter().map(told).collect::<Vec<_>>(),
        [expected(5, Status::InProgress, "first"), expected(9, Status::Resolved, "last")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_holds_what_lies_in_it_and_on_its_edges() {
    let server = Server::start();
    let device = server.device().await;
    let bandung = device.submit(report().at(-6.9175, 107.6191)).await;
    let corner = device.submit(report().at(-7.0, 107.75)).await;
    let medan = device.submit(report().at(3.58, 98.67)).await;
    let fiji_west = device.submit(report().at(-17.7, 178.0)).await;
    let fiji_east = device.submit(report().at(-16.8, -179.9)).await;
    let on_the_line = device.submit(report().at(-18.0, 180.0)).await;
    let pole = device.submit(report().at(90.0, 0.0)).await;
    let everything = set([bandung, corner, medan, fiji_west, fiji_east, on_the_line, pole]);
    for (bbox, expected) in [
        ("107.5,-7.0,107.75,-6.8", set([bandung, corner])),
        ("107.5,-6.99,107.74,-6.8", set([bandung])),
        ("107.6191,-6.9175,107.6191,-6.9175", set([bandung])),
        ("107.62,-7.0,107.7,-6.8", set([])),
        ("177,-20,-178,-15", set([fiji_west, fiji_east, on_the_line])),
        ("-178,-20,177,-15", set([])),
        ("-180,-20,-178,-15", set([fiji_east])),
        ("-180,86,180,90", set([pole])),
        ("-180,-90,180,90", everything.clone()),
        // Nearly all around: the two halves reach for each other across the gap of one degree.
        ("50,-85,49,85", &everything - &set([pole])),
        ("0.5,-90,0.4,90", &everything - &set([])),
    ] {
        let found = device.ids(&format!("bbox={bbox}")).await;
        assert_eq!(set(found.iter().copied()), expected, "{bbox}");
        assert_eq!(found.len(), expected.len(), "{bbox}: a report stands twice in {found:?}");
    }
    assert_eq!(set(device.ids("").await), everything, "no bbox is the world");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_narrowed_by_each_filter_and_by_all_together() {
    let folder = tempfile::tempdir().unwrap();
    let at = |day: i64| Timestamp::from_millis(1_700_000_000_000 + day * 86_400_000);
    let mut rows = Vec::new();
    let mut add = |day, category: &str, status, jurisdiction: &str| {
        let mut row = imported(at(day), -6.9, 107.6);
        row.category = category.into();
        row.jurisdiction = jurisdiction.into();
        if status != Status::Received {
            let id = UpdateId::from_parts(at(day), [u8::try_from(day).unwrap(); 10]);
            row.history = vec![ImportedUpdate { id, at: at(day), status, note: None }];
        }
        let id = row.id;
        rows.push(row);
        id
    };
    let a = add(1, "road", Status::Received, "32.73");
    let b = add(2, "road", Status::Resolved, "32.73");
    let c = add(3, "flood", Status::Received, "35.78");
    let d = add(4, "waste", Status::Duplicate, "unassigned");
    fill(folder.path(), rows).await;
    let server = Server::on(folder.path());
    let nobody = server.nobody();
    let day_3 = at(3).to_string();
    let just_after = Timestamp::from_millis(at(3).millis() + 1).to_string();
    for (query, expected) in [
        ("category=road".to_owned(), vec![b, a]),
        ("category=flood,waste".into(), vec![d, c]),
        ("status=received".into(), vec![c, a]),
        ("status=resolved,duplicate".into(), vec![d, b]),
        ("status=rejected".into(), vec![]),
        ("jurisdiction=32.73".into(), vec![b, a]),
        ("jurisdiction=unassigned".into(), vec![d]),
        (format!("since={day_3}"), vec![d, c]),
        (format!("since={just_after}"), vec![d]),
        ("category=road&status=received&jurisdiction=32.73".into(), vec![a]),
        (format!("category=road,waste&since={day_3}&bbox=107,-7,108,-6"), vec![d]),
        ("limit=1".into(), vec![d]),
        ("limit=500".into(), vec![d, c, b, a]),
    ] {
        assert_eq!(nobody.ids(&query).await, expected, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_goes_from_the_most_to_the_least() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let first = siti.submit(report()).await;
    let second = siti.submit(report()).await;
    let third = siti.submit(report()).await;
    siti.support(second).await;
    budi.support(second).await;
    budi.support(first).await;
    assert_eq!(siti.ids("sort=supports").await, [second, first, third]);
    assert_eq!(siti.ids("sort=newest").await, siti.ids("").await, "newest is the default");
    for (sort, key) in [("newest", Sort::Newest), ("updated", Sort::Updated)] {
        let page = siti.list(&format!("sort={sort}")).await;
        let keys = page.reports.iter().map(|report| match key {
            Sort::Newest => (report.created_at, report.id),
            _ => (report.updated_at, report.id),
        });
        assert!(keys.is_sorted_by(|a, b| a > b), "{sort}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn supported_is_told_to_a_device_and_to_nobody_else() {
    let server = Server::start();
    let (siti, budi, nobody) = (server.device().await, server.device().await, server.nobody());
    let id = siti.submit(report()).await;
    budi.support(id).await;
    for (api, expected) in [(&siti, Some(false)), (&budi, Some(true)), (&nobody, None)] {
        assert_eq!(api.report(id).await.supported, expected);
        assert_eq!(api.list("").await.reports[0].supported, expected);
        assert_eq!(api.report(id).await.supports, 1, "the number is the same for everybody");
    }
    let raw = nobody.get_report(id).await.json();
    assert!(raw.get("supported").is_none(), "absent, not null");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_depends_on_a_token_is_kept_by_nobody() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    let id = device.submit(report()).await;
    let one = format!("/reports/{id}");
    for path in [one.as_str(), "/reports", "/site", "/nowhere"] {
        let answer = device.get(path).await;
        assert_eq!(answer.header("cache-control"), "private, no-store", "{path}");
        assert!(nobody.get(path).await.header("vary").contains("authorization"), "{path}");
    }
    for answer in [device.put_support(id).await, device.delete_support(id).await] {
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
    assert_eq!(nobody.get("/reports").await.header("cache-control"), "no-cache");
    // The token itself is in this answer, though none was sent.
    let token = nobody.post("/devices", &serde_json::json!({})).await.expect(201);
    assert!(token.header("cache-control").contains("no-store"), "{}", token.header("cache-control"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    let server = Server::start();
    let nobody = server.nobody();
    let path = format!("/reports/{}", new_id());
    for path in [path.as_str(), "/reports/1", "/reports/550e8400-e29b-41d4-a716-446655440000", "/reports/%20"]
    {
        nobody.get(path).await.problem(404, "no-report");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_what_get_would_without_its_body() {
    let server = Server::start();
    let nobody = server.nobody();
    let answer = nobody.send(nobody.request(Method::HEAD, "/reports")).await.expect(200);
    assert_eq!(answer.text, "");
    assert_eq!(answer.header("content-type"), "application/json");
}

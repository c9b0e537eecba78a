//! `GET /reports/nearby`: what has been told around a place, the nearest first.

mod support;

use model::{
    FieldCode::{self, Malformed, Missing, OutOfRange, Repeated, Unknown, UnknownField},
    NearbyReport, NearbyReports, ReportId, Status, Timestamp, UpdateId,
};
use support::{
    Api, Server, now, report,
    stored::{fill, imported},
};
use warga_api::store::ImportedUpdate;

/// A degree of latitude on a sphere of the radius that the document names.
const DEGREE_M: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

async fn nearby(api: &Api, query: &str) -> Vec<NearbyReport> {
    api.get(&format!("/reports/nearby?{query}")).await.expect(200).read::<NearbyReports>().reports
}

async fn ids(api: &Api, query: &str) -> Vec<ReportId> {
    nearby(api, query).await.into_iter().map(|near| near.report.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_come_first_with_their_distance() {
    let server = Server::start();
    let device = server.device().await;
    let north = |metres: f64| report().at(-6.9 + metres / DEGREE_M, 107.6);
    let far = device.submit(north(240.0)).await;
    let here = device.submit(north(0.0)).await;
    let close = device.submit(north(-100.0)).await;
    let beyond = device.submit(north(260.0)).await;
    let found = nearby(&device, "lat=-6.9&lng=107.6").await;
    let told: Vec<_> = found.iter().map(|near| (near.report.id, near.distance_m.round())).collect();
    assert_eq!(told, [(here, 0.0), (close, 100.0), (far, 240.0)], "250 m where nothing is said");
    assert_eq!(found[1].report, device.report(close).await, "the report as it is read by itself");
    assert_eq!(ids(&device, "lat=-6.9&lng=107.6&radius=1000").await, [here, close, far, beyond]);
    assert_eq!(ids(&device, "lat=-6.9&lng=107.6&radius=1").await, [here]);
    assert_eq!(ids(&device, "lat=-6.8&lng=107.6").await, []);
    assert!(nearby(&server.nobody(), "lat=-6.9&lng=107.6").await[0].report.supported.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_open_ones_of_the_categories_that_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = Timestamp::from_millis(1_700_000_000_000);
    let mut rows = Vec::new();
    let mut open = Vec::new();
    for status in Status::ALL {
        let mut row = imported(at, -6.9, 107.6);
        if status != Status::Received {
            let id = UpdateId::from_parts(at, [status as u8; 10]);
            row.history = vec![ImportedUpdate { id, at, status, note: None }];
        }
        if status.is_open() {
            open.push(row.id);
        }
        rows.push(row);
    }
    let mut flood = imported(at, -6.9, 107.6);
    flood.category = "flood".into();
    let flood = {
        rows.push(flood.clone());
        flood.id
    };
    fill(folder.path(), rows).await;
    let server = Server::on(folder.path());
    let nobody = server.nobody();
    open.sort_unstable();
    assert_eq!(
        ids(&nobody, "lat=-6.9&lng=107.6&category=road").await,
        open,
        "equally near: in the order of ids"
    );
    assert_eq!(ids(&nobody, "lat=-6.9&lng=107.6&category=flood,fire").await, [flood]);
    assert_eq!(ids(&nobody, "lat=-6.9&lng=107.6").await.len(), open.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_fifty_are_told_and_they_are_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let step = |n: u32| imported(now(), 3.58 + f64::from(n) * 1e-5, 98.67);
    let rows: Vec<_> = (0..80).rev().map(step).collect();
    let nearest: Vec<_> = rows.iter().rev().take(50).map(|row| row.id).collect();
    fill(folder.path(), rows).await;
    let server = Server::on(folder.path());
    assert_eq!(ids(&server.nobody(), "lat=3.58&lng=98.67&radius=1000").await, nearest);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_reaches_over_the_antimeridian_and_over_the_poles() {
    let server = Server::start();
    let device = server.device().await;
    let west = device.submit(report().at(-17.0, 179.999)).await;
    let east = device.submit(report().at(-17.0, -179.9985)).await;
    let north = device.submit(report().at(89.9995, 10.0)).await;
    let across = device.submit(report().at(89.9995, -170.0)).await;
    let south = device.submit(report().at(-90.0, 77.0)).await;
    assert_eq!(ids(&device, "lat=-17&lng=179.999&radius=300").await, [west, east]);
    assert_eq!(ids(&device, "lat=-17&lng=-179.999&radius=300").await, [east, west]);
    assert_eq!(ids(&device, "lat=-17&lng=180&radius=300").await, [west, east]);
    assert_eq!(ids(&device, "lat=-17&lng=-180&radius=300").await, [west, east]);
    assert_eq!(ids(&device, "lat=89.9995&lng=10&radius=300").await, [north, across]);
    assert_eq!(ids(&device, "lat=90&lng=0&radius=100").await.len(), 2);
    assert_eq!(ids(&device, "lat=-89.9999&lng=-103&radius=20").await, [south]);
}

#[tokio::test(flavor = "multi_thread")]
async fn private_ones_are_never_told() {
    let server = Server::start();
    let (owner, other) = (server.device().await, server.device().await);
    owner.submit(report().at(-6.9, 107.6).visibility("private")).await;
    let public = owner.submit(report().at(-6.9, 107.6).visibility("public").with("name", "Siti")).await;
    let anonymous = owner.submit(report().at(-6.9, 107.6).with("name", "Budi")).await;
    for caller in [&owner, &other, &server.nobody()] {
        let answer = caller.get("/reports/nearby?lat=-6.9&lng=107.6").await.expect(200);
        let mut told: Vec<_> =
            answer.read::<NearbyReports>().reports.into_iter().map(|near| near.report.id).collect();
        told.sort_unstable();
        assert_eq!(told, [public.min(anonymous), public.max(anonymous)]);
        assert!(answer.text.contains("Siti") && !answer.text.contains("Budi"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_parameter_is_named() {
    let server = Server::start();
    let nobody = server.nobody();
    let cases: &[(&str, &[(&str, FieldCode)])] = &[
        ("", &[("lat", Missing), ("lng", Missing)]),
        ("lat=-6.9", &[("lng", Missing)]),
        ("lng=107.6", &[("lat", Missing)]),
        ("lat=&lng=107.6", &[("lat", Malformed)]),
        ("lat=-6,9&lng=107.6", &[("lat", Malformed)]),
        ("lat=91&lng=181", &[("lat", OutOfRange), ("lng", OutOfRange)]),
        ("lat=NaN&lng=inf", &[("lat", OutOfRange), ("lng", OutOfRange)]),
        ("lat=-6.9&lng=107.6&radius=0", &[("radius", OutOfRange)]),
        ("lat=-6.9&lng=107.6&radius=1001", &[("radius", OutOfRange)]),
        ("lat=-6.9&lng=107.6&radius=-1", &[("radius", Malformed)]),
        ("lat=-6.9&lng=107.6&radius=10.5", &[("radius", Malformed)]),
        ("lat=-6.9&lng=107.6&radius=", &[("radius", Malformed)]),
        ("lat=-6.9&lng=107.6&category=ufo", &[("category", Unknown)]),
        ("lat=-6.9&lng=107.6&category=", &[("category", Unknown)]),
        ("lat=-6.9&lng=107.6&status=received", &[("status", UnknownField)]),
        ("lat=-6.9&lng=107.6&lat=-6.9", &[("lat", Repeated)]),
        ("lat=-6.9&lng=107.6&radius=5&radius=6&lng=1&lng=2", &[("radius", Repeated), ("lng", Repeated)]),
        (
            "lat=x&radius=0&colour=red",
            &[("radius", OutOfRange), ("colour", UnknownField), ("lat", Malformed), ("lng", Missing)],
        ),
    ];
    for (query, expected) in cases {
        let answer = nobody.get(&format!("/reports/nearby?{query}")).await;
        let expected: Vec<_> = expected.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect();
        assert_eq!(answer.fields(400, "bad-query"), expected, "{query}");
    }
    nobody.get("/reports/nearby").await.problem(400, "bad-query");
    let wrong = nobody.with_token("wrong");
    wrong.get("/reports/nearby?lat=-6.9&lng=107.6").await.problem(401, "unknown-token");
}

//! The map's tiles: what is in them, and that they follow what happens.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::collections::BTreeMap;

use model::{ReportId, Status, Timestamp};
use rusqlite::Connection;
use support::{
    Server, now, report,
    stored::{fill, imported},
    tiles::{Pairs, pairs, reports, sum, tile_of, word},
};
use warga_api::store::{ImportedReport, ImportedUpdate, SqliteStore, Store as _};

const WORLD: (u8, u32, u32) = (0, 0, 0);
const DAY: i64 = 86_400_000;

fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_millis(now().millis() - days * DAY)
}

/// What another program does to the database while the server runs.
fn beside(server: &Server, sql: &str) {
    let db = Connection::open(server.data().join("warga.sqlite3")).unwrap();
    db.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    db.execute_batch(sql).unwrap();
}

/// An id as SQL writes it.
fn blob(id: ReportId) -> String {
    format!("x'{}'", id.to_string().replace('-', ""))
}

/// Reports around some cities, on one spot, on edges and at the ends of the world.
fn scattered(count: usize) -> Vec<ImportedReport> {
    let mut rng = fastrand::Rng::with_seed(7);
    let centres = [(-6.9175, 107.6191), (-6.2, 106.82), (-7.25, 112.75), (3.6, 98.67), (0.0, 0.0)];
    let ends = [
        (90.0, 0.0),
        (-90.0, 10.0),
        (85.06, -180.0),
        (-85.06, 180.0),
        (0.0, 180.0),
        (0.0, -180.0),
        (0.0, 179.999_999),
    ];
    let spot = (-6.914, 107.609);
    let statuses = [None, Some(Status::Verified), Some(Status::Resolved), Some(Status::Rejected)];
    (0..count)
        .map(|n| {
            let (lat, lng) = match n % 20 {
                0 => ends[n / 20 % ends.len()],
                1 => spot,
                _ => {
                    let (lat, lng) = centres[n % centres.len()];
                    (lat + (rng.f64() - 0.5) * 0.4, lng + (rng.f64() - 0.5) * 0.4)
                }
            };
            let created = days_ago(rng.i64(1..200));
            let mut one = imported(created, lat, lng);
            one.category = ["road", "waste", "flood"][n % 3].into();
            one.supports = (n % 4) as u32;
            if let Some(status) = statuses[n % statuses.len()] {
                let (id, at) = (
                    model::UpdateId::from_parts(
                        created,
                        rng.u128(..).to_be_bytes()[..10].try_into().unwrap(),
                    ),
                    created,
                );
                one.history.push(ImportedUpdate { id, at, status, note: None });
            }
            one
        })
        .collect()
}

/// What reports count together, as a tile has to tell them.
fn expected<'a>(all: impl IntoIterator<Item = &'a ImportedReport>) -> Pairs {
    let mut pairs = Pairs::new();
    for one in all {
        let (status, since) =
            one.history.last().map_or((Status::Received, one.created_at), |last| (last.status, last.at));
        let old = !status.is_open() && now().day() - since.day() > 30;
        let status = format!("{status}{}", if old { "_old" } else { "" });
        *pairs.entry((one.category.clone(), status)).or_default() += 1;
    }
    pairs
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_report_is_in_its_tiles_and_so_is_what_happens_to_it() {
    let server = Server::start();
    server.ready().await;
    let (device, nobody) = (server.device().await, server.nobody());
    let empty = nobody.tile(WORLD).await;
    assert_eq!((empty.cells.len(), empty.points.len(), empty.categories.len()), (0, 0, 0));

    let id = device.submit(report().at(-6.9175, 107.6191)).await;
    let here = tile_of(-6.9175, 107.6191, 16);
    let tile = nobody.tile_until(here, |tile| tile.points.len() == 1).await;
    let [point] = tile.points[..] else { panic!("{tile:?}") };
    assert_eq!((point.id, point.supports, point.day), (id, 0, now().day()));
    assert_eq!(
        (tile.categories.as_slice(), word(&tile, point.status).as_str()),
        (&["road".to_owned()][..], "received")
    );
    // 2^16 tiles of 4,096 positions each, in doubles.
    let exact = (107.6191 + 180.0) / 360.0 * f64::from(1 << 28);
    assert_eq!(u32::from(point.x), exact as u32 % 4096);
    for zoom in 0..=18 {
        assert_eq!(reports(&nobody.tile(tile_of(-6.9175, 107.6191, zoom)).await), 1, "zoom {zoom}");
    }

    device.support(id).await;
    server.device().await.support(id).await;
    nobody.tile_until(here, |tile| tile.points[0].supports == 2).await;
    device.unsupport(id).await;
    nobody.tile_until(here, |tile| tile.points[0].supports == 1).await;

    let blob = blob(id);
    let since = now().millis();
    beside(
        &server,
        &format!("UPDATE reports SET status = 'in_progress', status_since = {since} WHERE id = {blob}"),
    );
    nobody.tile_until(here, |tile| word(tile, tile.points[0].status) == "in_progress").await;
    beside(&server, &format!("UPDATE reports SET visibility = 'private' WHERE id = {blob}"));
    nobody.tile_until(here, |tile| tile.points.is_empty()).await;
    assert_eq!(nobody.tile(WORLD).await, empty);
    beside(&server, &format!("UPDATE reports SET visibility = 'public' WHERE id = {blob}"));
    nobody.tile_until(WORLD, |tile| tile.points.len() == 1).await;
    beside(&server, &format!("DELETE FROM supports; DELETE FROM reports WHERE id = {blob}"));
    nobody.tile_until(WORLD, |tile| tile.points.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_report_is_in_no_tile_not_even_for_its_device() {
    let server = Server::start();
    server.ready().await;
    let device = server.device().await;
    device.submit(report().visibility("private")).await;
    let public = device.submit(report().visibility("anonymous")).await;
    let tile = device.tile_until(WORLD, |tile| !tile.points.is_empty()).await;
    assert_eq!(tile.points.iter().map(|point| point.id).collect::<Vec<_>>(), [public]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tile_is_the_sum_of_its_children_and_every_report_is_in_one_tile_of_a_zoom() {
    let folder = tempfile::tempdir().unwrap();
    let all = scattered(4000);
    fill(folder.path(), all.clone()).await;
    let server = Server::on(folder.path());
    server.ready().await;
    let nobody = server.nobody();
    for zoom in [0, 1, 3, 7, 10, 13] {
        let mut here: BTreeMap<(u8, u32, u32), Vec<&ImportedReport>> = BTreeMap::new();
        for one in &all {
            let address = tile_of(one.position.lat(), one.position.lng(), zoom);
            here.entry(address).or_default().push(one);
        }
        // All of the fuller ones, and some of those that hold one report or two.
        let many = here.iter().filter(|(_, inside)| inside.len() > 2);
        let few = here.iter().filter(|(_, inside)| inside.len() <= 2).take(40);
        for (&(z, x, y), inside) in many.chain(few) {
            let tile = nobody.tile((z, x, y)).await;
            assert_eq!(pairs(&tile), expected(inside.iter().copied()), "{z}/{x}/{y}");
            let mut children = Vec::new();
            for (east, south) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                children.push(pairs(&nobody.tile((z + 1, x * 2 + east, y * 2 + south)).await));
            }
            assert_eq!(pairs(&tile), sum(children), "{z}/{x}/{y}");
            if inside.len() > 300 {
                assert!(tile.points.is_empty() && tile.cells.len() <= 64, "{z}/{x}/{y}");
            }
            let supports: u32 = tile.points.iter().map(|point| point.supports).sum();
            let given: u32 = inside.iter().map(|one| one.supports).sum();
            assert!(!tile.cells.is_empty() || supports == given, "{z}/{x}/{y}");
        }
    }
    // More than twenty on one spot stay one cell, however near one looks.
    let spot = nobody.tile(tile_of(-6.914, 107.609, 18)).await;
    assert_eq!(spot.cells.iter().flat_map(|cell| &cell.by).map(|by| by.reports).sum::<u32>(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ends_of_the_world_lie_in_its_last_tiles() {
    let folder = tempfile::tempdir().unwrap();
    let places = [(90.0, -180.0), (-90.0, 180.0), (0.0, 180.0), (0.0, -180.0)];
    fill(folder.path(), places.map(|(lat, lng)| imported(days_ago(1), lat, lng)).into()).await;
    let server = Server::on(folder.path());
    server.ready().await;
    let (nobody, last, middle) = (server.nobody(), (1 << 18) - 1, 1 << 17);
    for (x, y) in [(0, 0), (last, last), (last, middle), (0, middle)] {
        assert_eq!(reports(&nobody.tile((18, x, y)).await), 1, "{x} {y}");
    }
    assert_eq!(reports(&nobody.tile(WORLD).await), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_closed_long_ago_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let closed = |days, status| {
        let mut one = imported(days_ago(100), 1.0, 2.0);
        let id = model::UpdateId::from_parts(days_ago(days), [days as u8; 10]);
        one.history.push(ImportedUpdate { id, at: days_ago(days), status, note: None });
        one
    };
    let all = vec![
        closed(31, Status::Resolved),
        closed(30, Status::Resolved),
        closed(40, Status::Rejected),
        closed(50, Status::Duplicate),
        closed(60, Status::InProgress),
        imported(days_ago(90), 1.0, 2.0),
    ];
    let reopened = all[0].id;
    fill(folder.path(), all).await;
    let server = Server::on(folder.path());
    server.ready().await;
    let words = |tile: &model::Tile| {
        let mut words: Vec<_> = tile.points.iter().map(|point| word(tile, point.status)).collect();
        words.sort_unstable();
        words
    };
    let tile = server.nobody().tile(WORLD).await;
    let told = ["duplicate_old", "in_progress", "received", "rejected_old", "resolved", "resolved_old"];
    assert_eq!(words(&tile), told);
    let since = now().millis();
    let blob = blob(reopened);
    beside(
        &server,
        &format!("UPDATE reports SET status = 'in_progress', status_since = {since} WHERE id = {blob}"),
    );
    server
        .nobody()
        .tile_until(WORLD, |tile| words(tile).iter().filter(|word| *word == "in_progress").count() == 2)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_tile_is_not_there() {
    let server = Server::start();
    server.ready().await;
    let nobody = server.nobody();
    for path in [
        "19/0/0",
        "5/32/0",
        "5/0/32",
        "0/1/0",
        "-1/0/0",
        "5/-1/0",
        "05/0/0",
        "5/00/0",
        "5/01/0",
        "+5/0/0",
        "5/1.0/0",
        "a/b/c",
        "5/0/0.json",
        "5/0/%20",
        "5/0/%FF",
        "5/0/4294967296",
        "99999999999999999999/0/0",
        "5/0/1e0",
    ] {
        nobody.get(&format!("/tiles/{path}")).await.problem(404, "no-tile");
    }
    for path in ["", "/", "/5", "/5/0", "/5/0/0/0", "/5/0/0/", "/5//0"] {
        nobody.get(&format!("/tiles{path}")).await.expect(404);
    }
    nobody.get("/tiles/18/262143/262143").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_show_the_same_and_so_does_one_that_starts_later() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Server::on(folder.path()), Server::on(folder.path()));
    one.ready().await;
    other.ready().await;
    let device = one.device().await;
    let id = device.submit(report()).await;
    let seen = other.nobody().tile_until(WORLD, |tile| tile.points.len() == 1).await;
    assert_eq!(seen.points[0].id, id);
    other.nobody().with_token(device.token()).support(id).await;
    one.nobody().tile_until(WORLD, |tile| tile.points.iter().any(|point| point.supports == 1)).await;
    // Another program, a category that no server has met yet.
    let mut flood = imported(days_ago(1), -6.2, 106.8);
    flood.category = "flood".into();
    SqliteStore::open(folder.path()).unwrap().import(vec![flood]).await.unwrap();
    let tile = one.nobody().tile_until(WORLD, |tile| tile.points.len() == 2).await;
    assert_eq!(other.nobody().tile_until(WORLD, |tile| tile.points.len() == 2).await, tile);
    one.kill();
    let again = Server::on(folder.path());
    again.ready().await;
    assert_eq!(again.nobody().tile(WORLD).await, tile);
    device.over(again.base()).submit(report()).await;
    other.nobody().tile_until(WORLD, |tile| tile.points.len() == 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_that_is_too_far_behind_is_loaded_anew() {
    let server = Server::start();
    server.ready().await;
    let device = server.device().await;
    let id = device.submit(report()).await;
    server.nobody().tile_until(WORLD, |tile| tile.points.len() == 1).await;
    // As after a very long sleep: what has changed since was forgotten, but for the newest.
    let blob = blob(id);
    beside(
        &server,
        &format!(
            "BEGIN; UPDATE reports SET category = 'waste' WHERE id = {blob};
             INSERT INTO changes (report) VALUES (x'00'), (x'00');
             DELETE FROM changes WHERE rev < (SELECT max(rev) FROM changes); COMMIT;"
        ),
    );
    server.nobody().tile_until(WORLD, |tile| tile.categories == ["waste"]).await;
    assert_eq!(server.log().matches("the map is loaded").count(), 2, "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_cannot_be_read_keeps_no_other_from_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<_> = (0..5).map(|n| imported(days_ago(n), 1.0, 2.0)).collect();
    let ids: Vec<ReportId> = all.iter().map(|one| one.id).collect();
    fill(folder.path(), all).await;
    let db = Connection::open(folder.path().join("warga.sqlite3")).unwrap();
    let spoil = |id, what: &str| {
        let sql = format!("UPDATE reports SET {what} WHERE id = {}", blob(id));
        db.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        assert_eq!(db.execute(&sql, []).unwrap(), 1);
    };
    spoil(ids[0], "status = 'x'");
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    spoil(ids[1], "id = x'0102'");
    let server = Server::on(folder.path());
    server.ready().await;
    let on_map = |tile: &model::Tile| {
        let mut found: Vec<ReportId> = tile.points.iter().map(|point| point.id).collect();
        found.sort_unstable();
        found
    };
    let sorted = |mut ids: Vec<ReportId>| {
        ids.sort_unstable();
        ids
    };
    assert_eq!(on_map(&server.nobody().tile(WORLD).await), sorted(ids[2..].to_vec()));
    let lines = |text: &str| server.log().lines().filter(|line| line.contains(text)).count();
    let told = "reports that cannot be read are not on the map";
    assert_eq!((lines(told), lines("rows=2")), (1, 1), "{}", server.log());

    // While it follows: one that cannot be read any more, and one that is gone without ever having been read.
    let id = server.device().await.submit(report()).await;
    spoil(ids[2], "status = 'x'");
    db.execute("DELETE FROM reports WHERE id = x'0102'", []).unwrap();
    let right = sorted(vec![ids[3], ids[4], id]);
    server.nobody().tile_until(WORLD, |tile| on_map(tile) == right).await;
    spoil(ids[2], "status = 'received'");
    let right = sorted(vec![ids[2], ids[3], ids[4], id]);
    server.nobody().tile_until(WORLD, |tile| on_map(tile) == right).await;
    let example = format!("example=\"{}\"", blob(ids[2]));
    assert!(lines(&example) == 1 && lines("was not brought up to date") == 0, "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_while_the_server_runs_are_merged_and_nothing_is_lost() {
    let server = Server::start();
    server.ready().await;
    let all = scattered(9000);
    SqliteStore::open(server.data()).unwrap().import(all.clone()).await.unwrap();
    let tile = server.nobody().tile_until(WORLD, |tile| reports(tile) == 9000).await;
    assert_eq!(pairs(&tile), expected(&all));
}

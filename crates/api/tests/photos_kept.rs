//! Photos that were acknowledged are there, whole, whatever happened meanwhile; and none stays longer than it may.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "s3/bucket.rs"]
mod bucket;
mod support;

use std::{
    env, fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use bucket::Bucket;
use fastrand::Rng;
use image::ImageFormat;
use model::PhotoId;
use reqwest::Method;
use rusqlite::Connection;
use support::{Answer, Api, Server, new_id, new_photo_id, picture, report};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const ROUNDS: u64 = 20;
/// Not an expectation, only an end to waiting for what never happens.
const NEVER: Duration = Duration::from_secs(60);
const SIZES: [&str; 2] = ["thumb", "full"];

/// The place of the first call at or after `from` that holds all of these.
#[track_caller]
fn call(calls: &[&str], from: usize, parts: &[&str]) -> usize {
    let found = calls.iter().skip(from).position(|call| parts.iter().all(|part| call.contains(part)));
    from + found.unwrap_or_else(|| panic!("no {parts:?} after {from} in:\n{}", calls.join("\n")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_on_the_disk_before_it_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let trace = tempfile::NamedTempFile::new().unwrap();
    let calls = "fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg";
    let server = Server::traced(folder.path(), calls, trace.path());
    let device = server.device().await;
    let id = new_photo_id();
    device.put_photo(id, picture::jpeg(400, 300)).await.expect(201);
    device.get_jpeg(id, "").await;
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));

    let text = fs::read_to_string(trace.path()).unwrap();
    let calls: Vec<&str> = text.lines().collect();
    // Within one size each call waits for the one before it; strace names the files they are about.
    let mut last = 0;
    for size in SIZES {
        let name = format!("-{size}.jpg");
        let content = call(&calls, last, &["fsync(", &name]);
        let published = call(&calls, content, &["rename", &name]);
        last = call(&calls, published, &["fsync(", "/photos>"]);
    }
    let committed = call(&calls, last, &["sync(", "warga.sqlite3-wal"]);
    call(&calls, committed, &["HTTP/1.1 201"]);
    let early = calls[call(&calls, 0, &["HTTP/1.1 201"]) + 1..committed].iter();
    assert_eq!(early.filter(|call| call.contains("HTTP/1.1 201")).count(), 0, "answered before it is kept");
}

/// A photo that was sent: of which seed, under which token, and whether that was acknowledged.
struct Sent {
    id: PhotoId,
    seed: u32,
    token: String,
    acknowledged: bool,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_photo_survives_being_killed_and_none_is_half() {
    let rounds = if env::var("WARGA_SOAK").is_ok_and(|soak| soak == "full") { ROUNDS } else { ROUNDS / 10 };
    let folder = tempfile::tempdir().unwrap();
    for round in 0..rounds {
        let sent = send_until_killed(Server::on(folder.path()), Rng::with_seed(round)).await;
        let acknowledged = sent.iter().filter(|photo| photo.acknowledged).count();
        println!("round {round}: {acknowledged} acknowledged, {} not", sent.len() - acknowledged);

        let server = Server::on(folder.path());
        for photo in sent {
            let device = server.nobody().with_token(&photo.token);
            for size in SIZES {
                whole_or_nothing(&device, &photo, size).await;
            }
            // As the portal's outbox does with what got no answer. Some of it was done.
            let again = device.put_photo(photo.id, picture::some_jpeg(photo.seed)).await;
            let fits = again.status == 200 || (again.status == 201 && !photo.acknowledged);
            assert!(fits, "{}: {}", again.status, again.text);
            whole_or_nothing(&device, &Sent { acknowledged: true, ..photo }, "full").await;
        }
        server.terminate();
        assert_eq!(server.ended().code(), Some(0));
    }
}

/// Devices send photos until the server is gone, which happens somewhere in the middle.
async fn send_until_killed(server: Server, mut rng: Rng) -> Vec<Sent> {
    let done = Arc::new(AtomicUsize::new(0));
    let mut senders = Vec::new();
    for _ in 0..8 {
        let (device, done, mut rng) = (server.device().await, Arc::clone(&done), rng.fork());
        senders.push(tokio::spawn(async move {
            let mut sent = Vec::new();
            loop {
                let (id, seed) = (new_photo_id(), rng.u32(..));
                let request = device.request(Method::PUT, &format!("/photos/{id}"));
                let answer = match request.body(picture::some_jpeg(seed)).send().await {
                    Ok(answer) => Answer::of(answer).await,
                    Err(error) => Err(error),
                };
                let acknowledged = answer.map(|answer| answer.expect(201)).is_ok();
                sent.push(Sent { id, seed, token: device.token().to_owned(), acknowledged });
                if !acknowledged {
                    return sent;
                }
                done.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    let enough = rng.usize(1..120);
    while done.load(Ordering::Relaxed) < enough {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_micros(rng.u64(0..20_000))).await;
    server.kill();
    let mut sent = Vec::new();
    for sender in senders {
        sent.extend(sender.await.unwrap());
    }
    sent
}

async fn whole_or_nothing(device: &Api, photo: &Sent, size: &str) {
    let answer = device.get(&format!("/photos/{}?size={size}", photo.id)).await;
    if answer.status == 404 && !photo.acknowledged {
        return;
    }
    assert_eq!(answer.status, 200, "{} is lost: {}", photo.id, answer.text);
    assert!(answer.bytes.ends_with(&[0xFF, 0xD9]), "half of {} is served", photo.id);
    image::load_from_memory_with_format(&answer.bytes, ImageFormat::Jpeg).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_report_takes_is_forgotten_after_thirty_days() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let device = server.device().await;
    let [on_report, evidence, new, old] =
        [device.photo().await, device.photo().await, device.photo().await, device.photo().await];
    let id = device.submit(report().photos(&[on_report])).await;
    device.put_evidence(id, evidence).await.expect(200);
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));

    let sent_at = |photo: PhotoId, days: i64| {
        let at = support::now().millis() - days * DAY_MS;
        let db = Connection::open(folder.path().join("warga.sqlite3")).unwrap();
        let changed = db.execute("UPDATE photos SET sent_at = ?2 WHERE id = ?1", (photo.as_bytes(), at));
        assert_eq!(changed.unwrap(), 1);
    };
    for (photo, days) in [(on_report, 400), (evidence, 400), (new, 29), (old, 31)] {
        sent_at(photo, days);
    }
    let server = Server::on(folder.path());
    let device = server.nobody().with_token(device.token());
    // Tidying up begins with the server; the files follow their rows.
    let begun = Instant::now();
    while fs::read_dir(folder.path().join("photos")).unwrap().count() != 6 {
        assert!(begun.elapsed() < NEVER, "nothing is tidied up: {}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    device.get(&format!("/photos/{old}")).await.problem(404, "no-photo");
    for photo in [on_report, evidence, new] {
        device.get_jpeg(photo, "").await;
    }
    // The phone that still has it sends it again, under the same id.
    device.put_photo(old, picture::jpeg(64, 48)).await.expect(201);
    device.submit(report().photos(&[old])).await;
}

/// Lays a file among the photos, as an upload that was cut off leaves it, last written so many hours ago.
fn stray(server: &Server, name: &str, hours: u64) {
    let file = fs::File::create(server.data().join("photos").join(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(hours * 60 * 60)).unwrap();
}

fn files(server: &Server) -> Vec<String> {
    let files = fs::read_dir(server.data().join("photos")).unwrap();
    let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_about_without_a_row_is_swept_away_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let photo = server.device().await.photo().await;
    assert_eq!(files(&server).len(), 2, "{photo} in two sizes");
    let (old, young) = ("00".repeat(16), "11".repeat(16));
    for size in SIZES {
        stray(&server, &format!("{old}-{size}.jpg"), 25);
        stray(&server, &format!("{young}-{size}.jpg"), 23);
    }
    stray(&server, "lost+found.txt", 1000);
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));

    let server = Server::on(folder.path());
    let begun = Instant::now();
    while files(&server).len() != 5 {
        assert!(begun.elapsed() < NEVER, "nothing is swept away: {}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let left = files(&server);
    assert!(!left.iter().any(|name| name.starts_with(&old)), "{left:?}");
    assert!(left.contains(&"lost+found.txt".to_owned()), "what is none of ours stays: {left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_most_has_no_row_the_database_is_wrong_and_nothing_is_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    for n in 0..20 {
        stray(&server, &format!("{n:032x}-full.jpg"), 100);
    }
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    let server = Server::on(folder.path());
    let begun = Instant::now();
    while !server.log().contains("is this the right database?") {
        assert!(begun.elapsed() < NEVER, "{}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(files(&server).len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_whose_bytes_were_lost_is_mended_by_the_phone_that_has_it() {
    let server = Server::start();
    let device = server.device().await;
    let (id, bytes) = (new_photo_id(), picture::jpeg(64, 48));
    device.put_photo(id, bytes.clone()).await.expect(201);
    let jpeg = device.get_jpeg(id, "").await;
    for name in files(&server) {
        fs::remove_file(server.data().join("photos").join(name)).unwrap();
    }
    device.get(&format!("/photos/{id}")).await.problem(500, "internal");
    device.put_photo(id, bytes).await.expect(200);
    assert_eq!(device.get_jpeg(id, "").await, jpeg);
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_kept_in_a_bucket_as_well() {
    let (folder, bucket) = (tempfile::tempdir().unwrap(), Bucket::start().await);
    let arguments = ["--photos", "s3://warga/photos"];
    let server = Server::with_env(folder.path(), &arguments, &bucket.variables());
    let device = server.device().await;
    let photo = device.photo().await;
    let id = device.submit(report().photos(&[photo])).await;
    let jpeg = device.get_jpeg(photo, "").await;
    let mut kept = bucket.files();
    assert_eq!(kept.len(), 2);
    kept.retain(|file| *file == jpeg);
    assert_eq!(kept.len(), 1, "what is served is what lies in the bucket");
    assert!(!folder.path().join("photos").exists(), "nothing lies beside the database");
    assert_eq!(server.nobody().report(id).await.photos[0].id, photo);

    // A bucket that does not answer is no photo lost: the phone is told to come again.
    bucket.stop();
    let waiting = new_photo_id();
    device.put_photo(waiting, picture::jpeg(64, 48)).await.problem(503, "unavailable");
    device.get(&format!("/photos/{photo}")).await.problem(503, "unavailable");
    device.put_report(new_id(), &report().photos(&[waiting])).await.expect(422);
}

//! `/photos/{id}`: what comes in is made anew, what goes out is a picture and nothing else.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, path::Path};

use image::{ImageFormat, RgbImage};
use model::{FieldCode, Photo, Report, Timestamp};
use reqwest::{Method, header};
use serde_json::json;
use support::{Server, new_id, new_photo_id, photo_id_at, picture, report};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

/// Whether the red quarter of [`picture::picture`] stands where it was taken.
fn is_upright(picture: &RgbImage) -> bool {
    let red_at = |x: u32, y: u32| {
        let [r, g, b] = picture.get_pixel(picture.width() * x / 4, picture.height() * y / 4).0;
        r > 150 && g < 90 && b < 110
    };
    red_at(1, 1) && !red_at(3, 1) && !red_at(1, 3) && !red_at(3, 3)
}

/// Every file in the photos' folder.
fn files(data: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(data.join("photos")).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_kept_in_two_sizes() {
    let server = Server::start();
    let device = server.device().await;
    let id = new_photo_id();
    let photo: Photo = device.put_photo(id, picture::jpeg(3000, 2000)).await.expect(201).read();
    assert_eq!(photo, Photo { id, width: 1600, height: 1067 });
    let full = read(&device.get_jpeg(id, "").await);
    assert_eq!(full.dimensions(), (1600, 1067));
    assert!(is_upright(&full));
    assert_eq!(device.get_jpeg(id, "?size=full").await, device.get_jpeg(id, "").await);
    let thumb = device.get_jpeg(id, "?size=thumb").await;
    assert_eq!(read(&thumb).dimensions(), (320, 213));
    assert!(thumb.len() < 16 * 1024, "{} bytes for a card in a list", thumb.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_photo_is_not_made_larger() {
    let server = Server::start();
    let device = server.device().await;
    for (width, height) in [(1, 1), (200, 10), (1, 5000)] {
        let id = new_photo_id();
        let photo: Photo = device.put_photo(id, picture::jpeg(width, height)).await.expect(201).read();
        assert_eq!((photo.width, photo.height), (width, height.min(1600)));
        assert_eq!(read(&device.get_jpeg(id, "").await).dimensions(), (photo.width, photo.height));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn however_the_phone_was_held_the_photo_stands_upright() {
    let server = Server::start();
    let device = server.device().await;
    // As the picture must be turned and mirrored to lie in the file as each orientation says.
    let upright = image::DynamicImage::ImageRgb8(picture::picture(80, 60));
    let lying = [
        upright.clone(),
        upright.fliph(),
        upright.rotate180(),
        upright.flipv(),
        upright.rotate90().fliph(),
        upright.rotate270(),
        upright.rotate270().fliph(),
        upright.rotate90(),
    ];
    for (orientation, lying) in (1..).zip(lying) {
        for sent in
            [picture::jpeg_of(&lying.to_rgb8(), orientation), picture::png_of(&lying.to_rgb8(), orientation)]
        {
            let id = new_photo_id();
            let photo: Photo = device.put_photo(id, sent).await.expect(201).read();
            assert_eq!((photo.width, photo.height), (80, 60), "orientation {orientation}");
            for query in ["", "?size=thumb"] {
                assert!(is_upright(&read(&device.get_jpeg(id, query).await)), "orientation {orientation}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_the_camera_wrote_beside_the_picture_is_kept() {
    let server = Server::start();
    let device = server.device().await;
    let sent = [picture::jpeg(400, 300), picture::png(400, 300), picture::webp(400, 300)];
    for bytes in &sent {
        let id = new_photo_id();
        device.put_photo(id, bytes.clone()).await.expect(201);
        assert!(is_upright(&read(&device.get_jpeg(id, "").await)));
    }
    let kept = files(server.data());
    assert_eq!(kept.len(), 2 * sent.len());
    for file in kept {
        assert!(
            file.starts_with(&[0xFF, 0xD8]) && file.ends_with(&[0xFF, 0xD9]),
            "a JPEG and nothing after it"
        );
        assert!(!sent.contains(&file), "the original is not kept");
        let mut markers = segments(&file);
        markers.retain(|marker| (0xE0..=0xEF).contains(marker) || *marker == 0xFE);
        assert_eq!(markers, [0xE0], "only JFIF's own segment");
        let text = String::from_utf8_lossy(&file);
        assert!(!text.contains(picture::PLACE) && !text.contains("Exif"));
    }
}

/// The markers of a JPEG's segments before its first scan.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut markers) = (2, Vec::new());
    while jpeg[at + 1] != 0xDA {
        markers.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    markers
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_photo_is_refused_with_its_reason() {
    let server = Server::start();
    let device = server.device().await;
    let jpeg = picture::jpeg(400, 300);
    let end = jpeg.windows(2).rposition(|pair| pair == [0xFF, 0xD9]).unwrap();
    let png = picture::png(400, 300);
    let webp = picture::webp(400, 300);
    let mut greedy_webp = webp.clone();
    greedy_webp.extend_from_slice(b"EXIF\xf0\xff\xff\xff");
    let length = (greedy_webp.len() as u32 - 8).to_le_bytes();
    greedy_webp[4..8].copy_from_slice(&length);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let cases: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("nothing", Vec::new(), 415, "not-photo"),
        ("a text named .jpg", b"Lubang besar".to_vec(), 415, "not-photo"),
        ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec(), 415, "not-photo"),
        ("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), 415, "not-photo"),
        ("a page", b"<!DOCTYPE html><title>x</title>".to_vec(), 415, "not-photo"),
        ("HEIC", heic, 415, "heic-photo"),
        ("a JPEG that ends early", jpeg[..end / 2].to_vec(), 422, "broken-photo"),
        ("a JPEG without its end", jpeg[..end].to_vec(), 422, "broken-photo"),
        ("a JPEG of nothing but its first bytes", jpeg[..4].to_vec(), 422, "broken-photo"),
        ("a PNG that ends early", png[..png.len() / 2].to_vec(), 422, "broken-photo"),
        ("a WebP whose chunk says it has 4 GiB", greedy_webp, 422, "broken-photo"),
        ("a WebP that ends early", webp[..webp.len() / 2].to_vec(), 422, "broken-photo"),
        ("20 MB", [jpeg, vec![0; 20 * 1024 * 1024]].concat(), 413, "photo-too-large"),
    ];
    for (what, bytes, status, kind) in cases {
        let id = new_photo_id();
        let answer = device.put_photo(id, bytes).await;
        assert_eq!((what, answer.status), (what, status), "{}", answer.text);
        answer.problem(status, kind);
        device.get(&format!("/photos/{id}")).await.problem(404, "no-photo");
    }
    assert_eq!(files(server.data()).len(), 0, "nothing is left of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_photo_fits_and_one_byte_more_does_not() {
    let server = Server::start();
    let device = server.device().await;
    let mut bytes = picture::jpeg(64, 48);
    bytes.resize(model::PHOTO_BYTES_MAX, 0);
    device.put_photo(new_photo_id(), bytes.clone()).await.expect(201);
    bytes.push(0);
    device.put_photo(new_photo_id(), bytes).await.problem(413, "photo-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_refused_before_it_is_unpacked() {
    let server = Server::start();
    let device = server.device().await;
    device.put_photo(new_photo_id(), picture::bomb(5000, 5000)).await.expect(201);
    let before = peak_memory(&server);
    let bombs = [
        ("a megapixel too many", picture::bomb(5100, 5000)),
        ("400 megapixels in a few hundred kilobytes", picture::bomb(20_000, 20_000)),
        ("the largest a PNG can say", picture::boast(0x7FFF_FFFF, 0x7FFF_FFFF)),
        ("a line around the earth", picture::boast(0x7FFF_FFFF, 1)),
    ];
    for (what, bytes) in bombs {
        let answer = device.put_photo(new_photo_id(), bytes).await;
        assert_eq!((what, answer.status), (what, 413), "{}", answer.text);
        answer.problem(413, "photo-too-many-pixels");
    }
    // The text beside a picture is not read at all, or not to its end.
    let answer = device.put_photo(new_photo_id(), picture::text_bomb(512 * 1024 * 1024)).await;
    assert!([201, 413, 422].contains(&answer.status), "{}", answer.text);
    let grown = peak_memory(&server) - before;
    assert!(grown < 64 * 1024, "{grown} KiB more than the largest photo took");
}

/// The most memory the server has held so far, in KiB.
fn peak_memory(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Sends as a slow phone does: the head, which announces 10 MiB, and no more than a few bytes of them.
async fn announce(server: &Server, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!(
        "PUT /api/v1/photos/{} HTTP/1.1\r\nHost: warga\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {}\r\n\r\n\u{1}",
        new_photo_id(),
        model::PHOTO_BYTES_MAX
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_that_are_only_announced_keep_nobody_out() {
    let server = Server::start();
    let device = server.device().await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        slow.push(announce(&server, device.token()).await);
    }
    device.put_photo(new_photo_id(), picture::jpeg(64, 48)).await.expect(201);
    drop(slow);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_photo_again_is_the_same_and_another_is_a_conflict() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let (id, bytes) = (new_photo_id(), picture::jpeg(400, 300));
    let first: Photo = siti.put_photo(id, bytes.clone()).await.expect(201).read();
    let jpeg = siti.get_jpeg(id, "").await;
    assert_eq!(siti.put_photo(id, bytes.clone()).await.expect(200).read::<Photo>(), first);
    siti.put_photo(id, picture::jpeg(401, 300)).await.problem(409, "conflict");
    siti.put_photo(id, b"no photo at all".to_vec()).await.problem(409, "conflict");
    assert_eq!(siti.get_jpeg(id, "").await, jpeg);
    assert_eq!(files(server.data()).len(), 2);

    // Who has the bytes has taken the photo, under whatever token.
    assert_eq!(budi.put_photo(id, bytes).await.expect(200).read::<Photo>(), first);
    siti.get(&format!("/photos/{id}")).await.problem(404, "no-photo");
    assert_eq!(budi.get_jpeg(id, "").await, jpeg);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_photos_that_race_for_an_id_one_is_kept() {
    let server = Server::start();
    let device = server.device().await;
    for _ in 0..5 {
        let id = new_photo_id();
        let race: Vec<_> = (0..6)
            .map(|n| {
                let device = device.clone();
                tokio::spawn(async move { device.put_photo(id, picture::some_jpeg(n % 2)).await.status })
            })
            .collect();
        let mut statuses = Vec::new();
        for answer in race {
            statuses.push(answer.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 201, 409, 409, 409]);
        device.get_jpeg(id, "").await;
    }
    assert_eq!(files(server.data()).len(), 2 * 5, "what lost the race leaves nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_on_no_report_is_its_owners() {
    let server = Server::start();
    let (owner, other, nobody) = (server.device().await, server.device().await, server.nobody());
    let id = owner.photo().await;
    owner.get_jpeg(id, "").await;
    for caller in [&other, &nobody] {
        let there = caller.get(&format!("/photos/{id}")).await;
        there.problem(404, "no-photo");
        other.put(&format!("/reports/{}", new_id()), report().photos(&[id]).body()).await.expect(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_as_public_as_its_report() {
    let server = Server::start();
    let (owner, other, nobody) = (server.device().await, server.device().await, server.nobody());
    for (visibility, seen) in [("public", true), ("anonymous", true), ("private", false)] {
        let photo = owner.photo().await;
        owner.submit(report().visibility(visibility).photos(&[photo])).await;
        owner.get_jpeg(photo, "").await;
        for caller in [&other, &nobody] {
            for size in ["thumb", "full"] {
                let answer = caller.get(&format!("/photos/{photo}?size={size}")).await;
                assert_eq!(answer.status, if seen { 200 } else { 404 }, "{visibility}");
                if !seen {
                    let absent = caller.get(&format!("/photos/{}?size={size}", new_photo_id())).await;
                    absent.problem(404, "no-photo");
                    assert_eq!(answer.problem(404, "no-photo").title, absent.problem(404, "no-photo").title);
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_takes_up_to_three_photos_of_its_device_in_their_order() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let [a, b, c, d] = [siti.photo().await, siti.photo().await, siti.photo().await, siti.photo().await];
    let id = siti.submit(report().photos(&[c, a, b])).await;
    let read: Report = siti.report(id).await;
    assert_eq!(read.photos.iter().map(|photo| photo.id).collect::<Vec<_>>(), [c, a, b]);
    assert_eq!((read.photos[0].width, read.photos[0].height), (64, 48));
    assert_eq!(budi.list("").await.reports[0].photos, read.photos);

    let foreign = budi.photo().await;
    let missing = FieldCode::PhotoMissing;
    for (photos, wrong) in [
        (vec![foreign], vec![("photos[0]", missing)]),
        (vec![new_photo_id(), d, a], vec![("photos[0]", missing), ("photos[2]", missing)]),
        (vec![d, d], vec![("photos[1]", missing)]),
        (vec![d, d, d, d], vec![("photos", FieldCode::TooMany)]),
    ] {
        let answer = siti.put_report(new_id(), &report().photos(&photos)).await;
        let wrong: Vec<_> = wrong.into_iter().map(|(field, code)| (field.to_owned(), code)).collect();
        assert_eq!(answer.fields(422, "invalid"), wrong);
    }
    let unread = siti.put_report(new_id(), &report().with("photos", json!(["foto-1"]))).await;
    assert_eq!(unread.fields(422, "invalid"), [("photos[0]".to_owned(), FieldCode::Malformed)]);
    // A refusal takes nothing: what was named in it is still free.
    siti.submit(report().photos(&[d])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_sent_again_under_a_renewed_token_goes_with_its_report() {
    let server = Server::start();
    let (before, after) = (server.device().await, server.device().await);
    let (photo, bytes) = (new_photo_id(), picture::jpeg(64, 48));
    let (id, secret) = (new_id(), "0123456789abcdef0123456789abcdef");
    let draft = report().visibility("private").with("secret", secret).photos(&[photo]);
    before.put_photo(photo, bytes.clone()).await.expect(201);
    // The token ends before the report is sent.
    after.put_report(id, &draft).await.expect(422);
    after.put_photo(photo, bytes.clone()).await.expect(200);
    after.put_report(id, &draft).await.expect(201);
    // And once more, when only the answer was lost.
    let last = server.device().await;
    last.put_photo(photo, bytes).await.expect(200);
    let moved: Report = last.put_report(id, &draft).await.expect(200).read();
    assert_eq!(moved.photos[0].id, photo);
    last.get_jpeg(photo, "").await;
    after.get(&format!("/photos/{photo}")).await.problem(404, "no-photo");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_reports_that_race_for_a_photo_one_gets_it() {
    let server = Server::start();
    let device = server.device().await;
    for _ in 0..5 {
        let photo = device.photo().await;
        let draft = report().photos(&[photo]);
        let (a, b) = tokio::join!(device.put_report(new_id(), &draft), device.put_report(new_id(), &draft));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_waits_for_an_officer() {
    let server = Server::start();
    let (reporter, witness, other) = (server.device().await, server.device().await, server.device().await);
    let id = reporter.submit(report()).await;
    let photo = witness.photo().await;
    let added = json!({"id": id, "photo": photo, "accepted": false});
    assert_eq!(witness.put_evidence(id, photo).await.expect(200).json(), added);
    assert_eq!(witness.put_evidence(id, photo).await.expect(200).json(), added, "the same again");
    witness.get_jpeg(photo, "").await;
    for caller in [&reporter, &other, &server.nobody()] {
        caller.get(&format!("/photos/{photo}")).await.problem(404, "no-photo");
        assert!(caller.report(id).await.photos.is_empty(), "it is not the reporter's photo");
    }
    // It is given away: no report takes it, and no second one.
    let elsewhere = reporter.submit(report()).await;
    let missing = [("photo".to_owned(), FieldCode::PhotoMissing)];
    assert_eq!(witness.put_evidence(elsewhere, photo).await.fields(422, "invalid"), missing);
    witness.put_report(new_id(), &report().photos(&[photo])).await.expect(422);
    assert_eq!(other.put_evidence(id, photo).await.fields(422, "invalid"), missing, "another's photo");
    let malformed = witness.put(&format!("/reports/{id}/evidence/foto"), &json!({})).await;
    assert_eq!(malformed.fields(422, "invalid"), [("photo".to_owned(), FieldCode::Malformed)]);

    for _ in 0..2 {
        witness.put_evidence(id, witness.photo().await).await.expect(200);
    }
    let one_more = witness.put_evidence(id, witness.photo().await).await;
    assert_eq!(one_more.fields(422, "invalid"), [("photo".to_owned(), FieldCode::TooMany)]);
    other.put_evidence(id, other.photo().await).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_for_a_private_report_is_its_devices_only() {
    let server = Server::start();
    let (owner, other) = (server.device().await, server.device().await);
    let id = owner.submit(report().visibility("private")).await;
    let photo = other.photo().await;
    other.put_evidence(id, photo).await.problem(404, "no-report");
    other.submit(report().photos(&[photo])).await;
    owner.put_evidence(id, owner.photo().await).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_needs_a_token_and_an_id_of_now() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    let bytes = picture::jpeg(64, 48);
    nobody.put_photo(new_photo_id(), bytes.clone()).await.problem(401, "no-token");
    nobody.with_token("wrong").put_photo(new_photo_id(), bytes.clone()).await.problem(401, "unknown-token");
    nobody
        .with_token("wrong")
        .get(&format!("/photos/{}", new_photo_id()))
        .await
        .problem(401, "unknown-token");
    let ahead = Timestamp::from_millis(support::now().millis() + 3 * 24 * 60 * 60 * 1000);
    let answer = device.put_photo(photo_id_at(ahead), bytes.clone()).await;
    assert_eq!(answer.fields(422, "invalid"), [("id".to_owned(), FieldCode::Future)]);
    for id in ["foto", "550e8400-e29b-41d4-a716-446655440000"] {
        let answer =
            device.send(device.request(Method::PUT, &format!("/photos/{id}")).body(bytes.clone())).await;
        assert_eq!(answer.fields(422, "invalid"), [("id".to_owned(), FieldCode::Malformed)]);
        device.get(&format!("/photos/{id}")).await.problem(404, "no-photo");
    }
    for (query, field, code) in [
        ("size=huge", "size", FieldCode::Unknown),
        ("size=full&size=full", "size", FieldCode::Repeated),
        ("width=10", "width", FieldCode::UnknownField),
    ] {
        let answer = device.get(&format!("/photos/{}?{query}", new_photo_id())).await;
        assert_eq!(answer.fields(400, "bad-query"), [(field.to_owned(), code)]);
    }
    device.delete(&format!("/photos/{}", new_photo_id())).await.problem(405, "method");
    assert_eq!(files(server.data()).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_still_read_to_its_end() {
    let server = Server::start();
    // Larger than what lies in the sockets' buffers: an answer in its middle would cut the line.
    let large = vec![0; 20 * 1024 * 1024];
    for _ in 0..5 {
        let answer = server.nobody().put_photo(new_photo_id(), large.clone()).await;
        answer.problem(401, "no-token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_keeps_a_public_photo_for_a_day_and_asks_for_it_by_its_tag() {
    let server = Server::start();
    let (owner, nobody) = (server.device().await, server.nobody());
    let photo = owner.photo().await;
    owner.submit(report().photos(&[photo])).await;
    let path = format!("/photos/{photo}?size=thumb");
    let first = nobody.get(&path).await.expect(200);
    assert_eq!(first.header("cache-control"), "public, max-age=86400");
    assert_eq!(first.header("x-content-type-options"), "nosniff");
    assert_eq!(first.header("content-length"), first.bytes.len().to_string());
    let asked = nobody.request(Method::GET, &path).header(header::IF_NONE_MATCH, first.header("etag"));
    let again = nobody.send(asked).await.expect(304);
    assert_eq!((again.bytes.len(), again.header("etag")), (0, first.header("etag")));
    assert_eq!(again.header("cache-control"), "public, max-age=86400");
    let full = nobody.get(&format!("/photos/{photo}")).await.expect(200);
    assert_ne!(full.header("etag"), first.header("etag"));
    assert_eq!(owner.get(&path).await.expect(200).header("cache-control"), "private, no-store");
}

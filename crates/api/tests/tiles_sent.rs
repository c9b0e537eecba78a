//! How tiles are sent: compressed as the caller likes, and not again to whoever has them.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::io::Read as _;

use reqwest::{Method, Response};
use support::{Api, Server, report, tiles::reports};

const WORLD: &str = "/tiles/0/0/0";

/// Asks with headers; the answer as it came, since one that is compressed is not read by the harness.
async fn ask(caller: &Api, headers: &[(&str, &str)]) -> Response {
    let request = headers
        .iter()
        .fold(caller.request(Method::GET, WORLD), |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// What of a request an answer depends on, by its own word.
fn varies(answer: &Response) -> String {
    let values = answer.headers().get_all("vary").iter().map(|value| value.to_str().unwrap().to_lowercase());
    values.collect::<Vec<_>>().join(", ")
}

async fn unpacked(answer: Response) -> Vec<u8> {
    let encoding = header(&answer, "content-encoding");
    let bytes = answer.bytes().await.unwrap();
    let mut plain = Vec::new();
    match encoding.as_str() {
        "br" => brotli::BrotliDecompress(&mut &bytes[..], &mut plain).unwrap(),
        "gzip" => drop(flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap()),
        "" => plain = bytes.into(),
        other => panic!("{other}"),
    }
    plain
}

#[tokio::test(flavor = "multi_thread")]
async fn each_encoding_holds_the_same_and_has_a_tag_of_its_own() {
    let server = Server::start();
    server.ready().await;
    let (device, nobody) = (server.device().await, server.nobody());
    for _ in 0..30 {
        device.submit(report()).await;
    }
    nobody.tile_until((0, 0, 0), |tile| reports(tile) == 30).await;
    let plain = nobody.get(WORLD).await.expect(200).bytes;
    let mut tags = Vec::new();
    for (accepted, sent) in
        [("br", "br"), ("gzip, deflate", "gzip"), ("identity", ""), ("br;q=0, identity, gzip;q=0.9", "")]
    {
        let answer = ask(&nobody, &[("accept-encoding", accepted)]).await;
        assert_eq!(
            (answer.status().as_u16(), header(&answer, "content-encoding").as_str()),
            (200, sent),
            "{accepted}"
        );
        assert_eq!(header(&answer, "content-type"), "application/json");
        assert!(header(&answer, "cache-control").starts_with("public, max-age="), "{accepted}");
        assert!(header(&answer, "cache-control").contains("stale-while-revalidate="), "{accepted}");
        assert!(varies(&answer).contains("accept-encoding"), "{}", varies(&answer));
        let tag = header(&answer, "etag");
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is not strong");
        assert_eq!(unpacked(answer).await, plain, "{accepted}");
        tags.push(tag);
    }
    assert_eq!(tags.pop().as_ref(), tags.last(), "as it is, whatever else was offered");
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), 3, "one for each encoding");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_tile_is_told_so_until_it_changes() {
    let server = Server::start();
    server.ready().await;
    let (device, nobody) = (server.device().await, server.nobody());
    device.submit(report()).await;
    nobody.tile_until((0, 0, 0), |tile| reports(tile) == 1).await;
    let br = ("accept-encoding", "br");
    let tag = header(&ask(&nobody, &[br]).await, "etag");
    for known in
        [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), format!("\"x\" ,W/{tag}"), "*".to_owned()]
    {
        let answer = ask(&nobody, &[br, ("if-none-match", &known)]).await;
        assert_eq!(answer.status(), 304, "{known}");
        assert_eq!(header(&answer, "etag"), tag);
        assert!(header(&answer, "cache-control").starts_with("public, max-age="));
        assert!(header(&answer, "content-encoding").is_empty());
        assert!(answer.bytes().await.unwrap().is_empty());
    }
    for unknown in ["\"x\"", "", "x", "W/\"x\""] {
        assert_eq!(ask(&nobody, &[br, ("if-none-match", unknown)]).await.status(), 200, "{unknown}");
    }
    let other = ask(&nobody, &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
    assert_eq!(other.status(), 200, "these bytes it does not have");
    let head = nobody.request(Method::HEAD, WORLD).header(br.0, br.1).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "etag")), (200, tag.clone()));

    device.submit(report()).await;
    nobody.tile_until((0, 0, 0), |tile| reports(tile) == 2).await;
    let answer = ask(&nobody, &[br, ("if-none-match", &tag)]).await;
    assert_eq!(answer.status(), 200);
    assert_ne!(header(&answer, "etag"), tag);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_token_it_is_the_same_tile_but_nobody_else_keeps_it() {
    let server = Server::start();
    server.ready().await;
    let device = server.device().await;
    device.submit(report()).await;
    server.nobody().tile_until((0, 0, 0), |tile| reports(tile) == 1).await;
    let answer = device.get(WORLD).await.expect(200);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.bytes, server.nobody().get(WORLD).await.bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_copy_of_a_tile_serves_every_language_and_device() {
    let server = Server::start();
    server.ready().await;
    let (device, nobody) = (server.device().await, server.nobody());
    device.submit(report()).await;
    nobody.tile_until((0, 0, 0), |tile| reports(tile) == 1).await;
    let (indonesian, english) = (("accept-language", "id"), ("accept-language", "en"));
    let first = ask(&nobody, &[indonesian]).await;
    let tag = header(&first, "etag");
    let known = ask(&nobody, &[english, ("if-none-match", &tag)]).await;
    assert_eq!(known.status(), 304);
    for answer in [first, ask(&device, &[english]).await, known] {
        let varies = varies(&answer);
        assert!(varies.contains("accept-encoding"), "{varies}");
        assert!(!varies.contains("authorization") && !varies.contains("accept-language"), "{varies}");
        assert_eq!(header(&answer, "etag"), tag);
    }
    // What is wrong is said in words.
    let refused = nobody.request(Method::GET, "/tiles/19/0/0").send().await.unwrap();
    assert!(varies(&refused).contains("accept-language"), "{}", varies(&refused));
}

//! A portal on another origin than its API, as a browser sees it.

mod support;

use std::{fs, path::Path};

use reqwest::Method;
use support::{Answer, Api, Server, new_id, refused, report};

const ORIGIN: &str = "https://lapor.bandung.go.id";

/// What a browser asks before it lets a page of `origin` ask.
async fn preflight(caller: &Api, origin: &str, path: &str, method: &str) -> Answer {
    let request = caller
        .request(Method::OPTIONS, path)
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", "authorization,content-type");
    caller.send(request).await
}

fn listed(answer: &Answer, header: &str) -> Vec<String> {
    let mut words: Vec<_> = answer.header(header).split(',').map(|word| word.trim().to_lowercase()).collect();
    words.sort_unstable();
    words
}

/// A server that lets pages of `ORIGIN` write.
fn open_to_the_portal(data: &Path) -> Server {
    Server::with(data, &["--allow-origin", ORIGIN])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_listed_origin_may_ask_for_everything_there_is() {
    let data = tempfile::tempdir().unwrap();
    let server = open_to_the_portal(data.path());
    let nobody = server.nobody();
    let id = new_id();
    for (path, method) in [
        (format!("/reports/{id}"), "PUT"),
        (format!("/reports/{id}/support"), "DELETE"),
        ("/devices".to_owned(), "POST"),
        ("/reports".to_owned(), "GET"),
    ] {
        let answer = preflight(&nobody, ORIGIN, &path, method).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(answer.header("access-control-allow-credentials"), "", "no cookie is ever wanted");
        assert_eq!(answer.header("access-control-max-age"), "86400");
        let methods = listed(&answer, "access-control-allow-methods");
        assert_eq!(methods, ["delete", "get", "head", "post", "put"]);
        let headers = listed(&answer, "access-control-allow-headers");
        assert_eq!(headers, ["accept-language", "authorization", "content-type"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_may_read_and_no_more() {
    let data = tempfile::tempdir().unwrap();
    let server = open_to_the_portal(data.path());
    let nobody = server.nobody();
    for stranger in ["https://example.com", "https://lapor.bandung.go.id.example.com", "null"] {
        let answer = preflight(&nobody, stranger, "/reports", "GET").await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), stranger);
        for (path, method) in [
            (format!("/reports/{}", new_id()), "PUT"),
            (format!("/reports/{}/support", new_id()), "PUT"),
            ("/devices".to_owned(), "POST"),
        ] {
            let answer = preflight(&nobody, stranger, &path, method).await.expect(200);
            assert_eq!(answer.header("access-control-allow-origin"), "", "{stranger} {method} {path}");
        }
        // What a page may send unasked, as a form does, makes no device.
        let request = nobody.request(Method::POST, "/devices").header("origin", stranger);
        let answer = nobody.send(request.header("content-type", "text/plain").body("{}")).await.expect(415);
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_read_every_answer_and_what_it_must_know_of_it() {
    let data = tempfile::tempdir().unwrap();
    let server = open_to_the_portal(data.path());
    let device = server.device().await;
    let id = device.submit(report()).await;
    for (method, path, status) in [
        (Method::GET, "/site".to_owned(), 200),
        (Method::GET, format!("/reports/{id}"), 200),
        (Method::PUT, format!("/reports/{id}"), 415),
        (Method::PATCH, format!("/reports/{id}"), 405),
        (Method::GET, "/nowhere".to_owned(), 404),
    ] {
        let answer = device.send(device.request(method, &path).header("origin", ORIGIN)).await.expect(status);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN, "{path}");
        assert_eq!(listed(&answer, "access-control-expose-headers"), ["retry-after", "x-request-id"]);
        assert!(answer.header("vary").contains("origin"), "another origin has another answer");
    }
}

#[test]
fn an_origin_that_no_browser_would_send_is_refused_at_the_start() {
    let data = tempfile::tempdir().unwrap();
    for wrong in
        ["lapor.bandung.go.id", "https://lapor.bandung.go.id/", "*", "ftp://a.example", "https://A.example"]
    {
        let data = data.path().to_str().unwrap();
        let output = refused(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--allow-origin", wrong]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("an origin is a scheme and a host"), "{wrong}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_beforehand_are_not_counted() {
    let server = Server::limited(&["--allow-origin", ORIGIN]);
    let device = server.device().await;
    let path = format!("/reports/{}/support", new_id());
    // More than an address may write or ask at once.
    for _ in 0..2100 {
        preflight(&device, ORIGIN, &path, "PUT").await.expect(200);
    }
    device.submit(report()).await;
    let refused = loop {
        let answer = device.send(device.request(Method::PUT, &path).header("origin", ORIGIN)).await;
        if answer.status == 429 {
            break answer;
        }
    };
    assert_eq!(refused.header("access-control-allow-origin"), ORIGIN, "the page learns when to come again");
    assert_ne!(refused.header("retry-after"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portals_own_pages_stay_its_own() {
    let (data, assets) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(assets.path().join("index.html"), r#"<base href="/">"#).unwrap();
    fs::write(assets.path().join("site.json"), "{}").unwrap();
    let server = Server::with(data.path(), &["--assets", assets.path().to_str().unwrap()]);
    let site = server.nobody().beside();
    for path in ["/", "/site.json", "/healthz"] {
        let answer = site.send(site.request(Method::GET, path).header("origin", ORIGIN)).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

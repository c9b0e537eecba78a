//! A portal on another origin than its API, as a browser sees it.

mod support;

use std::fs;

use reqwest::Method;
use support::{Answer, Api, Server, new_id, report};

const ORIGIN: &str = "https://lapor.bandung.go.id";

/// What a browser asks before it lets a page of `ORIGIN` write.
async fn preflight(caller: &Api, path: &str, method: &str) -> Answer {
    let request = caller
        .request(Method::OPTIONS, path)
        .header("origin", ORIGIN)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", "authorization,content-type");
    caller.send(request).await
}

fn listed(answer: &Answer, header: &str) -> Vec<String> {
    let mut words: Vec<_> = answer.header(header).split(',').map(|word| word.trim().to_lowercase()).collect();
    words.sort_unstable();
    words
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_may_ask_for_everything_there_is() {
    let server = Server::start();
    let nobody = server.nobody();
    let id = new_id();
    for (path, method) in [
        (format!("/reports/{id}"), "PUT"),
        (format!("/reports/{id}/support"), "DELETE"),
        ("/devices".to_owned(), "POST"),
        ("/reports".to_owned(), "GET"),
    ] {
        let answer = preflight(&nobody, &path, method).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "no cookie is ever wanted");
        assert_eq!(answer.header("access-control-max-age"), "86400");
        let methods = listed(&answer, "access-control-allow-methods");
        assert_eq!(methods, ["delete", "get", "head", "post", "put"]);
        let headers = listed(&answer, "access-control-allow-headers");
        assert_eq!(headers, ["accept-language", "authorization", "content-type"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_read_every_answer_and_what_it_must_know_of_it() {
    let server = Server::start();
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
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(listed(&answer, "access-control-expose-headers"), ["retry-after", "x-request-id"]);
        assert!(!answer.header("vary").contains("origin"), "one copy is enough for all origins");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_beforehand_are_not_counted() {
    let server = Server::limited::<&str>(&[]);
    let device = server.device().await;
    let path = format!("/reports/{}/support", new_id());
    // More than an address may write or ask at once.
    for _ in 0..2100 {
        preflight(&device, &path, "PUT").await.expect(200);
    }
    device.submit(report()).await;
    let refused = loop {
        let answer = device.send(device.request(Method::PUT, &path).header("origin", ORIGIN)).await;
        if answer.status == 429 {
            break answer;
        }
    };
    assert_eq!(refused.header("access-control-allow-origin"), "*", "the page learns when to come again");
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

//! The numbers of `/metrics` are what was sent.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{net::TcpStream, time::Duration};

use reqwest::Method;
use rusqlite::Connection;
use support::{Server, new_id, report};

/// What the server tells.
struct Told(String);

impl Told {
    async fn by(server: &Server) -> Self {
        let answer = server.nobody().beside().get("/metrics").await.expect(200);
        assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
        assert!(answer.text.ends_with("# EOF\n"), "{}", answer.text);
        Self(answer.text)
    }

    /// The value of a line; nothing where there is none.
    fn number(&self, line: &str) -> Option<f64> {
        let value = self.0.lines().find_map(|told| told.strip_prefix(line)?.strip_prefix(' '))?;
        Some(value.parse().unwrap())
    }

    /// What the server tells as soon as a number is right; it is asked for half a minute.
    async fn until(server: &Server, line: &str, right: impl Fn(f64) -> bool) -> Self {
        for _ in 0..600 {
            let told = Self::by(server).await;
            if told.number(line).is_some_and(&right) {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{line} does not become right: {}", Self::by(server).await.0);
    }

    fn requests(&self, method: &str, route: &str, status: &str) -> Option<f64> {
        let labels = format!(r#"{{method="{method}",route="{route}",status="{status}"}}"#);
        self.number(&format!("warga_http_request_seconds_count{labels}"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_counted_by_method_route_and_status() {
    let server = Server::start();
    let device = server.device().await;
    let ids = [device.submit(report()).await, device.submit(report()).await];
    for id in ids {
        device.report(id).await;
        device.support(id).await;
        device.get_report(new_id()).await.expect(404);
    }
    device.get(&format!("/reports?since={}", "x".repeat(100))).await.expect(400);
    for n in 0..50 {
        device.get(&format!("/nowhere/{n}")).await.expect(404);
        let method = Method::from_bytes(format!("METHOD{n}").as_bytes()).unwrap();
        device.send(device.request(method, "/site")).await.expect(405);
    }
    let told = Told::by(&server).await;
    for (method, route, status, times) in [
        ("POST", "/api/v1/devices", "2xx", 1.0),
        ("PUT", "/api/v1/reports/{id}", "2xx", 2.0),
        ("GET", "/api/v1/reports/{id}", "2xx", 2.0),
        ("GET", "/api/v1/reports/{id}", "4xx", 2.0),
        ("PUT", "/api/v1/reports/{id}/support", "2xx", 2.0),
        ("GET", "/api/v1/reports", "4xx", 1.0),
        // The tests hold every answer against the server's own document.
        ("GET", "/api/v1/openapi.json", "2xx", 1.0),
        ("GET", "-", "4xx", 50.0),
        ("other", "/api/v1/site", "4xx", 50.0),
    ] {
        assert_eq!(told.requests(method, route, status), Some(times), "{method} {route}: {}", told.0);
    }
    // As many lines as there are kinds of requests, not as there are requests.
    assert_eq!(told.0.matches("warga_http_request_seconds_count").count(), 9, "{}", told.0);
    // Whoever asks for the numbers is one of them afterwards.
    assert_eq!(Told::by(&server).await.requests("GET", "/metrics", "2xx"), Some(1.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_are_counted_by_commit() {
    let server = Server::start();
    // The chores of the start come when the map is loaded.
    Told::until(&server, "warga_store_commit_writes_sum", |writes| writes == 3.0).await;
    let device = server.device().await;
    let id = device.submit(report()).await;
    let many = (0..20).map(|_| {
        let device = device.clone();
        tokio::spawn(async move { device.submit(report()).await })
    });
    for one in many.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    device.support(id).await;
    // What is only read, or refused before it is written, is no write.
    device.report(id).await;
    device.put_report(new_id(), &report().description("")).await.expect(422);
    let told = Told::by(&server).await;
    let number = |name: &str| told.number(name).unwrap();
    let writes = number("warga_store_commit_writes_sum");
    assert_eq!(writes, 26.0, "the three chores of the start, the device, 21 reports, a support");
    let commits = number("warga_store_commit_writes_count");
    assert!((3.0..=writes).contains(&commits), "{commits}");
    assert_eq!(number("warga_store_commit_seconds_count"), commits);
    assert_eq!(number("warga_store_commits_failed_total"), 0.0);
    assert_eq!(number("warga_store_writes_waiting"), 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_that_does_not_follow_is_further_and_further_behind() {
    let server = Server::start();
    let behind = "warga_map_behind_seconds";
    Told::until(&server, behind, |seconds| seconds < 1.0).await;
    let db = Connection::open(server.data().join("warga.sqlite3")).unwrap();
    db.busy_timeout(Duration::from_secs(5)).unwrap();
    db.execute_batch("ALTER TABLE changes RENAME TO elsewhere").unwrap();
    // It tries again every second, each time in vain.
    Told::until(&server, behind, |seconds| seconds > 3.0).await;
    db.execute_batch("ALTER TABLE elsewhere RENAME TO changes").unwrap();
    Told::until(&server, behind, |seconds| seconds < 1.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_counted_while_they_are_open() {
    let server = Server::start();
    let asking = server.nobody().beside();
    // Whoever asks has a connection too, for as long as it takes.
    let open = async || {
        let request = asking.request(Method::GET, "/metrics").header("connection", "close");
        Told(asking.send(request).await.expect(200).text).number("warga_connections_open").unwrap()
    };
    // Connections are taken in, and seen to have gone, when the server comes to it.
    let until = async |expected| {
        for _ in 0..6000 {
            if open().await == expected {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{} connections are open, not {expected}", open().await);
    };
    until(1.0).await;
    let more: Vec<_> = (0..5).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
    until(6.0).await;
    drop(more);
    until(1.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_one_too_many_is_counted_by_its_limit() {
    let server = Server::limited::<&str>(&[]);
    let device = server.device().await;
    let mut refused = 0;
    for _ in 0..100 {
        let answer = device.put_support(new_id()).await;
        refused += u32::from(answer.status == 429);
    }
    assert!(refused > 0);
    let told = Told::by(&server).await;
    let counted = told.number(r#"warga_requests_refused_total{limit="writes-by-device"}"#);
    assert_eq!(counted, Some(f64::from(refused)), "{}", told.0);
    assert_eq!(told.requests("PUT", "/api/v1/reports/{id}/support", "4xx"), Some(100.0));
}

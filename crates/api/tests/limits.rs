//! How much one may ask: by device, by address, and by what a trusted proxy says the address is.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use reqwest::Method;
use serde_json::json;
use support::{Answer, Api, Server, new_id, report};

/// Asks again and again until it is too much; gives how often it was not, and the refusal.
async fn until_refused(ask: impl AsyncFn() -> Answer) -> (u32, Answer) {
    for well in 0..20_000 {
        let answer = ask().await;
        if answer.status == 429 {
            return (well, answer);
        }
    }
    panic!("there is no limit");
}

/// A write that is counted and changes nothing.
async fn write(caller: &Api) -> Answer {
    caller.put_support(new_id()).await
}

/// A new device, but for its body: counted, and refused before anything is written.
async fn register(caller: &Api, forwarded_for: &str) -> Answer {
    let request = caller.request(Method::POST, "/devices").header("x-forwarded-for", forwarded_for);
    caller.send(request).await
}

fn told_when(refusal: &Answer) {
    refusal.problem(429, "too-many");
    let seconds: u32 = refusal.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_writes_too_much_waits_and_its_neighbours_do_not() {
    let server = Server::limited::<&str>(&[]);
    let (device, neighbour) = (server.device().await, server.device().await);
    let (well, refusal) = until_refused(|| write(&device)).await;
    assert!(well >= 60, "{well}");
    told_when(&refusal);
    neighbour.submit(report()).await;
    device.get("/reports").await.expect(200);
    // What is refused is not kept. Meanwhile there may be room for one more again.
    loop {
        let id = new_id();
        let answer = device.put_report(id, &report()).await;
        if answer.status == 429 {
            told_when(&answer);
            neighbour.get_report(id).await.problem(404, "no-report");
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_counted_by_themselves() {
    let server = Server::limited::<&str>(&[]);
    let device = server.device().await;
    let photo = || async { device.put_text(&format!("/photos/{}", new_id()), "no photo").await };
    let (well, refusal) = until_refused(photo).await;
    assert!((20..60).contains(&well), "{well}");
    told_when(&refusal);
    device.submit(report()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_makes_too_many_devices_waits_and_others_do_not() {
    let server = Server::limited::<&str>(&[]);
    let nobody = server.nobody();
    let (well, refusal) = until_refused(|| register(&nobody, "198.51.100.7")).await;
    assert!(well >= 100, "{well}");
    told_when(&refusal);
    let elsewhere = nobody.at_address("127.0.0.2".parse().unwrap());
    elsewhere.post("/devices", &json!({})).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_trusted_proxy_the_header_changes_nothing() {
    let server = Server::limited(&["--trusted-proxy", "10.0.0.0/8"]);
    let nobody = server.nobody();
    let mut n = 0;
    let refused = std::iter::repeat_with(|| {
        n += 1;
        format!("198.51.{}.{}", n / 256, n % 256)
    });
    for address in refused.take(20_000) {
        let answer = register(&nobody, &address).await;
        if answer.status == 429 {
            return;
        }
    }
    panic!("a made-up header gets around the limit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_proxy_says_who_asks() {
    let server = Server::limited(&["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"]);
    let proxy = server.nobody();
    until_refused(|| register(&proxy, "198.51.100.7")).await;
    // The same client, whatever it writes before its own address, and through one more proxy of ours.
    for same in ["1.2.3.4, 198.51.100.7", "198.51.100.7, 10.0.0.2", "::ffff:198.51.100.7"] {
        let (well, _) = until_refused(|| register(&proxy, same)).await;
        assert!(well < 100, "{same} has a bucket of its own");
    }
    for other in ["198.51.100.8", "198.51.100.7, 198.51.100.9"] {
        register(&proxy, other).await.problem(415, "not-json");
    }
    until_refused(|| register(&proxy, "2001:db8:1:2::1")).await;
    register(&proxy, "2001:db8:1:3::1").await.problem(415, "not-json");
    // One who is no proxy says it of himself.
    let client = proxy.at_address("127.0.0.2".parse().unwrap());
    until_refused(|| register(&client, "203.0.113.9")).await;
    register(&proxy, "203.0.113.9").await.problem(415, "not-json");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_api_is_limited_and_without_device_work_nothing_is() {
    let server = Server::start();
    let device = server.device().await;
    for _ in 0..600 {
        write(&device).await.problem(404, "no-report");
    }
    for _ in 0..120 {
        register(&device, "").await.problem(415, "not-json");
    }
}

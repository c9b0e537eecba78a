//! Many connections, and too few file descriptors for them.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use support::{Server, report};

const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: warga\r\nConnection: close\r\n\r\n";

/// Waits for the answer, however long it takes.
fn answer(line: &mut TcpStream) -> String {
    let mut text = String::new();
    line.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn more_connections_than_descriptors_leave_it_standing() {
    let server = Server::with_open_files(128);
    assert!(server.log().contains("room for few connections"), "{}", server.log());
    let device = server.device().await;
    // Twice as many as it may have files, all of them with a request that waits for its end.
    let mut crowd: Vec<_> = (0..256).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
    for line in &mut crowd {
        line.write_all(&ASK[..ASK.len() - 2]).unwrap();
    }
    // Whoever came first is served first, and makes room for who came later.
    for line in &mut crowd {
        line.write_all(&ASK[ASK.len() - 2..]).unwrap();
        assert!(answer(line).starts_with("HTTP/1.1 200 OK\r\n"));
    }
    device.submit(report()).await;
    assert!(!server.log().contains("ERROR"), "it ran out of descriptors all the same: {}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_descriptors_it_waits_until_there_are_some() {
    let server = Server::start();
    server.nobody().get("/site").await.expect(200);
    let before = server.limit_open_files(Some(3));
    let mut line = TcpStream::connect(server.address()).unwrap();
    line.write_all(ASK).unwrap();
    // Twice, so that it has waited once in between.
    let told = || server.log().matches("no connection can be accepted").count();
    while told() < 2 {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(told() < 100, "it asks again and again without a pause");
    server.limit_open_files(before);
    assert!(answer(&mut line).starts_with("HTTP/1.1 200 OK\r\n"));
}

//! The server as a process: how it starts, how it ends, what it says when it cannot.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use serde_json::Value;
use support::{Server, new_id, refused, report};

/// The one sentence on standard error that is for whoever typed the command.
#[track_caller]
fn sentence(arguments: &[&str]) -> String {
    let output = refused(arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "a server that does not listen does not say so");
    let said = String::from_utf8(output.stderr).unwrap();
    // What is logged on the way (migrations) carries a time; the sentence does not.
    let sentences: Vec<_> = said.lines().filter(|line| line.starts_with("warga-api: ")).collect();
    let [sentence] = sentences[..] else { panic!("not one sentence: {said}") };
    assert!(said.trim_end().ends_with(sentence), "something follows the sentence: {said}");
    assert!(!said.contains("panicked"), "{said}");
    sentence.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn port_0_takes_a_free_port_and_says_which() {
    let (one, other) = (Server::start(), Server::start());
    assert_ne!(one.address(), other.address());
    for server in [&one, &other] {
        assert!(server.address().starts_with("127.0.0.1:") && !server.address().ends_with(":0"));
        server.nobody().get("/site").await.expect(200);
    }
}

#[test]
fn a_taken_port_is_told_in_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let said = sentence(&["serve", "--listen", &address, "--data", data.path().to_str().unwrap()]);
    assert!(said.contains(&address) && said.to_lowercase().contains("in use"), "{said}");
}

#[test]
fn data_that_cannot_be_opened_are_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let file = file.to_str().unwrap();
    assert!(sentence(&["serve", "--listen", "127.0.0.1:0", "--data", file]).contains(file));

    std::fs::write(folder.path().join("warga.sqlite3"), "no database, though it has its name".repeat(50))
        .unwrap();
    let folder = folder.path().to_str().unwrap();
    let said = sentence(&["serve", "--listen", "127.0.0.1:0", "--data", folder]);
    assert!(said.contains(folder) && said.contains("not a database"), "{said}");
}

#[test]
fn a_prefix_that_is_none_is_told() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    for prefix in ["lapor", "//lapor", "/la por", "/lapor?x", "/{lapor}", "/lapor\"><script>"] {
        let output = refused(&["serve", "--listen", "127.0.0.1:0", "--data", data, "--prefix", prefix]);
        assert_eq!(output.status.code(), Some(2), "{prefix}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("a prefix begins with /"), "{prefix}: {said}");
    }
}

#[test]
fn a_proxy_that_is_none_is_told() {
    for proxy in ["", "localhost", "10.0.0.0/33", "10.0.0", "10.0.0.1:80", "fd00::/129"] {
        let output = refused(&["serve", "--listen", "127.0.0.1:0", "--data", "x", "--trusted-proxy", proxy]);
        assert_eq!(output.status.code(), Some(2), "{proxy}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("an address or a network"), "{proxy}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let device = server.device().await;
    let draft = report().visibility("private");
    let id = new_id();
    device.put_report(id, &draft).await.expect(201);
    device.support(id).await;
    let before = device.report(id).await;
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));

    let server = Server::on(folder.path());
    let device = server.nobody().with_token(device.token());
    assert_eq!(device.report(id).await, before, "the token is good, and so is all it may read");
    device.put_report(id, &draft).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_finishes_what_it_has_begun() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let device = server.device().await;
    let (id, body) = (new_id(), report().body().to_string());

    // A phone on a slow line: the server has begun with the request, the body is still to come.
    let mut line = TcpStream::connect(server.address()).unwrap();
    write!(
        line,
        "PUT /api/v1/reports/{id} HTTP/1.1\r\nHost: warga\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        device.token(),
        body.len()
    )
    .unwrap();
    let mut answer = BufReader::new(line.try_clone().unwrap());
    let mut first = String::new();
    answer.read_line(&mut first).unwrap();
    assert_eq!(first, "HTTP/1.1 100 Continue\r\n");
    answer.read_line(&mut first).unwrap();

    server.terminate();
    let address = server.address().to_owned();
    // It takes nobody new from the moment it knows.
    while TcpStream::connect(&address).is_ok() {
        std::thread::yield_now();
    }
    line.write_all(body.as_bytes()).unwrap();
    let mut rest = String::new();
    answer.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("HTTP/1.1 201 "), "{rest}");
    let json = rest.split_once("\r\n\r\n").unwrap().1;
    let json = &json[json.find('{').unwrap()..=json.rfind('}').unwrap()];
    assert_eq!(serde_json::from_str::<Value>(json).unwrap()["id"], id.to_string());
    assert_eq!(server.ended().code(), Some(0));

    let server = Server::on(folder.path());
    assert_eq!(server.nobody().report(id).await.id, id, "what was acknowledged on the way out is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_on_which_nothing_happens_do_not_keep_it() {
    let server = Server::start();
    // A browser keeps what it has used, and opens some in advance.
    let device = server.device().await;
    device.get("/site").await.expect(200);
    let in_advance: Vec<_> = (0..3).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
    device.get("/site").await.expect(200);
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    drop((device, in_advance));
}

#[tokio::test(flavor = "multi_thread")]
async fn told_twice_it_does_not_wait_for_a_request_that_never_ends() {
    let server = Server::start();
    let mut stalled = TcpStream::connect(server.address()).unwrap();
    stalled.write_all(b"PUT /api/v1/reports/x HTTP/1.1\r\nHost: wa").unwrap();
    // The server has seen the stalled one once it has answered somebody who came later.
    server.nobody().get("/site").await.expect(200);
    server.terminate();
    while TcpStream::connect(server.address()).is_ok() {
        std::thread::yield_now();
    }
    server.terminate();
    while !server.log().contains(": stopped") {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(server.log().contains("told to stop at once"), "it did not hear the second: {}", server.log());
    assert_eq!(server.ended().code(), Some(0));
    drop(stalled);
}

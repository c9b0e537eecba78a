use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    routing::get,
};
use hyper::body::Frame;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::oneshot,
};

use super::*;

const SHORT: Duration = Duration::from_millis(100);
/// Longer than a test may take: what is bounded by it is not bounded in that test.
const LONG: Duration = Duration::from_secs(3600);
const BOUNDS: Bounds = Bounds { head: LONG, write: LONG, connections: 100, share: None };
const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: warga\r\n\r\n";

/// A server in the test's own process, told to stop when it goes out of scope.
struct Served {
    address: SocketAddr,
    counted: Counted,
    _stop: oneshot::Sender<()>,
}

impl Served {
    async fn with(bounds: Bounds) -> Self {
        let router = Router::new()
            .route("/", get(|| async { "ok" }))
            .route("/endless", get(|| async { Body::new(Endless) }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let counted = Counted::default();
        let counting = counted.clone();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            accept(listener, router, bounds, &counting, stopped).await
        });
        Self { address, counted, _stop: stop }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// A body that never ends.
struct Endless;

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[0; 16 * 1024])))))
    }
}

/// Sends a request and reads its answer, as far as it comes in one piece.
async fn ask(line: &mut TcpStream, request: &[u8]) -> String {
    line.write_all(request).await.unwrap();
    let mut answer = [0; 1024];
    let length = line.read(&mut answer).await.unwrap();
    String::from_utf8(answer[..length].to_vec()).unwrap()
}

/// Whether the other side has ended the connection; waits for it, however long it takes.
async fn ended(line: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    // Closed while something was still on its way counts too.
    line.read_to_end(&mut rest).await.is_err() || rest.is_empty()
}

#[tokio::test]
async fn a_head_that_does_not_come_to_its_end_ends_the_connection() {
    let server = Served::with(Bounds { head: SHORT, ..BOUNDS }).await;
    for head in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nHost: warga\r\nX-Slow: a"] {
        let mut line = server.connect().await;
        line.write_all(head).await.unwrap();
        assert!(ended(&mut line).await);
    }
}

#[tokio::test]
async fn a_connection_on_which_nothing_happens_is_ended() {
    let server = Served::with(Bounds { head: SHORT, ..BOUNDS }).await;
    let mut line = server.connect().await;
    assert!(ask(&mut line, ASK).await.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(ended(&mut line).await);
}

#[tokio::test]
async fn who_does_not_read_the_answer_is_let_go() {
    let server = Served::with(Bounds { write: SHORT, connections: 1, ..BOUNDS }).await;
    let mut deaf = server.connect().await;
    deaf.write_all(b"GET /endless HTTP/1.1\r\nHost: warga\r\n\r\n").await.unwrap();
    // There is room for one: the next is answered when the first has been given up.
    let mut next = server.connect().await;
    assert!(ask(&mut next, ASK).await.starts_with("HTTP/1.1 200 OK\r\n"));
    drop(deaf);
}

#[tokio::test]
async fn there_are_no_more_connections_than_there_is_room_for() {
    let server = Served::with(Bounds { connections: 2, ..BOUNDS }).await;
    let (mut one, mut other) = (server.connect().await, server.connect().await);
    ask(&mut one, ASK).await;
    ask(&mut other, ASK).await;
    let mut third = server.connect().await;
    third.write_all(ASK).await.unwrap();
    for _ in 0..10 {
        ask(&mut one, ASK).await;
    }
    assert_eq!(server.counted.open.get(), 2);
    let nothing = third.try_read(&mut [0; 1]).unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::WouldBlock, "the third waits");
    drop(other);
    assert!(ask(&mut third, b"").await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn one_address_cannot_hold_all_connections() {
    let server = Served::with(Bounds { share: Some(2), ..BOUNDS }).await;
    let (mut one, mut other) = (server.connect().await, server.connect().await);
    ask(&mut one, ASK).await;
    ask(&mut other, ASK).await;
    assert!(ended(&mut server.connect().await).await);
    assert_eq!((server.counted.open.get(), server.counted.refused.get()), (2, 1));
    assert!(ask(&mut one, ASK).await.starts_with("HTTP/1.1 200 OK\r\n"), "those that are open stay");
    // 127.0.0.2 is another address, of the same machine.
    let elsewhere = TcpSocket::new_v4().unwrap();
    elsewhere.bind(([127, 0, 0, 2], 0).into()).unwrap();
    let mut elsewhere = elsewhere.connect(server.address).await.unwrap();
    assert!(ask(&mut elsewhere, ASK).await.starts_with("HTTP/1.1 200 OK\r\n"));
    drop(other);
    // The server sees it go when it comes to it.
    while server.counted.open.get() > 2 {
        tokio::task::yield_now().await;
    }
    let mut again = server.connect().await;
    assert!(ask(&mut again, ASK).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn heads_that_are_too_long_are_refused() {
    let server = Served::with(BOUNDS).await;
    let many = "X-Many: a\r\n".repeat(200);
    let long = format!("X-Long: {}\r\n", "a".repeat(40 * 1024));
    for headers in [many, long] {
        let mut line = server.connect().await;
        let head = format!("GET / HTTP/1.1\r\nHost: warga\r\n{headers}\r\n");
        assert!(ask(&mut line, head.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    }
    let mut line = server.connect().await;
    let head = format!("GET /{} HTTP/1.1\r\nHost: warga\r\n\r\n", "a".repeat(40 * 1024));
    let answer = ask(&mut line, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 431 ") || answer.starts_with("HTTP/1.1 414 "), "{answer}");
    // What browsers and proxies send is far below.
    let mut line = server.connect().await;
    let head = format!("GET / HTTP/1.1\r\nHost: warga\r\nCookie: {}\r\n\r\n", "a".repeat(16 * 1024));
    assert!(ask(&mut line, head.as_bytes()).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

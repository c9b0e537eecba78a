//! One connection: HTTP/1.1, with an end to everything it may wait for.

use std::{net::SocketAddr, pin::Pin};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulConnection,
};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::Bounds;

/// The longest head of a request, in bytes. Browsers send one or two thousand; a proxy adds some hundred.
const HEAD_MAX: usize = 32 * 1024;
/// The most that is read ahead of what is understood, in bytes.
const BUFFER: usize = 64 * 1024;

/// Serves what comes over a connection. The router finds the other end's address as [`ConnectInfo`].
pub(super) fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    bounds: Bounds,
) -> impl GracefulConnection<Output = hyper::Result<()>, Error = hyper::Error> {
    // Answers are short and written whole; holding them back to fill a packet only makes them late. A connection
    // that refuses the option has gone, which reading from it will tell.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(bounds.write));
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    // The number of headers is bounded by hyper itself, at 100.
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.head)
        .max_header_size(HEAD_MAX)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Box::pin(stream) as Pin<Box<_>>), service)
}

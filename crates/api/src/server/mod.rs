//! Connections: taken in while there is room, bounded in what each may cost, ended in peace.
//!
//! What `axum::serve` leaves open is closed here: a client that sends its head a letter at a time, that keeps a
//! connection for nothing, that does not read its answer, or that comes with ten thousand others.

mod connection;
mod descriptors;
mod shares;

use std::{
    future::Future,
    io::{self, ErrorKind},
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use prometheus_client::metrics::{counter::Counter, gauge::Gauge};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

use crate::limits::Network;

pub(crate) use descriptors::room_for_connections;
use shares::{Share, Shares, share_of};

/// How long to wait when no connection can be accepted, most often for want of file descriptors: they come back
/// when other connections end, and asking without a pause would only take the processor from those.
const PAUSE: Duration = Duration::from_millis(500);

/// Connections that wait to be accepted, at most. The usual 128 are soon filled by a city whose network came back.
const QUEUE: u32 = 1024;

/// What one connection may cost, and how many there may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// From the opening of a connection, or from the end of an answer on it, until the head of the next request is there.
    /// So it ends an idle connection too.
    pub head: Duration,
    /// How long the client may take not a single byte of its answer.
    pub write: Duration,
    /// Connections at the same time; whoever comes later waits in the listener's queue.
    pub connections: usize,
    /// Connections of one address at the same time, where there is a bound: whoever has more is hung up on.
    pub share: Option<usize>,
}

/// What is counted of connections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counted {
    /// Those that are open now.
    pub open: Gauge,
    /// Those that were closed at once, because their address held its share already.
    pub refused: Counter,
}

impl Bounds {
    /// The bounds of a server that has room for so many connections.
    pub(crate) fn new(connections: usize) -> Self {
        Self { head: Duration::from_secs(10), write: Duration::from_secs(30), connections, share: None }
    }

    /// The same, where one address may not hold all of the connections. Not for a server behind a proxy, where all
    /// have the proxy's address.
    pub(crate) fn shared(self) -> Self {
        Self { share: Some(share_of(self.connections)), ..self }
    }
}

/// Opens the port.
///
/// # Errors
/// When the address is not this machine's, or the port is taken or not allowed.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A server that starts again gets its port although connections of the old one are still being closed.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// Takes connections in until told to stop. Those that are open then are given back, to be waited for.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    counted: &Counted,
    stop: impl Future<Output = ()>,
) -> GracefulShutdown {
    let open = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(bounds.connections));
    let shares = bounds.share.map(Shares::of);
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, permit) = tokio::select! {
            taken = next(&listener, &room) => taken,
            () = &mut stop => return open,
        };
        let Ok(share) = share(shares.as_ref(), peer) else {
            // Not a word: who holds hundreds of connections would only make us write hundreds of answers.
            counted.refused.inc();
            continue;
        };
        let connection = open.watch(connection::serve(stream, peer, router.clone(), bounds));
        let open_now = counted.open.clone();
        open_now.inc();
        tokio::spawn(async move {
            let _held = (permit, share);
            // How a connection ends badly (a broken network, a time-out) is the client's affair, and told by no answer.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            open_now.dec();
        });
    }
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so there always is a permit.
    let permit = Arc::clone(room).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) if of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// An address has as many connections as it may.
struct Full;

/// The share of a connection, where they are shared out.
fn share(shares: Option<&Shares>, peer: SocketAddr) -> Result<Option<Share>, Full> {
    shares.map(|shares| shares.take(Network::of(peer.ip())).ok_or(Full)).transpose()
}

/// Whether it is only this one client who has gone again.
fn of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests;

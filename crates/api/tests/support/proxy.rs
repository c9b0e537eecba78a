//! A line that breaks: a proxy that hands every request on whole, and resets some connections before the answer is
//! through.
//!
//! That is the one failure a sender cannot tell from any other: the server has done what was asked, or has not, or
//! is still at it.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use fastrand::Rng;
use tokio::{
    io::{self, AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// When the sender's connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// As soon as the server has the request, whose connection goes as well.
    AtOnce,
    /// When the server has answered, before a byte of it is handed back.
    BeforeTheHead,
    /// Within the answer's head.
    InTheHead,
    /// After the head, within the body.
    AfterTheHead,
    /// Not at all.
    Never,
}

impl Break {
    const ALL: [Self; 5] =
        [Self::AtOnce, Self::BeforeTheHead, Self::InTheHead, Self::AfterTheHead, Self::Never];
}

/// A running proxy. It ends when it goes out of scope.
pub(crate) struct Proxy {
    base: String,
    counts: Arc<[AtomicUsize; Break::ALL.len()]>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Stands before the server at `address`; `seed` decides which connections break, and where.
    pub(crate) async fn before(address: &str, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let counts = Arc::<[AtomicUsize; Break::ALL.len()]>::default();
        let (address, counted) = (address.to_owned(), counts.clone());
        let rng = Mutex::new(Rng::with_seed(seed));
        let accepting = tokio::spawn(async move {
            loop {
                let (sender, _) = listener.accept().await.unwrap();
                let (at, cut) = {
                    let mut rng = rng.lock().unwrap();
                    // Every second one breaks.
                    let at =
                        if rng.bool() { Break::ALL.len() - 1 } else { rng.usize(..Break::ALL.len() - 1) };
                    (at, rng.f64())
                };
                counted[at].fetch_add(1, Ordering::Relaxed);
                let address = address.clone();
                // A sender or a server that goes away by itself is no concern of the proxy's.
                tokio::spawn(async move { hand_on(sender, &address, Break::ALL[at], cut).await });
            }
        });
        Self { base, counts, accepting }
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// How many connections there were of each kind.
    pub(crate) fn counts(&self) -> [(Break, usize); Break::ALL.len()] {
        std::array::from_fn(|at| (Break::ALL[at], self.counts[at].load(Ordering::Relaxed)))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One request and its answer, or as much of it as `at` lets through; `cut` is where within that part.
async fn hand_on(mut sender: TcpStream, address: &str, at: Break, cut: f64) -> io::Result<()> {
    let request = read_request(&mut sender).await?;
    let mut server = TcpStream::connect(address).await?;
    server.write_all(&request).await?;
    if at == Break::AtOnce {
        return sender.set_zero_linger();
    }
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    let head = end_of_head(&answer).unwrap_or(answer.len());
    let within = |from: usize, to: usize| from + ((to - from) as f64 * cut) as usize;
    let end = match at {
        Break::AtOnce | Break::BeforeTheHead => 0,
        Break::InTheHead => within(1, head),
        Break::AfterTheHead => within(head, answer.len()),
        Break::Never => answer.len(),
    };
    sender.write_all(&answer[..end]).await?;
    if at == Break::Never { sender.shutdown().await } else { sender.set_zero_linger() }
}

/// A whole request, told to be the only one of its connection, so that the end of the answer is the end of that.
async fn read_request(sender: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(head) = end_of_head(&bytes) {
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length = length.map_or(0, |length| length.trim().parse().unwrap());
            if bytes.len() >= head + length {
                let first_line = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
                bytes.splice(first_line..first_line, *b"connection: close\r\n");
                return Ok(bytes);
            }
        }
        if sender.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

//! Bodies of requests.

mod strict;

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use model::PHOTO_BYTES_MAX;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::{photos::Room, problem::ApiError};

use strict::Strict;

/// How much of a body is taken, and how long it may be on its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// The longest body that is taken, in bytes.
    pub(super) longest: usize,
    /// The longest body that is read to its end only to be refused, in bytes.
    pub(super) refused: usize,
    /// How long nothing of it may come.
    pub(super) idle: Duration,
    /// How long it may take as a whole.
    pub(super) total: Duration,
}
/// The bounds of a JSON route. 4,000 characters of description fit in even when each is written as two escapes of
/// six, and so does everything beside them; a minute is enough for that at 20 kbit/s.
pub(super) const JSON: Bounds = Bounds {
    longest: 128 * 1024,
    refused: 16 * 128 * 1024,
    idle: Duration::from_secs(20),
    total: Duration::from_secs(60),
};

/// The bounds of a photo. Whatever a camera makes is told that it is too large, not cut off; and ten minutes are
/// enough for the longest at 140 kbit/s.
pub(super) const PHOTO: Bounds = Bounds {
    longest: PHOTO_BYTES_MAX,
    refused: 4 * PHOTO_BYTES_MAX,
    idle: Duration::from_secs(20),
    total: Duration::from_secs(600),
};

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyError {
    /// It is longer than the route takes.
    #[error("the body is too large")]
    TooLarge,
    /// There is no room for it now.
    #[error("no room for the body")]
    NoRoom,
    /// It did not come in time.
    #[error("the body took too long")]
    Timeout,
    /// The connection broke in the middle of it, or it is framed wrongly.
    #[error("the body has no end")]
    Broken,
}

impl From<BodyError> for ApiError {
    /// As a JSON route tells it.
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::TooLarge,
            BodyError::NoRoom => Self::Busy { retry_after: 10 },
            BodyError::Timeout => Self::Timeout,
            BodyError::Broken => Self::BadJson,
        }
    }
}

/// Middleware for JSON routes: takes a body in whole before anything is answered.
///
/// A route may know early that it will refuse (a token that has ended, say). An answer while the body is still on
/// its way would close the connection under it: a phone on a slow line would see a broken network instead of the
/// refusal, and send the same again for ever.
pub(super) async fn whole(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body, JSON).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => ApiError::from(error).into_response(),
    }
}

/// Where a body is kept while it comes.
pub(super) trait Space: Send {
    /// Whether there is space for so many bytes more.
    fn take(&mut self, bytes: usize) -> impl Future<Output = bool> + Send;
}

/// A short body needs no counting.
struct Unlimited;

impl Space for Unlimited {
    async fn take(&mut self, _: usize) -> bool {
        true
    }
}

impl Space for Room {
    async fn take(&mut self, bytes: usize) -> bool {
        Room::take(self, bytes).await
    }
}

/// Reads a body to its end, within its bounds.
///
/// # Errors
/// One that is too long is read on, as far as the bounds let it, but not kept: the refusal must find somebody who
/// has stopped sending.
pub(super) async fn read(body: Body, bounds: Bounds) -> Result<Vec<u8>, BodyError> {
    read_as_it_fits(body, bounds, &mut Unlimited).await
}

/// The same, where each piece is kept only if there is room for its bytes.
pub(super) async fn read_as_it_fits(
    mut body: Body,
    bounds: Bounds,
    space: &mut impl Space,
) -> Result<Vec<u8>, BodyError> {
    // What says of itself that it is too long even to be refused need not be waited for.
    if body.size_hint().lower() > bounds.refused as u64 {
        return Err(BodyError::TooLarge);
    }
    let end = Instant::now() + bounds.total;
    let mut bytes = Vec::new();
    let mut length = 0;
    let mut room = true;
    loop {
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        let frame = timeout_at(end.min(Instant::now() + bounds.idle), frame);
        let Some(frame) = frame.await.map_err(|_| BodyError::Timeout)? else { break };
        // Trailers say nothing to us.
        let Ok(data) = frame.map_err(|_| BodyError::Broken)?.into_data() else { continue };
        length += data.len();
        if length > bounds.refused {
            break;
        }
        if length <= bounds.longest && room && space.take(data.len()).await {
            bytes.extend_from_slice(&data);
        } else {
            room &= length > bounds.longest;
            bytes = Vec::new();
        }
    }
    if !room {
        return Err(BodyError::NoRoom);
    }
    if length > bounds.longest { Err(BodyError::TooLarge) } else { Ok(bytes) }
}

/// Takes a body that nobody will look at, as far as the longest of all would be: the refusal must arrive. But not for
/// as long as a photo may take: whoever is refused could hold the connection for ten minutes with nothing in hand.
pub(super) async fn pass_over(body: Body) {
    // However it ends, the answer is the same.
    let _ = read(body, Bounds { longest: 0, total: JSON.total, ..PHOTO }).await;
}

/// A body that is JSON, whatever it says. Unlike axum's own extractor it does not read it as a type yet: what was
/// sent is compared before it is understood.
pub(super) struct JsonBody(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::NotJson);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| ApiError::BadJson)?;
        serde_json::from_slice(&bytes).map(|Strict(value)| Self(value)).map_err(|_| ApiError::BadJson)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut parts = content_type.split(';').map(str::trim);
    let named = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    // JSON is UTF-8 and says nothing of it; who says something else means it.
    let charset = |part: &str| {
        let (name, value) = part.split_once('=')?;
        name.eq_ignore_ascii_case("charset").then(|| value.trim_matches('"').to_owned())
    };
    named && parts.filter_map(charset).all(|charset| charset.eq_ignore_ascii_case("utf-8"))
}

#[cfg(test)]
mod tests {
    use std::{
        convert::Infallible,
        task::{Context, Poll},
    };

    use axum::body::HttpBody;
    use hyper::body::Frame;
    use tokio::{sync::mpsc, time::sleep};

    use super::*;

    /// What is sent into it comes out as a body; it ends when the sender is dropped.
    struct Sent(mpsc::Receiver<&'static [u8]>);

    impl HttpBody for Sent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            self.0.poll_recv(context).map(|data| Some(Ok(Frame::data(Bytes::from_static(data?)))))
        }
    }

    const TEN: Bounds =
        Bounds { longest: 10, refused: 20, idle: Duration::from_secs(20), total: Duration::from_secs(60) };

    /// Reads a body that comes in `pieces`, each after so many seconds, and its end after `end`.
    async fn read_slowly(pieces: Vec<(u64, &'static [u8])>, end: u64) -> Result<Vec<u8>, BodyError> {
        let (sender, receiver) = mpsc::channel(1);
        let sending = async move {
            for (after, piece) in pieces {
                sleep(Duration::from_secs(after)).await;
                // Fails when nobody reads any more.
                let _ = sender.send(piece).await;
            }
            sleep(Duration::from_secs(end)).await;
        };
        tokio::join!(read(Body::new(Sent(receiver)), TEN), sending).0
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_comes_slowly_but_in_time_is_taken() {
        assert_eq!(read_slowly(vec![], 0).await, Ok(vec![]));
        assert_eq!(read_slowly(vec![(19, b"a"), (19, b"b"), (19, b"c")], 2).await, Ok(b"abc".to_vec()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stands_still_or_never_ends_is_given_up() {
        assert_eq!(read_slowly(vec![(1, b"a"), (21, b"b")], 0).await, Err(BodyError::Timeout));
        assert_eq!(read_slowly(vec![(1, b"a")], 21).await, Err(BodyError::Timeout));
        assert_eq!(read_slowly(vec![(10, b"a"); 7], 0).await, Err(BodyError::Timeout));
        // Nor is what will be refused waited for any longer.
        assert_eq!(read_slowly(vec![(1, b"0123456789a")], 21).await, Err(BodyError::Timeout));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_too_long_is_read_to_its_end_but_not_for_ever() {
        assert_eq!(read_slowly(vec![(1, b"01234"), (1, b"56789")], 1).await, Ok(b"0123456789".to_vec()));
        assert_eq!(read_slowly(vec![(1, b"0123456789"), (1, b"a")], 1).await, Err(BodyError::TooLarge));
        // Were it read on, the end that does not come would be a time-out.
        assert_eq!(read_slowly(vec![(1, b"01234"); 5], 100).await, Err(BodyError::TooLarge));
    }

    struct Full;

    impl Space for Full {
        async fn take(&mut self, _: usize) -> bool {
            false
        }
    }

    #[tokio::test]
    async fn a_body_there_is_no_room_for_is_read_to_its_end_and_refused() {
        let (sender, receiver) = mpsc::channel(1);
        let sending = async move {
            for _ in 0..3 {
                sender.send(b"012".as_slice()).await.unwrap();
            }
        };
        let mut full = Full;
        let (read, ()) = tokio::join!(read_as_it_fits(Body::new(Sent(receiver)), TEN, &mut full), sending);
        assert_eq!(read, Err(BodyError::NoRoom));
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_will_look_at_is_waited_for_a_minute_at_most() {
        let (sender, receiver) = mpsc::channel(1);
        // For two hours, unless nobody reads any more.
        let sending = async move {
            for sent in 0..720 {
                sleep(Duration::from_secs(10)).await;
                if sender.send(&b"a"[..]).await.is_err() {
                    return sent;
                }
            }
            720
        };
        let passing = pass_over(Body::new(Sent(receiver)));
        let ((), sent) = tokio::join!(passing, sending);
        assert!((5..=6).contains(&sent), "{sent} pieces were read, one every ten seconds");
    }

    #[tokio::test]
    async fn a_body_that_says_it_is_far_too_long_is_refused_before_it_comes() {
        let body = Body::from(vec![0; 21]);
        assert_eq!(body.size_hint().lower(), 21);
        assert_eq!(read(body, TEN).await, Err(BodyError::TooLarge));
    }
}

//! Bodies of requests.

use std::{future::poll_fn, pin::Pin};

use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use model::PHOTO_BYTES_MAX;
use serde_json::Value;

use crate::problem::ApiError;

/// The longest body of a JSON route, in bytes: 4,000 characters of description fit in even when each is written
/// as two escapes of six, and so does everything beside them.
const BODY_MAX: usize = 128 * 1024;
/// The longest body that is read to its end only to be refused.
const REFUSED_MAX: usize = 16 * BODY_MAX;
/// The same for a photo: whatever a camera makes is told that it is too large, not cut off.
const REFUSED_PHOTO_MAX: usize = 4 * PHOTO_BYTES_MAX;

/// Middleware: takes a body in whole before anything is answered.
///
/// A route may know early that it will refuse (a token that has ended, say). An answer while the body is still on
/// its way would close the connection under it: a phone on a slow line would see a broken network instead of the
/// refusal, and send the same again for ever.
pub(super) async fn whole(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body, BODY_MAX, REFUSED_MAX).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.into_response(),
    }
}

/// Takes in a photo whole.
pub(super) async fn photo(body: Body) -> Result<Vec<u8>, ApiError> {
    read(body, PHOTO_BYTES_MAX, REFUSED_PHOTO_MAX).await.map_err(|error| match error {
        ApiError::TooLarge => ApiError::PhotoTooLarge,
        ApiError::BadJson => ApiError::BrokenPhoto,
        other => other,
    })
}

/// Reads a photo that is refused to its end, so that the refusal arrives.
pub(super) async fn refuse(body: Body, error: ApiError) -> ApiError {
    // What else is wrong with it makes no difference any more.
    let _ = read(body, 0, REFUSED_PHOTO_MAX).await;
    error
}

async fn read(mut body: Body, max: usize, refused_max: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // The connection broke in the middle of the body.
        let frame = frame.map_err(|_| ApiError::BadJson)?;
        // Trailers say nothing to us.
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > refused_max {
            break;
        }
        if length <= max {
            bytes.extend_from_slice(&data);
        }
    }
    if length > max { Err(ApiError::TooLarge) } else { Ok(bytes) }
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
        serde_json::from_slice(&bytes).map(Self).map_err(|_| ApiError::BadJson)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

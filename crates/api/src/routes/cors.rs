//! Who may call the API from a page of another origin: everybody may read, listed origins may write.
//!
//! A foreign page holds no token of ours (they travel in a header, never in a cookie), but it has visitors. Were it
//! let write, it could make devices and support behind their backs, each from an address of its own, past every
//! limit that counts by address. What is public stays readable for every page: it is everybody's.

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderValue, Method, header, request::Parts};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::request_id::X_REQUEST_ID;

/// How long a browser may remember the answer to its question beforehand.
const MAX_AGE: Duration = Duration::from_secs(86_400);

pub(super) fn layer(writers: Arc<[HeaderValue]>) -> CorsLayer {
    let may = move |origin: &HeaderValue, parts: &Parts| reads(parts) || writers.contains(origin);
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(may))
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER, X_REQUEST_ID])
        .max_age(MAX_AGE)
        .vary([header::ORIGIN])
}

/// Whether a request reads, or asks beforehand whether it may.
fn reads(parts: &Parts) -> bool {
    let asked =
        parts.headers.get(header::ACCESS_CONTROL_REQUEST_METHOD).filter(|_| parts.method == Method::OPTIONS);
    let method = asked.map_or(parts.method.as_str().as_bytes(), HeaderValue::as_bytes);
    [b"GET".as_slice(), b"HEAD"].contains(&method)
}

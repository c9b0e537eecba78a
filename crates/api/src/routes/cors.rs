//! Who may call the API from a page of another origin: everybody.
//!
//! The portal may stand on another origin than its API, and a government may show reports on a page of its own. A
//! browser adds nothing by itself that would make a call somebody's (tokens travel in a header, never in a cookie),
//! so a foreign page can do no more than any program.

use std::time::Duration;

use axum::http::{Method, header};
use tower_http::cors::{Any, CorsLayer};

use crate::request_id::X_REQUEST_ID;

/// How long a browser may remember the answer to its question beforehand.
const MAX_AGE: Duration = Duration::from_secs(86_400);

pub(super) fn layer() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER, X_REQUEST_ID])
        .max_age(MAX_AGE)
        // The answer is the same whoever asks, so nobody on the way need keep one for each origin.
        .vary([])
}

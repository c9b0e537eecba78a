//! Headers that every answer carries.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// Marks an answer, as an extension of it, that is the same for everybody: whatever device asks, in whatever language.
/// One copy of it serves all who share a cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct SameForAll;

/// Middleware for the API: what may be kept by whom, and that nothing of it is a page.
pub(super) async fn api(request: Request, next: Next) -> Response {
    let by_device = request.headers().contains_key(header::AUTHORIZATION);
    let reads = request.method().is_safe();
    let mut response = next.run(request).await;
    let status = response.status();
    let same = response.extensions().get::<SameForAll>().is_some();
    let headers = response.headers_mut();
    if by_device {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    } else if !(status.is_success() || status == StatusCode::NOT_MODIFIED) || !reads {
        // The answer to a new device is its token.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    }
    if !same {
        headers.append(header::VARY, HeaderValue::from_static("authorization, accept-language"));
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    response
}

/// Middleware for everything.
pub(super) async fn all(request: Request, next: Next) -> Response {
    const SAFE: [(HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The street map's server must see where its tiles are shown, but not which report is read.
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(self), microphone=()"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in SAFE {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

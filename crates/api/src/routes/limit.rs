//! The limits, as they meet a request.

use axum::{
    extract::{Request, State},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::{
    App, auth,
    limits::{Network, Wish},
    problem::ApiError,
};

use super::{body, client};

/// Middleware for the API: who asks too much is told when to come again.
pub(super) async fn limited(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(limits) = &app.limits else { return next.run(request).await };
    let (parts, body) = request.into_parts();
    let network = Network::of(client::address(&parts.extensions, &parts.headers, &app.proxies));
    let device = auth::token(&parts.headers).map(auth::hash);
    match limits.check(wish(&parts), network, device.as_ref()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(exceeded) => {
            app.metrics.refused(exceeded.class);
            // Otherwise the answer may not reach whoever is still sending (see `body::whole`).
            body::pass_over(body).await;
            ApiError::TooMany { retry_after: exceeded.retry_after }.into_response()
        }
    }
}

fn wish(parts: &Parts) -> Wish {
    let path = parts.uri.path();
    if parts.method.is_safe() {
        Wish::Read
    } else if parts.method == Method::POST && path == "/devices" {
        Wish::Device
    } else if path.starts_with("/photos/") {
        Wish::Photo
    } else {
        Wish::Write
    }
}

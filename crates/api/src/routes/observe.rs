//! What whoever runs the server sees of a request: its id, and one line in the log.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument as _, info, info_span};

use crate::request_id::{RequestId, X_REQUEST_ID};

/// Middleware for everything: gives the request its id, and logs how it ended.
///
/// The log has the route, not the path and never the query: in them stand what a person typed and which report
/// they read. Nor does it have the address of whoever asked.
pub(super) async fn observed(mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    let span = info_span!("request", %id, method = %request.method(), route);
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert(X_REQUEST_ID, id.into());
    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
    info!(parent: &span, status = response.status().as_u16(), milliseconds, "answered");
    response
}

/// The route of what matches none: the portal's files, and addresses that are not there.
const UNMATCHED: &str = "-";

//! What whoever runs the server sees of a request: its id, one line in the log, and its share of the metrics.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument as _, info, info_span};

use crate::{
    metrics::Metrics,
    request_id::{RequestId, X_REQUEST_ID},
};

/// Middleware for everything: gives the request its id, logs how it ended and counts it.
///
/// The log has the route, not the path and never the query: in them stand what a person typed and which report
/// they read. Nor does it have the address of whoever asked.
pub(super) async fn observed(
    State(metrics): State<Arc<Metrics>>,
    mut request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    let method = request.method().clone();
    let span = info_span!("request", %id, %method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert(X_REQUEST_ID, id.into());
    let (status, took) = (response.status(), begun.elapsed());
    metrics.answered(&method, route, status, took);
    info!(parent: &span, status = status.as_u16(), milliseconds = took.as_secs_f64() * 1e3, "answered");
    response
}

/// The route of what matches none: the portal's files, and addresses that are not there.
const UNMATCHED: &str = "-";

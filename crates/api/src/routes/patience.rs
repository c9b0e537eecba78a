//! How long an answer may be worked on.

use std::time::Duration;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use crate::problem::ApiError;

/// As long as the portal waits for an answer: after that there is nobody to give it to.
const LIMIT: Duration = Duration::from_secs(30);
/// When to ask again, in seconds. Long enough for a queue to become shorter.
const RETRY_AFTER: u32 = 5;

/// Middleware: an answer that takes too long is given up. What was handed to the writer by then is written all the
/// same, so the refusal does not say that nothing was saved.
pub(super) async fn bounded(request: Request, next: Next) -> Response {
    within_limit(next.run(request)).await.unwrap_or_else(ApiError::into_response)
}

/// The same for a route that takes its body in by itself, and counts from then on.
pub(super) async fn within_limit<T>(answer: impl Future<Output = T>) -> Result<T, ApiError> {
    let overdue = ApiError::Overdue { retry_after: RETRY_AFTER };
    tokio::time::timeout(LIMIT, answer).await.map_err(|_| overdue)
}

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
    match tokio::time::timeout(LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::Overdue { retry_after: RETRY_AFTER }.into_response(),
    }
}

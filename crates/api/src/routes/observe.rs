//! What whoever runs the server sees of a request: its id, one line in the log, and its share of the metrics.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use tracing::{Instrument as _, Span, info, info_span};

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
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let observed = Observed::begin(metrics, id, &request);
    let mut response = next.run(request).instrument(observed.span.clone()).await;
    response.headers_mut().insert(X_REQUEST_ID, id.into());
    observed.answered(response.status());
    response
}

/// A request until its answer is there.
///
/// Where the client hangs up, or the server is told to stop at once, what would have made the answer is dropped
/// half-way, and no line after it is reached. What was asked for has cost the server all the same, and a city whose
/// phones give up is to be seen: so dropping this counts, too.
struct Observed {
    metrics: Arc<Metrics>,
    begun: Instant,
    method: Method,
    route: Option<MatchedPath>,
    span: Span,
    answered: bool,
}

impl Observed {
    fn begin(metrics: Arc<Metrics>, id: RequestId, request: &Request) -> Self {
        let method = request.method().clone();
        let route = request.extensions().get::<MatchedPath>().cloned();
        let span = info_span!("request", %id, %method, route = named(route.as_ref()));
        Self { metrics, begun: Instant::now(), method, route, span, answered: false }
    }

    fn answered(mut self, status: StatusCode) {
        self.answered = true;
        let took = self.begun.elapsed();
        self.metrics.answered(&self.method, named(self.route.as_ref()), status, took);
        let milliseconds = took.as_secs_f64() * 1e3;
        info!(parent: &self.span, status = status.as_u16(), milliseconds, "answered");
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        if !self.answered {
            let took = self.begun.elapsed();
            self.metrics.aborted(&self.method, named(self.route.as_ref()), took);
            let milliseconds = took.as_secs_f64() * 1e3;
            info!(parent: &self.span, status = "aborted", milliseconds, "nobody waits for the answer any more");
        }
    }
}

fn named(route: Option<&MatchedPath>) -> &str {
    route.map_or(UNMATCHED, MatchedPath::as_str)
}

/// The route of what matches none: the portal's files, and addresses that are not there.
const UNMATCHED: &str = "-";

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, pin::pin, task::Poll};

    use axum::{Router, body::Body, middleware};
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn a_request_whose_client_hangs_up_is_counted_once_as_aborted() {
        let metrics = Arc::new(Metrics::new());
        let ask = |router: Router| {
            let layer = middleware::from_fn_with_state(Arc::clone(&metrics), observed);
            router.layer(layer).oneshot(Request::get("/").body(Body::empty()).unwrap())
        };
        let counted = |status| {
            let labels = format!(r#"{{method="GET",route="-",status="{status}"}}"#);
            metrics.text().unwrap().contains(&format!("warga_http_request_seconds_count{labels} 1\n"))
        };
        ask(Router::new().fallback(|| async {})).await.unwrap();
        assert!(counted("2xx") && !counted("aborted"), "{}", metrics.text().unwrap());
        {
            let mut endless = pin!(ask(Router::new().fallback(std::future::pending::<()>)));
            assert!(poll_fn(|context| Poll::Ready(endless.as_mut().poll(context).is_pending())).await);
            assert!(!counted("aborted"), "somebody still waits");
        }
        assert!(counted("2xx") && counted("aborted"), "{}", metrics.text().unwrap());
    }
}

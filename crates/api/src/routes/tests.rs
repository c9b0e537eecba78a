//! What no client can bring about from outside, or only by waiting for minutes.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::StatusCode,
    response::Response,
};
use hyper::body::Frame;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::{
    metrics::Metrics,
    serve::{self, Config},
};

use super::*;

/// A body of which nothing ever comes.
struct Stalled;

impl HttpBody for Stalled {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

/// A server of an empty folder, without limits.
fn config(folder: &Path) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data: folder.to_owned(),
        photos: None,
        assets: None,
        prefix: String::new(),
        proxies: Vec::new(),
        writers: Vec::new(),
        limited: false,
    }
}

async fn answer(router: Router, request: Request) -> Response {
    router.oneshot(request).await.unwrap_or_else(|never| match never {})
}

/// The answer as a problem document of this status and kind.
async fn problem(response: Response, status: StatusCode, kind: &str) -> Value {
    assert_eq!(response.status(), status);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(document["type"], format!("urn:warga:problem:{kind}"));
    document
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let app = serve::open(&config(folder.path())).await.unwrap();
    let router = router(app, "", None).unwrap();
    for path in ["/api/v1/devices", "/api/v1/nowhere"] {
        let response = answer(router.clone(), Request::post(path).body(Body::new(Stalled)).unwrap()).await;
        assert_eq!(response.headers()["connection"], "close");
        problem(response, StatusCode::REQUEST_TIMEOUT, "timeout").await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_told_so() {
    let endless =
        Router::new().fallback(std::future::pending::<()>).layer(middleware::from_fn(patience::bounded));
    let response =
        answer(api_headers(endless, Arc::default()), Request::get("/").body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()["retry-after"], "5");
    problem(response, StatusCode::SERVICE_UNAVAILABLE, "overdue").await;
}

#[tokio::test]
async fn a_panic_is_answered_and_ends_nothing_else() {
    async fn fails() -> &'static str {
        panic!("a fault of ours")
    }
    let api = Router::new().fallback(fails).layer(CatchPanicLayer::new());
    let metrics = Arc::new(Metrics::new());
    let router =
        api_headers(api, Arc::default()).layer(middleware::from_fn_with_state(metrics, observe::observed));
    let ask = || answer(router.clone(), Request::get("/").body(Body::empty()).unwrap());
    let response = ask().await;
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let document = problem(response, StatusCode::INTERNAL_SERVER_ERROR, "internal").await;
    assert_eq!(document["instance"], format!("urn:uuid:{id}"));
    assert!(!document.to_string().contains("fault"), "what went wrong is told to the log only: {document}");
    problem(ask().await, StatusCode::INTERNAL_SERVER_ERROR, "internal").await;
}

#[tokio::test]
async fn a_tile_before_the_map_is_loaded_comes_a_second_later() {
    let folder = tempfile::tempdir().unwrap();
    // Opened, but nothing follows the store.
    let app = serve::open(&config(folder.path())).await.unwrap();
    let router = router(app, "", None).unwrap();
    let ask = |path: &str| answer(router.clone(), Request::get(path).body(Body::empty()).unwrap());
    let response = ask("/api/v1/tiles/0/0/0").await;
    assert_eq!(response.headers()["retry-after"], "1");
    problem(response, StatusCode::SERVICE_UNAVAILABLE, "not-loaded").await;
    problem(ask("/api/v1/tiles/19/0/0").await, StatusCode::NOT_FOUND, "no-tile").await;
    assert_eq!(ask("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ask("/healthz").await.status(), StatusCode::OK);
}

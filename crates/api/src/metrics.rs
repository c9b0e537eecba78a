//! What the server counts about itself, for `/metrics`.
//!
//! Every label comes from a list that the code knows: one that clients could choose would let them fill the memory.

use std::{fmt, sync::atomic::AtomicU64, time::Duration};

use axum::http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use crate::{limits::Class, server::Counted, store::WriterMetrics};

/// The numbers, and how they are told.
pub(crate) struct Metrics {
    registry: Registry,
    /// Connections, as they are taken in.
    pub connections: Counted,
    /// For how long nothing of what has changed is on the map, in seconds: set when somebody asks.
    pub map_behind: Gauge<f64, AtomicU64>,
    /// What the store's writer does.
    pub writer: WriterMetrics,
    answers: Family<Answered, Histogram>,
    refusals: Family<Refused, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    limit: &'static str,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("warga");
        let answers = Family::<Answered, Histogram>::new_with_constructor(seconds);
        registry.register(
            "http_request_seconds",
            "Requests, and how long their answers took to begin",
            answers.clone(),
        );
        let connections = Counted::default();
        registry.register("connections_open", "Connections that are open now", connections.open.clone());
        registry.register(
            "connections_refused",
            "Connections that were closed at once, because their address held its share of them already",
            connections.refused.clone(),
        );
        let refusals = Family::default();
        registry.register(
            "requests_refused",
            "Requests that were one too many, by the limit they met",
            refusals.clone(),
        );
        let map_behind = Gauge::default();
        registry.register(
            "map_behind_seconds",
            "For how long nothing of what has changed in the store is on the map",
            map_behind.clone(),
        );
        let writer = WriterMetrics::default();
        writer.register(&mut registry);
        Self { registry, connections, map_behind, writer, answers, refusals }
    }

    /// Counts a request. `route` is the template of the route, never the path.
    pub(crate) fn answered(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        self.ended(method, route, class_of(status), took);
    }

    /// Counts a request that ended before it had an answer: its client hung up, or the server was told to stop.
    pub(crate) fn aborted(&self, method: &Method, route: &str, took: Duration) {
        self.ended(method, route, "aborted", took);
    }

    fn ended(&self, method: &Method, route: &str, status: &'static str, took: Duration) {
        let labels = Answered { method: known(method), route: route.to_owned(), status };
        self.answers.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts a request that was one too many.
    pub(crate) fn refused(&self, class: Class) {
        self.refusals.get_or_create(&Refused { limit: class.name() }).inc();
    }

    /// All of them in the text format of OpenMetrics.
    ///
    /// # Errors
    /// Never, as long as a text can grow.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut told = String::new();
        text::encode(&mut told, &self.registry)?;
        Ok(told)
    }
}

/// From a millisecond to 16 seconds, each twice the one before.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 15))
}

/// HTTP allows methods of one's own.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn class_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

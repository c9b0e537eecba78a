//! What a store's writer counts about its work.

use prometheus_client::{
    metrics::{
        counter::Counter,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// Counted by the writer, told by whoever registers it.
#[derive(Debug, Clone)]
pub struct WriterMetrics {
    /// Writes that wait for their commit to begin.
    pub waiting: Gauge,
    /// Writes in one commit.
    pub batch: Histogram,
    /// How long a commit took, in seconds, from its beginning until the disk had it.
    pub seconds: Histogram,
    /// Commits that failed; everybody in them was told so.
    pub failed: Counter,
}

impl Default for WriterMetrics {
    fn default() -> Self {
        Self {
            waiting: Gauge::default(),
            // To the largest batch there is, 1,024.
            batch: Histogram::new(exponential_buckets(1.0, 2.0, 11)),
            // From half a millisecond to four seconds: a fast disk, and one that is not long for this world.
            seconds: Histogram::new(exponential_buckets(0.0005, 2.0, 14)),
            failed: Counter::default(),
        }
    }
}

impl WriterMetrics {
    /// Makes them part of what is told.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register(
            "store_writes_waiting",
            "Writes that wait for their commit to begin",
            self.waiting.clone(),
        );
        registry.register("store_commit_writes", "Writes in one commit", self.batch.clone());
        registry.register(
            "store_commit_seconds",
            "Commits, and how long they took until the disk had them",
            self.seconds.clone(),
        );
        registry.register(
            "store_commits_failed",
            "Commits that failed; everybody in them was told so",
            self.failed.clone(),
        );
    }
}

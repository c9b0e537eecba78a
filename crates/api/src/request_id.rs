//! What a request is called, in the log and in its answer.

use std::fmt;

use axum::http::{HeaderName, HeaderValue};
use uuid::{Builder, Uuid};

use crate::clock;

/// The header that tells it.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: a UUIDv7 of our own making, never one that came with it, which could be made up to mislead
/// whoever reads the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(Uuid);

impl RequestId {
    pub(crate) fn new() -> Self {
        let millis = u64::try_from(clock::now().millis()).unwrap_or_default();
        let mut random = [0; 10];
        // Nothing is guarded by it, so that it cannot be guessed does not matter.
        fastrand::fill(&mut random);
        Self(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// As the URI that a problem document names its occurrence by (RFC 9457, `instance`).
    pub(crate) fn urn(self) -> String {
        self.0.urn().to_string()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl From<RequestId> for HeaderValue {
    fn from(id: RequestId) -> Self {
        let mut buffer = Uuid::encode_buffer();
        let text: &str = id.0.hyphenated().encode_lower(&mut buffer);
        // Hexadecimal digits and hyphens always fit in a header.
        Self::from_str(text).unwrap_or(Self::from_static(""))
    }
}

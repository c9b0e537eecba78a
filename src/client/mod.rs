//! The only code that speaks HTTP to the API; one file a resource.

mod device;
mod error;
mod reports;
mod request;
mod site;
mod supports;

use std::sync::Arc;

use leptos::prelude::*;

pub(crate) use error::ClientError;
pub(crate) use reports::ReportFilter;

/// The API at one address. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    base: Arc<str>,
}

/// The client, from wherever below the root.
pub(crate) fn client() -> Client {
    expect_context()
}

impl Client {
    /// Provides a client of the API at `base` to everything below.
    pub(crate) fn provide(base: &str) -> Self {
        let client = Self { base: base.into() };
        provide_context(client.clone());
        client
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}

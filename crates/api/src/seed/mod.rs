//! Demo reports for a first start: made up, in real places, marked `demo` in the data.
//!
//! Places and sentences stand in `data/demo/`; the code only draws from them. Report number `n` of a day is the
//! same on every machine, so seeding twice adds nothing.

mod history;
mod place;
mod report;
mod tables;
mod text;

use std::mem;

use model::Timestamp;

use crate::{
    catalogue::Catalogue,
    store::{Store, StoreError},
};
use tables::Tables;

/// Reports in one transaction.
const BATCH: usize = 2000;

/// Why demo data could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A table of `data/demo` is not what it should be; a unit test keeps that from ever being released.
    #[error("the demo tables: {0}")]
    Tables(toml::de::Error),
    /// The tables and the catalogue have no city or no category in common.
    #[error("no city or no category of the demo tables is offered here")]
    NothingOffered,
    /// The store refused a batch; earlier ones stand.
    #[error("{0}")]
    Store(StoreError),
}

/// Puts `reports` demo reports into the store, spread over the eighteen months before the day of `now`, and
/// answers how many of them were new. The same number on the same day (UTC) adds nothing; a larger one adds
/// the difference.
///
/// # Errors
/// Whatever [`SeedError`] names.
pub async fn run(
    store: &dyn Store,
    catalogue: &Catalogue,
    reports: usize,
    now: Timestamp,
) -> Result<usize, SeedError> {
    let tables = Tables::read(catalogue)?;
    let mut added = 0;
    let mut batch = Vec::with_capacity(BATCH.min(reports));
    for number in 0..reports {
        batch.extend(report::make(&tables, number, now));
        if batch.len() == BATCH || number + 1 == reports {
            added += store.import(mem::take(&mut batch)).await.map_err(SeedError::Store)?.added;
        }
    }
    Ok(added)
}

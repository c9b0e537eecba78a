//! The JSON API of Warga: `routes -> services -> store`.
//!
//! Routes know HTTP, services know what may be done, the store knows how it is kept. The rules a submission must
//! keep live in `model`, which the portal shares.

mod auth;
pub mod catalogue;
pub mod cli;
mod clock;
pub mod import;
mod janitor;
mod limits;
mod metrics;
pub mod participants;
pub mod photos;
mod problem;
mod request_id;
mod routes;
pub mod seed;
pub mod serve;
mod server;
mod services;
pub mod store;
mod tiles;
mod words;

use std::sync::Arc;

use axum::{body::Bytes, http::HeaderValue};
use catalogue::Catalogue;
use ipnet::IpNet;
use limits::Limits;
use metrics::Metrics;
use participants::Participants;
use photos::{PhotoObjects, Workshop};
use store::Store;
use tiles::LiveMap;

/// What every route can reach.
#[derive(Clone)]
pub(crate) struct App {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What is shown on a map, in memory.
    pub(crate) map: Arc<LiveMap>,
    /// Where the bytes of photos are kept.
    pub photos: Arc<PhotoObjects>,
    /// Where photos are made.
    pub workshop: Arc<Workshop>,
    /// What this server offers.
    pub catalogue: Arc<Catalogue>,
    /// The same as `GET /site` answers it, written once.
    pub(crate) site: Bytes,
    /// Who takes part, and the provinces.
    pub participants: Arc<Participants>,
    /// How much anybody may ask; none where only this machine can ask.
    pub(crate) limits: Option<Arc<Limits>>,
    /// Whose word counts about where a request comes from.
    pub(crate) proxies: Arc<[IpNet]>,
    /// Origins of other servers' pages that may write.
    pub(crate) writers: Arc<[HeaderValue]>,
    /// What is counted for whoever runs the server.
    pub(crate) metrics: Arc<Metrics>,
}

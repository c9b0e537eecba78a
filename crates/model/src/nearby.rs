//! Reports around a place: has somebody told of it already?

use serde::{Deserialize, Serialize};

use crate::Report;

/// The answer of `GET /reports/nearby`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "reports": [{
        "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1",
        "category": "road",
        "description": "Lubang besar di depan pasar.",
        "lat": -6.9175,
        "lng": 107.6191,
        "attributes": {},
        "photos": [],
        "visibility": "anonymous",
        "status": "received",
        "status_since": "2026-11-22T03:04:05Z",
        "supports": 3,
        "created_at": "2026-11-22T03:04:05Z",
        "updated_at": "2026-11-22T03:04:05Z",
        "jurisdiction": "32.73",
        "demo": false,
        "updates": [],
        "distance_m": 41.5,
    }] })))]
pub struct NearbyReports {
    /// Open reports, the nearest first; at most 50.
    pub reports: Vec<NearbyReport>,
}

/// A report and how far away it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearbyReport {
    /// The report itself.
    #[serde(flatten)]
    pub report: Report,
    /// Metres from the place that was asked for, over a sphere of the earth's mean radius (6,371,008.8 m).
    pub distance_m: f64,
}

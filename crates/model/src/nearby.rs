//! Reports around a place: has somebody told of it already?

use serde::{Deserialize, Serialize};

use crate::Report;

/// The answer of `GET /reports/nearby`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

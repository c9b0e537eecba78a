//! Public reports, counted.

use serde::{Deserialize, Serialize};

use crate::Status;

/// The answer of `GET /statistics`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "reports": 12, "by": [{ "category": "road", "status": "received", "reports": 12 }] })))]
pub struct Statistics {
    /// All reports that were asked for.
    pub reports: u64,
    /// By category and status, pairs that occur, in their order.
    pub by: Vec<ReportCount>,
}

/// So many reports of a category and status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportCount {
    /// Its category's code.
    pub category: String,
    /// Its status.
    pub status: Status,
    /// How many.
    pub reports: u64,
}

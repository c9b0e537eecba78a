//! Support: "this concerns me too".

use serde::{Deserialize, Serialize};

use crate::ReportId;

/// The answer to supporting a report and to taking it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", "supports": 12, "supported": true })))]
pub struct Support {
    /// The report.
    pub id: ReportId,
    /// How many devices support it now.
    pub supports: u64,
    /// Whether this device is one of them.
    pub supported: bool,
}

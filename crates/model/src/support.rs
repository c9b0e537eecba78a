//! Support: "this concerns me too".

use serde::{Deserialize, Serialize};

use crate::ReportId;

/// The answer to supporting a report and to taking it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// The report.
    pub id: ReportId,
    /// How many devices support it now.
    pub supports: u64,
    /// Whether this device is one of them.
    pub supported: bool,
}

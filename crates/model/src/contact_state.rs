//! Whether the agency can still reach the reporter.

use serde::{Deserialize, Serialize};

use crate::ReportId;

/// The answer to taking one's contact back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", "contact": false })))]
pub struct ContactState {
    /// The report.
    pub id: ReportId,
    /// Whether a contact is kept with it.
    pub contact: bool,
}

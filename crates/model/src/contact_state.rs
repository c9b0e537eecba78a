//! Whether the agency can still reach the reporter.

use serde::{Deserialize, Serialize};

use crate::ReportId;

/// The answer to taking one's contact back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactState {
    /// The report.
    pub id: ReportId,
    /// Whether a contact is kept with it.
    pub contact: bool,
}

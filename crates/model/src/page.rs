//! A page of reports, and how reports are ordered.

use serde::{Deserialize, Serialize};

use crate::Report;

/// One page of a list of reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "reports": [], "next": null })))]
pub struct ReportPage {
    /// The reports, in the order that was asked for.
    pub reports: Vec<Report>,
    /// Pass it as `cursor` for what follows; null at the end.
    pub next: Option<String>,
}

/// The orders a list of reports can have. Each goes from the most to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!("newest")))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By `created_at`.
    #[default]
    Newest,
    /// By the number of supports.
    Supports,
    /// By `updated_at`.
    Updated,
}

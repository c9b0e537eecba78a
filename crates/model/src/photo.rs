//! Photos of a report, and those that others add to it.

use serde::{Deserialize, Serialize};

use crate::{PhotoId, ReportId};

/// The most bytes a photo may have on its way in.
pub const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;

/// A photo as the server keeps it: upright, scaled, without anything the camera wrote beside the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", "width": 1600, "height": 1200 })))]
pub struct Photo {
    /// Its id, for `/photos/{id}`.
    pub id: PhotoId,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// The answer to adding a photo to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", "photo": "019aa9b2-6a10-7c02-9d3b-51f0a8c7e2d4", "accepted": false })))]
pub struct Evidence {
    /// The report.
    pub id: ReportId,
    /// The photo.
    pub photo: PhotoId,
    /// Whether an officer has accepted it; only then others see it.
    pub accepted: bool,
}

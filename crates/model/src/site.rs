//! What a portal must know about the server it speaks to.

use serde::{Deserialize, Serialize};

use crate::{Category, PHOTO_BYTES_MAX, submission};

/// The answer of `GET /site`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
        "jurisdictions": [{
            "code": "32.73",
            "name": "Kota Bandung",
            "domain": "bandung.go.id",
            "center": [-6.9175, 107.6191],
            "bbox": [107.54, -6.97, 107.74, -6.83],
        }],
        "categories": [{
            "code": "road",
            "name": { "id": "Jalan rusak", "en": "Damaged road" },
            "dimension": "living",
            "attributes": [],
        }],
        "languages": ["id", "en"],
        "limits": { "description": 4000, "address": 300, "name": 100, "photos": 3, "photo_bytes": 10_485_760 },
    })))]
pub struct Site {
    /// The governments that take reports here.
    pub jurisdictions: Vec<Jurisdiction>,
    /// The kinds of problem, in the order they are offered.
    pub categories: Vec<Category>,
    /// The languages of titles and messages, the default first (BCP 47).
    pub languages: Vec<String>,
    /// What a report may hold.
    pub limits: Limits,
}

/// The government a report belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jurisdiction {
    /// Its Kemendagri code, `32.73`.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// The domain of its site, `bandung.go.id`.
    pub domain: String,
    /// Where a map of it is centred: `[lat, lng]`.
    pub center: [f64; 2],
    /// `[west, south, east, north]` in degrees.
    pub bbox: [f64; 4],
}

/// The bounds of what a report may hold, as the server enforces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Characters of a description.
    pub description: usize,
    /// Characters of an address.
    pub address: usize,
    /// Characters of a name.
    pub name: usize,
    /// Photos of a report.
    pub photos: usize,
    /// Bytes of a photo on its way in.
    pub photo_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            description: submission::DESCRIPTION_MAX,
            address: submission::ADDRESS_MAX,
            name: submission::NAME_MAX,
            photos: submission::PHOTOS_MAX,
            photo_bytes: PHOTO_BYTES_MAX,
        }
    }
}

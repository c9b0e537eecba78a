//! A report: one problem at one place, told by a citizen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Photo, PhotoId, ReportId, Status, Timestamp, UpdateId};

/// A report as everybody may read it. Nothing in it leads to who sent it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
        "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1",
        "category": "road",
        "description": "Lubang besar di depan pasar.\nSudah dua minggu.",
        "lat": -6.9175,
        "lng": 107.6191,
        "attributes": {},
        "photos": [],
        "visibility": "anonymous",
        "status": "verified",
        "status_since": "2026-11-22T04:00:00Z",
        "supports": 12,
        "created_at": "2026-11-22T03:04:05Z",
        "updated_at": "2026-11-22T04:00:00Z",
        "jurisdiction": "32.73",
        "demo": false,
        "updates": [{
            "id": "019aa9e5-5f00-7b1a-9c3d-4e5f60718293",
            "at": "2026-11-22T04:00:00Z",
            "status": "verified",
            "note": "Petugas kami sudah melihatnya."
        }],
    })))]
pub struct Report {
    /// Made on the phone.
    pub id: ReportId,
    /// The code of its category.
    pub category: String,
    /// What the citizen wrote.
    pub description: String,
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lng: f64,
    /// The place in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Answers to the questions of its category, by their code.
    #[serde(default)]
    pub attributes: Attributes,
    /// Its photos, the first one first.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// Who may see it.
    pub visibility: Visibility,
    /// The reporter's name, only where they asked for it to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub status_since: Timestamp,
    /// How many devices support it.
    pub supports: u64,
    /// Whether the asking device supports it; absent where no device asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supported: Option<bool>,
    /// When the server took it in.
    pub created_at: Timestamp,
    /// When the citizen saw the problem, by their phone's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
    /// Until when an answer was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The government it belongs to: a Kemendagri code, or [`crate::UNASSIGNED`].
    pub jurisdiction: String,
    /// Who in that government has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// For imported reports: the source and its own id, `profile:id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// True for made-up data that only shows what the portal does.
    pub demo: bool,
    /// For duplicates: the report that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<ReportId>,
    /// Its public history, oldest first.
    #[serde(default)]
    pub updates: Vec<Update>,
}

/// Answers by the code of their question.
pub type Attributes = BTreeMap<String, AttributeValue>;

/// An answer to a category's question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum AttributeValue {
    /// Words, an instant, or one chosen key.
    Text(String),
    /// A number.
    Number(f64),
    /// Several chosen keys.
    Keys(Vec<String>),
}

/// Who may see a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody, and a name that was given is shown.
    Public,
    /// Everybody, and no name is ever shown.
    #[default]
    Anonymous,
    /// Only the device that sent it and the agency of its jurisdiction.
    Private,
}

impl Visibility {
    /// The word as it travels and is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Anonymous => "anonymous",
            Self::Private => "private",
        }
    }
}

/// A dated public entry on a report: a change of status, an answer, a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Update {
    /// Its id.
    pub id: UpdateId,
    /// When it was made.
    pub at: Timestamp,
    /// The status it brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// The answer in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The id of a photo that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoId>,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
}

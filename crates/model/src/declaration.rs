//! Joining the Smart Citizen declaration: a device signs for one province, and can take that back.

use serde::{Deserialize, Serialize};

/// The body of `PUT /declaration`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "province": "32" })))]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The code of one of the provinces in `GET /declaration/counts`.
    pub province: String,
}

/// The answer to joining and to withdrawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "declaration", "province": "32" })))]
pub struct Declared {
    /// Always `declaration`: a device has one.
    pub id: DeclarationId,
    /// The province this device has signed for; null when it has not signed, or has withdrawn.
    pub province: Option<String>,
}

/// What `PUT` and `DELETE /declaration` act on, so that an answer can be told from a captive portal's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeclarationId {
    /// The one value.
    Declaration,
}

/// The answer of `GET /declaration/counts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "total": 12, "provinces": [{ "code": "32", "name": "Jawa Barat", "count": 12 }], "own": "32"
})))]
pub struct DeclarationCounts {
    /// How many devices have signed.
    pub total: u64,
    /// All provinces, by their code.
    pub provinces: Vec<ProvinceDeclarations>,
    /// The province this device has signed for. Only for who asks with a device's token and has signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<String>,
}

/// How many devices have signed for a province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProvinceDeclarations {
    /// Kemendagri's code of two digits.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Devices.
    pub count: u64,
}

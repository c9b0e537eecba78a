//! A device: an anonymous browser, never a person.

use serde::{Deserialize, Serialize};

/// What a device shows to prove that it is the same one as before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "token": "Zk3rGmQ0dP8yq2nJb6VwXs1uT4oLhC7eIa9fNzRtKxM" })))]
pub struct DeviceToken {
    /// 256 random bits in URL-safe base64; the server keeps only their hash.
    pub token: String,
}

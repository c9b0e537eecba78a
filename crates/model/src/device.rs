//! A device: an anonymous browser, never a person.

use serde::{Deserialize, Serialize};

/// What a device shows to prove that it is the same one as before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceToken {
    /// 256 random bits in URL-safe base64; the server keeps only their hash.
    pub token: String,
}

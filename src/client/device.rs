//! This browser as a device: the token it holds.

use gloo_net::http::Method;
use model::DeviceToken;

use super::{Client, ClientError, request::decoded};
use crate::local;

const KEPT: &str = "warga.device";

/// The token this browser holds already.
pub(super) fn kept_token() -> Option<String> {
    local::get(KEPT)
}

/// The server no longer knows the token.
pub(super) fn forget_token() {
    local::remove(KEPT);
}

impl Client {
    /// The token this browser holds, or a new one. A browser that keeps nothing is a new device each time.
    pub(super) async fn token(&self) -> Result<String, ClientError> {
        if let Some(token) = kept_token() {
            return Ok(token);
        }
        // Nothing is asked of a browser yet, so it brings nothing.
        let answer = self.send(Method::POST, "devices", None, Some("{}")).await?;
        let DeviceToken { token } = decoded(&answer)?;
        local::set(KEPT, &token);
        Ok(token)
    }
}

//! This browser as a device: the token it holds.

use std::sync::PoisonError;

use gloo_net::http::Method;
use model::DeviceToken;

use super::{
    Client, ClientError,
    request::{Body, decoded},
};
use crate::local;

const KEPT: &str = "warga.device";

impl Client {
    /// The token this browser holds, if it is a device already. A browser that keeps nothing is at least the same
    /// device until the page is closed.
    pub(super) fn held_token(&self) -> Option<String> {
        local::get(KEPT).or_else(|| self.token.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// The server no longer knows this token. Another one, renewed meanwhile, stays.
    pub(super) fn forget_token(&self, refused: &str) {
        if local::get(KEPT).as_deref() == Some(refused) {
            local::remove(KEPT);
        }
        let mut held = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_deref() == Some(refused) {
            *held = None;
        }
    }

    /// From now on this browser is another device.
    pub(crate) fn forget_device(&self) {
        local::remove(KEPT);
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The token this browser holds, or a new one.
    pub(super) async fn token(&self) -> Result<String, ClientError> {
        if let Some(token) = self.held_token() {
            return Ok(token);
        }
        // Nothing is asked of a browser yet, so it brings nothing.
        let answer = self.send(Method::POST, "devices", None, Some(Body::Json("{}")), None, false).await?;
        let DeviceToken { token } = decoded(&answer)?;
        local::set(KEPT, &token);
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(token)
    }
}

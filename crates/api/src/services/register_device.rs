//! A browser becomes a device.

use model::DeviceToken;

use crate::{App, auth, clock, problem::ApiError};

/// Makes a device and the token it is known by. Only the token's hash is kept.
pub(crate) async fn register_device(app: &App) -> Result<DeviceToken, ApiError> {
    let token = auth::new_token().map_err(|error| {
        tracing::error!(%error, "no randomness for a token");
        ApiError::Unavailable
    })?;
    app.store.add_device(auth::hash(&token), clock::now()).await?;
    Ok(DeviceToken { token })
}

//! Who asks: a device, by the token it holds.

use axum::{
    extract::{FromRef, FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::{
    App,
    problem::ApiError,
    store::{DeviceId, Hash},
};

/// A device that has shown its token. As an extractor it refuses whoever has none; `Option<Device>` lets those
/// without a token pass, but never a wrong one: a client must learn that its token has ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Device(pub DeviceId);

/// A new token: 256 random bits.
///
/// # Errors
/// When the system has no randomness to give.
pub(crate) fn new_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the store keeps of a token, or of anything else that is only ever compared.
#[must_use]
pub(crate) fn hash(secret: &str) -> Hash {
    Sha256::digest(secret).into()
}

/// The token that a request shows, whether or not any device holds it.
#[must_use]
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

impl<S> OptionalFromRequestParts<S> for Device
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ApiError> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(None);
        }
        let app = App::from_ref(state);
        let device = match token(&parts.headers) {
            Some(token) => app.store.device(hash(token)).await?,
            None => None,
        };
        device.map(|device| Some(Self(device))).ok_or(ApiError::UnknownToken)
    }
}

impl<S> FromRequestParts<S> for Device
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let device = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        device.ok_or(ApiError::NoToken)
    }
}

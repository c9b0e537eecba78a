//! `POST /devices`: a browser asks for a token.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use model::{DeviceToken, Problem};
use serde::Deserialize;

use crate::{
    App, auth,
    problem::ApiError,
    services::{read_body::read_body, register_device::register_device},
};

use super::body::JsonBody;

/// What a browser brings to become a device.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({ "challenge": "uY2kV0bQ7sXn", "solution": "41" }))]
#[serde(deny_unknown_fields)]
struct NewDevice {
    /// The challenge that was given; not looked at while no work is asked for.
    #[serde(default)]
    #[expect(dead_code, reason = "part of the contract; no work is asked for yet")]
    challenge: Option<String>,
    /// Its solution; not looked at while no work is asked for.
    #[serde(default)]
    #[expect(dead_code, reason = "part of the contract; no work is asked for yet")]
    solution: Option<String>,
}

/// What a browser is given to work on.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[schema(example = json!({ "challenge": "uY2kV0bQ7sXn" }))]
pub(super) struct Challenge {
    /// To be brought back with its solution. While no work is asked for, any solution will do, and none.
    challenge: String,
}

/// A challenge for a new device.
#[utoipa::path(
    get, path = "/devices/challenge",
    responses(
        (status = 200, body = Challenge),
    )
)]
pub(super) async fn get_challenge() -> Result<impl IntoResponse, ApiError> {
    let challenge = auth::new_token().map_err(|error| {
        tracing::error!(%error, "no randomness for a challenge");
        ApiError::Unavailable
    })?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(Challenge { challenge })))
}

/// Makes a device. The token is given this once and never again.
#[utoipa::path(
    post, path = "/devices", request_body = NewDevice,
    responses(
        (status = 201, body = DeviceToken),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post_device(
    State(app): State<App>,
    JsonBody(body): JsonBody,
) -> Result<(StatusCode, Json<DeviceToken>), ApiError> {
    let _: NewDevice = read_body(body)?;
    Ok((StatusCode::CREATED, Json(register_device(&app).await?)))
}

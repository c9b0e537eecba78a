//! `PUT /reports/{id}/evidence/{photo}`.

use axum::{
    Json,
    extract::{Path, State},
};
use model::{Evidence, FieldCode, FieldError, PhotoId, Problem, ReportId};

use crate::{App, auth::Device, problem::ApiError, services::add_evidence::add_evidence};

use super::reports::report_id;

/// Adds a photo to a report that is there already, at most three a device. Others see it once an officer has
/// accepted it.
#[utoipa::path(
    put, path = "/reports/{id}/evidence/{photo}",
    params(("id" = ReportId, Path), ("photo" = PhotoId, Path, description = "sent by this device, and on no report yet")),
    security(("device" = [])),
    responses(
        (status = 200, body = Evidence),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_evidence(
    State(app): State<App>,
    Path((id, photo)): Path<(String, String)>,
    Device(device): Device,
) -> Result<Json<Evidence>, ApiError> {
    let id = report_id(&id)?;
    let photo =
        photo.parse().map_err(|_| ApiError::Invalid(vec![FieldError::new("photo", FieldCode::Malformed)]))?;
    Ok(Json(add_evidence(&app, id, photo, device).await?))
}

//! `DELETE /reports/{id}/contact`.

use axum::{
    Json,
    extract::{Path, State},
};
use model::{ContactState, Problem, ReportId};

use crate::{App, auth::Device, problem::ApiError, services::take_back_contact::take_back_contact};

use super::reports::report_id;

/// Takes back how the agency reaches the reporter. Sending the report again does not bring it back.
#[utoipa::path(
    delete, path = "/reports/{id}/contact", params(("id" = ReportId, Path)), security(("device" = [])),
    responses(
        (status = 200, body = ContactState, description = "no contact is kept, whether there was one or not"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "the report of another device"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    Device(device): Device,
) -> Result<Json<ContactState>, ApiError> {
    Ok(Json(take_back_contact(&app, report_id(&id)?, device).await?))
}

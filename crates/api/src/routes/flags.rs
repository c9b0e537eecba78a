//! `PUT /reports/{id}/flag`.

use axum::{
    Json,
    extract::{Path, State},
};
use model::{Flag, Flagged, Problem, ReportId};

use crate::{App, auth::Device, problem::ApiError, services::flag_report::flag_report};

use super::{body::JsonBody, reports::report_id};

/// Says that a report should not stand here as it does. A device flags a report once: what it says later replaces
/// what it said before. Nobody is told who has flagged what.
#[utoipa::path(
    put, path = "/reports/{id}/flag", params(("id" = ReportId, Path)), security(("device" = [])),
    request_body(content = Flag, example = json!({"reason": "personal_data", "note": "Nomor pelat mobil terlihat jelas."})),
    responses(
        (status = 200, body = Flagged),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_flag(
    State(app): State<App>,
    Path(id): Path<String>,
    Device(device): Device,
    JsonBody(body): JsonBody,
) -> Result<Json<Flagged>, ApiError> {
    Ok(Json(flag_report(&app, report_id(&id)?, body, device).await?))
}

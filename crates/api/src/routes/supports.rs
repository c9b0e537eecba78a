//! `PUT` and `DELETE /reports/{id}/support`.

use axum::{
    Json,
    extract::{Path, State},
};
use model::{Problem, ReportId, Support};

use crate::{App, auth::Device, problem::ApiError, services::support_report::support_report};

use super::reports::report_id;

/// Supports a report. One device counts once, however often it asks.
#[utoipa::path(
    put, path = "/reports/{id}/support", params(("id" = ReportId, Path)), security(("device" = [])),
    responses(
        (status = 200, body = Support),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_support(
    State(app): State<App>,
    Path(id): Path<String>,
    Device(device): Device,
) -> Result<Json<Support>, ApiError> {
    Ok(Json(support_report(&app, report_id(&id)?, device, true).await?))
}

/// Takes the support of this device back.
#[utoipa::path(
    delete, path = "/reports/{id}/support", params(("id" = ReportId, Path)), security(("device" = [])),
    responses(
        (status = 200, body = Support),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_support(
    State(app): State<App>,
    Path(id): Path<String>,
    Device(device): Device,
) -> Result<Json<Support>, ApiError> {
    Ok(Json(support_report(&app, report_id(&id)?, device, false).await?))
}

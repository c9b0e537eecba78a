//! `/reports` and `/reports/{id}`.

mod params;

use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use model::{FieldCode, FieldError, Problem, Report, ReportId, ReportPage, Sort, Submission, Timestamp};

use crate::{
    App,
    auth::Device,
    problem::ApiError,
    services::submit_report::{Submitted, submit_report},
};

use super::body::JsonBody;

/// A page of public reports. Private ones are in no list, not even their own device's.
///
/// A page may have fewer than `limit` and yet a `next`: it ends once the descriptions on it pass a mebibyte.
#[utoipa::path(
    get, path = "/reports",
    params(
        ("bbox" = Option<String>, Query, description = "minLng,minLat,maxLng,maxLat in degrees; west > east crosses the antimeridian", pattern = "^-?(?:180(?:\\.0+)?|(?:1[0-7][0-9]|[0-9]{1,2})(?:\\.[0-9]+)?),-?(?:90(?:\\.0+)?|[0-8]?[0-9](?:\\.[0-9]+)?),-?(?:180(?:\\.0+)?|(?:1[0-7][0-9]|[0-9]{1,2})(?:\\.[0-9]+)?),-?(?:90(?:\\.0+)?|[0-8]?[0-9](?:\\.[0-9]+)?)$", example = "107.5,-7.0,107.75,-6.8"),
        ("category" = Option<String>, Query, description = "category codes, comma-separated", example = "road,flood"),
        ("status" = Option<String>, Query, description = "statuses, comma-separated", example = "received,verified"),
        ("jurisdiction" = Option<String>, Query, description = "a Kemendagri code, or unassigned", example = "32.73"),
        ("since" = Option<Timestamp>, Query, description = "taken in at this RFC 3339 time or later", example = "2026-01-01T00:00:00Z"),
        ("sort" = Option<Sort>, Query, description = "newest (default), supports or updated", example = "newest"),
        ("limit" = Option<u16>, Query, minimum = 1, maximum = 500, description = "default 50", example = 50),
        ("cursor" = Option<String>, Query, description = "`next` of the page before, with the same other parameters", pattern = "^[A-Za-z0-9_-]{43}$", example = "Y3Vyc29yMDGAAAGTrCZcQAGaqbJcQH0xj24rfEDZ5aE"),
    ),
    security((), ("device" = [])),
    responses(
        (status = 200, body = ReportPage),
    )
)]
pub(super) async fn list_reports(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    device: Option<Device>,
) -> Result<Json<ReportPage>, ApiError> {
    let query = params::report_query(query.as_deref().unwrap_or(""), &app.catalogue)?;
    Ok(Json(app.store.reports(query, device.map(|Device(device)| device)).await?))
}

/// One report.
#[utoipa::path(
    get, path = "/reports/{id}", params(("id" = ReportId, Path)),
    security((), ("device" = [])),
    responses(
        (status = 200, body = Report),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_report(
    State(app): State<App>,
    Path(id): Path<String>,
    device: Option<Device>,
) -> Result<Json<Report>, ApiError> {
    let id = report_id(&id)?;
    let report = app.store.report(id, device.map(|Device(device)| device)).await?;
    report.map(Json).ok_or(ApiError::NoReport)
}

/// Sends a report. The id is made on the phone, so the same may be sent again until an answer arrives.
#[utoipa::path(
    put, path = "/reports/{id}", params(("id" = ReportId, Path)), request_body = Submission,
    security(("device" = [])),
    responses(
        (status = 201, body = Report, description = "taken in and durable"),
        (status = 200, body = Report, description = "the same was sent before"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "something else stands under this id"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_report(
    State(app): State<App>,
    Path(id): Path<String>,
    Device(device): Device,
    JsonBody(body): JsonBody,
) -> Result<(StatusCode, Json<Report>), ApiError> {
    // For a write a bad id is the sender's mistake, to be told as one; for a read it is simply not there.
    let id = id.parse().map_err(|_| ApiError::Invalid(vec![FieldError::new("id", FieldCode::Malformed)]))?;
    match submit_report(&app, id, body, device).await? {
        Submitted::New(report) => Ok((StatusCode::CREATED, Json(report))),
        Submitted::Again(report) => Ok((StatusCode::OK, Json(report))),
    }
}

/// The id in a path; what cannot be an id of a report is an unknown report.
pub(super) fn report_id(text: &str) -> Result<ReportId, ApiError> {
    text.parse().map_err(|_| ApiError::NoReport)
}

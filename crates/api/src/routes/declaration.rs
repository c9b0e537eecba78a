//! `PUT` and `DELETE /declaration`, and `GET /declaration/counts`.

use axum::{Json, extract::State, http::header, response::IntoResponse};
use model::{Declaration, DeclarationCounts, Declared, Problem, Province, ProvinceDeclarations};

use crate::{
    App,
    auth::Device,
    problem::ApiError,
    services::{join_declaration::join_declaration, withdraw_declaration::withdraw_declaration},
    store::DeclarationRows,
};

use super::body::JsonBody;

/// Joins the Smart Citizen declaration for a province. A device counts once, however often it asks.
#[utoipa::path(
    put, path = "/declaration", request_body = Declaration, security(("device" = [])),
    responses(
        (status = 200, body = Declared, description = "signed for this province, now or before"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "signed for another province"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn put_declaration(
    State(app): State<App>,
    Device(device): Device,
    JsonBody(body): JsonBody,
) -> Result<Json<Declared>, ApiError> {
    Ok(Json(join_declaration(&app, body, device).await?))
}

/// Withdraws from the declaration. After it, any province may be signed for.
#[utoipa::path(
    delete, path = "/declaration", security(("device" = [])),
    responses(
        (status = 200, body = Declared, description = "not signed for any province, since now or before"),
    )
)]
pub(super) async fn delete_declaration(
    State(app): State<App>,
    Device(device): Device,
) -> Result<Json<Declared>, ApiError> {
    Ok(Json(withdraw_declaration(&app, device).await?))
}

/// How many devices have signed, by province, and for which one the asking device has.
#[utoipa::path(
    get, path = "/declaration/counts", security((), ("device" = [])),
    responses((status = 200, body = DeclarationCounts))
)]
pub(super) async fn get_counts(
    State(app): State<App>,
    device: Option<Device>,
) -> Result<impl IntoResponse, ApiError> {
    let rows = app.store.declarations(device.map(|Device(device)| device)).await?;
    // Not for a device's own answer, which nobody may keep: who has just joined sees it at once.
    let cache = [(header::CACHE_CONTROL, "public, max-age=60")];
    Ok((cache, Json(counts(rows, app.participants.provinces()))))
}

/// Every province, whether or not anybody has signed for it.
fn counts(rows: DeclarationRows, provinces: &[Province]) -> DeclarationCounts {
    let count =
        |code: &str| rows.by_province.iter().find(|(of, _)| of == code).map_or(0, |(_, count)| *count);
    let provinces = provinces.iter().map(|province| ProvinceDeclarations {
        code: province.code.clone(),
        name: province.name.clone(),
        count: count(&province.code),
    });
    DeclarationCounts {
        provinces: provinces.collect(),
        total: rows.by_province.iter().map(|(_, count)| count).sum(),
        own: rows.own,
    }
}

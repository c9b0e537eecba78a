//! `GET /statistics`.

use axum::{
    Json,
    extract::{RawQuery, State},
    http::header,
    response::IntoResponse,
};
use model::{FieldCode, Statistics};

use crate::{App, catalogue::Catalogue, problem::ApiError, store::StatisticsQuery};

use super::query::{self, categories, jurisdiction};

/// How many public reports there are, by category and status. Private ones are in no number, for nobody.
#[utoipa::path(
    get, path = "/statistics",
    params(
        ("jurisdiction" = Option<String>, Query, description = "a Kemendagri code, or unassigned", example = "32.73"),
        ("category" = Option<String>, Query, description = "category codes, comma-separated", example = "road,flood"),
    ),
    responses((status = 200, body = Statistics))
)]
pub(super) async fn get_statistics(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let query = statistics_query(query.as_deref().unwrap_or(""), &app.catalogue)?;
    let statistics = app.store.statistics(query).await?;
    // The same for everybody; a minute later nobody decides otherwise by it.
    Ok(([(header::CACHE_CONTROL, "public, max-age=60")], Json(statistics)))
}

/// Reads the parameters; every wrong one is named in one answer.
fn statistics_query(query: &str, catalogue: &Catalogue) -> Result<StatisticsQuery, ApiError> {
    let mut asked = StatisticsQuery { jurisdiction: None, categories: Vec::new() };
    let errors = query::read(query, |name, value| match name {
        "jurisdiction" => jurisdiction(value, catalogue).map(|code| asked.jurisdiction = Some(code)),
        "category" => categories(&value, catalogue).map(|codes| asked.categories = codes),
        _ => Err(FieldCode::UnknownField),
    });
    if errors.is_empty() { Ok(asked) } else { Err(ApiError::BadQuery(errors)) }
}

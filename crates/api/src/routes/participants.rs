//! `/participants`, `/participants/{id}` and `/participants/summary`: who takes part in making cities smart.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, header},
    response::IntoResponse,
};
use model::{MovementSummary, Participant, Participants, Problem};

use crate::{App, problem::ApiError};

/// Changes with a new version of the server only: an hour-old copy does no harm, and for a day the next visit is shown
/// what it has while it asks again.
const KEPT: [(HeaderName, &str); 1] =
    [(header::CACHE_CONTROL, "public, max-age=3600, stale-while-revalidate=86400")];

/// Everybody who takes part: regions by their code, declarators by province, partners.
#[utoipa::path(get, path = "/participants", responses((status = 200, body = Participants)))]
pub(super) async fn list_participants(State(app): State<App>) -> impl IntoResponse {
    (KEPT, super::json(app.participants.list()))
}

/// The Smart City Movement in numbers: what officials said, and what can be counted.
#[utoipa::path(get, path = "/participants/summary", responses((status = 200, body = MovementSummary)))]
pub(super) async fn get_summary(State(app): State<App>) -> impl IntoResponse {
    (KEPT, super::json(app.participants.summary()))
}

/// One participant, with all that is known of it.
#[utoipa::path(
    get, path = "/participants/{id}",
    params(("id" = String, Path, description = "`kind:code`", example = "kota:32.73")),
    responses(
        (status = 200, body = Participant),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no participant has this id"),
    )
)]
pub(super) async fn get_participant(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let id = id.parse().map_err(|_| ApiError::NoParticipant)?;
    let found = app.participants.find(&id).ok_or(ApiError::NoParticipant)?;
    Ok((KEPT, Json(found.clone())))
}

//! `/participants`, `/participants/{id}` and `/participants/summary`: who takes part in making cities smart.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{MovementSummary, Participant, Participants, Problem};

use crate::{App, participants::Written, problem::ApiError};

use super::entity_tag::is_known;

/// Changes with a new version of the server only: an hour-old copy does no harm, and for a day the next visit is shown
/// what it has while it asks again.
const KEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

/// Everybody who takes part: regions by their code, declarators by province, partners.
#[utoipa::path(
    get, path = "/participants",
    responses(
        (status = 200, body = Participants),
        (status = 304, description = "the caller has it (`If-None-Match`)"),
    )
)]
pub(super) async fn list_participants(State(app): State<App>, headers: HeaderMap) -> Response {
    once(app.participants.list(), &headers)
}

/// The Smart City Movement in numbers: what officials said, and what can be counted.
#[utoipa::path(
    get, path = "/participants/summary",
    responses(
        (status = 200, body = MovementSummary),
        (status = 304, description = "the caller has it (`If-None-Match`)"),
    )
)]
pub(super) async fn get_summary(State(app): State<App>, headers: HeaderMap) -> Response {
    once(app.participants.summary(), &headers)
}

/// One participant, with all that is known of it.
#[utoipa::path(
    get, path = "/participants/{id}",
    params(("id" = String, Path, description = "`kind:code`", pattern = "^(?:kabupaten|kota|declarator|ministry|industry|initiator):[a-z0-9.-]{1,40}$", example = "kota:32.73")),
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

/// What is written already, to those who do not have it yet.
fn once(written: &Written, headers: &HeaderMap) -> Response {
    let tagged = (KEPT, [(header::ETAG, written.tag.clone())]);
    if is_known(headers, &written.tag) {
        return (StatusCode::NOT_MODIFIED, tagged).into_response();
    }
    (tagged, super::json(written.json.clone())).into_response()
}

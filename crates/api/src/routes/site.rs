//! `GET /site`: what a portal must know about this server.

use axum::{extract::State, http::header, response::IntoResponse};
use model::Site;

use crate::App;

/// Categories, jurisdictions, languages and limits.
#[utoipa::path(get, path = "/site", responses((status = 200, body = Site)))]
pub(super) async fn get_site(State(app): State<App>) -> impl IntoResponse {
    // Changes with a new version of the server only; a day-old copy does no harm, a fresh one costs five kilobytes.
    let cache = [(header::CACHE_CONTROL, "public, max-age=300, stale-while-revalidate=86400")];
    (cache, super::json(app.site))
}

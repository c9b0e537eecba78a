//! HTTP: paths, parameters, bodies, headers.

mod body;
mod client;
mod contact;
mod cors;
mod declaration;
mod devices;
mod encoding;
mod entity_tag;
mod evidence;
mod flags;
mod headers;
mod health;
mod limit;
mod nearby;
mod observe;
mod offered;
mod participants;
mod patience;
mod photos;
mod portal;
mod query;
mod reports;
mod share;
mod shared_answers;
mod site;
mod statistics;
mod supports;
mod tiles;

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderValue, header},
    middleware,
    response::IntoResponse,
    routing::{any, get},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _},
};
use utoipa::{Modify as _, OpenApi, openapi};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    App,
    problem::{self, ApiError, NamedErrors},
};

use offered::Offered;
use shared_answers::SharedAnswers;

#[derive(OpenApi)]
#[openapi(
    info(title = "Warga", description = "Citizens' reports of a smart city, and support for them."),
    components(schemas(model::Problem, model::Sort, crate::photos::Size)),
    modifiers(&DeviceTokenScheme)
)]
struct ApiDoc;

struct DeviceTokenScheme;

impl utoipa::Modify for DeviceTokenScheme {
    fn modify(&self, document: &mut openapi::OpenApi) {
        use openapi::security::{Http, HttpAuthScheme, SecurityScheme};
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document.components.get_or_insert_default().add_security_scheme("device", scheme);
    }
}

/// Everything this server answers: the API, its health, and the portal where its files are given.
pub(crate) fn router(app: App, prefix: &str, assets: Option<&Path>) -> anyhow::Result<Router> {
    let (api, mut document) = OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(site::get_site))
        .routes(routes!(devices::get_challenge))
        .routes(routes!(devices::post_device))
        .routes(routes!(reports::list_reports))
        .routes(routes!(nearby::list_nearby))
        .routes(routes!(statistics::get_statistics))
        .routes(routes!(tiles::get_tile))
        .routes(routes!(reports::get_report, reports::put_report))
        .routes(routes!(supports::put_support, supports::delete_support))
        .routes(routes!(evidence::put_evidence))
        .routes(routes!(flags::put_flag))
        .routes(routes!(contact::delete_contact))
        .routes(routes!(participants::list_participants))
        .routes(routes!(participants::get_summary))
        .routes(routes!(participants::get_participant))
        .routes(routes!(declaration::put_declaration, declaration::delete_declaration))
        .routes(routes!(declaration::get_counts))
        .split_for_parts();
    let (photos, photos_document) =
        OpenApiRouter::new().routes(routes!(photos::get_photo, photos::put_photo)).split_for_parts();
    document.merge(photos_document);
    SharedAnswers.modify(&mut document);
    Offered { catalogue: &app.catalogue, provinces: app.participants.provinces() }.modify(&mut document);
    document.servers = Some(vec![openapi::Server::new(format!("{prefix}/api/v1"))]);
    NamedErrors.modify(&mut document);
    // Written once, not for everybody who asks.
    let document = Bytes::from(serde_json::to_vec(&document)?);
    let api = api
        .route("/openapi.json", get(move || async move { json(document) }))
        .fallback(no_route)
        .method_not_allowed_fallback(|| async { ApiError::Method })
        .layer(middleware::from_fn(patience::bounded))
        .layer(middleware::from_fn(body::whole))
        // Below those layers: a photo is longer than any JSON, and is taken in where there is room for it.
        .merge(photos.method_not_allowed_fallback(|| async { ApiError::Method }))
        .layer(middleware::from_fn_with_state(app.clone(), limit::limited))
        .layer(CatchPanicLayer::new())
        .with_state(app.clone());
    // Nesting leaves this one path out; where there is a portal, it would answer with its page.
    let beside = Router::new().route("/api/v1/", any(no_route));
    let writers = Arc::clone(&app.writers);
    let everything = match assets {
        Some(assets) => api_headers(Router::new().nest("/api/v1", api).merge(beside), writers)
            .merge(portal::router(app.clone(), assets, prefix)?),
        None => api_headers(Router::new().nest("/api/v1", api).merge(beside).fallback(no_route), writers),
    };
    let everything = if prefix.is_empty() {
        everything
    } else {
        // Again the path that nesting leaves out, and here it is the portal's own address.
        let home = everything.clone().into_service();
        Router::new().nest(prefix, everything).route_service(&format!("{prefix}/"), home)
    };
    Ok(everything
        .merge(health::router().with_state(app.clone()))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(tiles::is_unsettled)))
        .layer(middleware::from_fn(headers::all))
        .layer(middleware::from_fn_with_state(app.metrics, observe::observed)))
}

/// What every answer of the API gets on its way out: failures their document, all their headers, and those for pages
/// of another origin last, so that they can read a failure too.
fn api_headers(router: Router, writers: Arc<[HeaderValue]>) -> Router {
    router
        .layer(middleware::from_fn(problem::render))
        .layer(middleware::from_fn(headers::api))
        .layer(cors::layer(writers))
}

/// An answer of JSON that is written already.
fn json(written: Bytes) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], written)
}

async fn no_route() -> ApiError {
    ApiError::NoRoute
}

#[cfg(test)]
mod tests;

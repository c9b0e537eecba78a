//! The portal's files: hashed ones are kept for good, the page itself is asked for anew.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::share::{self, Place};
use crate::{App, words::Language};

/// How whoever stands in front says that the browser came by TLS.
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Why a folder cannot be served as the portal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PortalError {
    /// A file that every built portal has is not there.
    #[error("{file}: {source} (is the portal built? `cargo xtask build`)")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `site.json` is not what the portal reads.
    #[error("{file}: {source}")]
    Settings {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A header cannot be made of what `site.json` says.
    #[error("site.json names a server that fits in no header: {0}")]
    Header(#[from] axum::http::header::InvalidHeaderValue),
}

/// What of `site.json` the server must know: where the portal may load pictures and data from.
#[derive(Deserialize)]
struct Settings {
    #[serde(default)]
    api: Option<String>,
    #[serde(default)]
    tiles: Option<Service>,
    #[serde(default)]
    search: Option<Service>,
}

/// A server of others that the portal asks: for pictures of streets, for places by name.
#[derive(Deserialize)]
struct Service {
    url: String,
}

struct Portal {
    app: App,
    files: ServeDir,
    assets: PathBuf,
    prefix: String,
}

/// The page and the policy it is sent under.
type Page = (String, HeaderValue);

/// Serves the built portal in `assets`; every path that names no file is the portal's page.
pub(super) fn router(app: App, assets: &Path, prefix: &str) -> Result<Router, PortalError> {
    let portal = Portal {
        app,
        files: ServeDir::new(assets)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip(),
        assets: assets.to_owned(),
        prefix: prefix.to_owned(),
    };
    // Read once now, so that a missing build or a broken setting is told at the start.
    portal.read()?;
    Ok(Router::new().fallback(page_or_file).layer(middleware::from_fn(caching)).with_state(Arc::new(portal)))
}

async fn page_or_file(State(portal): State<Arc<Portal>>, request: Request) -> Response {
    let path = request.uri().path();
    let last = path.rsplit('/').next().unwrap_or_default();
    // Routes of the portal have no dot in them, but for the ids of participants; files all do, and never a colon.
    let is_id = last.contains(':') || last.contains("%3A") || last.contains("%3a");
    if !last.contains('.') || last == "index.html" || is_id {
        if !request.method().is_safe() {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        return page(portal, request).await;
    }
    match portal.files.clone().oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

/// The page, read anew each time: a bundle that replaces the old one has other names in it, and whoever edits
/// `site.json` may have named another street map.
async fn page(portal: Arc<Portal>, request: Request) -> Response {
    let reading = Arc::clone(&portal);
    match tokio::task::spawn_blocking(move || reading.read()).await {
        Ok(Ok((page, policy))) => {
            let page = portal.told(page, request.uri().path(), request.headers()).await;
            let mut response = ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response();
            // A report's page speaks the caller's language in its head.
            response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
            response
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the portal's page cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Portal {
    fn read(&self) -> Result<Page, PortalError> {
        // The bundle names its files relative to the base, so this one line moves it under any prefix.
        let base = format!(r#"<base href="{}/">"#, self.prefix);
        let page = self.file("index.html")?.replace(r#"<base href="/">"#, &base);
        let settings: Settings = serde_json::from_str(&self.file("site.json")?)
            .map_err(|source| PortalError::Settings { file: self.assets.join("site.json"), source })?;
        Ok((page, HeaderValue::from_str(&policy(&settings))?))
    }

    /// The page of a public report says in its head what the report says.
    async fn told(&self, page: String, path: &str, headers: &HeaderMap) -> String {
        let Some(id) = path.strip_prefix("/reports/").and_then(|id| id.trim_end_matches('/').parse().ok())
        else {
            return page;
        };
        // As nobody in particular. What fails here is asked for again by the portal, which says so.
        let Ok(Some(report)) = self.app.store.report(id, None).await else { return page };
        share::tell(&page, &report, &self.app.catalogue, Language::of(headers), &self.place(headers))
    }

    /// The address the browser sees. It goes back to whoever sent these headers and to nobody else.
    fn place(&self, headers: &HeaderMap) -> Place {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let scheme = text(FORWARDED_PROTO).filter(|scheme| *scheme == "https").unwrap_or("http");
        Place(text(header::HOST).map(|host| format!("{scheme}://{host}{}", self.prefix)))
    }

    fn file(&self, name: &str) -> Result<String, PortalError> {
        let file = self.assets.join(name);
        std::fs::read_to_string(&file).map_err(|source| PortalError::File { file, source })
    }
}

/// Trunk and esbuild put sixteen hexadecimal digits of the content into a name: such a file never changes.
async fn caching(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let kept = if hashed && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    append_vary(response.headers_mut());
    response
}

fn append_vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
}

fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Nothing inline, nothing from elsewhere but the street map's pictures, the search for places and, where it is
/// elsewhere, the API.
fn policy(settings: &Settings) -> String {
    let of = |service: &Option<Service>| service.as_ref().and_then(|service| origin(&service.url));
    let api = settings.api.as_deref().and_then(origin);
    let from = |own: &str, others: [Option<String>; 2]| {
        others.into_iter().flatten().fold(own.to_owned(), |list, other| format!("{list} {other}"))
    };
    let pictures = from("'self' data: blob:", [of(&settings.tiles), api.clone()]);
    let answers = from("'self'", [api, of(&settings.search)]);
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src {pictures}; \
         connect-src {answers}; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'self'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// `https://{s}.tile.example/{z}/…` to `https://*.tile.example`. A path on the own origin has none.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next().unwrap_or(rest);
    let safe = |c: char| c.is_ascii_alphanumeric() || ".-:[]*".contains(c);
    let host = host.replace("{s}", "*");
    (matches!(scheme, "http" | "https") && host.chars().all(safe)).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_lets_in_the_tile_server_and_no_more() {
        assert_eq!(
            origin("https://{s}.tile.example/{z}/{x}/{y}.png").as_deref(),
            Some("https://*.tile.example")
        );
        assert_eq!(origin("http://127.0.0.1:8081/{z}").as_deref(), Some("http://127.0.0.1:8081"));
        assert_eq!(origin("/tiles/{z}/{x}/{y}.png"), None);
        assert_eq!(origin("https://evil.example; script-src *"), None);
    }

    #[test]
    fn what_site_json_names_may_be_asked_and_nothing_else() {
        let settings: Settings = serde_json::from_str(
            r#"{"api": "https://api.example/api/v1", "tiles": {"url": "https://tile.example/{z}"},
                "search": {"url": "https://photon.example/api/?q={query}"}}"#,
        )
        .unwrap();
        let policy = policy(&settings);
        assert!(
            policy.contains("connect-src 'self' https://api.example https://photon.example;"),
            "{policy}"
        );
        assert!(
            policy.contains("img-src 'self' data: blob: https://tile.example https://api.example;"),
            "{policy}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
    }

    #[test]
    fn only_hashed_names_are_kept_for_good() {
        assert!(is_hashed("/warga-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("/lapor/app-0123456789abcdef.css"));
        assert!(!is_hashed("/site.json"));
        assert!(!is_hashed("/reports/0190163d-8694-739b-aea5-966c26f8ad91"));
    }
}

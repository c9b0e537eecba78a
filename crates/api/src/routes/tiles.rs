//! `GET /tiles/{z}/{x}/{y}`: what a map shows of one square of the world.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header},
    response::{IntoResponse, Response},
};
use geo::TileAddress;
use model::{Problem, Tile};
use sha2::{Digest as _, Sha256};

use super::{encoding::Encoding, entity_tag::is_known, headers::SameForAll};
use crate::{App, problem::ApiError, tiles::NoTile};

/// How long others may keep a tile: seconds, as a report that somebody has just sent is looked for; while it is asked
/// for anew, the old one is shown at once.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=10, stale-while-revalidate=300");

/// A square of the map in the scheme of OpenStreetMap (web mercator, `x` from 180° W, `y` from 85.0511° N, each below
/// `2^z`). Western and northern edges are a tile's own, so every public report lies in exactly one tile of a zoom;
/// what lies nearer to a pole is moved to the edge of the map.
#[utoipa::path(
    get, path = "/tiles/{z}/{x}/{y}",
    params(
        ("z" = u8, Path, description = "the zoom", minimum = 0, maximum = 18, example = 0),
        ("x" = u32, Path, description = "from the west", minimum = 0, maximum = 262_143, example = 0),
        ("y" = u32, Path, description = "from the north", minimum = 0, maximum = 262_143, example = 0),
    ),
    responses(
        (status = 200, body = Tile),
        (status = 304, description = "the caller has it (`If-None-Match`)"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no tile of the map"),
    )
)]
pub(super) async fn get_tile(
    State(app): State<App>,
    path: Result<Path<(String, String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let address = path.ok().and_then(|Path((z, x, y))| address(&z, &x, &y)).ok_or(ApiError::NoTile)?;
    let made = app.map.tile(address, move |tile| answer(tile, &headers)).await;
    made.unwrap_or_else(|error| Err(error.into()))
}

/// Numbers as they are written, in one way only: a tile has one address.
fn address(z: &str, x: &str, y: &str) -> Option<TileAddress> {
    let number = |text: &str| -> Option<u32> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        plain.then(|| text.parse().ok()).flatten()
    };
    TileAddress::new(u8::try_from(number(z)?).ok()?, number(x)?, number(y)?)
}

fn answer(tile: &Tile, headers: &HeaderMap) -> Result<Response, ApiError> {
    let internal = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a tile was not written");
        ApiError::Internal
    };
    let json = serde_json::to_vec(tile).map_err(|error| internal(&error))?;
    let encoding = Encoding::accepted(headers);
    // The bytes follow from the content and the encoding, so these two make a strong tag, and whoever has the tile costs
    // no compressing.
    let hash = Sha256::digest(&json);
    let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digits}-{}\"", encoding.name());
    let known = is_known(headers, &tag);
    let vary = HeaderValue::from_static("accept-encoding");
    let told = [(header::CACHE_CONTROL, KEPT), (header::VARY, vary)];
    let mut response = if known {
        (StatusCode::NOT_MODIFIED, told, [(header::ETAG, tag)]).into_response()
    } else {
        let bytes = encoding.encode(json).map_err(|error| internal(&error))?;
        let mut response = (told, [(header::ETAG, tag)], super::json(bytes.into())).into_response();
        response.headers_mut().extend(encoding.header());
        response
    };
    response.extensions_mut().insert(encoding);
    response.extensions_mut().insert(SameForAll);
    Ok(response)
}

/// Whether the layer around all routes may still compress an answer: not where a route has settled with the caller how
/// it is sent, and has tagged those very bytes.
pub(super) fn is_unsettled(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<Encoding>().is_none()
}

impl From<NoTile> for ApiError {
    fn from(error: NoTile) -> Self {
        match error {
            // Loading takes seconds at most.
            NoTile::NotLoaded => Self::NotLoaded { retry_after: 1 },
            NoTile::Failed => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_in_one_way() {
        assert_eq!(address("0", "0", "0"), TileAddress::new(0, 0, 0));
        assert_eq!(address("18", "262143", "262143"), TileAddress::new(18, 262_143, 262_143));
        for (z, x, y) in [
            ("19", "0", "0"),
            ("5", "32", "0"),
            ("5", "0", "32"),
            ("05", "0", "0"),
            ("5", "00", "0"),
            ("5", "+1", "0"),
            ("5", "-1", "0"),
            ("5", "1.0", "0"),
            ("5", "", "0"),
            ("5", "0", "0.json"),
            ("5", "\u{0661}", "0"),
            ("256", "0", "0"),
            ("0", "4294967296", "0"),
        ] {
            assert_eq!(address(z, x, y), None, "{z}/{x}/{y}");
        }
    }
}

//! `GET /reports/nearby`.

use std::borrow::Cow;

use axum::{
    Json,
    extract::{RawQuery, State},
};
use model::{FieldCode, FieldError, NearbyReports, Position, PositionError};

use crate::{App, auth::Device, catalogue::Catalogue, problem::ApiError, store::NearbyQuery};

use super::query::{self, categories};

const RADIUS_DEFAULT_M: u32 = 250;
const RADIUS_MAX_M: u32 = 1000;

/// Open reports around a place, the nearest first and at most 50: what a citizen is about to tell may stand there
/// already. Private ones are not among them, not even for their own device.
#[utoipa::path(
    get, path = "/reports/nearby",
    params(
        ("lat" = f64, Query, minimum = -90, maximum = 90, description = "degrees north, WGS84", example = -6.9175),
        ("lng" = f64, Query, minimum = -180, maximum = 180, description = "degrees east, WGS84", example = 107.6191),
        ("category" = Option<String>, Query, description = "category codes, comma-separated", example = "road,flood"),
        ("radius" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "whole metres, default 250", example = 250),
    ),
    security((), ("device" = [])),
    responses(
        (status = 200, body = NearbyReports),
    )
)]
pub(super) async fn list_nearby(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    device: Option<Device>,
) -> Result<Json<NearbyReports>, ApiError> {
    let query = nearby_query(query.as_deref().unwrap_or(""), &app.catalogue)?;
    let reports = app.store.nearby(query, device.map(|Device(device)| device)).await?;
    Ok(Json(NearbyReports { reports }))
}

/// Reads the parameters; every wrong or missing one is named in one answer.
fn nearby_query(query: &str, catalogue: &Catalogue) -> Result<NearbyQuery, ApiError> {
    let (mut lat, mut lng) = (None, None);
    let (mut codes, mut radius) = (Vec::new(), RADIUS_DEFAULT_M);
    let mut errors = query::read(query, |name, value| match name {
        "lat" => {
            lat = Some(value);
            Ok(())
        }
        "lng" => {
            lng = Some(value);
            Ok(())
        }
        "category" => categories(&value, catalogue).map(|given| codes = given),
        "radius" => metres(&value).map(|given| radius = given),
        _ => Err(FieldCode::UnknownField),
    });
    // Each by itself, so that both are named where both are wrong.
    let lat = degrees(lat, |lat| Position::new(lat, 0.0));
    let lng = degrees(lng, |lng| Position::new(0.0, lng));
    for (name, wrong) in [("lat", lat.err()), ("lng", lng.err())] {
        errors.extend(wrong.map(|code| FieldError::new(name, code)));
    }
    if let (true, Ok(lat), Ok(lng)) = (errors.is_empty(), lat, lng)
        && let Ok(place) = Position::new(lat, lng)
    {
        return Ok(NearbyQuery { place, categories: codes, radius_m: radius.into() });
    }
    Err(ApiError::BadQuery(errors))
}

fn degrees(
    text: Option<Cow<'_, str>>,
    on_earth: impl FnOnce(f64) -> Result<Position, PositionError>,
) -> Result<f64, FieldCode> {
    let degrees = text.ok_or(FieldCode::Missing)?.parse().map_err(|_| FieldCode::Malformed)?;
    on_earth(degrees).map(|_| degrees).map_err(|_| FieldCode::OutOfRange)
}

fn metres(value: &str) -> Result<u32, FieldCode> {
    let metres = value.parse().map_err(|_| FieldCode::Malformed)?;
    if (1..=RADIUS_MAX_M).contains(&metres) { Ok(metres) } else { Err(FieldCode::OutOfRange) }
}

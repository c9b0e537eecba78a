//! `/photos/{id}`: the one route whose body is not JSON.

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{FieldCode, FieldError, PHOTO_BYTES_MAX, Photo, PhotoId, Problem};

use crate::{
    App,
    auth::Device,
    photos::Size,
    problem::ApiError,
    services::{
        read_photo::{find_photo, read_photo},
        submit_photo::{Submitted, submit_photo},
    },
};

use super::body::{self, BodyError, Bounds};

/// The bounds of a photo's body. Whatever a camera makes is told that it is too large, not cut off; and ten minutes
/// are enough for the longest at 140 kbit/s.
const BODY: Bounds = Bounds {
    longest: PHOTO_BYTES_MAX,
    refused: 4 * PHOTO_BYTES_MAX,
    idle: Duration::from_secs(20),
    total: Duration::from_secs(600),
};

/// How long others may keep a photo: a day, so that one which is taken down is gone the next.
const KEPT: &str = "public, max-age=86400";

/// A photo as a JPEG, upright and without anything the camera wrote beside it.
#[utoipa::path(
    get, path = "/photos/{id}",
    params(
        ("id" = PhotoId, Path),
        ("size" = Option<String>, Query, description = "thumb (320 pixels at the longer side) or full (1,600; the default)", example = "thumb"),
    ),
    security((), ("device" = [])),
    responses(
        (status = 200, content_type = "image/jpeg", body = [u8]),
        (status = 304, description = "the caller has it (`If-None-Match`)"),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "not there, on no report yet, or on a private one"),
    )
)]
pub(super) async fn get_photo(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    device: Option<Device>,
) -> Result<Response, ApiError> {
    let size = size(query.as_deref().unwrap_or(""))?;
    let id = id.parse().map_err(|_| ApiError::NoPhoto)?;
    let object = find_photo(&app, id, device.map(|Device(device)| device)).await?;
    let tag = format!("\"{object}-{}\"", size.as_str());
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, KEPT.to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tags| names(tags.as_bytes(), tag.as_bytes())) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let jpeg = read_photo(&app, object, size).await?;
    Ok((kept, [(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// Sends a photo: a JPEG, PNG or WebP of at most 10 MiB and 25 megapixels, as it is. The id is made on the phone, so
/// the same may be sent again until an answer arrives; whoever sends it again owns it. Unless a report takes it, it
/// is forgotten 30 days after it was last sent.
#[utoipa::path(
    put, path = "/photos/{id}", params(("id" = PhotoId, Path)),
    request_body(content(([u8] = "image/jpeg"), ([u8] = "image/png"), ([u8] = "image/webp"))),
    security(("device" = [])),
    responses(
        (status = 201, body = Photo, description = "taken in and durable"),
        (status = 200, body = Photo, description = "the same was sent before"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 408, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "another photo stands under this id"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes or pixels"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "no JPEG, PNG or WebP"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "broken, or an id that is none"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "not taken in; send it again"),
    )
)]
pub(super) async fn put_photo(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    device: Result<Device, ApiError>,
    body: Body,
) -> Result<(StatusCode, Json<Photo>), ApiError> {
    let id = id.parse().map_err(|_| ApiError::Invalid(vec![FieldError::new("id", FieldCode::Malformed)]));
    let (id, Device(device)) = match id.and_then(|id| device.map(|device| (id, device))) {
        Ok(known) => known,
        Err(error) => return Err(refuse(body, error).await),
    };
    // What does not say how long it is may be as long as any.
    let said = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let Some(room) = app.workshop.room(said.unwrap_or(PHOTO_BYTES_MAX).min(PHOTO_BYTES_MAX)).await else {
        return Err(refuse(body, ApiError::Busy { retry_after: 10 }).await);
    };
    let bytes = body::read(body, BODY).await.map_err(|error| match error {
        BodyError::TooLarge => ApiError::PhotoTooLarge,
        BodyError::Broken => ApiError::BrokenPhoto,
        BodyError::Timeout => ApiError::Timeout,
    })?;
    match submit_photo(&app, id, bytes, room, device).await? {
        Submitted::New(photo) => Ok((StatusCode::CREATED, Json(photo))),
        Submitted::Again(photo) => Ok((StatusCode::OK, Json(photo))),
    }
}

/// Reads what is refused to its end, so that the refusal arrives.
async fn refuse(body: Body, error: ApiError) -> ApiError {
    // What else is wrong with it makes no difference any more.
    let _ = body::read(body, Bounds { longest: 0, ..BODY }).await;
    error
}

fn size(query: &str) -> Result<Size, ApiError> {
    let mut size = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let code = match (name.as_ref(), size) {
            ("size", None) => {
                size = Size::ALL.into_iter().find(|size| size.as_str() == value);
                if size.is_some() {
                    continue;
                }
                FieldCode::Unknown
            }
            ("size", Some(_)) => FieldCode::Malformed,
            _ => FieldCode::UnknownField,
        };
        return Err(ApiError::BadQuery(vec![FieldError::new(name, code)]));
    }
    Ok(size.unwrap_or(Size::Full))
}

/// Whether a list of entity tags holds this one (RFC 9110, section 13.1.2: weak ones count here).
fn names(list: &[u8], tag: &[u8]) -> bool {
    list.split(|&byte| byte == b',')
        .map(<[u8]>::trim_ascii)
        .any(|one| one == b"*" || one.strip_prefix(b"W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others() {
        assert!(names(b"\"a\", W/\"b\"", b"\"b\""));
        assert!(names(b"*", b"\"b\""));
        assert!(!names(b"\"a\", \"bb\"", b"\"b\""));
    }

    #[test]
    fn a_size_is_asked_for_once_and_by_its_name() {
        assert_eq!(size("").ok(), Some(Size::Full));
        assert_eq!(size("size=thumb").ok(), Some(Size::Thumb));
        for wrong in ["size=", "size=huge", "size=full&size=full", "colour=red"] {
            assert!(matches!(size(wrong), Err(ApiError::BadQuery(_))), "{wrong}");
        }
    }
}

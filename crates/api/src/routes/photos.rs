//! `/photos/{id}`: the one route whose body is not JSON.

use axum::{
    Json,
    body::Body,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{FieldCode, FieldError, Photo, PhotoId, Problem};

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, RefOr, Schema, SchemaFormat,
        schema::{ObjectBuilder, Type},
    },
};

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

use super::{
    body::{self, BodyError},
    client::From,
    entity_tag::is_known,
    patience::within_limit,
    query,
};

/// The bytes of a picture, as the document tells them: a derived schema would make them a list of numbers.
struct Picture;

impl PartialSchema for Picture {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(binary)).into()
    }
}

impl ToSchema for Picture {}

/// How long others may keep a photo: a day, so that one which is taken down is gone the next.
const KEPT: &str = "public, max-age=86400";

/// A photo as a JPEG, upright and without anything the camera wrote beside it.
#[utoipa::path(
    get, path = "/photos/{id}",
    params(
        ("id" = PhotoId, Path),
        ("size" = Option<Size>, Query, description = "the longer side of thumb has 320 pixels, that of full (the default) 1,600", example = "thumb"),
    ),
    security((), ("device" = [])),
    responses(
        (status = 200, content_type = "image/jpeg", body = inline(Picture)),
        (status = 304, description = "the caller has it (`If-None-Match`)"),
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
    let object = within_limit(find_photo(&app, id, device.map(|Device(device)| device))).await??;
    let tag = format!("\"{object}-{}\"", size.as_str());
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, KEPT.to_owned())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let jpeg = within_limit(read_photo(&app, object, size)).await??;
    let told = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CONTENT_LENGTH, jpeg.meta.size.to_string()),
    ];
    // Piece by piece: thousands who read slowly must not hold a photo each in memory.
    Ok((kept, told, Body::from_stream(jpeg.into_stream())).into_response())
}

/// Sends a photo: a JPEG, PNG or WebP of at most 10 MiB and 25 megapixels, as it is. The id is made on the phone, so
/// the same may be sent again until an answer arrives; whoever sends it again owns it. Unless a report takes it, it
/// is forgotten 30 days after it was last sent.
#[utoipa::path(
    put, path = "/photos/{id}", params(("id" = PhotoId, Path)),
    request_body(content((inline(Picture) = "image/jpeg"), (inline(Picture) = "image/png"), (inline(Picture) = "image/webp"))),
    security(("device" = [])),
    responses(
        (status = 201, body = Photo, description = "taken in and durable"),
        (status = 200, body = Photo, description = "the same was sent before"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "another photo stands under this id"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes or pixels"),
        (status = 415, body = Problem, content_type = "application/problem+json", description = "no JPEG, PNG or WebP"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "broken, or an id that is none"),
    )
)]
pub(super) async fn put_photo(
    State(app): State<App>,
    Path(id): Path<String>,
    From(network): From,
    device: Result<Device, ApiError>,
    body: Body,
) -> Result<(StatusCode, Json<Photo>), ApiError> {
    let id = id.parse().map_err(|_| ApiError::Invalid(vec![FieldError::new("id", FieldCode::Malformed)]));
    let (id, Device(device)) = match id.and_then(|id| device.map(|device| (id, device))) {
        Ok(known) => known,
        Err(error) => {
            body::pass_over(body).await;
            return Err(error);
        }
    };
    let mut room = app.workshop.room(network);
    let bytes = body::read_as_it_fits(body, body::PHOTO, &mut room).await;
    let bytes = bytes.map_err(|error| match error {
        BodyError::TooLarge => ApiError::PhotoTooLarge,
        BodyError::Broken => ApiError::BrokenPhoto,
        other => other.into(),
    })?;
    // A task of its own: a phone that hangs up now must not leave bytes behind that no row names.
    let submitted = tokio::spawn(async move { submit_photo(&app, id, bytes, room, device).await });
    let submitted = within_limit(submitted).await?.map_err(|error| {
        tracing::error!(%error, "taking in a photo has failed");
        ApiError::Internal
    })?;
    match submitted? {
        Submitted::New(photo) => Ok((StatusCode::CREATED, Json(photo))),
        Submitted::Again(photo) => Ok((StatusCode::OK, Json(photo))),
    }
}

fn size(query: &str) -> Result<Size, ApiError> {
    let mut asked = Size::Full;
    let errors = query::read(query, |name, value| match name {
        "size" => {
            asked = Size::ALL.into_iter().find(|size| size.as_str() == value).ok_or(FieldCode::Unknown)?;
            Ok(())
        }
        _ => Err(FieldCode::UnknownField),
    });
    if errors.is_empty() { Ok(asked) } else { Err(ApiError::BadQuery(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_asked_for_once_and_by_its_name() {
        assert_eq!(size("").ok(), Some(Size::Full));
        assert_eq!(size("size=thumb").ok(), Some(Size::Thumb));
        for wrong in ["size=", "size=huge", "size=full&size=full", "colour=red"] {
            assert!(matches!(size(wrong), Err(ApiError::BadQuery(_))), "{wrong}");
        }
    }
}

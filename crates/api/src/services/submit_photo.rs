//! A photo is taken in, once.

use model::{FieldCode, FieldError, Photo, PhotoId};
use sha2::{Digest as _, Sha256};

use crate::{
    App, clock,
    photos::Room,
    problem::ApiError,
    store::{DeviceId, Hash, NewPhoto, ObjectName, PhotoPut, StoredPhoto},
};

/// What came of a photo.
pub(crate) enum Submitted {
    /// It was new, and is durable now.
    New(Photo),
    /// The same was sent before.
    Again(Photo),
}

/// Takes in the bytes that were sent under an id, and lets go of their room.
///
/// The same bytes under the same id are the same photo, whoever sends them: only the phone that took it has them,
/// and it may have got another token meanwhile.
pub(crate) async fn submit_photo(
    app: &App,
    id: PhotoId,
    bytes: Vec<u8>,
    room: Room,
    device: DeviceId,
) -> Result<Submitted, ApiError> {
    let body_hash: Hash = Sha256::digest(&bytes).into();
    if let Some(stored) = app.store.photo(id).await? {
        if stored.body_hash != body_hash {
            return Err(ApiError::Conflict);
        }
        if !app.photos.has(stored.object).await? {
            // Somebody has put the database back without its photos. Here is one of them.
            app.photos.put(stored.object, &app.workshop.render(bytes.clone(), room).await?).await?;
        }
        if let Some(photo) = again(app, &stored, body_hash, device).await? {
            return Ok(Submitted::Again(photo));
        }
        return Err(ApiError::Unavailable);
    }

    let now = clock::now();
    if id.check_made_by(now).is_err() {
        return Err(ApiError::Invalid(vec![FieldError::new("id", FieldCode::Future)]));
    }
    let made = app.workshop.render(bytes, room).await?;
    let object = ObjectName::new().map_err(|error| {
        tracing::error!(%error, "no randomness for the name of a photo");
        ApiError::Unavailable
    })?;
    let photo = Photo { id, width: made.width, height: made.height };
    // The bytes first: a row says that they are there.
    let laid_down = app.photos.put(object, &made).await.map_err(ApiError::from);
    let kept = match laid_down {
        Ok(()) => {
            let new = NewPhoto { photo: photo.clone(), device, body_hash, object, at: now };
            app.store.put_photo(new).await.map_err(ApiError::from)
        }
        Err(error) => Err(error),
    };
    if !matches!(kept, Ok(PhotoPut::Created)) {
        app.photos.discard(object).await;
    }
    match kept? {
        PhotoPut::Created => Ok(Submitted::New(photo)),
        // Another request with this id was quicker.
        PhotoPut::Taken(stored) => {
            let photo = again(app, &stored, body_hash, device).await?;
            // It expired between two looks at it, which takes a month in between.
            photo.map(Submitted::Again).ok_or(ApiError::Unavailable)
        }
    }
}

/// Something stands under the id: is it this? `None` when it has just expired.
async fn again(
    app: &App,
    stored: &StoredPhoto,
    body_hash: Hash,
    device: DeviceId,
) -> Result<Option<Photo>, ApiError> {
    if stored.body_hash != body_hash {
        return Err(ApiError::Conflict);
    }
    let owned = app.store.own_photo(stored.photo.id, device, clock::now()).await?;
    Ok(owned.then(|| stored.photo.clone()))
}

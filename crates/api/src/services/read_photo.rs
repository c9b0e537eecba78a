//! A photo is looked at.

use model::PhotoId;
use object_store::GetResult;

use crate::{
    App,
    photos::Size,
    problem::ApiError,
    store::{DeviceId, ObjectName},
};

/// Where the bytes of a photo lie that this device (or nobody in particular) may look at.
pub(crate) async fn find_photo(
    app: &App,
    id: PhotoId,
    device: Option<DeviceId>,
) -> Result<ObjectName, ApiError> {
    app.store.readable_photo(id, device).await?.ok_or(ApiError::NoPhoto)
}

/// The JPEG of a photo.
pub(crate) async fn read_photo(app: &App, object: ObjectName, size: Size) -> Result<GetResult, ApiError> {
    app.photos.get(object, size).await?.ok_or_else(|| {
        tracing::error!(%object, "a photo's row has lost its bytes");
        ApiError::Internal
    })
}

//! `/photos`.

use gloo_net::http::Method;
use model::{Photo, PhotoId};
use web_sys::Blob;

use super::{
    Client, ClientError,
    request::{Body, decoded},
};

impl Client {
    /// Sends a photo, a JPEG, under the id that was made for it; sending it again is safe.
    pub(crate) async fn put_photo(&self, id: PhotoId, jpeg: &Blob) -> Result<Photo, ClientError> {
        let answer = self.write_text(Method::PUT, &format!("photos/{id}"), Some(Body::Jpeg(jpeg))).await?;
        let photo: Photo = decoded(&answer)?;
        // An answer about something else is somebody else's (a captive portal answers 200 too).
        if photo.id == id { Ok(photo) } else { Err(ClientError::NotOurs(200)) }
    }

    /// Where a photo is, small enough for a list.
    pub(crate) fn thumb_url(&self, id: PhotoId) -> String {
        self.url(&format!("photos/{id}?size=thumb"))
    }
}

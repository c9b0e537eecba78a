//! `/photos/{id}`, to be looked at.

use gloo_net::http::RequestBuilder;
use model::PhotoId;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Url};

use super::{Client, ClientError};

/// How large a photo comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureSize {
    /// Its longer side has at most 320 pixels: some 20 KB.
    Thumb,
    /// Its longer side has at most 1,600 pixels.
    Full,
}

/// A picture that was fetched for this device alone. Dropping it gives its memory back.
#[derive(Debug)]
pub(crate) struct OwnPicture {
    url: String,
}

impl OwnPicture {
    /// An address that means something on this page only.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for OwnPicture {
    fn drop(&mut self) {
        // What was made by `createObjectURL` can be revoked.
        let _ = Url::revoke_object_url(&self.url);
    }
}

fn path(id: PhotoId, size: PictureSize) -> String {
    let size = match size {
        PictureSize::Thumb => "thumb",
        PictureSize::Full => "full",
    };
    format!("photos/{id}?size={size}")
}

impl Client {
    /// The address of a public report's photo, whole: browsers fetch and keep it by themselves.
    pub(crate) fn picture_url(&self, id: PhotoId, size: PictureSize) -> String {
        self.url(&path(id, size))
    }

    /// A photo of a private report. It is there for this device only, which has to say who it is; an address
    /// alone cannot.
    pub(crate) async fn own_picture(
        &self,
        id: PhotoId,
        size: PictureSize,
    ) -> Result<OwnPicture, ClientError> {
        let mut request = RequestBuilder::new(&self.picture_url(id, size));
        if let Some(token) = self.held_token() {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        let request = request.build().map_err(|_| ClientError::Offline)?;
        let response = request.send().await.map_err(|_| ClientError::Offline)?;
        if !response.ok() {
            return Err(ClientError::NotOurs(response.status()));
        }
        let response: web_sys::Response = response.into();
        let bytes = response.blob().map_err(|_| ClientError::Offline)?;
        let bytes = JsFuture::from(bytes).await.map_err(|_| ClientError::Offline)?;
        let url = Url::create_object_url_with_blob(bytes.unchecked_ref::<Blob>());
        Ok(OwnPicture { url: url.map_err(|_| ClientError::Offline)? })
    }
}

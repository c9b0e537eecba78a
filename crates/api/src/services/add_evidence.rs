//! A photo is added to a report that is there already.

use model::{Evidence, FieldCode, FieldError, PhotoId, ReportId};

use crate::{
    App,
    problem::ApiError,
    store::{Attached, DeviceId},
};

/// Puts a photo of this device on a report. Others see it once an officer has accepted it.
pub(crate) async fn add_evidence(
    app: &App,
    id: ReportId,
    photo: PhotoId,
    device: DeviceId,
) -> Result<Evidence, ApiError> {
    let refused = |code| Err(ApiError::Invalid(vec![FieldError::new("photo", code)]));
    match app.store.add_evidence(id, photo, device).await? {
        Attached::Evidence(evidence) => Ok(evidence),
        Attached::NoReport => Err(ApiError::NoReport),
        Attached::NoPhoto => refused(FieldCode::PhotoMissing),
        Attached::TooMany => refused(FieldCode::TooMany),
    }
}

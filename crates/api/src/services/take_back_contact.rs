//! A reporter takes their contact back.

use model::{ContactState, ReportId};

use crate::{
    App,
    problem::ApiError,
    store::{ContactRemoval, DeviceId},
};

/// Forgets how to reach the reporter, for the reporter's own device only. Doing it again changes nothing.
pub(crate) async fn take_back_contact(
    app: &App,
    id: ReportId,
    device: DeviceId,
) -> Result<ContactState, ApiError> {
    match app.store.remove_contact(id, device).await? {
        ContactRemoval::Gone => Ok(ContactState { id, contact: false }),
        ContactRemoval::NotTheirs => Err(ApiError::NotReporter),
        ContactRemoval::NoReport => Err(ApiError::NoReport),
    }
}

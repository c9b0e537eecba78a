//! "This concerns me too", and taking that back.

use model::{ReportId, Support};

use crate::{App, clock, problem::ApiError, store::DeviceId};

/// Sets whether a device supports a report. Doing it again changes nothing.
pub(crate) async fn support_report(
    app: &App,
    id: ReportId,
    device: DeviceId,
    supported: bool,
) -> Result<Support, ApiError> {
    app.store.set_support(id, device, supported, clock::now()).await?.ok_or(ApiError::NoReport)
}

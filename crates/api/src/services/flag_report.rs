//! "This should not stand here."

use model::{Flag, Flagged, ReportId};
use serde_json::Value;

use crate::{App, clock, problem::ApiError, services::read_body::read_body, store::DeviceId};

/// Keeps what a device says against a report, instead of what it said before.
pub(crate) async fn flag_report(
    app: &App,
    id: ReportId,
    body: Value,
    device: DeviceId,
) -> Result<Flagged, ApiError> {
    let flag = read_body::<Flag>(body)?.normalized();
    let errors = flag.check();
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    if app.store.set_flag(id, device, flag, clock::now()).await? {
        Ok(Flagged { id, flagged: true })
    } else {
        Err(ApiError::NoReport)
    }
}

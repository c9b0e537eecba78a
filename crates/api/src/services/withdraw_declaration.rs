//! A device takes its word back.

use model::{DeclarationId, Declared};

use crate::{App, problem::ApiError, store::DeviceId};

/// Forgets what a device has signed for. Doing it again changes nothing.
pub(crate) async fn withdraw_declaration(app: &App, device: DeviceId) -> Result<Declared, ApiError> {
    app.store.withdraw_declaration(device).await?;
    Ok(Declared { id: DeclarationId::Declaration, province: None })
}

//! A device joins the Smart Citizen declaration.

use model::{Declaration, DeclarationId, Declared, FieldCode, FieldError};
use serde_json::Value;

use crate::{App, problem::ApiError, services::read_body::read_body, store::DeviceId};

/// Signs for a province. Doing it again changes nothing; another province takes a withdrawal first, so that nobody
/// moves their word by a slip.
pub(crate) async fn join_declaration(app: &App, body: Value, device: DeviceId) -> Result<Declared, ApiError> {
    let Declaration { province } = read_body(body)?;
    if !app.participants.provinces().iter().any(|known| known.code == province) {
        return Err(ApiError::Invalid(vec![FieldError::new("province", FieldCode::Unknown)]));
    }
    let signed = app.store.join_declaration(device, province.clone()).await?;
    if signed == province {
        Ok(Declared { id: DeclarationId::Declaration, province: Some(signed) })
    } else {
        Err(ApiError::AlreadyJoined)
    }
}

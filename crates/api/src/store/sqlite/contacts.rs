//! How reporters are reached: apart from their reports, and gone when it is no longer needed.

use model::ReportId;
use rusqlite::{Connection, OptionalExtension as _};

use super::reports::READABLE;
use crate::store::{ContactRemoval, DeviceId, StoreError};

pub(super) fn remove(db: &Connection, id: ReportId, device: DeviceId) -> Result<ContactRemoval, StoreError> {
    // Imported reports have no device: `IS` answers no for them, where `=` would answer nothing.
    let sql = format!("SELECT r.device IS ?2 FROM reports r WHERE r.id = ?1 AND {READABLE}");
    let theirs: Option<bool> =
        db.prepare_cached(&sql)?.query_row((id.as_bytes(), device.0), |row| row.get(0)).optional()?;
    match theirs {
        None => Ok(ContactRemoval::NoReport),
        Some(false) => Ok(ContactRemoval::NotTheirs),
        Some(true) => {
            db.prepare_cached("DELETE FROM contacts WHERE report = ?1")?.execute([id.as_bytes()])?;
            Ok(ContactRemoval::Gone)
        }
    }
}

//! How reporters are reached: apart from their reports, and gone when it is no longer needed.

use model::{ReportId, Status, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params_from_iter, types::Value};

use super::{reports::READABLE, sql::Sql};
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

pub(super) fn purge(db: &Connection, before: Timestamp) -> Result<usize, StoreError> {
    let mut sql = Sql::default();
    sql.text(
        "DELETE FROM contacts WHERE EXISTS (SELECT 1 FROM reports r WHERE r.id = contacts.report
             AND r.status_since <= ",
    );
    sql.value(before.millis());
    let closed = Status::ALL.into_iter().filter(|status| !status.is_open());
    sql.one_of("r.status", closed.map(|status| Value::from(status.as_str().to_owned())));
    sql.text(")");
    Ok(db.prepare_cached(&sql.text)?.execute(params_from_iter(sql.values))?)
}

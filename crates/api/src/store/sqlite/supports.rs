//! Support: one row a device and report. The count is the number of rows, never a sum of its own.

use model::{ReportId, Support, Timestamp};
use rusqlite::{Connection, OptionalExtension as _};

use super::reports::READABLE;
use crate::store::{DeviceId, StoreError};

pub(super) fn set(
    db: &Connection,
    id: ReportId,
    device: DeviceId,
    supported: bool,
    at: Timestamp,
) -> Result<Option<Support>, StoreError> {
    let sql = format!("SELECT r.supports FROM reports r WHERE r.id = ?1 AND {READABLE}");
    let supports: Option<i64> =
        db.prepare_cached(&sql)?.query_row((id.as_bytes(), device.0), |row| row.get(0)).optional()?;
    let Some(supports) = supports else { return Ok(None) };

    let changed = if supported {
        db.prepare_cached(
            "INSERT INTO supports (report, device, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute((id.as_bytes(), device.0, at.millis()))?
    } else {
        db.prepare_cached("DELETE FROM supports WHERE report = ?1 AND device = ?2")?
            .execute((id.as_bytes(), device.0))?
    };
    let supports = if changed == 0 { supports } else { recount(db, id)? };
    Ok(Some(Support { id, supports: supports.unsigned_abs(), supported }))
}

/// Sets the column that lists are ordered by to the number of rows.
pub(super) fn recount(db: &Connection, id: ReportId) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached(
        "UPDATE reports SET supports = (SELECT count(*) FROM supports WHERE report = ?1) WHERE id = ?1
         RETURNING supports",
    )?;
    Ok(statement.query_row([id.as_bytes()], |row| row.get(0))?)
}

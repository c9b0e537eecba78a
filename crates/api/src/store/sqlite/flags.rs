//! Flags: one row a device and report.

use model::{Flag, ReportId, Timestamp};
use rusqlite::Connection;

use super::reports::is_readable;
use crate::store::{DeviceId, StoreError};

pub(super) fn set(
    db: &Connection,
    id: ReportId,
    device: DeviceId,
    flag: &Flag,
    at: Timestamp,
) -> Result<bool, StoreError> {
    if !is_readable(db, id, device)? {
        return Ok(false);
    }
    // The same again changes nothing, not even its time: a repeated request is no new word.
    db.prepare_cached(
        "INSERT INTO flags (report, device, reason, note, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (report, device) DO UPDATE SET reason = ?3, note = ?4, at = ?5
         WHERE reason <> ?3 OR note IS NOT ?4",
    )?
    .execute((id.as_bytes(), device.0, flag.reason.as_str(), &flag.note, at.millis()))?;
    Ok(true)
}

//! The Smart Citizen declaration: one row a device. What is counted is rows, never a sum of its own.

use rusqlite::{Connection, OptionalExtension as _};

use crate::store::{DeclarationRows, DeviceId, StoreError};

pub(super) fn join(db: &Connection, device: DeviceId, province: &str) -> Result<String, StoreError> {
    let new = db
        .prepare_cached("INSERT INTO declarations (device, province) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute((device.0, province))?;
    if new > 0 {
        return Ok(province.to_owned());
    }
    // Read in the same transaction: of two that race, both learn which one has won.
    own(db, device)?.ok_or_else(|| StoreError::corrupt("declarations", "not there"))
}

pub(super) fn withdraw(db: &Connection, device: DeviceId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM declarations WHERE device = ?1")?.execute([device.0])?;
    Ok(())
}

pub(super) fn count(db: &Connection, device: Option<DeviceId>) -> Result<DeclarationRows, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT province, count(*) FROM declarations INDEXED BY declarations_by_province GROUP BY province",
    )?;
    let counts = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    let by_province = counts.collect::<Result<_, _>>()?;
    let own = device.map(|device| own(db, device)).transpose()?.flatten();
    Ok(DeclarationRows { by_province, own })
}

fn own(db: &Connection, device: DeviceId) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT province FROM declarations WHERE device = ?1")?;
    Ok(statement.query_row([device.0], |row| row.get(0)).optional()?)
}

//! Devices and the hashes of their tokens.

use model::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

use crate::store::{DeviceId, Hash, StoreError};

pub(super) fn add(db: &Connection, token_hash: &Hash, at: Timestamp) -> Result<DeviceId, StoreError> {
    db.prepare_cached("INSERT INTO devices (token_hash, created_at) VALUES (?1, ?2)")?
        .execute((token_hash, at.millis()))?;
    Ok(DeviceId(db.last_insert_rowid()))
}

pub(super) fn find(db: &Connection, token_hash: &Hash) -> Result<Option<DeviceId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM devices WHERE token_hash = ?1")?;
    Ok(statement.query_row([token_hash], |row| Ok(DeviceId(row.get(0)?))).optional()?)
}

//! One report: kept, found, told from another under the same id.

use geo::{WorldPoint, cell};
use model::{Report, ReportId, Status};
use rusqlite::{Connection, OptionalExtension as _, named_params};

use super::{photos, rows};
use crate::store::{DeviceId, NewReport, Put, StoreError, StoredBody};

pub(super) fn put(db: &Connection, new: &NewReport) -> Result<Put, StoreError> {
    if let Some(stored) = stored_body(db, new.id)? {
        return Ok(Put::Taken(stored));
    }
    let missing = photos::missing(db, &new.submission.photos, new.device)?;
    if !missing.is_empty() {
        return Ok(Put::PhotosMissing(missing));
    }
    let submission = &new.submission;
    let (lat, lng) = (new.position.lat(), new.position.lng());
    db.prepare_cached(
        "INSERT INTO reports (id, category, description, lat, lng, cell, address, attributes, visibility, name,
             status, status_since, created_at, observed_at, updated_at, jurisdiction, demo, device, body_hash,
             secret_hash)
         VALUES (:id, :category, :description, :lat, :lng, :cell, :address, :attributes, :visibility, :name,
             :status, :at, :at, :observed_at, :at, :jurisdiction, 0, :device, :body_hash, :secret_hash)",
    )?
    .execute(named_params! {
        ":id": new.id.as_bytes(),
        ":category": submission.category,
        ":description": submission.description,
        ":lat": lat,
        ":lng": lng,
        ":cell": cell(WorldPoint::from_degrees(lat, lng)),
        ":address": submission.address,
        ":attributes": rows::attributes_text(&submission.attributes)?,
        ":visibility": submission.visibility.as_str(),
        ":name": submission.name,
        ":status": Status::Received.as_str(),
        ":at": new.at.millis(),
        ":observed_at": submission.observed_at.map(|at| at.millis()),
        ":jurisdiction": new.jurisdiction,
        ":device": new.device.0,
        ":body_hash": new.body_hash,
        ":secret_hash": new.secret_hash,
    })?;
    photos::attach(db, new.id, &submission.photos)?;
    if let Some(contact) = new.contact() {
        db.prepare_cached("INSERT INTO contacts (report, email, phone) VALUES (?1, ?2, ?3)")?.execute((
            new.id.as_bytes(),
            &contact.email,
            &contact.phone,
        ))?;
    }
    // Read in the same transaction: the answer needs no second one that could fail after the commit.
    let report = find(db, new.id, Some(new.device))?;
    report
        .map(|report| Put::Created(Box::new(report)))
        .ok_or_else(|| StoreError::corrupt("reports", "not there"))
}

pub(super) fn stored_body(db: &Connection, id: ReportId) -> Result<Option<StoredBody>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT body_hash, secret_hash, device FROM reports WHERE id = ?1")?;
    let stored = statement.query_row([id.as_bytes()], |row| {
        Ok(StoredBody {
            body_hash: row.get(0)?,
            secret_hash: row.get(1)?,
            device: row.get::<_, Option<i64>>(2)?.map(DeviceId),
        })
    });
    Ok(stored.optional()?)
}

pub(super) fn set_owner(
    db: &Connection,
    id: ReportId,
    device: DeviceId,
) -> Result<Option<Report>, StoreError> {
    db.prepare_cached("UPDATE reports SET device = ?2 WHERE id = ?1")?.execute((id.as_bytes(), device.0))?;
    // Read in the same transaction: after it, the next one may take a private report away again.
    find(db, id, Some(device))
}

pub(super) fn find(
    db: &Connection,
    id: ReportId,
    device: Option<DeviceId>,
) -> Result<Option<Report>, StoreError> {
    let sql = format!("SELECT {} FROM reports r WHERE r.id = ?1 AND {READABLE}", rows::REPORT);
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query((id.as_bytes(), device.map(|device| device.0)))?;
    found.next()?.map(|row| rows::report(db, row, device)).transpose()
}

/// Whether the device `?2` (null: nobody in particular) may read the report `r`.
pub(super) const READABLE: &str = "(r.visibility <> 'private' OR r.device = ?2)";

pub(super) fn is_readable(db: &Connection, id: ReportId, device: DeviceId) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM reports r WHERE r.id = ?1 AND {READABLE}");
    Ok(db.prepare_cached(&sql)?.exists((id.as_bytes(), device.0))?)
}

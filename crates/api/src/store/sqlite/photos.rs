//! Photos: whose they are, on which report they stand, who may read them.

use model::{Evidence, Photo, PhotoId, ReportId, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::{reports::READABLE, rows::photo_id};
use crate::store::{Attached, DeviceId, NewPhoto, ObjectName, PhotoPut, StoreError, StoredPhoto};

/// What one device may add to one report, so that nobody can bury it.
const EVIDENCE_MAX: i64 = 3;

pub(super) fn find(db: &Connection, id: PhotoId) -> Result<Option<StoredPhoto>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, width, height, body_hash, object FROM photos WHERE id = ?1")?;
    let mut rows = statement.query([id.as_bytes()])?;
    rows.next()?.map(stored).transpose()
}

pub(super) fn put(db: &Connection, new: &NewPhoto) -> Result<PhotoPut, StoreError> {
    if let Some(stored) = find(db, new.photo.id)? {
        return Ok(PhotoPut::Taken(stored));
    }
    db.prepare_cached(
        "INSERT INTO photos (id, device, body_hash, object, width, height, sent_at)
         VALUES (:id, :device, :body_hash, :object, :width, :height, :at)",
    )?
    .execute(named_params! {
        ":id": new.photo.id.as_bytes(),
        ":device": new.device.0,
        ":body_hash": new.body_hash,
        ":object": new.object.0,
        ":width": new.photo.width,
        ":height": new.photo.height,
        ":at": new.at.millis(),
    })?;
    Ok(PhotoPut::Created)
}

/// Makes `device` the owner of a photo that it has sent again. False when it has expired meanwhile.
pub(super) fn own(db: &Connection, id: PhotoId, device: DeviceId, at: Timestamp) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("UPDATE photos SET device = ?2, sent_at = ?3 WHERE id = ?1")?;
    Ok(statement.execute((id.as_bytes(), device.0, at.millis()))? == 1)
}

/// A photo that the device (null: nobody in particular) may look at. A report's own photo is as public as the
/// report; evidence only once it is accepted; what stands on no report is its owner's.
pub(super) fn readable(
    db: &Connection,
    id: PhotoId,
    device: Option<DeviceId>,
) -> Result<Option<ObjectName>, StoreError> {
    let sql = format!(
        "SELECT p.object FROM photos p LEFT JOIN reports r ON r.id = p.report
         WHERE p.id = ?1
             AND (CASE WHEN r.id IS NULL THEN FALSE
                       ELSE {READABLE} AND (p.place IS NOT NULL OR p.accepted_at IS NOT NULL) END
                  OR (p.place IS NULL AND p.device = ?2))"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let object = statement.query_row((id.as_bytes(), device.map(|device| device.0)), |row| row.get(0));
    Ok(object.optional()?.map(ObjectName))
}

/// Which of `photos` cannot be put on a report by this device: not there, another's, on a report already, or named
/// twice. By their place in the list.
pub(super) fn missing(
    db: &Connection,
    photos: &[PhotoId],
    device: DeviceId,
) -> Result<Vec<usize>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM photos WHERE id = ?1 AND device = ?2 AND report IS NULL")?;
    let mut missing = Vec::new();
    for (place, id) in photos.iter().enumerate() {
        if photos[..place].contains(id) || !statement.exists((id.as_bytes(), device.0))? {
            missing.push(place);
        }
    }
    Ok(missing)
}

/// Puts photos on their report, in this order.
pub(super) fn attach(db: &Connection, report: ReportId, photos: &[PhotoId]) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached("UPDATE photos SET report = ?1, place = ?2 WHERE id = ?3")?;
    for (place, id) in photos.iter().enumerate() {
        statement.execute((report.as_bytes(), place as i64, id.as_bytes()))?;
    }
    Ok(())
}

/// The report's own photos, the first one first.
pub(super) fn of_report(db: &Connection, report: ReportId) -> Result<Vec<Photo>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, width, height FROM photos WHERE report = ?1 AND place IS NOT NULL ORDER BY place",
    )?;
    let mut rows = statement.query([report.as_bytes()])?;
    let mut photos = Vec::new();
    while let Some(row) = rows.next()? {
        photos.push(photo(row)?);
    }
    Ok(photos)
}

/// Adds a photo of this device to a report as evidence.
pub(super) fn add_evidence(
    db: &Connection,
    id: ReportId,
    photo: PhotoId,
    device: DeviceId,
) -> Result<Attached, StoreError> {
    let sql = format!("SELECT 1 FROM reports r WHERE r.id = ?1 AND {READABLE}");
    if !db.prepare_cached(&sql)?.exists((id.as_bytes(), device.0))? {
        return Ok(Attached::NoReport);
    }
    let mut statement = db.prepare_cached(
        "SELECT accepted_at IS NOT NULL FROM photos
         WHERE id = ?1 AND device = ?2 AND report = ?3 AND place IS NULL",
    )?;
    let there: Option<bool> =
        statement.query_row((photo.as_bytes(), device.0, id.as_bytes()), |row| row.get(0)).optional()?;
    if let Some(accepted) = there {
        return Ok(Attached::Evidence(Evidence { id, photo, accepted }));
    }
    let added: i64 = db
        .prepare_cached("SELECT count(*) FROM photos WHERE report = ?1 AND device = ?2 AND place IS NULL")?
        .query_row((id.as_bytes(), device.0), |row| row.get(0))?;
    if added >= EVIDENCE_MAX {
        return Ok(Attached::TooMany);
    }
    let attached = db
        .prepare_cached("UPDATE photos SET report = ?1 WHERE id = ?2 AND device = ?3 AND report IS NULL")?
        .execute((id.as_bytes(), photo.as_bytes(), device.0))?;
    if attached == 0 {
        return Ok(Attached::NoPhoto);
    }
    Ok(Attached::Evidence(Evidence { id, photo, accepted: false }))
}

/// Forgets the photos that were last sent before `before` and stand on no report; gives what is left to delete.
pub(super) fn expire(db: &Connection, before: Timestamp) -> Result<Vec<ObjectName>, StoreError> {
    let mut statement =
        db.prepare_cached("DELETE FROM photos WHERE report IS NULL AND sent_at < ?1 RETURNING object")?;
    let rows = statement.query_map([before.millis()], |row| row.get(0))?;
    rows.map(|object| Ok(ObjectName(object?))).collect()
}

/// Those of `names` that stand in a row.
pub(super) fn known(db: &Connection, names: &[ObjectName]) -> Result<Vec<ObjectName>, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM photos WHERE object = ?1")?;
    let mut known = Vec::new();
    for name in names {
        if statement.exists([name.0])? {
            known.push(*name);
        }
    }
    Ok(known)
}

fn stored(row: &Row<'_>) -> Result<StoredPhoto, StoreError> {
    Ok(StoredPhoto { photo: photo(row)?, body_hash: row.get(3)?, object: ObjectName(row.get(4)?) })
}

fn photo(row: &Row<'_>) -> Result<Photo, StoreError> {
    Ok(Photo { id: photo_id(row.get(0)?)?, width: row.get(1)?, height: row.get(2)? })
}

//! Rows of the database as the words of the model.

use model::{
    AttributeValue, Attributes, PhotoId, Report, ReportId, Status, Timestamp, Update, UpdateId, Visibility,
};
use rusqlite::{Connection, Row};

use super::photos;
use crate::store::{DeviceId, StoreError};

/// The columns [`report`] reads, in its order.
pub(super) const REPORT: &str = "r.id, r.category, r.description, r.lat, r.lng, r.address, r.attributes, \
     r.visibility, r.name, r.status, r.status_since, r.supports, r.created_at, r.observed_at, r.updated_at, \
     r.due_at, r.jurisdiction, r.agency, r.source, r.demo, r.duplicate_of";

/// A row of [`REPORT`], with its history and, where a device asks, whether it supports the report.
pub(super) fn report(db: &Connection, row: &Row<'_>, device: Option<DeviceId>) -> Result<Report, StoreError> {
    let id = report_id(row.get(0)?)?;
    let visibility = visibility(&row.get::<_, String>(7)?)?;
    let name: Option<String> = row.get(8)?;
    Ok(Report {
        id,
        category: row.get(1)?,
        description: row.get(2)?,
        lat: row.get(3)?,
        lng: row.get(4)?,
        address: row.get(5)?,
        attributes: attributes(&row.get::<_, String>(6)?)?,
        photos: photos::of_report(db, id)?,
        visibility,
        // A name is kept as it was given; only a public report shows it.
        name: name.filter(|_| visibility == Visibility::Public),
        status: status(&row.get::<_, String>(9)?)?,
        status_since: time(row.get(10)?),
        supports: row.get::<_, i64>(11)?.unsigned_abs(),
        supported: device.map(|device| supported(db, id, device)).transpose()?,
        created_at: time(row.get(12)?),
        observed_at: row.get::<_, Option<i64>>(13)?.map(time),
        updated_at: time(row.get(14)?),
        due_at: row.get::<_, Option<i64>>(15)?.map(time),
        jurisdiction: row.get(16)?,
        agency: row.get(17)?,
        source: row.get(18)?,
        demo: row.get(19)?,
        duplicate_of: row.get::<_, Option<[u8; 16]>>(20)?.map(report_id).transpose()?,
        updates: updates(db, id)?,
    })
}

fn updates(db: &Connection, report: ReportId) -> Result<Vec<Update>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, at, status, note, photo, agency FROM updates WHERE report = ?1 ORDER BY at, id",
    )?;
    let mut rows = statement.query([report.as_bytes()])?;
    let mut updates = Vec::new();
    while let Some(row) = rows.next()? {
        updates.push(Update {
            id: UpdateId::from_bytes(row.get(0)?).map_err(|e| StoreError::corrupt("updates", e))?,
            at: time(row.get(1)?),
            status: row.get::<_, Option<String>>(2)?.as_deref().map(status).transpose()?,
            note: row.get(3)?,
            photo: row.get::<_, Option<[u8; 16]>>(4)?.map(photo_id).transpose()?,
            agency: row.get(5)?,
        });
    }
    Ok(updates)
}

fn supported(db: &Connection, report: ReportId, device: DeviceId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM supports WHERE report = ?1 AND device = ?2")?;
    Ok(statement.exists((report.as_bytes(), device.0))?)
}

pub(super) fn report_id(bytes: [u8; 16]) -> Result<ReportId, StoreError> {
    ReportId::from_bytes(bytes).map_err(|e| StoreError::corrupt("reports", e))
}

pub(super) fn photo_id(bytes: [u8; 16]) -> Result<PhotoId, StoreError> {
    PhotoId::from_bytes(bytes).map_err(|e| StoreError::corrupt("photos", e))
}

pub(super) fn attributes_text(attributes: &Attributes) -> Result<String, StoreError> {
    serde_json::to_string(attributes).map_err(|e| StoreError::corrupt("reports", e))
}

fn attributes(text: &str) -> Result<Attributes, StoreError> {
    serde_json::from_str::<std::collections::BTreeMap<String, AttributeValue>>(text)
        .map_err(|e| StoreError::corrupt("reports", e))
}

pub(super) fn status(text: &str) -> Result<Status, StoreError> {
    text.parse().map_err(|e| StoreError::corrupt("reports", e))
}

fn visibility(text: &str) -> Result<Visibility, StoreError> {
    [Visibility::Public, Visibility::Anonymous, Visibility::Private]
        .into_iter()
        .find(|visibility| visibility.as_str() == text)
        .ok_or_else(|| StoreError::corrupt("reports", format!("visibility {text}")))
}

fn time(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

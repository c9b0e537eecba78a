//! Many reports at once, from another system or for a demonstration.

use geo::{WorldPoint, cell};
use model::{Attributes, Status, Visibility};
use rusqlite::{Connection, named_params};
use sha2::{Digest as _, Sha256};

use super::{rows, supports::recount};
use crate::store::{ImportCount, ImportedReport, StoreError};

pub(super) fn add_all(db: &Connection, reports: &[ImportedReport]) -> Result<ImportCount, StoreError> {
    let mut count = ImportCount::default();
    for report in reports {
        if add(db, report)? {
            count.added += 1;
        } else {
            count.known += 1;
        }
    }
    Ok(count)
}

/// False when a report of this id is there already.
fn add(db: &Connection, report: &ImportedReport) -> Result<bool, StoreError> {
    let (lat, lng) = (report.position.lat(), report.position.lng());
    let last = report.history.last();
    let status = last.map_or(Status::Received, |update| update.status);
    let since = last.map_or(report.created_at, |update| update.at);
    let added = db
        .prepare_cached(
            "INSERT INTO reports (id, category, description, lat, lng, cell, address, attributes, visibility,
                 status, status_since, created_at, updated_at, due_at, jurisdiction, agency, source,
                 source_ontime, demo, body_hash)
             VALUES (:id, :category, :description, :lat, :lng, :cell, :address, :attributes, :visibility,
                 :status, :since, :created_at, :since, :due_at, :jurisdiction, :agency, :source,
                 :source_ontime, :demo, :body_hash)
             ON CONFLICT DO NOTHING",
        )?
        .execute(named_params! {
            ":id": report.id.as_bytes(),
            ":category": report.category,
            ":description": report.description,
            ":lat": lat,
            ":lng": lng,
            ":cell": cell(WorldPoint::from_degrees(lat, lng)),
            ":address": report.address,
            ":attributes": rows::attributes_text(&Attributes::new())?,
            ":visibility": Visibility::Anonymous.as_str(),
            ":status": status.as_str(),
            ":since": since.millis(),
            ":created_at": report.created_at.millis(),
            ":due_at": report.due_at.map(|at| at.millis()),
            ":jurisdiction": report.jurisdiction,
            ":agency": report.agency,
            ":source": report.source,
            ":source_ontime": report.source_ontime,
            ":demo": report.demo,
            // Nobody can send a body with this hash, so no device can claim an imported report.
            ":body_hash": unreachable_hash(u32::MAX),
        })?;
    if added == 0 {
        return Ok(false);
    }
    for update in &report.history {
        db.prepare_cached(
            "INSERT INTO updates (id, report, at, status, note, agency) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            update.id.as_bytes(),
            report.id.as_bytes(),
            update.at.millis(),
            update.status.as_str(),
            &update.note,
            &report.agency,
        ))?;
    }
    for number in 0..report.supports {
        let hash = unreachable_hash(number);
        db.prepare_cached(
            "INSERT INTO devices (token_hash, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute((hash, report.created_at.millis()))?;
        db.prepare_cached(
            "INSERT INTO supports (report, device, at) SELECT ?1, id, ?3 FROM devices WHERE token_hash = ?2",
        )?
        .execute((report.id.as_bytes(), hash, since.millis()))?;
    }
    if report.supports > 0 {
        recount(db, report.id)?;
    }
    Ok(true)
}

/// A hash whose input is itself a random-looking hash that nobody is given as a token: the numbered devices
/// that support demo reports can be told apart, and none of them can be impersonated.
fn unreachable_hash(number: u32) -> [u8; 32] {
    let mut bytes: [u8; 32] = Sha256::digest(b"a device of the demonstration").into();
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    bytes
}

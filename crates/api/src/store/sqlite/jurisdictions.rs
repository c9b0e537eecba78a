//! Governments that the operator has imported.

use model::Jurisdiction;
use rusqlite::{Connection, named_params};

use crate::store::{JurisdictionCount, StoreError};

pub(super) fn all(db: &Connection) -> Result<Vec<Jurisdiction>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT code, name, domain, lat, lng, west, south, east, north FROM jurisdictions ORDER BY code",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Jurisdiction {
            code: row.get(0)?,
            name: row.get(1)?,
            domain: row.get(2)?,
            center: [row.get(3)?, row.get(4)?],
            bbox: [row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn put_all(db: &Connection, given: &[Jurisdiction]) -> Result<JurisdictionCount, StoreError> {
    let mut count = JurisdictionCount::default();
    let known = all(db)?;
    for jurisdiction in given {
        match known.iter().find(|known| known.code == jurisdiction.code) {
            None => count.added += 1,
            Some(same) if same == jurisdiction => count.same += 1,
            Some(_) => count.changed += 1,
        }
        let [lat, lng] = jurisdiction.center;
        let [west, south, east, north] = jurisdiction.bbox;
        db.prepare_cached(
            "INSERT OR REPLACE INTO jurisdictions (code, name, domain, lat, lng, west, south, east, north)
             VALUES (:code, :name, :domain, :lat, :lng, :west, :south, :east, :north)",
        )?
        .execute(named_params! {
            ":code": jurisdiction.code,
            ":name": jurisdiction.name,
            ":domain": jurisdiction.domain,
            ":lat": lat,
            ":lng": lng,
            ":west": west,
            ":south": south,
            ":east": east,
            ":north": north,
        })?;
    }
    Ok(count)
}

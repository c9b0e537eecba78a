//! The reports around a place.
//!
//! The rectangle around the circle is cut into runs of cells as a view of the map is; of what lies in them only
//! ids and places are read at first, and of the nearest the rest.

use model::{BBox, NearbyReport, ReportId, Status};
use rusqlite::{Connection, params_from_iter, types::Value};

use super::{reports, rows, runs::runs_of, sql::Sql};
use crate::store::{DeviceId, NearbyQuery, StoreError};

/// How many are told at most: nobody reads more before writing a report.
const MOST: usize = 50;

pub(super) fn find(
    db: &Connection,
    query: &NearbyQuery,
    device: Option<DeviceId>,
) -> Result<Vec<NearbyReport>, StoreError> {
    let mut nearby = Vec::new();
    for (distance_m, id) in nearest(db, query)? {
        // One snapshot: what was found a moment ago is still there.
        if let Some(report) = reports::find(db, id, device)? {
            nearby.push(NearbyReport { report, distance_m });
        }
    }
    Ok(nearby)
}

/// Distances in metres and ids of the nearest; the id orders those of one distance.
fn nearest(db: &Connection, query: &NearbyQuery) -> Result<Vec<(f64, ReportId)>, StoreError> {
    let (lat, lng) = (query.place.lat(), query.place.lng());
    let [west, south, east, north] = geo::around(lat, lng, query.radius_m);
    let bbox = BBox { west, south, east, north };
    let mut sql = Sql::with_runs(&runs_of(&bbox));
    // CROSS JOIN keeps the order written here: for each run, its reports.
    sql.text(
        "SELECT r.id, r.lat, r.lng FROM run CROSS JOIN reports r INDEXED BY reports_by_cell
             ON r.cell BETWEEN run.first AND run.last WHERE r.visibility <> 'private'",
    );
    sql.within(&bbox);
    let open = Status::ALL.into_iter().filter(|status| status.is_open());
    sql.one_of("r.status", open.map(|status| Value::from(status.as_str().to_owned())));
    sql.one_of("r.category", query.categories.iter().map(|code| Value::from(code.clone())));

    let mut statement = db.prepare_cached(&sql.text)?;
    let mut found = statement.query(params_from_iter(sql.values))?;
    let mut nearest = Vec::new();
    while let Some(row) = found.next()? {
        let distance_m = geo::distance_m(lat, lng, row.get(1)?, row.get(2)?);
        if distance_m <= query.radius_m {
            nearest.push((distance_m, rows::report_id(row.get(0)?)?));
        }
    }
    nearest.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    nearest.truncate(MOST);
    Ok(nearest)
}

//! What a map needs: everything at once, and later what has changed.

use model::{ReportId, Timestamp};
use rusqlite::{Connection, Row, types::Type};

use super::rows;
use crate::store::{MapChanges, MapReport, MapReports, Revision, StoreError};

// Tests go to the end of each of them, and so have smaller ones.

/// Changes in one answer, at most. What is left over is in the next one.
const PORTION: i64 = if cfg!(test) { 100 } else { 20_000 };
/// Changes that are kept, with the ids of reports that are not there any more: an import changes so many in two seconds,
/// and whoever is further behind than that reads everything again.
const KEPT: i64 = if cfg!(test) { 150 } else { 20_000 };
/// Changes forgotten in one go, at most: nobody else can write meanwhile.
pub(super) const FORGOTTEN: usize = if cfg!(test) { 40 } else { 10_000 };

/// Categories in the order in which they were met.
#[derive(Default)]
struct Categories(Vec<String>);

impl Categories {
    fn place(&mut self, code: &str) -> Result<u16, StoreError> {
        let known = self.0.iter().position(|known| known == code).unwrap_or_else(|| {
            self.0.push(code.to_owned());
            self.0.len() - 1
        });
        u16::try_from(known)
            .map_err(|_| StoreError::corrupt("reports", "more categories than a map can show"))
    }
}

/// Rows that hold what no version of this program writes. They are left out: one such row must not keep all others from
/// the map.
#[derive(Default)]
struct Unreadable {
    rows: usize,
    /// The id of the first of them, as SQL writes it, and what about it.
    example: Option<(String, StoreError)>,
}

impl Unreadable {
    /// Takes note of a row that begins with its report's id.
    fn note(&mut self, row: &Row<'_>, error: StoreError) {
        self.rows += 1;
        let id = || row.get_ref(0).ok().and_then(|id| id.as_blob().ok()).unwrap_or_default();
        self.example.get_or_insert_with(|| {
            (format!("x'{}'", id().iter().map(|byte| format!("{byte:02x}")).collect::<String>()), error)
        });
    }

    /// Says so once, however many there are.
    fn tell(self) {
        if let Some((id, error)) = self.example {
            tracing::error!(rows = self.rows, example = id, %error, "reports that cannot be read are not on the map");
        }
    }
}

fn id(row: &Row<'_>) -> Result<ReportId, StoreError> {
    rows::report_id(row.get(0)?)
}

/// Reads a row of `id, cell, category, status, status_since, created_at`. Whatever fails is in the row itself.
fn report(row: &Row<'_>, categories: &mut Categories, supports: u32) -> Result<MapReport, StoreError> {
    let text = |column| -> Result<&str, StoreError> {
        row.get_ref(column)?.as_str().map_err(|e| StoreError::corrupt("reports", e))
    };
    let day = |column| Ok::<_, rusqlite::Error>(Timestamp::from_millis(row.get(column)?).day());
    Ok(MapReport {
        id: id(row)?,
        at: geo::place_of(row.get(1)?),
        category: categories.place(text(2)?)?,
        status: text(3)?.parse().map_err(|e| StoreError::corrupt("reports", e))?,
        since: day(4)?,
        supports,
        day: day(5)?,
    })
}

/// All reports that everybody may read, in the order of their cells.
pub(super) fn all(db: &Connection) -> Result<MapReports, StoreError> {
    let (_, newest) = kept(db)?;
    let supports = supports(db)?;
    let (mut categories, mut unreadable) = (Categories::default(), Unreadable::default());
    let mut reports = Vec::with_capacity(count(db)?);
    let mut statement = db.prepare(
        "SELECT id, cell, category, status, status_since, created_at, rowid
         FROM reports INDEXED BY reports_on_map WHERE visibility <> 'private' ORDER BY cell, id",
    )?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let rowid: i64 = row.get(6)?;
        let supported = supports.binary_search_by_key(&rowid, |&(rowid, _)| rowid);
        let supports = supported.map_or(0, |place| supports[place].1);
        match report(row, &mut categories, supports) {
            Ok(report) => reports.push(report),
            Err(error) => unreadable.note(row, error),
        }
    }
    unreadable.tell();
    Ok(MapReports { reports, categories: categories.0, revision: Revision(newest) })
}

/// How many there are, to make room for them at once: a list that grows is in memory twice now and then.
fn count(db: &Connection) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM reports INDEXED BY reports_on_map WHERE visibility <> 'private'";
    Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs() as usize)
}

/// How many support each report that anybody supports, in the order of the rows.
fn supports(db: &Connection) -> Result<Vec<(i64, u32)>, StoreError> {
    let mut statement = db.prepare(
        "SELECT rowid, supports FROM reports INDEXED BY reports_by_supports
         WHERE visibility <> 'private' AND supports > 0",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut supports = found.collect::<Result<Vec<_>, _>>()?;
    supports.sort_unstable();
    Ok(supports)
}

/// What has changed since a revision.
pub(super) fn changes(db: &Connection, Revision(since): Revision) -> Result<MapChanges, StoreError> {
    let (before_oldest, newest) = kept(db)?;
    // Beyond the newest: another database was put in the place of the one that was read.
    if !(before_oldest..=newest).contains(&since) {
        return Ok(MapChanges::TooFarBehind);
    }
    let until = newest.min(since + PORTION);
    let (mut categories, mut unreadable) = (Categories::default(), Unreadable::default());
    let (mut reports, mut gone) = (Vec::new(), Vec::new());
    if until > since {
        let mut statement = db.prepare_cached(
            "SELECT c.report, r.cell, r.category, r.status, r.status_since, r.created_at, r.supports
             FROM (SELECT DISTINCT report FROM changes WHERE rev > ?1 AND rev <= ?2) c
             LEFT JOIN reports r ON r.id = c.report AND r.visibility <> 'private'",
        )?;
        let mut found = statement.query([since, until])?;
        while let Some(row) = found.next()? {
            let id = id(row);
            if row.get_ref(1)?.data_type() == Type::Null {
                match id {
                    Ok(id) => gone.push(id),
                    // It never was on a map.
                    Err(error) => unreadable.note(row, error),
                }
                continue;
            }
            let supports = row.get(6)?;
            match report(row, &mut categories, supports) {
                Ok(report) => reports.push(report),
                Err(error) => {
                    // Taken off, as if the map were loaded now.
                    gone.extend(id);
                    unreadable.note(row, error);
                }
            }
        }
    }
    unreadable.tell();
    let now = MapReports { reports, categories: categories.0, revision: Revision(until) };
    Ok(MapChanges::Reports { now, gone, more: until < newest })
}

/// Forgets the oldest changes, some of them at a time; how many.
pub(super) fn forget(db: &Connection) -> Result<usize, StoreError> {
    let (before_oldest, newest) = kept(db)?;
    let until = (newest - KEPT).min(before_oldest + FORGOTTEN as i64);
    Ok(db.prepare_cached("DELETE FROM changes WHERE rev <= ?1")?.execute([until])?)
}

/// The number before the oldest change that is kept, and that of the newest. The numbers between them have no gaps.
fn kept(db: &Connection) -> Result<(i64, i64), StoreError> {
    // Two questions in one: together in one SELECT SQLite would look at every row.
    let sql = "SELECT (SELECT min(rev) FROM changes), (SELECT max(rev) FROM changes)";
    let found = db
        .prepare_cached(sql)?
        .query_row([], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)))?;
    Ok(match found {
        (Some(oldest), Some(newest)) => (oldest - 1, newest),
        // Nothing has changed since the log was begun.
        _ => (0, 0),
    })
}

#[cfg(test)]
mod tests;

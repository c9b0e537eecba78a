//! A page of the public list.

use model::{Report, ReportPage, Sort};
use rusqlite::{Connection, params_from_iter};

use super::{
    filter::Filter,
    rows,
    sql::Sql,
    way::{self, Way},
};
use crate::store::{Cursor, DeviceId, ReportQuery, StoreError};

/// Bytes of descriptions on a page: where they are passed the page ends, or 500 of the longest would be eight million
/// bytes, held for as long as a slow reader takes. Where people write as people do, it is never met.
const DESCRIPTIONS: usize = 1024 * 1024;

pub(super) fn page(
    db: &Connection,
    query: &ReportQuery,
    device: Option<DeviceId>,
) -> Result<ReportPage, StoreError> {
    let (reports, more) = read(db, query, device)?;
    let next = reports.last().filter(|_| more).map(|last| query.write_cursor(cursor_at(last, query.sort)));
    Ok(ReportPage { reports, next })
}

fn cursor_at(report: &Report, sort: Sort) -> Cursor {
    let key = match sort {
        Sort::Newest => report.created_at.millis(),
        Sort::Updated => report.updated_at.millis(),
        Sort::Supports => report.supports.cast_signed(),
    };
    Cursor { key, id: report.id }
}

/// The reports of a page, and whether another page follows: for that, one more than asked for is looked for.
fn read(
    db: &Connection,
    query: &ReportQuery,
    device: Option<DeviceId>,
) -> Result<(Vec<Report>, bool), StoreError> {
    let mut sql = match way::shortest(db, query)? {
        Way::Cells(runs) => {
            let mut sql = Sql::with_runs(&runs);
            // CROSS JOIN keeps the order written here: for each run, its reports.
            sql.text(&format!(
                "SELECT {} FROM run CROSS JOIN reports r INDEXED BY reports_by_cell
                     ON r.cell BETWEEN run.first AND run.last WHERE TRUE",
                rows::REPORT
            ));
            sql
        }
        Way::Index(index) => {
            let mut sql = Sql::default();
            sql.text(&format!("SELECT {} FROM reports r INDEXED BY {index} WHERE TRUE", rows::REPORT));
            sql
        }
    };
    sql.text(" AND r.visibility <> 'private'");
    if let Some(bbox) = &query.bbox {
        sql.within(bbox);
    }
    for filter in Filter::ALL {
        filter.add_to(&mut sql, query);
    }
    let key = match query.sort {
        Sort::Newest => "r.created_at",
        Sort::Updated => "r.updated_at",
        Sort::Supports => "r.supports",
    };
    if let Some(after) = query.after {
        sql.text(&format!(" AND ({key}, r.id) < ("))
            .value(after.key)
            .text(", ")
            .value(after.id.as_bytes().to_vec());
        sql.text(")");
    }
    sql.text(&format!(" ORDER BY {key} DESC, r.id DESC LIMIT ")).value(query.limit as i64 + 1);

    let mut statement = db.prepare_cached(&sql.text)?;
    let mut found = statement.query(params_from_iter(sql.values))?;
    let mut reports = Vec::new();
    let mut descriptions = 0;
    while let Some(row) = found.next()? {
        if reports.len() == query.limit || descriptions > DESCRIPTIONS {
            return Ok((reports, true));
        }
        let report = rows::report(db, row, device)?;
        descriptions += report.description.len();
        reports.push(report);
    }
    Ok((reports, false))
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    use model::{BBox, Status, Timestamp};

    use super::*;
    use crate::store::SqliteStore;

    const ROWS: i64 = 40_000;
    /// Steps of SQLite's machine between two counts.
    const EVERY: i32 = 10;
    /// What reading a page of fifty with their histories takes, generously.
    const PAGE: i64 = 20_000;
    /// What it takes to see that a filter matches more than a few: nine steps each.
    const COUNTED: i64 = 9 * 5_001;

    /// Reports of which one in ten thousand is of another category, government or status each, and the oldest
    /// seven thousand of an old government. The order of updates is another one than that of creation.
    fn database() -> Connection {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStore::open(folder.path()).unwrap());
        let db = Connection::open(folder.path().join(super::super::FILE)).unwrap();
        let sql = "
            WITH RECURSIVE row (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < ?1)
            INSERT INTO reports (id, category, description, lat, lng, cell, attributes, visibility, status,
                status_since, supports, created_at, updated_at, jurisdiction, demo, body_hash)
            SELECT unhex(printf('%012x7%03x8%015x', n, 0, n)), iif(n % 10000 = 5, 'fire', 'road'), 'Lubang',
                -6.9, 107.6, ?2, '{}', 'anonymous', iif(n % 10000 = 7, 'rejected', 'received'),
                n, n * 31 % 100, n, n * 7919 % ?1,
                CASE WHEN n % 10000 = 9 THEN '35.78' WHEN n < 7000 THEN '32.73' ELSE 'unassigned' END, 0, x'00'
            FROM row";
        let cell = geo::cell(geo::WorldPoint::from_degrees(-6.9, 107.6));
        assert_eq!(db.execute(sql, [ROWS, cell]).unwrap(), usize::try_from(ROWS).unwrap());
        db
    }

    fn query() -> ReportQuery {
        ReportQuery {
            bbox: None,
            categories: Vec::new(),
            statuses: Vec::new(),
            jurisdiction: None,
            since: None,
            sort: Sort::Newest,
            limit: 50,
            after: None,
        }
    }

    /// How many reports a page has, and how many steps of SQLite's machine it took.
    fn cost(db: &Connection, query: &ReportQuery) -> (usize, i64) {
        let steps = Arc::new(AtomicI64::new(0));
        let counter = Arc::clone(&steps);
        let count = move || {
            counter.fetch_add(i64::from(EVERY), Ordering::Relaxed);
            false
        };
        db.progress_handler(EVERY, Some(count)).unwrap();
        let found = page(db, query, None).unwrap().reports.len();
        (found, steps.load(Ordering::Relaxed))
    }

    #[test]
    fn what_few_reports_match_is_found_without_walking_the_others() {
        let db = database();
        let since = Some(Timestamp::from_millis(ROWS - 4));
        let both = vec!["fire".to_owned(), "flood".to_owned()];
        for sort in [Sort::Newest, Sort::Updated, Sort::Supports] {
            for rare in [
                ReportQuery { categories: vec!["fire".into()], ..query() },
                ReportQuery { categories: both.clone(), ..query() },
                ReportQuery { statuses: vec![Status::Rejected], ..query() },
                ReportQuery { statuses: vec![Status::Rejected, Status::Duplicate], ..query() },
                ReportQuery { jurisdiction: Some("35.78".into()), ..query() },
                ReportQuery { since, ..query() },
                // What is rare is found among what is not, in whichever order they are looked at.
                ReportQuery { categories: vec!["fire".into()], statuses: vec![Status::Received], ..query() },
                ReportQuery {
                    categories: vec!["road".into()],
                    statuses: vec![Status::Received],
                    jurisdiction: Some("35.78".into()),
                    ..query()
                },
            ] {
                let rare = ReportQuery { sort, ..rare };
                let (found, steps) = cost(&db, &rare);
                assert_eq!(found, 4, "{rare:?}");
                let beside_what_is_not = rare.statuses == [Status::Received];
                let most = if beside_what_is_not { 2 * COUNTED + PAGE } else { PAGE / 4 };
                assert!(steps < most, "{steps} steps for {rare:?}");
            }
        }
    }

    #[test]
    fn a_page_of_long_descriptions_ends_early_and_the_next_goes_on() {
        let db = database();
        let long = "\u{1f573}".repeat(4000);
        db.execute("UPDATE reports SET description = ?1 WHERE created_at >= ?2", (&long, ROWS - 200))
            .unwrap();
        let mut query = ReportQuery { limit: 500, ..query() };
        let first = page(&db, &query, None).unwrap();
        assert_eq!(first.reports.len(), DESCRIPTIONS / long.len() + 1);
        let mut read: Vec<_> = first.reports.iter().map(|report| report.created_at.millis()).collect();
        let mut next = first.next;
        while read.len() < 500 {
            query.after = Some(query.read_cursor(&next.unwrap()).unwrap());
            let page = page(&db, &query, None).unwrap();
            read.extend(page.reports.iter().map(|report| report.created_at.millis()));
            next = page.next;
        }
        let expected: Vec<_> = (0..ROWS).rev().take(read.len()).collect();
        assert_eq!(read, expected, "none is left out and none comes twice");
    }

    #[test]
    fn what_many_reports_match_is_found_soon() {
        let db = database();
        for sort in [Sort::Newest, Sort::Updated, Sort::Supports] {
            for common in [
                query(),
                ReportQuery { categories: vec!["road".into()], ..query() },
                ReportQuery { statuses: vec![Status::Received], ..query() },
                ReportQuery { jurisdiction: Some("unassigned".into()), ..query() },
                // Whose newest are older than all of the others.
                ReportQuery { jurisdiction: Some("32.73".into()), ..query() },
                ReportQuery { bbox: Some(BBox::new(107.0, -7.0, 108.0, -6.0).unwrap()), ..query() },
            ] {
                let common = ReportQuery { sort, ..common };
                let (found, steps) = cost(&db, &common);
                assert_eq!(found, 50, "{common:?}");
                assert!(steps < COUNTED + PAGE, "{steps} steps for {common:?}");
            }
        }
    }
}

//! The shortest way to the reports that a list is asked for.
//!
//! Where few reports lie in the view, or few match one of the filters, those are taken and ordered on the spot;
//! where all match many, the index of the order is walked and what does not match is left out. All ways give the
//! same page. Two filters that match many each and little together make the last way a long one; the readers' time
//! limit bounds it. One government's reports of one category, which the portal asks for, have an index of their own.

use std::iter;

use model::Sort;
use rusqlite::{Connection, params_from_iter};

use super::{filter::Filter, runs::runs_of, sql::Sql};
use crate::store::{ReportQuery, StoreError};

/// Up to so many reports are ordered on the spot; sorting them takes a few milliseconds.
const FEW: i64 = 5000;

/// The index of one government's reports of one category.
const BOTH: &str = "reports_by_jurisdiction_and_category";

/// A way to a page. Each names the index it goes by: the statistics that SQLite would choose one by are not kept.
pub(super) enum Way {
    /// By the runs of cells of the view.
    Cells(Vec<(i64, i64)>),
    /// By the index of this name.
    Index(&'static str),
}

/// Chooses by counting, no further than [`FEW`].
pub(super) fn shortest(db: &Connection, query: &ReportQuery) -> Result<Way, StoreError> {
    let mut way = Way::Index(order(query));
    let mut fewest = FEW + 1;
    if let Some(bbox) = &query.bbox {
        let runs = runs_of(bbox);
        let count = in_runs(db, &runs, fewest)?;
        if count < fewest {
            (way, fewest) = (Way::Cells(runs), count);
        }
    }
    for (index, filters) in indexes(query) {
        let mut sql = Sql::default();
        sql.text("SELECT count(*) FROM (SELECT 1 FROM reports r INDEXED BY ").text(index);
        sql.text(" WHERE r.visibility <> 'private'");
        let mut asked = false;
        for filter in &filters {
            asked |= filter.add_to(&mut sql, query);
        }
        if asked {
            sql.text(" LIMIT ").value(fewest).text(")");
            let count = db
                .prepare_cached(&sql.text)?
                .query_row(params_from_iter(sql.values), |row| row.get::<_, i64>(0))?;
            if count < fewest {
                (way, fewest) = (Way::Index(index), count);
            }
        }
    }
    Ok(way)
}

/// The indexes that find what filters let through, with the filters of each.
fn indexes(query: &ReportQuery) -> Vec<(&'static str, Vec<Filter>)> {
    if asks_for_both(query) {
        let both = vec![Filter::Jurisdiction, Filter::Category];
        let others = [Filter::Status, Filter::Since].map(|filter| (filter.index(), vec![filter]));
        iter::once((BOTH, both)).chain(others).collect()
    } else {
        Filter::ALL.map(|filter| (filter.index(), vec![filter])).into()
    }
}

/// With several categories the index of both is no order of creation.
fn asks_for_both(query: &ReportQuery) -> bool {
    query.jurisdiction.is_some() && query.categories.len() == 1
}

/// The index that is walked where everything matches many. The newest of one government, category or status, or of
/// one government and category, have one that holds no others.
fn order(query: &ReportQuery) -> &'static str {
    match query.sort {
        Sort::Newest if asks_for_both(query) => BOTH,
        Sort::Newest if query.jurisdiction.is_some() => Filter::Jurisdiction.index(),
        Sort::Newest if query.categories.len() == 1 => Filter::Category.index(),
        Sort::Newest if query.statuses.len() == 1 => Filter::Status.index(),
        Sort::Newest => "reports_by_created",
        Sort::Updated => "reports_by_updated",
        Sort::Supports => "reports_by_supports",
    }
}

/// How many public reports the runs hold; counts no further than `most`.
fn in_runs(db: &Connection, runs: &[(i64, i64)], most: i64) -> Result<i64, StoreError> {
    let mut count = 0;
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM reports INDEXED BY reports_by_cell
             WHERE visibility <> 'private' AND cell BETWEEN ?1 AND ?2 LIMIT ?3)",
    )?;
    for (first, last) in runs {
        count += statement.query_row((first, last, most - count), |row| row.get::<_, i64>(0))?;
        if count >= most {
            break;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    use super::{super::list, *};
    use crate::store::SqliteStore;

    const ROWS: i64 = 40_000;
    /// Steps of SQLite's machine between two counts.
    const EVERY: i32 = 10;
    /// What reading a page of fifty with their histories takes, generously.
    const PAGE: i64 = 20_000;
    /// What it takes to see that an index holds more than a few: nine steps each.
    const COUNTED: i64 = 9 * 5_001;

    /// The older half is all of one government and category. In the newer half that government has another category
    /// and that category another government, and two reports are of what is rare together.
    fn database() -> Connection {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStore::open(folder.path()).unwrap());
        let db = Connection::open(folder.path().join(super::super::FILE)).unwrap();
        let sql = "
            WITH RECURSIVE row (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < ?1)
            INSERT INTO reports (id, category, description, lat, lng, cell, attributes, visibility, status,
                status_since, supports, created_at, updated_at, jurisdiction, demo, body_hash)
            SELECT unhex(printf('%012x7%03x8%015x', n, 0, n)),
                iif(n * 2 < ?1 OR (n % 2 = 0 AND n % 10000 <> 6), 'flood', 'road'), 'Lubang',
                -6.9, 107.6, ?2, '{}', 'anonymous', 'received', n, n * 31 % 100, n, n * 7919 % ?1,
                iif(n * 2 < ?1 OR n % 2 = 1, '32.73', '35.78'), 0, x'00'
            FROM row";
        let cell = geo::cell(geo::WorldPoint::from_degrees(-6.9, 107.6));
        assert_eq!(db.execute(sql, [ROWS, cell]).unwrap(), usize::try_from(ROWS).unwrap());
        db
    }

    /// How many reports the first page has, and how many steps of SQLite's machine it took.
    fn cost(db: &Connection, jurisdiction: &str, category: &str, sort: Sort) -> (usize, i64) {
        let query = ReportQuery {
            bbox: None,
            categories: vec![category.into()],
            statuses: Vec::new(),
            jurisdiction: Some(jurisdiction.into()),
            since: None,
            sort,
            limit: 50,
            after: None,
        };
        let steps = Arc::new(AtomicI64::new(0));
        let counter = Arc::clone(&steps);
        let count = move || {
            counter.fetch_add(i64::from(EVERY), Ordering::Relaxed);
            false
        };
        db.progress_handler(EVERY, Some(count)).unwrap();
        let found = list::page(db, &query, None).unwrap().reports.len();
        (found, steps.load(Ordering::Relaxed))
    }

    #[test]
    fn one_category_of_one_government_is_found_among_many_of_either() {
        let db = database();
        for sort in [Sort::Newest, Sort::Updated, Sort::Supports] {
            let (found, steps) = cost(&db, "35.78", "road", sort);
            assert_eq!(found, 2, "{sort:?}");
            assert!(steps < PAGE / 4, "{steps} steps for what is rare together, {sort:?}");
        }
        let (found, steps) = cost(&db, "32.73", "flood", Sort::Newest);
        assert_eq!(found, 50);
        assert!(steps < COUNTED + PAGE, "{steps} steps for the newest, which are older than those of either");
    }
}

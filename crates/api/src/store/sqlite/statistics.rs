//! Public reports, counted by category and status.

use std::collections::{BTreeMap, HashMap};

use model::{ReportCount, Statistics, Status};
use rusqlite::{Connection, params_from_iter, types::Value};

use super::{rows, sql::Sql};
use crate::store::{StatisticsQuery, StoreError};

pub(super) fn count(db: &Connection, query: &StatisticsQuery) -> Result<Statistics, StoreError> {
    let sql = statement(query);
    let mut statement = db.prepare_cached(&sql.text)?;
    let mut found = statement.query(params_from_iter(sql.values))?;
    let mut counted: BTreeMap<String, HashMap<Status, u64>> = BTreeMap::new();
    while let Some(row) = found.next()? {
        let status = rows::status(&row.get::<_, String>(1)?)?;
        let reports = row.get::<_, i64>(2)?.unsigned_abs();
        *counted.entry(row.get(0)?).or_default().entry(status).or_default() += reports;
    }
    let mut by = Vec::new();
    for (category, counts) in counted {
        for status in Status::ALL {
            if let Some(&reports) = counts.get(&status) {
                by.push(ReportCount { category: category.clone(), status, reports });
            }
        }
    }
    Ok(Statistics { reports: by.iter().map(|count| count.reports).sum(), by })
}

fn statement(query: &StatisticsQuery) -> Sql {
    let mut sql = Sql::default();
    sql.text(
        "SELECT r.category, r.status, count(*)
             FROM reports r INDEXED BY reports_by_jurisdiction_category_and_status
             WHERE r.visibility <> 'private'",
    );
    sql.one_of("r.jurisdiction", query.jurisdiction.iter().cloned().map(Value::from));
    sql.one_of("r.category", query.categories.iter().cloned().map(Value::from));
    // By the index's own order, so that nothing is sorted; governments are put together by whoever reads it.
    sql.text(" GROUP BY r.jurisdiction, r.category, r.status");
    sql
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    use super::*;
    use crate::store::SqliteStore;

    const ROWS: i64 = 40_000;
    /// Steps of SQLite's machine between two counts.
    const EVERY: i32 = 10;
    /// What counting a report takes: to walk on to it, to look whether it is the first of a group, to add one.
    const EACH: i64 = 12;
    /// What an answer takes besides: a group each of two governments, three categories and two statuses.
    const ANSWER: i64 = 1_000;

    /// Reports of three categories, a quarter of them resolved and a tenth private; every thousandth is of a small
    /// government.
    fn database() -> Connection {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStore::open(folder.path()).unwrap());
        let db = Connection::open(folder.path().join(super::super::FILE)).unwrap();
        let sql = "
            WITH RECURSIVE row (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < ?1)
            INSERT INTO reports (id, category, description, lat, lng, cell, attributes, visibility, status,
                status_since, supports, created_at, updated_at, jurisdiction, demo, body_hash)
            SELECT unhex(printf('%012x7%03x8%015x', n, 0, n)),
                CASE n % 5 WHEN 0 THEN 'fire' WHEN 1 THEN 'flood' ELSE 'road' END, 'Lubang',
                -6.9, 107.6, 0, '{}', iif(n % 10 = 4, 'private', 'anonymous'),
                iif(n % 4 = 3, 'resolved', 'received'), n, 0, n, n, iif(n % 1000 = 0, '35.78', '32.73'), 0, x'00'
            FROM row";
        assert_eq!(db.execute(sql, [ROWS]).unwrap(), usize::try_from(ROWS).unwrap());
        db
    }

    fn query(jurisdiction: Option<&str>, categories: &[&str]) -> StatisticsQuery {
        StatisticsQuery {
            jurisdiction: jurisdiction.map(str::to_owned),
            categories: categories.iter().map(|code| (*code).to_owned()).collect(),
        }
    }

    /// What is counted, and how many steps of SQLite's machine it took.
    fn cost(db: &Connection, query: &StatisticsQuery) -> (Statistics, i64) {
        let steps = Arc::new(AtomicI64::new(0));
        let counter = Arc::clone(&steps);
        let count_steps = move || {
            counter.fetch_add(i64::from(EVERY), Ordering::Relaxed);
            false
        };
        db.progress_handler(EVERY, Some(count_steps)).unwrap();
        let statistics = count(db, query).unwrap();
        (statistics, steps.load(Ordering::Relaxed))
    }

    fn told(statistics: &Statistics) -> Vec<(&str, Status, u64)> {
        statistics.by.iter().map(|count| (count.category.as_str(), count.status, count.reports)).collect()
    }

    #[test]
    fn it_costs_what_is_counted_and_nothing_else() {
        let db = database();
        for (asked, reports) in [
            (query(None, &[]), 36_000),
            (query(Some("32.73"), &[]), 35_960),
            (query(Some("32.73"), &["road"]), 20_000),
            (query(Some("32.73"), &["road", "flood"]), 28_000),
            (query(Some("35.78"), &[]), 40),
            (query(Some("35.78"), &["fire", "road"]), 40),
            (query(Some("unassigned"), &[]), 0),
        ] {
            let (statistics, steps) = cost(&db, &asked);
            assert_eq!(statistics.reports, reports, "{asked:?}");
            let most = EACH * i64::try_from(reports).unwrap() + ANSWER;
            assert!(steps < most, "{steps} steps for {asked:?}");
        }
        // Without a government the others of its category are passed over, but no report itself is read.
        let (statistics, steps) = cost(&db, &query(None, &["fire"]));
        assert_eq!(statistics.reports, 8_000);
        assert!(steps < EACH * ROWS + ANSWER, "{steps} steps");
    }

    #[test]
    fn the_index_has_all_that_is_read_in_the_order_it_is_counted() {
        let db = database();
        for asked in [query(None, &[]), query(Some("32.73"), &[]), query(Some("32.73"), &["road", "fire"])] {
            let statement = statement(&asked);
            let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.text)).unwrap();
            let steps = plan.query_map(params_from_iter(statement.values), |row| row.get::<_, String>(3));
            let steps: Vec<_> = steps.unwrap().map(Result::unwrap).collect();
            let [step] = &steps[..] else { panic!("{steps:?}") };
            assert!(
                step.contains("USING COVERING INDEX reports_by_jurisdiction_category_and_status"),
                "{step}"
            );
        }
    }

    #[test]
    fn what_is_told_stands_in_the_order_of_categories_and_of_a_report_s_life() {
        use Status::{Received, Resolved};
        let db = database();
        let (all, _) = cost(&db, &query(None, &[]));
        assert_eq!(
            told(&all),
            [
                ("fire", Received, 6_000),
                ("fire", Resolved, 2_000),
                ("flood", Received, 6_000),
                ("flood", Resolved, 2_000),
                ("road", Received, 14_000),
                ("road", Resolved, 6_000),
            ]
        );
        let (small, _) = cost(&db, &query(Some("35.78"), &[]));
        assert_eq!(told(&small), [("fire", Received, 40)]);
    }
}

//! A page of the public list.
//!
//! Two ways lead to a page of a map view. Where few reports lie in the view, they are taken from its runs of
//! cells and ordered; where many do, the index of the order is walked and what lies outside the view is left
//! out. Both give the same page. A filter that matches little makes the second way a long one; the readers' time
//! limit bounds it.

use model::{Report, ReportPage, Sort};
use rusqlite::{Connection, params_from_iter, types::Value};

use super::{rows, runs::runs_of, sql::Sql};
use crate::store::{Cursor, DeviceId, ReportQuery, StoreError};

/// Up to so many reports in a view are ordered on the spot; sorting them takes a few milliseconds.
const FEW: i64 = 5000;

pub(super) fn page(
    db: &Connection,
    query: &ReportQuery,
    device: Option<DeviceId>,
) -> Result<ReportPage, StoreError> {
    let reports = read(db, query, device)?;
    let more = reports.len() > query.limit;
    let reports: Vec<Report> = reports.into_iter().take(query.limit).collect();
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

/// One report more than asked for, so that it is known whether another page follows.
fn read(db: &Connection, query: &ReportQuery, device: Option<DeviceId>) -> Result<Vec<Report>, StoreError> {
    let runs = query.bbox.map(|bbox| runs_of(&bbox));
    let by_cell = match &runs {
        Some(runs) => few_in(db, runs)?,
        None => false,
    };

    let mut sql = match &runs {
        Some(runs) if by_cell => {
            let mut sql = Sql::with_runs(runs);
            // CROSS JOIN keeps the order written here: for each run, its reports.
            sql.text(&format!(
                "SELECT {} FROM run CROSS JOIN reports r ON r.cell BETWEEN run.first AND run.last WHERE TRUE",
                rows::REPORT
            ));
            sql
        }
        _ => {
            let mut sql = Sql::default();
            sql.text(&format!("SELECT {} FROM reports r WHERE TRUE", rows::REPORT));
            sql
        }
    };
    sql.text(" AND r.visibility <> 'private'");
    if let Some(bbox) = &query.bbox {
        sql.within(bbox);
    }
    sql.one_of("r.category", query.categories.iter().map(|code| Value::from(code.clone())));
    sql.one_of("r.status", query.statuses.iter().map(|status| Value::from(status.as_str().to_owned())));
    sql.one_of("r.jurisdiction", query.jurisdiction.iter().map(|code| Value::from(code.clone())));
    if let Some(since) = query.since {
        sql.text(" AND r.created_at >= ").value(since.millis());
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
    // The plus keeps SQLite from walking the index of the order when the cells are the shorter way.
    let plus = if by_cell { "+" } else { "" };
    sql.text(&format!(" ORDER BY {plus}{key} DESC, r.id DESC LIMIT ")).value(query.limit as i64 + 1);

    let mut statement = db.prepare_cached(&sql.text)?;
    let mut found = statement.query(params_from_iter(sql.values))?;
    let mut reports = Vec::new();
    while let Some(row) = found.next()? {
        reports.push(rows::report(db, row, device)?);
    }
    Ok(reports)
}

/// Whether the runs hold at most [`FEW`] public reports; counts no further than that.
fn few_in(db: &Connection, runs: &[(i64, i64)]) -> Result<bool, StoreError> {
    let mut left = FEW;
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM reports
             WHERE visibility <> 'private' AND cell BETWEEN ?1 AND ?2 LIMIT ?3)",
    )?;
    for (first, last) in runs {
        left -= statement.query_row((first, last, left + 1), |row| row.get::<_, i64>(0))?;
        if left < 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

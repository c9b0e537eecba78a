//! A page of the public list.
//!
//! Two ways lead to a page of a map view. Where few reports lie in the view, they are taken from its runs of
//! cells and ordered; where many do, the index of the order is walked and what lies outside the view is left
//! out. Both give the same page. A filter that matches little makes the second way a long one; the readers' time
//! limit bounds it.

use geo::{WorldPoint, cover};
use model::{BBox, Report, ReportPage, Sort};
use rusqlite::{Connection, params_from_iter, types::Value};

use super::rows;
use crate::store::{Cursor, DeviceId, ReportQuery, StoreError};

/// Runs of cells that a view is cut into.
const RUNS: usize = 16;
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

    let mut sql = Sql::default();
    if let (true, Some(runs)) = (by_cell, &runs) {
        sql.text("WITH run (first, last) AS (VALUES ");
        for (i, (first, last)) in runs.iter().enumerate() {
            sql.text(if i == 0 { "(" } else { ", (" }).value(*first).text(", ").value(*last).text(")");
        }
        // CROSS JOIN keeps the order written here: for each run, its reports.
        sql.text(&format!(
            ") SELECT {} FROM run CROSS JOIN reports r ON r.cell BETWEEN run.first AND run.last WHERE TRUE",
            rows::REPORT
        ));
    } else {
        sql.text(&format!("SELECT {} FROM reports r WHERE TRUE", rows::REPORT));
    }
    sql.text(" AND r.visibility <> 'private'");
    if let Some(bbox) = &query.bbox {
        sql.text(" AND r.lat BETWEEN ").value(bbox.south).text(" AND ").value(bbox.north);
        let within = if bbox.crosses_antimeridian() { "OR" } else { "AND" };
        sql.text(" AND (r.lng >= ")
            .value(bbox.west)
            .text(&format!(" {within} r.lng <= "))
            .value(bbox.east)
            .text(")");
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

fn runs_of(bbox: &BBox) -> Vec<(i64, i64)> {
    let halves = bbox.split();
    let each = RUNS / halves.len();
    let mut runs: Vec<(i64, i64)> = halves
        .iter()
        .flat_map(|half| {
            let north_west = WorldPoint::from_degrees(half.north, half.west);
            let south_east = WorldPoint::from_degrees(half.south, half.east);
            cover(north_west, south_east, each)
        })
        .map(|run| (run.first, run.last))
        .collect();
    // Where a view goes nearly all around the earth, what sticks out of one half lies in the other as well; a
    // report in two runs would stand twice in the page.
    runs.sort_unstable();
    runs.dedup_by(|next, run| {
        let overlaps = next.0 <= run.1;
        if overlaps {
            run.1 = run.1.max(next.1);
        }
        overlaps
    });
    runs
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

/// A statement and the values that stand in it as `?`.
#[derive(Default)]
struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text("?")
    }

    /// Nothing for an empty list: it asks for everything.
    fn one_of(&mut self, column: &str, values: impl Iterator<Item = Value>) {
        let values: Vec<Value> = values.collect();
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(", ");
            self.text(&format!(" AND {column} IN ({marks})"));
            self.values.extend(values);
        }
    }
}

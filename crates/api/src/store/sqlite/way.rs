//! The shortest way to the reports that a list is asked for.
//!
//! Where few reports lie in the view, or few match one of the filters, those are taken and ordered on the spot;
//! where all match many, the index of the order is walked and what does not match is left out. All ways give the
//! same page. Two filters that match many each and little together make the last way a long one; the readers' time
//! limit bounds it.

use model::Sort;
use rusqlite::{Connection, params_from_iter};

use super::{filter::Filter, runs::runs_of, sql::Sql};
use crate::store::{ReportQuery, StoreError};

/// Up to so many reports are ordered on the spot; sorting them takes a few milliseconds.
const FEW: i64 = 5000;

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
    for filter in Filter::ALL {
        let mut sql = Sql::default();
        let index = filter.index();
        sql.text("SELECT count(*) FROM (SELECT 1 FROM reports r INDEXED BY ").text(index);
        sql.text(" WHERE r.visibility <> 'private'");
        if filter.add_to(&mut sql, query) {
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

/// The index that is walked where everything matches many. The newest of one government, category or status have
/// one that holds no others.
fn order(query: &ReportQuery) -> &'static str {
    match query.sort {
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

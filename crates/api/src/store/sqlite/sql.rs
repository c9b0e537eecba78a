//! A statement that is put together from what was asked.

use model::BBox;
use rusqlite::types::Value;

/// A statement and the values that stand in it as `?`.
#[derive(Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    pub(super) fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text("?")
    }

    /// Nothing, and false, for an empty list: it asks for everything.
    pub(super) fn one_of(&mut self, column: &str, values: impl Iterator<Item = Value>) -> bool {
        let values: Vec<Value> = values.collect();
        let empty = values.is_empty();
        if !empty {
            let marks = vec!["?"; values.len()].join(", ");
            self.text(&format!(" AND {column} IN ({marks})"));
            self.values.extend(values);
        }
        !empty
    }

    /// Begins a statement whose table `run (first, last)` holds runs of cells.
    pub(super) fn with_runs(runs: &[(i64, i64)]) -> Self {
        let mut sql = Self::default();
        sql.text("WITH run (first, last) AS (VALUES ");
        for (i, (first, last)) in runs.iter().enumerate() {
            sql.text(if i == 0 { "(" } else { ", (" }).value(*first).text(", ").value(*last).text(")");
        }
        sql.text(") ");
        sql
    }

    /// Only what lies in a view.
    pub(super) fn within(&mut self, bbox: &BBox) {
        self.text(" AND r.lat BETWEEN ").value(bbox.south).text(" AND ").value(bbox.north);
        let within = if bbox.crosses_antimeridian() { "OR" } else { "AND" };
        self.text(" AND (r.lng >= ")
            .value(bbox.west)
            .text(&format!(" {within} r.lng <= "))
            .value(bbox.east)
            .text(")");
    }
}

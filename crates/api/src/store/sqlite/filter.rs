//! The filters of a list that have an index of their own.

use rusqlite::types::Value;

use super::sql::Sql;
use crate::store::ReportQuery;

/// One of them.
#[derive(Clone, Copy)]
pub(super) enum Filter {
    Jurisdiction,
    Category,
    Status,
    Since,
}

impl Filter {
    pub(super) const ALL: [Self; 4] = [Self::Jurisdiction, Self::Category, Self::Status, Self::Since];

    /// The index that finds what it lets through.
    pub(super) fn index(self) -> &'static str {
        match self {
            Self::Jurisdiction => "reports_by_jurisdiction",
            Self::Category => "reports_by_category",
            Self::Status => "reports_by_status",
            Self::Since => "reports_by_created",
        }
    }

    /// Adds what it lets through of the table `r`; false, and nothing, where it is not asked for.
    pub(super) fn add_to(self, sql: &mut Sql, query: &ReportQuery) -> bool {
        match self {
            Self::Jurisdiction => {
                sql.one_of("r.jurisdiction", query.jurisdiction.iter().cloned().map(Value::from))
            }
            Self::Category => sql.one_of("r.category", query.categories.iter().cloned().map(Value::from)),
            Self::Status => {
                let words = query.statuses.iter().map(|status| Value::from(status.as_str().to_owned()));
                sql.one_of("r.status", words)
            }
            Self::Since => query.since.is_some_and(|since| {
                sql.text(" AND r.created_at >= ").value(since.millis());
                true
            }),
        }
    }
}

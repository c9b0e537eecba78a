//! `/statistics`: public reports, counted.

use model::{ReportCount, Statistics};

use super::{Client, ClientError};
use crate::json::Value;

impl Client {
    /// The public reports of a jurisdiction, by its code.
    pub(crate) async fn statistics(&self, jurisdiction: &str) -> Result<Statistics, ClientError> {
        self.read_as_anybody(&format!("statistics?jurisdiction={jurisdiction}"), statistics).await
    }
}

fn statistics(value: &Value) -> Option<Statistics> {
    let count = |value: &Value| {
        Some(ReportCount {
            category: value.text("category")?,
            status: value.parsed("status")?,
            reports: value.whole("reports")?,
        })
    };
    Some(Statistics { reports: value.whole("reports")?, by: value.list("by", count)? })
}

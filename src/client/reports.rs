//! `/reports`.

use gloo_net::http::Method;
use model::{BBox, Report, ReportId, ReportPage, Submission};

use super::{Client, ClientError, Stop};
use crate::json;

/// Which reports a list is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReportFilter {
    /// Only inside this rectangle.
    pub(crate) bbox: BBox,
    /// At most so many, 1 to 500.
    pub(crate) limit: u32,
}

impl Client {
    /// The newest reports of a filter, from its beginning or from a page's `next`; `stop` breaks it off.
    pub(crate) async fn reports(
        &self,
        filter: &ReportFilter,
        cursor: Option<&str>,
        stop: Stop,
    ) -> Result<ReportPage, ClientError> {
        let mut path = format!("reports?bbox={}&limit={}", filter.bbox, filter.limit);
        if let Some(cursor) = cursor {
            path.push_str("&cursor=");
            path.push_str(cursor);
        }
        self.read(&path, Some(stop)).await
    }

    /// One report.
    pub(crate) async fn report(&self, id: ReportId) -> Result<Report, ClientError> {
        self.read(&format!("reports/{id}"), None).await
    }

    /// Sends a report under the id that was made for it; sending it again is safe.
    pub(crate) async fn put_report(
        &self,
        id: ReportId,
        submission: &Submission,
    ) -> Result<Report, ClientError> {
        let report: Report =
            self.write(Method::PUT, &format!("reports/{id}"), json::write(submission)).await?;
        if report.id == id { Ok(report) } else { Err(ClientError::NotOurs(200)) }
    }
}

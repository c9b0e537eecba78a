//! `/reports`.

use gloo_net::http::Method;
use model::{BBox, PhotoId, Report, ReportId, Sort, Status, Submission, Timestamp};

use super::{Client, ClientError, Stop};
use crate::{
    filter::{Filter, word},
    json::{self, Value},
};

/// Which reports a list is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReportFilter {
    /// Only inside this rectangle.
    pub(crate) bbox: BBox,
    /// Which of them, in which order; its age counts from `since`.
    pub(crate) filter: Filter,
    /// Not older than this. An instant, not an age: all pages of a list must mean the same.
    pub(crate) since: Option<Timestamp>,
}

/// A report as lists and maps show it. An answer holds more; what no list shows is not read, and the code that would
/// read it is not loaded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefReport {
    /// Made on the phone that sent it.
    pub(crate) id: ReportId,
    /// The code of its category.
    pub(crate) category: String,
    /// What the citizen wrote.
    pub(crate) description: String,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lng: f64,
    /// The place in words.
    pub(crate) address: Option<String>,
    /// Its first photo.
    pub(crate) photo: Option<PhotoId>,
    /// Where it stands.
    pub(crate) status: Status,
    /// How many devices support it.
    pub(crate) supports: u64,
    /// When the server took it in.
    pub(crate) created_at: Timestamp,
    /// When anything about it last changed.
    pub(crate) updated_at: Timestamp,
    /// The code of the government it belongs to.
    pub(crate) jurisdiction: String,
    /// True for made-up data.
    pub(crate) demo: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefPage {
    /// The reports, in the order that was asked for.
    pub(crate) reports: Vec<BriefReport>,
    /// The cursor of what follows; none at the end.
    pub(crate) next: Option<String>,
}

impl BriefReport {
    fn read(value: &Value) -> Option<Self> {
        Some(Self {
            id: value.parsed("id")?,
            category: value.text("category")?,
            description: value.text("description")?,
            lat: value.number("lat")?,
            lng: value.number("lng")?,
            address: value.text("address"),
            photo: value
                .list("photos", |photo| photo.parsed("id"))
                .and_then(|photos| photos.first().copied()),
            status: value.parsed("status")?,
            supports: value.whole("supports")?,
            created_at: value.parsed("created_at")?,
            updated_at: value.parsed("updated_at")?,
            jurisdiction: value.text("jurisdiction")?,
            demo: value.truth("demo")?,
        })
    }
}

impl BriefPage {
    fn read(value: &Value) -> Option<Self> {
        Some(Self { reports: value.list("reports", BriefReport::read)?, next: value.text("next") })
    }
}

impl ReportFilter {
    /// As a query says it.
    fn query(&self) -> String {
        let statuses: Vec<&str> = self.filter.statuses.iter().map(|status| status.as_str()).collect();
        let mut query = format!("bbox={}", self.bbox);
        let since = self.since.map(|since| since.to_string());
        for (name, value) in [
            ("category", self.filter.categories.join(",").as_str()),
            ("status", &statuses.join(",")),
            ("jurisdiction", self.filter.jurisdiction.as_deref().unwrap_or_default()),
            ("since", since.as_deref().unwrap_or_default()),
            ("sort", if self.filter.sort == Sort::default() { "" } else { word(self.filter.sort) }),
        ] {
            if !value.is_empty() {
                for part in ["&", name, "=", value] {
                    query.push_str(part);
                }
            }
        }
        query
    }
}

impl Client {
    /// The reports of a filter, at most `limit` (1 to 500), from its beginning or from a page's `next`; `stop` breaks
    /// it off.
    pub(crate) async fn reports(
        &self,
        filter: &ReportFilter,
        limit: usize,
        cursor: Option<&str>,
        stop: Stop,
    ) -> Result<BriefPage, ClientError> {
        let mut path = format!("reports?{}&limit={limit}", filter.query());
        if let Some(cursor) = cursor {
            path.push_str("&cursor=");
            path.push_str(cursor);
        }
        self.read_with(&path, Some(stop), BriefPage::read).await
    }

    /// The address of a photo, small enough for a list.
    pub(crate) fn thumbnail(&self, photo: PhotoId) -> String {
        self.url(&format!("photos/{photo}?size=thumb"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_says_every_condition_once_and_nothing_else() {
        let bbox: BBox = "107,-7,108,-6".parse().unwrap();
        let place = "bbox=107.00000,-7.00000,108.00000,-6.00000";
        let plain = ReportFilter { bbox, filter: Filter::default(), since: None };
        assert_eq!(plain.query(), place);
        let filter =
            Filter::parse("category=road,waste&status=received&age=7&jurisdiction=32.73&sort=updated");
        let full = ReportFilter { bbox, filter, since: Some(Timestamp::from_millis(0)) };
        assert_eq!(
            full.query(),
            format!(
                "{place}&category=road,waste&status=received&jurisdiction=32.73&since=1970-01-01T00:00:00Z&sort=updated"
            )
        );
    }
}

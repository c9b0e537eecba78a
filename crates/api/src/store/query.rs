//! What a list of reports is asked for, and where its next page begins.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{BBox, Position, ReportId, Sort, Status, Timestamp};
use sha2::{Digest as _, Sha256};

/// A question for a page of reports. Empty lists and absent bounds ask for everything.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportQuery {
    /// Only inside this rectangle.
    pub bbox: Option<BBox>,
    /// Only of these categories.
    pub categories: Vec<String>,
    /// Only in these states.
    pub statuses: Vec<Status>,
    /// Only of this government.
    pub jurisdiction: Option<String>,
    /// Only taken in at this instant or later.
    pub since: Option<Timestamp>,
    /// In this order.
    pub sort: Sort,
    /// At most so many.
    pub limit: usize,
    /// Only after this place in the order.
    pub after: Option<Cursor>,
}

/// A question for the open reports around a place.
#[derive(Debug, Clone, PartialEq)]
pub struct NearbyQuery {
    /// The place.
    pub place: Position,
    /// Only of these categories; empty for all.
    pub categories: Vec<String>,
    /// Within so many metres.
    pub radius_m: f64,
}

/// Which public reports are counted. Empty lists and absent bounds ask for everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticsQuery {
    /// Only of this government.
    pub jurisdiction: Option<String>,
    /// Only of these categories.
    pub categories: Vec<String>,
}

/// A place in an ordered list: what stands before it has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The value that the list is ordered by.
    pub key: i64,
    /// The id, which orders equals.
    pub id: ReportId,
}

/// A cursor that this server did not give, or gave for another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct BadCursor;

const PRINT: usize = 8;

impl ReportQuery {
    /// A cursor as it travels: what was asked (a print of it), the key, the id.
    #[must_use]
    pub fn write_cursor(&self, cursor: Cursor) -> String {
        let mut bytes = self.print().to_vec();
        bytes.extend(cursor.key.to_be_bytes());
        bytes.extend(cursor.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor back.
    ///
    /// # Errors
    /// [`BadCursor`] for what is no cursor, and for one that was given for another question: its place means
    /// nothing in this list.
    pub fn read_cursor(&self, text: &str) -> Result<Cursor, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let (print, rest) = bytes.split_first_chunk::<PRINT>().ok_or(BadCursor)?;
        let (key, id) = rest.split_first_chunk::<8>().ok_or(BadCursor)?;
        if *print != self.print() {
            return Err(BadCursor);
        }
        let id = id.try_into().ok().and_then(|id| ReportId::from_bytes(id).ok()).ok_or(BadCursor)?;
        Ok(Cursor { key: i64::from_be_bytes(*key), id })
    }

    /// A few bytes of a hash over what is asked, without how much of it and from where.
    fn print(&self) -> [u8; PRINT] {
        let asked = format!(
            "{:?}",
            (self.bbox, &self.categories, &self.statuses, &self.jurisdiction, self.since, self.sort)
        );
        let hash = Sha256::digest(asked);
        std::array::from_fn(|i| hash[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> ReportQuery {
        ReportQuery {
            bbox: None,
            categories: vec!["road".into()],
            statuses: Vec::new(),
            jurisdiction: None,
            since: None,
            sort: Sort::Newest,
            limit: 50,
            after: None,
        }
    }

    #[test]
    fn a_cursor_is_read_by_the_question_it_was_given_for_only() {
        let id = ReportId::from_parts(Timestamp::from_millis(1_790_000_000_000), [3; 10]);
        let cursor = Cursor { key: -5, id };
        let text = query().write_cursor(cursor);
        assert_eq!(query().read_cursor(&text), Ok(cursor));
        assert_eq!(ReportQuery { limit: 7, ..query() }.read_cursor(&text), Ok(cursor));
        assert_eq!(ReportQuery { sort: Sort::Supports, ..query() }.read_cursor(&text), Err(BadCursor));
        assert_eq!(query().read_cursor("AAAA"), Err(BadCursor));
        assert_eq!(query().read_cursor("not base64!"), Err(BadCursor));
        assert_eq!(query().read_cursor(&format!("{text}AAAA")), Err(BadCursor));
    }
}

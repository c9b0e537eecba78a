//! One row of a file as a report, or the reason why it is none.

use csv::ByteRecord;
use model::{Category, Position, Rules, Status, Submission, Timestamp};

use super::{columns::Columns, ids, profile::Profile, reject::Reject};
use crate::store::{ImportedReport, ImportedUpdate};

/// Reads rows by a profile.
pub(super) struct RowReader<'a> {
    pub(super) profile: &'a Profile,
    pub(super) columns: &'a Columns,
    /// The categories of this server.
    pub(super) categories: &'a [Category],
}

impl RowReader<'_> {
    /// The report a row tells of.
    pub(super) fn read(&self, row: &ByteRecord) -> Result<ImportedReport, Reject> {
        let expected = self.columns.names.len();
        if row.len() != expected {
            return Err(Reject::FieldCount { found: row.len(), expected });
        }
        let columns = self.columns;
        let source_id = self.text(row, columns.id)?;
        if source_id.is_empty() {
            return Err(Reject::BlankId { column: self.name(columns.id) });
        }
        let position = self.position(row)?;
        let opened = self.time(row, columns.opened)?;
        let history = self.history(row, source_id, opened)?;
        let due_at = self.optional_time(row, columns.target)?;
        let agency = self.first_filled(row, &columns.agency)?;
        // Word for word: a verdict is quoted, not tidied.
        let ontime = columns.ontime.map(|column| self.raw_text(row, column)).transpose()?;
        let told = self.submission(row, position)?;
        Ok(ImportedReport {
            id: ids::report(&self.profile.name, source_id, opened),
            category: told.category,
            description: told.description,
            position,
            address: told.address,
            jurisdiction: self.profile.jurisdiction.clone(),
            agency: agency
                .map(|name| self.profile.agencies.get(name).map_or(name, String::as_str).to_owned()),
            created_at: opened,
            due_at,
            history,
            source: Some(format!("{}:{source_id}", self.profile.name)),
            source_ontime: ontime.filter(|text| !text.is_empty()).map(str::to_owned),
            demo: false,
            supports: 0,
        })
    }

    /// What a row tells, held to the very rules that a citizen's report must keep.
    fn submission(&self, row: &ByteRecord, position: Position) -> Result<Submission, Reject> {
        let description = self.first_filled(row, &self.columns.description)?.unwrap_or("");
        let told = Submission {
            address: self.first_filled(row, &self.columns.address)?.map(str::to_owned),
            ..Submission::new(self.category(row)?, description, position.lat(), position.lng())
        }
        .normalized();
        // No rule that applies here asks for the time: nothing of a row is observed by a phone.
        let rules = Rules { categories: self.categories, now: Timestamp::from_millis(0) };
        match told.check(rules).into_iter().next() {
            Some(error) => Err(error.into()),
            None => Ok(told),
        }
    }

    fn category(&self, row: &ByteRecord) -> Result<&str, Reject> {
        for (rule, columns) in self.profile.categories.iter().zip(&self.columns.rules) {
            let mut matches = true;
            for (values, column) in rule.when.values().zip(columns) {
                let text = self.text(row, *column)?;
                matches = matches && values.iter().any(|value| value == text);
            }
            if matches {
                return Ok(&rule.category);
            }
        }
        Ok(&self.profile.default_category)
    }

    /// The one step that a closing time tells of; none for a report that is still open.
    fn history(
        &self,
        row: &ByteRecord,
        source_id: &str,
        opened: Timestamp,
    ) -> Result<Vec<ImportedUpdate>, Reject> {
        let value = self.text(row, self.columns.status)?;
        let Some(&status) = self.profile.statuses.get(value) else {
            return Err(Reject::UnknownStatus { value: value.to_owned() });
        };
        let closed = self.optional_time(row, self.columns.closed)?;
        let closed_text = || self.columns.closed.and_then(|column| self.text(row, column).ok()).unwrap_or("");
        let at = match (status.is_open(), closed) {
            // Held against each other as instants. As long as both are local times of one zone that differs from
            // comparing the texts in the skipped hour only (02:30 is after 03:10 there, see `Clock::read`); in
            // Boston's file both ways find the same 197.
            (_, Some(closed)) if closed < opened => {
                return Err(Reject::ClosedBeforeOpened {
                    opened: self.text(row, self.columns.opened)?.to_owned(),
                    closed: closed_text().to_owned(),
                });
            }
            (true, Some(_)) => {
                let closed = closed_text().to_owned();
                return Err(Reject::OpenWithClosedTime { value: value.to_owned(), closed });
            }
            (false, None) => return Err(Reject::ClosedWithoutTime { value: value.to_owned() }),
            (false, Some(closed)) => closed,
            // The source does not say since when it has been at work on it.
            (true, None) => opened,
        };
        if status == Status::Received {
            return Ok(Vec::new());
        }
        let id = ids::update(ids::report(&self.profile.name, source_id, opened), status, at);
        Ok(vec![ImportedUpdate { id, at, status, note: None }])
    }

    fn position(&self, row: &ByteRecord) -> Result<Position, Reject> {
        let lat = self.number(row, self.columns.lat)?;
        let lng = self.number(row, self.columns.lng)?;
        Position::new(lat, lng).map_err(|_| Reject::BadPosition { lat, lng })
    }

    fn number(&self, row: &ByteRecord, column: usize) -> Result<f64, Reject> {
        let text = self.text(row, column)?;
        text.parse().map_err(|_| Reject::BadNumber { column: self.name(column), value: text.to_owned() })
    }

    fn time(&self, row: &ByteRecord, column: usize) -> Result<Timestamp, Reject> {
        let text = self.text(row, column)?;
        self.profile.clock.read(text).ok_or_else(|| Reject::BadTime {
            column: self.name(column),
            value: text.to_owned(),
            format: self.profile.clock.format().to_owned(),
        })
    }

    fn optional_time(&self, row: &ByteRecord, column: Option<usize>) -> Result<Option<Timestamp>, Reject> {
        let Some(column) = column else { return Ok(None) };
        if self.text(row, column)?.is_empty() { Ok(None) } else { self.time(row, column).map(Some) }
    }

    fn first_filled<'r>(&self, row: &'r ByteRecord, columns: &[usize]) -> Result<Option<&'r str>, Reject> {
        for &column in columns {
            let text = self.text(row, column)?;
            if !text.is_empty() {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    fn text<'r>(&self, row: &'r ByteRecord, column: usize) -> Result<&'r str, Reject> {
        self.raw_text(row, column).map(str::trim)
    }

    fn raw_text<'r>(&self, row: &'r ByteRecord, column: usize) -> Result<&'r str, Reject> {
        // The number of fields has been checked, so every column is there.
        let bytes = row.get(column).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| Reject::NotUtf8 { column: self.name(column) })
    }

    fn name(&self, column: usize) -> String {
        self.columns.names.get(column).cloned().unwrap_or_default()
    }
}

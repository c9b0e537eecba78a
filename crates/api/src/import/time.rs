//! Times of a source as instants.

use jiff::{
    fmt::strtime::BrokenDownTime,
    tz::{TimeZone, TimeZoneDatabase},
};
use model::Timestamp;

use super::ProfileError;

/// How a source writes its times.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    format: String,
    zone: TimeZone,
}

impl Clock {
    /// `format` as strftime writes it; `zone` is an IANA name, for times that do not carry an offset.
    pub(super) fn new(format: &str, zone: &str) -> Result<Self, ProfileError> {
        // The database that is compiled in, not the machine's: ids are made of instants, and the same row must
        // get the same id everywhere.
        let zone =
            TimeZoneDatabase::bundled().get(zone).map_err(|_| ProfileError::TimeZone(zone.to_owned()))?;
        let clock = Self { format: format.to_owned(), zone };
        let sample = jiff::civil::date(2015, 3, 4).at(5, 6, 7, 0).to_zoned(TimeZone::UTC);
        let told = sample.ok().and_then(|sample| clock.read(&sample.strftime(format).to_string()));
        told.map(|_| clock).ok_or_else(|| ProfileError::TimeFormat(format.to_owned()))
    }

    /// What times look like, for whoever has to mend one.
    pub(super) fn format(&self) -> &str {
        &self.format
    }

    /// The instant a text tells, `None` when it tells none.
    ///
    /// A local time that the clocks skipped in spring is read with the offset from before the change, and one
    /// that they showed twice in autumn as the first of the two ("compatible" in RFC 5545 and Temporal). So a
    /// row in the hour that was repeated is never taken as later than it can have been.
    pub(super) fn read(&self, text: &str) -> Option<Timestamp> {
        let told = BrokenDownTime::parse(&self.format, text).ok()?;
        let instant = if told.offset().is_some() {
            told.to_timestamp().ok()?
        } else {
            self.zone.to_ambiguous_timestamp(told.to_datetime().ok()?).compatible().ok()?
        };
        Some(Timestamp::from_millis(instant.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boston(text: &str) -> Option<String> {
        let clock = Clock::new("%Y-%m-%dT%H:%M:%S", "America/New_York").unwrap();
        clock.read(text).map(|at| at.to_string())
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn winter_and_summer() {
        assert_eq!(boston("2015-01-01T00:20:09"), some("2015-01-01T05:20:09Z"));
        assert_eq!(boston("2015-07-01T00:20:09"), some("2015-07-01T04:20:09Z"));
    }

    #[test]
    fn the_hour_that_was_skipped_and_the_hour_that_came_twice() {
        assert_eq!(boston("2015-03-08T01:59:59"), some("2015-03-08T06:59:59Z"));
        assert_eq!(boston("2015-03-08T02:30:00"), some("2015-03-08T07:30:00Z"));
        assert_eq!(boston("2015-03-08T03:00:00"), some("2015-03-08T07:00:00Z"));
        assert_eq!(boston("2015-11-01T01:16:00"), some("2015-11-01T05:16:00Z"));
        assert_eq!(boston("2015-11-01T02:00:00"), some("2015-11-01T07:00:00Z"));
    }

    #[test]
    fn what_is_no_time() {
        for text in ["", "2015-02-30T00:00:00", "2015-01-01", "2015-01-01T00:20:09Z", "yesterday"] {
            assert_eq!(boston(text), None, "{text}");
        }
    }

    #[test]
    fn an_offset_in_the_text_wins_over_the_zone() {
        let clock = Clock::new("%Y-%m-%d %H:%M:%S%z", "Asia/Jakarta").unwrap();
        assert_eq!(
            clock.read("2026-01-02 03:04:05-0500").map(|at| at.to_string()),
            some("2026-01-02T08:04:05Z")
        );
    }

    #[test]
    fn a_date_alone_is_its_midnight() {
        let clock = Clock::new("%d/%m/%Y", "Asia/Jakarta").unwrap();
        assert_eq!(clock.read("02/01/2026").map(|at| at.to_string()), some("2026-01-01T17:00:00Z"));
    }

    #[test]
    fn zones_and_formats_that_are_none() {
        assert!(matches!(Clock::new("%F %T", "Asia/Bandung"), Err(ProfileError::TimeZone(_))));
        assert!(matches!(Clock::new("%H:%M", "Asia/Jakarta"), Err(ProfileError::TimeFormat(_))));
        assert!(matches!(Clock::new("whenever", "Asia/Jakarta"), Err(ProfileError::TimeFormat(_))));
    }
}

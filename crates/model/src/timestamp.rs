//! An instant, as it travels: RFC 3339 in UTC.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant in UTC with a precision of a millisecond, in the years 0 to 9999.
///
/// On the wire it is an RFC 3339 text; inside it is a number, which the browser's `Intl` takes as it is. A date
/// library would cost the portal 8 to 44 KB for this one format, so the two directions are written out here and
/// held against one by a property test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = "date-time", example = "2026-11-22T03:04:05Z"))]
pub struct Timestamp(i64);

/// A text that is not an RFC 3339 instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time such as 2026-11-22T03:04:05Z")]
pub struct TimestampError;

/// A phone's clock may be ahead by this much before what it says is taken for a mistake: a day.
pub(crate) const CLOCK_SKEW_MS: i64 = 24 * 60 * 60 * 1000;

/// 2000-01-01T00:00:00Z: what was seen earlier is no longer there, and a clock that was never set says 1970.
pub(crate) const YEAR_2000_MS: i64 = 946_684_800_000;

const MS_PER_DAY: i64 = 86_400_000;
const MIN_MS: i64 = -62_167_219_200_000;
const MAX_MS: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z; what lies outside the years 0 to 9999 is moved to their edge.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis < MIN_MS {
            Self(MIN_MS)
        } else if millis > MAX_MS {
            Self(MAX_MS)
        } else {
            Self(millis)
        }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole days since 1970-01-01, in UTC; the first where it lies before, the last (in 2149) where it lies after.
    #[must_use]
    pub const fn day(self) -> u16 {
        let days = self.0.div_euclid(MS_PER_DAY);
        if days < 0 {
            0
        } else if days > u16::MAX as i64 {
            u16::MAX
        } else {
            days as u16
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(MS_PER_DAY));
        let ms = self.0.rem_euclid(MS_PER_DAY);
        let (h, m, s, milli) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000);
        write!(f, "{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}")?;
        if milli != 0 {
            write!(f, ".{milli:03}")?;
        }
        f.write_str("Z")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        parse(text.as_bytes()).map(Self).ok_or(TimestampError)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)` to milliseconds (RFC 3339, section 5.6).
fn parse(text: &[u8]) -> Option<i64> {
    let (date_time, rest) = text.split_at_checked(19)?;
    let number = |from: usize, to: usize| digits(&date_time[from..to]);
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if separators.iter().any(|&(at, expected)| date_time[at].to_ascii_uppercase() != expected) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // The round trip is what refuses the 30th of February.
    let days = days_from_civil(year, month, day);
    if civil_from_days(days) != (year, month, day) {
        return None;
    }

    let (fraction, zone) = match rest.split_first() {
        Some((b'.', rest)) => {
            let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if length == 0 {
                return None;
            }
            rest.split_at(length)
        }
        _ => (&[][..], rest),
    };
    let millis =
        (0..3).try_fold(0, |ms, at| Some(ms * 10 + digits(fraction.get(at..=at).unwrap_or(b"0"))?))?;
    let offset_minutes = match zone {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), hours @ .., b':', m1, m2] if hours.len() == 2 => {
            let (hours, minutes) = (digits(hours)?, digits(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };

    // A leap second counts as the last one before it: no clock of ours has room for it.
    let seconds = hour * 3600 + minute * 60 + second.min(59) - offset_minutes * 60;
    let total = days * MS_PER_DAY + seconds * 1000 + millis;
    (MIN_MS..=MAX_MS).contains(&total).then_some(total)
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |n, byte| byte.is_ascii_digit().then(|| n * 10 + i64::from(byte - b'0')))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar
/// (Hinnant, "chrono-Compatible Low-Level Date Algorithms": years that begin in March, eras of 400 years).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_in_utc_and_within_their_bounds() {
        let day = |text: &str| text.parse::<Timestamp>().unwrap().day();
        assert_eq!([day("1970-01-01T23:59:59.999Z"), day("1970-01-02T00:00:00Z")], [0, 1]);
        assert_eq!(day("2026-11-22T06:59:59+07:00"), day("2026-11-21T23:59:59Z"));
        assert_eq!([day("1969-12-31T23:59:59Z"), day("9999-01-01T00:00:00Z")], [0, u16::MAX]);
    }
    use proptest::prelude::*;

    #[test]
    fn known_instants() {
        let at = |text: &str| text.parse::<Timestamp>().map(Timestamp::millis);
        assert_eq!(at("1970-01-01T00:00:00Z"), Ok(0));
        assert_eq!(at("2015-01-01T00:20:09-05:00"), Ok(1_420_089_609_000));
        assert_eq!(at("2024-02-29T23:59:60.5Z"), Ok(1_709_251_199_500));
        assert_eq!(Timestamp::from_millis(1_709_251_199_500).to_string(), "2024-02-29T23:59:59.500Z");
    }

    #[test]
    fn what_is_no_instant() {
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T03:04:05",
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T03:04:05.Z",
            "2026-11-22T03:04:05+7:00",
            "2026-11-22 03:04:05Z",
            "２０２６-11-22T03:04:05Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_a_date_library(millis in MIN_MS..=MAX_MS) {
            let ours = Timestamp::from_millis(millis);
            let theirs = jiff::Timestamp::from_millisecond(millis).unwrap();
            prop_assert_eq!(ours.to_string().parse::<jiff::Timestamp>().unwrap(), theirs);
            prop_assert_eq!(theirs.to_string().parse(), Ok(ours));
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = text.parse::<Timestamp>();
        }
    }
}

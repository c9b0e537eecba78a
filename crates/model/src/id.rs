//! Ids that the phone makes, so that a write can be sent again under the same one.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid, Variant, fmt::Hyphenated};

use crate::Timestamp;
use crate::timestamp::CLOCK_SKEW_MS;

/// Why a text is not an id of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a UUID of version 7 (RFC 9562).
    #[error("not a UUID of version 7")]
    NotUuidV7,
    /// Its time lies more than a day ahead.
    #[error("made in the future")]
    Future,
}

macro_rules! uuid_v7_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(
            value_type = String,
            format = "uuid",
            pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
            example = "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1",
        ))]
        #[serde(try_from = "Uuid", into = "Uuid")]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an id from an instant and ten random bytes (six of their bits give way to the version's).
            #[must_use]
            pub fn from_parts(at: Timestamp, random: [u8; 10]) -> Self {
                // Before 1970 there were no reports; the field is unsigned.
                let millis = u64::try_from(at.millis()).unwrap_or(0);
                Self(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The sixteen bytes as RFC 9562 orders them.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads the sixteen bytes back.
            ///
            /// # Errors
            /// [`IdError::NotUuidV7`] for bytes that are no UUIDv7.
            pub fn from_bytes(bytes: [u8; 16]) -> Result<Self, IdError> {
                Uuid::from_bytes(bytes).try_into()
            }

            /// Refuses an id whose time lies more than a day after `now`.
            ///
            /// # Errors
            /// [`IdError::Future`].
            pub fn check_made_by(self, now: Timestamp) -> Result<Self, IdError> {
                let millis = self.0.as_u64_pair().0 >> 16;
                let latest = u64::try_from(now.millis().saturating_add(CLOCK_SKEW_MS)).unwrap_or(0);
                if millis > latest { Err(IdError::Future) } else { Ok(self) }
            }
        }

        impl TryFrom<Uuid> for $name {
            type Error = IdError;

            fn try_from(uuid: Uuid) -> Result<Self, IdError> {
                if uuid.get_version_num() == 7 && uuid.get_variant() == Variant::RFC4122 {
                    Ok(Self(uuid))
                } else {
                    Err(IdError::NotUuidV7)
                }
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                // The crate also reads it without hyphens, in braces and as a URN. An address has one spelling.
                if text.len() != Hyphenated::LENGTH {
                    return Err(IdError::NotUuidV7);
                }
                Uuid::try_parse(text).map_err(|_| IdError::NotUuidV7)?.try_into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    };
}

uuid_v7_id! {
    /// The id of a report, made on the phone.
    ReportId
}
uuid_v7_id! {
    /// The id of a photo, made on the phone.
    PhotoId
}
uuid_v7_id! {
    /// The id of an update: a dated public entry on a report.
    UpdateId
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    #[test]
    fn an_id_survives_text_and_bytes() {
        let id = ReportId::from_parts(NOW, [7; 10]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(ReportId::from_bytes(*id.as_bytes()), Ok(id));
        assert_eq!(id.check_made_by(NOW), Ok(id));
    }

    #[test]
    fn other_versions_and_words_are_refused() {
        assert_eq!("not-an-id".parse::<ReportId>(), Err(IdError::NotUuidV7));
        assert_eq!("550e8400-e29b-41d4-a716-446655440000".parse::<ReportId>(), Err(IdError::NotUuidV7));
        for form in ["0190163d8694739baea5966c26f8ad91", "{0190163d-8694-739b-aea5-966c26f8ad91}"] {
            assert_eq!(form.parse::<ReportId>(), Err(IdError::NotUuidV7), "{form}");
        }
        assert_eq!("00000000-0000-0000-0000-000000000000".parse::<ReportId>(), Err(IdError::NotUuidV7));
    }

    #[test]
    fn a_clock_a_little_ahead_is_forgiven_and_a_day_is_not() {
        let hour_ahead = ReportId::from_parts(Timestamp::from_millis(NOW.millis() + 3_600_000), [1; 10]);
        let two_days_ahead =
            ReportId::from_parts(Timestamp::from_millis(NOW.millis() + 2 * CLOCK_SKEW_MS), [1; 10]);
        assert!(hour_ahead.check_made_by(NOW).is_ok());
        assert_eq!(two_days_ahead.check_made_by(NOW), Err(IdError::Future));
    }
}

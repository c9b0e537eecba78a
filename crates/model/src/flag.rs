//! A flag: a device says that a report should not stand here as it does.

use serde::{Deserialize, Serialize};

use crate::submission::{Lines, text_error};
use crate::{FieldCode, FieldError, ReportId};

/// Characters of a note, after trimming.
pub const FLAG_NOTE_MAX: usize = 500;

/// The body of `PUT /reports/{id}/flag`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Why.
    pub reason: FlagReason,
    /// More about it, for whoever looks into it: at most 500 characters after trimming, line breaks allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::note))]
    pub note: Option<String>,
}

/// Why a report should not stand here as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FlagReason {
    /// An advertisement, or the same over and over.
    Spam,
    /// An insult, a threat, or hatred against somebody.
    Abuse,
    /// It shows who somebody is or where they live: a name, a number plate, a telephone number, a face.
    PersonalData,
    /// The place is another one.
    WrongPlace,
    /// It is not so, or was never so.
    Untrue,
    /// Anything else; the note tells.
    Other,
}

impl FlagReason {
    /// Every reason, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Spam, Self::Abuse, Self::PersonalData, Self::WrongPlace, Self::Untrue, Self::Other];

    /// The word as it travels and is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Abuse => "abuse",
            Self::PersonalData => "personal_data",
            Self::WrongPlace => "wrong_place",
            Self::Untrue => "untrue",
            Self::Other => "other",
        }
    }
}

impl Flag {
    /// Trims the note and drops it if it is empty then, so that what is checked is what is kept.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.note = self.note.map(|note| note.trim().replace("\r\n", "\n")).filter(|note| !note.is_empty());
        self
    }

    /// Everything that is wrong; nothing when it may be kept.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let wrong: Option<FieldCode> =
            self.note.as_deref().and_then(|note| text_error(note, FLAG_NOTE_MAX, Lines::Many));
        wrong.map(|code| FieldError::new("note", code)).into_iter().collect()
    }
}

/// The answer to a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "id": "019aa9b2-5c40-7d31-8f6e-2b7c40d9e5a1", "flagged": true })))]
pub struct Flagged {
    /// The report.
    pub id: ReportId,
    /// That it is flagged by this device.
    pub flagged: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_read_as_it_is_written() {
        for reason in FlagReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }

    #[test]
    fn a_note_is_optional_and_keeps_the_rules_of_a_text() {
        let errors = |note: &str| {
            let flag = Flag { reason: FlagReason::Other, note: Some(note.into()) }.normalized();
            flag.check().into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
        };
        assert_eq!(errors(" \n "), []);
        assert_eq!(errors(&format!(" {} ", "é".repeat(500))), []);
        assert_eq!(errors(&"é".repeat(501)), [("note".to_owned(), FieldCode::TooLong)]);
        assert_eq!(errors("dua\r\nbaris"), []);
        assert_eq!(errors("a\u{7}b"), [("note".to_owned(), FieldCode::ControlCharacter)]);
    }
}

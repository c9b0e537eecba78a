//! What is wrong with which field.

use serde::{Deserialize, Serialize};

/// One field of a body or one parameter of a query, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as it stands in the JSON (`description`, `contact.email`).
    pub field: String,
    /// What is wrong.
    pub code: FieldCode,
}

impl FieldError {
    /// Names a field and what is wrong with it.
    #[must_use]
    pub fn new(field: impl Into<String>, code: FieldCode) -> Self {
        Self { field: field.into(), code }
    }
}

/// Everything that can be wrong with a field. The text for people comes from the locales, by this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldCode {
    /// Nothing there, or nothing that can be seen.
    Blank,
    /// More characters than allowed.
    TooLong,
    /// More entries than allowed.
    TooMany,
    /// A control character other than a line break, or one that turns the direction of what follows it.
    ControlCharacter,
    /// A number or a time outside its bounds.
    OutOfRange,
    /// A code that is in no list of ours.
    Unknown,
    /// A parameter, or a chosen key, that stands there more than once.
    Repeated,
    /// Not of the form it must have.
    Malformed,
    /// Another JSON type than the contract names.
    WrongType,
    /// A field that the contract does not name.
    UnknownField,
    /// A field that must be there is not.
    Missing,
    /// A time that has not come yet.
    Future,
    /// A photo that is not there, not this device's, or already on another report.
    PhotoMissing,
    /// A code from a newer server than this reader.
    #[serde(other)]
    Other,
}

impl FieldCode {
    /// The code as it travels, also the key of its text in the locales.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooLong => "too-long",
            Self::TooMany => "too-many",
            Self::ControlCharacter => "control-character",
            Self::OutOfRange => "out-of-range",
            Self::Unknown => "unknown",
            Self::Repeated => "repeated",
            Self::Malformed => "malformed",
            Self::WrongType => "wrong-type",
            Self::UnknownField => "unknown-field",
            Self::Missing => "missing",
            Self::Future => "future",
            Self::PhotoMissing => "photo-missing",
            Self::Other => "other",
        }
    }
}

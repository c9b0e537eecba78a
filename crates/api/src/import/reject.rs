//! Why a row is not taken in.

use model::FieldError;

/// What about a row contradicts itself or cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum Reject {
    /// More or fewer fields than the first line names.
    #[error("{found} fields where the header has {expected}")]
    FieldCount { found: usize, expected: usize },
    /// Bytes that are no text.
    #[error("{column} is not UTF-8")]
    NotUtf8 { column: String },
    /// Nothing by which the row could be known again.
    #[error("{column} is empty")]
    BlankId { column: String },
    /// A text that is no time of the profile's format.
    #[error("{column} \"{value}\" is not a time of the form {format}")]
    BadTime { column: String, value: String, format: String },
    /// A text that is no number.
    #[error("{column} \"{value}\" is not a number")]
    BadNumber { column: String, value: String },
    /// A place that is not on the earth.
    #[error("{lat}, {lng} is not a position on the earth")]
    BadPosition { lat: f64, lng: f64 },
    /// A status that the profile does not map.
    #[error("the profile knows no status \"{value}\"")]
    UnknownStatus { value: String },
    /// The end lies before the beginning.
    #[error("closed {closed} is before opened {opened}")]
    ClosedBeforeOpened { opened: String, closed: String },
    /// A closed report that does not say when.
    #[error("the status \"{value}\" is a closed one, but there is no closing time")]
    ClosedWithoutTime { value: String },
    /// An open report that says when it was closed.
    #[error("the status \"{value}\" is an open one, but it was closed {closed}")]
    OpenWithClosedTime { value: String, closed: String },
    /// What the portal itself would not take.
    #[error("{field}: {code}")]
    Invalid { field: String, code: &'static str },
}

impl Reject {
    /// A word for machines, stable over versions.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::FieldCount { .. } => "wrong-field-count",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::BlankId { .. } => "blank-id",
            Self::BadTime { .. } => "bad-time",
            Self::BadNumber { .. } => "bad-number",
            Self::BadPosition { .. } => "bad-position",
            Self::UnknownStatus { .. } => "unknown-status",
            Self::ClosedBeforeOpened { .. } => "closed-before-opened",
            Self::ClosedWithoutTime { .. } => "closed-without-time",
            Self::OpenWithClosedTime { .. } => "open-with-closed-time",
            Self::Invalid { .. } => "invalid",
        }
    }
}

impl From<FieldError> for Reject {
    fn from(error: FieldError) -> Self {
        Self::Invalid { field: error.field, code: error.code.as_str() }
    }
}

//! Where a report stands, and what may follow what.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Sent by a citizen, not looked at yet.
    Received,
    /// Looked at, and it is a problem of ours.
    Verified,
    /// Being worked on.
    InProgress,
    /// Done.
    Resolved,
    /// Not a problem, or not one that can be taken on.
    Rejected,
    /// Told by another report already.
    Duplicate,
}

/// A text that names no status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a status of a report")]
pub struct UnknownStatus;

impl Status {
    /// Every status, in the order of a report's life.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Verified, Self::InProgress, Self::Resolved, Self::Rejected, Self::Duplicate];

    /// The word as it travels and is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Verified => "verified",
            Self::InProgress => "in_progress",
            Self::Resolved => "resolved",
            Self::Rejected => "rejected",
            Self::Duplicate => "duplicate",
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Verified | Self::InProgress)
    }

    /// Whether an agency may set `next` on a report that stands at `self`.
    ///
    /// Work only moves forward; what was closed comes back to a step of work (a resolved report to
    /// `in_progress`, one closed by mistake to `verified`), never to `received`, as if nobody had looked.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Received => next != Self::Received,
            Self::Verified => {
                matches!(next, Self::InProgress | Self::Resolved | Self::Rejected | Self::Duplicate)
            }
            Self::InProgress => matches!(next, Self::Resolved | Self::Rejected | Self::Duplicate),
            Self::Resolved => next == Self::InProgress,
            Self::Rejected | Self::Duplicate => next == Self::Verified,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_read_as_it_is_written() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert_eq!("done".parse::<Status>(), Err(UnknownStatus));
    }

    #[test]
    fn nothing_becomes_itself_and_nothing_becomes_unread() {
        for status in Status::ALL {
            assert!(!status.may_become(status), "{status}");
            assert!(!status.may_become(Status::Received), "{status}");
        }
    }

    #[test]
    fn every_closed_report_can_be_taken_up_again() {
        for closed in Status::ALL.into_iter().filter(|status| !status.is_open()) {
            assert!(
                Status::ALL.into_iter().any(|next| next.is_open() && closed.may_become(next)),
                "{closed}"
            );
        }
    }
}

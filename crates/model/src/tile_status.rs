//! A status as the map tells it apart.

use serde::{Deserialize, Serialize};

use crate::{Status, UnknownStatus};

/// How long a closed report still counts as news: after that the map may fade it.
const NEWS_DAYS: u16 = 30;
/// What follows the word of a status that a report was closed with long ago.
const OLD: &str = "_old";

/// A report's status, and whether it was closed with it more than thirty days ago.
///
/// It travels as one word: that of the status, such as `resolved`, with `_old` after it for what was closed long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TileStatus {
    status: Status,
    old: bool,
}

impl TileStatus {
    /// All their numbers are below this one.
    pub const NUMBERS: u8 = 2 * Status::ALL.len() as u8;

    /// The status of a report that was closed with it long ago; of one that is open, its status.
    #[must_use]
    pub fn old(status: Status) -> Self {
        Self { status, old: !status.is_open() }
    }

    /// The status of a report that has had it since a day, told on another (both in days since 1970-01-01, UTC).
    #[must_use]
    pub fn on(status: Status, since: u16, today: u16) -> Self {
        if today.saturating_sub(since) > NEWS_DAYS { Self::old(status) } else { status.into() }
    }

    /// What the report itself says.
    #[must_use]
    pub fn status(self) -> Status {
        self.status
    }

    /// Whether the report was closed with it more than thirty days ago.
    #[must_use]
    pub fn is_old(self) -> bool {
        self.old
    }

    /// A number that stands for it, below [`Self::NUMBERS`].
    #[must_use]
    pub fn number(self) -> u8 {
        // A status without fields is its place in the list; twelve fit.
        self.status as u8 + if self.old { Status::ALL.len() as u8 } else { 0 }
    }

    /// What a number stands for.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        let (old, place) = (usize::from(number) / Status::ALL.len(), usize::from(number) % Status::ALL.len());
        let told = if old == 0 { Status::ALL[place].into() } else { Self::old(Status::ALL[place]) };
        // What is open is never old, and beyond those there are no others.
        (told.number() == number).then_some(told)
    }
}

impl From<Status> for TileStatus {
    fn from(status: Status) -> Self {
        Self { status, old: false }
    }
}

impl From<TileStatus> for String {
    fn from(told: TileStatus) -> Self {
        format!("{}{}", told.status, if told.old { OLD } else { "" })
    }
}

impl TryFrom<String> for TileStatus {
    type Error = UnknownStatus;

    fn try_from(word: String) -> Result<Self, UnknownStatus> {
        match word.strip_suffix(OLD) {
            Some(status) => {
                let status: Status = status.parse()?;
                if status.is_open() { Err(UnknownStatus) } else { Ok(Self::old(status)) }
            }
            None => word.parse().map(Status::into),
        }
    }
}

/// The words that there are.
#[cfg(feature = "openapi")]
mod schema {
    use std::borrow::Cow;

    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            RefOr, Schema,
            schema::{ObjectBuilder, Type},
        },
    };

    use super::{Status, TileStatus};

    impl PartialSchema for TileStatus {
        fn schema() -> RefOr<Schema> {
            let closed = Status::ALL.into_iter().filter(|status| !status.is_open());
            let words =
                Status::ALL.into_iter().map(Self::from).chain(closed.map(Self::old)).map(String::from);
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(words))
                .description(Some(
                    "A report's status; with `_old` after it where the report was closed with it more than thirty days \
                     ago (whole days, UTC).",
                ))
                .into()
        }
    }

    impl ToSchema for TileStatus {
        fn name() -> Cow<'static, str> {
            "TileStatus".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_is_read_as_it_is_written_and_has_its_number() {
        for status in Status::ALL {
            for told in [TileStatus::from(status), TileStatus::old(status)] {
                assert_eq!(TileStatus::try_from(String::from(told)), Ok(told));
                assert!(told.number() < TileStatus::NUMBERS);
                assert_eq!(TileStatus::of_number(told.number()), Some(told));
            }
        }
        for word in ["", "_old", "received_old", "resolved_", "resolved_old_old", "Resolved"] {
            assert_eq!(TileStatus::try_from(word.to_owned()), Err(UnknownStatus), "{word}");
        }
        let all: Vec<_> = (0..=u8::MAX).filter_map(TileStatus::of_number).map(String::from).collect();
        assert_eq!(all.len(), 9, "{all:?}");
    }

    #[test]
    fn only_what_is_closed_becomes_old_and_only_after_thirty_days() {
        assert!(!TileStatus::on(Status::Resolved, 20_000, 20_030).is_old());
        assert!(TileStatus::on(Status::Resolved, 20_000, 20_031).is_old());
        assert!(!TileStatus::on(Status::Resolved, 20_000, 19_000).is_old(), "a clock that went back");
        assert!(!TileStatus::on(Status::InProgress, 20_000, 30_000).is_old(), "waiting is not being closed");
    }
}

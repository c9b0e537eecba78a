//! What a map needs of reports.

use geo::WorldPoint;
use model::{ReportId, Status};

/// How often anything of what a map shows had changed when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub(super) i64);

/// A report that everybody may read, as far as a map needs it. Small, since there may be a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapReport {
    /// Its id.
    pub id: ReportId,
    /// Where, to two steps of each axis: the place of its cell.
    pub at: WorldPoint,
    /// The place of its category in the list beside it.
    pub category: u16,
    /// Where it stands.
    pub status: Status,
    /// Since which day ([`model::Timestamp::day`]).
    pub since: u16,
    /// How many support it.
    pub supports: u32,
    /// On which day it was taken in.
    pub day: u16,
}

/// Reports as they stood at a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapReports {
    /// The reports.
    pub reports: Vec<MapReport>,
    /// The categories that they name.
    pub categories: Vec<String>,
    /// Nothing that has changed before is missing.
    pub revision: Revision,
}

/// What has changed since a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapChanges {
    /// Of some reports, perhaps of all.
    Reports {
        /// Those that are new or stand otherwise, as they are now.
        now: MapReports,
        /// Those that are not there any more, or not for everybody.
        gone: Vec<ReportId>,
        /// Whether these are not all: more has changed since.
        more: bool,
    },
    /// It is not known any more: all reports have to be read again.
    TooFarBehind,
}

//! The words that portal and API share, and every rule that both sides check.
//!
//! No I/O, no clock, no framework: whoever needs "now" or randomness passes it in. The same code runs on a
//! citizen's phone (wasm) and on the server, so a rule is written once and both sides mean the same by it.

mod answers;
mod bbox;
mod category;
mod contact_state;
mod declaration;
mod degrees;
mod device;
mod field_error;
mod flag;
mod id;
mod movement;
mod nearby;
mod page;
mod participant;
mod photo;
mod position;
mod problem;
mod report;
#[cfg(feature = "openapi")]
mod schemas;
mod site;
mod statistics;
mod status;
mod submission;
mod support;
mod tile;
mod tile_status;
mod timestamp;

pub use bbox::{BBox, BBoxError};
pub use category::{Attribute, AttributeDatatype, AttributeOption, Category, Dimension, Localized};
pub use contact_state::ContactState;
pub use declaration::{Declaration, DeclarationCounts, DeclarationId, Declared, ProvinceDeclarations};
pub use degrees::{Degrees, DegreesError};
pub use device::DeviceToken;
pub use field_error::{FieldCode, FieldError};
pub use flag::{FLAG_NOTE_MAX, Flag, FlagReason, Flagged};
pub use id::{IdError, PhotoId, ReportId, UpdateId};
pub use movement::{Claim, ClaimAbout, Counted, EvidenceCount, MovementSummary, Province, YearCount};
pub use nearby::{NearbyReport, NearbyReports};
pub use page::{ReportPage, Sort};
pub use participant::{
    COHORT_YEARS, Cohort, CohortEvidence, CollectionType, FeatureType, Participant, ParticipantId,
    ParticipantIdError, ParticipantKind, ParticipantProperties, Participants, PointGeometry, PointType,
};
pub use photo::{Evidence, PHOTO_BYTES_MAX, Photo};
pub use position::{Position, PositionError};
pub use problem::{Problem, ProblemField};
pub use report::{AttributeValue, Attributes, Report, Update, Visibility};
pub use site::{Jurisdiction, Limits, Site};
pub use statistics::{ReportCount, Statistics};
pub use status::{Status, UnknownStatus};
pub use submission::{Contact, Rules, Submission};
pub use support::Support;
pub use tile::{Tile, TileCell, TileCount, TilePoint};
pub use tile_status::TileStatus;
pub use timestamp::{Timestamp, TimestampError};

/// The jurisdiction of a report that no government has been found for.
pub const UNASSIGNED: &str = "unassigned";

//! What goes into a store and what it answers.

use std::fmt;

use model::{Contact, Evidence, Photo, Position, Report, ReportId, Status, Submission, Timestamp, UpdateId};

/// SHA-256 of something that is not kept itself.
pub type Hash = [u8; 32];

/// A device as the store knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeviceId(pub(super) i64);

/// A checked submission, ready to be kept.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// Made on the phone.
    pub id: ReportId,
    /// Normalized and checked.
    pub submission: Submission,
    /// The same place, known to be on the earth.
    pub position: Position,
    /// The government it goes to.
    pub jurisdiction: String,
    /// Who sent it.
    pub device: DeviceId,
    /// Of the body as it came.
    pub body_hash: Hash,
    /// Of the secret that came with it.
    pub secret_hash: Option<Hash>,
    /// When it was taken in.
    pub at: Timestamp,
}

impl NewReport {
    /// How to reach the reporter, which is kept apart from the report.
    pub(super) fn contact(&self) -> Option<&Contact> {
        self.submission.contact.as_ref()
    }
}

/// What came of keeping a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Put {
    /// It was new, and is durable now.
    Created(Box<Report>),
    /// Something stands under this id already.
    Taken(StoredBody),
    /// Some of its photos are not this device's to put on it: their places in the list. Nothing was kept.
    PhotosMissing(Vec<usize>),
}

/// What tells a repeated submission from another one under the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredBody {
    /// Of the body as it came.
    pub body_hash: Hash,
    /// Of the secret that came with it.
    pub secret_hash: Option<Hash>,
    /// Who sent it; nobody for imported and demo reports.
    pub device: Option<DeviceId>,
}

/// Under what a photo's bytes lie: random, made anew for each upload, so that two uploads under one id never write
/// over each other and nothing is read before the row that names it is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectName(pub [u8; 16]);

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A photo that has been made and laid down, ready to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPhoto {
    /// Its id, made on the phone, and the size it has now.
    pub photo: Photo,
    /// Who sent it.
    pub device: DeviceId,
    /// Of the bytes as they came.
    pub body_hash: Hash,
    /// Under what its bytes lie.
    pub object: ObjectName,
    /// When it was sent.
    pub at: Timestamp,
}

/// What came of keeping a photo.
#[derive(Debug, Clone, PartialEq)]
pub enum PhotoPut {
    /// It was new, and is durable now.
    Created,
    /// Something stands under this id already.
    Taken(StoredPhoto),
}

/// A photo as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPhoto {
    /// Its id and size.
    pub photo: Photo,
    /// Of the bytes as they came.
    pub body_hash: Hash,
    /// Under what its bytes lie.
    pub object: ObjectName,
}

/// What came of adding a photo to a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Attached {
    /// It stands there, now or since before.
    Evidence(Evidence),
    /// There is no such report for this device.
    NoReport,
    /// There is no such photo of this device, or it stands elsewhere.
    NoPhoto,
    /// This device has added as many as it may.
    TooMany,
}

/// What came of removing a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactRemoval {
    /// None is kept any more, whether there was one or not.
    Gone,
    /// The device may read the report, but has not sent it.
    NotTheirs,
    /// The device may not read the report, or there is none.
    NoReport,
}

/// Who has signed the declaration, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationRows {
    /// Codes of provinces that anybody has signed for, in their order, and how many devices have.
    pub by_province: Vec<(String, u64)>,
    /// The province of the device that asks, where it has signed.
    pub own: Option<String>,
}

/// A report that was not sent by a device of ours: imported from another system, or demo data.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedReport {
    /// Derived from the source, so that the same row is the same report.
    pub id: ReportId,
    /// A category of ours.
    pub category: String,
    /// As the source tells it.
    pub description: String,
    /// Where.
    pub position: Position,
    /// The place in words.
    pub address: Option<String>,
    /// The government it belongs to.
    pub jurisdiction: String,
    /// The department that has it.
    pub agency: Option<String>,
    /// When the source took it in.
    pub created_at: Timestamp,
    /// Until when the source promised to be done.
    pub due_at: Option<Timestamp>,
    /// What happened since, oldest first.
    pub history: Vec<ImportedUpdate>,
    /// `profile:id` of the source.
    pub source: Option<String>,
    /// The source's own verdict on its promise.
    pub source_ontime: Option<String>,
    /// Made up, to show what the portal does.
    pub demo: bool,
    /// How many (demo) devices support it.
    pub supports: u32,
}

/// A step in the history of an imported report.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedUpdate {
    /// Derived from the report's.
    pub id: UpdateId,
    /// When.
    pub at: Timestamp,
    /// What it brought.
    pub status: Status,
    /// In words.
    pub note: Option<String>,
}

/// What came of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCount {
    /// Reports that were not there before.
    pub added: usize,
    /// Reports whose id was there already.
    pub known: usize,
}

/// What came of keeping governments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JurisdictionCount {
    /// Those of a code that was not kept before.
    pub added: usize,
    /// Those that say something else than before.
    pub changed: usize,
    /// Those that say what was kept already.
    pub same: usize,
}

//! Where reports, devices and supports are kept.
//!
//! [`Store`] is the one door: services speak to it, an engine stands behind it. An engine answers a write only
//! after it is durable, and knows no rule beyond uniqueness; what may be written is decided before.

mod error;
mod map;
mod metrics;
mod query;
mod records;
mod sqlite;

use async_trait::async_trait;
use model::{
    Flag, Jurisdiction, NearbyReport, PhotoId, Report, ReportId, ReportPage, Statistics, Support, Timestamp,
};

pub use error::StoreError;
pub use map::{MapChanges, MapReport, MapReports, Revision};
pub use metrics::WriterMetrics;
pub use query::{BadCursor, Cursor, NearbyQuery, ReportQuery, StatisticsQuery};
pub use records::{
    Attached, ContactRemoval, DeclarationRows, DeviceId, Hash, ImportCount, ImportedReport, ImportedUpdate,
    JurisdictionCount, NewPhoto, NewReport, ObjectName, PhotoPut, Put, StoredBody, StoredPhoto,
};
pub use sqlite::SqliteStore;

/// A durable home for everything the API takes in.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Whether the store answers now.
    async fn check(&self) -> Result<(), StoreError>;

    /// Makes a device that holds the token with this hash.
    async fn add_device(&self, token_hash: Hash, at: Timestamp) -> Result<DeviceId, StoreError>;

    /// The device that holds the token with this hash.
    async fn device(&self, token_hash: Hash) -> Result<Option<DeviceId>, StoreError>;

    /// What was sent under an id, if anything was.
    async fn stored_body(&self, id: ReportId) -> Result<Option<StoredBody>, StoreError>;

    /// Keeps a report under its id. An id that is taken is answered by what is kept there: two that race are
    /// told apart by the store, not by who looked first.
    async fn put_report(&self, report: NewReport) -> Result<Put, StoreError>;

    /// Makes `device` the one a report came from (its token was renewed), and gives the report as it reads it.
    async fn set_owner(&self, id: ReportId, device: DeviceId) -> Result<Option<Report>, StoreError>;

    /// A report, if this device (or nobody in particular) may read it.
    async fn report(&self, id: ReportId, device: Option<DeviceId>) -> Result<Option<Report>, StoreError>;

    /// A page of the reports that everybody may read.
    async fn reports(&self, query: ReportQuery, device: Option<DeviceId>) -> Result<ReportPage, StoreError>;

    /// The open reports around a place that everybody may read, the nearest first.
    async fn nearby(
        &self,
        query: NearbyQuery,
        device: Option<DeviceId>,
    ) -> Result<Vec<NearbyReport>, StoreError>;

    /// How many reports that everybody may read there are, by category and status.
    async fn statistics(&self, query: StatisticsQuery) -> Result<Statistics, StoreError>;

    /// Adds or takes back a device's support; `None` when it may not read the report.
    async fn set_support(
        &self,
        id: ReportId,
        device: DeviceId,
        supported: bool,
        at: Timestamp,
    ) -> Result<Option<Support>, StoreError>;

    /// What was sent under a photo's id, if anything was.
    async fn photo(&self, id: PhotoId) -> Result<Option<StoredPhoto>, StoreError>;

    /// Keeps a photo whose bytes are laid down. An id that is taken is answered by what is kept there.
    async fn put_photo(&self, photo: NewPhoto) -> Result<PhotoPut, StoreError>;

    /// Makes `device` the owner of a photo that it has sent again; false when the photo has expired meanwhile.
    async fn own_photo(&self, id: PhotoId, device: DeviceId, at: Timestamp) -> Result<bool, StoreError>;

    /// Where the bytes of a photo lie, if this device (or nobody in particular) may look at it.
    async fn readable_photo(
        &self,
        id: PhotoId,
        device: Option<DeviceId>,
    ) -> Result<Option<ObjectName>, StoreError>;

    /// Adds a photo of a device to a report, to be accepted by an officer.
    async fn add_evidence(
        &self,
        id: ReportId,
        photo: PhotoId,
        device: DeviceId,
    ) -> Result<Attached, StoreError>;

    /// Which of these names a photo's row has.
    async fn known_objects(&self, names: Vec<ObjectName>) -> Result<Vec<ObjectName>, StoreError>;

    /// Forgets photos last sent before an instant that stand on no report; gives what is left to delete.
    async fn expire_photos(&self, before: Timestamp) -> Result<Vec<ObjectName>, StoreError>;
    /// Keeps a device's flag on a report instead of an earlier one; false when it may not read the report.
    async fn set_flag(
        &self,
        id: ReportId,
        device: DeviceId,
        flag: Flag,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Removes how to reach the reporter, if this device is the one the report came from.
    async fn remove_contact(&self, id: ReportId, device: DeviceId) -> Result<ContactRemoval, StoreError>;

    /// Removes the contacts of reports that were closed at `before` or earlier and have not been opened again; no
    /// byte of them, nor of contacts that were taken back, is left in the files then. Answers how many went.
    async fn purge_contacts(&self, before: Timestamp) -> Result<usize, StoreError>;

    /// Signs the declaration for a province, unless the device has signed before; gives the province it has signed
    /// for then.
    async fn join_declaration(&self, device: DeviceId, province: String) -> Result<String, StoreError>;

    /// Forgets what a device has signed for.
    async fn withdraw_declaration(&self, device: DeviceId) -> Result<(), StoreError>;

    /// How many devices have signed for which province, and for which one this device has.
    async fn declarations(&self, device: Option<DeviceId>) -> Result<DeclarationRows, StoreError>;

    /// The governments that were imported, by their code.
    async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>, StoreError>;

    /// Keeps governments, each instead of an earlier one of its code; all of them or none.
    async fn put_jurisdictions(&self, given: Vec<Jurisdiction>) -> Result<JurisdictionCount, StoreError>;

    /// Takes in many reports at once; those whose id is there already are left as they are.
    async fn import(&self, reports: Vec<ImportedReport>) -> Result<ImportCount, StoreError>;

    /// All reports that everybody may read, as a map needs them, in the order of their cells.
    async fn map_reports(&self) -> Result<MapReports, StoreError>;

    /// What a map has to change that was right at a revision.
    async fn map_changes(&self, since: Revision) -> Result<MapChanges, StoreError>;

    /// Forgets changes so old that no map that is kept up to date needs them; how many.
    async fn forget_changes(&self) -> Result<usize, StoreError>;
}

//! SQLite: one writer that commits many waiting requests together, many readers, WAL, `synchronous=FULL`.

mod contacts;
mod declarations;
mod devices;
mod filter;
mod flags;
mod import;
mod jurisdictions;
mod list;
mod map;
mod nearby;
mod photos;
mod readers;
mod reports;
mod rows;
mod runs;
mod sql;
mod statistics;
mod supports;
mod wal;
mod way;
mod writer;

use std::{
    fs::{DirBuilder, File},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use model::{
    Flag, Jurisdiction, NearbyReport, PhotoId, Report, ReportId, ReportPage, Statistics, Support, Timestamp,
};
use rusqlite::Connection;

use super::{
    Attached, ContactRemoval, DeclarationRows, DeviceId, Hash, ImportCount, ImportedReport,
    JurisdictionCount, MapChanges, MapReports, NearbyQuery, NewPhoto, NewReport, ObjectName, PhotoPut, Put,
    ReportQuery, Revision, StatisticsQuery, Store, StoreError, StoredBody, StoredPhoto, WriterMetrics,
};
use readers::Readers;
use writer::Writer;

mod migrations {
    refinery::embed_migrations!("src/store/sqlite/migrations");
}

/// The file in the data folder.
const FILE: &str = "warga.sqlite3";
/// Held while the schema is brought up to date.
const LOCK: &str = "schema.lock";

/// The embedded engine: a file in the data folder.
pub struct SqliteStore {
    // In this order: the writer's connection closes last, and the last one empties the log into the database.
    readers: Readers,
    writer: Writer,
    file: PathBuf,
}

impl SqliteStore {
    /// Opens or makes the database in `folder` and brings its schema up to date.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file is not a database of ours.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_measured(folder, WriterMetrics::default())
    }

    /// The same, by a writer that counts what it does.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_measured(folder: &Path, metrics: WriterMetrics) -> Result<Self, StoreError> {
        // Contacts of citizens lie in it: it is nobody else's to read.
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let file = folder.join(FILE);
        let mut connection = Connection::open(&file)?;
        connection.execute_batch("PRAGMA busy_timeout = 5000;")?;
        {
            // Servers may start side by side on one folder; only one of them changes the schema at a time.
            let lock = File::create(folder.join(LOCK))?;
            lock.lock()?;
            let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
            if mode != "wal" {
                return Err(StoreError::NoWal(mode));
            }
            let runner = migrations::migrations::runner();
            // A database that is new has no such table.
            let sql = "SELECT max(version) FROM refinery_schema_history";
            let before = connection.query_row(sql, [], |row| row.get::<_, i64>(0)).ok();
            if before.is_some_and(|before| runner.get_migrations().iter().any(|step| step.version() > before))
            {
                // Somebody waits for the port, and may think that it hangs.
                tracing::info!("bringing the schema up to date; with many reports this takes a while");
            }
            let done = runner.run(&mut connection)?;
            if let Some(last) = done.applied_migrations().last() {
                tracing::info!(version = %last.version(), "the schema was brought up to date");
            }
        }
        // FULL: an answer is given after the commit, and the commit after the disk has it.
        // secure_delete: what is deleted is overwritten with zeros, or a contact would stay in the file after its
        // row. ON costs no more than FAST here: 200,000 supports taken back take the same time with either and
        // without, as they lie in pages that are written anyway.
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
        )?;
        Ok(Self { readers: Readers::new(file.clone()), writer: Writer::start(connection, metrics)?, file })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn check(&self) -> Result<(), StoreError> {
        if !self.writer.is_running() {
            return Err(StoreError::WriterStopped);
        }
        self.readers.look_up(|db| Ok(db.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }

    async fn add_device(&self, token_hash: Hash, at: Timestamp) -> Result<DeviceId, StoreError> {
        self.writer.write(move |db| devices::add(db, &token_hash, at)).await
    }

    async fn device(&self, token_hash: Hash) -> Result<Option<DeviceId>, StoreError> {
        self.readers.look_up(move |db| devices::find(db, &token_hash)).await
    }

    async fn stored_body(&self, id: ReportId) -> Result<Option<StoredBody>, StoreError> {
        self.readers.look_up(move |db| reports::stored_body(db, id)).await
    }

    async fn put_report(&self, report: NewReport) -> Result<Put, StoreError> {
        self.writer.write(move |db| reports::put(db, &report)).await
    }

    async fn set_owner(&self, id: ReportId, device: DeviceId) -> Result<Option<Report>, StoreError> {
        self.writer.write(move |db| reports::set_owner(db, id, device)).await
    }

    async fn report(&self, id: ReportId, device: Option<DeviceId>) -> Result<Option<Report>, StoreError> {
        self.readers.look_up(move |db| reports::find(db, id, device)).await
    }

    async fn reports(&self, query: ReportQuery, device: Option<DeviceId>) -> Result<ReportPage, StoreError> {
        self.readers.list(move |db| list::page(db, &query, device)).await
    }

    async fn nearby(
        &self,
        query: NearbyQuery,
        device: Option<DeviceId>,
    ) -> Result<Vec<NearbyReport>, StoreError> {
        self.readers.list(move |db| nearby::find(db, &query, device)).await
    }

    async fn statistics(&self, query: StatisticsQuery) -> Result<Statistics, StoreError> {
        self.readers.list(move |db| statistics::count(db, &query)).await
    }

    async fn set_support(
        &self,
        id: ReportId,
        device: DeviceId,
        supported: bool,
        at: Timestamp,
    ) -> Result<Option<Support>, StoreError> {
        self.writer.write(move |db| supports::set(db, id, device, supported, at)).await
    }

    async fn photo(&self, id: PhotoId) -> Result<Option<StoredPhoto>, StoreError> {
        self.readers.look_up(move |db| photos::find(db, id)).await
    }

    async fn put_photo(&self, photo: NewPhoto) -> Result<PhotoPut, StoreError> {
        self.writer.write(move |db| photos::put(db, &photo)).await
    }

    async fn own_photo(&self, id: PhotoId, device: DeviceId, at: Timestamp) -> Result<bool, StoreError> {
        self.writer.write(move |db| photos::own(db, id, device, at)).await
    }

    async fn readable_photo(
        &self,
        id: PhotoId,
        device: Option<DeviceId>,
    ) -> Result<Option<ObjectName>, StoreError> {
        self.readers.look_up(move |db| photos::readable(db, id, device)).await
    }

    async fn add_evidence(
        &self,
        id: ReportId,
        photo: PhotoId,
        device: DeviceId,
    ) -> Result<Attached, StoreError> {
        self.writer.write(move |db| photos::add_evidence(db, id, photo, device)).await
    }

    async fn known_objects(&self, names: Vec<ObjectName>) -> Result<Vec<ObjectName>, StoreError> {
        self.readers.look_up(move |db| photos::known(db, &names)).await
    }

    async fn expire_photos(&self, before: Timestamp) -> Result<Vec<ObjectName>, StoreError> {
        self.writer.write(move |db| photos::expire(db, before)).await
    }

    async fn set_flag(
        &self,
        id: ReportId,
        device: DeviceId,
        flag: Flag,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.writer.write(move |db| flags::set(db, id, device, &flag, at)).await
    }

    async fn remove_contact(&self, id: ReportId, device: DeviceId) -> Result<ContactRemoval, StoreError> {
        self.writer.write(move |db| contacts::remove(db, id, device)).await
    }

    async fn purge_contacts(&self, before: Timestamp) -> Result<usize, StoreError> {
        let purged = self.writer.write(move |db| contacts::purge(db, before)).await?;
        wal::empty(self.file.clone()).await?;
        Ok(purged)
    }

    async fn join_declaration(&self, device: DeviceId, province: String) -> Result<String, StoreError> {
        self.writer.write(move |db| declarations::join(db, device, &province)).await
    }

    async fn withdraw_declaration(&self, device: DeviceId) -> Result<(), StoreError> {
        self.writer.write(move |db| declarations::withdraw(db, device)).await
    }

    async fn declarations(&self, device: Option<DeviceId>) -> Result<DeclarationRows, StoreError> {
        // Not a look-up: it costs as much as there are rows.
        self.readers.list(move |db| declarations::count(db, device)).await
    }

    async fn jurisdictions(&self) -> Result<Vec<Jurisdiction>, StoreError> {
        self.readers.look_up(jurisdictions::all).await
    }

    async fn put_jurisdictions(&self, given: Vec<Jurisdiction>) -> Result<JurisdictionCount, StoreError> {
        self.writer.write(move |db| jurisdictions::put_all(db, &given)).await
    }

    async fn import(&self, reports: Vec<ImportedReport>) -> Result<ImportCount, StoreError> {
        self.writer.write(move |db| import::add_all(db, &reports)).await
    }

    async fn map_reports(&self) -> Result<MapReports, StoreError> {
        self.readers.everything(map::all).await
    }

    async fn map_changes(&self, since: Revision) -> Result<MapChanges, StoreError> {
        self.readers.look_up(move |db| map::changes(db, since)).await
    }

    async fn forget_changes(&self) -> Result<usize, StoreError> {
        let mut all = 0;
        loop {
            let forgotten = self.writer.write(map::forget).await?;
            all += forgotten;
            if forgotten < map::FORGOTTEN {
                return Ok(all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_writer_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let pragmas = store.writer.write(|db| {
            let synchronous: i64 = db.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
            let journal: String = db.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            Ok((synchronous, journal))
        });
        assert_eq!(pragmas.await.unwrap(), (2, "wal".to_owned()), "synchronous = FULL in WAL");
    }

    #[tokio::test]
    async fn a_store_that_is_closed_leaves_everything_in_the_database_itself() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        store.add_device([1; 32], Timestamp::from_millis(0)).await.unwrap();
        assert!(store.device([1; 32]).await.unwrap().is_some());
        drop(store);
        assert!(!folder.path().join("warga.sqlite3-wal").exists());
    }

    #[test]
    fn two_that_start_together_on_a_new_folder_both_open() {
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            std::thread::scope(|scope| {
                let open = || SqliteStore::open(folder.path()).map(drop);
                let other = scope.spawn(open);
                open().unwrap();
                other.join().unwrap().unwrap();
            });
        }
    }
}

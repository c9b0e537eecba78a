//! SQLite: one writer that commits many waiting requests together, many readers, WAL, `synchronous=FULL`.

mod devices;
mod import;
mod list;
mod readers;
mod reports;
mod rows;
mod supports;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use model::{Report, ReportId, ReportPage, Support, Timestamp};
use rusqlite::Connection;

use super::{
    DeviceId, Hash, ImportCount, ImportedReport, NewReport, Put, ReportQuery, Store, StoreError, StoredBody,
};
use readers::Readers;
use writer::Writer;

mod migrations {
    refinery::embed_migrations!("src/store/sqlite/migrations");
}

/// The file in the data folder.
const FILE: &str = "warga.sqlite3";

/// The embedded engine: a file in the data folder.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens or makes the database in `folder` and brings its schema up to date.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file is not a database of ours.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        let file = folder.join(FILE);
        let mut connection = Connection::open(&file)?;
        // FULL: an answer is given after the commit, and the commit after the disk has it.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000;",
        )?;
        migrations::migrations::runner().run(&mut connection)?;
        Ok(Self { writer: Writer::start(connection)?, readers: Readers::new(file) })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn check(&self) -> Result<(), StoreError> {
        self.readers.read(|db| Ok(db.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }

    async fn add_device(&self, token_hash: Hash, at: Timestamp) -> Result<DeviceId, StoreError> {
        self.writer.write(move |db| devices::add(db, &token_hash, at)).await
    }

    async fn device(&self, token_hash: Hash) -> Result<Option<DeviceId>, StoreError> {
        self.readers.read(move |db| devices::find(db, &token_hash)).await
    }

    async fn stored_body(&self, id: ReportId) -> Result<Option<StoredBody>, StoreError> {
        self.readers.read(move |db| reports::stored_body(db, id)).await
    }

    async fn put_report(&self, report: NewReport) -> Result<Put, StoreError> {
        self.writer.write(move |db| reports::put(db, &report)).await
    }

    async fn set_owner(&self, id: ReportId, device: DeviceId) -> Result<(), StoreError> {
        self.writer.write(move |db| reports::set_owner(db, id, device)).await
    }

    async fn report(&self, id: ReportId, device: Option<DeviceId>) -> Result<Option<Report>, StoreError> {
        self.readers.read(move |db| reports::find(db, id, device)).await
    }

    async fn reports(&self, query: ReportQuery, device: Option<DeviceId>) -> Result<ReportPage, StoreError> {
        self.readers.read(move |db| list::page(db, &query, device)).await
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

    async fn import(&self, reports: Vec<ImportedReport>) -> Result<ImportCount, StoreError> {
        self.writer.write(move |db| import::add_all(db, &reports)).await
    }
}

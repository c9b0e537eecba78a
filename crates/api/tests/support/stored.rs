//! The database below the server: filled before one opens it, read beside or after one.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use model::{Position, ReportId, Timestamp};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};
use warga_api::store::{ImportedReport, SqliteStore, Store as _};

/// A report as another system would have given it, right as it stands.
pub(crate) fn imported(created_at: Timestamp, lat: f64, lng: f64) -> ImportedReport {
    ImportedReport {
        id: super::id_at(created_at),
        category: "road".into(),
        description: "Lubang".into(),
        position: Position::new(lat, lng).unwrap(),
        address: None,
        jurisdiction: model::UNASSIGNED.into(),
        agency: None,
        created_at,
        due_at: None,
        history: Vec::new(),
        source: None,
        source_ontime: None,
        demo: false,
        supports: 0,
    }
}

/// Puts reports into the database of a folder that no server has opened yet.
pub(crate) async fn fill(data: &Path, reports: Vec<ImportedReport>) {
    let expected = reports.len();
    let count = SqliteStore::open(data).unwrap().import(reports).await.unwrap();
    assert_eq!(count.added, expected);
}

/// Gives reports of a folder that no server has opened yet a contact each.
pub(crate) fn add_contacts(data: &Path, emails: &[(ReportId, &str)]) {
    let db = Connection::open(data.join("warga.sqlite3")).unwrap();
    for (id, email) in emails {
        let sql = "INSERT INTO contacts (report, email) VALUES (?1, ?2)";
        db.execute(sql, (id.as_bytes(), email)).unwrap();
    }
}

/// Whether a text stands anywhere in the database's files, in a row or in what was left of one.
pub(crate) fn holds_bytes(data: &Path, text: &str) -> bool {
    ["warga.sqlite3", "warga.sqlite3-wal"].into_iter().any(|file| {
        // A log that is not there holds nothing.
        let bytes = std::fs::read(data.join(file)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

/// A database, looked at without a server in between, and without being able to change it.
pub(crate) struct Stored(Connection);

impl Stored {
    pub(crate) fn open(data: &Path) -> Self {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        Self(Connection::open_with_flags(data.join("warga.sqlite3"), flags).unwrap())
    }

    /// SQLite's own check of every page and index.
    #[track_caller]
    pub(crate) fn assert_whole(&self) {
        let verdict: String = self.0.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok");
        let mut broken = self.0.prepare("PRAGMA foreign_key_check").unwrap();
        assert!(!broken.exists([]).unwrap(), "a row refers to one that is not there");
    }

    /// How many rows every table has.
    pub(crate) fn rows(&self) -> BTreeMap<String, i64> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let mut tables = self.0.prepare(sql).unwrap();
        let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let count = |table: &str| {
            self.0.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0)).unwrap()
        };
        tables.map(|table| table.unwrap()).map(|table| (table.clone(), count(&table))).collect()
    }

    /// The description of every report; fails when an id stands twice.
    pub(crate) fn descriptions(&self) -> BTreeMap<ReportId, String> {
        let mut statement = self.0.prepare("SELECT id, description FROM reports").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let mut found = BTreeMap::new();
        for row in rows {
            let (id, description) = row.unwrap();
            let id = ReportId::from_bytes(id).unwrap();
            assert_eq!(found.insert(id, description), None, "{id} stands twice");
        }
        found
    }

    /// What the column says that lists are ordered by.
    pub(crate) fn support_counts(&self) -> BTreeMap<ReportId, u32> {
        let mut statement = self.0.prepare("SELECT id, supports FROM reports").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(|row| row.unwrap()).map(|(id, n)| (ReportId::from_bytes(id).unwrap(), n)).collect()
    }

    /// What a map shows of every report beside its place: the word of its status, and how many support it.
    pub(crate) fn shown(&self) -> BTreeMap<ReportId, (String, u32)> {
        let mut statement = self.0.prepare("SELECT id, status, supports FROM reports").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
        rows.map(|row| row.unwrap()).map(|(id, shown)| (ReportId::from_bytes(id).unwrap(), shown)).collect()
    }

    /// Every row of support: the report, and the hash of the device's token; fails when one stands twice.
    pub(crate) fn supports(&self) -> BTreeSet<(ReportId, [u8; 32])> {
        let sql = "SELECT s.report, d.token_hash FROM supports s JOIN devices d ON d.id = s.device";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let mut found = BTreeSet::new();
        for row in rows {
            let (id, hash) = row.unwrap();
            let id = ReportId::from_bytes(id).unwrap();
            assert!(found.insert((id, hash)), "a support of {id} stands twice");
        }
        found
    }

    /// What each device has signed for: the hash of its token, and the province's code.
    pub(crate) fn declarations(&self) -> BTreeMap<[u8; 32], String> {
        let sql = "SELECT d.token_hash, s.province FROM declarations s JOIN devices d ON d.id = s.device";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let mut found = BTreeMap::new();
        for row in rows {
            let (hash, province) = row.unwrap();
            assert_eq!(found.insert(hash, province), None, "a device has signed twice");
        }
        found
    }

    /// The e-mail addresses that are kept, by report.
    pub(crate) fn emails(&self) -> BTreeMap<ReportId, Option<String>> {
        let mut statement = self.0.prepare("SELECT report, email FROM contacts").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(|row| row.unwrap()).map(|(id, email)| (ReportId::from_bytes(id).unwrap(), email)).collect()
    }

    /// Every flag: the hash of the device's token, reason, note and time.
    pub(crate) fn flags(&self, report: ReportId) -> Vec<([u8; 32], String, Option<String>, i64)> {
        let sql = "SELECT d.token_hash, f.reason, f.note, f.at FROM flags f JOIN devices d ON d.id = f.device
                   WHERE f.report = ?1 ORDER BY f.device";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement
            .query_map([report.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        rows.unwrap().map(|row| row.unwrap()).collect()
    }
}

/// How the database knows a device.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

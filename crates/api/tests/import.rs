//! `import csv` and `seed` through a real database: what comes in, what does not, and that a second time changes
//! nothing.
#![expect(clippy::unwrap_used, reason = "a test says so by failing")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use model::{Report, Sort, Status};
use tempfile::TempDir;
use warga_api::{
    catalogue::Catalogue,
    import::{
        CutReason, ImportError, ProfileError, Summary,
        csv::{self, CsvImport},
    },
    seed,
    store::{ReportQuery, SqliteStore, Store as _},
};

const HEADER: &str =
    "id,opened,target,closed,ontime,status,subject,reason,type,department,neighborhood,ward,source,lat,lng";
/// Open: the street lights of a square are out.
const OPEN: &str = "7001,2015-01-01T00:25:23,2015-01-16T08:30:00,,ONTIME,Open,Public Works Department,Street Lights,\
    Street Light Outages,PWDx,Fenway,Ward 5,Citizens Connect App,42.3474,-71.0944";
/// Closed in summer, on the day of a thunderstorm.
const CLOSED: &str = "7002,2015-07-01T10:00:00,,2015-07-02T11:30:00,OVERDUE,Closed,Parks & Recreation Department,Trees,\
    Tree Emergencies,PARK,,Ward 1,Constituent Call,42.37,-71.03";

struct Server {
    folder: TempDir,
    store: SqliteStore,
}

impl Server {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        Self { folder, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file of the data folder with Boston's header, as plain text.
    fn file(&self, name: &str, rows: &[&str]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text(rows)).unwrap();
        path
    }

    fn rejects(&self) -> PathBuf {
        self.path("rejects/r.csv")
    }

    async fn import(&self, file: &Path) -> Result<Summary, ImportError> {
        self.import_by("boston311", file).await
    }

    async fn import_by(&self, profile: &str, file: &Path) -> Result<Summary, ImportError> {
        let options = CsvImport { profile: profile.into(), file: file.into(), rejects: self.rejects() };
        csv::run(&self.store, &options).await
    }

    /// Everything in the store, oldest first.
    async fn reports(&self) -> Vec<Report> {
        let query = ReportQuery {
            bbox: None,
            categories: Vec::new(),
            statuses: Vec::new(),
            jurisdiction: None,
            since: None,
            sort: Sort::Newest,
            limit: 500,
            after: None,
        };
        let mut reports = self.store.reports(query, None).await.unwrap().reports;
        reports.reverse();
        reports
    }

    /// The rejects, a row each, without their header: line, reason word, the rest of the reason, source fields.
    fn rejected(&self) -> Vec<(u64, String, String, Vec<String>)> {
        let mut rows = ::csv::ReaderBuilder::new().flexible(true).from_path(self.rejects()).unwrap();
        assert_eq!(
            rows.headers().unwrap().iter().take(3).collect::<Vec<_>>(),
            ["reject_line", "reject_reason", "id"]
        );
        rows.byte_records()
            .map(|row| {
                let fields: Vec<String> =
                    row.unwrap().iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
                let (word, sentence) = fields[1].split_once(": ").unwrap();
                (fields[0].parse().unwrap(), word.into(), sentence.into(), fields[2..].to_vec())
            })
            .collect()
    }
}

fn text(rows: &[&str]) -> String {
    let lines: Vec<&str> = [HEADER].into_iter().chain(rows.iter().copied()).collect();
    lines.join("\r\n") + "\r\n"
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(text.as_bytes()).unwrap();
    gz.finish().unwrap()
}

/// The row with one field replaced.
fn with(row: &str, column: &str, value: &str) -> String {
    let at = HEADER.split(',').position(|name| name == column).unwrap();
    let mut fields: Vec<&str> = row.split(',').collect();
    fields[at] = value;
    fields.join(",")
}

fn counts(summary: &Summary) -> [usize; 4] {
    [summary.read, summary.added, summary.known, summary.rejected]
}

#[tokio::test]
async fn a_row_becomes_the_report_it_tells_of() {
    let server = Server::new();
    let file = server.file("b.csv", &[OPEN, CLOSED]);
    assert_eq!(counts(&server.import(&file).await.unwrap()), [2, 2, 0, 0]);

    let reports = server.reports().await;
    let [open, closed] = reports.as_slice() else { panic!("{reports:?}") };
    assert_eq!(open.category, "street_light");
    assert_eq!(open.description, "Street Light Outages");
    assert_eq!((open.lat, open.lng), (42.3474, -71.0944));
    assert_eq!(open.address.as_deref(), Some("Fenway"));
    assert_eq!(open.agency.as_deref(), Some("Public Works Department"));
    assert_eq!(open.jurisdiction, model::UNASSIGNED);
    assert_eq!(open.source.as_deref(), Some("boston311:7001"));
    assert_eq!(open.created_at.to_string(), "2015-01-01T05:25:23Z");
    assert_eq!(open.due_at.unwrap().to_string(), "2015-01-16T13:30:00Z");
    assert_eq!((open.status, open.status_since), (Status::Received, open.created_at));
    assert!(open.updates.is_empty() && !open.demo);

    assert_eq!(closed.category, "tree");
    assert_eq!((closed.address.as_deref(), closed.due_at), (None, None));
    assert_eq!(closed.status, Status::Resolved);
    assert_eq!(closed.status_since.to_string(), "2015-07-02T15:30:00Z");
    assert_eq!(closed.updates.len(), 1);
    assert_eq!(closed.updates[0].status, Some(Status::Resolved));
    assert_eq!(closed.updates[0].at, closed.status_since);
}

#[tokio::test]
async fn the_sources_own_verdict_is_kept_word_for_word() {
    let server = Server::new();
    let odd = with(&with(OPEN, "id", "7003"), "ontime", " On Time? ");
    let none = with(&with(OPEN, "id", "7004"), "ontime", "");
    server.import(&server.file("b.csv", &[CLOSED, &odd, &none])).await.unwrap();
    let db = rusqlite::Connection::open(server.path("warga.sqlite3")).unwrap();
    let mut verdicts = db.prepare("SELECT source_ontime FROM reports ORDER BY source").unwrap();
    let verdicts: Vec<Option<String>> =
        verdicts.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(verdicts, [Some("OVERDUE".into()), Some(" On Time? ".into()), None]);
}

#[tokio::test]
async fn the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new() {
    let server = Server::new();
    let first = server.file("a.csv", &[OPEN]);
    server.import(&first).await.unwrap();
    let before = server.reports().await;
    assert_eq!(counts(&server.import(&first).await.unwrap()), [1, 0, 1, 0]);
    assert_eq!(server.reports().await, before);
    assert_eq!(counts(&server.import(&server.file("b.csv", &[OPEN, CLOSED])).await.unwrap()), [2, 1, 1, 0]);
}

#[tokio::test]
async fn more_than_one_batch() {
    let server = Server::new();
    let rows: Vec<String> = (0..5001).map(|n| with(OPEN, "id", &n.to_string())).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let file = server.file("b.csv", &rows);
    assert_eq!(counts(&server.import(&file).await.unwrap()), [5001, 5001, 0, 0]);
    assert_eq!(counts(&server.import(&file).await.unwrap()), [5001, 0, 5001, 0]);
}

#[tokio::test]
async fn plain_gzip_and_several_gzips_in_a_row_are_the_same() {
    let mut seen = Vec::new();
    let both = text(&[OPEN, CLOSED]);
    let half = both.find("7002").unwrap();
    let members = [gzip(&both[..half]), gzip(&both[half..])].concat();
    // A gzip without `.gz` in its name is told by what it is.
    for (name, bytes) in [("b.csv", both.clone().into_bytes()), ("b.csv.gz", gzip(&both)), ("m", members)] {
        let server = Server::new();
        fs::write(server.path(name), bytes).unwrap();
        assert_eq!(counts(&server.import(&server.path(name)).await.unwrap()), [2, 2, 0, 0], "{name}");
        seen.push(server.reports().await);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn what_cannot_be_taken_in_stands_in_the_rejects_with_line_reason_and_every_field() {
    let server = Server::new();
    let rows = [
        OPEN.to_owned(),
        with(CLOSED, "closed", "2015-07-01T09:59:59"),
        with(OPEN, "lat", "north"),
        with(OPEN, "opened", "2015-02-30T00:00:00"),
        with(OPEN, "status", "Pending"),
        with(OPEN, "id", " "),
        with(OPEN, "lng", "-181"),
        with(OPEN, "lat", "NaN"),
        format!("{OPEN},one more"),
        "7009,only two".to_owned(),
        with(CLOSED, "closed", ""),
        with(OPEN, "closed", "2015-07-02T11:30:00"),
        with(&with(OPEN, "type", ""), "reason", ""),
        with(OPEN, "type", "bell \u{7}"),
        // Two lines of the file are one row, which begins at the first of them.
        with(&with(CLOSED, "id", "7010"), "neighborhood", "\"two\nlines\""),
        with(CLOSED, "closed", "soon"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let summary = server.import(&server.file("b.csv", &rows)).await.unwrap();
    assert_eq!(counts(&summary), [16, 1, 0, 15]);
    assert_eq!(summary.rejects, server.rejects());
    assert_eq!(server.reports().await.len(), 1);

    let rejected = server.rejected();
    let words: Vec<(u64, &str)> = rejected.iter().map(|(line, word, ..)| (*line, word.as_str())).collect();
    assert_eq!(
        words,
        [
            (3, "closed-before-opened"),
            (4, "bad-number"),
            (5, "bad-time"),
            (6, "unknown-status"),
            (7, "blank-id"),
            (8, "bad-position"),
            (9, "bad-position"),
            (10, "wrong-field-count"),
            (11, "wrong-field-count"),
            (12, "closed-without-time"),
            (13, "open-with-closed-time"),
            (14, "invalid"),
            (15, "invalid"),
            (16, "invalid"),
            (18, "bad-time"),
        ]
    );
    assert_eq!(rejected[0].2, "closed 2015-07-01T09:59:59 is before opened 2015-07-01T10:00:00");
    for (line, _, _, fields) in &rejected {
        let source: Vec<&str> = rows[usize::try_from(*line).unwrap().min(17) - 2].split(',').collect();
        assert_eq!(fields[0], source[0], "line {line}");
        assert!(fields.len() >= source.len().min(15), "line {line}");
    }
}

#[tokio::test]
async fn rejects_are_rewritten_and_go_when_the_row_has_been_mended() {
    let server = Server::new();
    let wrong = with(CLOSED, "closed", "2014-07-02T11:30:00");
    for _ in 0..2 {
        server.import(&server.file("b.csv", &[OPEN, &wrong])).await.unwrap();
        assert_eq!(server.rejected().len(), 1);
    }
    assert_eq!(counts(&server.import(&server.file("b.csv", &[OPEN, CLOSED])).await.unwrap()), [2, 1, 1, 0]);
    assert_eq!(server.rejected(), []);
    let left: Vec<_> =
        fs::read_dir(server.path("rejects")).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["r.csv"]);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_kept_as_they_are() {
    let server = Server::new();
    let mut bytes = text(&[OPEN]).into_bytes();
    let at = bytes.windows(6).position(|window| window == b"Fenway").unwrap();
    bytes[at] = 0xff;
    fs::write(server.path("b.csv"), bytes).unwrap();
    assert_eq!(counts(&server.import(&server.path("b.csv")).await.unwrap()), [1, 0, 0, 1]);
    assert_eq!(server.rejected()[0].1, "not-utf8");
    let kept = fs::read(server.rejects()).unwrap();
    assert!(kept.windows(6).any(|window| window == b"\xffenway"));
}

#[tokio::test]
async fn local_times_around_the_change_of_the_clocks() {
    let server = Server::new();
    let rows: Vec<String> = [
        // The clocks went from 02:00 to 03:00, so 02:30 is read as 03:30 and 03:10 lies before it.
        ("1", "2015-03-08T02:30:00", "2015-03-08T03:40:00"),
        ("2", "2015-03-08T02:30:00", "2015-03-08T03:10:00"),
        // They showed 01:00 to 02:00 twice: the first of the two is meant.
        ("3", "2015-11-01T00:30:00", "2015-11-01T01:30:00"),
        ("4", "2015-11-01T01:30:00", "2015-11-01T02:30:00"),
    ]
    .iter()
    .map(|(id, opened, closed)| with(&with(&with(CLOSED, "id", id), "opened", opened), "closed", closed))
    .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(counts(&server.import(&server.file("b.csv", &rows)).await.unwrap()), [4, 3, 0, 1]);
    assert_eq!(server.rejected()[0].0, 3);
    let took: Vec<i64> = server
        .reports()
        .await
        .iter()
        .map(|report| (report.status_since.millis() - report.created_at.millis()) / 60_000)
        .collect();
    assert_eq!(took, [10, 60, 120], "minutes");
}

#[tokio::test]
async fn a_gzip_that_was_cut_off_is_an_error_and_what_came_before_stays() {
    let server = Server::new();
    // Ids that compress badly, so that the cut falls between rows and not before the first one.
    let rows: Vec<String> = (0..400_u64)
        .map(|n| with(OPEN, "id", &(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).to_string()))
        .collect();
    let wrong = with(CLOSED, "closed", "2014-07-02T11:30:00");
    let mut rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    rows.insert(1, &wrong);
    let whole = gzip(&text(&rows));
    fs::write(server.path("b.csv.gz"), &whole[..whole.len() * 3 / 4]).unwrap();

    let error = server.import(&server.path("b.csv.gz")).await.unwrap_err();
    let ImportError::Cut { line, reason: CutReason::Truncated, so_far, .. } = &error else {
        panic!("{error}")
    };
    assert!(so_far.added > 100 && so_far.added < 400, "{so_far}");
    assert_eq!(counts(so_far), [so_far.read, so_far.read - 1, 0, 1]);
    assert_eq!(usize::try_from(*line).unwrap(), so_far.read + 1, "the line of the last whole row");
    assert_eq!(server.reports().await.len(), so_far.added);
    assert_eq!(server.rejected().len(), 1);
    assert!(error.to_string().contains("interrupted download"), "{error}");

    fs::write(server.path("b.csv.gz"), whole).unwrap();
    let summary = server.import(&server.path("b.csv.gz")).await.unwrap();
    assert_eq!(counts(&summary), [401, 400 - so_far.added, so_far.added, 1]);
}

#[tokio::test]
async fn a_quotation_mark_that_is_never_closed_does_not_eat_the_memory() {
    let server = Server::new();
    let open_ended = with(&with(OPEN, "id", "7003"), "type", "\"no end");
    let padding = "x".repeat(3 << 20);
    let file = server.file("b.csv", &[OPEN, &open_ended, &padding]);
    let error = server.import(&file).await.unwrap_err();
    let ImportError::Cut { reason: CutReason::EndlessRow { .. }, so_far, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(counts(so_far), [1, 1, 0, 0]);
}

#[tokio::test]
async fn files_that_are_none() {
    let server = Server::new();
    let missing = server.import(Path::new("/nowhere/b.csv")).await;
    assert!(matches!(missing, Err(ImportError::Open { .. })));
    fs::write(server.path("empty.csv"), "").unwrap();
    let empty = server.import(&server.path("empty.csv")).await;
    assert!(matches!(empty, Err(ImportError::MissingColumns { .. })));
    fs::write(server.path("other.csv"), "id,opened,status\r\n").unwrap();
    let other = server.import(&server.path("other.csv")).await.unwrap_err().to_string();
    assert!(other.contains("target, closed") && !other.contains("opened"), "{other}");
    assert!(!server.path("rejects").exists(), "nothing was read, so there is nothing to reject");
}

#[tokio::test]
async fn a_profile_of_ones_own() {
    let server = Server::new();
    let profile = server.path("kota.toml");
    fs::write(
        &profile,
        r#"
        name = "kota"
        label = "Aduan kota"
        time_zone = "Asia/Makassar"
        time_format = "%d/%m/%Y %H.%M"
        delimiter = ";"
        jurisdiction = "73.71"
        default_category = "other"
        [columns]
        id = "No"
        opened = "Masuk"
        closed = "Selesai"
        status = "Status"
        lat = "Lintang"
        lng = "Bujur"
        description = ["Isi", "Judul"]
        [statuses]
        Baru = "received"
        Proses = "in_progress"
        Selesai = "resolved"
        Tolak = "rejected"
        [[categories]]
        category = "waste"
        when = { Bidang = ["Kebersihan"], Jenis = ["Sampah", "Limbah"] }
        [[categories]]
        category = "flood"
        when = { Bidang = ["Kebersihan"] }
        "#,
    )
    .unwrap();
    // With the byte order mark that spreadsheets write.
    let file = server.path("aduan.csv");
    fs::write(
        &file,
        "\u{feff}No;Masuk;Selesai;Status;Judul;Isi;Bidang;Jenis;Lintang;Bujur\n\
         1;05/01/2026 07.30;;Baru;Sampah;;Kebersihan;Sampah;-5.15;119.43\n\
         2;05/01/2026 07.31;;Proses;Got;Got mampet;Kebersihan;Saluran;-5.15;119.43\n\
         3;05/01/2026 07.32;06/01/2026 08.00;Tolak;Lain;\"Satu; dua\";Umum;Limbah;-5.15;119.43\n",
    )
    .unwrap();
    let profile = profile.to_str().unwrap();
    assert_eq!(counts(&server.import_by(profile, &file).await.unwrap()), [3, 3, 0, 0]);
    let reports = server.reports().await;
    let told: Vec<_> = reports
        .iter()
        .map(|report| (report.category.as_str(), report.status, report.description.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("waste", Status::Received, "Sampah"),
            ("flood", Status::InProgress, "Got mampet"),
            ("other", Status::Rejected, "Satu; dua"),
        ]
    );
    assert_eq!(reports[0].created_at.to_string(), "2026-01-04T23:30:00Z");
    assert!(reports.iter().all(|report| report.jurisdiction == "73.71"));

    let unknown = server.import_by("kota", &file).await;
    assert!(matches!(unknown, Err(ImportError::Profile { reason: ProfileError::Unknown { .. }, .. })));
}

#[tokio::test]
async fn demo_reports_are_the_same_all_day_and_say_what_they_are() {
    let server = Server::new();
    let catalogue = Catalogue::built_in().unwrap();
    let at = |text: &str| text.parse().unwrap();
    let seed = async |reports, now| seed::run(&server.store, &catalogue, reports, now).await.unwrap();

    assert_eq!(seed(100, at("2026-11-22T01:00:00Z")).await, 100);
    let before = server.reports().await;
    assert_eq!(seed(100, at("2026-11-22T23:00:00Z")).await, 0);
    assert_eq!(server.reports().await, before);
    assert_eq!(seed(120, at("2026-11-22T12:00:00Z")).await, 20, "the first hundred are there already");
    assert_eq!(seed(0, at("2026-11-22T12:00:00Z")).await, 0);

    assert_eq!(before.len(), 100);
    for report in &before {
        assert!(report.demo, "{report:?}");
        assert_eq!(report.agency.is_some(), !report.updates.is_empty());
        assert_eq!(
            report.status,
            report.updates.last().and_then(|update| update.status).unwrap_or(Status::Received)
        );
    }
    assert!(before.iter().any(|report| report.supports > 10));
}

#[tokio::test]
async fn another_day_brings_demo_reports_of_its_own() {
    let server = Server::new();
    let catalogue = Catalogue::built_in().unwrap();
    // Many reports: an evening of the one day and one of the next may be answered in the same minute.
    for day in ["2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z"] {
        let added = seed::run(&server.store, &catalogue, 300, day.parse().unwrap()).await.unwrap();
        assert_eq!(added, 300, "{day}");
    }
}

//! Pages: nothing is left out and nothing stands twice, whatever happens between two of them; and both ways of
//! the store to a page (by the cells of a view, by the index of the order) give what a brute-force search gives.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::collections::BTreeSet;

use fastrand::Rng;
use model::{BBox, FieldCode, ReportId, Status, Timestamp, UNASSIGNED, UpdateId};
use support::{
    Server, report,
    stored::{fill, imported},
};
use warga_api::store::{ImportedReport, ImportedUpdate};

/// What `store/sqlite/list.rs` orders on the spot at most; the view of the city below holds more.
const FEW: usize = 5000;
const CITY: &str = "107.5,-7.0,107.75,-6.8";

const CATEGORIES: [&str; 3] = ["road", "flood", "other"];
const JURISDICTIONS: [&str; 3] = ["32.73", "35.78", UNASSIGNED];

/// One city with more reports than a view may sort, and reports thinly all over the earth. Times fall on few
/// seconds and supports are small numbers, so that most places in every order are shared.
fn world(rng: &mut Rng) -> Vec<ImportedReport> {
    let between = |rng: &mut Rng, from: f64, to: f64| from + rng.f64() * (to - from);
    let mut reports = Vec::new();
    for n in 0..FEW + 900 {
        let (lat, lng) = match n {
            _ if n < FEW + 100 => (between(rng, -7.0, -6.8), between(rng, 107.5, 107.75)),
            _ if n < FEW + 200 => {
                let lng = between(rng, 176.0, 184.0);
                (between(rng, -20.0, -15.0), if lng > 180.0 { lng - 360.0 } else { lng })
            }
            _ => (between(rng, -90.0, 90.0), between(rng, -180.0, 180.0)),
        };
        let created_at = Timestamp::from_millis(1_700_000_000_000 + rng.i64(0..500) * 1000);
        let mut report = imported(created_at, lat, lng);
        report.category = CATEGORIES[rng.usize(0..3)].into();
        report.jurisdiction = JURISDICTIONS[rng.usize(0..3)].into();
        report.supports = rng.u32(0..4);
        if rng.bool() {
            let at = Timestamp::from_millis(created_at.millis() + rng.i64(0..20) * 1000);
            let id = UpdateId::from_parts(at, std::array::from_fn(|_| rng.u8(..)));
            report.history =
                vec![ImportedUpdate { id, at, status: Status::ALL[rng.usize(1..6)], note: None }];
        }
        reports.push(report);
    }
    reports
}

/// A question, as the test understands it and as it travels.
#[derive(Default)]
struct Question {
    bbox: Option<BBox>,
    categories: Vec<&'static str>,
    statuses: Vec<Status>,
    jurisdiction: Option<&'static str>,
    since: Option<Timestamp>,
    sort: &'static str,
}

impl Question {
    fn random(rng: &mut Rng) -> Self {
        let views = [
            CITY,
            "107.55,-6.95,107.7,-6.85",
            "100,-11,120,6",
            "-180,-90,180,90",
            "177,-20,-178,-15",
            "50,-85,49,85",
            "0.5,-90,0.4,90",
            "-10,35,30,60",
            "-180,80,180,90",
        ];
        let view = (rng.u8(0..10) > 0).then(|| views[rng.usize(0..views.len())]);
        let mut chance = |one_in: u8| rng.u8(0..one_in) == 0;
        let (category, two, status, jurisdiction, since) =
            (chance(3), chance(2), chance(3), chance(4), chance(4));
        let count = if two { 2 } else { 1 };
        Self {
            bbox: view.map(|view| view.parse().unwrap()),
            categories: if category { rng.choose_multiple(CATEGORIES, count) } else { Vec::new() },
            statuses: if status { rng.choose_multiple(Status::ALL, count) } else { Vec::new() },
            jurisdiction: jurisdiction.then(|| JURISDICTIONS[rng.usize(0..3)]),
            since: since.then(|| Timestamp::from_millis(1_700_000_000_000 + rng.i64(0..500) * 1000)),
            sort: ["newest", "supports", "updated"][rng.usize(0..3)],
        }
    }

    fn query(&self) -> String {
        let mut query = format!("sort={}", self.sort);
        let mut add = |name: &str, value: String| query.push_str(&format!("&{name}={value}"));
        if let Some(b) = self.bbox {
            add("bbox", format!("{},{},{},{}", b.west, b.south, b.east, b.north));
        }
        if !self.categories.is_empty() {
            add("category", self.categories.join(","));
        }
        if !self.statuses.is_empty() {
            add("status", self.statuses.iter().map(Status::to_string).collect::<Vec<_>>().join(","));
        }
        if let Some(code) = self.jurisdiction {
            add("jurisdiction", code.into());
        }
        if let Some(since) = self.since {
            add("since", since.to_string());
        }
        query
    }

    /// Every report that fits, in order: looked at one by one.
    fn answer(&self, world: &[ImportedReport]) -> Vec<ReportId> {
        let mut found: Vec<_> = world.iter().filter(|report| self.fits(report)).collect();
        found.sort_by_key(|report| {
            let updated = report.history.last().map_or(report.created_at, |update| update.at);
            let key = match self.sort {
                "newest" => report.created_at.millis(),
                "updated" => updated.millis(),
                _ => i64::from(report.supports),
            };
            std::cmp::Reverse((key, report.id))
        });
        found.into_iter().map(|report| report.id).collect()
    }

    fn fits(&self, report: &ImportedReport) -> bool {
        let status = report.history.last().map_or(Status::Received, |update| update.status);
        self.bbox.is_none_or(|bbox| {
            let (lat, lng) = (report.position.lat(), report.position.lng());
            let east_of_west = lng >= bbox.west;
            let west_of_east = lng <= bbox.east;
            let between = if bbox.west <= bbox.east {
                east_of_west && west_of_east
            } else {
                east_of_west || west_of_east
            };
            bbox.south <= lat && lat <= bbox.north && between
        }) && (self.categories.is_empty() || self.categories.contains(&report.category.as_str()))
            && (self.statuses.is_empty() || self.statuses.contains(&status))
            && self.jurisdiction.is_none_or(|code| report.jurisdiction == code)
            && self.since.is_none_or(|since| report.created_at >= since)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_to_a_page_give_what_a_search_one_by_one_gives() {
    let mut rng = Rng::with_seed(20_261_122);
    let world = world(&mut rng);
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), world.clone()).await;
    let server = Server::on(folder.path());
    let nobody = server.nobody();

    let (mut few, mut many) = (0, 0);
    for _ in 0..40 {
        let question = Question::random(&mut rng);
        let everywhere_in_view = Question { bbox: question.bbox, ..Question::default() }.answer(&world).len();
        match question.bbox {
            Some(_) if everywhere_in_view <= FEW => few += 1,
            _ => many += 1,
        }
        let query = question.query();
        let limit = if rng.bool() { 500 } else { rng.usize(100..300) };
        let pages = nobody.pages(&format!("{query}&limit={limit}")).await;
        let (last, full) = pages.split_last().unwrap();
        assert!(full.iter().all(|page| page.len() == limit), "{query}: a short page before the last");
        assert!(last.len() <= limit && (full.is_empty() || !last.is_empty()), "{query}");
        assert_eq!(pages.concat(), question.answer(&world), "{query}");
    }
    assert!(few >= 10 && many >= 10, "both ways were meant to be walked: {few} by cells, {many} by index");
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_keys_neither_hide_nor_repeat_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let same = Timestamp::from_millis(1_700_000_000_000);
    let rows: Vec<_> = (0..23).map(|_| imported(same, -6.9, 107.6)).collect();
    let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    fill(folder.path(), rows).await;
    let server = Server::on(folder.path());
    for sort in ["newest", "supports", "updated"] {
        for limit in [1, 2, 5, 22, 23, 24] {
            for bbox in ["", &format!("&bbox={CITY}")] {
                let pages = server.nobody().pages(&format!("sort={sort}&limit={limit}{bbox}")).await;
                assert_eq!(pages.concat(), ids, "{sort} {limit}");
                assert_eq!(pages.len(), 23_usize.div_ceil(limit), "{sort} {limit}: an empty page at the end");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_that_come_in_between_two_pages_disturb_neither() {
    let server = Server::start();
    let device = server.device().await;
    let mut before = BTreeSet::new();
    for _ in 0..30 {
        before.insert(device.submit(report()).await);
    }
    for sort in ["newest", "supports", "updated"] {
        let query = format!("sort={sort}&limit=4");
        let mut page = device.list(&query).await;
        let mut seen = Vec::new();
        loop {
            seen.extend(page.reports.iter().map(|report| report.id));
            device.submit(report()).await;
            let Some(next) = page.next else { break };
            assert!(seen.len() < 1000, "{sort}: the list does not end");
            page = device.list(&format!("{query}&cursor={next}")).await;
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "{sort}: a report stood twice");
        assert!(before.is_subset(&distinct), "{sort}: a report was left out");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_good_for_its_own_question_only() {
    let server = Server::start();
    let device = server.device().await;
    for _ in 0..3 {
        device.submit(report()).await;
    }
    let asked = format!("bbox={CITY}&category=road&sort=newest");
    let cursor = device.list(&format!("{asked}&limit=1")).await.next.unwrap();
    let malformed = vec![("cursor".to_owned(), FieldCode::Malformed)];
    for other in [
        "".to_owned(),
        "bbox=107.5,-7.0,107.75,-6.9&category=road&sort=newest".into(),
        format!("bbox={CITY}&category=flood&sort=newest"),
        format!("bbox={CITY}&sort=newest"),
        format!("{asked}&status=received"),
        format!("{asked}&since=2026-01-01T00:00:00Z"),
        format!("{asked}&jurisdiction=32.73"),
        format!("bbox={CITY}&category=road&sort=supports"),
    ] {
        let answer = device.get(&format!("/reports?{other}&limit=1&cursor={cursor}")).await;
        assert_eq!(answer.fields(400, "bad-query"), malformed, "{other}");
    }
    let longer = device.ids(&format!("{asked}&limit=2&cursor={cursor}")).await;
    assert_eq!(longer.len(), 2, "how much of the list is asked for may change on the way");
    let without_default = device.ids(&format!("bbox={CITY}&category=road&cursor={cursor}")).await;
    assert_eq!(without_default, longer, "newest is what is asked when nothing is said");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cursor_is_refused() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    for _ in 0..2 {
        device.submit(report()).await;
    }
    let good = nobody.list("limit=1").await.next.unwrap();
    let swapped: String = good.chars().rev().collect();
    let (cut, long) = (&good[..good.len() - 4], format!("{good}AAAA"));
    for cursor in ["", "AAAA", "null", "0", "not%20base64!", "%F0%9F%92%A9", cut, &long, &swapped] {
        let answer = nobody.get(&format!("/reports?limit=1&cursor={cursor}")).await;
        let fields = answer.fields(400, "bad-query");
        assert_eq!(fields, [("cursor".to_owned(), FieldCode::Malformed)], "{cursor:?}");
    }
}

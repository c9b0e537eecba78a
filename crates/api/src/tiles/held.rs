//! Reports of the store as points, and tiles of points as they travel.

use geo::{Point, Points, TileAddress};
use model::{ReportId, Tile, TileCell, TileCount, TilePoint, TileStatus};

use crate::store::{MapReport, MapReports};

/// What the map holds.
#[derive(Default)]
pub(super) struct Held {
    points: Points,
    /// The categories that points name by their place here. One that no report has any more stays.
    categories: Vec<String>,
    /// The day by which it is told what was closed long ago.
    today: u16,
}

impl Held {
    /// All of a store's reports.
    pub(super) fn new(all: MapReports, today: u16) -> Self {
        let MapReports { reports, categories, .. } = all;
        let points = Points::new(reports.into_iter().map(|report| point(&report, report.category, today)));
        Self { points, categories, today }
    }

    /// Adds reports, each in the place of what was known of it; `categories` are those that they name.
    pub(super) fn put(&mut self, reports: &[MapReport], categories: &[String]) {
        let places: Vec<u16> = categories.iter().map(|code| self.place(code)).collect();
        for report in reports {
            // The store gives each report with its category in the list beside it.
            if let Some(&category) = places.get(usize::from(report.category)) {
                self.points.put(point(report, category, self.today));
            }
        }
    }

    /// Takes reports away, if they are there.
    pub(super) fn remove(&mut self, reports: &[ReportId]) {
        for id in reports {
            self.points.remove(id.as_bytes());
        }
    }

    /// The place of a category; a new one if it has none yet.
    fn place(&mut self, code: &str) -> u16 {
        let known = self.categories.iter().position(|known| known == code).unwrap_or_else(|| {
            self.categories.push(code.to_owned());
            self.categories.len() - 1
        });
        // More categories than the store can tell apart would all be its last.
        u16::try_from(known).unwrap_or(u16::MAX)
    }

    /// The day by which it is told what was closed long ago.
    pub(super) fn today(&self) -> u16 {
        self.today
    }

    /// Tells by another day what was closed long ago.
    pub(super) fn turn(&mut self, today: u16) {
        self.today = today;
        self.points.restate(|number, since| {
            // Every number was made of a status.
            let status = TileStatus::of_number(number);
            status.map_or(number, |told| TileStatus::on(told.status(), since, today).number())
        });
    }

    /// How many reports wait to be merged.
    pub(super) fn waiting(&self) -> usize {
        self.points.waiting()
    }

    /// The same with nothing waiting.
    pub(super) fn merged(&self) -> Self {
        Self { points: self.points.merged(), categories: self.categories.clone(), today: self.today }
    }

    /// A tile as it travels: with the words that occur in it, in their order, so that every server says the same.
    pub(super) fn tile(&self, address: TileAddress) -> Tile {
        let found = self.points.tile(address);
        let counted =
            found.cells.iter().flat_map(|cell| &cell.by).map(|&(category, status, _)| (category, status));
        let single = found.points.iter().map(|single| (single.point.category, single.point.status));
        let words = Words::of(counted.chain(single), &self.categories);
        let cells = found.cells.iter().map(|cell| {
            let count = |&(category, status, reports): &(u16, u8, u32)| {
                let (category, status) = words.places(category, status);
                TileCount { category, status, reports }
            };
            let mut by: Vec<TileCount> = cell.by.iter().map(count).collect();
            by.sort_unstable_by_key(|count| (count.category, count.status));
            TileCell { x: cell.x, y: cell.y, by }
        });
        let points = found.points.iter().filter_map(|single| {
            let (category, status) = words.places(single.point.category, single.point.status);
            // Its id came from a report.
            let id = ReportId::from_bytes(single.point.id).ok()?;
            let (supports, day) = (single.point.supports, single.point.day);
            Some(TilePoint { id, x: single.x, y: single.y, category, status, supports, day })
        });
        let (cells, points) = (cells.collect(), points.collect());
        Tile { cells, points, categories: words.categories, statuses: words.statuses }
    }
}

fn point(report: &MapReport, category: u16, today: u16) -> Point {
    Point {
        at: report.at,
        id: *report.id.as_bytes(),
        category,
        status: TileStatus::on(report.status, report.since, today).number(),
        supports: report.supports,
        day: report.day,
        since: report.since,
    }
}

/// The words of one tile.
#[derive(Default)]
struct Words {
    categories: Vec<String>,
    statuses: Vec<TileStatus>,
    /// Where in those lists a category of the map and the number of a status stand.
    category_places: Vec<u16>,
    status_places: Vec<u16>,
}

impl Words {
    /// The words of pairs that occur.
    fn of(pairs: impl Iterator<Item = (u16, u8)>, categories: &[String]) -> Self {
        let mut occurs = vec![false; categories.len()];
        let mut statuses = [false; TileStatus::NUMBERS as usize];
        for (category, status) in pairs {
            occurs[usize::from(category)] = true;
            statuses[usize::from(status)] = true;
        }
        let mut words = Self {
            category_places: vec![0; categories.len()],
            status_places: vec![0; usize::from(TileStatus::NUMBERS)],
            ..Self::default()
        };
        let mut found: Vec<(&String, usize)> =
            categories.iter().zip(0..).filter(|(_, n)| occurs[*n]).collect();
        found.sort_unstable();
        for (place, (code, number)) in (0..).zip(found) {
            words.category_places[number] = place;
            words.categories.push(code.clone());
        }
        let known = (0..TileStatus::NUMBERS).filter_map(TileStatus::of_number);
        for (place, told) in (0..).zip(known.filter(|told| statuses[usize::from(told.number())])) {
            words.status_places[usize::from(told.number())] = place;
            words.statuses.push(told);
        }
        words
    }

    fn places(&self, category: u16, status: u8) -> (u16, u16) {
        (self.category_places[usize::from(category)], self.status_places[usize::from(status)])
    }
}

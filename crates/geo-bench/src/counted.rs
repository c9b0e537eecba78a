//! Steps whose instructions are counted (`tests/instructions.rs`): each is one call, without a page around it.

use geo::{
    BinGrid, Bins, Counting, Filter, Point, Points, RawIndex, RawPoints, Sorting, TileAddress, View,
    WorldPoint,
};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::indonesia::{Report, indonesia};

/// Reports, and what the steps make of them.
#[wasm_bindgen]
pub struct Counted {
    reports: Vec<Report>,
    raw: RawPoints,
    index: Option<RawIndex>,
    points: Points,
    bins: Bins,
}

#[wasm_bindgen]
impl Counted {
    /// So many reports, with nothing made of them yet; `ordered` puts them in the order of the curve.
    #[wasm_bindgen(constructor)]
    pub fn new(reports: usize, ordered: bool) -> Self {
        let mut reports = indonesia(reports, 1);
        if ordered {
            reports.sort_by_cached_key(|report| geo::cell(report.at));
        }
        let (x, y) = reports.iter().map(|report| (report.at.x, report.at.y)).unzip();
        let (category, status) = reports.iter().map(|report| (report.category, report.status)).unzip();
        // Numbers of the generator's own fit.
        let raw = RawPoints::new(x, y, category, status).unwrap_or_default();
        let bins = Bins::new(BinGrid::of_screen(0, 1280, 720));
        Self { reports, raw, index: None, points: Points::default(), bins }
    }

    /// Clusters of a view from unsorted columns: how many.
    pub fn pass(&mut self, zoom: u8) -> usize {
        let mut counting = Counting::new(self.screen(zoom));
        self.raw.count(0..self.raw.len(), Filter::ALL, &mut counting);
        counting.bins().clusters().len()
    }

    /// Sorts the columns until the index is ready: how many points it has.
    pub fn sort(&mut self) -> usize {
        let index = Sorting::new(self.raw.clone()).finish();
        self.index.insert(index).len()
    }

    /// Another filter.
    pub fn filter(&mut self, categories: u32) -> usize {
        let Some(index) = &mut self.index else { return 0 };
        index.filter(Filter { categories: categories.into(), ..Filter::ALL });
        index.len()
    }

    /// Clusters of a view from the index: how many.
    pub fn view(&mut self, zoom: u8) -> usize {
        let mut counting = Counting::new(self.screen(zoom));
        self.index.iter().for_each(|index| index.count(&mut counting));
        counting.bins().clusters().len()
    }

    /// Makes the points that tiles are made of: how many.
    pub fn points(&mut self) -> usize {
        let point = |(number, report): (u128, &Report)| Point {
            at: report.at,
            id: number.to_be_bytes(),
            category: report.category.into(),
            status: report.status,
            supports: 0,
            day: 20_000,
            since: 20_000,
        };
        self.points = Points::new((0..).zip(&self.reports).map(point));
        self.points.len()
    }

    /// The tile of a zoom around the first report: how much it holds.
    pub fn tile(&mut self, zoom: u8) -> usize {
        let address = self.reports.first().and_then(|report| TileAddress::of(report.at, zoom));
        address.map_or(0, |address| {
            let tile = self.points.tile(address);
            tile.cells.len() + tile.points.len()
        })
    }

    /// Puts all reports into the squares of a screen: how many there are.
    pub fn bins(&mut self, zoom: u8) -> u32 {
        self.bins = Bins::new(BinGrid::of_screen(zoom, 1280, 720));
        self.reports.iter().for_each(|report| self.bins.add(report.at, 1));
        self.bins.reports() as u32
    }

    /// What of them is shown as one: how many are left.
    pub fn clusters(&mut self) -> usize {
        self.bins.clusters().len()
    }

    fn screen(&self, zoom: u8) -> View {
        let middle = self.reports.first().map_or(WorldPoint { x: 0, y: 0 }, |report| report.at);
        View::of_screen(zoom, 1280, 720, middle)
    }
}

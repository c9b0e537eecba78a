//! What the page calls. Columns go in and clusters come out through the module's memory, without a copy on the way.

use std::mem;

use geo::{Bins, Counting, Filter, RawIndex, RawPoints, Sorting, View, WorldPoint};
use wasm_bindgen::prelude::wasm_bindgen;

/// Columns that the page fills.
#[wasm_bindgen]
pub struct Columns {
    x: Vec<u32>,
    y: Vec<u32>,
    category: Vec<u8>,
    status: Vec<u8>,
}

#[wasm_bindgen]
impl Columns {
    /// Room for so many points.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Self {
        let (x, y) = (vec![0; length], vec![0; length]);
        Self { x, y, category: vec![0; length], status: vec![0; length] }
    }

    /// Where the four columns begin: x, y (4 bytes each), category, status (1 byte each).
    pub fn addresses(&mut self) -> Vec<usize> {
        let places = [self.x.as_mut_ptr() as usize, self.y.as_mut_ptr() as usize];
        places
            .into_iter()
            .chain([self.category.as_mut_ptr() as usize, self.status.as_mut_ptr() as usize])
            .collect()
    }
}

/// Zoom, width and height in pixels, and the world steps of the middle.
fn screen(zoom: u8, width: u32, height: u32, x: u32, y: u32) -> View {
    View::of_screen(zoom, width, height, WorldPoint { x, y })
}

/// Points, sorted or on their way to it.
#[wasm_bindgen]
pub struct RawMap {
    sorting: Option<Sorting>,
    index: Option<RawIndex>,
    pass: Option<(Counting, View)>,
    filter: Filter,
    clusters: Vec<u32>,
    squares: u32,
    points: u32,
}

#[wasm_bindgen]
impl RawMap {
    /// Takes the columns; nothing if they are none.
    pub fn of(columns: Columns) -> Option<Self> {
        let Columns { x, y, category, status } = columns;
        Some(Self {
            sorting: Some(Sorting::new(RawPoints::new(x, y, category, status)?)),
            index: None,
            pass: None,
            filter: Filter::ALL,
            clusters: Vec::new(),
            squares: 0,
            points: 0,
        })
    }

    /// Clusters of a view (zoom, width and height in pixels, world steps of the middle) from unsorted columns: how many.
    /// They lie at [`Self::address`].
    pub fn first(&mut self, zoom: u8, width: u32, height: u32, x: u32, y: u32) -> u32 {
        self.begin(zoom, width, height, x, y);
        self.go_on(0, usize::MAX);
        self.clusters()
    }

    /// The same in slices: first this, then [`Self::go_on`] for each slice of rows, then [`Self::clusters`].
    pub fn begin(&mut self, zoom: u8, width: u32, height: u32, x: u32, y: u32) {
        let view = screen(zoom, width, height, x, y);
        self.pass = Some((Counting::new(view), view));
    }

    /// Counts the rows of a slice.
    pub fn go_on(&mut self, from: usize, to: usize) {
        if let (Some((counting, _)), Some(sorting)) = (&mut self.pass, &self.sorting) {
            sorting.given().count(from..to, self.filter, counting);
        }
    }

    /// The clusters of what was counted in slices: how many.
    pub fn clusters(&mut self) -> u32 {
        let Some((counting, view)) = self.pass.take() else { return 0 };
        self.out(&counting.bins(), view)
    }

    /// Sorts on for so many looks at a point; true when all is sorted and the index is ready.
    pub fn sort(&mut self, looks: usize) -> bool {
        if self.sorting.as_mut().is_some_and(|sorting| sorting.step(looks)) {
            self.index = self.sorting.take().map(Sorting::finish);
        }
        self.index.is_some()
    }

    /// Counts only some from now on: bits of categories, lower and upper half, and of statuses.
    pub fn filter(&mut self, low: u32, high: u32, statuses: u16) {
        self.filter = Filter { categories: u64::from(high) << 32 | u64::from(low), statuses };
        if let Some(index) = &mut self.index {
            index.filter(self.filter);
        }
    }

    /// Clusters of a view from the index: how many.
    pub fn view(&mut self, zoom: u8, width: u32, height: u32, x: u32, y: u32) -> u32 {
        let Some(index) = &self.index else { return 0 };
        let view = screen(zoom, width, height, x, y);
        let mut counting = Counting::new(view);
        index.count(&mut counting);
        (self.squares, self.points) = (counting.work().squares, counting.work().points);
        self.out(&counting.bins(), view)
    }

    /// How many points all squares in and around a view hold.
    pub fn total(&self, zoom: u8, width: u32, height: u32, x: u32, y: u32) -> f64 {
        let Some(index) = &self.index else { return 0.0 };
        let mut counting = Counting::new(screen(zoom, width, height, x, y));
        index.count(&mut counting);
        counting.bins().reports() as f64
    }

    /// Where the clusters lie: row and column of the square, x, y, reports; each 4 bytes.
    pub fn address(&self) -> usize {
        self.clusters.as_ptr() as usize
    }

    /// Squares that the last view looked into.
    pub fn squares(&self) -> u32 {
        self.squares
    }

    /// Points that it looked at one by one.
    pub fn points(&self) -> u32 {
        self.points
    }

    fn out(&mut self, bins: &Bins, view: View) -> u32 {
        let mut clusters = mem::take(&mut self.clusters);
        clusters.clear();
        for cluster in bins.clusters().iter().filter(|cluster| view.shows(cluster.square)) {
            let (row, column) = cluster.square;
            // There are no more than 2^23 points.
            clusters.extend([row, column, cluster.at.x, cluster.at.y, cluster.reports as u32]);
        }
        self.clusters = clusters;
        (self.clusters.len() / 5) as u32
    }
}

/// World steps of places given in degrees.
#[wasm_bindgen]
pub struct Degrees {
    lat: Vec<f64>,
    lng: Vec<f64>,
    x: Vec<u32>,
    y: Vec<u32>,
}

#[wasm_bindgen]
impl Degrees {
    /// Room for so many places.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Self {
        let (x, y) = (vec![0; length], vec![0; length]);
        Self { lat: vec![0.0; length], lng: vec![0.0; length], x, y }
    }

    /// Where latitudes and longitudes begin, 8 bytes each.
    pub fn addresses(&mut self) -> Vec<usize> {
        vec![self.lat.as_mut_ptr() as usize, self.lng.as_mut_ptr() as usize]
    }

    /// Projects all; the last x, so that the work cannot be left out.
    pub fn project(&mut self) -> u32 {
        for ((x, y), (&lat, &lng)) in self.x.iter_mut().zip(&mut self.y).zip(self.lat.iter().zip(&self.lng)) {
            let at = WorldPoint::from_degrees(lat, lng);
            (*x, *y) = (at.x, at.y);
        }
        self.x.last().copied().unwrap_or_default()
    }
}

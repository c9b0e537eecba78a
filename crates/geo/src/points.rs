//! Reports as points: flat columns in the order of the Morton curve, and a short tail of what is new.
//!
//! A tile of the map is a run of the curve, so it is found by two binary searches and read from one slice. What comes
//! in later waits unsorted in the tail until it is merged; it is seen at once all the same.

use std::ops::Range;

use crate::{WorldPoint, morton::order};

/// A report, as far as a map needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Where.
    pub at: WorldPoint,
    /// The sixteen bytes of its id.
    pub id: [u8; 16],
    /// Its category, as a number that the caller gives it; counting makes room up to the largest.
    pub category: u16,
    /// Its status, likewise; below 8.
    pub status: u8,
    /// How many support it.
    pub supports: u32,
    /// Days since 1970-01-01.
    pub day: u32,
}

/// Reports that come and change.
#[derive(Debug, Clone, Default)]
pub struct Points {
    pub(crate) sorted: Columns,
    pub(crate) tail: Vec<Point>,
}

impl Points {
    /// Sorts reports. Of two with one id the later stays.
    #[must_use]
    pub fn new(points: Vec<Point>) -> Self {
        Self { sorted: Columns::of(points), tail: Vec::new() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.live + self.tail.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many wait unsorted: each costs every tile one comparison, so some thousands are worth a [`Self::merged`].
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.tail.len()
    }

    /// Adds a report, or puts it in the place of what was known of it.
    pub fn put(&mut self, point: Point) {
        if let Some(row) = self.sorted.row_of(&point.id) {
            if self.sorted.at(row) == point.at {
                self.sorted.change(row, &point);
                return;
            }
            self.sorted.remove(row);
        }
        match self.tail.iter_mut().find(|known| known.id == point.id) {
            Some(known) => *known = point,
            None => self.tail.push(point),
        }
    }

    /// Takes a report away; false when there is none of this id.
    pub fn remove(&mut self, id: &[u8; 16]) -> bool {
        if let Some(row) = self.sorted.row_of(id) {
            self.sorted.remove(row);
            return true;
        }
        let known = self.tail.iter().position(|known| known.id == *id);
        known.map(|index| self.tail.swap_remove(index)).is_some()
    }

    /// The same reports with nothing waiting. Needs as much memory again while it works.
    #[must_use]
    pub fn merged(&self) -> Self {
        let mut all: Vec<Point> = self.sorted.points(0..self.sorted.rows()).collect();
        all.extend(&self.tail);
        Self::new(all)
    }
}

/// Columns of equal length, in the order of the curve and, on one spot, of the id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    x: Vec<u32>,
    y: Vec<u32>,
    id: Vec<[u8; 16]>,
    category: Vec<u16>,
    status: Vec<u8>,
    supports: Vec<u32>,
    day: Vec<u32>,
    /// The rows in the order of their ids.
    by_id: Vec<u32>,
    /// Rows that have not been taken away.
    live: usize,
}

/// The status of a row that was taken away.
const GONE: u8 = u8::MAX;

impl Columns {
    fn of(mut points: Vec<Point>) -> Self {
        // Stable, so that of one id the last given is the last of its run.
        points.sort_by_key(|point| point.id);
        points.reverse();
        points.dedup_by_key(|point| point.id);
        // The curve's order as numbers beside the points: to compute it in each comparison would take five times as long.
        points.sort_by_cached_key(|point| (order(point.at), point.id));
        let mut by_id: Vec<u32> = (0..points.len() as u32).collect();
        by_id.sort_unstable_by_key(|&row| points[row as usize].id);
        Self {
            x: points.iter().map(|point| point.at.x).collect(),
            y: points.iter().map(|point| point.at.y).collect(),
            id: points.iter().map(|point| point.id).collect(),
            category: points.iter().map(|point| point.category).collect(),
            status: points.iter().map(|point| point.status).collect(),
            supports: points.iter().map(|point| point.supports).collect(),
            day: points.iter().map(|point| point.day).collect(),
            by_id,
            live: points.len(),
        }
    }

    fn rows(&self) -> usize {
        self.x.len()
    }

    fn at(&self, row: usize) -> WorldPoint {
        WorldPoint { x: self.x[row], y: self.y[row] }
    }

    /// The row of a report that is still there.
    fn row_of(&self, id: &[u8; 16]) -> Option<usize> {
        let place = self.by_id.binary_search_by_key(id, |&row| self.id[row as usize]).ok()?;
        let row = self.by_id[place] as usize;
        (self.status[row] != GONE).then_some(row)
    }

    fn change(&mut self, row: usize, point: &Point) {
        self.category[row] = point.category;
        self.status[row] = point.status;
        self.supports[row] = point.supports;
        self.day[row] = point.day;
    }

    fn remove(&mut self, row: usize) {
        self.status[row] = GONE;
        self.live -= 1;
    }

    /// The rows of a square: all places that share the bits above `below` with its first corner.
    pub(crate) fn run(&self, first: WorldPoint, below: u32) -> Range<usize> {
        let start = order(first);
        // The whole world has no end that a number could name.
        let end = 1_u64.checked_shl(2 * below).and_then(|length| start.checked_add(length));
        let from = self.place_of(start);
        from..end.map_or(self.rows(), |end| self.place_of(end))
    }

    /// The first row whose place is not before this one on the curve.
    fn place_of(&self, place: u64) -> usize {
        let (mut low, mut high) = (0, self.rows());
        while low < high {
            let middle = low.midpoint(high);
            if order(self.at(middle)) < place { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// How many rows of a run are still there.
    pub(crate) fn live_in(&self, run: Range<usize>) -> usize {
        if self.live == self.rows() {
            return run.len();
        }
        self.status[run].iter().filter(|status| **status != GONE).count()
    }

    /// Calls `see` with place, category and status of each row of a run that is still there.
    pub(crate) fn each(&self, run: Range<usize>, mut see: impl FnMut(WorldPoint, u16, u8)) {
        let places = self.x[run.clone()].iter().zip(&self.y[run.clone()]);
        let kinds = self.category[run.clone()].iter().zip(&self.status[run]);
        for ((&x, &y), (&category, &status)) in places.zip(kinds) {
            if status != GONE {
                see(WorldPoint { x, y }, category, status);
            }
        }
    }

    /// The reports of a run that are still there.
    pub(crate) fn points(&self, run: Range<usize>) -> impl Iterator<Item = Point> + '_ {
        run.filter(|&row| self.status[row] != GONE).map(|row| Point {
            at: self.at(row),
            id: self.id[row],
            category: self.category[row],
            status: self.status[row],
            supports: self.supports[row],
            day: self.day[row],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(id: u8, x: u32, y: u32) -> Point {
        Point { at: WorldPoint { x, y }, id: [id; 16], category: 1, status: 2, supports: 3, day: 4 }
    }

    fn ids(points: &Points) -> Vec<u8> {
        let sorted = points.sorted.points(0..points.sorted.rows());
        let mut ids: Vec<u8> = sorted.chain(points.tail.iter().copied()).map(|point| point.id[0]).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn nothing_is_nothing() {
        let mut nothing = Points::new(Vec::new());
        assert!(nothing.is_empty() && nothing.merged().is_empty());
        assert!(!nothing.remove(&[1; 16]));
    }

    #[test]
    fn of_one_id_the_later_stays() {
        let later = Point { status: 5, ..point(1, 9, 9) };
        let points = Points::new(vec![point(1, 0, 0), point(2, 1, 1), later]);
        assert_eq!(points.len(), 2);
        assert_eq!(points.sorted.points(0..2).find(|point| point.id == [1; 16]), Some(later));
    }

    #[test]
    fn what_comes_changes_moves_and_goes_is_there_once() {
        let mut points = Points::new((0..9).map(|id| point(id, u32::from(id) << 28, 7)).collect());
        points.put(Point { status: 6, ..point(3, 3 << 28, 7) });
        assert_eq!((points.len(), points.waiting()), (9, 0), "a change waits for nothing");
        points.put(point(4, 1, 1));
        points.put(point(4, 2, 2));
        points.put(point(10, 5, 5));
        assert_eq!((points.len(), points.waiting()), (10, 2));
        assert!(points.remove(&[5; 16]) && points.remove(&[10; 16]));
        assert!(!points.remove(&[5; 16]) && !points.remove(&[10; 16]));
        points.put(point(5, 6, 6));
        assert_eq!(ids(&points), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        let merged = points.merged();
        assert_eq!((ids(&merged), merged.waiting(), merged.len()), (ids(&points), 0, 9));
    }
}

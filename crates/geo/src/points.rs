//! Reports as points: flat columns in the order of the Morton curve, and a short tail of what is new.
//!
//! A tile of the map is a run of the curve, so it is found by two binary searches and read from one slice. What comes
//! in later waits unsorted in the tail until it is merged; it is seen at once all the same.

use std::collections::HashMap;

use crate::{WorldPoint, columns::Columns};

/// A report, as far as a map needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Where.
    pub at: WorldPoint,
    /// The sixteen bytes of its id.
    pub id: [u8; 16],
    /// Its category, as a number that the caller gives it; counting makes room up to the largest.
    pub category: u16,
    /// Its status, likewise; below [`STATUSES`].
    pub status: u8,
    /// How many support it.
    pub supports: u32,
    /// When it was made, in days since 1970-01-01.
    pub day: u16,
    /// Since when it has its status, in the same days.
    pub since: u16,
}

/// Statuses that counting has room for.
pub const STATUSES: usize = 16;

/// Reports that come and change.
#[derive(Debug, Clone, Default)]
pub struct Points {
    pub(crate) sorted: Columns,
    pub(crate) tail: Vec<Point>,
    /// Where in the tail a report is: to look through it for each that comes would keep those waiting who read.
    late: HashMap<[u8; 16], usize>,
}

impl Points {
    /// Sorts reports. Of several with one id one stays.
    ///
    /// What is given in the order of the curve ([`crate::cell`], then the id) need not be sorted, and that is noticed.
    #[must_use]
    pub fn new(points: impl IntoIterator<Item = Point>) -> Self {
        Self { sorted: points.into_iter().collect(), ..Self::default() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted.live() + self.tail.len()
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
        let place = *self.late.entry(point.id).or_insert(self.tail.len());
        match self.tail.get_mut(place) {
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
        let Some(place) = self.late.remove(id) else { return false };
        self.tail.swap_remove(place);
        if let Some(moved) = self.tail.get(place) {
            self.late.insert(moved.id, place);
        }
        true
    }

    /// Gives every report the status that `state` makes of its status and of the day since when it has it.
    pub fn restate(&mut self, mut state: impl FnMut(u8, u16) -> u8) {
        self.tail.iter_mut().for_each(|point| point.status = state(point.status, point.since));
        self.sorted.restate(state);
    }

    /// The same reports with nothing waiting. Needs as much memory again while it works.
    #[must_use]
    pub fn merged(&self) -> Self {
        let mut late = self.tail.clone();
        late.sort_unstable_by_key(Point::place);
        Self { sorted: self.sorted.merged(&late), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(id: u8, x: u32, y: u32) -> Point {
        let at = WorldPoint { x, y };
        Point { at, id: [id; 16], category: 1, status: 2, supports: 3, day: 4, since: 5 }
    }

    fn all(points: &Points) -> Vec<Point> {
        let sorted = points.sorted.points(0..points.sorted.rows());
        let mut all: Vec<Point> = sorted.chain(points.tail.iter().copied()).collect();
        all.sort_unstable_by_key(|point| point.id);
        all
    }

    fn ids(points: &Points) -> Vec<u8> {
        all(points).iter().map(|point| point.id[0]).collect()
    }

    #[test]
    fn nothing_is_nothing() {
        let mut nothing = Points::new(Vec::new());
        assert!(nothing.is_empty() && nothing.merged().is_empty());
        assert!(!nothing.remove(&[1; 16]));
    }

    #[test]
    fn of_one_id_one_stays() {
        let points = Points::new(vec![point(1, 0, 0), point(2, 1, 1), point(1, 9, 9), point(1, 5, 5)]);
        assert_eq!((points.len(), ids(&points)), (2, vec![1, 2]));
        let mut points = points.merged();
        assert!(points.remove(&[1; 16]) && !points.remove(&[1; 16]));
    }

    #[test]
    fn what_comes_changes_moves_and_goes_is_there_once() {
        let mut points = Points::new((0..9).map(|id| point(id, u32::from(id) << 28, 7)));
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
        assert_eq!((all(&merged), merged.waiting(), merged.len()), (all(&points), 0, 9));
    }

    #[test]
    fn each_is_found_by_its_id_however_often_they_are_merged() {
        let at = |n: u32| n.wrapping_mul(0x9e37_79b9);
        let number = |n: u32, x: u32| {
            let mut id = [7; 16];
            // Neither in the order of their places nor in that of their coming.
            id[..4].copy_from_slice(&n.wrapping_mul(0x85eb_ca6b).to_be_bytes());
            Point { id, supports: n, ..point(0, x, 7) }
        };
        let mut points = Points::new((0..500).map(|n| number(n, at(n))));
        for round in 1..5 {
            (0..500).for_each(|n| points.put(number(round * 400 + n, at(round * 500 + n))));
            (0..40).for_each(|n| assert!(points.remove(&number(round * 300 + n, 0).id)));
            points = points.merged();
            assert!(points.waiting() == 0 && points.sorted.rows() == points.len());
            for row in 0..points.len() {
                let [point] = points.sorted.points(row..row + 1).collect::<Vec<_>>()[..] else {
                    panic!("{row}")
                };
                assert_eq!(points.sorted.row_of(&point.id), Some(row), "{round}");
            }
            let again = Points::new(all(&points));
            assert!(all(&again) == all(&points), "in the same order, each once");
            assert!((0..40).all(|n| points.sorted.row_of(&number(round * 300 + n, 0).id).is_none()));
        }
    }

    #[test]
    fn what_is_given_in_order_and_what_is_not_become_the_same() {
        let points = Points::new((0..200).map(|id| point(id, u32::from(id).wrapping_mul(0x9e37_79b9), 7)));
        let in_order: Vec<Point> = points.sorted.points(0..200).collect();
        let again = Points::new(in_order.iter().copied());
        assert_eq!(again.sorted.points(0..200).collect::<Vec<_>>(), in_order);
        let backwards = Points::new(in_order.iter().rev().copied());
        assert_eq!(backwards.sorted.points(0..200).collect::<Vec<_>>(), in_order);
        assert!(in_order.iter().all(|point| backwards.sorted.row_of(&point.id).is_some()));
    }

    #[test]
    fn what_has_lasted_is_told_apart_in_both_places() {
        let mut points = Points::new([point(1, 0, 0), Point { since: 9, ..point(2, 1, 1) }]);
        points.put(point(3, 2, 2));
        points.put(Point { since: 9, ..point(4, 3, 3) });
        points.restate(|status, since| if since == 5 { status + 1 } else { status });
        assert_eq!(all(&points).iter().map(|point| point.status).collect::<Vec<_>>(), [3, 2, 3, 2]);
    }
}

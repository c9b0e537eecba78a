//! Points counted by square, for one view.

use super::View;
use crate::{Bins, WorldPoint};

/// Points and the sum of their places. Whole numbers, so that sums can be taken apart again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) reports: u64,
}

impl Sum {
    pub(super) fn add(&mut self, other: Self) {
        self.x += other.x;
        self.y += other.y;
        self.reports += other.reports;
    }

    /// What was added between `before` and this.
    pub(super) fn since(self, before: Self) -> Self {
        Self { x: self.x - before.x, y: self.y - before.y, reports: self.reports - before.reports }
    }
}

/// What counting took, as numbers that no other process on the machine disturbs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Squares of any size that an index looked into.
    pub squares: u32,
    /// Points that were looked at one by one.
    pub points: u32,
}

/// Points counted by square in and around a view.
#[derive(Debug, Clone)]
pub struct Counting {
    /// The view with its margin.
    around: View,
    /// One for each square of it: 24 bytes times some hundreds.
    sums: Vec<Sum>,
    pub(super) work: Work,
}

impl Counting {
    /// Nothing counted yet, for this view.
    #[must_use]
    pub fn new(view: View) -> Self {
        let around = view.with_margin();
        Self { around, sums: vec![Sum::default(); around.squares()], work: Work::default() }
    }

    /// What was counted, for [`Bins::clusters`]. Of these, those that the view [shows](View::shows) are whole.
    #[must_use]
    pub fn bins(&self) -> Bins {
        let mut bins = Bins::new(self.around.grid());
        for square in self.around.in_order() {
            let sum = self.around.slot(square).map_or(Sum::default(), |slot| self.sums[slot]);
            if sum.reports > 0 {
                let square = bins.square(square);
                (square.x, square.y, square.reports) = (sum.x, sum.y, sum.reports);
            }
        }
        bins
    }

    /// What it took so far.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    /// The view with its margin.
    pub(super) fn around(&self) -> View {
        self.around
    }

    /// Counts a point, if it lies in or around the view.
    pub(super) fn add(&mut self, at: WorldPoint) {
        self.work.points += 1;
        self.add_all(at, Sum { x: at.x.into(), y: at.y.into(), reports: 1 });
    }

    /// Counts points that lie in one square of the grid, the one that holds `at`.
    pub(super) fn add_all(&mut self, at: WorldPoint, sum: Sum) {
        if let Some(slot) = self.around.slot(self.around.grid().square(at)) {
            self.sums[slot].add(sum);
        }
    }
}

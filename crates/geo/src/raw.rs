//! Points that a browser holds itself, a million if need be, as the clusters of a screen.
//!
//! Nothing has to be built before the first picture: [`RawPoints::count`] looks once at every point and is done. Whoever
//! stays sorts them ([`Sorting`], in slices that fit between two frames) and has an index ([`RawIndex`]) that
//! looks at what the screen shows and at nothing else. Both count exactly, and so they tell the same.

mod counting;
mod digit;
mod filter;
mod index;
mod leaves;
mod sorting;
mod view;

use std::ops::Range;

pub use counting::{Counting, Work};
pub use filter::{CATEGORIES, Filter};
pub use index::RawIndex;
pub use sorting::Sorting;
pub use view::View;

use crate::{STATUSES, WorldPoint};

/// Points in columns of equal length, in any order. A row's number is the point's name.
#[derive(Debug, Clone, Default)]
pub struct RawPoints {
    x: Vec<u32>,
    y: Vec<u32>,
    category: Vec<u8>,
    status: Vec<u8>,
}

impl RawPoints {
    /// The most points there may be: a row number shares 32 bits with category and status.
    pub const MOST: usize = 1 << leaves::ROW_BITS;

    /// Points from columns: world steps as in [`WorldPoint`], categories below [`CATEGORIES`], statuses below
    /// [`STATUSES`]. `None` when a number is larger than that, when the columns are not equally long, or when they are
    /// longer than [`Self::MOST`].
    #[must_use]
    pub fn new(x: Vec<u32>, y: Vec<u32>, category: Vec<u8>, status: Vec<u8>) -> Option<Self> {
        let length = x.len();
        let whole = length <= Self::MOST && [y.len(), category.len(), status.len()] == [length; 3];
        let known = category.iter().all(|&category| usize::from(category) < CATEGORIES)
            && status.iter().all(|&status| usize::from(status) < STATUSES);
        (whole && known).then_some(Self { x, y, category, status })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// Counts those of `rows` that pass the filter and lie in or around the view that `counting` is for.
    ///
    /// Work: one look at each row. Rows beyond the last are none, so that slices need no arithmetic; all rows together
    /// are counted when each has been in one slice.
    pub fn count(&self, rows: Range<usize>, filter: Filter, counting: &mut Counting) {
        let masks = filter.masks();
        for (at, kind) in self.rows(rows) {
            if masks[kind] != 0 {
                counting.add(at);
            }
        }
    }

    /// Place and kind (see [`Filter::masks`]) of some rows.
    fn rows(&self, rows: Range<usize>) -> impl Iterator<Item = (WorldPoint, usize)> + '_ {
        let end = rows.end.min(self.len());
        let rows = rows.start.min(end)..end;
        let places = self.x[rows.clone()].iter().zip(&self.y[rows.clone()]);
        let kinds = self.category[rows.clone()].iter().zip(&self.status[rows]);
        places
            .zip(kinds)
            .map(|((&x, &y), (&category, &status))| (WorldPoint { x, y }, filter::kind(category, status)))
    }
}

#[cfg(test)]
mod tests;

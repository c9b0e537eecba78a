//! Sorted points, and the squares they are sorted into.

use std::ops::Range;

use crate::{WorldPoint, morton::order};

/// A point as it is sorted: what a view needs of it, in 12 bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) x: u32,
    pub(super) y: u32,
    /// Its kind in the upper 10 bits, its row number in the lower 22.
    tag: u32,
}

/// Bits of a row number: those that a kind leaves.
pub(super) const ROW_BITS: u32 = 32 - super::filter::KINDS.ilog2();

impl Place {
    pub(super) fn new(at: WorldPoint, kind: usize, row: usize) -> Self {
        Self { x: at.x, y: at.y, tag: ((kind as u32) << ROW_BITS) | row as u32 }
    }

    /// Category and status, as [`kind`](super::filter::kind) makes one number of them.
    pub(super) fn kind(self) -> usize {
        (self.tag >> ROW_BITS) as usize
    }

    /// The number it was given by.
    pub(super) fn row(self) -> u32 {
        self.tag & ((1 << ROW_BITS) - 1)
    }

    pub(super) fn at(self) -> WorldPoint {
        WorldPoint { x: self.x, y: self.y }
    }

    /// The first corner of the aligned square of `2^bits` steps that it lies in.
    pub(super) fn corner(self, bits: u32) -> WorldPoint {
        let mask = u32::MAX.checked_shl(bits).unwrap_or(0);
        WorldPoint { x: self.x & mask, y: self.y & mask }
    }
}

/// Aligned squares that together hold all points: none lies in another. In the order of the curve; the points of each
/// are a run of rows, and the runs follow each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaves {
    /// The first place on the curve of each.
    pub(super) starts: Vec<u64>,
    /// The row behind the last of each.
    pub(super) ends: Vec<u32>,
    /// Their sides are `2^bits` steps.
    pub(super) bits: Vec<u8>,
}

impl Leaves {
    /// The smallest square that holds some rows; not none.
    pub(super) fn push(&mut self, places: &[Place], rows: Range<usize>) {
        let one = places[rows.start];
        self.ends.push(rows.end as u32);
        let differ =
            places[rows].iter().fold(0, |differ, place| differ | (place.x ^ one.x) | (place.y ^ one.y));
        let bits = 32 - differ.leading_zeros();
        self.starts.push(order(one.corner(bits)));
        self.bits.push(bits as u8);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The rows of some.
    pub(super) fn rows(&self, leaves: Range<usize>) -> Range<usize> {
        let end_of = |leaf: usize| leaf.checked_sub(1).map_or(0, |leaf| self.ends[leaf] as usize);
        end_of(leaves.start)..end_of(leaves.end)
    }
}

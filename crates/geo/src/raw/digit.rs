//! One digit of a place: which of the equal squares of a rectangle it lies in, numbered along the Morton curve.

use std::rc::Rc;

use crate::{WorldPoint, morton::order};

/// A rectangle of aligned squares.
#[derive(Debug, Clone)]
pub(super) struct Digit {
    /// A square has `2^bits` steps a side.
    pub(super) bits: u32,
    /// The first square, in sides from the corner of the world.
    column: u32,
    row: u32,
    /// How many bits of a square's number are its column.
    wide: u32,
    /// By row and column: which it is along the curve.
    places: Rc<[u16]>,
}

impl Digit {
    /// The squares of `2^bits` steps that hold both corners of a rectangle. There must be no more than 2^16, when
    /// columns are counted in powers of two.
    pub(super) fn of(bits: u32, first: WorldPoint, last: WorldPoint) -> Self {
        let (column, row) = (first.x >> bits, first.y >> bits);
        let wide = ((last.x >> bits) - column + 1).next_power_of_two().ilog2();
        let rows = (last.y >> bits) - row + 1;
        let mut numbers: Vec<u32> = (0..rows << wide).collect();
        let on_curve = |&number: &u32| {
            let (across, down) = (number & ((1 << wide) - 1), number >> wide);
            order(WorldPoint { x: column.wrapping_add(across), y: row + down })
        };
        numbers.sort_by_cached_key(on_curve);
        let mut places = vec![0; numbers.len()];
        for (place, number) in numbers.into_iter().enumerate() {
            places[number as usize] = place as u16;
        }
        Self { bits, column, row, wide, places: places.into() }
    }

    /// The squares of a square: `2^levels` along each axis.
    pub(super) fn of_square(levels: u32) -> Self {
        let side = (1 << levels) - 1;
        Self::of(0, WorldPoint { x: 0, y: 0 }, WorldPoint { x: side, y: side })
    }

    /// The squares of another square: the curve runs through all of them alike.
    pub(super) fn moved_to(&self, bits: u32, corner: WorldPoint) -> Self {
        Self { bits, column: corner.x >> bits, row: corner.y >> bits, ..self.clone() }
    }

    /// How many squares there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The number of the square that a place of the rectangle lies in.
    #[inline]
    pub(super) fn at(&self, x: u32, y: u32) -> usize {
        let number = (((y >> self.bits) - self.row) << self.wide) | ((x >> self.bits) - self.column);
        usize::from(self.places[number as usize])
    }
}

//! The order in which a database or an array keeps places, so that neighbours lie together.

use crate::WorldPoint;

/// A place as one number: the upper 31 bits of x and y, interleaved (Morton 1966). 62 bits, so that it is never
/// negative in a signed 64-bit column of any database.
pub type Cell = i64;

/// The cell of a place.
#[must_use]
pub fn cell(at: WorldPoint) -> Cell {
    // At most 62 bits are set, so the value fits and stays positive.
    (spread(at.x >> 1) | (spread(at.y >> 1) << 1)) as Cell
}

/// The place of a cell: where it was made of, but for the last bit of each axis, less than two centimetres.
#[must_use]
pub fn place_of(cell: Cell) -> WorldPoint {
    // No cell is negative, as the highest two bits are not used.
    let bits = cell as u64;
    WorldPoint { x: gather(bits) << 1, y: gather(bits >> 1) << 1 }
}

/// The place of a point on the curve, with all 32 bits of both axes.
pub(crate) fn order(at: WorldPoint) -> u64 {
    spread(at.x) | (spread(at.y) << 1)
}

/// Moves bit n to bit 2n.
fn spread(bits: u32) -> u64 {
    let mut n = u64::from(bits);
    n = (n | n << 16) & 0x0000_ffff_0000_ffff;
    n = (n | n << 8) & 0x00ff_00ff_00ff_00ff;
    n = (n | n << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    n = (n | n << 2) & 0x3333_3333_3333_3333;
    (n | n << 1) & 0x5555_5555_5555_5555
}

/// Moves bit 2n to bit n, and forgets the others.
fn gather(bits: u64) -> u32 {
    let mut n = bits & 0x5555_5555_5555_5555;
    n = (n | n >> 1) & 0x3333_3333_3333_3333;
    n = (n | n >> 2) & 0x0f0f_0f0f_0f0f_0f0f;
    n = (n | n >> 4) & 0x00ff_00ff_00ff_00ff;
    n = (n | n >> 8) & 0x0000_ffff_0000_ffff;
    // Thirty-two bits are left.
    (n | n >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_leads_back_to_its_place() {
        for (x, y) in [(0, 0), (u32::MAX, u32::MAX), (0x9e37_79b9, 0x7f4a_7c15), (1, u32::MAX), (2, 3)] {
            let place = place_of(cell(WorldPoint { x, y }));
            assert_eq!(place, WorldPoint { x: x & !1, y: y & !1 });
            assert_eq!(cell(place), cell(WorldPoint { x, y }));
        }
    }

    #[test]
    fn the_four_quarters_follow_each_other() {
        let quarter = |x: u32, y: u32| cell(WorldPoint { x: x << 31, y: y << 31 }) >> 60;
        assert_eq!([quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)], [0, 1, 2, 3]);
    }

    #[test]
    fn the_last_place_is_the_last_cell() {
        assert_eq!(cell(WorldPoint { x: u32::MAX, y: u32::MAX }), (1 << 62) - 1);
    }
}

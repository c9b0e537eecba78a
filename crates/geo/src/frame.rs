//! A rectangle of the world, as a screen shows it.

use crate::{TileAddress, WorldPoint};

/// Everything from one corner eastward and southward to another; both corners belong to it. It may lie across the line
/// of 180 degrees: then it begins further east than it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The north-western corner.
    pub from: WorldPoint,
    /// The south-eastern corner.
    pub to: WorldPoint,
}

impl Frame {
    /// From west to east, in steps of the world, less one.
    #[must_use]
    pub fn across(self) -> u32 {
        self.to.x.wrapping_sub(self.from.x)
    }

    /// From north to south, likewise; nothing where the corners are the wrong way round.
    #[must_use]
    pub fn down(self) -> u32 {
        self.to.y.saturating_sub(self.from.y)
    }

    /// The same with so many steps more on every side. Northward and southward the world ends; going round it from
    /// west to east, the frame ends where it began.
    #[must_use]
    pub fn widened(self, by: u32) -> Self {
        let room = u32::MAX - self.across();
        let (west, east) = if by <= room / 2 {
            (self.from.x.wrapping_sub(by), self.to.x.wrapping_add(by))
        } else {
            (self.to.x.wrapping_add(1), self.to.x)
        };
        Self {
            from: WorldPoint { x: west, y: self.from.y.saturating_sub(by) },
            to: WorldPoint { x: east, y: self.to.y.saturating_add(by) },
        }
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn holds(self, at: WorldPoint) -> bool {
        at.x.wrapping_sub(self.from.x) <= self.across() && (self.from.y..=self.to.y).contains(&at.y)
    }

    /// The tiles of a zoom that it touches, by row; none at a zoom that has none.
    #[must_use]
    pub fn tiles(self, zoom: u8) -> Vec<TileAddress> {
        let (Some(first), Some(last)) = (TileAddress::of(self.from, zoom), TileAddress::of(self.to, zoom))
        else {
            return Vec::new();
        };
        let columns = 1_u32 << zoom;
        let across = last.x().wrapping_sub(first.x()) % columns;
        // All around, and back in the column it began in.
        let whole = across == 0 && self.across() > u32::MAX / columns;
        let across = if whole { columns - 1 } else { across };
        (first.y()..=last.y())
            .flat_map(|y| {
                (0..=across).filter_map(move |east| TileAddress::new(zoom, (first.x() + east) % columns, y))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(x: u32, y: u32) -> WorldPoint {
        WorldPoint { x, y }
    }

    fn frame() -> impl Strategy<Value = Frame> {
        (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(x, y, across, down)| Frame {
            from: point(x, y),
            to: point(x.wrapping_add(across), y.saturating_add(down)),
        })
    }

    proptest! {
        #[test]
        fn what_it_holds_lies_in_one_of_its_tiles(frame in frame(), x: u32, y: u32, zoom in 0_u8..6) {
            let at = point(frame.from.x.wrapping_add(x % frame.across().max(1)), frame.from.y + y % frame.down().max(1));
            let tiles = frame.tiles(zoom);
            prop_assert!(frame.holds(at));
            prop_assert_eq!(tiles.iter().filter(|tile| tile.holds(at)).count(), 1);
            let mut once = tiles.clone();
            once.sort_unstable_by_key(|tile| (tile.y(), tile.x()));
            once.dedup();
            prop_assert_eq!(once.len(), tiles.len(), "no tile twice");
        }

        #[test]
        fn a_wider_one_holds_all_that_the_narrower_does(frame in frame(), by: u32, x: u32, y: u32) {
            let wider = frame.widened(by);
            prop_assert!(wider.across() >= frame.across() && wider.down() >= frame.down());
            prop_assert!(!frame.holds(point(x, y)) || wider.holds(point(x, y)));
        }
    }

    #[test]
    fn across_the_line_it_goes_on_in_the_east() {
        let frame = Frame { from: point(u32::MAX - 9, 100), to: point(10, 200) };
        assert_eq!((frame.across(), frame.down()), (20, 100));
        assert!(
            frame.holds(point(0, 150)) && frame.holds(point(u32::MAX, 150)) && !frame.holds(point(11, 150))
        );
        let columns: Vec<u32> = frame.tiles(2).iter().map(|tile| tile.x()).collect();
        assert_eq!(columns, [3, 0]);
    }

    #[test]
    fn the_whole_world_is_every_tile_once() {
        let world = Frame { from: point(0, 0), to: point(u32::MAX, u32::MAX) };
        assert_eq!(world.tiles(3).len(), 64);
        assert_eq!(world.widened(77), world);
        let nearly = Frame { from: point(5 << 29, 0), to: point((5 << 29) - 1, 0) };
        assert_eq!(nearly.tiles(3).len(), 8, "round the world and back to where it began");
        assert_eq!(world.tiles(19), []);
        let column = Frame { from: point(1 << 30, 0), to: point((2 << 30) - 1, 0) };
        assert_eq!(column.tiles(2).len(), 1, "as wide as a column, and in it");
    }
}

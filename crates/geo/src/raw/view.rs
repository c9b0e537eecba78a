//! What a screen shows of the world, in whole squares.

use crate::{BinGrid, WorldPoint};

/// The squares of a grid that a screen touches. Columns are counted eastward from the western one and may cross 180°.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    grid: BinGrid,
    west: u32,
    north: u32,
    columns: u32,
    rows: u32,
}

impl View {
    /// What a screen of `width` times `height` pixels shows whose middle is `centre`, in the squares that
    /// [`BinGrid::of_screen`] divides it into. `zoom` as there.
    #[must_use]
    pub fn of_screen(zoom: u8, width: u32, height: u32, centre: WorldPoint) -> Self {
        let grid = BinGrid::of_screen(zoom, width, height);
        // The world is 2^32 steps and 256 * 2^zoom pixels wide; a screen may be wider, and is a step wide at least.
        let steps = |pixels: u32| ((u64::from(pixels) << 24) >> zoom.min(28)).max(1);
        let (across, down) = (steps(width), steps(height));
        let round = across + u64::from(grid.side()) > 1 << 32;
        let (west, columns) = if round {
            (0, grid.columns())
        } else {
            let first = centre.x.wrapping_sub((across / 2) as u32);
            let last = first.wrapping_add((across - 1) as u32);
            let ((west, _), (east, _)) = (square(grid, first, 0), square(grid, last, 0));
            (west, (east.wrapping_sub(west) & (grid.columns() - 1)) + 1)
        };
        let top = u64::from(centre.y).saturating_sub(down / 2);
        let bottom = (u64::from(centre.y) + down.div_ceil(2)).min(1 << 32).max(top + 1) - 1;
        // Both are places of the world now.
        let ((_, north), (_, south)) = (square(grid, 0, top as u32), square(grid, 0, bottom as u32));
        Self { grid, west, north, columns, rows: south - north + 1 }
    }

    /// Its grid.
    #[must_use]
    pub fn grid(self) -> BinGrid {
        self.grid
    }

    /// Whether it shows a square, given as clusters name theirs: by row and column.
    #[must_use]
    pub fn shows(self, (row, column): (u32, u32)) -> bool {
        self.slot((column, row)).is_some()
    }

    /// With the squares around it that clusters in it hang on.
    pub(super) fn with_margin(self) -> Self {
        let (margin, world) = (BinGrid::MARGIN, self.grid.columns());
        let columns = self.columns.saturating_add(2 * margin).min(world);
        // All around it begins where the world does, so that its squares are in order.
        let west = if columns == world { 0 } else { self.west.wrapping_sub(margin) & (world - 1) };
        let north = self.north.saturating_sub(margin);
        let rows = (self.north + self.rows).saturating_add(margin).min(world) - north;
        Self { grid: self.grid, west, north, columns, rows }
    }

    /// How many squares it has.
    pub(super) fn squares(self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// The number of a square in it: by rows, and in a row from its western edge.
    pub(super) fn slot(self, (column, row): (u32, u32)) -> Option<usize> {
        let across = column.wrapping_sub(self.west) & (self.grid.columns() - 1);
        let down = row.wrapping_sub(self.north);
        let inside = across < self.columns && down < self.rows;
        inside.then(|| down as usize * self.columns as usize + across as usize)
    }

    /// Its squares by row and, in a row, by column: those east of 180° come first.
    pub(super) fn in_order(self) -> impl Iterator<Item = (u32, u32)> {
        let (world, south) = (self.grid.columns(), self.north + self.rows);
        let beyond = (self.west + self.columns).saturating_sub(world);
        (self.north..south).flat_map(move |row| {
            (0..beyond).chain(self.west..self.west + self.columns - beyond).map(move |column| (column, row))
        })
    }

    /// Whether it shows anything of the aligned square of `2^bits` steps that has this corner. Not smaller than a square
    /// of the grid.
    pub(super) fn touches(self, corner: WorldPoint, bits: u32) -> bool {
        let (column, row) = self.grid.square(corner);
        let side = (1_u64 << bits) / u64::from(self.grid.side());
        let world = self.grid.columns() - 1;
        let begins_inside = column.wrapping_sub(self.west) & world < self.columns;
        let holds_beginning = u64::from(self.west.wrapping_sub(column) & world) < side;
        let down = u64::from(row) < u64::from(self.north) + u64::from(self.rows)
            && u64::from(self.north) < u64::from(row) + side;
        (begins_inside || holds_beginning) && down
    }
}

fn square(grid: BinGrid, x: u32, y: u32) -> (u32, u32) {
    grid.square(WorldPoint { x, y })
}

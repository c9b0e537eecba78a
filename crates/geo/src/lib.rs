//! The geometry of the map: the mercator square, its space-filling order, and what of many points can be shown.
//!
//! Pure functions on numbers. Knows neither reports nor browsers, and behaves the same on a phone and a server.

mod bins;
mod columns;
mod counts;
mod cover;
mod frame;
mod gather;
mod mercator;
mod morton;
mod points;
mod raw;
mod sphere;
mod tile;

pub use bins::{BinGrid, Bins, Cluster};
pub use cover::{CellRange, cover};
pub use frame::Frame;
pub use gather::{Gathered, gather};
pub use mercator::WorldPoint;
pub use morton::{Cell, cell, place_of};
pub use points::{Point, Points, STATUSES};
pub use raw::{CATEGORIES, Counting, Filter, RawIndex, RawPoints, Sorting, View, Work};
pub use sphere::{EARTH_RADIUS_M, around, distance_m};
pub use tile::{
    SPOT_POINTS_MAX, TILE_POINTS_MAX, TILE_SIDE, TILE_ZOOM_MAX, Tile, TileAddress, TileCell, TilePoint,
};

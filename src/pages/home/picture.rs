//! What the tiles say of the screen: clusters and single reports. Pure numbers, the same on every device.

use geo::{Bins, Frame, TILE_POINTS_MAX, WorldPoint};
use model::{ReportId, Status, TileStatus};

use super::tiles::{Known, Sight, find};
use crate::{client::Kind, filter::Filter};

/// A report, or several that are counted together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub(super) at: WorldPoint,
    /// Its reports lie in the square of `2^bits` steps of the world that `at` is in.
    pub(super) bits: u32,
    pub(super) reports: u32,
    /// How many of them are still open.
    pub(super) open: u32,
    /// How many were closed more than thirty days ago.
    pub(super) old: u32,
    /// Which, where it is one and known.
    pub(super) one: Option<One>,
}

/// A single report.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct One {
    pub(super) id: ReportId,
    /// The code of its category.
    pub(super) category: String,
    pub(super) status: Status,
}

/// What stands on the map as one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The square it stands for: its name while the map moves.
    pub(super) square: (u32, u32),
    /// All of it, where its marker stands.
    pub(super) whole: Spot,
    /// Where its reports lie, counted together as the tiles count them.
    pub(super) places: Vec<Frame>,
}

impl Spot {
    /// A single report, whose place is known exactly.
    pub(super) fn of_one(at: WorldPoint, one: One, told: TileStatus) -> Self {
        let open = u32::from(one.status.is_open());
        Self { at, bits: 0, reports: 1, open, old: u32::from(told.is_old()), one: Some(one) }
    }

    /// Where its reports lie.
    pub(super) fn place(&self) -> Frame {
        let rest = (1 << self.bits) - 1;
        let (from, to) = (|step: u32| step & !rest, |step: u32| step | rest);
        let WorldPoint { x, y } = self.at;
        Frame { from: WorldPoint { x: from(x), y: from(y) }, to: WorldPoint { x: to(x), y: to(y) } }
    }
}

/// What a filter lets through of the tiles of a sight and of those around it.
///
/// Where a tile has not come, the one above it stands in, each of its cells as it is; where there is none of those either,
/// nothing. `None` where that is so for the whole screen.
pub(super) fn spots(known: &[Known], sight: Sight, filter: &Filter) -> Option<Vec<Spot>> {
    let (screen, mut spots, mut shows) = (sight.screen(), Vec::new(), false);
    for address in sight.around() {
        let mut above = std::iter::successors(Some(address), |above| above.parent());
        if let Some(known) = above.find_map(|above| find(known, above)) {
            let here = |spot: &Spot| known.address == address || address.holds(spot.at);
            spots.extend(of_tile(known, filter).filter(here));
            shows |= screen.contains(&address);
        }
    }
    shows.then_some(spots)
}

/// Whether every tile of the screen is known itself.
pub(super) fn is_whole(known: &[Known], sight: Sight) -> bool {
    sight.screen().into_iter().all(|address| find(known, address).is_some())
}

/// What a filter lets through of a tile.
pub(super) fn of_tile<'a>(known: &'a Known, filter: &Filter) -> impl Iterator<Item = Spot> + 'a {
    let tile = &known.tile;
    let categories: Vec<bool> = tile
        .categories
        .iter()
        .map(|code| filter.categories.is_empty() || filter.categories.contains(code))
        .collect();
    let statuses: Vec<bool> = tile
        .statuses
        .iter()
        .map(|told| filter.statuses.is_empty() || filter.statuses.contains(&told.status()))
        .collect();
    // Whoever read the tile has made sure that these are there.
    let passes = move |(category, status): Kind| categories[category] && statuses[status];
    let through = passes.clone();
    // Above so many reports a tile is squares, each with the middle of what lies in it; up to there it tells places.
    let counted = tile.cells.iter().flat_map(|cell| &cell.by).map(|(_, reports)| *reports as usize);
    let squares = counted.sum::<usize>() + tile.points.len() > TILE_POINTS_MAX;
    let exact = known.address.place_bits();
    let bits = if squares { known.address.cell_bits() } else { exact };
    let cells = tile.cells.iter().filter_map(move |cell| {
        let mut spot = Spot { at: cell.at, bits, reports: 0, open: 0, old: 0, one: None };
        for &(kind, reports) in cell.by.iter().filter(|(kind, _)| passes(*kind)) {
            let told = tile.statuses[kind.1];
            spot.reports += reports;
            spot.open += if told.status().is_open() { reports } else { 0 };
            spot.old += if told.is_old() { reports } else { 0 };
        }
        (spot.reports > 0).then_some(spot)
    });
    let points = tile.points.iter().filter(move |point| through(point.kind)).map(move |point| {
        let told = tile.statuses[point.kind.1];
        let category = tile.categories[point.kind.0].clone();
        Spot {
            bits: exact,
            ..Spot::of_one(point.at, One { id: point.id, category, status: told.status() }, told)
        }
    });
    cells.chain(points)
}

/// Gathers spots that would hide each other.
pub(super) fn groups(spots: Vec<Spot>, sight: Sight) -> Vec<Group> {
    let mut bins = Bins::new(sight.grid);
    spots.iter().for_each(|spot| bins.add(spot.at, spot.reports));
    let mut groups: Vec<Group> = bins
        .clusters()
        .into_iter()
        .map(|cluster| Group {
            square: cluster.square,
            whole: Spot { at: cluster.at, bits: 0, reports: 0, open: 0, old: 0, one: None },
            places: Vec::new(),
        })
        .collect();
    let roots = bins.roots();
    for spot in spots {
        let place = spot.place();
        let (column, row) = sight.grid.square(spot.at);
        let root = roots.binary_search_by_key(&(row, column), |(square, _)| *square).map(|at| roots[at].1);
        let group = root.and_then(|root| groups.binary_search_by_key(&root, |group| group.square));
        if let Some(group) = group.ok().and_then(|at| groups.get_mut(at)) {
            let whole = &mut group.whole;
            // Known only as long as nothing else is with it.
            whole.one = if whole.reports == 0 { spot.one } else { None };
            whole.reports += spot.reports;
            whole.open += spot.open;
            whole.old += spot.old;
            group.places.push(place);
        }
    }
    groups
}

#[cfg(test)]
mod tests;

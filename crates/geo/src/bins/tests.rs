use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::Frame;

/// Zoom 5 on a small phone.
fn grid() -> BinGrid {
    BinGrid::of_screen(5, 360, 640)
}

/// A square of the grid, a place in it in 64ths of its side, and how many reports are there.
type Given = ((u32, u32), (u32, u32), u32);

fn place(grid: BinGrid, ((row, column), (down, across), _): &Given) -> WorldPoint {
    let pixel = grid.side() / SIDE_PX;
    WorldPoint { x: column * grid.side() + across * pixel, y: row * grid.side() + down * pixel }
}

fn counted<'a>(grid: BinGrid, given: impl IntoIterator<Item = &'a Given>) -> Bins {
    let mut bins = Bins::new(grid);
    given.into_iter().for_each(|one| bins.add(place(grid, one), one.2));
    bins
}

/// Anything in a corner of the world, dense enough that squares touch.
fn anywhere() -> impl Strategy<Value = Vec<Given>> {
    let one = ((0_u32..30, 0_u32..30), (0_u32..64, 0_u32..64), 1_u32..9);
    prop::collection::vec(one, 0..400).prop_map(|given| {
        // One place a square: what a tile tells is a mean as well.
        let mut seen = BTreeSet::new();
        given.into_iter().filter(|(square, ..)| seen.insert(*square)).collect()
    })
}

/// Squares along a line between two rows, each so near to the next that it hides it. One has the fewest reports; to the
/// left and to the right of it each has more than the one before, so that what becomes of the lowest hangs on both
/// ends. The longer the steps, the further apart those are, in squares: nothing tries a margin harder.
#[derive(Debug, Clone, Copy)]
struct Chain {
    /// How many there are to the left of the lowest, and to the right of it.
    left: u32,
    right: u32,
    /// The side that has more reports, as far from the lowest.
    right_is_higher: bool,
    /// How far the first lies from the edge of its square, and each from the one before, in pixels.
    first: u32,
    step: u32,
}

impl Chain {
    fn squares(self) -> Vec<Given> {
        // As far across the line as keeps two of them near.
        let across = (NEAR_PX * NEAR_PX - self.step * self.step - 1).isqrt();
        let square = |index: u32| {
            // Two in one column are one after the other, and so in two rows.
            let (row, down) = if index.is_multiple_of(2) { (14, SIDE_PX - 1) } else { (15, across - 1) };
            let along = self.first + index * self.step;
            let (from_lowest, right) = (index.abs_diff(self.left), index > self.left);
            let reports = 1 + 2 * from_lowest + u32::from(right == self.right_is_higher);
            ((row, 4 + along / SIDE_PX), (down, along % SIDE_PX), reports)
        };
        (0..=self.left + self.right).map(square).collect()
    }

    /// The first window of some columns whose clusters are others where only so many squares around it are known.
    fn wrong_with(self, margin: u32) -> Option<u32> {
        let given = self.squares();
        (0..20).find(|&west| {
            let (from, to) = ((14, west), (15, west + 2));
            seen(&given, from, to, margin) != seen(&given, from, to, 60)
        })
    }
}

fn chain() -> impl Strategy<Value = Chain> {
    (0_u32..9, 0_u32..9, any::<bool>(), 0..SIDE_PX, 40..NEAR_PX).prop_map(
        |(left, right, right_is_higher, first, step)| Chain { left, right, right_is_higher, first, step },
    )
}

/// Several chains, some of them from north to south, so that they cross.
fn chains() -> impl Strategy<Value = Vec<Given>> {
    let one = (chain(), any::<bool>(), 0_u32..9);
    prop::collection::vec(one, 1..4).prop_map(|chains| {
        let mut seen = BTreeSet::new();
        let turn = |(row, column): (u32, u32)| (column, row);
        let all = chains.into_iter().flat_map(|(chain, turned, down)| {
            let moved = move |((row, column), inside, reports)| ((row + down, column), inside, reports);
            let turned = move |(square, inside, reports)| match turned {
                true => (turn(square), turn(inside), reports),
                false => (square, inside, reports),
            };
            chain.squares().into_iter().map(moved).map(turned)
        });
        all.filter(|(square, ..)| seen.insert(*square)).collect()
    })
}

/// The clusters of a window, where only what lies within `margin` squares of it is known.
fn seen(given: &[Given], from: (u32, u32), to: (u32, u32), margin: u32) -> Vec<Cluster> {
    let (grid, known) = (grid(), |(row, column): (u32, u32)| {
        (from.0.saturating_sub(margin)..=to.0 + margin).contains(&row)
            && (from.1.saturating_sub(margin)..=to.1 + margin).contains(&column)
    });
    let within =
        |(row, column): (u32, u32)| (from.0..=to.0).contains(&row) && (from.1..=to.1).contains(&column);
    let bins = counted(grid, given.iter().filter(|(square, ..)| known(*square)));
    bins.clusters().into_iter().filter(|cluster| within(cluster.square)).collect()
}

proptest! {
    #[test]
    fn every_square_belongs_to_a_cluster_and_the_counts_are_theirs(given in prop_oneof![anywhere(), chains()]) {
        let bins = counted(grid(), &given);
        let mut reports: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for ((square, root), counted) in bins.roots().into_iter().zip(&bins.squares) {
            prop_assert_eq!(square, counted.row_and_column);
            *reports.entry(root).or_default() += counted.reports;
        }
        let clusters: BTreeMap<_, _> = bins.clusters().into_iter().map(|one| (one.square, one.reports)).collect();
        prop_assert_eq!(reports, clusters);
    }
}

#[test]
fn a_tile_of_its_zoom_is_eight_squares_wide() {
    for (zoom, tile) in [(3, 2), (5, 4), (19, 18)] {
        let grid = BinGrid::of_screen(zoom, 360, 640);
        assert_eq!(grid.tile_zoom(), tile);
        assert_eq!(u64::from(grid.side()) * 8, 1 << (32 - tile));
    }
    assert_eq!(BinGrid::of_screen(3, 4000, 3000).tile_zoom(), 0, "there is no larger tile than the world");
}

proptest! {
    #[test]
    fn every_screen_has_tiles(zoom in 0_u8..=30, (width, height) in (0_u32..9000, 0_u32..9000), x: u32, y: u32) {
        let grid = BinGrid::of_screen(zoom, width, height);
        prop_assert!((2..32).contains(&grid.bits));
        let at = WorldPoint { x, y };
        let margin = Frame { from: at, to: at }.widened(grid.side() - 1);
        prop_assert!(margin.tiles(grid.tile_zoom()).iter().any(|tile| tile.holds(at)));
        prop_assert!(grid.tile_zoom() == TILE_ZOOM_MAX || grid.tile_zoom() <= zoom);
    }
}

/// The rule word by word: every square compared with every other.
fn gathered(bins: &Bins) -> Vec<Cluster> {
    let grid = bins.grid;
    let all: Vec<Cluster> = bins
        .squares
        .iter()
        .map(|square| {
            let mean = |sum: u64| (sum / square.reports) as u32;
            let at = WorldPoint { x: mean(square.x), y: mean(square.y) };
            Cluster { square: square.row_and_column, at, reports: square.reports }
        })
        .collect();
    let outranks =
        |a: &Cluster, b: &Cluster| a.reports > b.reports || (a.reports == b.reports && a.square < b.square);
    let near = |a: &Cluster, b: &Cluster| a.square != b.square && grid.near(a.at, b.at);
    let mut undecided = all.clone();
    let mut clusters: Vec<Cluster> = Vec::new();
    for _ in 0..ROUNDS {
        let free = |one: &Cluster| undecided.iter().all(|other| !near(one, other) || outranks(one, other));
        let (roots, others): (Vec<Cluster>, Vec<Cluster>) = undecided.iter().partition(|one| free(one));
        clusters.extend(&roots);
        undecided = others
            .into_iter()
            .filter(|one| {
                let mut near: Vec<&Cluster> = roots.iter().filter(|root| near(one, root)).collect();
                near.sort_by(|a, b| {
                    if outranks(a, b) { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }
                });
                let joins = near
                    .first()
                    .and_then(|root| clusters.iter_mut().find(|known| known.square == root.square));
                joins.map(|root| root.reports += one.reports).is_none()
            })
            .collect();
    }
    clusters.extend(undecided);
    clusters.sort_unstable_by_key(|cluster| cluster.square);
    clusters
}

/// A small world, where squares touch around its back.
fn round() -> impl Strategy<Value = Vec<((u32, u32), u32)>> {
    prop::collection::vec(((any::<u32>(), any::<u32>()), 1_u32..9), 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn clusters_are_what_the_rule_says(given in prop_oneof![anywhere(), chains()]) {
        let bins = counted(grid(), &given);
        prop_assert_eq!(bins.clusters(), gathered(&bins));
    }

    #[test]
    fn and_around_the_world(given in round(), zoom in 0_u8..4) {
        let mut bins = Bins::new(BinGrid::of_screen(zoom, 360, 640));
        given.into_iter().for_each(|((x, y), reports)| bins.add(WorldPoint { x, y }, reports));
        prop_assert_eq!(bins.clusters(), gathered(&bins));
    }

    #[test]
    fn and_in_a_world_of_two_columns(given in round()) {
        let mut bins = Bins::new(BinGrid { bits: 31 });
        given.into_iter().for_each(|((x, y), reports)| bins.add(WorldPoint { x, y }, reports));
        prop_assert_eq!(bins.clusters(), gathered(&bins));
    }

    #[test]
    fn every_report_is_in_one_cluster(given in anywhere()) {
        let bins = counted(grid(), &given);
        let all: u64 = given.iter().map(|one| u64::from(one.2)).sum();
        prop_assert_eq!(bins.reports(), all);
        prop_assert_eq!(bins.clusters().iter().map(|cluster| cluster.reports).sum::<u64>(), all);
    }

    #[test]
    fn markers_do_not_hide_each_other(given in anywhere()) {
        let clusters = counted(grid(), &given).clusters();
        for (index, a) in clusters.iter().enumerate() {
            for b in &clusters[index + 1..] {
                prop_assert!(!grid().near(a.at, b.at), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn nobody_is_gathered_that_is_near_nobody(given in anywhere()) {
        let squares: Vec<WorldPoint> = given.iter().map(|one| place(grid(), one)).collect();
        let clusters = counted(grid(), &given).clusters();
        for (one, at) in given.iter().zip(&squares) {
            let alone = squares.iter().all(|other| other == at || !grid().near(*at, *other));
            let cluster = clusters.iter().find(|cluster| cluster.square == one.0);
            if alone {
                prop_assert_eq!(cluster.map(|cluster| cluster.reports), Some(u64::from(one.2)));
            }
        }
    }

    #[test]
    fn a_cluster_does_not_depend_on_what_else_is_seen(
        given in prop_oneof![anywhere(), chains()],
        from in (0_u32..20, 0_u32..20),
        size in (0_u32..10, 0_u32..10),
    ) {
        let to = (from.0 + size.0, from.1 + size.1);
        prop_assert_eq!(seen(&given, from, to, BinGrid::MARGIN), seen(&given, from, to, 60));
    }

    #[test]
    fn a_cluster_does_not_depend_on_the_far_end_of_a_chain(chain in chain()) {
        prop_assert_eq!(chain.wrong_with(BinGrid::MARGIN), None);
    }
}

/// The margin is as large as it has to be, and no larger: one less, and the cluster of a square hangs on a square that
/// is not known. Of the square's neighbour it is undecided to the last round whether it joins it; it does unless the one
/// beyond becomes a root in that round, and that hangs on five more.
#[test]
fn too_small_a_margin_shows() {
    let longest = Chain { left: 5, right: 6, right_is_higher: true, first: 0, step: 49 };
    let wrong =
        |margin: u32| (0..SIDE_PX).any(|first| Chain { first, ..longest }.wrong_with(margin).is_some());
    let margins: Vec<u32> = (0..20).filter(|margin| wrong(*margin)).collect();
    assert_eq!(margins, (0..BinGrid::MARGIN).collect::<Vec<_>>());
}

#[test]
fn a_screen_of_any_size_has_at_most_300_squares() {
    for (width, height) in [(320, 568), (360, 740), (1280, 800), (1920, 1080), (3840, 2160), (7680, 4320)] {
        let grid = BinGrid::of_screen(10, width, height);
        // Steps of a pixel at zoom 10.
        let side = grid.side() >> (32 - 18);
        assert!((width.div_ceil(side) + 1) * (height.div_ceil(side) + 1) <= 300, "{width} x {height}");
        assert!(side == 64 || width * height > 1_000_000, "{width} x {height}: {side}");
    }
    assert_eq!(BinGrid::of_screen(0, 360, 740).side(), 1 << 30);
    assert_eq!(BinGrid::of_screen(19, 360, 740).side(), 1 << 11);
    for zoom in [28, 29, 60, u8::MAX] {
        assert_eq!(BinGrid::of_screen(zoom, 0, 0).side(), 1 << 2, "{zoom}");
    }
}

#[test]
fn the_world_is_round() {
    let grid = grid();
    let (east, west) = (WorldPoint { x: u32::MAX, y: 1 << 31 }, WorldPoint { x: 0, y: 1 << 31 });
    let mut bins = Bins::new(grid);
    bins.add(east, 2);
    bins.add(west, 3);
    let [cluster] = bins.clusters()[..] else { panic!("one cluster") };
    assert_eq!((cluster.reports, cluster.at), (5, west));
}

#[test]
fn of_equals_the_north_western_stays() {
    let grid = grid();
    let (square, pixel) = (grid.side(), grid.side() / SIDE_PX);
    let mut bins = Bins::new(grid);
    bins.add(WorldPoint { x: 5 * square, y: 7 * square }, 4);
    bins.add(WorldPoint { x: 5 * square - 10 * pixel, y: 7 * square }, 4);
    let [cluster] = bins.clusters()[..] else { panic!("one cluster") };
    assert_eq!((cluster.square, cluster.reports), ((7, 4), 8));
    assert!(Bins::new(grid).clusters().is_empty());
}

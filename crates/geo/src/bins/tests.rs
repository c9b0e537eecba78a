use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

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

/// Staircases: each square has more reports than the last one, so that what becomes of the lowest hangs on all of them.
/// They are what a margin that is too small gets wrong.
fn staircases() -> impl Strategy<Value = Vec<Given>> {
    let turns = prop::collection::vec((-1_i32..=1, -1_i32..=1), 4..26);
    let stairs = prop::collection::vec(((8_i32..22, 8_i32..22), turns, any::<bool>(), 1_u32..4), 1..5);
    stairs.prop_map(|stairs| {
        let mut given: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for ((mut row, mut column), turns, up, step) in stairs {
            let all = turns.len() as u32;
            for (index, (down, across)) in turns.into_iter().enumerate() {
                (row, column) = ((row + down).clamp(0, 29), (column + across).clamp(0, 29));
                let index = index as u32;
                let height = 1 + step * if up { index } else { all - index };
                given.entry((row as u32, column as u32)).or_insert(height);
            }
        }
        // In the middle of each square: every neighbour along an axis is further than 50 pixels then, so they lean.
        let lean = |n: u32| if n.is_multiple_of(2) { 40 } else { 24 };
        given
            .into_iter()
            .map(|((row, column), height)| ((row, column), (lean(row), lean(column)), height))
            .collect()
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
    fn every_square_belongs_to_a_cluster_and_the_counts_are_theirs(given in prop_oneof![anywhere(), staircases()]) {
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
    fn clusters_are_what_the_rule_says(given in prop_oneof![anywhere(), staircases()]) {
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
        given in prop_oneof![anywhere(), staircases()],
        from in (0_u32..20, 0_u32..20),
        size in (0_u32..10, 0_u32..10),
    ) {
        let to = (from.0 + size.0, from.1 + size.1);
        prop_assert_eq!(seen(&given, from, to, BinGrid::MARGIN), seen(&given, from, to, 60));
    }
}

/// That the test above can fail: with too little around the view it does. (Squares lean on each other for 5 of the 7
/// here; that no arrangement needs more than 7 is an argument, not a test.)
#[test]
fn too_small_a_margin_shows() {
    let wrong = |margin: u32| {
        (4..24).any(|length| {
            let given = staircase(length);
            (0..12).any(|east| {
                let (from, to) = ((19, east), (20, east + 2));
                seen(&given, from, to, margin) != seen(&given, from, to, 60)
            })
        })
    };
    let margins: Vec<u32> = (0..=BinGrid::MARGIN).filter(|margin| wrong(*margin)).collect();
    assert_eq!(margins, [0, 1, 2, 3, 4]);
}

/// Squares to the left and right of a line between two rows, each with more reports than the one before, and each so near
/// to the next that it hides it: 45 pixels along the line and 20 across.
fn staircase(length: u32) -> Vec<Given> {
    let stair = |step: u32| {
        let (row, down) = if step.is_multiple_of(2) { (19, 54) } else { (20, 10) };
        let along = step * 45;
        ((row, along / SIDE_PX), (down, along % SIDE_PX), step + 1)
    };
    (0..length).map(stair).collect()
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
    assert_eq!(BinGrid::of_screen(28, 0, 0).side(), 1 << 2);
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

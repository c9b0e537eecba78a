use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{BinGrid, Bins, Cluster};

#[derive(Debug, Clone, Copy)]
struct Given {
    at: WorldPoint,
    category: u8,
    status: u8,
}

fn columns(given: &[Given]) -> RawPoints {
    let column = |of: fn(&Given) -> u32| given.iter().map(of).collect();
    let small = |of: fn(&Given) -> u8| given.iter().map(of).collect();
    RawPoints::new(
        column(|one| one.at.x),
        column(|one| one.at.y),
        small(|one| one.category),
        small(|one| one.status),
    )
    .unwrap()
}

/// Steps where squares begin and end, at the edges of the world, in crowds of any density, and anywhere.
fn step() -> impl Strategy<Value = u32> + Clone {
    let crowd = (0_u32..32, 0_u32..40, any::<u32>()).prop_map(|(bits, crowd, inside)| {
        (crowd.wrapping_mul(0x9e37_79b9)).wrapping_add(inside & ((1 << bits) - 1))
    });
    prop_oneof![
        1 => Just(0),
        1 => Just(u32::MAX),
        1 => (0_u32..64).prop_map(|n| n << 26),
        1 => (0_u32..64).prop_map(|n| (n << 26).wrapping_sub(1)),
        1 => any::<u32>(),
        6 => crowd,
        2 => Just(3_435_000_123),
    ]
}

fn points() -> impl Strategy<Value = Vec<Given>> {
    let one = (step(), step(), 0_u8..64, 0_u8..16).prop_map(|(x, y, category, status)| Given {
        at: WorldPoint { x, y },
        category,
        status,
    });
    let spot = (any::<u32>(), any::<u32>(), 0_usize..400).prop_map(|(x, y, length)| {
        let one = |n: usize| Given { at: WorldPoint { x, y }, category: n as u8 % 14, status: n as u8 % 6 };
        (0..length).map(one).collect::<Vec<_>>()
    });
    let many = prop::collection::vec(one.clone(), 0..900);
    let few = prop::collection::vec(one, 0..8);
    prop_oneof![4 => many.clone(), 1 => few, 1 => spot.clone(), 2 => (many, spot).prop_map(|(mut all, spot)| {
        all.extend(spot);
        all
    })]
}

fn filter() -> impl Strategy<Value = Filter> {
    let some =
        (any::<u64>(), any::<u16>()).prop_map(|(categories, statuses)| Filter { categories, statuses });
    prop_oneof![Just(Filter::ALL), some, Just(Filter { categories: 0, statuses: u16::MAX })]
}

fn screen() -> impl Strategy<Value = (u8, u32, u32)> {
    (0_u8..=19, prop_oneof![Just((360, 740)), Just((1280, 720)), Just((320, 200)), Just((1, 1))])
        .prop_map(|(zoom, (width, height))| (zoom, width, height))
}

fn passing(given: &[Given], filter: Filter) -> impl Iterator<Item = &Given> {
    given.iter().filter(move |one| filter.passes(one.category, one.status))
}

/// What a view shows of all points, each put into the bins of the whole world by itself.
fn plain(given: &[Given], filter: Filter, view: View) -> Vec<Cluster> {
    let mut bins = Bins::new(view.grid());
    for one in passing(given, filter) {
        bins.add(one.at, 1);
    }
    shown(&bins, view)
}

fn shown(bins: &Bins, view: View) -> Vec<Cluster> {
    bins.clusters().into_iter().filter(|cluster| view.shows(cluster.square)).collect()
}

fn indexed(given: &[Given], slice: usize) -> RawIndex {
    let mut sorting = Sorting::new(columns(given));
    while !sorting.step(slice) {}
    sorting.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pass_and_index_show_what_is_there(
        given in points(),
        filters in prop::collection::vec(filter(), 1..3),
        (zoom, width, height) in screen(),
        (x, y) in (step(), step()),
        beside in any::<prop::sample::Index>(),
        slice in 1_usize..2000,
    ) {
        let raw = columns(&given);
        let mut index = indexed(&given, slice);
        prop_assert_eq!(index.len(), given.len());
        // Anywhere, and where something is.
        let somewhere = (!given.is_empty()).then(|| given[beside.index(given.len())].at);
        for centre in [Some(WorldPoint { x, y }), somewhere].into_iter().flatten() {
            let view = View::of_screen(zoom, width, height, centre);
            for &filter in &filters {
                let expected = plain(&given, filter, view);
                let mut counting = Counting::new(view);
                (0..given.len()).step_by(slice).for_each(|row| raw.count(row..row + slice, filter, &mut counting));
                prop_assert_eq!(&shown(&counting.bins(), view), &expected, "the pass over the columns");
                index.filter(filter);
                let mut counting = Counting::new(view);
                index.count(&mut counting);
                prop_assert_eq!(&shown(&counting.bins(), view), &expected, "the index");
            }
        }
    }

    #[test]
    fn the_world_holds_every_point_once(given in points(), filter in filter()) {
        let mut index = indexed(&given, usize::MAX);
        index.filter(filter);
        for zoom in 0..4 {
            let view = View::of_screen(zoom, 3000, 3000, WorldPoint { x: 1 << 31, y: 1 << 31 });
            let mut counting = Counting::new(view);
            index.count(&mut counting);
            prop_assert_eq!(counting.bins().reports(), passing(&given, filter).count() as u64);
        }
    }

    #[test]
    fn the_points_of_a_square_are_all_that_lie_in_it(given in points(), filter in filter(), zoom in 0_u8..=19) {
        let grid = BinGrid::of_screen(zoom, 360, 740);
        let mut index = indexed(&given, 1000);
        index.filter(filter);
        let mut squares: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for (row, one) in given.iter().enumerate().filter(|(_, one)| filter.passes(one.category, one.status)) {
            let (column, line) = grid.square(one.at);
            squares.entry((line, column)).or_default().push(row as u32);
        }
        for (&square, expected) in squares.iter().take(50) {
            let mut found: Vec<u32> = index.points_of(grid, square).collect();
            found.sort_unstable();
            prop_assert_eq!(&found, expected);
            let beside = (square.0 ^ 1, square.1);
            let expected = squares.get(&beside).map_or(0, Vec::len);
            prop_assert_eq!(index.points_of(grid, beside).count(), expected);
        }
    }

    /// A view is whole squares: the one in its middle, those at its corners, and no more than a screen has room for.
    #[test]
    fn a_view_is_what_a_screen_touches(
        zoom in 0_u8..=28, (width, height) in (1_u32..2000, 1_u32..1200), (x, y) in (step(), step()),
    ) {
        let view = View::of_screen(zoom, width, height, WorldPoint { x, y });
        let grid = view.grid();
        let shows = |x: u32, y: u32| {
            let (column, row) = grid.square(WorldPoint { x, y });
            view.shows((row, column))
        };
        prop_assert!(shows(x, y));
        let half = |pixels: u32| ((u64::from(pixels) << 24) >> zoom) / 2;
        let (across, down) = (half(width).min(1 << 31) as u32, half(height));
        let top = u64::from(y).saturating_sub(down) as u32;
        let bottom = (u64::from(y) + down).saturating_sub(1).clamp(y.into(), u32::MAX.into()) as u32;
        for x in [x.wrapping_sub(across), x.wrapping_add(across.saturating_sub(1))] {
            prop_assert!(shows(x, top) && shows(x, bottom));
        }
        prop_assert!(view.squares() <= 300, "{view:?}");
        let squares: Vec<(u32, u32)> = view.in_order().map(|(column, row)| (row, column)).collect();
        prop_assert_eq!(squares.len(), view.squares());
        prop_assert!(squares.is_sorted() && squares.iter().all(|square| view.shows(*square)));
    }
}

/// A line of squares, each hiding the next one and outranked by it: whether one is a root hangs on many others, so that a
/// view that knows too little around it tells something else than one that knows all.
#[test]
fn a_view_knows_what_its_clusters_hang_on() {
    let grid = BinGrid::of_screen(8, 200, 100);
    let pixel = grid.side() / 64;
    let corner = WorldPoint { x: 50 * grid.side(), y: 50 * grid.side() };
    for length in 4..24_u32 {
        let stair = |step: u32| {
            let down = if step.is_multiple_of(2) { 54 } else { 64 + 10 };
            WorldPoint { x: corner.x + step * 45 * pixel, y: corner.y + down * pixel }
        };
        let crowd = |step: u32| {
            std::iter::repeat_n(Given { at: stair(step), category: 0, status: 0 }, step as usize + 1)
        };
        let given: Vec<Given> = (0..length).flat_map(crowd).collect();
        let index = indexed(&given, usize::MAX);
        for step in 0..length {
            let view = View::of_screen(8, 200, 100, stair(step));
            let mut counting = Counting::new(view);
            index.count(&mut counting);
            assert_eq!(shown(&counting.bins(), view), plain(&given, Filter::ALL, view), "{step} of {length}");
        }
    }
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let new = |length: usize, category: u8, status: u8| {
        RawPoints::new(vec![0; 2], vec![0; length], vec![category; 2], vec![status; 2])
    };
    assert_eq!(new(2, 63, 15).map(|points| points.len()), Some(2));
    assert!(new(1, 0, 0).is_none() && new(2, 64, 0).is_none() && new(2, 0, 16).is_none());
    let many = RawPoints::MOST + 1;
    assert!(RawPoints::new(vec![0; many], vec![0; many], vec![0; many], vec![0; many]).is_none());
}

#[test]
fn nothing_is_sorted_at_once() {
    let index = Sorting::new(RawPoints::default()).finish();
    assert!(index.is_empty());
    let view = View::of_screen(5, 360, 740, WorldPoint { x: 0, y: 0 });
    let mut counting = Counting::new(view);
    index.count(&mut counting);
    assert_eq!(counting.bins().reports(), 0);
    assert_eq!(index.points_of(view.grid(), (0, 0)).count(), 0);
}

/// Points around some centres, the same on every machine.
fn cities(points: usize) -> RawPoints {
    let mut state = 1_u64;
    let mut random = move || {
        // A linear congruential generator (Knuth, MMIX) is random enough to lie about.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    };
    let centres: Vec<(u32, u32)> = (0..60)
        .map(|_| (3_270_000_000 + random() % (1 << 29), 2_080_000_000 + random() % (1 << 27)))
        .collect();
    let mut place = || {
        let (x, y) = centres[(random() % 60).min(random() % 60) as usize];
        let mut near = || (0..4).map(|_| random() % 600_000).sum::<u32>();
        (x + near(), y + near())
    };
    let (x, y) = (0..points).map(|_| place()).unzip();
    let kinds = |most: usize| (0..points).map(|row| (row % most) as u8).collect();
    RawPoints::new(x, y, kinds(14), kinds(6)).unwrap()
}

/// Time depends on the machine; this does not. Who changes the sorting and needs more has to say so here.
#[test]
fn sorting_looks_at_each_point_a_few_times() {
    let points = cities(100_000);
    let mut sorting = Sorting::new(points);
    let mut steps = 0;
    while !sorting.step(20_000) {
        steps += 1;
    }
    let each = sorting.touched() as f64 / 100_000.0;
    assert!((8.0..11.5).contains(&each), "{each} looks at each point");
    assert!(steps >= (sorting.touched() / 20_000 - 1) as u32, "a step is no longer than it was asked to be");
}

/// Points in the order of the curve are divided where they stand.
#[test]
fn what_is_sorted_is_looked_at_less() {
    let mut given = cities(100_000);
    let mut places: Vec<(u32, u32)> = given.x.iter().copied().zip(given.y.iter().copied()).collect();
    places.sort_by_key(|&(x, y)| crate::morton::order(WorldPoint { x, y }));
    (given.x, given.y) = places.into_iter().unzip();
    let mut sorting = Sorting::new(given.clone());
    while !sorting.step(7_777) {}
    let each = sorting.touched() as f64 / 100_000.0;
    assert!((4.0..6.5).contains(&each), "{each} looks at each point");

    let index = sorting.finish();
    let centre = WorldPoint { x: given.x[0], y: given.y[0] };
    for zoom in 0..=19 {
        let view = View::of_screen(zoom, 360, 740, centre);
        let (mut by_index, mut by_pass) = (Counting::new(view), Counting::new(view));
        index.count(&mut by_index);
        given.count(0..given.len(), Filter::ALL, &mut by_pass);
        assert_eq!(shown(&by_index.bins(), view), shown(&by_pass.bins(), view), "zoom {zoom}");
    }
}

#[test]
fn a_view_looks_at_little_at_every_zoom() {
    let given = cities(100_000);
    let centre = WorldPoint { x: given.x[0], y: given.y[0] };
    let index = Sorting::new(given).finish();
    for zoom in 0..=19 {
        let mut counting = Counting::new(View::of_screen(zoom, 360, 740, centre));
        index.count(&mut counting);
        let Work { squares, points } = counting.work();
        assert!(squares < 2_000 && points < 12_000, "zoom {zoom}: {squares} squares, {points} points");
    }
}

/// Crowds on two spots side by side and one point far away: digits are not spent on what all have in common.
#[test]
fn a_spot_is_found_at_once() {
    let mut x = vec![3_435_000_123; 50_000];
    x.extend(vec![3_435_000_122; 50_000]);
    x.push(0);
    let ones = vec![1; x.len()];
    let mut sorting = Sorting::new(RawPoints::new(x.clone(), x, ones.clone(), ones).unwrap());
    while !sorting.step(1000) {}
    assert!(sorting.touched() < 8 * 100_000, "{}", sorting.touched());
    let index = sorting.finish();
    let grid = BinGrid::of_screen(19, 360, 740);
    let (column, row) = grid.square(WorldPoint { x: 3_435_000_123, y: 3_435_000_123 });
    assert_eq!(index.points_of(grid, (row, column)).take(20).count(), 20);
    assert_eq!(index.points_of(grid, (row, column)).count(), 100_000);
}

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Reports by category and status.
type Pairs = BTreeMap<(u16, u8), u32>;

fn add(pairs: &mut Pairs, tile: &Tile) {
    for &(category, status, reports) in tile.cells.iter().flat_map(|cell| &cell.by) {
        *pairs.entry((category, status)).or_default() += reports;
    }
    for single in &tile.points {
        *pairs.entry((single.point.category, single.point.status)).or_default() += 1;
    }
}

fn pairs(tile: &Tile) -> Pairs {
    let mut pairs = Pairs::new();
    add(&mut pairs, tile);
    pairs
}

fn point(number: u32, at: WorldPoint) -> Point {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    Point {
        at,
        id,
        category: (number % 14) as u16,
        status: (number % 9) as u8,
        supports: number,
        day: number as u16,
        since: 0,
    }
}

/// Where tiles are easily wrong: on edges, in corners, on one spot, across 180 degrees, and anywhere.
fn place() -> impl Strategy<Value = WorldPoint> {
    let step = prop_oneof![
        Just(0),
        Just(u32::MAX),
        Just(1 << 31),
        Just((1 << 31) - 1),
        (0_u32..64).prop_map(|n| n << 26),
        (0_u32..64).prop_map(|n| (n << 26).wrapping_sub(1)),
        any::<u32>(),
    ];
    let crowd = (0_u32..3).prop_map(|n| WorldPoint { x: 3_000_000_000 + n, y: 2_200_000_000 });
    prop_oneof![3 => (step.clone(), step).prop_map(|(x, y)| WorldPoint { x, y }), 1 => crowd]
}

fn points() -> impl Strategy<Value = Vec<Point>> {
    let some = prop::collection::vec(place(), 0..60);
    let many = prop::collection::vec(place(), 280..900);
    // On one spot, with a few around it: whole blocks that no tile and no cell divides.
    let spot = (place(), 1000_usize..1300, prop::collection::vec(place(), 0..40));
    let spot = spot.prop_map(|(at, length, mut around)| {
        around.extend(std::iter::repeat_n(at, length));
        around
    });
    prop_oneof![some, many, spot]
        .prop_map(|places| (0..).zip(places).map(|(number, at)| point(number, at)).collect())
}

/// Half of them sorted, half of them put in afterwards, and some taken away again.
fn grown(all: &[Point]) -> (Points, Vec<Point>) {
    let (early, late) = all.split_at(all.len() / 2);
    let mut points = Points::new(early.to_vec());
    late.iter().for_each(|&point| points.put(point));
    let (gone, left): (Vec<Point>, Vec<Point>) = all.iter().partition(|point| point.supports % 7 == 3);
    gone.iter().for_each(|point| assert!(points.remove(&point.id)));
    (points, left)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_report_is_in_exactly_one_tile_of_a_zoom(all in points(), zoom in 0..=TILE_ZOOM_MAX) {
        let (points, left) = grown(&all);
        let mut addresses: Vec<TileAddress> =
            left.iter().map(|point| TileAddress::of(point.at, zoom).unwrap()).collect();
        addresses.sort_unstable_by_key(|address| (address.x, address.y));
        addresses.dedup();
        let (mut found, mut expected) = (Pairs::new(), Pairs::new());
        for &address in &addresses {
            let tile = points.tile(address);
            add(&mut found, &tile);
            let mut here = Pairs::new();
            for point in left.iter().filter(|point| address.holds(point.at)) {
                *here.entry((point.category, point.status)).or_default() += 1;
            }
            prop_assert_eq!(pairs(&tile), here, "a tile counts what lies in it");
        }
        for point in &left {
            *expected.entry((point.category, point.status)).or_default() += 1;
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_tile_is_the_sum_of_its_children(all in points(), zoom in 0..TILE_ZOOM_MAX) {
        let (points, left) = grown(&all);
        for point in left.iter().take(40) {
            let address = TileAddress::of(point.at, zoom).unwrap();
            let mut children = Pairs::new();
            address.children().unwrap().into_iter().for_each(|child| add(&mut children, &points.tile(child)));
            prop_assert_eq!(pairs(&points.tile(address)), children);
        }
    }

    #[test]
    fn cells_are_what_looking_at_each_report_gives(all in points(), zoom in 0..=TILE_ZOOM_MAX) {
        let (points, left) = grown(&all);
        for point in left.iter().take(20) {
            let address = TileAddress::of(point.at, zoom).unwrap();
            let (tile, all) = (points.tile(address), left.iter().filter(|point| address.holds(point.at)).count());
            if all > TILE_POINTS_MAX {
                prop_assert_eq!(tile.cells, looked_at(address, &left));
            }
        }
    }

    #[test]
    fn few_are_points_and_many_are_cells(all in points()) {
        let (points, left) = grown(&all);
        let world = points.tile(TileAddress::new(0, 0, 0).unwrap());
        if left.len() <= TILE_POINTS_MAX {
            let mut spots: BTreeMap<(u32, u32), usize> = BTreeMap::new();
            left.iter().for_each(|point| *spots.entry((point.at.y, point.at.x)).or_default() += 1);
            let crowds = spots.values().filter(|reports| **reports > SPOT_POINTS_MAX);
            prop_assert_eq!(world.cells.len(), crowds.clone().count());
            prop_assert_eq!(world.points.len(), left.len() - crowds.sum::<usize>());
        } else {
            prop_assert!(world.points.is_empty() && world.cells.len() <= 64);
        }
        let within = |x: u16, y: u16| x < TILE_SIDE && y < TILE_SIDE;
        prop_assert!(world.cells.iter().all(|cell| within(cell.x, cell.y)));
        prop_assert!(world.points.iter().all(|single| within(single.x, single.y)));
    }

    #[test]
    fn what_was_merged_is_seen_the_same(all in points(), zoom in 0..=TILE_ZOOM_MAX) {
        let (points, left) = grown(&all);
        let merged = points.merged();
        for point in left.iter().take(20) {
            let address = TileAddress::of(point.at, zoom).unwrap();
            prop_assert_eq!(points.tile(address), merged.tile(address));
        }
    }
}

/// What a tile's cells have to be: every report looked at, one by one.
fn looked_at(address: TileAddress, all: &[Point]) -> Vec<TileCell> {
    let (first, below) = address.start();
    let mut cells: BTreeMap<u64, Vec<&Point>> = BTreeMap::new();
    for point in all.iter().filter(|point| address.holds(point.at)) {
        cells.entry((order(point.at) - order(first)) >> (2 * (below - 3))).or_default().push(point);
    }
    cells
        .into_values()
        .map(|inside| {
            let mean = |axis: fn(&Point) -> u32| {
                (inside.iter().map(|point| u64::from(axis(point))).sum::<u64>() / inside.len() as u64) as u32
            };
            let (x, y) =
                address.inside(WorldPoint { x: mean(|point| point.at.x), y: mean(|point| point.at.y) });
            let mut by = Pairs::new();
            inside.iter().for_each(|point| *by.entry((point.category, point.status)).or_default() += 1);
            TileCell {
                x,
                y,
                by: by.into_iter().map(|((category, status), n)| (category, status, n)).collect(),
            }
        })
        .collect()
}

#[test]
fn blocks_that_were_counted_beforehand_are_counted_right_whatever_happens_to_their_reports() {
    // Half of them in one city, so that there are long runs in small cells as well.
    let at = |n: u32| match n % 2 {
        0 => WorldPoint { x: n.wrapping_mul(0x9e37_79b9), y: n.wrapping_mul(0x85eb_ca6b) },
        _ => WorldPoint { x: (200 << 24) + n.wrapping_mul(0x9e37_79b9) % (1 << 22), y: (130 << 24) + n * 83 },
    };
    let mut all: Vec<Point> = (0..20_000).map(|n| point(n, at(n))).collect();
    let mut points = Points::new(all.iter().copied());
    for step in 0..3 {
        for point in all.iter_mut().skip(step).step_by(7) {
            // A category beyond all that there were before, now and then.
            let category = if point.supports % 1000 == 0 { 20 + step as u16 } else { point.category };
            *point = Point { status: (point.status + 1) % 9, category, ..*point };
            points.put(*point);
        }
        let gone: Vec<Point> =
            all.iter().copied().filter(|point| point.supports % 11 == step as u32).collect();
        assert!(gone.iter().all(|point| points.remove(&point.id)));
        all.retain(|point| point.supports % 11 != step as u32);
        points.restate(|status, since| if since == 0 && status == 8 { 9 } else { status });
        all.iter_mut().filter(|point| point.status == 8).for_each(|point| point.status = 9);
        for (zoom, x, y) in [(0, 0, 0), (1, 1, 1), (4, 12, 8), (8, 200, 130)] {
            let address = TileAddress::new(zoom, x, y).unwrap();
            assert_eq!(points.tile(address).cells, looked_at(address, &all), "{address:?}, {step}");
        }
        points = points.merged();
    }
}

#[test]
fn a_cell_stands_at_the_mean_of_its_reports() {
    let places = [(0_u32, 0_u32), (1 << 24, 1 << 25)];
    let all = (0..302).map(|n| {
        let (x, y) = places[n as usize % 2];
        point(n, WorldPoint { x, y })
    });
    let tile = Points::new(all).tile(TileAddress::new(0, 0, 0).unwrap());
    let [cell] = &tile.cells[..] else { panic!("one cell, not {}", tile.cells.len()) };
    assert_eq!((cell.x, cell.y), (8, 16));
}

#[test]
fn addresses_beyond_the_world_are_none() {
    for (zoom, x, y) in
        [(19, 0, 0), (0, 1, 0), (0, 0, 1), (5, 32, 0), (5, 0, 32), (255, 0, 0), (18, 1 << 18, 0)]
    {
        assert_eq!(TileAddress::new(zoom, x, y), None, "{zoom}/{x}/{y}");
    }
    let last = TileAddress::new(18, (1 << 18) - 1, (1 << 18) - 1).unwrap();
    assert!(last.holds(WorldPoint { x: u32::MAX, y: u32::MAX }) && last.children().is_none());
}

#[test]
fn nothing_is_an_empty_tile() {
    assert_eq!(Points::default().tile(TileAddress::new(0, 0, 0).unwrap()), Tile::default());
}

#[test]
fn a_position_leads_back_to_the_place_it_stands_for() {
    for zoom in 0..=TILE_ZOOM_MAX {
        let tile = TileAddress::of(WorldPoint { x: 0xC957_03A1, y: 0x8371_2C55 }, zoom).unwrap();
        for (x, y) in [(0, 0), (4095, 4095), (1, 2048)] {
            let place = tile.place(x, y);
            assert!(tile.holds(place), "{tile}");
            assert_eq!(tile.inside(place), (x, y), "{tile}");
        }
        assert_eq!(
            tile.parent(),
            zoom.checked_sub(1).and_then(|zoom| TileAddress::of(tile.place(0, 0), zoom))
        );
    }
    assert_eq!(TileAddress::new(6, 51, 33).unwrap().to_string(), "6/51/33");
}

use geo::TileAddress;

use super::*;
use crate::client::{MapCell, MapPoint, MapTile};

fn id(n: u8) -> ReportId {
    format!("0190163d-8694-739b-aea5-966c26f8ad{n:02}").parse().unwrap()
}

fn address(zoom: u8, x: u32, y: u32) -> TileAddress {
    TileAddress::new(zoom, x, y).unwrap()
}

/// Where a tile has something.
type At = (u16, u16);
/// A cell.
type Cell<'a> = (At, &'a [(Kind, u32)]);

/// A tile of roads and rubbish, received, resolved or resolved long ago: cells as position and counts, points as
/// position and kind.
fn tile(address: TileAddress, cells: &[Cell<'_>], points: &[(At, Kind)]) -> Known {
    let place = |(x, y)| address.place(x, y);
    let cells = cells.iter().map(|&(at, by)| MapCell { at: place(at), by: by.to_vec() });
    let points = (0..).zip(points).map(|(n, &(at, kind))| MapPoint { id: id(n), at: place(at), kind });
    let statuses = ["received", "resolved", "resolved_old"].map(|word| word.to_owned().try_into().unwrap());
    let tile = MapTile {
        cells: cells.collect(),
        points: points.collect(),
        categories: vec!["road".to_owned(), "waste".to_owned()],
        statuses: statuses.to_vec(),
    };
    Known { address, tile, at: 0.0 }
}

/// A screen of 360 by 480 pixels in the middle of a tile, as close as the tile's cells are its squares.
fn sight(address: TileAddress, zoom: u8) -> Sight {
    let at = address.place(2048, 2048);
    let half = |pixels: u32| (pixels / 2) << (24 - zoom);
    let from = WorldPoint { x: at.x - half(360), y: at.y - half(480) };
    let to = WorldPoint { x: at.x + half(360), y: at.y + half(480) };
    Sight::new(Frame { from, to }, zoom)
}

fn reports(spots: &[Spot]) -> u32 {
    spots.iter().map(|spot| spot.reports).sum()
}

const ROAD: Kind = (0, 0);
const WASTE: Kind = (1, 0);
const DONE: Kind = (0, 1);
const LONG_DONE: Kind = (0, 2);

#[test]
fn a_filter_lets_through_what_it_names_and_what_is_left_of_nothing_is_nothing() {
    let cells: [Cell<'_>; 2] =
        [((100, 100), &[(ROAD, 500), (DONE, 30), (LONG_DONE, 7)]), ((3000, 100), &[(WASTE, 90)])];
    let known = tile(address(11, 1635, 1063), &cells, &[((900, 900), WASTE)]);
    let through = |query: &str| of_tile(&known, &Filter::parse(query)).collect::<Vec<_>>();
    let all = through("");
    assert_eq!((all.len(), reports(&all)), (3, 628));
    assert_eq!((all[0].open, all[0].old), (500, 7));
    assert_eq!(reports(&through("category=waste")), 91);
    assert_eq!(reports(&through("status=resolved")), 37, "long ago or not");
    assert_eq!(through("category=waste&status=resolved"), []);
    assert_eq!(through("category=waste")[1].one.as_ref().unwrap().category, "waste");
}

#[test]
fn a_spot_is_as_wide_as_a_tile_can_tell() {
    let address = address(11, 1635, 1063);
    let place = |known: &Known| of_tile(known, &Filter::default()).next().unwrap().place();
    let square = place(&tile(address, &[((700, 700), &[(ROAD, 301)])], &[]));
    let (first, last) = (address.place(512, 512), address.place(1023, 1023));
    assert!(
        square.holds(first) && square.holds(last) && square.across() == (1 << 18) - 1,
        "an eighth of the tile"
    );
    let crowd = place(&tile(address, &[((700, 700), &[(ROAD, 300)])], &[]));
    let at = address.place(700, 700);
    assert!(crowd.holds(at) && crowd.across() == (1 << 9) - 1, "a step of the tile");
    let single = Spot::of_one(at, One { id: id(1), category: String::new(), status: Status::Received }, {
        TileStatus::from(Status::Received)
    });
    assert_eq!(single.place(), Frame { from: at, to: at });
}

#[test]
fn the_tile_above_stands_in_for_what_has_not_come_and_for_no_more() {
    let (here, above) = (address(11, 1635, 1063), address(10, 817, 531));
    assert_eq!(here.parent(), Some(above));
    let sight = sight(here, 12);
    assert_eq!(sight.grid.tile_zoom(), 11);
    assert_eq!(sight.screen(), [here]);
    // In the south-east quarter, which is the tile of the screen, and in the north-west.
    let stand_in = tile(above, &[], &[((3000, 3000), ROAD), ((10, 10), WASTE)]);
    let own = tile(here, &[], &[((5, 5), WASTE), ((9, 9), WASTE), ((4000, 70), ROAD)]);
    let told = |known: &[&Known]| {
        let known: Vec<Known> = known.iter().map(|&known| known.clone()).collect();
        spots(&known, sight, &Filter::default()).map(|spots| reports(&spots))
    };
    assert_eq!(told(&[]), None);
    assert_eq!(told(&[&stand_in]), Some(2));
    assert_eq!(told(&[&stand_in, &own]), Some(4), "the neighbour is still told by the one above");
    assert_eq!(told(&[&own]), Some(3));
    assert!(!is_whole(&[stand_in], sight) && is_whole(&[own], sight));
    let elsewhere = tile(address(11, 1634, 1062), &[], &[((5, 5), ROAD)]);
    assert_eq!(told(&[&elsewhere]), None, "what lies around is no picture of the screen");
}

#[test]
fn every_report_is_in_one_group_and_one_alone_stays_known() {
    let here = address(11, 1635, 1063);
    let sight = sight(here, 12);
    // Cells of 512 steps are squares of 64 pixels. Two beside an edge hide each other, the third stands alone.
    let known = tile(here, &[], &[((1020, 1000), ROAD), ((1030, 1000), LONG_DONE), ((3000, 2000), WASTE)]);
    let spots = spots(&[known], sight, &Filter::default()).unwrap();
    let places: Vec<Frame> = spots.iter().map(Spot::place).collect();
    let groups = groups(spots, sight);
    let told = |group: &Group| (group.whole.reports, group.whole.open, group.whole.old, group.places.len());
    assert_eq!(groups.iter().map(told).collect::<Vec<_>>(), [(2, 1, 1, 2), (1, 1, 0, 1)]);
    assert_eq!(groups[0].whole.one, None);
    assert_eq!(groups[1].whole.one.as_ref().unwrap().id, id(2));
    assert_eq!(groups[0].places, places[..2]);
}

//! What stands so near to each other on a map that it is shown as one.

use geo::WorldPoint;
use model::BBox;

use crate::route::View;

/// A side of a mark's touch area, in pixels (WCAG 2.2, 2.5.5): nearer ones are shown as one.
pub(super) const SIDE: f64 = 44.0;
/// From one to the next of those that share a spot, in pixels: a hair's breadth of rounding must not join them again.
const STEP: f64 = SIDE + 2.0;
/// From this zoom on those that share a spot stand side by side; before, their row would be as wide as a province.
const SIDE_BY_SIDE: u8 = 10;
/// The closest look that pressing a group leads to.
const CLOSEST: u8 = 15;
/// What is looked at closer should fit into this, in pixels: less than the map of the smallest phone under a half-drawn
/// sheet.
const ROOM: (f64, f64) = (200.0, 140.0);

/// Steps of a [`WorldPoint`] from one edge of the world to the other.
const STEPS: f64 = 4_294_967_296.0;

/// Places that are shown as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gathering {
    /// Which of the places, ascending.
    pub(crate) members: Vec<usize>,
    /// Where, `[lat, lng]` in degrees.
    pub(crate) place: [f64; 2],
}

impl Gathering {
    /// Whether it stands in a view.
    pub(crate) fn is_in(&self, bbox: &BBox) -> bool {
        let [lat, lng] = self.place;
        let within = |b: BBox| (b.south..=b.north).contains(&lat) && (b.west..=b.east).contains(&lng);
        bbox.split().into_iter().any(within)
    }
}

/// Gathers places, each `[lat, lng]` in degrees, as far as they would overlap at a zoom. The whole world's at once: so a
/// group stays what it is while the map moves.
pub(crate) fn gather(places: &[[f64; 2]], zoom: u8) -> Vec<Gathering> {
    let spread: Vec<[f64; 2]> = places
        .iter()
        .enumerate()
        .map(|(index, &[lat, lng])| [lat, lng + degrees_east(aside(places, index, zoom), zoom)])
        .collect();
    let points: Vec<(f64, f64)> = spread.iter().map(|&at| pixel(at, zoom)).collect();
    let shown = |group: geo::Gathered| {
        // The mean in degrees: where Indonesia lies, a finger's breadth of the projection is even to a hair.
        let mean = |axis: usize| {
            let sum: f64 = group.members.iter().filter_map(|&at| spread.get(at)).map(|at| at[axis]).sum();
            sum / group.members.len() as f64
        };
        Gathering { place: [mean(0), mean(1)], members: group.members }
    };
    geo::gather(&points, SIDE).into_iter().map(shown).collect()
}

/// How far from its spot one of several stands that share it, in pixels.
fn aside(places: &[[f64; 2]], index: usize, zoom: u8) -> f64 {
    if zoom < SIDE_BY_SIDE {
        return 0.0;
    }
    let same = |places: &[[f64; 2]], of: [f64; 2]| places.iter().filter(|place| **place == of).count() as f64;
    let (before, all) = (same(&places[..index], places[index]), same(places, places[index]));
    (before - (all - 1.0) / 2.0) * STEP
}

/// A closer look at some places, so close that they come apart as far as the screen has room for all of them.
pub(crate) fn closer(places: &[[f64; 2]], zoom: u8) -> Option<View> {
    let bounds = |axis: usize| {
        let all = || places.iter().map(move |place| place[axis]);
        Some((all().reduce(f64::min)?, all().reduce(f64::max)?))
    };
    let ((south, north), (west, east)) = (bounds(0)?, bounds(1)?);
    let fits = |zoom: u8| {
        let ((left, bottom), (right, top)) = (pixel([south, west], zoom), pixel([north, east], zoom));
        right - left <= ROOM.0 && bottom - top <= ROOM.1
    };
    let same_spot = west == east && north == south;
    let wanted = if same_spot {
        SIDE_BY_SIDE
    } else {
        (zoom..=CLOSEST).rev().find(|&zoom| fits(zoom)).unwrap_or(zoom)
    };
    let (lat, lng) = (f64::midpoint(south, north), f64::midpoint(west, east));
    Some(View { lat, lng, zoom: wanted.max(zoom + 1) })
}

/// A place in pixels of the whole world at a zoom, as Leaflet counts them: tiles of 256 pixels.
fn pixel([lat, lng]: [f64; 2], zoom: u8) -> (f64, f64) {
    let at = WorldPoint::from_degrees(lat, lng);
    (f64::from(at.x) * side(zoom) / STEPS, f64::from(at.y) * side(zoom) / STEPS)
}

/// So many pixels eastward, in degrees.
fn degrees_east(pixels: f64, zoom: u8) -> f64 {
    pixels / side(zoom) * 360.0
}

/// Pixels from one edge of the world to the other. Zooms go to 22.
fn side(zoom: u8) -> f64 {
    256.0 * f64::from(1_u32 << zoom.min(22))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bandung: its kota, its kabupaten's seat as the table has it, and the declarator of the province.
    const SPOT: [f64; 2] = [-6.92222, 107.60694];
    const CIMAHI: [f64; 2] = [-6.8722, 107.5425];

    fn members(places: &[[f64; 2]], zoom: u8) -> Vec<Vec<usize>> {
        gather(places, zoom).into_iter().map(|one| one.members).collect()
    }

    #[test]
    fn those_of_one_spot_stand_side_by_side_once_there_is_room() {
        let places = [SPOT, SPOT, CIMAHI, SPOT];
        assert_eq!(members(&places, 5), [[0, 1, 2, 3]]);
        assert_eq!(members(&places, 9), [[0, 1, 2, 3]]);
        let apart = gather(&places, 12);
        assert_eq!(apart.iter().map(|one| one.members.clone()).collect::<Vec<_>>(), [[0], [1], [2], [3]]);
        let pixels = |one: &Gathering| pixel(one.place, 12).0;
        let step = pixels(&apart[1]) - pixels(&apart[0]);
        assert!((step - STEP).abs() < 0.01, "{step}");
        assert!((apart[1].place[1] - SPOT[1]).abs() < 1e-9, "their middle is the spot");
        assert_eq!(members(&[SPOT; 3], 10), [[0], [1], [2]]);
    }

    #[test]
    fn pressing_a_group_always_leads_closer() {
        for zoom in 3..=18 {
            for places in [&[SPOT, CIMAHI][..], &[SPOT, SPOT], &[[5.5, 95.3], [-8.5, 140.4]]] {
                let view = closer(places, zoom).unwrap();
                assert!(view.zoom > zoom, "{zoom} {places:?}");
            }
        }
        assert_eq!(
            closer(&[SPOT, SPOT], 4).unwrap(),
            View { lat: SPOT[0], lng: SPOT[1], zoom: SIDE_BY_SIDE }
        );
        assert_eq!(closer(&[SPOT, CIMAHI], 4).unwrap().zoom, 11);
        assert_eq!(closer(&[], 4), None);
    }

    #[test]
    fn a_group_is_in_a_view_by_the_place_where_it_stands() {
        let one = Gathering { members: vec![0], place: [-6.9, 107.6] };
        assert!(one.is_in(&"107,-7,108,-6".parse().unwrap()));
        assert!(!one.is_in(&"108,-7,109,-6".parse().unwrap()));
        assert!(one.is_in(&"100,-7,-170,-6".parse().unwrap()), "over the line of 180 degrees");
    }
}

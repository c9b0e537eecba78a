//! The web-mercator square as two 32-bit numbers.

use std::f64::consts::PI;

/// Cells of the square along one axis.
const SIDE: f64 = 4_294_967_296.0;

/// A place in the web-mercator square (EPSG:3857): x grows eastward from 180° W, y southward from 85.0511° N,
/// each in 2^32 steps. One step is under a centimetre at the equator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorldPoint {
    /// Steps from the western edge.
    pub x: u32,
    /// Steps from the northern edge.
    pub y: u32,
}

impl WorldPoint {
    /// Projects WGS84 degrees. Latitudes beyond the square are moved to its edge, and so is 180° E to the last step.
    #[must_use]
    pub fn from_degrees(lat: f64, lng: f64) -> Self {
        let x = (lng + 180.0) / 360.0;
        // Spherical mercator: y = 1/2 - ln(tan(π/4 + φ/2)) / 2π, written with asinh so that it is exact at 0.
        let y = 0.5 - lat.to_radians().tan().asinh() / (2.0 * PI);
        Self { x: step(x), y: step(y) }
    }
}

/// A fraction of the side to a step. `as` saturates, so what lies outside lands on the edge.
fn step(fraction: f64) -> u32 {
    (fraction * SIDE).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_and_the_corners() {
        assert_eq!(WorldPoint::from_degrees(0.0, 0.0), WorldPoint { x: 1 << 31, y: 1 << 31 });
        assert_eq!(WorldPoint::from_degrees(90.0, -180.0), WorldPoint { x: 0, y: 0 });
        assert_eq!(WorldPoint::from_degrees(-90.0, 180.0), WorldPoint { x: u32::MAX, y: u32::MAX });
    }

    #[test]
    fn a_known_place() {
        // Bandung in the tile 6/51/33 of the OpenStreetMap scheme (wiki, "Slippy map tilenames").
        let bandung = WorldPoint::from_degrees(-6.9175, 107.6191);
        assert_eq!((bandung.x >> 26, bandung.y >> 26), (51, 33));
    }
}

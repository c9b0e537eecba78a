//! Degrees and the steps of the world that the map is counted in.

use std::f64::consts::{FRAC_PI_4, PI, TAU};

use geo::WorldPoint;
use js_sys::Math;

/// Steps of a [`WorldPoint`] from one edge of the world to the other.
const STEPS: f64 = 4_294_967_296.0;

/// Degrees north and east as a place of the world, as `WorldPoint::from_degrees` has it: by the browser's own functions,
/// for those of the compiler would be loaded first.
pub(crate) fn world(lat: f64, lng: f64) -> WorldPoint {
    let north = Math::log(Math::tan(FRAC_PI_4 + lat.to_radians() / 2.0)) / TAU;
    // `as` ends at the edge of the world.
    WorldPoint { x: ((lng + 180.0) / 360.0 * STEPS) as u32, y: ((0.5 - north) * STEPS) as u32 }
}

/// `[lat, lng]` of a place.
pub(crate) fn degrees(at: WorldPoint) -> [f64; 2] {
    let share = |steps: u32| f64::from(steps) / STEPS;
    let lat = 2.0 * Math::atan(Math::exp(PI - TAU * share(at.y))) - PI / 2.0;
    [lat.to_degrees(), share(at.x) * 360.0 - 180.0]
}

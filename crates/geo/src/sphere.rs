//! Distances over the earth, taken as a sphere.

use std::f64::consts::PI;

/// The mean radius of the earth, (2a + b) / 3 of the WGS84 ellipsoid, in metres. A distance over this sphere is
/// within 0.6 % of the one over the ellipsoid.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Metres between two places given in degrees, along the great circle.
///
/// The haversine formula (Sinnott, "Virtues of the Haversine", Sky & Telescope 68, 1984), which stays exact for
/// places close to each other, where the law of cosines does not.
#[must_use]
pub fn distance_m(lat: f64, lng: f64, other_lat: f64, other_lng: f64) -> f64 {
    let half_lat = (other_lat - lat).to_radians() / 2.0;
    let half_lng = (other_lng - lng).to_radians() / 2.0;
    let chord = half_lat.sin().powi(2)
        + lat.to_radians().cos() * other_lat.to_radians().cos() * half_lng.sin().powi(2);
    // Rounding may lift the square of the sine of places opposite each other a little above 1.
    2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
}

/// The edges of the rectangle of degrees that holds everything within `radius_m` metres of a place: west, south,
/// east, north. West is greater than east where it runs over the antimeridian; around a pole it goes all around.
#[must_use]
pub fn around(lat: f64, lng: f64, radius_m: f64) -> [f64; 4] {
    // A little more than asked for: what rounding would leave out at the edge costs more than a row too many.
    let angle = radius_m / EARTH_RADIUS_M * (1.0 + 1e-9) + 1e-12;
    let lat = lat.to_radians();
    let (south, north) = (lat - angle, lat + angle);
    if south <= -PI / 2.0 || north >= PI / 2.0 {
        return [-180.0, south.to_degrees().max(-90.0), 180.0, north.to_degrees().min(90.0)];
    }
    // Meridians close up towards the pole: the circle touches its outermost ones a little poleward of its middle.
    let half = (angle.sin() / lat.cos()).min(1.0).asin().to_degrees();
    let wrapped = |lng: f64| {
        if lng < -180.0 {
            lng + 360.0
        } else if lng > 180.0 {
            lng - 360.0
        } else {
            lng
        }
    };
    [wrapped(lng - half), south.to_degrees(), wrapped(lng + half), north.to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_distances() {
        let close = |a: f64, b: f64| (a - b).abs() < 0.5;
        let quarter = EARTH_RADIUS_M * PI / 2.0;
        assert!(close(distance_m(0.0, 0.0, 0.0, 90.0), quarter));
        assert!(close(distance_m(90.0, 12.0, 0.0, -70.0), quarter));
        assert!(close(distance_m(0.0, 0.0, 0.0, 180.0), 2.0 * quarter));
        assert!(close(distance_m(-6.9, 179.999, -6.9, -179.999), distance_m(-6.9, 0.0, -6.9, 0.002)));
        assert_eq!(distance_m(-6.9, 107.6, -6.9, 107.6), 0.0);
        // A degree of a great circle.
        assert!(close(distance_m(0.0, 107.0, 1.0, 107.0), 111_195.1));
    }

    fn holds([west, south, east, north]: [f64; 4], lat: f64, lng: f64) -> bool {
        let between = if west <= east { west <= lng && lng <= east } else { lng >= west || lng <= east };
        south <= lat && lat <= north && between
    }

    /// Latitudes with the poles and longitudes with the antimeridian among them far oftener than by chance.
    fn place() -> impl Strategy<Value = (f64, f64)> {
        let lat = prop_oneof![-90.0..=90.0, 89.98..=90.0, -90.0..=-89.98, Just(90.0), Just(-90.0)];
        let lng = prop_oneof![-180.0..=180.0, 179.98..=180.0, -180.0..=-179.98, Just(180.0), Just(-180.0)];
        (lat, lng)
    }

    proptest! {
        #[test]
        fn nothing_within_the_radius_lies_outside_the_rectangle(
            (lat, lng) in place(), radius in 1.0..=1000.0_f64, far in 0.0..=1.0_f64, course in 0.0..=(2.0 * PI),
        ) {
            // The place that lies `far` of the radius away in the direction `course` (spherical trigonometry).
            let (phi, angle) = (lat.to_radians(), far * radius / EARTH_RADIUS_M);
            let other = (phi.sin() * angle.cos() + phi.cos() * angle.sin() * course.cos()).clamp(-1.0, 1.0).asin();
            let east = (course.sin() * angle.sin() * phi.cos()).atan2(angle.cos() - phi.sin() * other.sin());
            let other_lng = (lng + east.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
            let other_lat = other.to_degrees();
            if distance_m(lat, lng, other_lat, other_lng) <= radius {
                prop_assert!(holds(around(lat, lng, radius), other_lat, other_lng));
            }
        }

        #[test]
        fn the_rectangle_is_on_the_earth_and_little_larger_than_the_circle((lat, lng) in place(), radius in 1.0..=1000.0_f64) {
            let [west, south, east, north] = around(lat, lng, radius);
            prop_assert!([west, east].iter().all(|lng| (-180.0..=180.0).contains(lng)));
            prop_assert!(-90.0 <= south && south <= lat && lat <= north && north <= 90.0);
            prop_assert!(distance_m(lat, lng, north, lng) <= radius * 1.001 + 0.001);
        }
    }
}

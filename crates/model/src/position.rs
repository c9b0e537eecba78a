//! A place on the earth.

/// A WGS84 position in degrees, known to be finite and within range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lat: f64,
    lng: f64,
}

/// Why two numbers are not a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PositionError {
    /// The latitude is not a number within ±90.
    #[error("latitude is not within -90 and 90 degrees")]
    Lat,
    /// The longitude is not a number within ±180.
    #[error("longitude is not within -180 and 180 degrees")]
    Lng,
}

impl Position {
    /// Checks and keeps a latitude and a longitude, both in degrees.
    ///
    /// # Errors
    /// The first of the two that is not finite or out of range.
    pub fn new(lat: f64, lng: f64) -> Result<Self, PositionError> {
        // A NaN compares as false, so it lands in the error as it must.
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Lat);
        }
        if !(-180.0..=180.0).contains(&lng) {
            return Err(PositionError::Lng);
        }
        Ok(Self { lat, lng })
    }

    /// Degrees north of the equator, -90 to 90.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east of Greenwich, -180 to 180.
    #[must_use]
    pub fn lng(self) -> f64 {
        self.lng
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_belong_to_the_earth_and_nothing_beyond_does() {
        assert!(Position::new(90.0, -180.0).is_ok());
        assert_eq!(Position::new(90.000_001, 0.0), Err(PositionError::Lat));
        assert_eq!(Position::new(0.0, 180.1), Err(PositionError::Lng));
        assert_eq!(Position::new(f64::NAN, 0.0), Err(PositionError::Lat));
        assert_eq!(Position::new(0.0, f64::INFINITY), Err(PositionError::Lng));
    }
}

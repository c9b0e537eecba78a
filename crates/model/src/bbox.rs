//! The rectangle of a map view, as it travels in a query string.

use std::{fmt, str::FromStr};

use crate::Degrees;

/// A rectangle of longitudes and latitudes in degrees. `west` greater than `east` crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BBox {
    /// The western edge.
    pub west: f64,
    /// The southern edge, at most `north`.
    pub south: f64,
    /// The eastern edge.
    pub east: f64,
    /// The northern edge.
    pub north: f64,
}

/// Why a text is not a bounding box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BBoxError {
    /// Not four numbers with commas between them.
    #[error("a bbox is four numbers: minLng,minLat,maxLng,maxLat")]
    Shape,
    /// A longitude beyond ±180 or a latitude beyond ±90.
    #[error("a bbox stays within ±180 degrees of longitude and ±90 of latitude")]
    Range,
    /// minLat is greater than maxLat.
    #[error("minLat of a bbox is not greater than maxLat")]
    Inverted,
}

impl BBox {
    /// Checks four edges in degrees.
    ///
    /// # Errors
    /// [`BBoxError::Range`] for what is not on the earth, [`BBoxError::Inverted`] for a south north of its north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, BBoxError> {
        let on_earth = |v: f64, max: f64| (-max..=max).contains(&v);
        if !(on_earth(west, 180.0) && on_earth(east, 180.0) && on_earth(south, 90.0) && on_earth(north, 90.0))
        {
            return Err(BBoxError::Range);
        }
        if south > north {
            return Err(BBoxError::Inverted);
        }
        Ok(Self { west, south, east, north })
    }

    /// Whether the rectangle runs over the line of 180 degrees.
    #[must_use]
    pub fn crosses_antimeridian(&self) -> bool {
        self.west > self.east
    }

    /// The same area as one or two rectangles that do not cross the antimeridian.
    #[must_use]
    pub fn split(&self) -> Vec<BBox> {
        if self.crosses_antimeridian() {
            vec![Self { east: 180.0, ..*self }, Self { west: -180.0, ..*self }]
        } else {
            vec![*self]
        }
    }
}

impl FromStr for BBox {
    type Err = BBoxError;

    fn from_str(text: &str) -> Result<Self, BBoxError> {
        let mut numbers = [0.0_f64; 4];
        let mut parts = text.split(',');
        for slot in &mut numbers {
            *slot = parts.next().and_then(|part| part.trim().parse().ok()).ok_or(BBoxError::Shape)?;
        }
        if parts.next().is_some() {
            return Err(BBoxError::Shape);
        }
        let [west, south, east, north] = numbers;
        Self::new(west, south, east, north)
    }
}

impl fmt::Display for BBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = [self.west, self.south, self.east, self.north].map(Degrees);
        write!(f, "{west},{south},{east},{north}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let bandung = BBox::new(107.5, -7.0, 107.75, -6.8).unwrap();
        assert_eq!(bandung.to_string().parse(), Ok(bandung));
    }

    #[test]
    fn refuses_three_numbers_five_numbers_words_and_upside_down() {
        assert_eq!("1,2,3".parse::<BBox>(), Err(BBoxError::Shape));
        assert_eq!("1,2,3,4,5".parse::<BBox>(), Err(BBoxError::Shape));
        assert_eq!("a,b,c,d".parse::<BBox>(), Err(BBoxError::Shape));
        assert_eq!("NaN,0,1,1".parse::<BBox>(), Err(BBoxError::Range));
        assert_eq!("0,5,1,4".parse::<BBox>(), Err(BBoxError::Inverted));
        assert_eq!("0,-91,1,4".parse::<BBox>(), Err(BBoxError::Range));
    }

    #[test]
    fn a_box_over_the_antimeridian_becomes_two() {
        let fiji: BBox = "177,-20,-178,-15".parse().unwrap();
        assert!(fiji.crosses_antimeridian());
        assert_eq!(fiji.split(), ["177,-20,180,-15".parse().unwrap(), "-180,-20,-178,-15".parse().unwrap()]);
    }
}

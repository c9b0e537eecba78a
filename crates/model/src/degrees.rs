//! Degrees as text, with five decimals.

use std::{fmt, str::FromStr};

/// An angle in degrees that is written with five decimals: about a metre on the ground, finer than a pixel of any
/// view.
///
/// Written and read by whole numbers. The general routines for floating point bring tables of 30 KB that do not
/// compress, and a phone would load them for nothing but this.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees(pub f64);

/// A text that is not a plain decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a plain decimal number")]
pub struct DegreesError;

const SCALE: f64 = 100_000.0;
/// Digits that a 64-bit float keeps apart, so that reading is exact.
const DIGITS: usize = 15;

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `as` makes zero of what is not a number; an angle that was checked never is.
        let steps = (self.0 * SCALE).round() as i64;
        let (sign, steps) = (if steps < 0 { "-" } else { "" }, steps.unsigned_abs());
        write!(f, "{sign}{}.{:05}", steps / 100_000, steps % 100_000)
    }
}

impl FromStr for Degrees {
    type Err = DegreesError;

    fn from_str(text: &str) -> Result<Self, DegreesError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let length = whole.len() + decimals.len();
        if whole.is_empty() || length > DIGITS {
            return Err(DegreesError);
        }
        let mut number = 0_u64;
        for digit in whole.bytes().chain(decimals.bytes()) {
            if !digit.is_ascii_digit() {
                return Err(DegreesError);
            }
            number = number * 10 + u64::from(digit - b'0');
        }
        // Both are whole numbers that a float holds exactly, so their quotient is the nearest one.
        let scale = (0..decimals.len()).fold(1.0, |scale, _| scale * 10.0);
        let value = number as f64 / scale;
        Ok(Self(if negative { -value } else { value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_plain_number() {
        for text in ["", "-", ".5", "1e3", "NaN", "+1", "1.2.3", "1234567890.123456"] {
            assert_eq!(text.parse::<Degrees>(), Err(DegreesError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_general_routines(degrees in -180.0..=180.0_f64) {
            let text = Degrees(degrees).to_string();
            let general: f64 = text.parse().unwrap();
            prop_assert!((general - degrees).abs() <= 0.5e-5 + 1e-12);
            prop_assert_eq!(text.parse(), Ok(Degrees(general)));
        }
    }
}

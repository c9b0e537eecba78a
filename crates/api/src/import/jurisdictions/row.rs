//! One row of the table as a government, or the reason why it is none.

use csv::ByteRecord;
use model::{BBox, BBoxError, Jurisdiction, Position};

use super::COLUMNS;

/// Characters of a name.
const NAME_MAX: usize = 100;
/// Characters of a domain (RFC 1035, section 2.3.4, without the root's dot).
const DOMAIN_MAX: usize = 253;

/// What about a row cannot be taken in.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RowError {
    /// More or fewer cells than the first line names.
    #[error("{found} cells where the first line has {expected}")]
    CellCount {
        /// In this row.
        found: usize,
        /// In the first line.
        expected: usize,
    },
    /// Bytes that are no text.
    #[error("{0} is not UTF-8; save the table as CSV UTF-8")]
    NotUtf8(&'static str),
    /// Not of the form of a Kemendagri code.
    #[error("code \"{0}\" is not a Kemendagri code of a kabupaten or kota, such as 32.73")]
    Code(String),
    /// The same government twice.
    #[error("code {code} stands in line {first} already")]
    Twice {
        /// Its code.
        code: String,
        /// The line of the first.
        first: u64,
    },
    /// No name, or none of at most 100 characters in one line.
    #[error("name \"{0}\" is not 1 to 100 characters in one line")]
    Name(String),
    /// Not a domain.
    #[error(
        "domain \"{0}\" is not a domain in small letters, such as bandung.go.id, without https:// and path"
    )]
    Domain(String),
    /// A cell that is no number.
    #[error("{column} \"{value}\" is not a number of degrees with a decimal point, such as -6.9222")]
    Number {
        /// Its column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// A centre that is not on the earth.
    #[error("lat {lat}, lng {lng} is not a position on the earth")]
    Center {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lng: f64,
    },
    /// Edges that make no box.
    #[error("west, south, east, north: {0}")]
    Box(BBoxError),
    /// A box that is empty or turned around; no government of Indonesia lies on the antimeridian.
    #[error("west is not less than east, or south not less than north")]
    Turned,
    /// A centre outside of its own box.
    #[error("lat, lng does not lie between west, south, east and north")]
    Outside,
}

/// Reads a row of `cells` cells, whose columns stand at `places`, in the order of [`COLUMNS`].
pub(super) fn read(
    row: &ByteRecord,
    places: &[usize; COLUMNS.len()],
    cells: usize,
) -> Result<Jurisdiction, RowError> {
    if row.len() != cells {
        return Err(RowError::CellCount { found: row.len(), expected: cells });
    }
    let mut texts = [""; COLUMNS.len()];
    for ((text, place), column) in texts.iter_mut().zip(places).zip(COLUMNS) {
        // The number of cells has been checked, so every one is there.
        let bytes = row.get(*place).unwrap_or_default();
        *text = std::str::from_utf8(bytes).map_err(|_| RowError::NotUtf8(column))?.trim();
    }
    let [code, name, domain, lat, lng, west, south, east, north] = texts;
    if !is_code(code) {
        return Err(RowError::Code(code.to_owned()));
    }
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(RowError::Name(name.to_owned()));
    }
    if !is_domain(domain) {
        return Err(RowError::Domain(domain.to_owned()));
    }
    let number = |column, text: &str| {
        text.parse::<f64>().map_err(|_| RowError::Number { column, value: text.to_owned() })
    };
    let (lat, lng) = (number("lat", lat)?, number("lng", lng)?);
    let (west, south) = (number("west", west)?, number("south", south)?);
    let (east, north) = (number("east", east)?, number("north", north)?);
    Position::new(lat, lng).map_err(|_| RowError::Center { lat, lng })?;
    BBox::new(west, south, east, north).map_err(RowError::Box)?;
    if west >= east || south >= north {
        return Err(RowError::Turned);
    }
    if !((west..=east).contains(&lng) && (south..=north).contains(&lat)) {
        return Err(RowError::Outside);
    }
    Ok(Jurisdiction {
        code: code.to_owned(),
        name: name.to_owned(),
        domain: domain.to_owned(),
        center: [lat, lng],
        bbox: [west, south, east, north],
    })
}

/// `PP.RR`: two digits of the province, from 11, and two of the kabupaten or kota, from 01.
fn is_code(text: &str) -> bool {
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(province, region)| {
        two_digits(province) && two_digits(region) && province >= "11" && region >= "01"
    })
}

fn is_domain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= DOMAIN_MAX && text.contains('.') && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: [&str; 9] =
        ["35.79", "Kota Batu", "batukota.go.id", "-7.87", "112.52", "112.4", "-8.0", "112.6", "-7.7"];

    fn with(column: &str, value: &str) -> Result<Jurisdiction, RowError> {
        let mut cells = RIGHT;
        cells[COLUMNS.iter().position(|name| *name == column).unwrap()] = value;
        read(&ByteRecord::from(cells.to_vec()), &std::array::from_fn(|place| place), 9)
    }

    #[test]
    fn a_right_row_is_a_government() {
        let batu = with("name", " Kota Batu ").unwrap();
        assert_eq!((batu.code.as_str(), batu.name.as_str()), ("35.79", "Kota Batu"));
        assert_eq!((batu.center, batu.bbox), ([-7.87, 112.52], [112.4, -8.0, 112.6, -7.7]));
    }

    #[test]
    fn every_wrong_cell_has_its_reason() {
        for code in
            ["", "3579", "35.7", "35.790", "35,79", "10.01", "35.00", "unassigned", "３５.79", "35.79.01"]
        {
            assert_eq!(with("code", code), Err(RowError::Code(code.into())));
        }
        for name in ["", "Kota\nBatu", &"a".repeat(101)] {
            assert_eq!(with("name", name), Err(RowError::Name(name.into())));
        }
        for domain in
            ["", "batu", "https://batukota.go.id", "Batukota.go.id", "batukota.go.id/", "-a.go.id", "a..id"]
        {
            assert_eq!(with("domain", domain), Err(RowError::Domain(domain.into())));
        }
        for value in ["", "-7,87", "tujuh"] {
            assert_eq!(with("lat", value), Err(RowError::Number { column: "lat", value: value.into() }));
        }
        assert!(matches!(with("lng", "212.52"), Err(RowError::Center { .. })));
        assert!(matches!(with("lat", "NaN"), Err(RowError::Center { .. })));
        assert_eq!(with("west", "-200"), Err(RowError::Box(BBoxError::Range)));
        assert_eq!(with("south", "-7.6"), Err(RowError::Box(BBoxError::Inverted)));
        assert_eq!(with("west", "112.7"), Err(RowError::Turned));
        assert_eq!(with("west", "112.55"), Err(RowError::Outside));
    }
}

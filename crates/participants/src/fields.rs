//! What several tables have alike: places, sources, sentences in both languages.

use model::{Localized, PointGeometry, PointType};
use url::Url;

use crate::Fault;

/// Latitudes of Indonesia, from the islet off Rote to the one off Weh, in degrees.
const LATITUDES: std::ops::RangeInclusive<f64> = -11.1..=6.2;

/// Longitudes of Indonesia, from the islet off Weh to the border with Papua New Guinea, in degrees.
const LONGITUDES: std::ops::RangeInclusive<f64> = 94.9..=141.1;

/// A place in Indonesia. `origin` says whose it is: `geonames:` and the number there, or `hand` for one that was put
/// there to a hundredth of a degree.
pub(crate) fn place(lat: f64, lng: f64, origin: &str) -> Result<PointGeometry, Fault> {
    if !LATITUDES.contains(&lat) {
        return Err(Fault::Latitude(lat));
    }
    if !LONGITUDES.contains(&lng) {
        return Err(Fault::Longitude(lng));
    }
    let number = origin.strip_prefix("geonames:");
    let known = number.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    if !known && origin != "hand" {
        return Err(Fault::Origin(origin.to_owned()));
    }
    Ok(PointGeometry { kind: PointType::Point, coordinates: [lng, lat] })
}

/// An address that a browser can follow.
pub(crate) fn source(text: &str) -> Result<String, Fault> {
    let whole = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    // Two addresses in one cell would be read as one with an escaped space in it.
    if whole && !text.contains(char::is_whitespace) {
        Ok(text.to_owned())
    } else {
        Err(Fault::Source(text.to_owned()))
    }
}

/// One address or more, with spaces between them.
pub(crate) fn sources(text: &str) -> Result<Vec<String>, Fault> {
    if text.is_empty() {
        return Err(Fault::Empty("sources"));
    }
    text.split(' ').map(source).collect()
}

/// A text that has to be there.
pub(crate) fn text(column: &'static str, text: &str) -> Result<String, Fault> {
    if text.is_empty() { Err(Fault::Empty(column)) } else { Ok(text.to_owned()) }
}

/// A sentence in both languages, or in neither.
pub(crate) fn spoken(what: &'static str, id: &str, en: &str) -> Result<Option<Localized>, Fault> {
    match (id.is_empty(), en.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(Localized { id: id.to_owned(), en: en.to_owned() })),
        _ => Err(Fault::OneLanguage(what)),
    }
}

/// The province a region's code lies in, and the region's number in it: `32.73` is 32 and 73.
pub(crate) fn region_code(code: &str) -> Result<(&str, u8), Fault> {
    let parts = code.split_once('.').filter(|(province, number)| {
        [province, number].into_iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
    });
    let read = parts.and_then(|(province, number)| Some((province, number.parse().ok()?)));
    read.ok_or_else(|| Fault::Code(code.to_owned()))
}

//! Who takes part in making cities smart: regions, declarators, partners.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::Localized;

/// Characters of a participant's code.
const CODE_MAX: usize = 40;

/// The years that had a cohort of the Smart City Movement, as far as its rows are known. In 2020 there was none.
pub const COHORT_YEARS: [u16; 5] = [2017, 2018, 2019, 2021, 2022];

/// What kind of participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ParticipantKind {
    /// A regency in a yearly cohort of the Smart City Movement.
    Kabupaten,
    /// A city in a yearly cohort of the Smart City Movement.
    Kota,
    /// One of those who read the Smart Citizen declaration of 2019, each for a province.
    Declarator,
    /// A ministry or state body behind the movement.
    Ministry,
    /// A company that supported the movement.
    Industry,
    /// Who began the declaration.
    Initiator,
}

impl ParticipantKind {
    /// Every kind, in the order they are told.
    pub const ALL: [Self; 6] =
        [Self::Kabupaten, Self::Kota, Self::Declarator, Self::Ministry, Self::Industry, Self::Initiator];

    /// The word as it travels and stands in an id.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kabupaten => "kabupaten",
            Self::Kota => "kota",
            Self::Declarator => "declarator",
            Self::Ministry => "ministry",
            Self::Industry => "industry",
            Self::Initiator => "initiator",
        }
    }

    /// Whether it is a region, with years in the movement.
    #[must_use]
    pub fn is_region(self) -> bool {
        matches!(self, Self::Kabupaten | Self::Kota)
    }
}

/// Why a text is no participant's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not `kind:code`")]
pub struct ParticipantIdError;

/// A participant's id: `kind:code`, such as `kota:32.73`, `declarator:72` or `ministry:kominfo`.
///
/// The code is Kemendagri's for regions (`PP.RR`) and for a declarator's province (`PP`), a name in lower case for
/// partners.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParticipantId {
    /// What kind.
    pub kind: ParticipantKind,
    /// Unique among its kind.
    pub code: String,
}

impl fmt::Display for ParticipantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.code)
    }
}

impl FromStr for ParticipantId {
    type Err = ParticipantIdError;

    fn from_str(text: &str) -> Result<Self, ParticipantIdError> {
        let (word, code) = text.split_once(':').ok_or(ParticipantIdError)?;
        let kind = ParticipantKind::ALL.into_iter().find(|kind| kind.as_str() == word);
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
        if !(1..=CODE_MAX).contains(&code.len()) || !code.bytes().all(plain) {
            return Err(ParticipantIdError);
        }
        kind.map(|kind| Self { kind, code: code.to_owned() }).ok_or(ParticipantIdError)
    }
}

/// How well it is known that a region was in a year's cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CohortEvidence {
    /// It stands in one published list of the whole cohort.
    List,
    /// A source names it together with others of the cohort.
    Group,
    /// Its own or local news says that it is one of that year's.
    #[serde(rename = "self")]
    Own,
    /// Circumstances speak for it; no source says it outright.
    Inferred,
    /// Sources contradict each other.
    Disputed,
}

impl CohortEvidence {
    /// Every grade, the surest first.
    pub const ALL: [Self; 5] = [Self::List, Self::Group, Self::Own, Self::Inferred, Self::Disputed];

    /// The word as it travels.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Group => "group",
            Self::Own => "self",
            Self::Inferred => "inferred",
            Self::Disputed => "disputed",
        }
    }

    /// Whether a page that counts it has to say that it may not be so.
    #[must_use]
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Inferred | Self::Disputed)
    }
}

/// The answer of `GET /participants`: a FeatureCollection (RFC 7946).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "type": "FeatureCollection",
    "attribution": "GeoNames (geonames.org), CC BY 4.0",
    "features": [{
        "type": "Feature",
        "id": "kota:32.73",
        "geometry": { "type": "Point", "coordinates": [107.60694, -6.92222] },
        "properties": {
            "kind": "kota",
            "code": "32.73",
            "name": "Kota Bandung",
            "province": "Jawa Barat",
            "years": [2017],
            "evidence": ["list"],
            "sources": ["https://contoh.id/daftar-2017"]
        }
    }]
})))]
pub struct Participants {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: CollectionType,
    /// Whose the coordinates are: to be shown wherever they are drawn.
    pub attribution: String,
    /// Regions by their code, then declarators by province, then partners.
    pub features: Vec<Participant>,
}

/// A participant: a Feature (RFC 7946).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "type": "Feature",
    "id": "kota:32.73",
    "geometry": { "type": "Point", "coordinates": [107.60694, -6.92222] },
    "properties": {
        "kind": "kota",
        "code": "32.73",
        "name": "Kota Bandung",
        "province": "Jawa Barat",
        "years": [2017],
        "evidence": ["list"],
        "sources": ["https://contoh.id/daftar-2017"],
        "seat": "Bandung",
        "cohorts": [{
            "year": 2017,
            "evidence": "list",
            "source": "https://contoh.id/daftar-2017",
            "name_as_published": "Kota Bandung"
        }]
    }
})))]
pub struct Participant {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub feature: FeatureType,
    /// `kind:code`.
    pub id: String,
    /// Where: a region's seat of government, a declarator's provincial capital; null for partners.
    pub geometry: Option<PointGeometry>,
    /// Who.
    pub properties: ParticipantProperties,
}

/// `FeatureCollection`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CollectionType {
    /// The one value.
    FeatureCollection,
}

/// `Feature`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeatureType {
    /// The one value.
    Feature,
}

/// `Point`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PointType {
    /// The one value.
    Point,
}

/// A point (RFC 7946, WGS84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PointGeometry {
    /// Always `Point`.
    #[serde(rename = "type")]
    pub kind: PointType,
    /// `[longitude, latitude]` in degrees.
    pub coordinates: [f64; 2],
}

/// What is known of a participant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParticipantProperties {
    /// What kind.
    pub kind: ParticipantKind,
    /// Its code: for a region also that of its jurisdiction.
    pub code: String,
    /// Its official name; null for a declarator whose name no source tells.
    pub name: Option<String>,
    /// The name of its province; null for partners.
    pub province: Option<String>,
    /// A region's years in the movement, in their order; the year of the declaration; the years a partner is named for.
    pub years: Vec<u16>,
    /// For each of a region's years, how well it is known; empty for others.
    pub evidence: Vec<CohortEvidence>,
    /// For each of a region's years the address of what says so; for others the sources there are.
    pub sources: Vec<String>,
    /// What a partner did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Localized>,
    /// Its seat of government or capital. Only where one participant is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// A region's years, each with its evidence. Only where one participant is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cohorts: Vec<Cohort>,
}

/// A region's year in the movement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cohort {
    /// The year.
    pub year: u16,
    /// How well it is known.
    pub evidence: CohortEvidence,
    /// The address of what says so.
    pub source: String,
    /// The region's name as that source writes it.
    pub name_as_published: String,
    /// What else there is to know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Localized>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        for text in ["kota:32.73", "kabupaten:32.04", "declarator:72", "ministry:kominfo", "industry:bni"] {
            assert_eq!(text.parse::<ParticipantId>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "kota",
            "kota:",
            ":32.73",
            "desa:32.73",
            "kota:32/73",
            "kota:32.73 ",
            "KOTA:32.73",
            "kota:a:b",
        ] {
            assert!(text.parse::<ParticipantId>().is_err(), "{text}");
        }
        assert!(format!("industry:{}", "a".repeat(41)).parse::<ParticipantId>().is_err());
    }

    #[test]
    fn every_word_travels_as_it_is_named() {
        for kind in ParticipantKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        for evidence in CohortEvidence::ALL {
            assert_eq!(serde_json::to_value(evidence).unwrap(), evidence.as_str());
        }
    }
}

//! The Smart City Movement in numbers: what officials said, and what can be counted. The two are never mixed.

use serde::{Deserialize, Serialize};

use crate::{CohortEvidence, Localized};

/// The answer of `GET /participants/summary`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "claims": [{
        "about": "cohort",
        "year": 2017,
        "number": 25,
        "said_on": "2022-04-21",
        "speaker": { "id": "Menteri Komunikasi dan Informatika", "en": "Minister of Communication and Informatics" },
        "source": "https://contoh.id/berita"
    }],
    "counted": {
        "rows": 26,
        "regions": 26,
        "provinces": 14,
        "regencies": 514,
        "declarators": 34,
        "years": [{
            "year": 2017,
            "rows": 26,
            "regions_so_far": 26,
            "evidence": [{ "evidence": "list", "rows": 25 }, { "evidence": "disputed", "rows": 1 }]
        }]
    },
    "provinces": [{ "code": "32", "name": "Jawa Barat", "tile": [5, 6], "regencies": 27, "regions": 13 }]
})))]
pub struct MovementSummary {
    /// What officials said, in the order of the years they spoke of.
    pub claims: Vec<Claim>,
    /// What the rows of our table count.
    pub counted: Counted,
    /// All provinces, by their code.
    pub provinces: Vec<Province>,
}

/// A number that an official said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// What was counted.
    pub about: ClaimAbout,
    /// The year it was said of.
    pub year: u16,
    /// Kabupaten and kota.
    pub number: u32,
    /// Of how many there are, where that was said too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<u32>,
    /// The day it was said or published, `YYYY-MM-DD`; null where no source tells it.
    pub said_on: Option<String>,
    /// Who said it; null where the source names nobody.
    pub speaker: Option<Localized>,
    /// The address of what reports it.
    pub source: String,
}

/// What an official counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClaimAbout {
    /// The cohort of that year alone.
    Cohort,
    /// All that had taken part until then.
    Total,
}

/// What the rows of our table count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counted {
    /// Rows: a region counts once for each of its years.
    pub rows: u32,
    /// Different kabupaten and kota.
    pub regions: u32,
    /// Provinces in which at least one of them lies.
    pub provinces: u32,
    /// All kabupaten and kota there are.
    pub regencies: u32,
    /// Who read the declaration of 2019.
    pub declarators: u32,
    /// By year.
    pub years: Vec<YearCount>,
}

/// A year's cohort, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearCount {
    /// The year.
    pub year: u16,
    /// Its rows.
    pub rows: u32,
    /// Different regions of this year and all before.
    pub regions_so_far: u32,
    /// Its rows by how well they are known, those grades that occur.
    pub evidence: Vec<EvidenceCount>,
}

/// So many rows of a grade of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceCount {
    /// The grade.
    pub evidence: CohortEvidence,
    /// How many.
    pub rows: u32,
}

/// A province, and how many of its regions take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Province {
    /// Kemendagri's code of two digits.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Its place in a tile-grid map: column and row, from 0, west to east and north to south.
    pub tile: [u8; 2],
    /// Its kabupaten and kota.
    pub regencies: u32,
    /// Those of them that are in a cohort.
    pub regions: u32,
}

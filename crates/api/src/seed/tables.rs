//! The tables of `data/demo`: who lives where, and what people write about.

use serde::Deserialize;

use super::SeedError;
use crate::catalogue::Catalogue;

const PLACES: &str = include_str!("../../../../data/demo/places.toml");
const VOICES: &str = include_str!("../../../../data/demo/voices.toml");
const CATEGORIES: &[&str] = &[
    include_str!("../../../../data/demo/categories/fire.toml"),
    include_str!("../../../../data/demo/categories/flood.toml"),
    include_str!("../../../../data/demo/categories/illegal_parking.toml"),
    include_str!("../../../../data/demo/categories/other.toml"),
    include_str!("../../../../data/demo/categories/public_facility.toml"),
    include_str!("../../../../data/demo/categories/public_order.toml"),
    include_str!("../../../../data/demo/categories/road.toml"),
    include_str!("../../../../data/demo/categories/smoke_free.toml"),
    include_str!("../../../../data/demo/categories/street_light.toml"),
    include_str!("../../../../data/demo/categories/street_vendor.toml"),
    include_str!("../../../../data/demo/categories/traffic_jam.toml"),
    include_str!("../../../../data/demo/categories/tree.toml"),
    include_str!("../../../../data/demo/categories/unlicensed_building.toml"),
    include_str!("../../../../data/demo/categories/waste.toml"),
];

/// Everything demo reports are made of.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) cities: Vec<City>,
    pub(super) categories: Vec<CategoryTexts>,
    pub(super) voices: Voices,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    cities: Vec<City>,
}

/// A city that reports come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct City {
    /// Kemendagri code.
    pub(super) code: String,
    pub(super) name: String,
    /// Its share of all reports.
    pub(super) weight: u32,
    /// What a district of it is called.
    #[serde(default = "kecamatan")]
    pub(super) district: String,
    /// Indonesia's zones are whole hours and have no summer time.
    pub(super) utc_offset_hours: i64,
    pub(super) greetings: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) neighbourhoods: Vec<Neighbourhood>,
}

/// A part of a city.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Neighbourhood {
    pub(super) kelurahan: String,
    pub(super) kecamatan: String,
    /// Latitude and longitude of its middle, in degrees.
    pub(super) at: [f64; 2],
    /// How far from the middle reports lie, in metres.
    pub(super) reach: f64,
    pub(super) streets: Vec<String>,
    pub(super) near: Vec<String>,
}

/// How people write, whatever about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Voices {
    pub(super) greetings: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) near: Vec<String>,
    pub(super) weeks: Vec<String>,
    pub(super) days: Vec<String>,
    pub(super) since: Vec<String>,
    pub(super) mornings: Vec<String>,
    pub(super) evenings: Vec<String>,
    pub(super) nights: Vec<String>,
    pub(super) numbers: Vec<String>,
    pub(super) habits: Vec<Habit>,
}

/// A way of spelling.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Habit {
    /// Of all reports, 0 to 1.
    pub(super) share: f64,
    /// No capitals, no full stop at the end.
    #[serde(default)]
    pub(super) lowercase: bool,
    /// Whole words: what stands, what is written instead.
    pub(super) replace: Vec<[String; 2]>,
}

/// What people write about one category, and what they are answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryTexts {
    pub(super) code: String,
    /// Its share of all reports.
    pub(super) weight: u32,
    /// Until when it is promised to be done, in days.
    pub(super) promise_days: u32,
    /// How long it really takes, typically, in days.
    pub(super) days: f64,
    /// Who answers.
    pub(super) agency: String,
    pub(super) verified: Vec<String>,
    pub(super) rejected: Vec<String>,
    pub(super) stories: Vec<Story>,
}

/// Sentences that go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) openings: Vec<String>,
    pub(super) details: Vec<String>,
    pub(super) effects: Vec<String>,
    pub(super) asks: Vec<String>,
    pub(super) progress: Vec<String>,
    pub(super) done: Vec<String>,
}

impl Tables {
    /// Reads what is compiled in, and keeps the cities and categories that this server offers.
    pub(super) fn read(catalogue: &Catalogue) -> Result<Self, SeedError> {
        let places: Places = toml::from_str(PLACES).map_err(SeedError::Tables)?;
        let voices = toml::from_str(VOICES).map_err(SeedError::Tables)?;
        let categories: Vec<CategoryTexts> = CATEGORIES
            .iter()
            .map(|text| toml::from_str(text))
            .collect::<Result<_, _>>()
            .map_err(SeedError::Tables)?;
        let tables = Self {
            cities: places.cities.into_iter().filter(|city| catalogue.has_jurisdiction(&city.code)).collect(),
            categories: categories.into_iter().filter(|texts| catalogue.has_category(&texts.code)).collect(),
            voices,
        };
        if tables.cities.is_empty() || tables.categories.is_empty() {
            return Err(SeedError::NothingOffered);
        }
        Ok(tables)
    }
}

fn kecamatan() -> String {
    "Kecamatan".to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn tables() -> Tables {
        Tables::read(&Catalogue::built_in().unwrap()).unwrap()
    }

    #[test]
    fn every_city_and_every_category_of_the_server_has_its_tables() {
        let catalogue = Catalogue::built_in().unwrap();
        let tables = tables();
        let cities: BTreeSet<_> = tables.cities.iter().map(|city| city.code.as_str()).collect();
        let offered: BTreeSet<_> = catalogue.site().jurisdictions.iter().map(|j| j.code.as_str()).collect();
        assert_eq!(cities, offered);
        let categories: BTreeSet<_> = tables.categories.iter().map(|texts| texts.code.as_str()).collect();
        let offered: BTreeSet<_> = catalogue.categories().iter().map(|c| c.code.as_str()).collect();
        assert_eq!(categories, offered);
    }

    #[test]
    fn no_list_is_empty_and_each_category_can_begin_in_twelve_ways() {
        for texts in tables().categories {
            let openings: BTreeSet<_> = texts.stories.iter().flat_map(|story| &story.openings).collect();
            assert!(openings.len() >= 12, "{}: {}", texts.code, openings.len());
            assert!(!texts.verified.is_empty() && !texts.rejected.is_empty(), "{}", texts.code);
            for story in &texts.stories {
                let lists = [
                    &story.details,
                    &story.effects,
                    &story.asks,
                    &story.progress,
                    &story.done,
                    &story.openings,
                ];
                assert!(lists.iter().all(|list| !list.is_empty()), "{}", texts.code);
            }
        }
        for city in tables().cities {
            assert!(!city.greetings.is_empty() && !city.closings.is_empty(), "{}", city.name);
            for hood in &city.neighbourhoods {
                assert!(!hood.streets.is_empty(), "{}", hood.kelurahan);
            }
        }
    }

    #[test]
    fn every_slot_is_one_that_is_filled() {
        let slots = "jalan kelurahan kecamatan kota patokan minggu hari sejak pagi sore malam rt n salam";
        let check = |sentences: &[String], and: &str| {
            for sentence in sentences {
                for slot in sentence.split('{').skip(1) {
                    let slot = slot.split_once('}').map(|(slot, _)| slot).unwrap();
                    assert!(slot == and || slots.split(' ').any(|known| known == slot), "{sentence}");
                }
            }
        };
        let tables = tables();
        for texts in &tables.categories {
            check(&texts.verified, "tanggal");
            check(&texts.rejected, "tanggal");
            for story in &texts.stories {
                check(&story.progress, "tanggal");
                check(&story.done, "tanggal");
                for said in [&story.openings, &story.details, &story.effects, &story.asks] {
                    check(said, "");
                }
            }
        }
        check(&tables.voices.greetings, "");
        check(&tables.voices.closings, "");
    }
}

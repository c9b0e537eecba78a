//! The tables of `data/` that the server answers from: categories and jurisdictions.

use model::{Category, Jurisdiction, Limits, Site};

use crate::words::Language;

/// What this server offers. Read once at start.
#[derive(Debug, Clone)]
pub struct Catalogue {
    site: Site,
}

impl Catalogue {
    /// Reads the tables that are compiled in.
    ///
    /// # Errors
    /// When a table is not what it should be; the unit test below keeps that from ever being released.
    pub fn built_in() -> Result<Self, serde_json::Error> {
        let categories: Vec<Category> = serde_json::from_str(include_str!("../../../data/categories.json"))?;
        let jurisdictions: Vec<Jurisdiction> =
            serde_json::from_str(include_str!("../../../data/jurisdictions.json"))?;
        let languages = Language::ALL.iter().map(|language| language.tag().to_owned()).collect();
        Ok(Self { site: Site { jurisdictions, categories, languages, limits: Limits::default() } })
    }

    /// What `GET /site` answers.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The kinds of problem that are offered.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.site.categories
    }

    /// Whether a category of this code is offered.
    #[must_use]
    pub fn has_category(&self, code: &str) -> bool {
        self.site.categories.iter().any(|category| category.code == code)
    }

    /// Whether a government of this code takes reports here.
    #[must_use]
    pub fn has_jurisdiction(&self, code: &str) -> bool {
        self.site.jurisdictions.iter().any(|jurisdiction| jurisdiction.code == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::Position;

    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let catalogue = Catalogue::built_in().unwrap();
        let site = catalogue.site();
        let codes: HashSet<_> = site.categories.iter().map(|category| &category.code).collect();
        assert_eq!(codes.len(), site.categories.len(), "a category stands twice");
        assert!(catalogue.has_category("other"), "whoever finds nothing fitting needs a way on");
        for jurisdiction in &site.jurisdictions {
            let [lat, lng] = jurisdiction.center;
            let [west, south, east, north] = jurisdiction.bbox;
            assert!(Position::new(lat, lng).is_ok(), "{}", jurisdiction.name);
            assert!(west < lng && lng < east && south < lat && lat < north, "{}", jurisdiction.name);
        }
    }
}

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

    /// The same with the governments that the operator has imported, each in the place of a built-in one of its
    /// code.
    #[must_use]
    pub fn with_jurisdictions(mut self, imported: Vec<Jurisdiction>) -> Self {
        let known = &mut self.site.jurisdictions;
        known.retain(|known| imported.iter().all(|given| given.code != known.code));
        known.extend(imported);
        known.sort_by(|a, b| a.code.cmp(&b.code));
        self
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

    use model::{Attribute, AttributeDatatype, Localized, Position};

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
    #[test]
    fn an_imported_government_stands_in_the_place_of_a_built_in_one() {
        let built_in = Catalogue::built_in().unwrap();
        let codes = |catalogue: &Catalogue| {
            let all = &catalogue.site().jurisdictions;
            all.iter().map(|jurisdiction| jurisdiction.code.clone()).collect::<Vec<_>>()
        };
        let given = |code: &str| Jurisdiction {
            code: code.into(),
            name: format!("Wilayah {code}"),
            domain: "contoh.go.id".into(),
            center: [0.0, 100.0],
            bbox: [99.0, -1.0, 101.0, 1.0],
        };
        let mut expected = codes(&built_in);
        expected.push("11.71".into());
        expected.sort();
        let together = built_in.with_jurisdictions(vec![given("32.73"), given("11.71")]);
        assert_eq!(codes(&together), expected);
        let bandung = together.site().jurisdictions.iter().find(|one| one.code == "32.73").unwrap();
        assert_eq!(bandung.name, "Wilayah 32.73");
    }

    #[test]
    fn every_question_can_be_asked_and_answered() {
        let catalogue = Catalogue::built_in().unwrap();
        for category in catalogue.categories() {
            let about = &category.code;
            let questions = &category.attributes;
            assert!(spoken(&category.name), "{about}");
            let codes: HashSet<_> = questions.iter().map(|question| &question.code).collect();
            assert_eq!(codes.len(), questions.len(), "{about}: a question stands twice");
            let orders = questions.iter().map(|question| question.order);
            assert!(orders.eq(1..=questions.len() as u32), "{about}: not in their order from 1");
            for question in questions {
                whole(question, &format!("{about}.{}", question.code));
            }
        }
    }

    fn whole(question: &Attribute, about: &str) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(question.code.chars().all(plain), "{about}: a code for forms and addresses");
        assert!(spoken(&question.description) && spoken(&question.datatype_description), "{about}");
        assert!(!question.required, "{about}: a citizen in a hurry is not held up");
        let is_list = matches!(
            question.datatype,
            AttributeDatatype::SingleValueList | AttributeDatatype::MultiValueList
        );
        assert_eq!(is_list, question.values.len() > 1, "{about}: lists have something to choose, others not");
        assert!(is_list || question.values.is_empty(), "{about}");
        let keys: HashSet<_> = question.values.iter().map(|value| &value.key).collect();
        assert_eq!(keys.len(), question.values.len(), "{about}: a key stands twice");
        for value in &question.values {
            assert!(value.key.chars().all(plain) && spoken(&value.name), "{about}: {}", value.key);
        }
    }

    fn spoken(text: &Localized) -> bool {
        [&text.id, &text.en].into_iter().all(|text| !text.is_empty() && text.trim() == text)
    }

    #[test]
    fn every_kind_of_answer_is_asked_for_somewhere() {
        use AttributeDatatype::{Datetime, MultiValueList, Number, SingleValueList, String, Text};
        let catalogue = Catalogue::built_in().unwrap();
        let questions: Vec<_> =
            catalogue.categories().iter().flat_map(|category| &category.attributes).collect();
        for kind in [String, Number, Datetime, Text, SingleValueList, MultiValueList] {
            assert!(
                questions.iter().any(|question| question.variable && question.datatype == kind),
                "{kind:?}"
            );
        }
        assert!(questions.iter().any(|question| !question.variable), "a text that only informs");
    }
}

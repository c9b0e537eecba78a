//! A profile: what the columns of another system's CSV mean here.

use std::{collections::BTreeMap, fs};

use model::{Status, UNASSIGNED};
use serde::Deserialize;

use super::{ImportError, ProfileError, builtin, time::Clock};
use crate::catalogue::Catalogue;

/// The TOML as it is written; `data/import/boston311.toml` explains each field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileFile {
    name: String,
    label: String,
    time_zone: String,
    time_format: String,
    #[serde(default = "comma")]
    delimiter: char,
    #[serde(default = "unassigned")]
    jurisdiction: String,
    columns: ColumnNames,
    statuses: BTreeMap<String, Status>,
    #[serde(default)]
    agencies: BTreeMap<String, String>,
    default_category: String,
    #[serde(default)]
    categories: Vec<CategoryRule>,
}

/// Which column of the file tells what. Where there are several, the first that is not empty counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnNames {
    pub(super) id: String,
    pub(super) opened: String,
    pub(super) target: Option<String>,
    pub(super) closed: Option<String>,
    pub(super) ontime: Option<String>,
    pub(super) status: String,
    pub(super) lat: String,
    pub(super) lng: String,
    pub(super) description: Vec<String>,
    #[serde(default)]
    pub(super) address: Vec<String>,
    #[serde(default)]
    pub(super) agency: Vec<String>,
}

/// A category for the rows that meet every condition: the column holds one of the values.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryRule {
    pub(super) category: String,
    pub(super) when: BTreeMap<String, Vec<String>>,
}

/// A profile that has been checked against what this server offers.
#[derive(Debug)]
pub(super) struct Profile {
    /// Part of every id and the first part of every report's `source`.
    pub(super) name: String,
    /// What the file is, for people.
    pub(super) label: String,
    /// How the file writes times.
    pub(super) clock: Clock,
    /// The byte between two fields.
    pub(super) delimiter: u8,
    /// The government that all its reports belong to.
    pub(super) jurisdiction: String,
    /// Which column tells what.
    pub(super) columns: ColumnNames,
    /// The source's words for where a report stands.
    pub(super) statuses: BTreeMap<String, Status>,
    /// The source's short names of departments; one that is not here stays as it is.
    pub(super) agencies: BTreeMap<String, String>,
    /// For rows that no rule matches.
    pub(super) default_category: String,
    /// The first that matches counts.
    pub(super) categories: Vec<CategoryRule>,
}

impl Profile {
    /// A built-in profile by its name, or an own one when `name` ends in `.toml` and so is a path.
    pub(super) fn load(name: &str, catalogue: &Catalogue) -> Result<Self, ImportError> {
        let profile = if name.ends_with(".toml") {
            fs::read_to_string(name).map_err(ProfileError::Read).and_then(|text| Self::read(&text, catalogue))
        } else {
            let known = || builtin::PROFILES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            builtin::PROFILES
                .iter()
                .find(|(known, _)| *known == name)
                .ok_or_else(|| ProfileError::Unknown { known: known() })
                .and_then(|(_, text)| Self::read(text, catalogue))
        };
        profile.map_err(|reason| ImportError::Profile { name: name.to_owned(), reason })
    }

    pub(super) fn read(text: &str, catalogue: &Catalogue) -> Result<Self, ProfileError> {
        let file: ProfileFile = toml::from_str(text)?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if file.name.is_empty() || !file.name.chars().all(plain) {
            return Err(ProfileError::Name(file.name));
        }
        if file.jurisdiction != UNASSIGNED && !catalogue.has_jurisdiction(&file.jurisdiction) {
            return Err(ProfileError::Jurisdiction(file.jurisdiction));
        }
        if file.columns.description.is_empty() {
            return Err(ProfileError::NoDescription);
        }
        for category in file.categories.iter().map(|rule| &rule.category).chain([&file.default_category]) {
            if !catalogue.has_category(category) {
                return Err(ProfileError::Category(category.clone()));
            }
        }
        if let Some(rule) = file.categories.iter().find(|rule| rule.when.is_empty()) {
            return Err(ProfileError::Unconditional(rule.category.clone()));
        }
        let delimiter = u8::try_from(file.delimiter)
            .ok()
            .filter(u8::is_ascii)
            .ok_or(ProfileError::Delimiter(file.delimiter))?;
        Ok(Self {
            clock: Clock::new(&file.time_format, &file.time_zone)?,
            name: file.name,
            label: file.label,
            delimiter,
            jurisdiction: file.jurisdiction,
            columns: file.columns,
            statuses: file.statuses,
            agencies: file.agencies,
            default_category: file.default_category,
            categories: file.categories,
        })
    }
}

fn comma() -> char {
    ','
}

fn unassigned() -> String {
    UNASSIGNED.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::built_in().unwrap()
    }

    fn changed(from: &str, to: &str) -> Result<Profile, ProfileError> {
        let text = builtin::PROFILES[0].1;
        assert!(text.contains(from), "{from}");
        Profile::read(&text.replacen(from, to, 1), &catalogue())
    }

    #[test]
    fn every_built_in_profile_is_right_and_has_the_name_it_is_called_by() {
        for (name, text) in builtin::PROFILES {
            assert_eq!(Profile::read(text, &catalogue()).unwrap().name, *name);
        }
    }

    #[test]
    fn what_a_profile_may_not_say() {
        assert!(changed("name =", "name =").is_ok());
        assert!(matches!(
            changed("name = \"boston311\"", "name = \"Boston 311\""),
            Err(ProfileError::Name(_))
        ));
        assert!(matches!(
            changed("category = \"road\"", "category = \"roads\""),
            Err(ProfileError::Category(_))
        ));
        assert!(matches!(changed("Open = \"received\"", "Open = \"open\""), Err(ProfileError::Syntax(_))));
        assert!(matches!(changed("time_zone", "timezone"), Err(ProfileError::Syntax(_))));
        assert!(matches!(changed("\"unassigned\"", "\"99.99\""), Err(ProfileError::Jurisdiction(_))));
        assert!(matches!(
            changed("[[categories]]", "[[categories]]\ncategory = \"other\"\nwhen = {}\n[[categories]]"),
            Err(ProfileError::Unconditional(_))
        ));
    }

    #[test]
    fn a_name_that_is_not_built_in_is_answered_with_those_that_are() {
        let error = Profile::load("boston", &catalogue()).unwrap_err().to_string();
        assert!(error.contains("boston311"), "{error}");
        assert!(Profile::load("/nowhere/own.toml", &catalogue()).is_err());
    }
}

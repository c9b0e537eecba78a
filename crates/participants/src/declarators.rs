//! `declarators.csv`: who read the Smart Citizen declaration of 2019, one for each province of that year.

use std::path::Path;

use model::{FeatureType, Participant, ParticipantId, ParticipantKind, ParticipantProperties};
use serde::Deserialize;

use crate::{
    Fault, TableError, fields,
    provinces::{self, Known, PROVINCES_OF_2019},
    table::{Once, Table},
};

/// The year of the declaration.
const YEAR: u16 = 2019;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    province: String,
    capital: String,
    lat: f64,
    lng: f64,
    position: String,
    /// Empty where no source tells it.
    name: String,
    sources: String,
}

/// The declarators by their province's code.
pub(crate) fn read(root: &Path, known: &[Known]) -> Result<Vec<Participant>, TableError> {
    let table = Table::<Row>::read(root, "declarators.csv")?;
    let mut provinces = Once::new();
    let mut all = table.each(|line, row| {
        let province = provinces::find(known, &row.province)?;
        if !province.in_2019 {
            return Err(Fault::TooYoung(row.province.clone()));
        }
        provinces.take(row.province.clone(), line, || format!("province {}", row.province))?;
        let id = ParticipantId { kind: ParticipantKind::Declarator, code: row.province.clone() };
        Ok(Participant {
            feature: FeatureType::Feature,
            id: id.to_string(),
            geometry: Some(fields::place(row.lat, row.lng, &row.position)?),
            properties: ParticipantProperties {
                kind: id.kind,
                code: id.code,
                name: Some(row.name.clone()).filter(|name| !name.is_empty()),
                province: Some(province.name().to_owned()),
                years: vec![YEAR],
                evidence: Vec::new(),
                sources: fields::sources(&row.sources)?,
                role: None,
                seat: Some(fields::text("capital", &row.capital)?),
                cohorts: Vec::new(),
            },
        })
    })?;
    // Each is of another province of that year: as many as there were are all of them.
    let found = u32::try_from(all.len()).unwrap_or(u32::MAX);
    table.expect("declarators", found, PROVINCES_OF_2019)?;
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

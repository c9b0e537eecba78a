//! `partners.csv`: ministries and companies behind the movement, and who began the declaration.

use std::path::Path;

use model::{FeatureType, Participant, ParticipantId, ParticipantKind, ParticipantProperties};
use serde::Deserialize;

use crate::{
    Fault, TableError, fields,
    table::{Once, Table},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: ParticipantKind,
    code: String,
    name: String,
    /// With spaces between them.
    years: String,
    role_id: String,
    role_en: String,
    sources: String,
}

/// The partners by kind, in the order of the table.
pub(crate) fn read(root: &Path) -> Result<Vec<Participant>, TableError> {
    let table = Table::<Row>::read(root, "partners.csv")?;
    let mut ids = Once::new();
    let mut all = table.each(|line, row| {
        if row.kind.is_region() || row.kind == ParticipantKind::Declarator {
            return Err(Fault::Stranger(row.kind.as_str()));
        }
        let id = ParticipantId { kind: row.kind, code: row.code.clone() }.to_string();
        if id.parse::<ParticipantId>().is_err() {
            return Err(Fault::PartnerCode(row.code.clone()));
        }
        ids.take(id.clone(), line, || id.clone())?;
        let role = fields::spoken("the role", &row.role_id, &row.role_en)?;
        Ok(Participant {
            feature: FeatureType::Feature,
            id,
            geometry: None,
            properties: ParticipantProperties {
                kind: row.kind,
                code: row.code.clone(),
                name: Some(fields::text("name", &row.name)?),
                province: None,
                years: years(&row.years)?,
                evidence: Vec::new(),
                sources: fields::sources(&row.sources)?,
                role: Some(role.ok_or(Fault::Empty("the role"))?),
                seat: None,
                cohorts: Vec::new(),
            },
        })
    })?;
    all.sort_by_key(|partner| partner.properties.kind);
    Ok(all)
}

/// Years of the movement, the earliest first and each once.
fn years(text: &str) -> Result<Vec<u16>, Fault> {
    let read = |word: &str| word.parse().map_err(|_| Fault::Cell(format!("years: {word:?} is no year")));
    let years = text.split(' ').map(read).collect::<Result<Vec<u16>, _>>()?;
    match years.iter().find(|year| !model::COHORT_YEARS.contains(year)) {
        Some(year) => Err(Fault::Year(*year)),
        None if years.is_sorted_by(|a, b| a < b) => Ok(years),
        None => Err(Fault::Cell("years: not in their order, or one of them twice".to_owned())),
    }
}

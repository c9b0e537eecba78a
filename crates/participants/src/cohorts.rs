//! `cohorts.csv`: a row for each year of each region; a region of several years is one participant.

use std::{collections::BTreeMap, path::Path};

use model::{
    Cohort, CohortEvidence, FeatureType, Participant, ParticipantId, ParticipantKind, ParticipantProperties,
};
use serde::Deserialize;

use crate::{
    Fault, TableError, fields,
    provinces::{self, Known},
    table::{Once, Table},
};

/// Kemendagri numbers the kota of a province from 71 on, its kabupaten below.
const FIRST_KOTA: u8 = 71;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    year: u16,
    code: String,
    name: String,
    name_as_published: String,
    kind: ParticipantKind,
    province: String,
    seat: String,
    lat: f64,
    lng: f64,
    position: String,
    evidence: CohortEvidence,
    source: String,
    note_id: String,
    note_en: String,
}

/// A region as it is found in the table, and where it stands first.
struct Region {
    line: u64,
    origin: String,
    participant: Participant,
}

/// The regions by their code, each with its years in their order.
pub(crate) fn read(root: &Path, known: &[Known]) -> Result<Vec<Participant>, TableError> {
    let table = Table::<Row>::read(root, "cohorts.csv")?;
    let mut regions = BTreeMap::<String, Region>::new();
    let mut years = Once::new();
    table.each(|line, row| {
        let participant = region(row, known)?;
        years.take((row.year, row.code.clone()), line, || format!("{} in {}", row.code, row.year))?;
        match regions.get_mut(&row.code) {
            Some(first) => {
                agrees(row, &participant, first)?;
                first.participant.properties.cohorts.extend(participant.properties.cohorts);
            }
            None => {
                stands_alone(&participant, regions.values())?;
                let origin = row.position.clone();
                regions.insert(row.code.clone(), Region { line, origin, participant });
            }
        }
        Ok(())
    })?;
    Ok(regions.into_values().map(|region| in_order(region.participant)).collect())
}

/// What a row says, if all of it can be.
fn region(row: &Row, known: &[Known]) -> Result<Participant, Fault> {
    let (province, number) = fields::region_code(&row.code)?;
    let by_code = if number < FIRST_KOTA { ParticipantKind::Kabupaten } else { ParticipantKind::Kota };
    if !row.kind.is_region() {
        return Err(Fault::Stranger(row.kind.as_str()));
    }
    if row.kind != by_code {
        let (by_code, kind) = (by_code.as_str(), row.kind.as_str());
        return Err(Fault::Kind { code: row.code.clone(), by_code, kind });
    }
    let word = if row.kind == ParticipantKind::Kota { "Kota " } else { "Kabupaten " };
    if !row.name.starts_with(word) {
        return Err(Fault::Name { name: row.name.clone(), word });
    }
    let named = provinces::find(known, &row.province)?;
    if province != row.province {
        return Err(Fault::OtherProvince { code: row.code.clone(), province: row.province.clone() });
    }
    if !model::COHORT_YEARS.contains(&row.year) {
        return Err(Fault::Year(row.year));
    }
    let cohort = Cohort {
        year: row.year,
        evidence: row.evidence,
        source: fields::source(&row.source)?,
        name_as_published: fields::text("name_as_published", &row.name_as_published)?,
        note: fields::spoken("the note", &row.note_id, &row.note_en)?,
    };
    let id = ParticipantId { kind: row.kind, code: row.code.clone() };
    Ok(Participant {
        feature: FeatureType::Feature,
        id: id.to_string(),
        geometry: Some(fields::place(row.lat, row.lng, &row.position)?),
        properties: ParticipantProperties {
            kind: row.kind,
            code: id.code,
            name: Some(row.name.clone()),
            province: Some(named.name().to_owned()),
            years: Vec::new(),
            evidence: Vec::new(),
            sources: Vec::new(),
            role: None,
            seat: Some(fields::text("seat", &row.seat)?),
            cohorts: vec![cohort],
        },
    })
}

/// Another year's row of a region says the same of it as the first.
fn agrees(row: &Row, other: &Participant, first: &Region) -> Result<(), Fault> {
    let (one, two) = (&first.participant, other);
    let differs = [
        ("name", one.properties.name != two.properties.name),
        ("seat", one.properties.seat != two.properties.seat),
        ("the place", one.geometry != two.geometry),
        ("position", first.origin != row.position),
    ];
    match differs.into_iter().find(|(_, differs)| *differs) {
        Some((column, _)) => Err(Fault::Disagrees { column, code: row.code.clone(), line: first.line }),
        None => Ok(()),
    }
}

/// No other region has its seat on the very same spot. A kabupaten and the kota of its name are easily taken for one
/// another.
fn stands_alone<'a>(region: &Participant, mut others: impl Iterator<Item = &'a Region>) -> Result<(), Fault> {
    match others.find(|other| other.participant.geometry == region.geometry) {
        Some(other) => Err(Fault::SameSpot(other.participant.id.clone())),
        None => Ok(()),
    }
}

/// The region with its years sorted, and told in the short way of the list as well.
fn in_order(mut region: Participant) -> Participant {
    let about = &mut region.properties;
    about.cohorts.sort_by_key(|cohort| cohort.year);
    about.years = about.cohorts.iter().map(|cohort| cohort.year).collect();
    about.evidence = about.cohorts.iter().map(|cohort| cohort.evidence).collect();
    about.sources = about.cohorts.iter().map(|cohort| cohort.source.clone()).collect();
    region
}

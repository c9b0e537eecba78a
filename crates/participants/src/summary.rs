//! What the rows count.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    Cohort, CohortEvidence, Counted, EvidenceCount, MovementSummary, Participant, ParticipantKind, YearCount,
};

use crate::Tables;

/// The movement in numbers: what was said beside what is counted.
#[must_use]
pub fn summary(tables: &Tables) -> MovementSummary {
    let all = &tables.participants;
    let regions: Vec<_> = all.iter().filter(|one| one.properties.kind.is_region()).collect();
    let years = years(&regions);
    let declarators = all.iter().filter(|one| one.properties.kind == ParticipantKind::Declarator);
    let counted = Counted {
        rows: years.iter().map(|year| year.rows).sum(),
        regions: number(regions.len()),
        provinces: number(tables.provinces.iter().filter(|province| province.regions > 0).count()),
        regencies: tables.provinces.iter().map(|province| province.regencies).sum(),
        declarators: number(declarators.count()),
        years,
    };
    MovementSummary { claims: tables.claims.clone(), counted, provinces: tables.provinces.clone() }
}

/// Every year with its rows, and how many regions there were until then.
fn years(regions: &[&Participant]) -> Vec<YearCount> {
    let mut rows = BTreeMap::<u16, Vec<(&str, &Cohort)>>::new();
    for region in regions {
        for cohort in &region.properties.cohorts {
            rows.entry(cohort.year).or_default().push((&region.id, cohort));
        }
    }
    let mut so_far = BTreeSet::new();
    let mut counts = Vec::new();
    for (year, rows) in rows {
        so_far.extend(rows.iter().map(|(id, _)| *id));
        let of = |grade| rows.iter().filter(|(_, cohort)| cohort.evidence == grade).count();
        let grades =
            CohortEvidence::ALL.map(|grade| EvidenceCount { evidence: grade, rows: number(of(grade)) });
        counts.push(YearCount {
            year,
            rows: number(rows.len()),
            regions_so_far: number(so_far.len()),
            evidence: grades.into_iter().filter(|grade| grade.rows > 0).collect(),
        });
    }
    counts
}

/// A number of rows. There are hundreds.
fn number(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

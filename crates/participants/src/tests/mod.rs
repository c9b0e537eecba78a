//! The tables as they are, and each rule with a row that breaks it.

mod faults;

use std::{fs, path::Path};

use model::{CohortEvidence, EvidenceCount, ParticipantKind};
use tempfile::TempDir;

use super::*;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn tables() -> Tables {
    Tables::read(root()).unwrap()
}

/// A repository of its own with the same tables.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join(FOLDER)).unwrap();
    for file in fs::read_dir(root().join(FOLDER)).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(FOLDER).join(file.file_name())).unwrap();
    }
    folder
}

/// What is said when on this line of a table the one text stands in place of the other.
#[track_caller]
fn with(table: &str, line: usize, one: &str, other: &str) -> String {
    let folder = copy();
    let file = folder.path().join(FOLDER).join(table);
    let text = fs::read_to_string(&file).unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    assert!(lines[line - 1].contains(one), "{table}:{line}: {}", lines[line - 1]);
    lines[line - 1] = lines[line - 1].replacen(one, other, 1);
    // A line that is emptied is gone.
    lines.retain(|line| !line.is_empty());
    fs::write(&file, lines.join("\n")).unwrap();
    match Tables::read(folder.path()) {
        Ok(_) => panic!("{table}:{line} may say {other:?}"),
        Err(error) => error.to_string().strip_prefix("data/participants/").unwrap().to_owned(),
    }
}

/// A whole line of a table.
fn line(table: &str, number: usize) -> String {
    let text = fs::read_to_string(root().join(FOLDER).join(table)).unwrap();
    text.lines().nth(number - 1).unwrap().to_owned()
}

#[test]
fn the_tables_are_read_and_counted() {
    let tables = tables();
    let summary = summary(&tables);
    let counted = &summary.counted;
    assert_eq!((counted.rows, counted.regions, counted.provinces), (169, 160, 29));
    assert_eq!((counted.regencies, counted.declarators), (514, 34));
    let years: Vec<_> = counted.years.iter().map(|year| (year.year, year.rows)).collect();
    assert_eq!(years, [(2017, 26), (2018, 50), (2019, 25), (2021, 45), (2022, 23)]);
    let so_far: Vec<_> = counted.years.iter().map(|year| year.regions_so_far).collect();
    assert_eq!(so_far, [26, 76, 99, 137, 160]);
    let grade = |evidence, rows| EvidenceCount { evidence, rows };
    assert_eq!(
        counted.years[0].evidence,
        [grade(CohortEvidence::List, 25), grade(CohortEvidence::Disputed, 1)]
    );
    assert_eq!(
        counted.years[3].evidence,
        [
            grade(CohortEvidence::Group, 29),
            grade(CohortEvidence::Own, 10),
            grade(CohortEvidence::Inferred, 6)
        ]
    );
    assert_eq!(summary.provinces.len(), 38);
    assert_eq!(summary.provinces.iter().map(|province| province.regions).sum::<u32>(), 160);
    let claims: Vec<_> = summary.claims.iter().map(|claim| (claim.year, claim.number)).collect();
    assert_eq!(
        claims,
        [(2017, 25), (2018, 50), (2018, 75), (2019, 25), (2021, 48), (2021, 141), (2022, 50), (2022, 191)]
    );
}

#[test]
fn participants_stand_in_their_order_and_a_region_of_several_years_once() {
    let all = tables().participants;
    let kinds: Vec<_> = all.iter().map(|one| one.properties.kind.is_region()).collect();
    assert!(kinds.is_sorted_by(|a, b| a >= b), "regions come first");
    let codes: Vec<_> = all.iter().map(|one| one.properties.code.as_str()).collect();
    assert!(codes[..160].is_sorted() && codes[160..194].is_sorted());
    assert!(all[160..194].iter().all(|one| one.properties.kind == ParticipantKind::Declarator));
    assert!(all[194..].iter().all(|one| one.geometry.is_none() && one.properties.role.is_some()));
    let sleman = &all.iter().find(|one| one.id == "kabupaten:34.04").unwrap().properties;
    assert_eq!(sleman.years, [2017, 2021]);
    assert_eq!(sleman.evidence, [CohortEvidence::List, CohortEvidence::Group]);
    assert_eq!(sleman.sources, [sleman.cohorts[0].source.as_str(), sleman.cohorts[1].source.as_str()]);
}

//! Where a claim and a count differ, and how far a count can be relied upon: in words, from the numbers themselves.

use model::{CohortEvidence, YearCount};

use crate::words::Words;

/// Rows of a year of one grade of evidence.
pub(super) fn rows_of(year: &YearCount, grade: CohortEvidence) -> u32 {
    year.evidence.iter().filter(|count| count.evidence == grade).map(|count| count.rows).sum()
}

/// Rows of a year that a source names.
pub(super) fn sure_rows(year: &YearCount) -> u32 {
    year.evidence.iter().filter(|count| !count.evidence.is_doubtful()).map(|count| count.rows).sum()
}

/// How the rows of a year stand to what was claimed of its cohort.
pub(super) fn against_cohort(words: Words, claimed: u32, year: &YearCount) -> String {
    match (claimed.saturating_sub(year.rows), year.rows.saturating_sub(claimed)) {
        // Where a row may be wrong, the two agree by chance and not by name.
        (0, 0) if sure_rows(year) == year.rows => words.movement_same().to_owned(),
        (0, 0) => words.movement_as_many().to_owned(),
        (0, more) => words.movement_more(more.into()),
        // Where a row may be wrong, one more is missing.
        (missing, _) if sure_rows(year) < year.rows => words.movement_missing_at_least(missing.into()),
        (missing, _) => words.movement_missing(missing.into()),
    }
}

/// How the different regions until a year stand to what was claimed of all until then.
pub(super) fn against_total(words: Words, claimed: u32, counted: u32) -> String {
    match (claimed.saturating_sub(counted), counted.saturating_sub(claimed)) {
        (0, 0) => words.movement_same().to_owned(),
        (0, more) => words.movement_more(more.into()),
        (fewer, _) => words.movement_fewer(fewer.into()),
    }
}

/// What is to be said of rows that may be wrong, of one year or of several.
pub(super) fn doubts(words: Words, years: &[YearCount]) -> Vec<String> {
    let rows = |grade| years.iter().map(|year| rows_of(year, grade)).sum::<u32>();
    let inferred = rows(CohortEvidence::Inferred);
    let disputed = rows(CohortEvidence::Disputed);
    [
        (inferred > 0).then(|| words.movement_inferred(inferred.into())),
        (disputed > 0).then(|| words.movement_disputed(disputed.into())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

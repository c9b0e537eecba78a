//! `claims.csv`: what officials said how many took part. Kept apart from what can be counted.

use std::path::Path;

use jiff::civil::Date;
use model::{Claim, ClaimAbout};
use serde::Deserialize;

use crate::{
    Fault, TableError, fields,
    table::{Once, Table},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    about: ClaimAbout,
    year: u16,
    number: u32,
    out_of: Option<u32>,
    /// Empty where no source tells it.
    said_on: String,
    /// Both empty where the source names nobody.
    speaker_id: String,
    speaker_en: String,
    source: String,
}

/// The claims by the year they speak of, a cohort before the total it led to.
pub(crate) fn read(root: &Path) -> Result<Vec<Claim>, TableError> {
    let table = Table::<Row>::read(root, "claims.csv")?;
    let mut known = Once::new();
    let mut all = table.each(|line, row| {
        if !model::COHORT_YEARS.contains(&row.year) {
            return Err(Fault::Year(row.year));
        }
        let total = row.about == ClaimAbout::Total;
        known.take((row.year, total), line, || format!("this claim of {}", row.year))?;
        if let Some(out_of) = row.out_of.filter(|out_of| row.number > *out_of) {
            return Err(Fault::MoreThanAll { number: row.number, out_of });
        }
        Ok(Claim {
            about: row.about,
            year: row.year,
            number: row.number,
            out_of: row.out_of,
            said_on: day(&row.said_on)?,
            speaker: fields::spoken("the speaker", &row.speaker_id, &row.speaker_en)?,
            source: fields::source(&row.source)?,
        })
    })?;
    all.sort_by_key(|claim| (claim.year, claim.about == ClaimAbout::Total));
    Ok(all)
}

/// A day of the calendar, or none.
fn day(text: &str) -> Result<Option<String>, Fault> {
    match text.parse::<Date>() {
        _ if text.is_empty() => Ok(None),
        // Other ways to write one are understood too, but only this one travels.
        Ok(day) if day.to_string() == text => Ok(Some(text.to_owned())),
        _ => Err(Fault::Day(text.to_owned())),
    }
}

//! `warga-api import csv`: a CSV file, row by row, into the store.

use std::{
    mem,
    path::{Path, PathBuf},
    time::Instant,
};

use csv::ByteRecord;
use model::Category;

use super::{
    ImportError, Summary, columns::Columns, profile::Profile, rejects_file::RejectsFile, row::RowReader,
    source_file::SourceFile,
};
use crate::{
    catalogue::Catalogue,
    store::{ImportedReport, Store},
};

/// Reports in one transaction: enough to make the price of a durable commit small, little enough to keep in memory.
const BATCH: usize = 5000;

/// What to import.
#[derive(Debug, Clone)]
pub struct CsvImport {
    /// The name of a built-in profile, or the path of a `.toml`.
    pub profile: String,
    /// The file, plain or gzip.
    pub file: PathBuf,
    /// Where rows go that cannot be taken in; rewritten by every import.
    pub rejects: PathBuf,
}

/// Where the rejects of a file go unless the operator says otherwise: `DATA/rejects/PROFILE-FILE.csv`.
#[must_use]
pub fn default_rejects(data: &Path, profile: &str, file: &Path) -> PathBuf {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (profile, file) = (name(Path::new(profile)), name(file));
    let profile = profile.strip_suffix(".toml").unwrap_or(&profile);
    let stem = file.strip_suffix(".gz").unwrap_or(&file);
    let stem = stem.strip_suffix(".csv").unwrap_or(stem);
    data.join("rejects").join(format!("{profile}-{stem}.csv"))
}

/// Imports a file. The same file again adds nothing.
///
/// Reads on the calling thread: for the command line, not for a server that answers others meanwhile.
///
/// # Errors
/// Whatever [`ImportError`] names. Batches that were committed before stand, and a second import skips them.
pub async fn run(store: &dyn Store, options: &CsvImport) -> Result<Summary, ImportError> {
    let started = Instant::now();
    let imported = store.jurisdictions().await.map_err(ImportError::Jurisdictions)?;
    let catalogue = Catalogue::built_in().map_err(ImportError::Catalogue)?.with_jurisdictions(imported);
    let profile = Profile::load(&options.profile, &catalogue)?;
    let mut file = SourceFile::open(&options.file, profile.delimiter)
        .map_err(|reason| ImportError::Open { path: options.file.clone(), reason })?;
    let columns = Columns::find(file.header(), &profile).map_err(|missing| ImportError::MissingColumns {
        path: options.file.clone(),
        columns: missing.join(", "),
    })?;
    let unwritten = |reason| ImportError::Rejects { path: options.rejects.clone(), reason };
    let mut rejects = RejectsFile::create(&options.rejects, file.header()).map_err(unwritten)?;

    // Another system's citizens were not asked our questions, so a row owes no answer, not even a required one.
    let unasked = |category: &Category| Category { attributes: Vec::new(), ..category.clone() };
    let categories: Vec<Category> = catalogue.categories().iter().map(unasked).collect();
    let reader = RowReader { profile: &profile, columns: &columns, categories: &categories };
    let label = profile.label.clone();
    let mut summary = Summary { label, rejects: options.rejects.clone(), ..Summary::default() };
    let mut batch = Vec::with_capacity(BATCH);
    let mut row = ByteRecord::new();
    let cut = loop {
        let line = match file.next(&mut row) {
            Ok(Some(line)) => line,
            Ok(None) => break None,
            Err(reason) => break Some(reason),
        };
        summary.read += 1;
        match reader.read(&row) {
            Ok(report) => batch.push(report),
            Err(reject) => {
                rejects.add(line, &reject, &row).map_err(unwritten)?;
                summary.rejected += 1;
            }
        }
        if batch.len() == BATCH {
            add(store, mem::replace(&mut batch, Vec::with_capacity(BATCH)), &mut summary, started).await?;
        }
    };
    add(store, batch, &mut summary, started).await?;
    rejects.finish().map_err(unwritten)?;
    summary.elapsed = started.elapsed();
    match cut {
        None => Ok(summary),
        Some(reason) => Err(ImportError::Cut {
            path: options.file.clone(),
            line: file.last_line(),
            reason,
            so_far: Box::new(summary),
        }),
    }
}

async fn add(
    store: &dyn Store,
    batch: Vec<ImportedReport>,
    summary: &mut Summary,
    started: Instant,
) -> Result<(), ImportError> {
    if batch.is_empty() {
        return Ok(());
    }
    match store.import(batch).await {
        Ok(count) => {
            summary.added += count.added;
            summary.known += count.known;
            Ok(())
        }
        Err(reason) => {
            summary.elapsed = started.elapsed();
            Err(ImportError::Store { reason, so_far: Box::new(summary.clone()) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_stand_beside_the_data_under_the_names_of_profile_and_file() {
        let at = |profile, file| default_rejects(Path::new("/data"), profile, Path::new(file));
        assert_eq!(
            at("boston311", "/in/boston311-2015.csv.gz"),
            Path::new("/data/rejects/boston311-boston311-2015.csv")
        );
        assert_eq!(at("own/lapor.toml", "rows.csv"), Path::new("/data/rejects/lapor-rows.csv"));
        assert_eq!(at("x", "rows"), Path::new("/data/rejects/x-rows.csv"));
    }
}

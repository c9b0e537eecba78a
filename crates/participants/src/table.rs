//! A table read row by row, each with its line.

use std::{collections::HashMap, hash::Hash, path::Path};

use serde::de::DeserializeOwned;

use crate::{FOLDER, Fault, TableError};

/// A file and its rows.
pub(crate) struct Table<R> {
    file: String,
    rows: Vec<(u64, R)>,
}

impl<R: DeserializeOwned> Table<R> {
    /// Reads the table of this name. What a row's columns are is what `R` says, no more and no less.
    pub(crate) fn read(root: &Path, name: &str) -> Result<Self, TableError> {
        let file = format!("{FOLDER}/{name}");
        let read = || -> Result<_, csv::Error> {
            let mut reader = csv::Reader::from_path(root.join(&file))?;
            let columns = reader.headers()?.clone();
            let records = reader.into_records().collect::<Result<Vec<_>, _>>()?;
            Ok((columns, records))
        };
        let (columns, records) = read().map_err(|source| TableError::File { file: file.clone(), source })?;
        let mut rows = Vec::new();
        for record in records {
            // A record that was read from a file knows where it began.
            let line = record.position().map_or(0, csv::Position::line);
            let at = |fault| TableError::Row { file: file.clone(), line, fault };
            if let Some(cell) = record.iter().find(|cell| cell.trim() != *cell) {
                return Err(at(Fault::Space(cell.to_owned())));
            }
            let row = record.deserialize(Some(&columns)).map_err(|error| at(cell_fault(&error, &columns)))?;
            rows.push((line, row));
        }
        Ok(Self { file, rows })
    }
}

impl<R> Table<R> {
    /// Every row with its line.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u64, &R)> {
        self.rows.iter().map(|(line, row)| (*line, row))
    }

    /// Makes something of every row; what is wrong with one is told with its line.
    pub(crate) fn each<T>(
        &self,
        mut make: impl FnMut(u64, &R) -> Result<T, Fault>,
    ) -> Result<Vec<T>, TableError> {
        let at = |line, fault| TableError::Row { file: self.file.clone(), line, fault };
        self.rows().map(|(line, row)| make(line, row).map_err(|fault| at(line, fault))).collect()
    }

    /// What is wrong with all the rows together.
    pub(crate) fn whole(&self, fault: Fault) -> TableError {
        TableError::Whole { file: self.file.clone(), fault }
    }

    /// Fails unless there are as many as there have to be.
    pub(crate) fn expect(&self, what: &'static str, found: u32, expected: u32) -> Result<(), TableError> {
        if found == expected { Ok(()) } else { Err(self.whole(Fault::Count { what, found, expected })) }
    }
}

/// What may stand in a table once, and the line it stands on.
pub(crate) struct Once<K>(HashMap<K, u64>);

impl<K: Eq + Hash> Once<K> {
    pub(crate) fn new() -> Self {
        Self(HashMap::new())
    }

    /// Takes it in, or says where it was before. `what` is how it is told.
    pub(crate) fn take(&mut self, key: K, line: u64, what: impl FnOnce() -> String) -> Result<(), Fault> {
        match self.0.insert(key, line) {
            None => Ok(()),
            Some(line) => Err(Fault::Twice { what: what(), line }),
        }
    }
}

/// What the CSV reader found wrong with a row, with the column's name in place of its number.
fn cell_fault(error: &csv::Error, columns: &csv::StringRecord) -> Fault {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return Fault::Cell(error.to_string()) };
    let column = err.field().and_then(|field| columns.get(usize::try_from(field).ok()?));
    Fault::Cell(match column {
        Some(column) => format!("{column}: {}", err.kind()),
        None => err.kind().to_string(),
    })
}

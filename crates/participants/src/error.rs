//! What can be wrong with a table, told so that whoever edits it finds the place.

/// Why the tables cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A file cannot be read at all.
    #[error("{file}: {source}")]
    File {
        /// The file, from the root of the repository.
        file: String,
        /// What the system or the CSV reader says.
        source: csv::Error,
    },
    /// A row breaks a rule.
    #[error("{file}:{line}: {fault}")]
    Row {
        /// The file, from the root of the repository.
        file: String,
        /// The line its row begins on, from 1.
        line: u64,
        /// What is wrong.
        fault: Fault,
    },
    /// Each row may be right, but together they are not.
    #[error("{file}: {fault}")]
    Whole {
        /// The file, from the root of the repository.
        file: String,
        /// What is wrong.
        fault: Fault,
    },
}

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    /// A cell is not what its column holds, a column is missing, or one is not known.
    #[error("{0}")]
    Cell(String),
    /// Space around a text would be shown, and makes equal names different.
    #[error("{0:?} has space around it")]
    Space(String),
    /// A column that has to say something does not.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// One language says something and the other does not.
    #[error("{0} is said in one language only")]
    OneLanguage(&'static str),
    /// Something that there is once stands there twice.
    #[error("{what} stands there already, on line {line}")]
    Twice {
        /// What.
        what: String,
        /// Where.
        line: u64,
    },
    /// Not Kemendagri's code of a region (`PP.RR`) or a province (`PP`).
    #[error("{0:?} is no code of Kemendagri's")]
    Code(String),
    /// Not a participant's code.
    #[error("{0:?} is no code: lower-case letters, digits, `.` and `-`, at most 40")]
    PartnerCode(String),
    /// A code or column names a province that is not in `provinces.csv`.
    #[error("no province has the code {0:?}")]
    Province(String),
    /// The code lies in another province than the row says.
    #[error("the code {code} does not lie in province {province}")]
    OtherProvince {
        /// The region's code.
        code: String,
        /// The province the row names.
        province: String,
    },
    /// The code is that of a kota and the row says kabupaten, or the other way round.
    #[error("{code} is the code of a {by_code}, not of a {kind}")]
    Kind {
        /// The region's code.
        code: String,
        /// What its number says.
        by_code: &'static str,
        /// What the row says.
        kind: &'static str,
    },
    /// The name does not begin with what the region is.
    #[error("the name {name:?} does not begin with {word:?}")]
    Name {
        /// The name.
        name: String,
        /// How it has to begin.
        word: &'static str,
    },
    /// A kind that does not belong into the table.
    #[error("a {0} does not belong into this table")]
    Stranger(&'static str),
    /// South of Rote or north of Weh.
    #[error("latitude {0} is not in Indonesia")]
    Latitude(f64),
    /// West of Weh or east of the border with Papua New Guinea.
    #[error("longitude {0} is not in Indonesia")]
    Longitude(f64),
    /// Neither a place of GeoNames nor put there by hand.
    #[error("{0:?} is neither `geonames:` with a number nor `hand`")]
    Origin(String),
    /// Two regions have their seat on one and the same spot: one of them has the other's.
    #[error("{0} has its seat on the same spot")]
    SameSpot(String),
    /// The same region is described differently in another year.
    #[error("{column} is not what line {line} says of {code}")]
    Disagrees {
        /// The column.
        column: &'static str,
        /// The region's code.
        code: String,
        /// Where it stands for the first time.
        line: u64,
    },
    /// A year in which there was no cohort.
    #[error("there was no cohort in {0}")]
    Year(u16),
    /// Not an http or https address.
    #[error("{0:?} is not the address of a source")]
    Source(String),
    /// Not a day of the calendar.
    #[error("{0:?} is not a day (YYYY-MM-DD)")]
    Day(String),
    /// More than there are.
    #[error("{number} of {out_of} is more than all")]
    MoreThanAll {
        /// How many.
        number: u32,
        /// Of how many.
        out_of: u32,
    },
    /// A tile beside the grid.
    #[error("tile {0}, {1} is not on the grid of {columns} by {rows}", columns = crate::provinces::GRID[0], rows = crate::provinces::GRID[1])]
    Tile(u8, u8),
    /// A declarator of a province that did not exist.
    #[error("province {0} did not exist in 2019")]
    TooYoung(String),
    /// So many are there, and so many there are.
    #[error("{found} {what}, but there are {expected}")]
    Count {
        /// Of what.
        what: &'static str,
        /// In the table.
        found: u32,
        /// In truth.
        expected: u32,
    },
}

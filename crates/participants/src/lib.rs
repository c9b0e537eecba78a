//! The tables of who takes part in making cities smart (`data/participants/`): read, held to their rules, counted.
//!
//! They are read while the server is built, so that a row that cannot be right never reaches a citizen: the build ends
//! and names the file and the line.

mod claims;
mod cohorts;
mod declarators;
mod error;
mod fields;
mod partners;
mod provinces;
mod summary;
mod table;
#[cfg(test)]
mod tests;

use std::path::Path;

use model::{Claim, Participant, Province};

pub use error::{Fault, TableError};
pub use summary::summary;

/// Where the tables lie, below the root of the repository.
pub const FOLDER: &str = "data/participants";

/// What the tables say.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// Everybody, each with all that is known: regions by their code, then declarators by province, then partners.
    pub participants: Vec<Participant>,
    /// What officials said, in the order of the years they spoke of.
    pub claims: Vec<Claim>,
    /// All provinces, by their code.
    pub provinces: Vec<Province>,
}

impl Tables {
    /// Reads the tables of a repository from its root.
    ///
    /// # Errors
    /// The first thing that is wrong, with its file and line.
    pub fn read(root: &Path) -> Result<Self, TableError> {
        let provinces = provinces::read(root)?;
        let regions = cohorts::read(root, &provinces)?;
        let declarators = declarators::read(root, &provinces)?;
        let partners = partners::read(root)?;
        let provinces = provinces.iter().map(|known| known.counted(&regions)).collect();
        Ok(Self {
            participants: [regions, declarators, partners].concat(),
            claims: claims::read(root)?,
            provinces,
        })
    }
}

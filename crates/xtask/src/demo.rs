//! Demo data for a first start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::exec;
use crate::portal::remove;
use crate::shell::Shell;
use crate::steps::{Outcome, Step};
use crate::workspace::Profile;

/// The file by which a data folder is known to be in use.
const DATABASE: &str = "warga.sqlite3";

/// Fills the data folder `data` with demo data if there is nothing in it. It is filled under another name and renamed when
/// complete, so an interrupted filling is never taken for a database. `reports`: how many; `None` leaves it to the server.
pub(crate) fn fill(
    shell: &Shell,
    step: &Step,
    profile: Profile,
    data: &Path,
    reports: Option<u32>,
) -> Result<Outcome> {
    if data.join(DATABASE).exists() {
        return Ok(Outcome::UpToDate);
    }
    if !is_empty(data)? {
        return Ok(Outcome::Note(format!("none: {} holds other files", data.display())));
    }
    let partial = sibling(data)?;
    remove(&partial)?;
    if let Some(parent) = partial.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    let mut seed = shell.command(shell.workspace.api_binary(profile))?;
    seed.arg("seed").arg("--data").arg(&partial);
    if let Some(reports) = reports {
        seed.arg("--reports").arg(reports.to_string());
    }
    exec::logged(shell, step, "demo data", &mut seed)?;
    // Onto an empty folder too, which rename replaces.
    fs::rename(&partial, data)
        .with_context(|| format!("cannot put demo data in {}, start with --no-demo", data.display()))?;
    Ok(Outcome::Done)
}

fn is_empty(folder: &Path) -> Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", folder.display())),
    }
}

/// Beside `data`, on the same disk, so that it can be renamed.
fn sibling(data: &Path) -> Result<PathBuf> {
    let mut name =
        data.file_name().with_context(|| format!("{} cannot be a data folder", data.display()))?.to_owned();
    name.push(".seeding");
    Ok(data.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn a_folder_with_anything_in_it_is_not_empty() {
        let scratch = Scratch::new("demo");
        let data = scratch.path().join("data");
        assert!(is_empty(&data).expect("absent"));
        fs::create_dir(&data).expect("folder");
        assert!(is_empty(&data).expect("empty"));
        scratch.write("data/photos/a.jpg", "x");
        assert!(!is_empty(&data).expect("used"));
    }

    #[test]
    fn the_partial_folder_is_a_sibling() {
        assert_eq!(sibling(Path::new("/var/data")).expect("named"), Path::new("/var/data.seeding"));
        assert!(sibling(Path::new("/")).is_err());
    }
}

//! The browser that tests drive.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::setup::apt;
use crate::shell::Shell;
use crate::steps::Step;

const NAMES: [&str; 4] = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

/// The browser's full path, and whether it had to be installed. `$WARGA_CHROMIUM` names another one.
pub(crate) fn ensure(shell: &Shell, step: &Step) -> Result<(PathBuf, bool)> {
    if let Some(given) =
        std::env::var_os("WARGA_CHROMIUM").filter(|given| !given.is_empty()).map(PathBuf::from)
    {
        if !is_program(&given) {
            bail!("WARGA_CHROMIUM names {}, which is no program", given.display());
        }
        return Ok((std::path::absolute(&given).context("WARGA_CHROMIUM cannot be made absolute")?, false));
    }
    let installed =
        apt::ensure(shell, step, "Chromium, for the browser tests,", "chromium", || find().is_some())?;
    Ok((find().context("Chromium is missing")?, installed))
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    NAMES.iter().find_map(|name| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
    })
}

fn is_program(file: &Path) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

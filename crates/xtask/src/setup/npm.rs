//! The npm packages that package-lock.json names.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::exec;
use crate::shell::Shell;
use crate::steps::{Outcome, Step};

/// A copy of the lock that `node_modules` was installed from, in it, written last. `npm ci` begins by deleting the folder,
/// so an interrupted installation has none.
const STAMP: &str = ".warga-package-lock.json";

/// Installs the packages unless exactly they are there, and lets commands find their programs.
pub(crate) fn ensure(shell: &mut Shell, step: &Step) -> Result<Outcome> {
    let modules = shell.workspace.path("node_modules");
    let lock =
        fs::read(shell.workspace.path("package-lock.json")).context("cannot read package-lock.json")?;
    shell.add_tools(modules.join(".bin"));
    if is_from(&modules, &lock) {
        return Ok(Outcome::UpToDate);
    }
    // Nothing here needs install scripts, so nobody else's code runs for having been downloaded.
    let mut npm = shell.command("npm")?;
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    exec::logged(shell, step, "npm ci", &mut npm)
        .context("the npm packages are missing, mend what stops `npm ci --ignore-scripts`")?;
    fs::write(modules.join(STAMP), &lock).context("cannot write into node_modules")?;
    Ok(Outcome::Done)
}

fn is_from(modules: &Path, lock: &[u8]) -> bool {
    fs::read(modules.join(STAMP)).is_ok_and(|stamp| stamp == lock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn only_the_same_lock_counts_as_installed() {
        let scratch = Scratch::new("npm");
        let modules = scratch.path().join("node_modules");
        assert!(!is_from(&modules, b"{}"), "nothing installed");
        scratch.write("node_modules/leaflet/package.json", "{}");
        assert!(!is_from(&modules, b"{}"), "interrupted");
        scratch.write("node_modules/.warga-package-lock.json", "{}");
        assert!(is_from(&modules, b"{}"));
        assert!(!is_from(&modules, b"{ }"), "the lock has changed");
    }
}

//! Python packages, in an environment of their own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::exec;
use crate::fingerprint;
use crate::lock;
use crate::setup::{apt, cache};
use crate::shell::Shell;
use crate::steps::Step;

/// Every package in one version, with the hashes of its files. `pip-compile --generate-hashes` wrote it from the `.in`
/// beside it.
const REQUIREMENTS: &str = "tests/schemathesis/requirements.txt";

/// Written last: without it the environment is not whole.
const STAMP: &str = "warga-installed";

/// The program `schemathesis` of exactly the packages wanted, and whether it had to be installed.
pub(crate) fn schemathesis(shell: &Shell, step: &Step) -> Result<(PathBuf, bool)> {
    let wanted = fingerprint::of(shell.workspace.root(), &[REQUIREMENTS], &[])?;
    let cache = cache::folder()?;
    let home = cache.join(format!("schemathesis-{wanted}"));
    let program = home.join("bin").join("schemathesis");
    if is_whole(shell, &home, &program) {
        return Ok((program, false));
    }
    apt::ensure(shell, step, "Python 3 with venv", "python3-venv", || has_venv(shell))?;
    let _one_at_a_time = lock::acquire(&cache.join(".lock"), &shell.stop, || {
        step.note("waiting for another `cargo xtask` that is installing tools");
    })?;
    // Whoever held the lock before may have installed it.
    if is_whole(shell, &home, &program) {
        return Ok((program, false));
    }
    install(shell, step, &home)?;
    Ok((program, true))
}

/// The stamp says that all was installed, the answer that the Python it was installed for is still there.
fn is_whole(shell: &Shell, home: &Path, program: &Path) -> bool {
    home.join(STAMP).exists()
        && shell.command(program).is_ok_and(|mut command| exec::answer(command.arg("--version")).is_some())
}

fn has_venv(shell: &Shell) -> bool {
    let python = shell.command("python3");
    python.is_ok_and(|mut python| exec::answer(python.args(["-c", "import venv, ensurepip"])).is_some())
}

/// An environment knows its own path, so it is made where it stays, anew if it was left half done.
fn install(shell: &Shell, step: &Step, home: &Path) -> Result<()> {
    step.note("schemathesis: installing, this once");
    step.doing("schemathesis");
    if home.exists() {
        fs::remove_dir_all(home).with_context(|| format!("cannot remove {}", home.display()))?;
    }
    let mut venv = shell.command("python3")?;
    exec::logged(shell, step, "python3 -m venv", venv.args(["-m", "venv"]).arg(home))?;
    let mut pip = shell.command(home.join("bin").join("python"))?;
    pip.args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--require-hashes"]);
    exec::logged(shell, step, "pip install", pip.args(["--requirement", REQUIREMENTS])).with_context(
        || format!("schemathesis is missing, mend what stops `pip install -r {REQUIREMENTS}`"),
    )?;
    fs::write(home.join(STAMP), "").context("cannot keep what was just installed")?;
    step.doing("");
    Ok(())
}

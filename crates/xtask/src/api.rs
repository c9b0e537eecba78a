//! Builds the server.

use std::fs;
use std::time::SystemTime;

use anyhow::Result;

use crate::exec;
use crate::shell::Shell;
use crate::steps::{Outcome, Step};
use crate::workspace::Profile;

/// Builds `warga-api`. Cargo knows best whether there is anything to do.
pub(crate) fn build(shell: &Shell, step: &Step, profile: Profile) -> Result<Outcome> {
    let mut cargo = shell.cargo()?;
    cargo.args(["build", "--package", "warga-api", "--bin", "warga-api"]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    let before = built_at(shell, profile);
    exec::logged(shell, step, "warga-api", &mut cargo)?;
    let unchanged = before.is_some() && before == built_at(shell, profile);
    Ok(if unchanged { Outcome::UpToDate } else { Outcome::Done })
}

fn built_at(shell: &Shell, profile: Profile) -> Option<SystemTime> {
    fs::metadata(shell.workspace.api_binary(profile)).and_then(|metadata| metadata.modified()).ok()
}

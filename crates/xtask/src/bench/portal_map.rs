//! The other half of `cargo xtask bench map`: the portal's map with a million reports behind the API.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Scratch;
use crate::shell::Shell;
use crate::steps::{Outcome, Steps};
use crate::workspace::Profile;
use crate::{api, demo, exec, portal};

/// Who visits the portal and measures, as a script.
const SCRIPT: &str = "crates/geo-bench/portal/run.mjs";
/// Reports behind the API.
const REPORTS: u32 = 1_000_000;

/// Visits the portal `rounds` times. The reports are made in `given` where it is empty and left there; without it they are
/// made anew and go afterwards.
pub(crate) fn run(shell: &mut Shell, given: Option<&Path>, rounds: u32) -> Result<()> {
    let mut steps = Steps::new(6, shell.stop.clone());
    let chromium = super::browser(shell, &mut steps)?;
    steps.step("portal bundle", |step| portal::release(shell, step))?;
    steps.step("API", |step| api::build(shell, step, Profile::Release))?;
    let scratch = if given.is_none() { Some(Scratch::new(shell)?) } else { None };
    let data = match (given, &scratch) {
        (Some(given), _) => std::path::absolute(given)
            .with_context(|| format!("`{}` cannot be a data folder", given.display()))?,
        (None, Some(scratch)) => scratch.0.join("data"),
        (None, None) => bail!("there is no data folder"),
    };
    steps.step("reports", |step| demo::fill(shell, step, Profile::Release, &data, Some(REPORTS)))?;
    steps.step("measuring", |step| {
        let mut node = shell.command("node")?;
        node.arg(shell.workspace.path(SCRIPT)).arg(rounds.to_string()).arg(&data);
        node.env("WARGA_API", shell.workspace.api_binary(Profile::Release));
        node.env("WARGA_DIST", shell.workspace.dist()).env("WARGA_CHROMIUM", &chromium);
        exec::shown(shell, step, "the portal's bench", &mut node).map(|()| Outcome::Done)
    })
}

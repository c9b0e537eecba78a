//! Debian's package manager, for the few things that neither cargo nor npm brings.

use anyhow::{Context, Result, bail};
use rustix::process::geteuid;

use crate::exec;
use crate::shell::Shell;
use crate::steps::Step;

/// Installs the Debian package `package` unless `there` finds `thing`. Whether it had to be installed.
pub(crate) fn ensure(
    shell: &Shell,
    step: &Step,
    thing: &str,
    package: &str,
    there: impl Fn() -> bool,
) -> Result<bool> {
    if there() {
        return Ok(false);
    }
    let mend = format!(
        "{thing} is missing: as root, `apt-get install -y --no-install-recommends {package}` installs it"
    );
    if exec::answer(shell.command("apt-get")?.arg("--version")).is_none() {
        bail!("{thing} is missing: your package manager installs it (Debian's name for it is {package})");
    }
    let Some(become_root) = way_to_root(shell)? else { bail!("{mend}") };
    step.doing(package);
    for arguments in [&["update"][..], &["install", "-y", "--no-install-recommends", package][..]] {
        let mut command = shell.command("env")?;
        if become_root {
            command = shell.command("sudo")?;
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        exec::logged(shell, step, &format!("apt-get {}", arguments[0]), &mut command)
            .with_context(|| mend.clone())?;
    }
    step.doing("");
    if !there() {
        bail!("{thing} is still missing after `apt-get install {package}`");
    }
    Ok(true)
}

/// `Some(false)` when we are root, `Some(true)` when sudo makes us so without asking.
fn way_to_root(shell: &Shell) -> Result<Option<bool>> {
    if geteuid().is_root() {
        return Ok(Some(false));
    }
    Ok(exec::answer(shell.command("sudo")?.args(["-n", "true"])).map(|_| true))
}

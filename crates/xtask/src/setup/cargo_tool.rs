//! Tools that `cargo install` builds, each version in a folder of its own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::exec;
use crate::lock;
use crate::setup::cache;
use crate::shell::Shell;
use crate::steps::Step;

/// A program from the crate registry, wanted in one version and no other.
pub(crate) struct CargoTool {
    /// Name in the registry.
    pub(crate) package: &'static str,
    /// Name of the program.
    pub(crate) binary: &'static str,
    /// The version wanted.
    pub(crate) version: String,
    /// Whether it is worth optimising.
    pub(crate) optimised: bool,
}

impl CargoTool {
    /// Makes the tool one that commands find by its name. Whether it had to be built.
    pub(crate) fn ensure(&self, shell: &mut Shell, step: &Step) -> Result<bool> {
        if self.is(shell, self.binary) {
            return Ok(false);
        }
        let cache = cache::folder()?;
        let home = cache.join(format!("{}-{}", self.package, self.version));
        let program = home.join("bin").join(format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX));
        let mut built = false;
        if !self.is(shell, &program) {
            let _one_at_a_time = lock::acquire(&cache.join(".lock"), &shell.stop, || {
                step.note("waiting for another `cargo xtask` that is installing tools");
            })?;
            // Whoever held the lock before may have built it.
            if !self.is(shell, &program) {
                self.install(shell, step, &home)?;
                built = true;
            }
        }
        shell.add_tools(home.join("bin"));
        Ok(built)
    }

    /// Whether `program` is there and of the version wanted.
    fn is(&self, shell: &Shell, program: impl AsRef<OsStr>) -> bool {
        let said = shell.command(program).ok().and_then(|mut command| exec::answer(command.arg("--version")));
        said.is_some_and(|said| said.split_whitespace().nth(1) == Some(&self.version))
    }

    /// Builds into a sibling of `home` and renames it when all is there: an interrupted build is not taken for a finished
    /// one, and what it had compiled is still there for the next.
    fn install(&self, shell: &Shell, step: &Step, home: &Path) -> Result<()> {
        step.note(&format!("{} {}: building, this once", self.package, self.version));
        step.doing(self.package);
        let partial = partial(home);
        fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
        let mut command = shell.cargo()?;
        // Outside the clone: its cargo settings are not this tool's.
        command.current_dir(&partial).args(self.install_arguments());
        command.arg("--root").arg(&partial).arg("--target-dir").arg(partial.join("target"));
        exec::logged(shell, step, &format!("install {}", self.package), &mut command).with_context(|| {
            format!("{} {} is missing, mend what stops `{}`", self.package, self.version, self.by_hand())
        })?;
        step.doing("");
        let kept = "cannot keep a tool that was just built";
        fs::remove_dir_all(partial.join("target")).context(kept)?;
        if home.exists() {
            fs::remove_dir_all(home).context(kept)?;
        }
        fs::rename(&partial, home).context(kept)
    }

    fn install_arguments(&self) -> Vec<&str> {
        let mut arguments = vec!["install", self.package, "--version", &self.version, "--locked"];
        if !self.optimised {
            arguments.push("--debug");
        }
        arguments
    }

    /// What to type to install it oneself.
    fn by_hand(&self) -> String {
        format!("cargo {}", self.install_arguments().join(" "))
    }
}

fn partial(home: &Path) -> PathBuf {
    let mut name = home.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    home.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partial_folder_is_a_sibling_that_keeps_the_version() {
        assert_eq!(partial(Path::new("/t/trunk-0.21.14")), Path::new("/t/trunk-0.21.14.partial"));
    }

    #[test]
    fn the_mending_command_is_the_one_that_is_run() {
        let mut tool =
            CargoTool { package: "trunk", binary: "trunk", version: "0.21.14".to_owned(), optimised: false };
        assert_eq!(tool.by_hand(), "cargo install trunk --version 0.21.14 --locked --debug");
        tool.optimised = true;
        assert_eq!(tool.by_hand(), "cargo install trunk --version 0.21.14 --locked");
    }
}

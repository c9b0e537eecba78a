//! What every command that xtask starts has in common: folder, PATH, environment.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::stop::Stop;
use crate::workspace::Workspace;

/// Starts commands at the top of the clone.
pub(crate) struct Shell {
    /// Where things lie.
    pub(crate) workspace: Workspace,
    /// Whether somebody asked us to end.
    pub(crate) stop: Stop,
    /// Folders looked through before the caller's PATH.
    tools: Vec<PathBuf>,
}

impl Shell {
    /// A shell for the clone this xtask belongs to.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self { workspace: Workspace::find()?, stop: Stop::listen()?, tools: Vec::new() })
    }

    /// Puts a folder in front of PATH for all commands from now on.
    pub(crate) fn add_tools(&mut self, folder: PathBuf) {
        if !self.tools.contains(&folder) {
            self.tools.push(folder);
        }
    }

    /// A command at the top of the clone, in the caller's environment without what `cargo run` put there for xtask itself:
    /// build scripts watch some of those variables and would run again for nothing.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Result<Command> {
        let mut command = Command::new(program);
        command.current_dir(self.workspace.root());
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(set_by_cargo_run) {
                command.env_remove(name);
            }
        }
        // A user's own setting of either would build where nobody looks.
        command.env_remove("CARGO_BUILD_TARGET").env("CARGO_TARGET_DIR", self.workspace.target());
        command.env("PATH", self.path()?);
        Ok(command)
    }

    /// Cargo, the one that runs this xtask.
    pub(crate) fn cargo(&self) -> Result<Command> {
        self.command(cargo())
    }

    fn path(&self) -> Result<OsString> {
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        // Trunk looks for `cargo` by name; it may not be on PATH when ours was called by its full one.
        let toolchain =
            PathBuf::from(cargo()).parent().map(PathBuf::from).filter(|folder| folder.is_absolute());
        let folders = self.tools.iter().cloned().chain(std::env::split_paths(&inherited)).chain(toolchain);
        std::env::join_paths(folders).context("a folder on PATH holds a character that PATH cannot carry")
    }
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn set_by_cargo_run(name: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|prefix| name.starts_with(prefix))
        || ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_set_for_cargo_stays() {
        for name in
            ["CARGO_HOME", "CARGO_NET_OFFLINE", "CARGO_BUILD_JOBS", "CARGO", "PATH", "RUSTUP_TOOLCHAIN"]
        {
            assert!(!set_by_cargo_run(name), "{name}");
        }
        for name in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_BIN_NAME"] {
            assert!(set_by_cargo_run(name), "{name}");
        }
    }
}

//! Calls Trunk.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::exec;
use crate::shell::Shell;
use crate::steps::Step;

/// Flags for the compiler where it compiles for the browser, and nowhere else.
const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The release bundle: the profile Trunk.toml names, wasm-opt, minified CSS and HTML.
pub(crate) fn release(shell: &Shell, step: &Step, dist: &Path) -> Result<()> {
    let mut trunk = trunk(shell, dist)?;
    trunk.arg("--release");
    // Panic messages name source files. Whose machine built the bundle is nobody's business, and the same sources
    // must make the same bytes everywhere.
    let registry = cargo_home()?.join("registry/src");
    trunk.env(WASM_FLAGS, format!("--remap-path-prefix={}/=", registry.display()));
    exec::logged(shell, step, "portal bundle", &mut trunk)
}

/// The debug bundle: without `--release` Trunk leaves out wasm-opt and minifying.
pub(crate) fn debug(shell: &Shell, step: &Step, dist: &Path) -> Result<()> {
    let mut trunk = trunk(shell, dist)?;
    trunk.args(["--cargo-profile", "dev"]);
    exec::logged(shell, step, "portal bundle dev", &mut trunk)
}

/// Where cargo keeps what it has fetched.
fn cargo_home() -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).context("no home folder is known")
}

fn trunk(shell: &Shell, dist: &Path) -> Result<Command> {
    let mut command = shell.command("trunk")?;
    command.arg("build").arg("--dist").arg(dist);
    // All it needs is on PATH; a download, or asking whether there is a newer Trunk, would only be a way to fail.
    command.env("TRUNK_OFFLINE", "true").env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads both as its own options and refuses the common `NO_COLOR=1`. The output goes to a file anyway.
    command.env_remove("NO_COLOR").env_remove("RUST_LOG");
    // A backtrace of Trunk says nothing about what is wrong here.
    command.env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    Ok(command)
}

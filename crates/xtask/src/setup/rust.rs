//! Parts of the Rust toolchain that rustup adds.

use std::fs;

use anyhow::{Context, Result};

use crate::exec;
use crate::shell::Shell;
use crate::steps::Step;

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for the browser. Whether it had to be added.
pub(crate) fn wasm_target(shell: &Shell, step: &Step) -> Result<bool> {
    if has_wasm_target(shell)? {
        return Ok(false);
    }
    rustup(shell, step, WASM, &["target", "add", WASM])
}

/// `cargo SUBCOMMAND`, which the rustup component `component` brings. Whether it had to be added.
pub(crate) fn component(shell: &Shell, step: &Step, subcommand: &str, component: &str) -> Result<bool> {
    if exec::answer(shell.cargo()?.args([subcommand, "--version"])).is_some() {
        return Ok(false);
    }
    rustup(shell, step, component, &["component", "add", component])
}

/// The compiler, its version and its host, in its own words.
pub(crate) fn compiler(shell: &Shell) -> Result<String> {
    exec::answer(shell.command("rustc")?.arg("-vV"))
        .context("rustc is missing: https://rustup.rs installs it")
}

/// Asks the compiler, not rustup: a distribution's Rust may have the target without either knowing of the other.
fn has_wasm_target(shell: &Shell) -> Result<bool> {
    let said = exec::answer(shell.command("rustc")?.args(["--print", "target-libdir", "--target", WASM]));
    let Some(folder) = said else { return Ok(false) };
    let Ok(entries) = fs::read_dir(folder) else { return Ok(false) };
    Ok(entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-")))
}

fn rustup(shell: &Shell, step: &Step, what: &str, arguments: &[&str]) -> Result<bool> {
    step.doing(what);
    exec::logged(shell, step, &format!("rustup {what}"), shell.command("rustup")?.args(arguments))
        .with_context(|| {
            format!("Rust's {what} is missing, mend what stops `rustup {}`", arguments.join(" "))
        })?;
    step.doing("");
    Ok(true)
}

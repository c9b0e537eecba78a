//! What a fresh machine lacks, found and put there. Whatever cannot be installed ends in one sentence that names it and the
//! command that mends it.

mod apt;
mod cache;
mod cargo_tool;
mod chromium;
mod lockfile;
mod node;
mod npm;
mod python;
mod rust;

use std::fs;

use anyhow::{Context, Result};

use crate::shell::Shell;
use crate::steps::{Outcome, Step};
use cargo_tool::CargoTool;

pub(crate) use chromium::ensure as chromium;
pub(crate) use npm::ensure as npm;
pub(crate) use python::schemathesis;
pub(crate) use rust::compiler;

/// The newest Trunk that Rust 1.95 compiles.
const TRUNK: &str = "0.21.14";

/// Compilers, Trunk, the wasm-bindgen command line and Node.
pub(crate) fn tools(shell: &mut Shell, step: &Step) -> Result<Outcome> {
    node::check(shell)?;
    let mut installed = c_compiler(shell, step)?;
    installed |= rust::wasm_target(shell, step)?;
    for tool in [wasm_bindgen(shell)?, trunk()] {
        installed |= tool.ensure(shell, step)?;
    }
    Ok(if installed { Outcome::Done } else { Outcome::UpToDate })
}

/// What only the tests need of the toolchain, and beside it.
pub(crate) fn checkers(shell: &Shell, step: &Step) -> Result<bool> {
    let mut installed = rust::component(shell, step, "fmt", "rustfmt")?;
    installed |= rust::component(shell, step, "clippy", "clippy")?;
    installed |= strace(shell, step)?;
    Ok(installed)
}

/// Shows what the server asks of the disk.
pub(crate) fn strace(shell: &Shell, step: &Step) -> Result<bool> {
    apt::ensure(shell, step, "strace, for the tests,", "strace", || answers(shell, "strace"))
}

/// SQLite is C and compiled with the API.
pub(crate) fn c_compiler(shell: &Shell, step: &Step) -> Result<bool> {
    apt::ensure(shell, step, "a C compiler", "build-essential", || answers(shell, "cc"))
}

fn answers(shell: &Shell, program: &str) -> bool {
    shell.command(program).is_ok_and(|mut program| crate::exec::answer(program.arg("--version")).is_some())
}

fn trunk() -> CargoTool {
    // Built without optimisation on purpose: 4.5 instead of 16 minutes of CPU, and it only calls others.
    CargoTool { package: "trunk", binary: "trunk", version: TRUNK.to_owned(), optimised: false }
}

/// The command line must be of exactly the version that the portal is compiled against.
fn wasm_bindgen(shell: &Shell) -> Result<CargoTool> {
    let lock = fs::read_to_string(shell.workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = lockfile::version_of(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    Ok(CargoTool { package: "wasm-bindgen-cli", binary: "wasm-bindgen", version, optimised: true })
}

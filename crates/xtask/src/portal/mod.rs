//! The portal's bundle: Trunk's, minified, compressed, and swapped in whole.

mod compress;
mod minify;
mod names;
mod place;
mod rename;
mod split;
mod stamp;
mod trunk;
mod unreached;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::fingerprint;
use crate::setup;
use crate::shell::Shell;
use crate::steps::{Outcome, Step};
use stamp::Stamp;

pub(crate) use compress::brotli;
pub(crate) use place::remove;

/// What the bundle is made from. With xtask itself in it, a change of how bundles are made makes a new one.
pub(crate) const INPUTS: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/geo",
    "crates/model",
    "crates/xtask",
    "data",
    "index.html",
    "locales",
    "package-lock.json",
    "package.json",
    "public",
    "src",
    "style",
];

/// Makes `dist/`, unless what lies there was made from the same inputs.
pub(crate) fn release(shell: &Shell, step: &Step) -> Result<Outcome> {
    let workspace = &shell.workspace;
    let stamp = Stamp::at(workspace.portal_work().join("bundle.stamp"));
    let inputs = inputs(shell)?;
    if stamp.fits(&inputs, &workspace.dist())? {
        return Ok(Outcome::UpToDate);
    }
    let stage = workspace.portal_work().join("stage");
    place::empty(&stage)?;
    // wasm-bindgen leaves the snippets of earlier builds there, and Trunk would copy them along.
    place::remove(&workspace.target().join("wasm-bindgen/release"))?;

    step.doing("crates");
    fetch(shell, step)?;
    step.doing("Trunk");
    trunk::release(shell, step, &stage)?;
    step.doing("splitting");
    split::apply(shell, &stage, &compiled(shell, "wasm-release"), true)?;
    step.doing("minifying");
    minify::all(shell, &stage)?;
    rename::by_content(&stage)?;
    step.doing("compressing");
    compress::all(&stage, &shell.stop)?;

    // The sources as they were before the build: what was saved meanwhile is for the next one.
    stamp.clear()?;
    place::swap(&stage, &workspace.dist())?;
    stamp.set(&inputs, &workspace.dist())?;
    Ok(Outcome::Done)
}

/// Makes the debug bundle: nothing optimised, minified or compressed. Trunk replaces the old one only when all went well.
pub(crate) fn debug(shell: &Shell, step: &Step) -> Result<()> {
    step.doing("crates");
    fetch(shell, step)?;
    step.doing("Trunk");
    let dist = shell.workspace.dev_dist();
    fs::create_dir_all(&dist).with_context(|| format!("cannot create {}", dist.display()))?;
    trunk::debug(shell, step, &dist)?;
    split::apply(shell, &dist, &compiled(shell, "debug"), false)
}

/// What cargo made of the portal for Trunk.
fn compiled(shell: &Shell, profile: &str) -> PathBuf {
    shell.workspace.target().join("wasm32-unknown-unknown").join(profile).join("warga.wasm")
}

fn inputs(shell: &Shell) -> Result<String> {
    let compiler = setup::compiler(shell)?;
    fingerprint::of(shell.workspace.root(), INPUTS, &[&compiler])
}

/// Trunk is kept offline so that it downloads no tools behind our back, and keeps cargo offline with it.
fn fetch(shell: &Shell, step: &Step) -> Result<()> {
    crate::exec::logged(shell, step, "cargo fetch", shell.cargo()?.arg("fetch"))
}

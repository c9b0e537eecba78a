//! `cargo xtask bench map`: the index of raw points beside supercluster, in Chromium and in Node.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::exec;
use crate::portal;
use crate::shell::Shell;
use crate::steps::{Outcome, Step, Steps};

const PACKAGE: &str = "warga-geo-bench";
/// What is measured, as scripts.
const SCRIPTS: &str = "crates/geo-bench/map";
/// Points made up around Indonesia's cities.
const POINTS: &str = "1000000";

/// Measures `rounds` times with the points made up, and with Boston's where its file is given.
pub(crate) fn run(shell: &mut Shell, boston: Option<&Path>, rounds: u32) -> Result<()> {
    let boston = boston
        .map(|file| file.canonicalize().with_context(|| format!("cannot find {}", file.display())))
        .transpose()?;
    let mut steps = Steps::new(5, shell.stop.clone());
    let chromium = super::browser(shell, &mut steps)?;
    let folder = shell.workspace.target().join("map-bench");
    steps.step("module", |step| module(shell, step, &folder))?;
    let mut sets = vec!["indonesia"];
    steps.step("points", |step| {
        set(shell, step, &folder, "indonesia", POINTS.as_ref())?;
        if let Some(file) = &boston {
            set(shell, step, &folder, "boston", file)?;
            sets.push("boston");
        }
        Ok(Outcome::Done)
    })?;
    steps.step("measuring", |step| {
        let mut node = shell.command("node")?;
        node.arg(shell.workspace.path(SCRIPTS).join("run.mjs")).arg(&folder).arg(rounds.to_string());
        node.args(&sets).env("WARGA_CHROMIUM", &chromium);
        exec::shown(shell, step, "the map's bench", &mut node).map(|()| Outcome::Done)
    })
}

/// Compiles the module for speed, as no part of the portal is, and puts it with its scripts into `folder`.
fn module(shell: &Shell, step: &Step, folder: &Path) -> Result<Outcome> {
    let sources = folder.join("src");
    portal::remove(folder)?;
    fs::create_dir_all(&sources).with_context(|| format!("cannot create {}", sources.display()))?;
    let mut cargo = shell.cargo()?;
    cargo.args([
        "build",
        "--locked",
        "--release",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "-p",
        PACKAGE,
    ]);
    exec::logged(shell, step, "map bench module", &mut cargo)?;
    let wasm = shell.workspace.target().join("wasm32-unknown-unknown/release/warga_geo_bench.wasm");
    let mut bind = shell.command("wasm-bindgen")?;
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&sources).arg(wasm);
    exec::logged(shell, step, "map bench glue", &mut bind)?;
    for script in ["ours.mjs", "page.mjs", "sample.mjs", "set.mjs", "theirs.mjs"] {
        copy(&shell.workspace.path(SCRIPTS).join(script), &sources.join(script))?;
    }
    for (script, platform) in [("page.mjs", "browser"), ("sample.mjs", "node")] {
        let mut esbuild = shell.command("esbuild")?;
        esbuild.arg(sources.join(script)).args(["--bundle", "--format=esm", "--log-level=warning"]);
        esbuild.arg(format!("--platform={platform}"));
        esbuild.arg(format!("--outfile={}", folder.join(script).display()));
        exec::logged(shell, step, "map bench scripts", &mut esbuild)?;
    }
    copy(&sources.join("warga_geo_bench_bg.wasm"), &folder.join("warga_geo_bench_bg.wasm"))?;
    Ok(Outcome::Done)
}

/// Writes a set of points.
fn set(shell: &Shell, step: &Step, folder: &Path, name: &str, from: &Path) -> Result<()> {
    let mut cargo = shell.cargo()?;
    cargo.args(["run", "--locked", "--release", "-p", PACKAGE, "--bin", "sets", "--", name]).arg(from);
    exec::logged(shell, step, "map bench points", cargo.arg(folder.join(format!("{name}.set"))))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display())).map(drop)
}

//! `cargo xtask run` and `cargo xtask build`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::RunOptions;
use crate::lock::{self, Lock};
use crate::serve::{Server, free_port};
use crate::shell::Shell;
use crate::steps::{Outcome, Steps, say};
use crate::workspace::Profile;
use crate::{api, demo, portal, setup};

/// Builds what is shipped and serves it until asked to end.
pub(crate) fn run(mut shell: Shell, options: &RunOptions) -> Result<()> {
    // Before minutes of building, not after.
    let port = free_port(options.port)?;
    let data = data_folder(&shell, options)?;
    let mut steps = Steps::new(5 + usize::from(options.demo), shell.stop.clone());
    let building = build_lock(&shell)?;
    build_release(&mut shell, &mut steps)?;
    if options.demo {
        steps.step("demo data", |step| demo::fill(&shell, step, Profile::Release, &data, None))?;
    }
    drop(building);
    let mut server = None;
    steps.step("server", |step| {
        step.leave_line();
        server = Some(Server::start(&shell, Profile::Release, port, &data, &shell.workspace.dist())?);
        Ok(Outcome::Done)
    })?;
    announce(&shell, port, &data);
    server.context("no server")?.run(&shell.stop)
}

/// Builds `dist/` and `target/release/warga-api`.
pub(crate) fn build(mut shell: Shell, portal_alone: bool) -> Result<()> {
    let mut steps = Steps::new(if portal_alone { 3 } else { 4 }, shell.stop.clone());
    let _building = build_lock(&shell)?;
    build_portal(&mut shell, &mut steps)?;
    if portal_alone {
        say(&format!("The portal is in {}.", shell.workspace.display(&shell.workspace.dist())));
        return Ok(());
    }
    build_api(&shell, &mut steps)?;
    let workspace = &shell.workspace;
    say(&format!(
        "The portal is in {}, the server is {}.",
        workspace.display(&workspace.dist()),
        workspace.display(&workspace.api_binary(Profile::Release))
    ));
    Ok(())
}

/// The four steps that end with all that is shipped.
fn build_release(shell: &mut Shell, steps: &mut Steps) -> Result<()> {
    build_portal(shell, steps)?;
    build_api(shell, steps)
}

fn build_portal(shell: &mut Shell, steps: &mut Steps) -> Result<()> {
    steps.step("tools", |step| setup::tools(shell, step))?;
    steps.step("npm packages", |step| setup::npm(shell, step))?;
    steps.step("portal bundle", |step| portal::release(shell, step))
}

fn build_api(shell: &Shell, steps: &mut Steps) -> Result<()> {
    steps.step("API", |step| api::build(shell, step, Profile::Release))
}

/// Held while building and filling, so that two calls in one clone follow each other.
pub(crate) fn build_lock(shell: &Shell) -> Result<Lock> {
    lock::acquire(&shell.workspace.logs().join("build.lock"), &shell.stop, || {
        say("waiting for another `cargo xtask` that is building in this clone");
    })
}

/// The data folder, from wherever the caller stands.
pub(crate) fn data_folder(shell: &Shell, options: &RunOptions) -> Result<PathBuf> {
    match &options.data {
        Some(given) => std::path::absolute(given)
            .with_context(|| format!("`{}` cannot be a data folder", given.display())),
        None => Ok(shell.workspace.path("var/data")),
    }
}

/// Says where to look.
pub(crate) fn announce(shell: &Shell, port: u16, data: &Path) {
    say(&format!(
        "\n  Warga is ready:  http://127.0.0.1:{port}/\n\n  data in {}; Ctrl-C ends it\n",
        shell.workspace.display(data)
    ));
}

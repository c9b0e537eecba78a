//! `cargo xtask run --dev`: debug builds, built again on every change, the server restarted when it must be.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::cli::RunOptions;
use crate::run::{announce, build_lock, data_folder};
use crate::serve::{Server, free_port};
use crate::shell::Shell;
use crate::steps::{self, Outcome, Step, Steps, say};
use crate::stop::Interrupted;
use crate::watch::Snapshot;
use crate::workspace::Profile;
use crate::{api, demo, portal, setup};

/// How often sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// What the server is compiled from.
const API_INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/api",
    "crates/geo",
    "crates/model",
    "crates/participants",
    "data",
    "locales",
];

/// A part of the whole that is built by itself.
struct Part {
    name: &'static str,
    inputs: Vec<&'static str>,
    build: fn(&Shell, &Step) -> Result<Outcome>,
    /// What was there when it was built last, or when that was tried.
    built_from: Snapshot,
}

/// Builds, serves, and goes on doing so until asked to end.
pub(crate) fn run(mut shell: Shell, options: &RunOptions) -> Result<()> {
    let port = free_port(options.port)?;
    let data = data_folder(&shell, options)?;
    let mut parts = parts(&shell);
    let mut steps = Steps::new(5 + usize::from(options.demo), shell.stop.clone());
    let building = build_lock(&shell)?;
    steps.step("tools", |step| setup::tools(&mut shell, step))?;
    steps.step("npm packages", |step| setup::npm(&mut shell, step))?;
    for part in &parts {
        steps.step(part.name, |step| (part.build)(&shell, step))?;
    }
    if options.demo {
        steps.step("demo data", |step| demo::fill(&shell, step, Profile::Debug, &data, None))?;
    }
    drop(building);
    let mut server = None;
    steps.step("server", |step| {
        step.leave_line();
        server = Some(start(&shell, port, &data)?);
        Ok(Outcome::Done)
    })?;
    announce(&shell, port, &data);
    say("  what you save is built at once; reload the page to see it\n");
    let result = watch(&shell, &mut parts, &mut server, port, &data);
    if let Some(server) = server {
        server.end()?;
    }
    match result {
        // How it is meant to end.
        Err(error) if error.is::<Interrupted>() => Ok(()),
        result => result,
    }
}

fn parts(shell: &Shell) -> Vec<Part> {
    let portal_inputs = portal::INPUTS.iter().copied().filter(|input| *input != "crates/xtask").collect();
    let part = |name, inputs: Vec<&'static str>, build| {
        let built_from = Snapshot::take(shell.workspace.root(), &inputs);
        Part { name, inputs, build, built_from }
    };
    vec![
        part("portal bundle (debug)", portal_inputs, |shell, step| {
            portal::debug(shell, step).map(|()| Outcome::Done)
        }),
        part("API (debug)", API_INPUTS.to_vec(), |shell, step| api::build(shell, step, Profile::Debug)),
    ]
}

fn start(shell: &Shell, port: u16, data: &Path) -> Result<Server> {
    Server::start(shell, Profile::Debug, port, data, &shell.workspace.dev_dist())
}

/// Returns only with an error, most often that somebody asked for the end.
fn watch(
    shell: &Shell,
    parts: &mut [Part],
    server: &mut Option<Server>,
    port: u16,
    data: &Path,
) -> Result<()> {
    loop {
        shell.stop.check()?;
        std::thread::sleep(LOOK);
        if let Some(running) = server
            && let Some(status) = running.ended()?
        {
            shell.stop.check()?;
            say(&format!("warga-api ended with {status}; it starts again after the next change"));
            *server = None;
        }
        let mut change = Change::None;
        for part in parts.iter_mut() {
            change = change.max(rebuild(shell, part)?);
        }
        // A new start after every build: what it checks at its start is checked again.
        if change == Change::Build || (change == Change::Sources && server.is_none()) {
            if let Some(old) = server.take() {
                old.end()?;
            }
            match start(shell, port, data) {
                Ok(new) => *server = Some(new),
                Err(error) if error.is::<Interrupted>() => return Err(error),
                Err(error) => say(&format!("{error:#}; it is tried again after the next change")),
            }
        }
    }
}

/// What came of looking at a part again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Its sources are the same.
    None,
    /// They are not, what is built from them is; or they cannot be built.
    Sources,
    /// There is a new build.
    Build,
}

/// Builds `part` if its sources have changed.
fn rebuild(shell: &Shell, part: &mut Part) -> Result<Change> {
    let mut now = part.look(shell);
    let Some(changed) = now.changed_since(&part.built_from) else { return Ok(Change::None) };
    say(&format!("{} has changed", shell.workspace.display(changed)));
    // An editor or a checkout may not be through yet.
    loop {
        std::thread::sleep(LOOK / 2);
        let later = part.look(shell);
        if later == now {
            break;
        }
        now = later;
    }
    part.built_from = now;
    let _building = build_lock(shell)?;
    match steps::alone(part.name, |step| (part.build)(shell, step)) {
        Ok(Outcome::UpToDate) => Ok(Change::Sources),
        Ok(_) => Ok(Change::Build),
        Err(error) if error.is::<Interrupted>() => Err(error),
        Err(error) => {
            say(&format!("{error:#}; the old one keeps running"));
            Ok(Change::Sources)
        }
    }
}

impl Part {
    fn look(&self, shell: &Shell) -> Snapshot {
        Snapshot::take(shell.workspace.root(), &self.inputs)
    }
}

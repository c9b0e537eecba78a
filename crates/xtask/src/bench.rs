//! `cargo xtask bench`: measurements, with the facts of the machine they were made on.

mod map;
mod portal_map;
mod rows;
mod tiles;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::cli::{Bench, MapHalf};
use crate::peak::Peak;
use crate::shell::Shell;
use crate::steps::{Outcome, Steps, say};
use crate::stop;
use crate::workspace::Profile;
use crate::{api, bytes, duration, exec, portal, setup};

/// Measures `what`.
pub(crate) fn run(mut shell: Shell, what: Bench) -> Result<()> {
    match what {
        Bench::List => {
            say(
                "cargo xtask bench import FILE [--profile NAME]   time and memory of an import into a fresh database",
            );
            say(
                "cargo xtask bench map [--boston FILE] [--rounds N] [--data DIR] [--only index|portal]\n                                               a million points in wasm and in supercluster, a million reports in the portal",
            );
            say(
                "cargo xtask bench tiles [--reports N] [--data DIR] [--boston FILE]   the server with a million reports",
            );
            say("cargo xtask bench bytes                          what the map page weighs, file by file");
            Ok(())
        }
        Bench::Bytes => bytes::check(&shell.workspace),
        Bench::Tiles { reports, data, boston } => {
            tiles::run(&shell, reports, data.as_deref(), boston.as_deref())
        }
        Bench::Map(options) => {
            if options.only != Some(MapHalf::Portal) {
                map::run(&mut shell, options.boston.as_deref(), options.rounds.unwrap_or(10))?;
            }
            if options.only != Some(MapHalf::Index) {
                portal_map::run(&mut shell, options.data.as_deref(), options.rounds.unwrap_or(5))?;
            }
            Ok(())
        }
        Bench::Import { file, profile } => import(&shell, &file, &profile),
    }
}

/// Brings what a bench in a browser needs: the tools and the npm packages, and Chromium, which is where this says.
fn browser(shell: &mut Shell, steps: &mut Steps) -> Result<PathBuf> {
    let mut chromium = PathBuf::new();
    steps.step("tools", |step| {
        let outcome = setup::tools(shell, step)?;
        let added;
        (chromium, added) = setup::chromium(shell, step)?;
        Ok(if added { Outcome::Done } else { outcome })
    })?;
    steps.step("npm packages", |step| setup::npm(shell, step))?;
    Ok(chromium)
}

fn import(shell: &Shell, given: &Path, profile: &str) -> Result<()> {
    let file = given.canonicalize().with_context(|| format!("cannot find {}", given.display()))?;
    let rows = rows::count(&file)?;
    let mut steps = Steps::new(2, shell.stop.clone());
    steps.step("API", |step| {
        setup::c_compiler(shell, step)?;
        api::build(shell, step, Profile::Release)
    })?;
    let data = Scratch::new(shell)?;
    let mut measured = None;
    steps.step("import", |step| {
        step.leave_line();
        measured = Some(measure(shell, &file, profile, &data.0)?);
        Ok(Outcome::Done)
    })?;
    let Some((seconds, peak)) = measured else { bail!("nothing was measured") };
    let peak = peak.mib().map_or("unknown".to_owned(), |mib| format!("{mib:.1} MiB"));
    say(&format!("\nimport of {} with profile {profile}", given.display()));
    say(&format!("  wall time     {}", duration::human(std::time::Duration::from_secs_f64(seconds))));
    say(&format!("  rows          {rows}, {:.0} a second", rows as f64 / seconds));
    say(&format!("  peak memory   {peak}"));
    say(&format!("  data folder   {:.1} MiB", size(&data.0)? as f64 / f64::from(1 << 20)));
    say(&format!("  machine       {}", machine(shell)?));
    Ok(())
}

/// Imports `file` into the fresh folder `data`: wall time in seconds and peak memory.
fn measure(shell: &Shell, file: &Path, profile: &str, data: &Path) -> Result<(f64, Peak)> {
    let mut command = shell.command(shell.workspace.api_binary(Profile::Release))?;
    command.args(["import", "csv", "--profile", profile, "--data"]).arg(data).arg(file);
    let since = Instant::now();
    let mut child = command.spawn().context("cannot start warga-api")?;
    let mut peak = Peak::default();
    loop {
        peak.look(child.id());
        if let Some(status) = child.try_wait().context("cannot wait for the import")? {
            shell.stop.check()?;
            if !status.success() {
                bail!("the import ended with {status}; what it said is above");
            }
            return Ok((since.elapsed().as_secs_f64(), peak));
        }
        if let Some(interrupted) = shell.stop.requested() {
            stop::end(&mut child, interrupted)?;
            return Err(interrupted.into());
        }
        thread::sleep(std::time::Duration::from_millis(10));
    }
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let metadata = entry.and_then(|entry| entry.metadata()).context("cannot read the data folder")?;
        if metadata.is_file() {
            bytes += metadata.len();
        }
    }
    Ok(bytes)
}

/// What the numbers depend on.
fn machine(shell: &Shell) -> Result<String> {
    let cores = thread::available_parallelism().context("the number of cores is unknown")?;
    let model = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    let date = exec::answer(shell.command("date")?.args(["-u", "+%Y-%m-%d"]));
    let facts = [Some(format!("{cores} cores")), model, date];
    Ok(facts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A fresh data folder, gone when measured. In the target directory: /tmp may be memory, which a database is not kept in.
struct Scratch(PathBuf);

impl Scratch {
    fn new(shell: &Shell) -> Result<Self> {
        let folder = shell.workspace.target().join(format!("bench-{}", std::process::id()));
        portal::remove(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

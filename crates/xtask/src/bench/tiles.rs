//! `cargo xtask bench tiles`: the map's tiles of a million reports, in the server.

mod line;
mod process;
mod pyramid;
mod spread;
mod table;
mod writing;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::{Scratch, machine};
use crate::serve::{Server, free_port};
use crate::shell::Shell;
use crate::steps::{Outcome, Step, Steps, say};
use crate::workspace::Profile;
use crate::{api, exec, portal, setup};

use line::Line;
use process::Process;
use pyramid::{Address, Pyramid, Tile};
use table::{Figures, Import, Zoom};
use writing::Phone;

/// The database in a data folder.
const DATABASE: &str = "warga.sqlite3";
/// How often the server is started.
const STARTS: usize = 5;
/// Reports that are looked for in their tiles, one after the other.
const LOOKED_FOR: u32 = 40;
/// Reports that are sent at once: more than the server lets wait before it merges them.
const STREAMED: u64 = 6000;
/// Phones that send them.
const PHONES: u64 = 4;
/// Browsers that ask for tiles meanwhile, each without a pause.
const BROWSERS: usize = 2;
/// Until what was sent is on the map.
const SETTLED: Duration = Duration::from_secs(1);
/// Longer than the map may ever be behind.
const PATIENCE: Duration = Duration::from_secs(60);
/// Tiles that are asked for of a server without reports: as many as warm it up.
const EMPTY: u32 = 500;

/// Measures a server with so many reports: those of a data folder that no server has open, else demo reports, which
/// are made once. With Boston's file an import is measured too.
pub(crate) fn run(shell: &Shell, reports: usize, data: Option<&Path>, boston: Option<&Path>) -> Result<()> {
    let given = |path: &Path| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
    let (data, boston) = (data.map(given).transpose()?, boston.map(given).transpose()?);
    let mut steps = Steps::new(5, shell.stop.clone());
    steps.step("API", |step| {
        setup::c_compiler(shell, step)?;
        api::build(shell, step, Profile::Release)
    })?;
    let mut folder = PathBuf::new();
    steps.step("reports", |step| {
        let outcome;
        (folder, outcome) = match data {
            Some(folder) => (folder, Outcome::UpToDate),
            None => seeded(shell, step, reports)?,
        };
        Ok(outcome)
    })?;
    let scratch = Scratch::new(shell)?;
    let mut figures = Figures::new(load());
    steps.step("without reports", |_| {
        let server = Measured::start(shell, &scratch.0.join("empty"), &scratch.0)?;
        figures.empty = server.process.memory()?;
        figures.empty_peak = server.process.peak()?;
        let asked: Vec<String> = (0..EMPTY).map(|n| format!("/tiles/18/{n}/7")).collect();
        together(&mut Line::open(server.port)?, &asked)?;
        figures.empty_after = server.process.memory()?;
        figures.empty_streaming = stream(&server, &asked)?;
        server.end().map(|()| Outcome::Done)
    })?;
    let full = scratch.0.join("full");
    steps.step("starting", |_| {
        fs::create_dir(&full)?;
        // The log is there when a server has been killed.
        for file in [DATABASE.to_owned(), format!("{DATABASE}-wal")] {
            if folder.join(&file).exists() {
                fs::copy(folder.join(&file), full.join(&file)).context("cannot copy the database")?;
            }
        }
        for _ in 0..STARTS {
            let server = Measured::start(shell, &full, &scratch.0)?;
            figures.ready.push(server.ready);
            server.end()?;
        }
        Ok(Outcome::Done)
    })?;
    steps.step("measuring", |step| {
        measure(shell, step, &full, &scratch.0, boston.as_deref(), &mut figures).map(|()| Outcome::Done)
    })?;
    figures.load_after = load();
    say(&format!("\n{}\n\n{figures}", machine(shell)?));
    Ok(())
}

/// A folder of so many demo reports, which stays for the next time.
fn seeded(shell: &Shell, step: &Step, reports: usize) -> Result<(PathBuf, Outcome)> {
    let folder = shell.workspace.target().join(format!("tiles-bench/{reports}"));
    if folder.exists() {
        return Ok((folder, Outcome::UpToDate));
    }
    let part = folder.with_extension("part");
    portal::remove(&part)?;
    fs::create_dir_all(&part).with_context(|| format!("cannot create {}", part.display()))?;
    let mut command = shell.command(shell.workspace.api_binary(Profile::Release))?;
    command.args(["seed", "--reports", &reports.to_string(), "--data"]).arg(&part);
    exec::logged(shell, step, "demo reports", &mut command)?;
    fs::rename(&part, &folder).context("cannot name the folder of the demo reports")?;
    Ok((folder, Outcome::Done))
}

fn measure(
    shell: &Shell,
    step: &Step,
    data: &Path,
    scratch: &Path,
    boston: Option<&Path>,
    figures: &mut Figures,
) -> Result<()> {
    let mut server = Measured::start(shell, data, scratch)?;
    (figures.loaded, figures.loading_peak) = (server.process.memory()?, server.process.peak()?);
    step.doing("one tile after the other");
    let asked = one_by_one(&mut server, figures)?;
    figures.asked_after = server.process.memory()?;

    step.doing("new reports looked for");
    let (mut phone, mut other) = (Phone::new(server.port, 0)?, Line::open(server.port)?);
    let looked = (0..LOOKED_FOR).map(|n| {
        // In the ocean south of Java, one to a tile.
        phone.send_and_look(&mut other, -11.0, 105.0 + f64::from(n) * 0.01)
    });
    figures.visible = looked.collect::<Result<_>>()?;

    step.doing("many reports while tiles are asked for");
    server.process.answered()?;
    figures.merging_peak = stream(&server, &asked)?;
    figures.streaming = server.process.answered()?;
    until_counted(server.port, figures.reports + u64::from(LOOKED_FOR) + STREAMED)?;
    figures.merged = server.process.memory()?;

    if let Some(file) = boston {
        step.doing("an import while tiles are asked for");
        figures.import = Some(import(shell, &mut server, data, file, &asked)?);
    }
    step.doing("the same after another start");
    let followed = together(&mut Line::open(server.port)?, &asked)?;
    server.end()?;
    let server = Measured::start(shell, data, scratch)?;
    let loaded = together(&mut Line::open(server.port)?, &asked)?;
    ensure!(followed == loaded, "a map that followed the database is not the one that was loaded from it");
    server.end()
}

/// Asks for every tile by itself; which they were.
fn one_by_one(server: &mut Measured, figures: &mut Figures) -> Result<Vec<String>> {
    let mut line = Line::open(server.port)?;
    let (mut pyramid, mut asked) = (Pyramid::new(), Vec::new());
    for zoom in 0..=18 {
        let mut sizes = Vec::new();
        let (mut computing, mut waiting) = (Vec::new(), Vec::new());
        server.process.answered()?;
        for address in pyramid.zoom() {
            let path = path(address);
            let before = server.process.processor()?;
            let packed = line.tile(&path)?;
            let after = server.process.processor()?;
            computing.push(after.0 - before.0);
            waiting.push(after.1 - before.1);
            sizes.push(packed.len());
            let tile = Tile::unpack(&packed)?;
            if zoom == 0 {
                figures.reports = tile.reports();
            }
            pyramid.holds(address, &tile);
            asked.push(path);
        }
        let took = server.process.answered()?.tiles;
        ensure!(took.len() == sizes.len(), "the log does not tell of every tile");
        figures.zooms.push(Zoom {
            took,
            computing: computing.into_iter().collect(),
            waiting: waiting.into_iter().collect(),
            largest: sizes.into_iter().max().unwrap_or_default(),
        });
    }
    Ok(asked)
}

/// Phones send many reports while browsers ask for tiles; the most memory of the server meanwhile.
fn stream(server: &Measured, asked: &[String]) -> Result<f64> {
    let port = server.port;
    server.process.memory_while(|| {
        while_asking(port, asked, || {
            thread::scope(|scope| {
                let send = move |number| Phone::new(port, number)?.send_many(STREAMED / PHONES);
                let phones: Vec<_> = (1..=PHONES).map(|number| scope.spawn(move || send(number))).collect();
                phones.into_iter().try_for_each(|phone| joined(phone.join()))
            })
        })?;
        // The last of them are merged when the map has taken them in.
        thread::sleep(SETTLED);
        Ok(())
    })
}

/// Does something while browsers ask for one tile after the other, none of them in the same order.
fn while_asking(port: u16, tiles: &[String], work: impl FnOnce() -> Result<()>) -> Result<()> {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let browsers: Vec<_> = (0..BROWSERS)
            .map(|browser| {
                let done = &done;
                scope.spawn(move || {
                    let mut line = Line::open(port)?;
                    // A prime that no number of tiles is a multiple of, so that all come in turn.
                    let order = (browser * tiles.len() / BROWSERS..).step_by(7919);
                    for tile in order.map(|n| &tiles[n % tiles.len()]) {
                        line.tile(tile)?;
                        if done.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        let worked = work();
        done.store(true, Ordering::Relaxed);
        browsers.into_iter().try_for_each(|browser| joined(browser.join())).and(worked)
    })
}

/// Imports Boston's requests while browsers ask for tiles and a phone sends reports.
fn import(
    shell: &Shell,
    server: &mut Measured,
    data: &Path,
    file: &Path,
    asked: &[String],
) -> Result<Import> {
    let (port, mut refused) = (server.port, 0);
    server.process.answered()?;
    let mut command = shell.command(shell.workspace.api_binary(Profile::Release))?;
    command.args(["import", "csv", "--profile", "boston311", "--data"]).arg(data).arg(file);
    command.stderr(File::create(data.join("import.log"))?).stdout(File::create(data.join("import.out"))?);
    let since = Instant::now();
    let work = || {
        let mut child = command.spawn().context("cannot start the import")?;
        let mut phone = Phone::new(port, PHONES + 1)?;
        loop {
            phone.send_many(1)?;
            thread::sleep(Duration::from_millis(20));
            let Some(status) = child.try_wait().context("cannot wait for the import")? else { continue };
            ensure!(status.success(), "the import ended with {status}");
            refused = phone.refused;
            return Ok(());
        }
    };
    let most = server.process.memory_while(|| while_asking(port, asked, work))?;
    let seconds = since.elapsed().as_secs_f64();
    until_still(port)?;
    Ok(Import { seconds, refused, most, answered: server.process.answered()? })
}

/// Waits until the map has taken in all that came: for three seconds, many times what it takes to notice, nothing more.
fn until_still(port: u16) -> Result<()> {
    let mut line = Line::open(port)?;
    let (mut counted, mut still) = (0, 0);
    while still < 30 {
        thread::sleep(Duration::from_millis(100));
        let reports = Tile::unpack(&line.tile("/tiles/0/0/0")?)?.reports();
        still = if reports == counted { still + 1 } else { 0 };
        counted = reports;
    }
    Ok(())
}

/// What tiles say, one after the other.
fn together(line: &mut Line, tiles: &[String]) -> Result<Vec<Vec<u8>>> {
    tiles.iter().map(|tile| line.tile(tile)).collect()
}

/// Waits until the tile of the world counts so many reports: none is lost, and none counts twice.
fn until_counted(port: u16, expected: u64) -> Result<()> {
    // A new one: the server closes those that nobody has asked on for a while.
    let (mut line, since) = (Line::open(port)?, Instant::now());
    loop {
        let reports = Tile::unpack(&line.tile("/tiles/0/0/0")?)?.reports();
        if reports == expected {
            return Ok(());
        }
        if since.elapsed() > PATIENCE {
            bail!("the world's tile counts {reports} reports instead of {expected}");
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn path((zoom, x, y): Address) -> String {
    format!("/tiles/{zoom}/{x}/{y}")
}

fn joined(result: thread::Result<Result<()>>) -> Result<()> {
    result.unwrap_or_else(|_| bail!("a measuring thread panicked"))
}

/// How many processes want to compute, on average over the last minute.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// A server that is measured.
struct Measured {
    /// Until it is ended.
    server: Option<Server>,
    port: u16,
    process: Process,
    /// Seconds from its start until it was ready.
    ready: f64,
}

impl Measured {
    fn start(shell: &Shell, data: &Path, logs: &Path) -> Result<Self> {
        let port = free_port(0)?;
        let log = logs.join(format!("{port}.log"));
        let file = File::create(&log).context("cannot make a log")?;
        let since = Instant::now();
        let server = Server::start_logged(shell, port, data, file)?;
        let ready = since.elapsed().as_secs_f64();
        Ok(Self { process: Process::new(server.id(), log), server: Some(server), port, ready })
    }

    fn end(mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::end)
    }
}

impl Drop for Measured {
    /// What could not be measured is not left behind.
    fn drop(&mut self) {
        let _ = self.server.take().map(Server::end);
    }
}

//! What Linux and the server's own log tell of the server that is measured.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::spread::Spread;

/// Between two looks at a server's memory: merging a million takes fifty times as long.
const LOOK: Duration = Duration::from_millis(3);

/// A running server and its log.
pub(super) struct Process {
    id: u32,
    log: PathBuf,
    /// Up to where the log was read.
    read: usize,
}

impl Process {
    /// The process `id`, which writes to `log`.
    pub(super) fn new(id: u32, log: PathBuf) -> Self {
        Self { id, log, read: 0 }
    }

    /// How long the server took for requests of a method that are in its log since the last look, whichever method was
    /// asked about then; in the order of their answers.
    pub(super) fn answered(&mut self) -> Result<Answered> {
        let log = fs::read_to_string(&self.log).context("cannot read the server's log")?;
        let new = log.get(self.read..).unwrap_or_default();
        self.read = log.len();
        let of = |method: &str| new.lines().filter_map(|line| milliseconds(line, method)).collect();
        Ok(Answered { tiles: of("GET"), writes: of("PUT") })
    }

    /// Memory of its own that it has resident, in MB: not what it shares with files, which the system takes back when it
    /// likes.
    pub(super) fn memory(&self) -> Result<f64> {
        megabytes(&self.status()?, "RssAnon:").context("Linux does not tell what memory the server has")
    }

    /// The most memory that it had resident since its start, with what it shares with files.
    pub(super) fn peak(&self) -> Result<f64> {
        megabytes(&self.status()?, "VmHWM:").context("Linux does not tell what memory the server had")
    }

    fn status(&self) -> Result<String> {
        let path = format!("/proc/{}/status", self.id);
        fs::read_to_string(path).context("cannot read what memory the server has")
    }

    /// The most memory of its own while something is done, looked at every few milliseconds.
    pub(super) fn memory_while(&self, work: impl FnOnce() -> Result<()>) -> Result<f64> {
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let looking = scope.spawn(|| {
                let mut most: f64 = 0.0;
                while !done.load(Ordering::Relaxed) {
                    most = most.max(self.memory()?);
                    thread::sleep(LOOK);
                }
                Ok(most)
            });
            let worked = work();
            done.store(true, Ordering::Relaxed);
            let most = looking.join().unwrap_or_else(|_| bail!("a measuring thread panicked"));
            worked.and(most)
        })
    }

    /// Milliseconds that all its threads have been computing, and that they have been waiting for a processor to do so.
    pub(super) fn processor(&self) -> Result<(f64, f64)> {
        let (mut computing, mut waiting) = (0.0, 0.0);
        for thread in fs::read_dir(format!("/proc/{}/task", self.id)).context("the server has gone")? {
            // One that has ended since is no longer there.
            let Ok(told) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
            let mut numbers = told.split(' ').filter_map(|number| number.trim().parse::<f64>().ok());
            computing += numbers.next().unwrap_or_default() / 1e6;
            waiting += numbers.next().unwrap_or_default() / 1e6;
        }
        Ok((computing, waiting))
    }
}

/// Times that the server took, in milliseconds: from the request's head to the answer's, its body made.
#[derive(Default)]
pub(super) struct Answered {
    /// For tiles.
    pub(super) tiles: Spread,
    /// For reports that were sent to it.
    pub(super) writes: Spread,
}

/// What a line of the log says about a request that was measured.
fn milliseconds(line: &str, method: &str) -> Option<f64> {
    let measured = [r#"route="/api/v1/tiles/{z}/{x}/{y}""#, r#"route="/api/v1/reports/{id}""#];
    if !line.contains(&format!("method={method} ")) || !measured.iter().any(|route| line.contains(route)) {
        return None;
    }
    line.split_once(" milliseconds=")?.1.split(' ').next()?.parse().ok()
}

fn megabytes(status: &str, name: &str) -> Option<f64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = value.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_tells_how_long_it_took() {
        let tile = "2026-11-22T10:00:00Z  INFO request{id=01 method=GET route=\"/api/v1/tiles/{z}/{x}/{y}\"}: \
            warga_api::routes::observe: answered status=200 milliseconds=1.25";
        assert_eq!((milliseconds(tile, "GET"), milliseconds(tile, "PUT")), (Some(1.25), None));
        let write = tile.replace("GET", "PUT").replace("tiles/{z}/{x}/{y}", "reports/{id}");
        assert_eq!(milliseconds(&write, "PUT"), Some(1.25));
        assert_eq!(milliseconds(&tile.replace("/api/v1/tiles/{z}/{x}/{y}", "/readyz"), "GET"), None);
        assert_eq!(milliseconds("INFO the map is loaded reports=7", "GET"), None);
    }

    #[test]
    fn memory_is_told_in_kibibytes() {
        assert_eq!(megabytes("VmHWM:\t   125000 kB\nVmRSS:\t 1 kB\n", "VmHWM:"), Some(128.0));
        assert_eq!(megabytes("Name:\tzombie\n", "VmRSS:"), None);
    }
}

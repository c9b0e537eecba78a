//! Tells what is being done and how long it took, one line a step: `[2/6] portal bundle ... 3 m 41 s`.

use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::duration::human;
use crate::stop::{Interrupted, Stop};

/// Without a terminal to redraw a line on, a sign of life every so often: build services take silence for death.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// Longest line that is redrawn in place; a wrapped one could not be.
const LINE: usize = 78;

/// Prints a line; a reader that has gone away (`| head`) is no reason to stop working.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn write_now(text: &str) {
    let mut stdout = std::io::stdout();
    let _ = stdout.write_all(text.as_bytes());
    let _ = stdout.flush();
}

/// How a step ended well.
pub(crate) enum Outcome {
    /// The work was done; the time it took says the rest.
    Done,
    /// There was nothing to do.
    UpToDate,
    /// Something else worth saying.
    Note(String),
}

/// A step outside any series.
pub(crate) fn alone(name: &str, work: impl FnOnce(&Step) -> Result<Outcome>) -> Result<Outcome> {
    let step = Step::begin(format!("{name} ..."));
    let result = work(&step);
    step.end_with(&result);
    result
}

/// A numbered series of steps.
pub(crate) struct Steps {
    total: usize,
    stop: Stop,
    started: Instant,
    finished: Vec<Finished>,
}

struct Finished {
    name: &'static str,
    took: Duration,
    well: bool,
}

impl Steps {
    /// A series of `total` steps, none begun.
    pub(crate) fn new(total: usize, stop: Stop) -> Self {
        Self { total, stop, started: Instant::now(), finished: Vec::new() }
    }

    /// Does the next step and tells about it.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&Step) -> Result<Outcome>,
    ) -> Result<()> {
        self.stop.check()?;
        let step = Step::begin(format!("[{}/{}] {name} ...", self.finished.len() + 1, self.total));
        let result = work(&step);
        let took = step.end_with(&result);
        self.finished.push(Finished { name, took, well: result.is_ok() });
        result.map(drop)
    }

    /// One line a step, with its time and whether it went well.
    pub(crate) fn summary(&self) -> String {
        let mut text = String::new();
        for Finished { name, took, well } in &self.finished {
            let verdict = if *well { "ok" } else { "FAILED" };
            text.push_str(&format!("  {verdict:<7} {name:<40} {:>9}\n", human(*took)));
        }
        let not_begun = self.total - self.finished.len();
        if not_begun > 0 {
            text.push_str(&format!("  {not_begun} more not begun\n"));
        }
        text.push_str(&format!("  {:<48} {:>9}", "in all", human(self.started.elapsed())));
        text
    }
}

/// A step under way.
pub(crate) struct Step {
    label: String,
    started: Instant,
    terminal: bool,
    /// Whether the cursor stands behind the label, on its line.
    open: Cell<bool>,
    last_sign: Cell<Instant>,
    /// What is being worked on, if that is more than the label says.
    doing: RefCell<String>,
}

impl Step {
    fn begin(label: String) -> Self {
        write_now(&label);
        let now = Instant::now();
        Self {
            label,
            started: now,
            terminal: std::io::stdout().is_terminal(),
            open: Cell::new(true),
            last_sign: Cell::new(now),
            doing: RefCell::new(String::new()),
        }
    }

    /// Ends the label's line, because others will write below it.
    pub(crate) fn leave_line(&self) {
        if self.open.replace(false) {
            write_now("\n");
        }
    }

    /// A line of its own below the label.
    pub(crate) fn note(&self, text: &str) {
        if self.terminal && self.open.get() {
            write_now(&format!("\r\x1b[K{}", self.label));
        }
        self.leave_line();
        say(&format!("      {text}"));
    }

    /// Names the part of the step that begins now, for the signs of life.
    pub(crate) fn doing(&self, what: &str) {
        what.clone_into(&mut self.doing.borrow_mut());
    }

    /// A sign of life: `detail` is what a command under way printed last.
    pub(crate) fn alive(&self, detail: &str) {
        let took = human(self.started.elapsed());
        let doing = self.doing.borrow();
        let about = [doing.as_str(), detail]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ");
        if self.terminal {
            let line: String = format!("{} {took}  {about}", self.label).chars().take(LINE).collect();
            write_now(&format!("\r\x1b[K{line}"));
            self.open.set(true);
        } else if self.last_sign.get().elapsed() >= SIGN_OF_LIFE {
            self.last_sign.set(Instant::now());
            self.note(&format!("{took}  {about}"));
        }
    }

    /// Tells how it ended, and returns how long it took.
    fn end_with(&self, result: &Result<Outcome>) -> Duration {
        let took = self.started.elapsed();
        self.end(&match result {
            Ok(Outcome::Done) => human(took),
            Ok(Outcome::UpToDate) => "up to date".to_owned(),
            Ok(Outcome::Note(note)) => note.clone(),
            Err(error) if error.is::<Interrupted>() => format!("stopped after {}", human(took)),
            Err(_) => format!("failed after {}", human(took)),
        });
        took
    }

    fn end(&self, result: &str) {
        let line = if !self.open.get() {
            format!("{} {result}\n", self.label)
        } else if self.terminal {
            format!("\r\x1b[K{} {result}\n", self.label)
        } else {
            format!(" {result}\n")
        };
        write_now(&line);
        self.open.set(false);
    }
}

//! Ctrl-C and SIGTERM: noticed, so that children are stopped and waited for instead of being left behind.

use std::fmt;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// How long a child may take to finish what it has begun before it is killed.
const GRACE: Duration = Duration::from_secs(15);

/// How long a child that shares our terminal may take to show that Ctrl-C reached it as well.
const SAME_TERMINAL: Duration = Duration::from_secs(1);

/// How often a running child is looked at.
pub(crate) const POLL: Duration = Duration::from_millis(50);

/// Whether somebody asked this process to end.
#[derive(Clone)]
pub(crate) struct Stop {
    /// Number of the signal that came last; 0 is none.
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// Takes over SIGINT, SIGTERM and SIGHUP.
    pub(crate) fn listen() -> Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register_usize(number, Arc::clone(&signal), number.unsigned_abs() as usize)
                .context("cannot listen for signals")?;
        }
        Ok(Self { signal })
    }

    /// The signal that asked for the end, if any.
    pub(crate) fn requested(&self) -> Option<Interrupted> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            signal => Some(Interrupted { signal }),
        }
    }

    /// An error once the end was asked for: for use between two pieces of work.
    pub(crate) fn check(&self) -> Result<()> {
        match self.requested() {
            Some(interrupted) => Err(interrupted.into()),
            None => Ok(()),
        }
    }
}

/// The work ended because a signal asked for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interrupted {
    signal: usize,
}

impl Interrupted {
    /// What a shell expects: 128 + the signal's number.
    pub(crate) fn exit_code(self) -> u8 {
        u8::try_from(128 + self.signal).unwrap_or(u8::MAX)
    }

    /// Whether a terminal sent it to the whole process group, children included.
    fn reached_children(self) -> bool {
        self.signal == SIGINT.unsigned_abs() as usize
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped")
    }
}

impl std::error::Error for Interrupted {}

/// Ends `child` as `interrupted` asks and waits for it. After Ctrl-C the child has the signal already and gets no second
/// one, which a server would read as "at once", unless it seems not to have heard.
pub(crate) fn end(child: &mut Child, interrupted: Interrupted) -> Result<()> {
    if interrupted.reached_children() && gone_within(child, SAME_TERMINAL)? {
        return Ok(());
    }
    terminate(child)
}

/// SIGTERM, then patience, then SIGKILL.
pub(crate) fn terminate(child: &mut Child) -> Result<()> {
    if gone_within(child, Duration::ZERO)? {
        return Ok(());
    }
    let pid =
        i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a child without a process id")?;
    // It may have ended in the meantime; waiting tells.
    let _ = kill_process(pid, Signal::TERM);
    if !gone_within(child, GRACE)? {
        child.kill().context("cannot kill a child that does not end")?;
        child.wait().context("cannot wait for a killed child")?;
    }
    Ok(())
}

fn gone_within(child: &mut Child, patience: Duration) -> Result<bool> {
    let since = Instant::now();
    loop {
        if child.try_wait().context("cannot wait for a child")?.is_some() {
            return Ok(true);
        }
        if since.elapsed() >= patience {
            return Ok(false);
        }
        std::thread::sleep(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_child_gets_sigterm_and_is_waited_for() {
        let mut child = Command::new("sleep").arg("600").spawn().expect("sleep");
        terminate(&mut child).expect("terminate");
        let status = child.try_wait().expect("wait").expect("ended");
        assert!(!status.success(), "{status}");
        terminate(&mut child).expect("a second time is no error");
    }

    #[test]
    fn exit_codes_follow_the_shell() {
        assert_eq!(Interrupted { signal: 2 }.exit_code(), 130);
        assert_eq!(Interrupted { signal: 15 }.exit_code(), 143);
    }
}

//! The three ways to run a command to its end: its output logged, shown, or wanted.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell::Shell;
use crate::steps::{Step, say};
use crate::stop::{self, Stop};

/// How many lines of a failed command's log are shown.
const TAIL: usize = 60;

/// How often a running command's last line is shown.
const SIGN: Duration = Duration::from_millis(500);

/// Runs `command` with its output in a log; of a failure the end of the log is shown.
pub(crate) fn logged(shell: &Shell, step: &Step, name: &str, command: &mut Command) -> Result<()> {
    let (log, path) = open_log(shell, name)?;
    let child = command
        .stdin(Stdio::null())
        .stdout(log.try_clone().context("cannot write a log twice")?)
        .stderr(log)
        .spawn()
        .with_context(|| cannot_start(command))?;
    let mut last_sign = Instant::now();
    let status = wait(child, &shell.stop, || {
        if last_sign.elapsed() >= SIGN {
            last_sign = Instant::now();
            step.alive(&last_line(&path).unwrap_or_default());
        }
    })?;
    if status.success() {
        return Ok(());
    }
    step.leave_line();
    say(&tail(&String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()), TAIL));
    bail!("{name} ended with {status}; its whole output is in {}", shell.workspace.display(&path))
}

/// Runs `command` with its output where ours goes.
pub(crate) fn shown(shell: &Shell, step: &Step, name: &str, command: &mut Command) -> Result<()> {
    step.leave_line();
    let child = command.stdin(Stdio::null()).spawn().with_context(|| cannot_start(command))?;
    let status = wait(child, &shell.stop, || ())?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// What `command`, a short one, prints; `None` when it is not there or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Waits for `child`, looking at it often; ends it when we are asked to end.
pub(crate) fn wait(mut child: Child, stop: &Stop, mut meanwhile: impl FnMut()) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for a command")? {
            // Ctrl-C ends the command as well; that it failed is then no news.
            stop.check()?;
            return Ok(status);
        }
        if let Some(interrupted) = stop.requested() {
            stop::end(&mut child, interrupted)?;
            return Err(interrupted.into());
        }
        meanwhile();
        std::thread::sleep(stop::POLL);
    }
}

fn open_log(shell: &Shell, name: &str) -> Result<(File, PathBuf)> {
    let folder = shell.workspace.logs();
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join(format!("{}.log", name.replace([' ', '/'], "-")));
    let log = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok((log, path))
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", Path::new(command.get_program()).display())
}

fn last_line(log: &Path) -> Option<String> {
    const ENOUGH: u64 = 1_000;
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(ENOUGH))).ok()?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).ok()?;
    let end = String::from_utf8_lossy(&end);
    end.lines().rfind(|line| !line.trim().is_empty()).map(|line| line.trim().to_owned())
}

fn tail(log: &str, lines: usize) -> String {
    let all: Vec<&str> = log.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_is_the_end() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\n", 9), "a");
        assert_eq!(tail("", 9), "");
    }

    #[test]
    fn an_answer_is_none_when_the_command_fails_or_is_missing() {
        assert_eq!(answer(Command::new("echo").arg("hi")), Some("hi".to_owned()));
        assert_eq!(answer(&mut Command::new("false")), None);
        assert_eq!(answer(&mut Command::new("no-such-program-anywhere")), None);
    }
}

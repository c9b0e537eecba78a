//! `cargo xtask test`: everything that has to hold, cheapest first; and `soak`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::shell::Shell;
use crate::steps::{Outcome, Step, Steps, say};
use crate::workspace::Profile;
use crate::{api, browser, bytes, exec, portal, run, schemathesis, setup};

/// How much of the long tests is run: `full`, or unset for a tenth.
const SOAK: &str = "WARGA_SOAK";

/// The whole test-suite; ends at the first failure.
pub(crate) fn test(mut shell: Shell) -> Result<()> {
    let mut steps = Steps::new(11, shell.stop.clone());
    let result = all(&mut shell, &mut steps);
    say(&format!("\n{}", steps.summary()));
    result
}

fn all(shell: &mut Shell, steps: &mut Steps) -> Result<()> {
    let (mut chromium, mut schemathesis) = (PathBuf::new(), PathBuf::new());
    let building = run::build_lock(shell)?;
    steps.step("tools", |step| {
        let outcome = setup::tools(shell, step)?;
        let added = setup::checkers(shell, step)?;
        let (browser_added, python_added);
        (chromium, browser_added) = setup::chromium(shell, step)?;
        (schemathesis, python_added) = setup::schemathesis(shell, step)?;
        Ok(if added || browser_added || python_added { Outcome::Done } else { outcome })
    })?;
    steps.step("npm packages", |step| setup::npm(shell, step))?;
    drop(building);
    let shell = &*shell;
    steps.step("format", |step| cargo(shell, step, "fmt --all --check"))?;
    steps.step("clippy", |step| {
        cargo(shell, step, "clippy --locked --workspace --all-targets -- -D warnings")
    })?;
    steps.step("clippy, wasm32", |step| {
        let what = "clippy --locked -p warga --all-targets --target wasm32-unknown-unknown -- -D warnings";
        cargo(shell, step, what)
    })?;
    steps.step("unit, API and architecture tests", |step| cargo(shell, step, "test --locked --workspace"))?;
    let _building = run::build_lock(shell)?;
    steps.step("portal bundle", |step| portal::release(shell, step))?;
    steps.step("API", |step| api::build(shell, step, Profile::Release))?;
    steps.step("API against its document", |step| {
        schemathesis::run(shell, step, &schemathesis, schemathesis::SOAK / 10)
    })?;
    steps.step("byte gate", |step| {
        step.leave_line();
        bytes::check(&shell.workspace).map(|()| Outcome::Done)
    })?;
    steps.step("browser tests", |step| browser::test(shell, step, &chromium).map(|()| Outcome::Done))
}

/// The long tests, in full.
pub(crate) fn soak(shell: Shell) -> Result<()> {
    let mut steps = Steps::new(7, shell.stop.clone());
    let mut schemathesis = PathBuf::new();
    steps.step("tools", |step| {
        let compiler_added = setup::c_compiler(&shell, step)? | setup::strace(&shell, step)?;
        let python_added;
        (schemathesis, python_added) = setup::schemathesis(&shell, step)?;
        Ok(if compiler_added || python_added { Outcome::Done } else { Outcome::UpToDate })
    })?;
    for test in ["durability", "photos_kept", "replay", "tiles_killed"] {
        steps.step(test, |step| {
            let line = format!("test --release --locked -p warga-api --test {test} -- --nocapture");
            let mut command = arguments(shell.cargo()?, &line);
            command.env(SOAK, "full");
            exec::shown(&shell, step, &format!("the {test} test"), &mut command).map(|()| Outcome::Done)
        })?;
    }
    let _building = run::build_lock(&shell)?;
    steps.step("API", |step| api::build(&shell, step, Profile::Release))?;
    steps.step("API against its document", |step| {
        schemathesis::run(&shell, step, &schemathesis, schemathesis::SOAK)
    })
}

fn cargo(shell: &Shell, step: &Step, line: &str) -> Result<Outcome> {
    exec::shown(shell, step, &format!("`cargo {line}`"), &mut arguments(shell.cargo()?, line))?;
    Ok(Outcome::Done)
}

fn arguments(mut command: Command, line: &str) -> Command {
    command.args(line.split(' '));
    command
}

//! The API asked by its own document: schemathesis makes requests of all kinds, right and wrong, and holds the answers
//! against what the document says.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::exec;
use crate::serve::{Server, free_port};
use crate::shell::Shell;
use crate::steps::{Outcome, Step};
use crate::workspace::Profile;

/// How many cases `cargo xtask soak` asks for; `test` asks for a tenth.
pub(crate) const SOAK: u64 = 100_000;

/// Cases of one operation in the first round. What comes of it depends on the operations: some have nothing to vary.
const FIRST: u64 = 100;
/// Cases of one operation in any round: more would only slow each other down, a new seed is as good.
const MOST: u64 = 2_000;

/// What is read of a report.
#[derive(Deserialize)]
struct Report {
    test_cases: Cases,
}

#[derive(Deserialize)]
struct Cases {
    generated: u64,
}

/// Asks the release server until `wanted` cases have gone well, always the same ones.
pub(crate) fn run(shell: &Shell, step: &Step, program: &Path, wanted: u64) -> Result<Outcome> {
    let folder = shell.workspace.target().join("schemathesis");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let port = free_port(0)?;
    // Nobody can be asked to work for a token here, nor to wait for a limit.
    let server =
        Server::start_with(shell, Profile::Release, port, &folder.join("data"), &["--device-work", "off"])?;
    let asked = rounds(wanted, |round, each| one_round(shell, step, program, &folder, port, round, each));
    server.end()?;
    let (cases, rounds) = asked?;
    Ok(Outcome::Note(format!("{cases} cases in {rounds} rounds")))
}

/// Asks round after round, each as large as those before let expect to be enough. Cases and rounds.
fn rounds(wanted: u64, mut ask: impl FnMut(u64, u64) -> Result<u64>) -> Result<(u64, u64)> {
    let (mut cases, mut round, mut each) = (0, 0, FIRST);
    while cases < wanted {
        round += 1;
        let asked = ask(round, each)?;
        ensure!(asked > 0, "schemathesis asked nothing");
        cases += asked;
        each = (wanted.saturating_sub(cases) * each).div_ceil(asked).clamp(1, MOST);
    }
    Ok((cases, round))
}

fn one_round(
    shell: &Shell,
    step: &Step,
    program: &Path,
    folder: &Path,
    port: u16,
    round: u64,
    each: u64,
) -> Result<u64> {
    let settings = shell.workspace.path("tests/schemathesis");
    let report = folder.join("report.json");
    let mut command = shell.command(program)?;
    // It leaves files behind where it is started.
    command.current_dir(folder).env("SCHEMATHESIS_HOOKS", settings.join("hooks.py"));
    command.arg("--config-file").arg(settings.join("schemathesis.toml"));
    command.args(["run", &format!("http://127.0.0.1:{port}/api/v1/openapi.json"), "--no-color"]);
    command.args(["--max-examples", &each.to_string(), "--seed", &round.to_string()]);
    // The document's examples and the edges of its ranges are the same in every round.
    command.args(["--phases", if round == 1 { "examples,coverage,fuzzing" } else { "fuzzing" }]);
    command.args(["--report", "json", "--report-json-path"]).arg(&report);
    step.doing(&format!("round {round}, {each} cases an operation"));
    exec::logged(shell, step, "schemathesis", &mut command)?;
    let report = fs::read(&report).with_context(|| format!("cannot read {}", report.display()))?;
    let report: Report = serde_json::from_slice(&report).context("schemathesis reports in another form")?;
    Ok(report.test_cases.generated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_go_on_until_there_are_enough() {
        let mut asked = Vec::new();
        let (cases, count) = rounds(10_000, |round, each| {
            asked.push(each);
            // Some operations have nothing to vary, some cases are the same in every round.
            Ok(each * 6 + if round == 1 { 400 } else { 2 })
        })
        .expect("asked");
        assert!(cases >= 10_000, "{cases}");
        assert_eq!(count, asked.len() as u64);
        assert!(count <= 4, "{asked:?}");
        assert!(asked.iter().all(|each| (1..=MOST).contains(each)), "{asked:?}");
        assert!(rounds(1, |_, _| Ok(0)).is_err());
    }
}

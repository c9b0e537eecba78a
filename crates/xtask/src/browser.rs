//! The browser tests: the release bundle and the real server in a real browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::exec;
use crate::shell::Shell;
use crate::steps::Step;
use crate::workspace::Profile;

const FOLDER: &str = "tests/browser";

/// Runs `tests/browser/*.test.mjs`, one after the other: two browsers would slow each other down past their timeouts.
pub(crate) fn test(shell: &Shell, step: &Step, chromium: &Path) -> Result<()> {
    let files = files(&shell.workspace.path(FOLDER))?;
    if files.is_empty() {
        bail!("{FOLDER} holds no *.test.mjs");
    }
    let mut node = shell.command("node")?;
    // Node 20 takes no patterns.
    node.args(["--test", "--test-concurrency=1"]).args(files);
    node.env("WARGA_API", shell.workspace.api_binary(Profile::Release));
    node.env("WARGA_DIST", shell.workspace.dist());
    node.env("WARGA_CHROMIUM", chromium);
    exec::shown(shell, step, "the browser test run", &mut node)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn finds_tests_and_not_their_helpers() {
        let scratch = Scratch::new("browser");
        for file in ["b.test.mjs", "a.test.mjs", "server.mjs", "deep/c.test.mjs"] {
            scratch.write(file, "");
        }
        let found = files(scratch.path()).expect("readable");
        assert_eq!(found, [scratch.path().join("a.test.mjs"), scratch.path().join("b.test.mjs")]);
    }
}

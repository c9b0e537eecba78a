//! Minifies the bundle's scripts with esbuild: Trunk's own minifier gives up, silently, on what wasm-bindgen writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::shell::Shell;

/// The oldest browsers that run the wasm the compiler writes. esbuild must not put newer syntax around it.
const BROWSERS: &str = "--target=chrome96,firefox79,safari15.1";

/// Minifies every script below `folder` in place. One that would not get smaller is left as it is.
pub(crate) fn all(shell: &Shell, folder: &Path) -> Result<()> {
    for script in scripts(folder)? {
        shell.stop.check()?;
        let before = fs::read(&script).with_context(|| format!("cannot read {}", script.display()))?;
        let after = minified(shell, &script)?;
        if after.len() < before.len() {
            fs::write(&script, after).with_context(|| format!("cannot write {}", script.display()))?;
        }
    }
    Ok(())
}

fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut scripts = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.context("cannot read the bundle")?;
        if entry.path().extension().is_some_and(|extension| extension == "js") {
            scripts.push(entry.into_path());
        }
    }
    Ok(scripts)
}

fn minified(shell: &Shell, script: &Path) -> Result<Vec<u8>> {
    let output = shell
        .command("esbuild")?
        .args(["--minify", "--log-level=warning", BROWSERS])
        .arg(script)
        .stdin(Stdio::null())
        .output()
        .context("cannot start esbuild")?;
    if !output.status.success() {
        bail!(
            "esbuild cannot minify {}: {}",
            script.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}

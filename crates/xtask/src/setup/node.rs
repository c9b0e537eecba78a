//! Node: it bundles the style, minifies and drives the browser in tests.

use anyhow::{Result, bail};

use crate::exec;
use crate::shell::Shell;

/// Oldest Node that can run test files one after the other (`--test-concurrency`).
const OLDEST: (u32, u32) = (20, 10);

/// An error unless a Node that is new enough is there.
pub(crate) fn check(shell: &Shell) -> Result<()> {
    let said = exec::answer(shell.command("node")?.arg("--version"));
    let mend = "`nvm install 20` or your package manager installs it";
    match said {
        None => bail!("Node 20 is missing: {mend}"),
        Some(said) if version(&said).is_some_and(|version| version >= OLDEST) => {}
        Some(said) => bail!("Node {said} is too old, {}.{} or newer is needed: {mend}", OLDEST.0, OLDEST.1),
    }
    if exec::answer(shell.command("npm")?.arg("--version")).is_none() {
        bail!("npm is missing: it comes with Node, {mend}");
    }
    Ok(())
}

/// Major and minor of `v20.20.2`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert_eq!(version("nonsense"), None);
        for (said, enough) in
            [("v18.19.0", false), ("v20.9.0", false), ("v20.10.0", true), ("v100.0.0", true)]
        {
            assert_eq!(version(said).is_some_and(|version| version >= OLDEST), enough, "{said}");
        }
    }
}

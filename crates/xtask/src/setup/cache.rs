//! Where tools are kept: outside the clone, so that a second clone does not build them again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// `$WARGA_TOOLS`, else `$XDG_CACHE_HOME/warga/tools`, else `~/.cache/warga/tools`.
pub(crate) fn folder() -> Result<PathBuf> {
    choose(|name| std::env::var_os(name))
        .context("set WARGA_TOOLS to the folder where tools are to be kept: there is no HOME")
}

fn choose(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below_home = || Some(set("HOME")?.join(".cache"));
    if let Some(folder) = set("WARGA_TOOLS") {
        // Relative to the caller's folder; tools are started from other ones.
        return std::path::absolute(folder).ok();
    }
    // The XDG specification has relative paths ignored.
    let caches = set("XDG_CACHE_HOME").filter(|path| Path::is_absolute(path)).or_else(below_home)?;
    Some(caches.join("warga").join("tools"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(set: &[(&str, &str)]) -> Option<PathBuf> {
        choose(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_most_particular_setting_wins() {
        let all = [("WARGA_TOOLS", "/tools"), ("XDG_CACHE_HOME", "/caches"), ("HOME", "/home/ayu")];
        assert_eq!(chosen(&all), Some("/tools".into()));
        assert_eq!(chosen(&all[1..]), Some("/caches/warga/tools".into()));
        assert_eq!(chosen(&all[2..]), Some("/home/ayu/.cache/warga/tools".into()));
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn what_is_set_to_nothing_is_not_set() {
        assert_eq!(
            chosen(&[("WARGA_TOOLS", ""), ("XDG_CACHE_HOME", "relative"), ("HOME", "/h")]),
            Some("/h/.cache/warga/tools".into())
        );
    }
}

//! Puts a finished folder in the place of an old one.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Makes `folder` an empty one.
pub(crate) fn empty(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

/// Removes `folder` with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a file, if it is there.
pub(crate) fn remove_file(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}

/// Replaces the folder `place` by the folder `new`, which is no longer where it was. A server that has `place` open sees the
/// old files or the new ones; only for the moment between two renames neither.
pub(crate) fn swap(new: &Path, place: &Path) -> Result<()> {
    let old = new.with_extension("old");
    remove(&old)?;
    let failed = || format!("cannot put the new {} in place", place.display());
    match fs::rename(place, &old) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => return copy_over(new, place),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).with_context(failed),
        _ => {}
    }
    match fs::rename(new, place) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => copy_over(new, place)?,
        result => result.with_context(failed)?,
    }
    remove(&old)
}

/// For a target directory on another disk, where nothing can be renamed from.
fn copy_over(new: &Path, place: &Path) -> Result<()> {
    empty(place)?;
    for entry in WalkDir::new(new).min_depth(1) {
        let entry = entry.with_context(|| format!("cannot read {}", new.display()))?;
        let to = place.join(entry.path().strip_prefix(new).unwrap_or(entry.path()));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&to)
        } else {
            fs::copy(entry.path(), &to).map(drop)
        }
        .with_context(|| format!("cannot write {}", to.display()))?;
    }
    remove(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    fn replaces(how: impl Fn(&Path, &Path)) {
        let scratch = Scratch::new("place");
        let (new, place) = (scratch.path().join("stage"), scratch.path().join("dist"));
        for (content, over) in [("1", "nothing"), ("2", "an old one")] {
            scratch.write("stage/deep/new", content);
            how(&new, &place);
            assert_eq!(fs::read_to_string(place.join("deep/new")).expect(over), content);
            assert!(!place.join("old").exists(), "{over}: the old one's files are gone");
            assert!(
                !new.exists() && !scratch.path().join("stage.old").exists(),
                "{over}: nothing is left behind"
            );
            scratch.write("dist/old", "");
        }
    }

    #[test]
    fn swapping_leaves_only_the_new() {
        replaces(|new, place| swap(new, place).expect("swapped"));
    }

    #[test]
    fn copying_leaves_only_the_new() {
        replaces(|new, place| copy_over(new, place).expect("copied"));
    }
}

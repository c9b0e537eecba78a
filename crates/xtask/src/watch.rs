//! Notices that sources have changed, by looking at their times: a few hundred files twice a second cost nothing worth a
//! dependency.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

/// Times and sizes of all files below some paths.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Snapshot {
    /// Looks at the files and folders `inputs` under `root`. What cannot be read counts as not there.
    pub(crate) fn take(root: &Path, inputs: &[&str]) -> Self {
        let files = inputs.iter().flat_map(|input| WalkDir::new(root.join(input))).flatten();
        Self(
            files
                .filter(|entry| !entry.file_type().is_dir() && !is_passing(entry.path()))
                .filter_map(|entry| {
                    let metadata = entry.metadata().ok()?;
                    Some((entry.into_path(), (metadata.modified().ok(), metadata.len())))
                })
                .collect(),
        )
    }

    /// A file that is not the same in `self` and `earlier`.
    pub(crate) fn changed_since<'a>(&'a self, earlier: &'a Self) -> Option<&'a Path> {
        let new = self.0.iter().find(|(path, state)| earlier.0.get(*path) != Some(state));
        let gone = || earlier.0.iter().find(|(path, _)| !self.0.contains_key(*path));
        new.or_else(gone).map(|(path, _)| path.as_path())
    }
}

/// What editors leave beside a file while it is being edited.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp") || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;
    use std::fs;

    #[test]
    fn sees_new_changed_and_lost_files() {
        let scratch = Scratch::new("watch");
        let root = scratch.path();
        let look = || Snapshot::take(root, &["src", "index.html"]);
        scratch.write("src/deep/a.rs", "a");
        let first = look();
        scratch.write("elsewhere.rs", "x");
        scratch.write("src/.a.rs.swp", "x");
        assert_eq!(look().changed_since(&first), None);

        scratch.write("src/deep/a.rs", "ab");
        let second = look();
        assert_eq!(second.changed_since(&first), Some(root.join("src/deep/a.rs").as_path()));
        scratch.write("index.html", "");
        let third = look();
        assert_eq!(third.changed_since(&second), Some(root.join("index.html").as_path()));
        fs::remove_file(root.join("index.html")).expect("remove");
        assert_eq!(look().changed_since(&third), Some(root.join("index.html").as_path()));
    }

    #[test]
    fn sees_a_change_that_keeps_the_size() {
        let scratch = Scratch::new("watch-time");
        scratch.write("src/a.rs", "a");
        let file = fs::File::options().write(true).open(scratch.path().join("src/a.rs")).expect("file");
        let before = Snapshot::take(scratch.path(), &["src"]);
        let later = SystemTime::now() + std::time::Duration::from_secs(2);
        file.set_modified(later).expect("time");
        assert!(Snapshot::take(scratch.path(), &["src"]).changed_since(&before).is_some());
    }
}

//! Where things lie in the clone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The clone this xtask belongs to.
pub(crate) struct Workspace {
    root: PathBuf,
}

/// The two ways to build the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, slow to run.
    Debug,
    /// What is shipped and measured.
    Release,
}

impl Profile {
    /// The folder cargo puts this profile's binaries in.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

impl Workspace {
    /// Finds the clone: cargo names this crate's folder in the environment, so a moved clone needs no new build of xtask.
    pub(crate) fn find() -> Result<Self> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`, not by its path")?;
        let root = Path::new(&manifest)
            .ancestors()
            .nth(2)
            .context("the crate xtask is not at crates/xtask of a clone")?;
        Ok(Self { root: root.to_owned() })
    }

    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The clone's top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the clone.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Everything built; the one target directory for all crates and both targets.
    pub(crate) fn target(&self) -> PathBuf {
        self.path("target")
    }

    /// The release bundle of the portal.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The debug bundle of the portal, made by `run --dev`.
    pub(crate) fn dev_dist(&self) -> PathBuf {
        self.target().join("dev-dist")
    }

    /// What building the portal needs besides the bundle: staging folder, stamp, list of the map page's files.
    pub(crate) fn portal_work(&self) -> PathBuf {
        self.target().join("portal")
    }

    /// Output of commands that are not shown while they run.
    pub(crate) fn logs(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// The server's binary.
    pub(crate) fn api_binary(&self, profile: Profile) -> PathBuf {
        self.target().join(profile.folder()).join(format!("warga-api{}", std::env::consts::EXE_SUFFIX))
    }

    /// `path` for the reader's eye: relative to the clone where it lies in it.
    pub(crate) fn display(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::fs;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder for one test, gone with it.
    pub(crate) struct Scratch(PathBuf);

    impl Scratch {
        pub(crate) fn new(name: &str) -> Self {
            static MADE: AtomicU32 = AtomicU32::new(0);
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let path =
                std::env::temp_dir().join(format!("warga-xtask-{}-{number}-{name}", std::process::id()));
            fs::create_dir_all(&path).expect("a temporary folder");
            Self(path)
        }

        pub(crate) fn path(&self) -> &Path {
            &self.0
        }

        pub(crate) fn write(&self, inside: &str, content: impl AsRef<[u8]>) {
            let path = self.0.join(inside);
            fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn paths_of_the_clone_are_shown_without_it() {
        let workspace = Workspace::at(Path::new("/clone"));
        assert_eq!(workspace.display(&workspace.dist()), "dist");
        assert_eq!(workspace.display(Path::new("/elsewhere")), "/elsewhere");
    }
}

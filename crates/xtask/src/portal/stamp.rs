//! Remembers what a bundle was made from and what came out, so that it is made again only when it must.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fingerprint;
use crate::portal::place;

/// A small file beside the bundle, written last: an interrupted build leaves none, or none that fits.
pub(crate) struct Stamp {
    file: PathBuf,
}

impl Stamp {
    /// The stamp kept in `file`.
    pub(crate) fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// Whether `bundle` is what was made from `inputs`, whole and untouched since.
    pub(crate) fn fits(&self, inputs: &str, bundle: &Path) -> Result<bool> {
        let Ok(stamp) = fs::read_to_string(&self.file) else { return Ok(false) };
        Ok(bundle.is_dir() && stamp == text(inputs, bundle)?)
    }

    /// Remembers that `bundle` was made from `inputs`.
    pub(crate) fn set(&self, inputs: &str, bundle: &Path) -> Result<()> {
        let partial = self.file.with_extension("partial");
        fs::write(&partial, text(inputs, bundle)?)
            .and_then(|()| fs::rename(&partial, &self.file))
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    /// Forgets.
    pub(crate) fn clear(&self) -> Result<()> {
        place::remove_file(&self.file)
    }
}

fn text(inputs: &str, bundle: &Path) -> Result<String> {
    Ok(format!("made from {inputs}\nmade {}\n", fingerprint::of(bundle, &["."], &[])?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn fits_only_the_same_inputs_and_an_untouched_bundle() {
        let scratch = Scratch::new("stamp");
        let bundle = scratch.path().join("dist");
        let stamp = Stamp::at(scratch.path().join("bundle.stamp"));
        let fits = |inputs: &str| stamp.fits(inputs, &bundle).expect("readable");
        assert!(!fits("a"), "nothing there");
        scratch.write("dist/index.html", "x");
        scratch.write("dist/app.js", "y");
        assert!(!fits("a"), "never stamped");

        stamp.set("a", &bundle).expect("set");
        assert!(fits("a"));
        assert!(!fits("b"), "other inputs");
        scratch.write("dist/app.js", "z");
        assert!(!fits("a"), "a changed file");
        scratch.write("dist/app.js", "y");
        assert!(fits("a"));
        fs::remove_file(bundle.join("app.js")).expect("remove");
        assert!(!fits("a"), "a lost file");

        stamp.set("a", &bundle).expect("set");
        fs::remove_dir_all(&bundle).expect("remove");
        assert!(!fits("a"), "no bundle");
        scratch.write("dist/index.html", "x");
        assert!(fits("a"));
        stamp.clear().expect("cleared");
        assert!(!fits("a"), "forgotten");
    }
}

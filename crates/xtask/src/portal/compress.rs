//! Compresses the bundle once, at the highest quality, instead of the server at every request at a low one.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use walkdir::WalkDir;

use crate::stop::Stop;

/// Kinds of files that compress. Images and fonts of the web are compressed already.
const COMPRESSIBLE: &[&str] = &["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

/// Files that whoever runs a site edits after the build: a compressed sibling would go on saying what they said
/// before. Servers compress these two small ones as they send them.
const EDITABLE: &[&str] = &["index.html", "site.json"];

/// Writes a `.br` and a `.gz` sibling of every compressible file below `folder`.
pub(crate) fn all(folder: &Path, stop: &Stop) -> Result<()> {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.context("cannot read the bundle")?;
        if !entry.file_type().is_file() || !is_compressible(entry.path()) {
            continue;
        }
        stop.check()?;
        let content =
            fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
        for (extension, compressed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
            let sibling = sibling(entry.path(), extension);
            fs::write(&sibling, compressed).with_context(|| format!("cannot write {}", sibling.display()))?;
        }
    }
    Ok(())
}

/// Brotli at quality 11, what every browser that can run the portal is sent.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    // Window 2^22: the largest that browsers accept, more than the wasm needs.
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 64 * 1024, 11, 22);
    writer.write_all(content).and_then(|()| writer.flush()).context("brotli failed")?;
    drop(writer);
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    // No name and no time: the same bundle gives the same bytes.
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    writer.write_all(content).and_then(|()| writer.finish()).context("gzip failed")
}

fn is_compressible(file: &Path) -> bool {
    let named = |names: &[&str], part: Option<&std::ffi::OsStr>| {
        part.and_then(|part| part.to_str()).is_some_and(|part| names.contains(&part))
    };
    named(COMPRESSIBLE, file.extension()) && !named(EDITABLE, file.file_name())
}

/// `app.js` and `br` give `app.js.br`.
fn sibling(file: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(extension);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;
    use std::io::Read;

    #[test]
    fn siblings_hold_the_same_content() {
        let scratch = Scratch::new("compress");
        let script = "const warga = 'warga';".repeat(500);
        scratch.write("deep/app.js", &script);
        scratch.write("icon.png", "not to be touched");
        all(scratch.path(), &Stop::listen().expect("signals")).expect("compressed");

        let mut from_brotli = String::new();
        let file = fs::File::open(scratch.path().join("deep/app.js.br")).expect("a sibling");
        assert!(file.metadata().expect("size").len() < 200);
        brotli::Decompressor::new(file, 4096).read_to_string(&mut from_brotli).expect("brotli");
        assert_eq!(from_brotli, script);

        let mut from_gzip = String::new();
        let file = fs::File::open(scratch.path().join("deep/app.js.gz")).expect("a sibling");
        flate2::read::GzDecoder::new(file).read_to_string(&mut from_gzip).expect("gzip");
        assert_eq!(from_gzip, script);

        assert!(!scratch.path().join("icon.png.br").exists());
        assert!(!scratch.path().join("icon.png.gz").exists());
    }
}
